import type { Grid } from '../../contract/settings.ts'
import { rows, value, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from './record.ts'

export type GridFields = { id: number | null; name: string; area: string }

/** What a post is called when nobody gave it a name of its own. */
const dutyOf = { area: '包片', households: '联户' } as const

type StaffRow = Grid['staff'][number] & { gridId: number; kind: keyof typeof dutyOf }

/**
 * Those who have a post in a grid today, who answer for it first. The counter of the visits, whose posts they are,
 * stands above people and is never imported here.
 */
function staffOn(db: Database, today: string): StaffRow[] {
  return rows<StaffRow>(
    db,
    `SELECT grid_post.id, grid_id AS gridId, visitor.name, grid_post.kind, duty, phone
     FROM grid_post JOIN visitor ON visitor.id = visitor_id
     WHERE grid_id IS NOT NULL AND grid_post.kind IN ('area', 'households')
       AND (from_day IS NULL OR from_day <= ?) AND (to_day IS NULL OR to_day >= ?)
     ORDER BY grid_post.kind = 'households', grid_post.id`,
    today,
    today,
  )
}

/** All grids with those who have a post there on this local day, and how many doors they have. */
export function listGrids(db: Database, today: string): Grid[] {
  const staff = staffOn(db, today)
  // All less the merged-away reads two small indexes instead of every door.
  return rows<Omit<Grid, 'staff'>>(
    db,
    `SELECT id, name, area, (SELECT count(*) FROM household WHERE grid_id = grid.id)
       - (SELECT count(*) FROM household INDEXED BY household_merged
         WHERE merged_into IS NOT NULL AND grid_id = grid.id) AS households
     FROM grid ORDER BY id`,
  ).map((grid) => ({
    ...grid,
    staff: staff
      .filter((one) => one.gridId === grid.id)
      .map(({ id, name, kind, duty, phone }) => ({ id, name, duty: duty || dutyOf[kind], phone })),
  }))
}

/** Adds or changes a grid. CONFLICT `duplicate` for a name that is taken. */
export function saveGrid(context: Context, fields: GridFields): Grid {
  const { id, name, area } = fields
  const today = todayOf(context)
  return act(context, { action: 'grid.save', subject: (saved: Grid) => `grid:${saved.id}` }, (db, note) => {
    const all = listGrids(db, today)
    const before = all.find((grid) => grid.id === id) ?? null
    if (id !== null && !before) fail('NOT_FOUND', { what: 'grid' })
    const namesake = value<number>(db, 'SELECT id FROM grid WHERE name = ?', name)
    if (namesake !== undefined && namesake !== id) {
      fail('CONFLICT', { because: 'duplicate', current: all.find((grid) => grid.id === namesake) })
    }
    const saved = id ?? write(db, 'INSERT INTO grid (name, area) VALUES (?, ?)', name, area).id
    if (before) write(db, 'UPDATE grid SET name = ?, area = ? WHERE id = ?', name, area, saved)
    const after = listGrids(db, today).find((grid) => grid.id === saved)!
    note(before, after)
    return after
  })
}

/** Key groups that may be chosen, in their order. */
export function listKeyGroups(db: Database): string[] {
  return rows<{ name: string }>(db, 'SELECT name FROM key_group ORDER BY position').map((group) => group.name)
}
