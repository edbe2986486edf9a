import { accessSync, constants, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeDurably } from './files.ts'
import { networkOf } from './inspect.ts'
import { asRefusal, Refusal } from './refusal.ts'

/** Where everything lies in a data folder. */
export function placesOf(folder: string) {
  return {
    file: join(folder, 'desk.sqlite3'),
    backups: join(folder, 'backups'),
    setAside: join(folder, 'set-aside'),
    /** A new file while it is being made; it gets its name when it is whole. */
    making: join(folder, 'desk.sqlite3.making'),
    /** The copy of a backup that is about to become the data file. */
    restoring: join(folder, 'desk.sqlite3.restoring'),
    /** Says that a restore is under way, so that the next start finishes it. */
    restoreNote: join(folder, 'desk.restore.json'),
    auditKey: join(folder, 'audit.key'),
    /** Travels with the backups: they are worth little on a new computer without it. */
    auditKeyCopy: join(folder, 'backups', 'audit.key'),
  }
}

/** A database and what SQLite may keep beside it. */
export function withCompanions(file: string): string[] {
  return [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]
}

/**
 * Makes the folder, closed to other users, and makes sure that this process can write there. Throws a `Refusal` for
 * a network folder (before anything is made in it), a read-only one, or a full disk.
 */
export function prepareFolder(folder: string): void {
  try {
    const network = networkOf(folder)
    if (network) throw new Refusal('network', folder, `lies on ${network}; the data must be on a local disk`)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK)
    // Rights alone do not tell (root, access lists, full disks): write something.
    const probe = join(folder, 'desk.probe')
    writeDurably(probe, 'probe')
    rmSync(probe)
  } catch (error) {
    throw asRefusal(folder, error)
  }
  const { file } = placesOf(folder)
  try {
    if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK)
  } catch (error) {
    throw asRefusal(file, error)
  }
}
