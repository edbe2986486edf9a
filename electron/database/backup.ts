import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { auditEnd } from './audit.ts'
import { backupName, keptBackups, listBackups, type Backup, type BackupKind } from './backup-list.ts'
import { checkCopy } from './copies.ts'
import { reserve, syncFile, syncFolder, writeDurably } from './files.ts'
import { sql, type Database } from './open.ts'
import { placesOf, withCompanions } from './place.ts'

export { listBackups, type Backup, type BackupKind } from './backup-list.ts'
export { restoreBackup } from './restore.ts'

const partial = '.partial'

export type BackupSteps = {
  /** Told as soon as the unfinished file has its name, so that others can watch it grow. */
  onStart?: (file: string, expectedBytes: number) => void
  /** Part of the unfinished file's name, so that whoever stops this by force can clear it away. */
  token?: string
}

/**
 * Makes a verified backup from any open connection; others may go on writing. The file gets its name only after it
 * was written out to the disk, opened again and read through, so whatever bears such a name is whole. On any error,
 * a full disk included, nothing of it stays. Afterwards old backups are thinned out.
 */
export function backUp(
  db: Database,
  folder: string,
  kind: BackupKind,
  at: Date,
  { onStart, token = '' }: BackupSteps = {},
): Backup {
  const { backups, auditKey, auditKeyCopy } = placesOf(folder)
  mkdirSync(backups, { recursive: true, mode: 0o700 })
  let when = at
  while (existsSync(join(backups, backupName(when, kind)))) when = new Date(when.getTime() + 1)
  const name = backupName(when, kind)
  const temporary = join(backups, name + token + partial)
  try {
    rmSync(temporary, { force: true })
    reserve(temporary)
    const pages = Number(db.pragma('page_count', { simple: true }))
    const free = Number(db.pragma('freelist_count', { simple: true }))
    onStart?.(temporary, (pages - free) * Number(db.pragma('page_size', { simple: true })))
    const before = auditEnd(db).count
    sql(db, 'VACUUM INTO ?').run(temporary)
    syncFile(temporary)
    const { auditRows } = checkCopy(temporary)
    if (auditRows < before) throw new Error('the backup holds fewer audit rows than the file')
    // Before the backup has its name, so that no backup is ever without the key that its audit needs.
    if (existsSync(auditKey)) {
      const key = readFileSync(auditKey)
      if (!existsSync(auditKeyCopy) || !readFileSync(auditKeyCopy).equals(key))
        writeDurably(auditKeyCopy, key)
    }
    renameSync(temporary, join(backups, name))
    syncFolder(backups)
  } catch (error) {
    for (const file of withCompanions(temporary)) rmSync(file, { force: true })
    throw error
  }
  const made = { name, at: when.toISOString(), bytes: statSync(join(backups, name)).size, kind }
  pruneBackups(folder, at, name)
  return made
}

/** Removes the backups that retention no longer wants; never the one just made, whatever the clock says. */
function pruneBackups(folder: string, now: Date, justMade?: string): void {
  const { backups } = placesOf(folder)
  const list = listBackups(folder)
  const kept = keptBackups(list, now)
  for (const { name } of list) {
    if (!kept.has(name) && name !== justMade) rmSync(join(backups, name), { force: true })
  }
}

/** Clears away the unfinished file of a backup that was stopped by force, known by its token. */
export function sweepBackup(folder: string, token: string): void {
  const { backups } = placesOf(folder)
  if (!existsSync(backups)) return
  for (const name of readdirSync(backups)) {
    if (name.includes(token + partial)) rmSync(join(backups, name), { force: true })
  }
}

/** Clears away what a kill left half done; at the start, with the folder locked and no file open. */
export function sweepLeftovers(folder: string): void {
  const { backups, making, restoring, restoreNote } = placesOf(folder)
  if (existsSync(backups)) {
    for (const name of readdirSync(backups)) {
      if (name.includes(partial)) rmSync(join(backups, name), { force: true })
    }
  }
  for (const file of withCompanions(making)) rmSync(file, { force: true })
  if (!existsSync(restoreNote)) for (const file of withCompanions(restoring)) rmSync(file, { force: true })
  for (const name of readdirSync(folder))
    if (name.endsWith(partial)) rmSync(join(folder, name), { force: true })
}
