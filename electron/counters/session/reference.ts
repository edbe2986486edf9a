import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { write, type WritableDatabase } from '../../database/open.ts'

const sourced = <Entry extends z.ZodType>(entry: Entry) =>
  z.object({ source: z.string().min(1), entries: z.array(entry) })

const grids = sourced(z.object({ name: z.string().min(1), area: z.string() }))
const keyGroups = sourced(z.object({ name: z.string().min(1) }))
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

function read<Schema extends z.ZodType>(root: string, name: string, schema: Schema): z.output<Schema> {
  return schema.parse(JSON.parse(readFileSync(join(root, 'seeds/reference', name), 'utf8')))
}

/**
 * Puts the reference data of `seeds/reference` into a fresh file: service catalogue, key groups, grids. Part of the
 * caller's act. What stands already stays as the community made it, so a second call changes nothing.
 */
export function loadReference(db: WritableDatabase, root: string, _at: string): void {
  const matters = read(root, 'catalogue.json', catalogue)
  matters.entries.forEach(({ code, category, name, limitDays, papers, basis }, position) => {
    write(
      db,
      `INSERT INTO matter (code, name, category, limit_days, papers, source, position) VALUES (?, ?, ?, ?, ?, ?, ?)
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
  read(root, 'key-groups.json', keyGroups).entries.forEach(({ name }, position) => {
    write(
      db,
      'INSERT INTO key_group (name, position) VALUES (?, ?) ON CONFLICT (name) DO NOTHING',
      name,
      position,
    )
  })
  for (const { name, area } of read(root, 'grids.json', grids).entries) {
    write(db, 'INSERT INTO grid (name, area) VALUES (?, ?) ON CONFLICT (name) DO NOTHING', name, area)
  }
}
