import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { printJobStates, type PrintJob } from '../../../electron/contract/documents.ts'
import {
  moveJob,
  pendingJobs,
  queueJob,
  readJob,
  recoverPrintJobs,
} from '../../../electron/counters/documents/print-jobs.ts'
import { printDocument } from '../../../electron/counters/documents/print.ts'
import { readToday } from '../../../electron/counters/overview/today.ts'
import { rows, value } from '../../../electron/database/open.ts'
import { PaperProblem, type Host } from '../../../electron/workbench/host.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { accept, issueReceipt, nowAt, refusal } from '../enquiries/counter.ts'
import { fakeHost } from './fake-host.ts'

/** A desk with one receipt, and the host that prints it. */
function withReceipt(changed: Partial<Host> = {}) {
  const host = fakeHost(changed)
  const desk = openTestDesk({ host })
  const documentId = issueReceipt(desk.context(), accept(desk).id)
  return { host, desk, documentId, print: () => printDocument(desk.context(), documentId, '前台', 2) }
}

const stateOf = (test: TestDesk) => value<string>(test.db, 'SELECT state FROM print_job')
const steps = (test: TestDesk) =>
  rows<{ action: string }>(
    test.db,
    "SELECT action FROM audit WHERE subject LIKE 'print-job:%' ORDER BY id",
  ).map(({ action }) => action)

test('a paper is handed over once, and the clerk says whether it came', async () => {
  const { host, desk, documentId, print } = withReceipt()
  const job = await print()
  expect(job).toMatchObject({
    documentId,
    printer: '前台',
    copies: 2,
    state: 'spooled',
    checkPaper: false,
    problem: '',
  })
  expect(host.sent).toMatchObject([{ printer: '前台', copies: 2 }])
  expect(host.sent[0]!.content).toContain('ZX-2026-000001')
  expect(readToday(desk.db, nowAt('2026-11-23'), 'clerk', null).papersToCheck).toBe(1)
  expect(moveJob(desk.context(), job.id, 'printed').state).toBe('printed')
  expect(pendingJobs(desk.db)).toEqual([])
  expect(steps(desk)).toEqual([
    'document.print',
    'print-job.sending',
    'print-job.spooled',
    'print-job.printed',
  ])
})

test('each state is written down before the next thing is done', async () => {
  const seen: string[] = []
  const { desk, print } = withReceipt({
    toPdf: () => {
      seen.push(`pdf while ${stateOf(desk)}`)
      return Promise.resolve(new Uint8Array([1]))
    },
    print: () => {
      seen.push(`queue while ${stateOf(desk)}`)
      return Promise.resolve('')
    },
  })
  await print()
  expect(seen).toEqual(['pdf while queued', 'queue while sending'])
})

test.each([
  ['there is no such queue', { printers: () => Promise.resolve([]) }, 'no-printer'],
  ['there is no browser', { toPdf: () => Promise.reject(new PaperProblem('no-browser')) }, 'no-browser'],
  ['the page is not made', { toPdf: () => Promise.reject(new Error('crashed')) }, 'pdf'],
  ['the queue refuses', { print: () => Promise.reject(new PaperProblem('queue')) }, 'queue'],
])('when %s the call ends with its word and the job has failed', async (_, changed, problem) => {
  const { host, desk, print } = withReceipt(changed)
  await expect(print()).rejects.toMatchObject({ code: 'PRINTER', data: { problem } })
  expect(readJob(desk.db, 1)).toMatchObject({ state: 'failed', problem, checkPaper: false })
  expect(host.sent).toEqual([])
})

test('when nobody knows whether the queue has it, the clerk is asked to look', async () => {
  const { desk, print } = withReceipt({ print: () => Promise.reject(new PaperProblem('unsure')) })
  await expect(print()).rejects.toMatchObject({ code: 'PRINTER', data: { problem: 'unsure' } })
  expect(readJob(desk.db, 1)).toMatchObject({ state: 'sending', checkPaper: true })
  expect(moveJob(desk.context(), 1, 'printed')).toMatchObject({ state: 'printed', checkPaper: false })
})

test('no paper stays behind in the data folder', async () => {
  const { desk, print } = withReceipt()
  await print()
  expect(readdirSync(join(desk.folder, 'papers'))).toEqual([])
})

test.each<[PrintJob['state'], Partial<PrintJob>]>([
  ['queued', { state: 'failed', checkPaper: false, problem: 'interrupted' }],
  ['sending', { state: 'sending', checkPaper: true }],
  ['spooled', { state: 'spooled', checkPaper: false }],
  ['printed', { state: 'printed', checkPaper: false }],
  ['failed', { state: 'failed', checkPaper: false }],
])('ended while %s: after the start nothing is sent again by itself', (state, expected) => {
  const { host, desk, documentId } = withReceipt()
  const { id } = queueJob(desk.context(), documentId, '前台', 1)
  const way = { queued: [], sending: ['sending'], spooled: ['sending', 'spooled'] } as const
  const walked: readonly PrintJob['state'][] =
    state === 'printed' || state === 'failed' ? [...way.spooled, state] : way[state]
  for (const next of walked) moveJob(desk.context(), id, next)
  const atStart = { desk: desk.desk, operator: null, deviceId: null }
  recoverPrintJobs(atStart)
  recoverPrintJobs(atStart)
  expect(readJob(desk.db, id)).toMatchObject(expected)
  expect(host.sent).toEqual([])
})

test('a job goes its way once: what was confirmed cannot be confirmed otherwise', () => {
  const { desk, documentId } = withReceipt()
  const { id } = queueJob(desk.context(), documentId, '前台', 1)
  for (const state of ['sending', 'spooled', 'printed'] as const) moveJob(desk.context(), id, state)
  for (const state of printJobStates) {
    expect(refusal(() => moveJob(desk.context(), id, state))).toMatchObject({
      code: 'CONFLICT',
      data: { because: 'step', current: { id, state: 'printed' } },
    })
  }
})

test('a document or job that is not there is NOT_FOUND, and nothing is queued', async () => {
  const { desk } = withReceipt()
  await expect(printDocument(desk.context(), 99, '前台', 1)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(refusal(() => readJob(desk.db, 99))).toEqual({ code: 'NOT_FOUND', data: { what: 'print-job' } })
  expect(value(desk.db, 'SELECT count(*) FROM print_job')).toBe(0)
})
