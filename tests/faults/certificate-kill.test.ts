import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { batchPdf } from '../../electron/counters/certificates/batch-pdf.ts'
import { readBatch, resumeBatch } from '../../electron/counters/certificates/batches.ts'
import { issueCertificate } from '../../electron/counters/certificates/issue.ts'
import { reprintCertificate } from '../../electron/counters/certificates/reprint.ts'
import { isSound } from '../../electron/counters/certificates/sound.ts'
import { recoverPrintJobs } from '../../electron/counters/documents/print-jobs.ts'
import { createOperator } from '../../electron/counters/session/operators.ts'
import { verifyAudit } from '../../electron/database/audit.ts'
import { rows, transact, value, type Database } from '../../electron/database/open.ts'
import { sweepFiles } from '../../electron/workbench/file-sweep.ts'
import type { Host } from '../../electron/workbench/host.ts'
import type { Context, Workbench } from '../../electron/workbench/workbench.ts'
import { nameBody, numbersOf, numbersTo, recordOf, serveDays } from '../counters/certificates/issuing.ts'
import { pdfOf } from '../counters/certificates/pdf-of.ts'
import { addVolunteers } from '../counters/volunteers/service.ts'
import { clock, ended, keyOf, openFolder, root, startScriptDying } from '../database/data-folder.ts'
import { smallDisk } from '../database/small-disk.ts'
import { temporaryFolder, testPin, type TestDesk } from '../fixture.ts'
import { filesOnDisk } from '../workbench/sample-files.ts'

const ticket = '6f1f7a52-3c1a-4f6e-9d38-5f3f0f1c2a11'

/** A host whose printer tells what it was sent. */
function hostOf(sent: string[] = []): Host {
  return {
    name: 'browser',
    toPdf: ({ html }) => Promise.resolve(pdfOf(html)),
    printers: () => Promise.resolve([{ name: 'front', ready: true, isDefault: true }]),
    print: (file) => {
      sent.push(file)
      return Promise.resolve('front-2')
    },
    jobs: () => Promise.resolve([]),
    withdraw: () => Promise.resolve(),
    open: () => Promise.resolve(),
  }
}

function contextOf(db: Database, folder: string, host = hostOf()): Context {
  const auditKey = keyOf(db)
  const desk: Workbench = { db, folder, root, host, clock, uptime: () => 0, auditKey, publish: () => {} }
  return { desk, operator: { id: 2, name: '前台', role: 'clerk' }, deviceId: null }
}

/** A folder with two operators, and three volunteers who served three days each. */
function makeFolder(folder: string): void {
  const db = openFolder(folder)
  transact(db, (file) => {
    const at = clock().toISOString()
    createOperator(file, { name: '主任', role: 'manager', secret: testPin, at })
    createOperator(file, { name: '前台', role: 'clerk', secret: testPin, at })
  })
  for (const id of addVolunteers(db, 3)) serveDays(db, id, 3)
  const context = contextOf(db, folder)
  nameBody({
    db,
    context: () => ({ ...context, operator: { id: 1, name: '主任', role: 'manager' } }),
  } as unknown as TestDesk)
  db.close()
}

const sentTo = (folder: string) =>
  existsSync(`${folder}.sent`) ? readFileSync(`${folder}.sent`, 'utf8').trim().split('\n').length : 0

/** What must hold in a folder at any moment, whatever was killed. */
async function checkWhole(db: Database, context: Context): Promise<void> {
  const { folder } = context.desk
  const numbers = numbersOf(db)
  expect(numbers).toEqual(numbersTo(numbers.length))
  expect(value(db, "SELECT last FROM sequence WHERE kind = 'ZM'") ?? 0).toBe(numbers.length)
  for (const { id } of rows<{ id: number }>(db, 'SELECT id FROM certificate')) {
    expect(isSound(context.desk, id)).toBe(true)
  }
  expect(value(db, "SELECT count(*) FROM audit WHERE action = 'certificate.issue'")).toBe(numbers.length)
  expect(verifyAudit(db, context.desk.auditKey).firstBad).toBeNull()
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.pragma('foreign_key_check')).toEqual([])
  await sweepFiles(context)
  expect(filesOnDisk(folder)).toHaveLength(value(db, 'SELECT count(*) FROM file')!)
}

/** `stride`: a batch takes the same steps again and again; every second one is enough. */
type Work = {
  what: 'issue' | 'reprint' | 'batch'
  begin: (folder: string) => Promise<void>
  stride?: number
}

/** Lets one process after the other do the same work, each killed one step later, until one gets to its end. */
async function killAtEachStep(
  { what, begin, stride = 1 }: Work,
  look: (folder: string, db: Database, context: Context) => Promise<string>,
): Promise<Record<string, number>> {
  const ready = temporaryFolder()
  makeFolder(ready)
  await begin(ready)
  const seen: Record<string, number> = {}
  for (let step = 1, over = false; !over; step += stride) {
    const folder = join(temporaryFolder(), 'data')
    cpSync(ready, folder, { recursive: true })
    const end = await ended(startScriptDying(step, 'certificate-once.ts', folder, what, ticket))
    expect([0, 'SIGKILL']).toContain(end)
    over = end === 0
    const db = openFolder(folder)
    const sent: string[] = []
    const context = contextOf(db, folder, hostOf(sent))
    recoverPrintJobs({ ...context, operator: null })
    await checkWhole(db, context)
    // Nothing is sent by itself after a start, and no job claims what nobody knows.
    expect(sent).toEqual([])
    const open = rows<{ state: string; check: number; problem: string }>(
      db,
      'SELECT state, check_paper AS "check", problem FROM print_job',
    )
    const isUnsure = open.some(({ state, check }) => state === 'sending' && check === 1)
    if (sentTo(folder) > 0) expect(isUnsure || open.some(({ state }) => state === 'spooled')).toBe(true)
    expect(open.every(({ state }) => ['sending', 'spooled', 'failed'].includes(state))).toBe(true)
    const found = await look(folder, db, context)
    if (!over) seen[found] = (seen[found] ?? 0) + 1
    await checkWhole(db, context)
    expect(sentTo(folder) + sent.length).toBeLessThanOrEqual(what === 'batch' ? 0 : 1)
    db.close()
  }
  return seen
}

