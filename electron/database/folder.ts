import { renameSync } from 'node:fs'
import { auditEnd } from './audit.ts'
import { readAuditKey } from './audit-key.ts'
import { backUp, listBackups, sweepLeftovers, type Backup } from './backup.ts'
import { auditEndIn } from './copies.ts'
import { reserve, syncFile, syncFolder } from './files.ts'
import { inspectFile } from './inspect.ts'
import { migrate, pendingMigrations, readMigrations, schemaVersion, type Migration } from './migrate.ts'
import { openDatabase, value, type Database } from './open.ts'
import { placesOf, prepareFolder } from './place.ts'
import { asRefusal, errorCode, Refusal } from './refusal.ts'
import { finishRestore } from './restore.ts'
import { tidy } from './tidy.ts'

export { readAuditKey }
export { Refusal, type RefusalKind } from './refusal.ts'

export type DataFile = {
  db: Database
  /** The schema version the file had before this start; null when nothing was migrated. */
  migratedFrom: number | null
}

/**
 * Opens the data file of a folder that this process has locked, making it when there is none. Throws a `Refusal`,
 * with the file untouched, when it is newer, foreign, damaged or cannot be written, or a migration fails.
 * Only what is cheap is looked at; reading it through is the daily job of the worker.
 */
export function openDataFile(options: {
  folder: string
  migrationsFolder: string
  clock: () => Date
}): DataFile {
  const { folder, migrationsFolder, clock } = options
  const { file } = placesOf(folder)
  const all = readMigrations(migrationsFolder)
  prepareFolder(folder)
  try {
    finishRestore(folder)
    sweepLeftovers(folder)
    const verdict = inspectFile(file, all.at(-1)?.version ?? 0)
    if (verdict.kind === 'absent') makeFile(folder, all)
    else if (verdict.kind !== 'ours') throw new Refusal(verdict.kind, file, verdict.detail)
    glance(file)
    const db = openDatabase(file)
    try {
      // Now, while a refusal still closes the file; and before a migration, whose backup takes the key along.
      readAuditKey(folder)
      const migratedFrom = bringUpToDate(db, folder, all, clock())
      return { db, migratedFrom }
    } catch (error) {
      db.close()
      throw error
    }
  } catch (error) {
    throw asRefusal(file, error)
  }
}

/**
 * Makes the file under another name and renames it when the whole schema is in it: a file with the data file's name
 * always carries this desk's header, so a kill at the first start cannot leave one that looks foreign.
 */
function makeFile(folder: string, all: Migration[]): void {
  const { file, making, backups } = placesOf(folder)
  if (listBackups(folder).length > 0) {
    // Beginning anew beside backups would look as if everything was lost.
    throw new Refusal('corrupt', file, `the data file is missing, but there are backups in ${backups}`)
  }
  reserve(making)
  const db = openDatabase(making)
  try {
    migrate(db, all)
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
  syncFile(making)
  renameSync(making, file)
  syncFolder(folder)
}

/**
 * Touches the schema and the ends of the tables that every call needs: damage there throws here, not at noon.
 * On a connection that only reads: one that writes would, when it closes, play the log into the damaged file, and
 * what is set aside should be what was found.
 */
function glance(file: string): void {
  const db = openDatabase(file, { readonly: true })
  try {
    value(db, 'SELECT count(*) FROM sqlite_schema')
    if (schemaVersion(db) === 0) return
    value(db, 'SELECT count(*) FROM operator')
    value(db, 'SELECT count(*) FROM setting')
    auditEnd(db)
  } finally {
    db.close()
  }
}

function bringUpToDate(db: Database, folder: string, all: Migration[], at: Date): number | null {
  const { file } = placesOf(folder)
  const before = schemaVersion(db)
  const pending = pendingMigrations(db, all)
  if (pending.length === 0) return null
  try {
    if (before > 0) backUp(db, folder, 'migration', at)
  } catch (error) {
    throw (
      storageRefusal(file, error) ??
      new Refusal('migration', file, `no backup, no migration: ${text(error)}`, error)
    )
  }
  try {
    migrate(db, all)
  } catch (error) {
    throw (
      storageRefusal(file, error) ??
      new Refusal('migration', file, `${text(error)}; the file is unchanged`, error)
    )
  }
  // Into the file itself at once, so that its header says what version it is.
  db.pragma('wal_checkpoint(TRUNCATE)')
  return before
}

/** A full disk or lost rights are no fault of the migration. */
function storageRefusal(file: string, error: unknown): Refusal | null {
  const stands = /^(SQLITE_FULL|SQLITE_READONLY|SQLITE_CORRUPT|SQLITE_NOTADB|ENOSPC|EDQUOT|EROFS|EACCES)/
  return stands.test(errorCode(error)) ? asRefusal(file, error) : null
}

const text = (error: unknown) => (error instanceof Error ? error.message : String(error))

/**
 * Closes the data file: a verified backup when anything was written since the last one, then SQLite's own tidying up
 * and an empty log. A backup that fails (a full disk) does not keep the desk open; `problem` says why there is none.
 */
export function closeDataFile(options: { db: Database; folder: string; clock: () => Date }): {
  backup: Backup | null
  problem: unknown
} {
  const { db, folder, clock } = options
  let backup: Backup | null = null
  let problem: unknown = null
  try {
    // Each act leaves one audit row, so an equal end of the chain means that nothing was done since.
    const { end } = auditEnd(db)
    const newest = listBackups(folder)[0]
    const backedUp = newest && auditEndIn(folder, newest.name)?.end?.equals(end ?? Buffer.alloc(0))
    if (end && !backedUp) backup = backUp(db, folder, 'close', clock())
  } catch (error) {
    problem = error
  }
  try {
    tidy(db)
    db.pragma('wal_checkpoint(TRUNCATE)')
  } catch (error) {
    problem ??= error
  } finally {
    db.close()
  }
  return { backup, problem }
}
