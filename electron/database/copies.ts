import { chmodSync, copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { auditEnd } from './audit.ts'
import { listBackups } from './backup-list.ts'
import { reserve, syncFile } from './files.ts'
import { schemaVersion } from './migrate.ts'
import { applicationId, openDatabase } from './open.ts'
import { placesOf, withCompanions } from './place.ts'

/**
 * Reads a copy of the data file from end to end. Throws, saying what is wrong, unless it is a sound file of this desk.
 * Returns its schema version and number of audit rows.
 */
export function checkCopy(file: string): { version: number; auditRows: number } {
  const db = openDatabase(file, { readonly: true })
  try {
    const check = db.pragma('quick_check(1)', { simple: true })
    if (check !== 'ok') throw new Error(`quick_check: ${String(check)}`)
    if (db.pragma('application_id', { simple: true }) !== applicationId)
      throw new Error('not a file of this desk')
    const version = schemaVersion(db)
    if (version === 0) throw new Error('has no schema version')
    const { count, whole } = auditEnd(db)
    if (!whole) throw new Error('the audit and its head do not agree')
    return { version, auditRows: count }
  } finally {
    db.close()
  }
}

/** The end of the audit chain in a backup; null when it cannot be read. */
export function auditEndIn(folder: string, name: string): ReturnType<typeof auditEnd> | null {
  try {
    const db = openDatabase(join(placesOf(folder).backups, name), { readonly: true })
    try {
      return auditEnd(db)
    } finally {
      db.close()
    }
  } catch {
    return null
  }
}

/** Copies a listed backup to `target`, writes it out and checks the copy. The backup itself is only read. */
export function copyBackup(folder: string, name: string, target: string): void {
  // Only names from the list: no path in a name can lead anywhere else.
  if (!listBackups(folder).some((backup) => backup.name === name)) throw new Error('no such backup')
  for (const file of withCompanions(target)) rmSync(file, { force: true })
  try {
    reserve(target)
    copyFileSync(join(placesOf(folder).backups, name), target)
    // The copy takes the rights of its source, which may come from a stick.
    chmodSync(target, 0o600)
    syncFile(target)
    checkCopy(target)
  } catch (error) {
    for (const file of withCompanions(target)) rmSync(file, { force: true })
    throw error
  }
}
