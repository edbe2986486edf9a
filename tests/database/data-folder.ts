import { readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { spawn, type ChildProcess } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { appendAudit } from '../../electron/database/audit.ts'
import { openDataFile, readAuditKey } from '../../electron/database/folder.ts'
import { transact, value, write, type Database } from '../../electron/database/open.ts'

/*
 * What the tests of this room share. Without vitest, so that the scripts that get killed can use it as well.
 */

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const migrationsFolder = `${root}electron/database/migrations`
export const workerFile = new URL('../../electron/database/worker.ts', import.meta.url)
export const clock = () => new Date('2026-11-23T01:41:00.000Z')

/** The data file of a folder, made when there is none. */
export function openFolder(folder: string, migrations = migrationsFolder): Database {
  return openDataFile({ folder, migrationsFolder: migrations, clock }).db
}

/** The audit key of the folder that this file lies in. */
export const keyOf = (db: Database) => readAuditKey(dirname(db.name))

/** Adds so many grids, each with its audit row, as acts would. Text of some length, so that files have pages. */
export function work(db: Database, times: number): void {
  const key = keyOf(db)
  for (let time = 0; time < times; time += 1) {
    transact(db, (file) => {
      const count = value<number>(db, 'SELECT count(*) FROM grid')!
      const area = `${count} `.repeat(60)
      const { id } = write(file, 'INSERT INTO grid (name, area) VALUES (?, ?)', `网格${count}`, area)
      appendAudit(file, key, {
        at: clock().toISOString(),
        operatorId: 1,
        deviceId: null,
        action: 'grid.add',
        subject: `grid:${id}`,
        reason: null,
        changes: null,
      })
    })
  }
}

/** Many grids in one transaction. */
export function fill(db: Database, grids: number): void {
  transact(db, (file) => {
    for (let count = 0; count < grids; count += 1) {
      write(file, 'INSERT INTO grid (name, area) VALUES (?, ?)', `填充${count}`, `${count} `.repeat(60))
    }
  })
}

export const grids = (db: Database) => value<number>(db, 'SELECT count(*) FROM grid')!

export const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')

/** Runs a script of the tests in a process of its own, from source. */
export function startScript(name: string, ...args: string[]): ChildProcess {
  return startScriptDying(Infinity, name, ...args)
}

/** The same, but SIGKILLed right before its nth step on the file system (faults/die-at-step.ts). */
export function startScriptDying(step: number, name: string, ...args: string[]): ChildProcess {
  const script = fileURLToPath(new URL(`../faults/${name}`, import.meta.url))
  const env = { ...process.env, DIE_AT: String(step) }
  return spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'pipe'], env })
}

/** Resolves with the next line the process prints. Rejects, with what it said on stderr, when it ends without one. */
export function nextLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    let complaint = ''
    const hear = (data: Buffer) => {
      said += data.toString()
      const end = said.indexOf('\n')
      if (end === -1) return
      child.stdout!.off('data', hear)
      resolve(said.slice(0, end))
    }
    child.stdout!.on('data', hear)
    child.stderr!.on('data', (data: Buffer) => (complaint += data.toString()))
    child.once('close', () => reject(new Error(`ended without a line: ${complaint}`)))
  })
}

/** Kills at once, as a power cut of this one process, and waits until it is gone. */
export function kill(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('close', () => resolve())
    child.kill('SIGKILL')
  })
}

/** Waits for the end; its exit code, or the signal that ended it. */
export function ended(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve(child.exitCode)
    if (child.signalCode !== null) return resolve(child.signalCode)
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'))
  })
}
