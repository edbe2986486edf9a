import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeDurably, reserve } from './files.ts'
import { prepareFolder } from './place.ts'
import { openLock, type Database } from './open.ts'
import { asRefusal, errorCode } from './refusal.ts'

/** Who has the folder open. */
export type Holder = { host: string; pid: number; startedAt: string }

/** Another process has this data folder open; `holder` is null when it did not leave its name. */
export class FolderHeld extends Error {
  readonly folder: string
  readonly holder: Holder | null

  constructor(folder: string, holder: Holder | null) {
    const who = holder
      ? `${holder.host}, process ${holder.pid}, since ${holder.startedAt}`
      : 'another process'
    super(`${folder} is already open: ${who}`)
    this.name = 'FolderHeld'
    this.folder = folder
    this.holder = holder
  }
}

// A lock that nobody refers to would be closed by the garbage collector.
const held = new Set<Database>()

function readHolder(file: string): Holder | null {
  try {
    const { host, pid, startedAt } = JSON.parse(readFileSync(file, 'utf8')) as Holder
    return { host: String(host), pid: Number(pid), startedAt: String(startedAt) }
  } catch {
    return null
  }
}

/**
 * Takes a data folder for this process, making it when it is not there. Throws `FolderHeld` when another process has
 * it, a `Refusal` when it lies on a network or cannot be written.
 *
 * The lock is an open exclusive transaction in a file of its own. The system lets go of it when the process ends,
 * however it ends, so there is no stale lock and nobody guesses from process numbers. The record beside it only says
 * who it is; it proves nothing.
 */
export function lockFolder(folder: string, holder: Holder): { release(): void } {
  prepareFolder(folder)
  const file = join(folder, 'desk.lock')
  const record = join(folder, 'desk.holder.json')
  let db: Database | undefined
  try {
    // Never opened by hand when it exists: closing it would drop a lock this very process may have on it.
    if (!existsSync(file)) reserveUnlessThere(file)
    db = openLock(file)
    db.exec('BEGIN EXCLUSIVE')
    writeDurably(record, `${JSON.stringify(holder)}\n`)
  } catch (error) {
    db?.close()
    if (errorCode(error).startsWith('SQLITE_BUSY')) throw new FolderHeld(folder, readHolder(record))
    throw asRefusal(file, error)
  }
  const lock = db
  held.add(lock)
  return {
    release() {
      if (!held.delete(lock)) return
      rmSync(record, { force: true })
      lock.close()
    },
  }
}

function reserveUnlessThere(file: string): void {
  try {
    reserve(file)
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  }
}
