import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { rows, type Database } from '../../electron/database/open.ts'
import { recordOf } from '../counters/certificates/issuing.ts'
import type { Client, Tokens } from '../hosts/desk-process.ts'
import { openFile, startClockedDesk } from '../hosts/noon-desk.ts'
import { openSpooler, type Spooler } from '../hosts/spooler.ts'
import { managerId, openScreensOf } from '../hosts/volunteer-desk.ts'
import { checkIssued, keptTickets, killBrowsersOf, makeIssuingFolder, now } from './issuing-desk.ts'

/*
 * All of it for real: the desk as a process over HTTP, Chromium, CUPS. The queue takes and holds what it is given, so that
 * every sheet that ever reached it is counted.
 */

const rounds = 16
const screens = 3

type Job = { id: number; documentId: number; state: string; check: 0 | 1; problem: string; spoolId: string }
const jobsOf = (db: Database) =>
  rows<Job>(
    db,
    `SELECT id, document_id AS documentId, state, check_paper AS "check", problem, spool_id AS spoolId
     FROM print_job WHERE printer = 'desk' ORDER BY id`,
  )

/** What must hold whenever the desk has started anew: nothing doubled, nothing lost, no paper that no job knows of. */
function checkWhole(folder: string, taken: string[]): number {
  return openFile(folder, (db) => {
    const issued = checkIssued(db, folder)
    const jobs = jobsOf(db)
    // One job of a sheet, for nobody sent one again.
    expect(new Set(jobs.map(({ documentId }) => documentId)).size).toBe(jobs.length)
    const known = jobs.map(({ spoolId }) => spoolId).filter(Boolean)
    expect(new Set(known).size).toBe(known.length)
    expect(known.filter((spoolId) => !taken.includes(spoolId))).toEqual([])
    // What reached the queue without its name: the clerk is asked to look at so many at the least.
    const unsure = jobs.filter(({ state, check }) => state === 'sending' && check === 1).length
    expect(taken.length - known.length).toBeLessThanOrEqual(unsure)
    for (const { state, check, spoolId } of jobs) {
      expect(['sending', 'spooled', 'failed']).toContain(state)
      if (state === 'sending') expect(check).toBe(1)
      if (state === 'spooled') expect(spoolId).not.toBe('')
    }
    return issued
  })
}

type Wish = { seat: number; printer: string }

test(
  `a desk killed ${rounds} times while it issues and prints, its Chromium killed, its queue removed and CUPS stopped`,
  async ({ skip }) => {
    const spooler = await openSpooler()
    if ('skipped' in spooler) return skip(spooler.skipped)
    await spooler.addQueue('desk')
    await spooler.enable('desk', false)
    const takenBy = async (on: Spooler) => (await on.taken()).filter((id) => id.startsWith('desk-'))
    const tokens: Tokens = { device: '', session: '' }
    const { folder, volunteerIds } = await makeIssuingFolder(tokens, screens, '欧阳测')

    const told = new Map<string, string>()
    const open = new Map<string, Wish>()
    const codes: unknown[] = []
    const send = async (client: Client, ticket: string, { seat, printer }: Wish) => {
      const wanted = recordOf(volunteerIds[seat]!, { from: '2026-01-01' })
      const print = { printer, copies: 1 }
      try {
        const order = { ticket, wanted, requestId: null, replacesId: null, print }
        const { certificate, job } = await client.certificates.issue(order)
        expect(job).toMatchObject({ documentId: certificate.documentId })
        told.set(ticket, certificate.number)
        open.delete(ticket)
      } catch (error) {
        codes.push((error as { code?: unknown }).code)
      }
    }

    let [browsers, resent] = [0, 0]
    for (let round = 0; round < rounds; round += 1) {
      const fault = (['none', 'queue', 'cupsd', 'chromium'] as const)[round % 4]!
      const before = await takenBy(spooler)
      const desk = await startClockedDesk(folder, now)
      const clients = await openScreensOf(desk, { device: tokens.device, operatorId: managerId }, screens)
      // Nothing was sent by itself.
      expect(await takenBy(spooler)).toEqual(before)
      checkWhole(folder, before)

      // What nobody was told of is asked for again, as a screen does with its ticket.
      for (const [ticket, wish] of open) {
        resent += 1
        await send(clients[wish.seat]!, ticket, wish)
      }
      if (fault === 'queue') await spooler.addQueue('other')
      let over = false
      const work = clients.map(async (client, seat) => {
        while (!over) {
          const ticket = crypto.randomUUID()
          open.set(ticket, { seat, printer: fault === 'queue' ? 'other' : 'desk' })
          await send(client, ticket, open.get(ticket)!)
        }
      })
      await pause(700 + 130 * round)
      if (fault === 'queue') await spooler.removeQueue('other')
      if (fault === 'cupsd') await spooler.stop()
      if (fault === 'chromium') browsers += killBrowsersOf(desk)
      await pause(fault === 'none' ? 0 : 150 + 20 * round)
      over = true
      expect(await desk.end('SIGKILL')).toBe('SIGKILL')
      await Promise.all(work)
      expect(desk.log()).not.toContain('欧阳')
      if (fault === 'cupsd') await spooler.start()
    }

    const desk = await startClockedDesk(folder, now)
    const clients = await openScreensOf(desk, { device: tokens.device, operatorId: managerId }, screens)
    for (const [ticket, wish] of open) await send(clients[wish.seat]!, ticket, wish)
    expect(open.size).toBe(0)
    await desk.end('SIGTERM')
    const taken = await takenBy(spooler)
    const issued = checkWhole(folder, taken)
    openFile(folder, (db) => {
      expect(keptTickets(db)).toEqual(told)
      const states = Object.groupBy(jobsOf(db), ({ state }) => state)
      console.log(
        `desks killed ${rounds}, browsers killed ${browsers}, issued ${issued}, wishes sent again ${resent}, at the queue ` +
          `${taken.length}; jobs spooled ${states.spooled?.length ?? 0}, to look at ${states.sending?.length ?? 0}, failed ` +
          `${states.failed?.length ?? 0}; doubled 0, lost 0`,
      )
    })
    // Without a page maker nothing is issued; a printer's trouble is no error of the certificate.
    expect(codes.filter((code) => code !== undefined && code !== 'PRINTER')).toEqual([])
    expect(issued).toBeGreaterThan(rounds)
    expect(browsers).toBeGreaterThan(0)
  },
  10 * 60_000,
)
