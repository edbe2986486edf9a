import { setTimeout as pause } from 'node:timers/promises'
import { PDFDocument } from '@cantoo/pdf-lib'
import { expect, onTestFinished, test, vi, type TestContext } from 'vitest'
import { asSeen, moveJob, pendingJobs, readJob } from '../../electron/counters/documents/print-jobs.ts'
import { printDocument } from '../../electron/counters/documents/print.ts'
import { confirmJob, readQueue, sendAgain } from '../../electron/counters/documents/queue.ts'
import { openBrowserPrinting } from '../../electron/hosts/browser/printing.ts'
import type { Host } from '../../electron/workbench/host.ts'
import { accept, issueReceipt } from '../counters/enquiries/counter.ts'
import { smallDisk } from '../database/small-disk.ts'
import { openTestDesk } from '../fixture.ts'
import { openSpooler, type Spooler } from '../hosts/spooler.ts'

async function blankSheet(): Promise<Uint8Array> {
  const sheet = await PDFDocument.create()
  sheet.addPage([420, 595]).drawText('sheet')
  return sheet.save()
}

type Options = { folder?: string; changed?: (spooler: Spooler, real: Host) => Partial<Host> }

/** A desk with one receipt and a real CUPS whose queue takes jobs and holds them; without Chromium unless asked for. */
async function open({ skip }: TestContext, { folder, changed = () => ({}) }: Options = {}) {
  const spooler = await openSpooler()
  if ('skipped' in spooler) return skip(spooler.skipped)
  await spooler.addQueue('前台')
  await spooler.enable('前台', false)
  const printing = openBrowserPrinting()
  onTestFinished(() => printing.close())
  const real: Host = { ...printing, name: 'browser', toPdf: blankSheet, open: () => Promise.resolve() }
  const desk = openTestDesk({ host: { ...real, ...changed(spooler, real) }, ...(folder ? { folder } : {}) })
  const documentId = issueReceipt(desk.context(), accept(desk).id)
  const context = desk.context()
  return {
    spooler,
    desk,
    context,
    print: () => printDocument(context, documentId, '前台', 1),
    queue: () => readQueue(context, { limit: 30 }),
  }
}

const comesOut = (spooler: Spooler, count: number) =>
  vi.waitFor(() => expect(spooler.printed()).toHaveLength(count), { timeout: 30_000, interval: 100 })

test('a queue that is gone takes nothing, and the job has failed', async (context) => {
  const { spooler, desk, print } = await open(context)
  await spooler.removeQueue('前台')
  await expect(print()).rejects.toMatchObject({ code: 'PRINTER', data: { problem: 'no-printer' } })
  expect(readJob(desk.db, 1)).toMatchObject({ state: 'failed', problem: 'no-printer' })
})

test('a queue that goes while the paper is made is a failed job, sent again elsewhere by a press alone', async (context) => {
  const {
    spooler,
    desk,
    context: clerk,
    print,
  } = await open(context, {
    changed: (spooler, real) => ({
      async print(...how) {
        if (how[1] === '前台') await spooler.removeQueue('前台')
        return real.print(...how)
      },
    }),
  })
  await expect(print()).rejects.toMatchObject({ data: { problem: 'queue' } })
  expect(readJob(desk.db, 1)).toMatchObject({ state: 'failed', problem: 'queue' })
  await spooler.addQueue('office')
  expect(await spooler.taken()).toEqual([])
  const again = await sendAgain(clerk, { jobId: 1, printer: 'office', copies: 1 })
  expect(again).toMatchObject({ id: 2, state: 'spooled', printer: 'office' })
  await comesOut(spooler, 1)
  await expect(sendAgain(clerk, { jobId: 1, printer: 'office', copies: 1 })).rejects.toMatchObject({
    code: 'CONFLICT',
    data: { because: 'step', current: { id: 2 } },
  })
  expect(await spooler.taken()).toHaveLength(1)
})

test('a queue removed with the job in it says that it knows nothing of it', async (context) => {
  const { spooler, print, queue } = await open(context)
  await print()
  expect((await queue()).stuck).toMatchObject([{ state: 'spooled', spooler: 'held' }])
  await spooler.removeQueue('前台')
  const [job] = (await queue()).stuck
  expect(['unknown', 'over']).toContain(job!.spooler)
  expect(job!.state).toBe('spooled')
})

