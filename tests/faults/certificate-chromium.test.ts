import { setTimeout as pause } from 'node:timers/promises'
import { PDFDocument } from '@cantoo/pdf-lib'
import { expect, it } from 'vitest'
import { recordOf } from '../counters/certificates/issuing.ts'
import type { Client, Tokens } from '../hosts/desk-process.ts'
import { openFile, startClockedDesk } from '../hosts/noon-desk.ts'
import { managerId, openScreensOf } from '../hosts/volunteer-desk.ts'
import {
  browsersOf,
  checkIssued,
  keptTickets,
  killBrowsersOf,
  makeIssuingFolder,
  now,
} from './issuing-desk.ts'

const kills = 6
const clients = 8

it(`with Chromium or the desk killed ${2 * kills} times under ${clients} screens, no number is lost or given twice`, async () => {
  const tokens: Tokens = { device: '', session: '' }
  const { folder, volunteerIds } = await makeIssuingFolder(tokens, clients)

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
    for (let wait = 0; wait < 400 && browsersOf(desk).length === 0; wait += 1) await pause(10)
    await pause(60 * kill)
    killedBrowsers += killBrowsersOf(desk)
    await Promise.all(work)
    // The desk itself, with eight wishes in its turn.
    work = screens.map((client, seat) => issue(client, seat))
    await pause(150 + 170 * kill)
    expect(await desk.end('SIGKILL')).toBe('SIGKILL')
    await Promise.all(work)
  }

  openFile(folder, (db) => {
    checkIssued(db, folder)
    const kept = keptTickets(db)
    expect([...told].filter(([ticket, number]) => kept.get(ticket) !== number)).toEqual([])
  })
  // A page that was lost with its browser is told as that, and as nothing else.
  expect(problems.filter((code) => code !== undefined && code !== 'PRINTER')).toEqual([])
  expect(killedBrowsers).toBeGreaterThanOrEqual(kills)
  expect(told.size).toBeGreaterThan(kills)
  console.log(
    `browsers killed ${killedBrowsers}, desks killed ${kills}, told ${told.size}, refused ${problems.length}`,
  )
}, 600_000)

it('a batch whose desk or Chromium is killed after every few sheets ends whole, everybody in it once', async () => {
  const tokens: Tokens = { device: '', session: '' }
  const many = 24
  const { folder, volunteerIds } = await makeIssuingFolder(tokens, many)
  const { volunteerId, personId, ...wanted } = recordOf(volunteerIds[0]!, { from: '2026-01-01' })
  expect([volunteerId, personId]).toEqual([volunteerIds[0], null])
  const of = { what: 'volunteers' as const, ids: volunteerIds }
  const asked = { ticket: crypto.randomUUID(), title: '一批', of, wanted }

  const stood: number[] = []
  let browsers = 0
  for (let round = 0; ; round += 1) {
    const desk = await startClockedDesk(folder, now)
    const [client] = (await openScreensOf(desk, { device: tokens.device, operatorId: managerId }, 1)) as [
      Client,
    ]
    // The same press on a screen that was never answered is the same batch.
    const { id, issued, state } = await client.certificates.startBatch(asked)
    const read = () => client.certificates.batch({ id })
    stood.push(issued)
    openFile(folder, (db) => expect(checkIssued(db, folder)).toBe(issued))
    if (round > 0) {
      expect(state).toBe('stopped')
      await client.certificates.resumeBatch({ id })
    }
    let found = await read()
    while (found.state === 'running' && found.issued < issued + 3) {
      await pause(20)
      found = await read()
    }
    if (round % 3 === 1) browsers += killBrowsersOf(desk)
    await pause(40 * (round % 6))
    if (found.issued + 5 < many) {
      expect(await desk.end('SIGKILL')).toBe('SIGKILL')
      continue
    }

    for (found = await read(); found.issued < many; found = await read()) {
      // Those whose page died with its Chromium were named as that, and are taken up again.
      if (found.state === 'done') await client.certificates.resumeBatch({ id })
      await pause(50)
    }
    const { items, failed } = found
    expect(failed).toBe(0)
    expect(new Set(items.map(({ certificate }) => certificate!.id)).size).toBe(many)
    expect(new Set(items.map(({ volunteerNumber }) => volunteerNumber)).size).toBe(many)
    const { base64 } = await client.certificates.batchPdf({ id })
    // Of each a sheet and its list.
    expect((await PDFDocument.load(Buffer.from(base64, 'base64'))).getPageCount()).toBe(2 * many)
    await desk.end('SIGTERM')
    openFile(folder, (db) => expect(checkIssued(db, folder)).toBe(many))
    console.log(
      `batch of ${many}: desk killed ${round} times, browsers ${browsers}, it stood at ${stood.join(', ')}`,
    )
    expect(round).toBeGreaterThan(2)
    return
  }
}, 600_000)
