import { expect, test } from 'vitest'
import { moveJob, pendingJobs, queueJob, readJob } from '../../../electron/counters/documents/print-jobs.ts'
import { printDocument } from '../../../electron/counters/documents/print.ts'
import {
  defaultPrinter,
  readPrinting,
  readSetting,
  saveDefault,
  savePrinter,
} from '../../../electron/counters/documents/printers.ts'
import { confirmJob, readQueue, sendAgain } from '../../../electron/counters/documents/queue.ts'
import { printTestPage } from '../../../electron/counters/documents/test-page.ts'
import type { Host } from '../../../electron/workbench/host.ts'
import { openTestDesk } from '../../fixture.ts'
import { accept, issueReceipt } from '../enquiries/counter.ts'
import { fakeHost } from './fake-host.ts'

function withReceipt(changed: Partial<Host> = {}) {
  const host = fakeHost(changed)
  const desk = openTestDesk({ host })
  const documentId = issueReceipt(desk.context(), accept(desk).id)
  const clerk = desk.context()
  return { host, desk, documentId, clerk, print: () => printDocument(clerk, documentId, '前台', 1) }
}

const nowhere = { rightTenths: 0, downTenths: 0 }

test('sent again is a new job that cites the old one, which leaves the spooler', async () => {
  const { host, desk, clerk, print } = withReceipt()
  const first = await print()
  const second = await sendAgain(clerk, { jobId: first.id, printer: '前台', copies: 2 })
  expect(readJob(desk.db, first.id)).toMatchObject({ state: 'failed', problem: 'no-paper' })
  expect(second).toMatchObject({ state: 'spooled', copies: 2, documentId: first.documentId })
  expect(host.spool.map(({ state }) => state)).toEqual(['over', 'waiting'])
  const { stuck, ended } = await readQueue(clerk, { limit: 30 })
  expect(stuck).toMatchObject([{ id: second.id, spooler: 'waiting', againId: null, kind: 'receipt' }])
  expect(ended).toMatchObject([{ id: first.id, againId: second.id }])
})

test('two presses at once send one job', async () => {
  const { host, clerk, print } = withReceipt()
  const { id } = await print()
  const presses = [1, 2].map(() => sendAgain(clerk, { jobId: id, printer: '前台', copies: 1 }))
  const done = await Promise.allSettled(presses)
  expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(host.sent).toHaveLength(2)
})

test('what the spooler will not give back is not sent a second time', async () => {
  const { host, desk, clerk, print } = withReceipt({ withdraw: () => Promise.reject(new Error('stuck')) })
  const { id } = await print()
  const stays = { code: 'PRINTER', data: { problem: 'not-withdrawn' } }
  await expect(sendAgain(clerk, { jobId: id, printer: '前台', copies: 1 })).rejects.toMatchObject(stays)
  await expect(confirmJob(clerk, { jobId: id, printed: false })).rejects.toMatchObject(stays)
  expect([host.sent.length, readJob(desk.db, id).state]).toEqual([1, 'spooled'])
  expect(await confirmJob(clerk, { jobId: id, printed: true })).toMatchObject({ state: 'printed' })
})

test('a printed job is not sent again from the queue, nor one that is being sent', async () => {
  let ends = () => {}
  const { desk, clerk, documentId, print } = withReceipt({
    print: () => new Promise((resolve) => (ends = () => resolve('前台-1'))),
  })
  const sending = print()
  await expect.poll(() => readJob(desk.db, 1).state).toBe('sending')
  const refused = { code: 'CONFLICT', data: { because: 'step' } }
  await expect(sendAgain(clerk, { jobId: 1, printer: '前台', copies: 1 })).rejects.toMatchObject(refused)
  expect((await readQueue(clerk, { limit: 1 })).stuck).toMatchObject([{ checkPaper: false }])
  ends()
  await sending
  moveJob(clerk, 1, 'printed')
  await expect(sendAgain(clerk, { jobId: 1, printer: '前台', copies: 1 })).rejects.toMatchObject(refused)
  expect(documentId).toBeGreaterThan(0)
})

test('a job that was queued and left is shown as never sent, and goes by a press', async () => {
  const { host, desk, clerk, documentId } = withReceipt()
  queueJob(clerk, documentId, '前台', 1)
  expect((await readQueue(clerk, { limit: 30 })).stuck).toMatchObject([
    { state: 'queued', problem: 'interrupted', spooler: null },
  ])
  expect(host.sent).toEqual([])
  await sendAgain(clerk, { jobId: 1, printer: '前台', copies: 1 })
  expect(host.sent).toHaveLength(1)
  expect(pendingJobs(desk.db)).toHaveLength(1)
})

test('ended jobs come newest first and are paged', async () => {
  const { clerk, print } = withReceipt()
  for (let count = 0; count < 5; count += 1) moveJob(clerk, (await print()).id, 'printed')
  const first = await readQueue(clerk, { limit: 3 })
  expect(first.ended.map(({ id }) => id)).toEqual([5, 4, 3])
  expect((await readQueue(clerk, { limit: 3, before: 3 })).ended.map(({ id }) => id)).toEqual([2, 1])
})

test('a kind of document goes to its own printer, else where all go, else to the system’s default', async () => {
  const { desk } = withReceipt()
  const manager = desk.context('manager')
  expect(defaultPrinter(desk.db, 'receipt')).toBeNull()
  await saveDefault(manager, { kind: 'any', printer: '前台' })
  await saveDefault(manager, { kind: 'certificate-record', printer: '证书机' })
  expect([defaultPrinter(desk.db, 'receipt'), defaultPrinter(desk.db, 'certificate-record')]).toEqual([
    '前台',
    '证书机',
  ])
  const { printers } = await readPrinting(desk.desk)
  expect(printers.map(({ name, known }) => [name, known])).toEqual([
    ['前台', true],
    ['证书机', false],
  ])
  await saveDefault(manager, { kind: 'certificate-record', printer: null })
  expect(defaultPrinter(desk.db, 'certificate-record')).toBe('前台')
})

test('a printer without settings gets the bytes that were issued; its settings are its own', async () => {
  const { host, desk, print } = withReceipt()
  const upright = { rightTenths: 15, downTenths: -20 }
  await savePrinter(desk.context('manager'), { name: '别的', upright, across: nowhere, paper: 'A4' })
  await print()
  expect(readSetting(desk.db, '别的')).toEqual({ upright, across: nowhere, paper: 'A4' })
  expect(readSetting(desk.db, '前台')).toEqual({ upright: nowhere, across: nowhere, paper: '' })
  expect(host.sent[0]!.content).toContain('<html')
})

test('a test page is a paper like any other: numbered by no counter, audited, waiting for a look', async () => {
  const { host, desk } = withReceipt()
  const manager = desk.context('manager')
  const job = await printTestPage(manager, { printer: '前台', paper: 'A5', across: false })
  expect(job).toMatchObject({ state: 'spooled', title: '测试页 前台 A5 竖' })
  expect(host.sent[0]!.content).toContain('测试页 A5 竖')
  expect(pendingJobs(desk.db)).toHaveLength(1)
})
