import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { copyBackup } from './copies.ts'
import { syncFolder, writeDurably } from './files.ts'
import { openDatabase, rows } from './open.ts'
import { placesOf, withCompanions } from './place.ts'

/** When backups were restored in a folder, oldest first: the names of what was set aside then (beside photos, for one). */
export function restoresOf(folder: string): string[] {
  const { setAside } = placesOf(folder)
  if (!existsSync(setAside)) return []
  return readdirSync(setAside)
    .filter((name) => /^\d{8}T\d{9}Z/.test(name))
    .sort()
}

export type Sequence = { kind: string; year: number; last: number }

/** The numbers that had been given when the files were set aside, as far as these can be read; a file in ruins has none. */
export function sequencesSetAside(folder: string): Sequence[] {
  return restoresOf(folder).flatMap((name) => {
    const file = join(placesOf(folder).setAside, name, basename(placesOf(folder).file))
    try {
      const db = openDatabase(file, { readonly: true })
      try {
        return rows<Sequence>(db, 'SELECT kind, year, last FROM sequence')
      } finally {
        db.close()
      }
    } catch {
      return []
    }
  })
}

/** What the next start needs to finish a restore that was cut short. */
type Note = { backup: string; aside: string }

/**
 * Puts a backup in the place of a data file that cannot be used. The broken file goes to `set-aside/<time>/` together
 * with what SQLite kept beside it, never to nowhere. Nothing may have the file open, and the folder is locked.
 * Throws, with nothing changed, when the backup is not in the list or not sound.
 *
 * The file and its log are several files, and no system renames several at once: a kill in between could leave the
 * old log beside the restored file, and SQLite would play it into it. So the intention is written down first, and
 * `finishRestore` at the next start carries it out: before the note all is old, after it all will be new.
 */
export function restoreBackup(folder: string, name: string, at: Date): void {
  const { restoring, restoreNote, setAside } = placesOf(folder)
  copyBackup(folder, name, restoring)
  const stamp = at.toISOString().replace(/[-:.]/g, '')
  let aside = stamp
  for (let count = 2; existsSync(join(setAside, aside)); count += 1) aside = `${stamp}-${count}`
  writeDurably(restoreNote, JSON.stringify({ backup: name, aside } satisfies Note))
  finishRestore(folder)
}

/** Carries out a restore that was begun and written down; does nothing when there is none. */
export function finishRestore(folder: string): void {
  const { file, restoring, restoreNote, setAside } = placesOf(folder)
  if (!existsSync(restoreNote)) return
  const note = JSON.parse(readFileSync(restoreNote, 'utf8')) as Note
  // While the copy still has its temporary name, what bears the file's name is the old file.
  if (existsSync(restoring)) {
    const aside = join(setAside, basename(note.aside))
    mkdirSync(aside, { recursive: true, mode: 0o700 })
    for (const old of withCompanions(file)) {
      if (existsSync(old)) renameSync(old, join(aside, basename(old)))
    }
    syncFolder(aside)
    renameSync(restoring, file)
    syncFolder(folder)
  } else if (!existsSync(file)) {
    // Both gone: somebody tidied up by hand in between. The backup is still there.
    copyBackup(folder, note.backup, restoring)
    renameSync(restoring, file)
    syncFolder(folder)
  }
  rmSync(restoreNote)
  syncFolder(folder)
}
