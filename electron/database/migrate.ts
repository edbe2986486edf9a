import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { applicationId, rows, transact, type Database } from './open.ts'

export type Migration = { version: number; name: string; text: string }

/** The numbered SQL files of a folder, in order. Throws when two share a number. */
export function readMigrations(folder: string): Migration[] {
  const found = readdirSync(folder)
    .filter((name) => /^\d{3}-.*\.sql$/.test(name))
    .sort()
    .map((name) => ({
      version: Number(name.slice(0, 3)),
      name,
      text: readFileSync(join(folder, name), 'utf8'),
    }))
  found.forEach((migration, index) => {
    if (index > 0 && migration.version === found[index - 1]!.version) {
      throw new Error(`two migrations are numbered ${migration.version}`)
    }
  })
  return found
}

export function schemaVersion(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }))
}

/** Those not yet in this file. */
export function pendingMigrations(db: Database, all: Migration[]): Migration[] {
  const current = schemaVersion(db)
  return all.filter((migration) => migration.version > current)
}

/**
 * Brings the file to the newest version, in one transaction with its version: killed or failed anywhere in between,
 * even at the third of three migrations, the file is what it was. Throws when a migration fails or would leave a row
 * whose reference points nowhere; the message names the migration.
 */
export function migrate(db: Database, all: Migration[]): void {
  const pending = pendingMigrations(db, all)
  if (pending.length === 0) return
  // A table is rebuilt by copying, dropping and renaming, which enforced foreign keys would forbid; they are checked
  // as a whole instead. The pragma does nothing inside a transaction, so it stands outside.
  db.pragma('foreign_keys = 0')
  try {
    transact(db, (file) => {
      for (const migration of pending) {
        try {
          file.exec(migration.text)
        } catch (error) {
          if (error instanceof Error) error.message = `${migration.name}: ${error.message}`
          throw error
        }
        file.pragma(`user_version = ${migration.version}`)
      }
      const dangling = rows<{ table: string }>(
        file,
        'SELECT "table" FROM pragma_foreign_key_check LIMIT 1',
      )[0]
      if (dangling) throw new Error(`${pending.at(-1)!.name}: a row of ${dangling.table} refers to nothing`)
      file.pragma(`application_id = ${applicationId}`)
    })
  } finally {
    db.pragma('foreign_keys = 1')
  }
  if (db.pragma('foreign_keys', { simple: true }) !== 1) throw new Error('foreign keys did not come back on')
}
