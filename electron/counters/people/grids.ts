import type { Grid } from '../../contract/settings.ts'
import { rows, value, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'

export type GridFields = {
  id: number | null
  name: string
  area: string
  staff: { name: string; duty: string; phone: string }[]
}

/** All grids with their staff and how many households they have. */
export function listGrids(db: Database): Grid[] {
  const staff = rows<Grid['staff'][number] & { gridId: number }>(
    db,
    'SELECT id, grid_id AS gridId, name, duty, phone FROM grid_staff ORDER BY id',
  )
  return rows<Omit<Grid, 'staff'>>(
    db,
    `SELECT id, name, area, (SELECT count(*) FROM household WHERE grid_id = grid.id) AS households
     FROM grid ORDER BY id`,
  ).map((grid) => ({
    ...grid,
    staff: staff
      .filter((member) => member.gridId === grid.id)
      .map(({ id, name, duty, phone }) => ({ id, name, duty, phone })),
  }))
}

/** Adds or changes a grid; its staff is replaced as a whole. CONFLICT `duplicate` for a name that is taken. */
export function saveGrid(context: Context, fields: GridFields): Grid {
  return act(context, { action: 'grid.save', subject: (saved: Grid) => `grid:${saved.id}` }, (db, note) => {
    const before = listGrids(db).find((grid) => grid.id === fields.id) ?? null
    if (fields.id !== null && !before) fail('NOT_FOUND', { what: 'grid' })
    const namesake = value<number>(db, 'SELECT id FROM grid WHERE name = ?', fields.name)
    if (namesake !== undefined && namesake !== fields.id) {
      fail('CONFLICT', { because: 'duplicate', current: listGrids(db).find((grid) => grid.id === namesake) })
    }
    let id = fields.id
    if (id === null) {
      id = write(db, 'INSERT INTO grid (name, area) VALUES (?, ?)', fields.name, fields.area).id
    } else {
      write(db, 'UPDATE grid SET name = ?, area = ? WHERE id = ?', fields.name, fields.area, id)
      write(db, 'DELETE FROM grid_staff WHERE grid_id = ?', id)
    }
    for (const { name, duty, phone } of fields.staff) {
      write(
        db,
        'INSERT INTO grid_staff (grid_id, name, duty, phone) VALUES (?, ?, ?, ?)',
        id,
        name,
        duty,
        phone,
      )
    }
    const after = listGrids(db).find((grid) => grid.id === id)!
    note(before, after)
    return after
  })
}

/** Key groups that may be chosen, in their order. */
export function listKeyGroups(db: Database): string[] {
  return rows<{ name: string }>(db, 'SELECT name FROM key_group ORDER BY position').map((group) => group.name)
}