const total = (seen: Record<string, number>) => Object.values(seen).reduce((sum, count) => sum + count, 0)
const order = {
  ticket,
  wanted: recordOf(1, { from: '2026-01-01' }),
  requestId: null,
  replacesId: null,
  print: { printer: 'front', copies: 1 },
}

it('killed at each step of issuing, a certificate is whole or not there, and sending the wish again makes it one', async () => {
  const seen = await killAtEachStep({ what: 'issue', begin: async () => {} }, async (_, db, context) => {
    const before = numbersOf(db).length
    const state = value<string>(db, 'SELECT state FROM print_job') ?? 'none'
    const { certificate } = await issueCertificate(context, order)
    expect(certificate).toMatchObject({ number: 'ZM-2026-000001', sound: true })
    expect(value(db, 'SELECT count(*) FROM print_job')).toBe(1)
    return before === 0 ? 'nothing' : state
  })
  console.log('issuing: kills', total(seen), seen)
  expect(total(seen)).toBeGreaterThanOrEqual(40)
  expect(seen.nothing).toBeGreaterThan(10)
  expect(seen.failed).toBeGreaterThan(0)
  expect(seen.sending).toBeGreaterThan(2)
}, 600_000)

it('killed at each step of a reprint, the copies are counted without gap or double', async () => {
  const begin = async (folder: string) => {
    const db = openFolder(folder)
    await issueCertificate(contextOf(db, folder), { ...order, ticket: crypto.randomUUID(), print: null })
    db.close()
  }
  const seen = await killAtEachStep({ what: 'reprint', begin }, async (_, db, context) => {
    const before = value<number>(db, 'SELECT count(*) FROM certificate_reprint')!
    const asked = { id: 1, ticket, reason: '纸张破损', print: order.print }
    const { certificate } = await reprintCertificate(context, asked)
    expect(certificate).toMatchObject({ number: 'ZM-2026-000001', copies: 2, sound: true })
    expect(certificate.reprints.map(({ copy }) => copy)).toEqual([1])
    return before === 0 ? 'nothing' : 'copied'
  })
  console.log('reprinting: kills', total(seen), seen)
  expect(total(seen)).toBeGreaterThanOrEqual(20)
  expect(seen.nothing).toBeGreaterThan(10)
  expect(seen.copied).toBeGreaterThan(2)
}, 600_000)

it('killed at every second step of a batch, it is stopped where it was and goes on without gap or double', async () => {
  const seen = await killAtEachStep(
    { what: 'batch', begin: async () => {}, stride: 2 },
    async (_, db, context) => {
      const id = value<number>(db, 'SELECT id FROM certificate_batch')
      if (id === undefined) return 'not begun'
      const found = readBatch(context, id)
      expect(found.state).toBe(found.issued === 3 && found.state === 'done' ? 'done' : 'stopped')
      expect(numbersOf(db)).toHaveLength(found.issued)
      if (found.issued < 3) {
        resumeBatch(context, { id })
        while (readBatch(context, id).state === 'running')
          await new Promise((resolve) => setImmediate(resolve))
        expect(readBatch(context, id)).toMatchObject({ state: 'done', issued: 3, failed: 0 })
      }
      const { items } = readBatch(context, id)
      expect(items.map(({ certificate }) => certificate?.number)).toEqual(numbersTo(3))
      expect((await batchPdf(context, { id })).base64.length).toBeGreaterThan(100)
      return `${found.issued} issued`
    },
  )
  console.log('batch: kills', total(seen), seen)
  expect(total(seen)).toBeGreaterThanOrEqual(35)
  for (const issued of [0, 1, 2]) expect(seen[`${issued} issued`]).toBeGreaterThan(0)
}, 900_000)

it('on a full disk nothing is issued and no number used; with room again the same wish goes through', async (test) => {
  const disk = smallDisk(test, 8)
  makeFolder(disk.folder)
  const db = openFolder(disk.folder)
  const context = contextOf(db, disk.folder)
  // The key that signs is made once, before there is too little room for anything.
  await issueCertificate(context, { ...order, ticket: crypto.randomUUID(), print: null })
  let refused = 0
  for (let free = 0, issued = false; !issued; free += 8_192) {
    disk.fillUp(free)
    try {
      await issueCertificate(context, { ...order, print: null })
      issued = true
    } catch (error) {
      expect(error).toMatchObject({ code: 'STORAGE_FULL' })
      refused += 1
      expect(db.inTransaction).toBe(false)
      expect(numbersOf(db)).toEqual(numbersTo(1))
      expect(value(db, "SELECT last FROM sequence WHERE kind = 'ZM'")).toBe(1)
      expect(filesOnDisk(disk.folder)).toHaveLength(1)
    }
    disk.makeRoom()
  }
  expect(refused).toBeGreaterThan(2)
  await checkWhole(db, context)
  expect(numbersOf(db)).toEqual(numbersTo(2))
  db.close()
})
