import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { applicationId, transact, type Database } from './open.ts'

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

/** Applies the pending migrations, each in one transaction with its version: killed in between, it is old or new. */
export function migrate(db: Database, all: Migration[]): void {
  for (const migration of pendingMigrations(db, all)) {
    transact(db, (file) => {
      file.exec(migration.text)
      file.pragma(`application_id = ${applicationId}`)
      file.pragma(`user_version = ${migration.version}`)
    })
  }
}
