import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { isSound } from '../../electron/counters/certificates/sound.ts'
import { readAuditKey } from '../../electron/database/folder.ts'
import { rows, value } from '../../electron/database/open.ts'
import type { Workbench } from '../../electron/workbench/workbench.ts'
import { addVolunteers } from '../counters/volunteers/service.ts'
import { nameBody, numbersOf, numbersTo, recordOf, serveDays } from '../counters/certificates/issuing.ts'
import { clock, root } from '../database/data-folder.ts'
import { temporaryFolder, type TestDesk } from '../fixture.ts'
import { signIn, type Client, type Tokens } from '../hosts/desk-process.ts'
import { openFile, startClockedDesk } from '../hosts/noon-desk.ts'
import { addClerk, managerId, openScreensOf } from '../hosts/volunteer-desk.ts'

const now = '2026-11-23T04:00:00.000Z'
const kills = 6
const clients = 8

/** The browsers that a desk process started. */
function browsersOf(pid: number): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,comm='], { encoding: 'utf8' }).split('\n')
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, name]) => Number(parent) === pid && /chrom/.test(name ?? ''))
    .map(([id]) => Number(id))
}

const workbenchOf = (db: unknown, folder: string) =>
  ({ db, folder, root, auditKey: readAuditKey(folder) }) as Workbench

it(`with Chromium or the desk killed ${2 * kills} times under ${clients} screens, no number is lost or given twice`, async () => {
  const folder = temporaryFolder()
  const tokens: Tokens = { device: '', session: '' }
  const first = await startClockedDesk(folder, now)
  await signIn(first, tokens)
  addClerk(folder)
  await first.end('SIGTERM')
  const volunteerIds = openFile(folder, (db) => {
    const ids = addVolunteers(db, clients)
    for (const id of ids) serveDays(db, id, 2)
    const desk = { ...workbenchOf(db, folder), clock, publish: () => {} }
    const operator = { id: managerId, name: '主任', role: 'manager' }
    nameBody({ db, context: () => ({ desk, operator, deviceId: null }) } as unknown as TestDesk)
    return ids
  })

  const told = new Map<string, string>()
  const problems: unknown[] = []
  const issue = async (client: Client, seat: number) => {
    const ticket = crypto.randomUUID()
    const wanted = recordOf(volunteerIds[seat]!, { from: '2026-01-01' })
    try {
      const { certificate } = await client.certificates.issue({
        ticket,
        wanted,
        requestId: null,
        replacesId: null,
        print: null,
      })
      told.set(ticket, certificate.number)
    } catch (error) {
      problems.push((error as { code?: unknown }).code)
    }
  }

  let killedBrowsers = 0
  for (let kill = 0; kill < kills; kill += 1) {
    const desk = await startClockedDesk(folder, now)
    const screens = await openScreensOf(desk, { device: tokens.device, operatorId: managerId }, clients)
    // Chromium alone, in the middle of a page: the others go on with the next one.
    let work = screens.map((client, seat) => issue(client, seat))
    for (let wait = 0; wait < 400 && browsersOf(desk.child.pid!).length === 0; wait += 1)
      await new Promise((resolve) => setTimeout(resolve, 10))
    await new Promise((resolve) => setTimeout(resolve, 60 * kill))
    for (const pid of browsersOf(desk.child.pid!)) {
      process.kill(pid, 'SIGKILL')
      killedBrowsers += 1
    }
    await Promise.all(work)
    // The desk itself, with eight wishes in its turn.
    work = screens.map((client, seat) => issue(client, seat))
    await new Promise((resolve) => setTimeout(resolve, 150 + 170 * kill))
    expect(await desk.end('SIGKILL')).toBe('SIGKILL')
    await Promise.all(work)
  }

  openFile(folder, (db) => {
    const numbers = numbersOf(db)
    expect(numbers).toEqual(numbersTo(numbers.length))
    expect(value(db, "SELECT last FROM sequence WHERE kind = 'ZM'")).toBe(numbers.length)
    const kept = new Map(
      rows<{ ticket: string; number: string }>(db, 'SELECT ticket, number FROM certificate').map(
        ({ ticket, number }) => [ticket, number],
      ),
    )
    expect([...told].filter(([ticket, number]) => kept.get(ticket) !== number)).toEqual([])
    for (const { id } of rows<{ id: number }>(db, 'SELECT id FROM certificate')) {
      expect(isSound(workbenchOf(db, folder), id)).toBe(true)
    }
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  })
  // A page that was lost with its browser is told as that, and as nothing else.
  expect(problems.filter((code) => code !== undefined && code !== 'PRINTER')).toEqual([])
  expect(killedBrowsers).toBeGreaterThanOrEqual(kills)
  expect(told.size).toBeGreaterThan(kills)
  console.log(
    `browsers killed ${killedBrowsers}, desks killed ${kills}, told ${told.size}, refused ${problems.length}`,
  )
}, 600_000)