test('a spooler that is not there, or stops before it answers, leaves a failed job and no paper', async (context) => {
  let stops = false
  const { spooler, desk, print, queue } = await open(context, {
    changed: (spooler, real) => ({
      async print(...how) {
        if (stops) await spooler.stop()
        return real.print(...how)
      },
    }),
  })
  stops = true
  await expect(print()).rejects.toMatchObject({ data: { problem: 'queue' } })
  await expect(print()).rejects.toMatchObject({ data: { problem: 'no-printer' } })
  expect(await queue()).toMatchObject({ answers: false, stuck: [] })
  await spooler.start()
  await pause(500)
  expect(await spooler.taken()).toEqual([])
  expect(pendingJobs(desk.db)).toEqual([])
})

test('a spooler stopped with the job in it prints it once: sent again, the first is taken out', async (context) => {
  const { spooler, desk, context: clerk, print, queue } = await open(context)
  const first = await print()
  await spooler.stop()
  expect((await queue()).stuck).toMatchObject([{ state: 'spooled', spooler: 'silent' }])
  expect(await confirmJob(clerk, { jobId: first.id, printed: false })).toMatchObject({ state: 'failed' })
  await spooler.start()
  const again = await sendAgain(clerk, { jobId: first.id, printer: '前台', copies: 1 })
  expect(again.state).toBe('spooled')
  await spooler.enable('前台', true)
  await comesOut(spooler, 1)
  await pause(1_500)
  expect(spooler.printed()).toHaveLength(1)
  expect(moveJob(clerk, again.id, 'printed').state).toBe('printed')
  expect(pendingJobs(desk.db)).toEqual([])
})

test('what did not come out leaves the queue, so that it does not come later', async (context) => {
  const { spooler, context: clerk, print } = await open(context)
  const job = await print()
  await confirmJob(clerk, { jobId: job.id, printed: false })
  await spooler.enable('前台', true)
  await pause(1_500)
  expect(spooler.printed()).toEqual([])
})

test('a disk that fills up while the queue takes the paper: the job asks for a look, and goes on when there is room', async (context) => {
  const disk = smallDisk(context, 12)
  let full = false
  const {
    spooler,
    desk,
    context: clerk,
    print,
  } = await open(context, {
    folder: disk.folder,
    changed: (_, real) => ({
      async print(...how) {
        const taken = await real.print(...how)
        disk.fillUp()
        full = true
        return taken
      },
    }),
  })
  await expect(print()).rejects.toMatchObject({ code: 'STORAGE_FULL' })
  expect(full).toBe(true)
  const [job] = pendingJobs(desk.db).map((one) => asSeen(desk.desk, one))
  expect(job).toMatchObject({ id: 1, state: 'sending', checkPaper: true })
  await expect(print()).rejects.toMatchObject({ code: 'STORAGE_FULL' })
  disk.makeRoom()
  expect(await spooler.taken()).toHaveLength(1)
  expect(await confirmJob(clerk, { jobId: 1, printed: true })).toMatchObject({ state: 'printed' })
})

test('without Chromium, or with one that dies, the job has failed and nothing was sent', async (context) => {
  onTestFinished(() => void vi.unstubAllEnvs())
  vi.stubEnv('CHROME_PATH', '/bin/false')
  const printing = openBrowserPrinting()
  onTestFinished(() => printing.close())
  const { spooler, desk, print } = await open(context, {
    changed: () => ({ toPdf: (page) => printing.toPdf(page) }),
  })
  await expect(print()).rejects.toMatchObject({ data: { problem: 'no-browser' } })
  expect(readJob(desk.db, 1)).toMatchObject({ state: 'failed', problem: 'no-browser' })
  vi.unstubAllEnvs()
  const dying = print()
  const refused = expect(dying).rejects.toMatchObject({ data: { problem: 'pdf' } })
  await pause(300)
  await printing.close()
  await refused
  expect(readJob(desk.db, 2)).toMatchObject({ state: 'failed', problem: 'pdf' })
  expect(await spooler.taken()).toEqual([])
})
