import { execFileSync } from 'node:child_process'
import { expect } from 'vitest'
import { isSound } from '../../electron/counters/certificates/sound.ts'
import { verifyAudit } from '../../electron/database/audit.ts'
import { readAuditKey } from '../../electron/database/folder.ts'
import { rows, value, type Database } from '../../electron/database/open.ts'
import type { Workbench } from '../../electron/workbench/workbench.ts'
import { nameBody, numbersOf, numbersTo, serveDays } from '../counters/certificates/issuing.ts'
import { addVolunteers } from '../counters/volunteers/service.ts'
import { clock, root } from '../database/data-folder.ts'
import { temporaryFolder, type TestDesk } from '../fixture.ts'
import { signIn, type DeskProcess, type Tokens } from '../hosts/desk-process.ts'
import { openFile, startClockedDesk } from '../hosts/noon-desk.ts'
import { addClerk, managerId } from '../hosts/volunteer-desk.ts'

/** The day on which these desks stand. */
export const now = '2026-11-23T04:00:00.000Z'

const workbenchOf = (db: Database, folder: string) =>
  ({ db, folder, root, auditKey: readAuditKey(folder) }) as Workbench

/** A folder of a desk that may issue to so many volunteers of two days each; nobody works on it yet. */
export async function makeIssuingFolder(tokens: Tokens, count: number, name?: string) {
  const folder = temporaryFolder()
  const desk = await startClockedDesk(folder, now)
  await signIn(desk, tokens)
  addClerk(folder)
  await desk.end('SIGTERM')
  const volunteerIds = openFile(folder, (db) => {
    const ids = addVolunteers(db, count, name === undefined ? {} : { name })
    for (const id of ids) serveDays(db, id, 2)
    const context = { desk: { ...workbenchOf(db, folder), clock, publish: () => {} }, deviceId: null }
    const operator = { id: managerId, name: '主任', role: 'manager' }
    nameBody({ db, context: () => ({ ...context, operator }) } as unknown as TestDesk)
    return ids
  })
  return { folder, volunteerIds }
}

/** The browsers that a desk process started. */
export function browsersOf({ child }: DeskProcess): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,comm='], { encoding: 'utf8' }).split('\n')
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, name]) => Number(parent) === child.pid && /chrom/.test(name ?? ''))
    .map(([id]) => Number(id))
}

/** Ends them; returns how many. */
export function killBrowsersOf(desk: DeskProcess): number {
  const pids = browsersOf(desk)
  for (const pid of pids) process.kill(pid, 'SIGKILL')
  return pids.length
}

/** Number by ticket of all that was issued. */
export const keptTickets = (db: Database): Map<string, string> =>
  new Map(
    rows<{ ticket: string; number: string }>(db, 'SELECT ticket, number FROM certificate').map(
      ({ ticket, number }) => [ticket, number],
    ),
  )

/** What must hold of a folder at any moment, whatever was killed: no gap, no double, nothing half. Returns how many stand. */
export function checkIssued(db: Database, folder: string): number {
  const desk = workbenchOf(db, folder)
  const numbers = numbersOf(db)
  expect(numbers).toEqual(numbersTo(numbers.length))
  expect(value(db, "SELECT last FROM sequence WHERE kind = 'ZM'") ?? 0).toBe(numbers.length)
  for (const { id } of rows<{ id: number }>(db, 'SELECT id FROM certificate'))
    expect(isSound(desk, id)).toBe(true)
  expect(verifyAudit(db, desk.auditKey).firstBad).toBeNull()
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  return numbers.length
}
