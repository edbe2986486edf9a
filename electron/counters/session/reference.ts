import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { department } from '../../contract/departments.ts'
import { rules } from '../../contract/rules.ts'
import { write, type WritableDatabase } from '../../database/open.ts'
import { rulesStand, writeRules } from '../settings/rules.ts'

const sourced = <Entry extends z.ZodType>(entry: Entry) =>
  z.object({ source: z.string().min(1), entries: z.array(entry) })

const grids = sourced(z.object({ name: z.string().min(1), area: z.string() }))
const keyGroups = sourced(
  z.object({
    name: z.string().min(1),
    /** In so many days a family of this group is to be visited again. */
    days: z.int().min(1).max(366),
  }),
)
const catalogue = sourced(
  z.object({
    code: z.string().regex(/^[A-Z]{2}\d{2}$/),
    category: z.string().min(1),
    name: z.string().min(1),
    /** Working days until the answer is due. */
    limitDays: z.int().positive(),
    papers: z.array(z.string().min(1)),
    /** The law or notice to look into when the entry is checked. */
    basis: z.string().optional(),
  }),
)
const departments = sourced(department.pick({ kind: true, name: true, note: true }))
const notOurs = sourced(rules.shape.notOurs.element)

function read<Schema extends z.ZodType>(root: string, name: string, schema: Schema): z.output<Schema> {
  return schema.parse(JSON.parse(readFileSync(join(root, 'seeds/reference', name), 'utf8')))
}

/**
 * Puts the reference data of `seeds/reference` into a fresh file: service catalogue, key groups, grids, departments and
 * the tasks that are not a community's. Part of the caller's act. What stands already stays as the community made it,
 * so a second call changes nothing.
 */
export function loadReference(db: WritableDatabase, root: string, _at: string): void {
  const matters = read(root, 'catalogue.json', catalogue)
  matters.entries.forEach(({ code, category, name, limitDays, papers, basis }, position) => {
    write(
      db,
      `INSERT INTO matter (code, name, category, limit_amount, papers, source, position) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (code) DO NOTHING`,
      code,
      name,
      category,
      limitDays,
      JSON.stringify(papers),
      basis ? `参照${basis}；${matters.source}` : matters.source,
      position,
    )
  })
  read(root, 'key-groups.json', keyGroups).entries.forEach(({ name, days }, position) => {
    const { changes } = write(
      db,
      'INSERT INTO key_group (name, position) VALUES (?, ?) ON CONFLICT (name) DO NOTHING',
      name,
      position,
    )
    // A group that stood already has the interval that the community gave it, or none.
    if (changes > 0) write(db, 'INSERT INTO visit_interval (key_group, days) VALUES (?, ?)', name, days)
  })
  for (const { name, area } of read(root, 'grids.json', grids).entries) {
    write(db, 'INSERT INTO grid (name, area) VALUES (?, ?) ON CONFLICT (name) DO NOTHING', name, area)
  }
  read(root, 'departments.json', departments).entries.forEach(({ kind, name, note }, position) => {
    write(
      db,
      'INSERT INTO department (kind, name, note, position) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO NOTHING',
      kind,
      name,
      note,
      position,
    )
  })
  if (!rulesStand(db)) writeRules(db, { notOurs: read(root, 'not-ours.json', notOurs).entries })
}
