import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate, readMigrations } from './migrate.ts'
import { openDatabase, rows, type Database } from './open.ts'

/**
 * The whole schema as text, sorted by name, without what SQLite and FTS5 make by themselves. It is committed beside
 * the migrations so that a review shows what a migration does to the schema, not only how.
 * Regenerate: node electron/database/snapshot.ts
 */
function schemaText(db: Database): string {
  const version = String(db.pragma('user_version', { simple: true }))
  const found = rows<{ sql: string }>(
    db,
    `SELECT sql FROM sqlite_schema AS entry
     WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
       AND NOT EXISTS (
         SELECT 1 FROM pragma_table_list AS shadow WHERE shadow.name = entry.name AND shadow.type = 'shadow')
     ORDER BY tbl_name, type = 'table' DESC, type, name`,
  )
  const head = `-- The schema at version ${version}. Made by snapshot.ts; change a migration, never this file.`
  return [head, ...found.map((entry) => `${entry.sql};`)].join('\n\n') + '\n'
}

/** The schema that the migrations of a folder lead to. */
export function schemaOf(migrationsFolder: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'desk-schema-'))
  try {
    const db = openDatabase(join(folder, 'schema.sqlite3'))
    try {
      migrate(db, readMigrations(migrationsFolder))
      return schemaText(db)
    } finally {
      db.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) {
  const here = import.meta.dirname
  writeFileSync(join(here, 'schema.sql'), schemaOf(join(here, 'migrations')))
}
