import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Offset } from '../../electron/contract/printers.ts'
import { savePrinter } from '../../electron/counters/documents/printers.ts'
import { printDocument } from '../../electron/counters/documents/print.ts'
import { readQueue } from '../../electron/counters/documents/queue.ts'
import { openBrowserPrinting } from '../../electron/hosts/browser/printing.ts'
import { act } from '../../electron/workbench/act.ts'
import { issueDocument } from '../../electron/workbench/documents.ts'
import type { Host } from '../../electron/workbench/host.ts'
import { accept, issueReceipt } from '../counters/enquiries/counter.ts'
import { openTestDesk, temporaryFolder, type TestDesk } from '../fixture.ts'
import { comesOut, expectSame, held, smoothed } from './printed.ts'
import { drawSheet, unlike } from './sheets.ts'
import { openSpooler } from './spooler.ts'

/** A desk that prints on a CUPS of its own, and keeps beside it what was made and what was handed over. */
async function open() {
  const spooler = await openSpooler()
  if ('skipped' in spooler) return spooler
  await spooler.addQueue('前台')
  const printing = openBrowserPrinting()
  onTestFinished(() => printing.close())
  const folder = temporaryFolder()
  const issued = join(folder, 'issued.pdf')
  const sent = join(folder, 'sent.pdf')
  const host: Host = {
    ...printing,
    name: 'browser',
    async toPdf(page) {
      const pdf = await printing.toPdf(page)
      writeFileSync(issued, pdf)
      return pdf
    },
    print(file, ...how) {
      copyFileSync(file, sent)
      return printing.print(file, ...how)
    },
    open: () => Promise.resolve(),
  }
  return { spooler, desk: openTestDesk({ host }), issued, sent }
}

/** A receipt (A5 upright), or the registration form's kind of sheet: A4 across, here the rulers. */
function issueSheet(desk: TestDesk, across: boolean): number {
  if (!across) return issueReceipt(desk.context(), accept(desk).id)
  const marks = Array.from({ length: 101 }, (_, at) => ({ at, long: at % 10 === 0, label: String(at) }))
  const data = { printer: '测试机', size: 'A4 横', largeAcross: true, right: '0.0', down: '0.0', marks }
  return act(desk.context(), { action: 'document.issue', subject: 'printer' }, (db) =>
    issueDocument(db, {
      kind: 'printer-test',
      title: '横',
      subject: 'printer',
      data,
      operatorId: desk.context().operator!.id,
      at: desk.clock().toISOString(),
    }),
  )
}

const moved: Offset = { rightTenths: 127, downTenths: -127 }
const nowhere: Offset = { rightTenths: 0, downTenths: 0 }

test.for([
  ['a receipt (A5 upright)', false],
  ['a sheet across (A4)', true],
] as const)(
  '%s comes out of the queue as it was sent, in text, size and dots',
  async ([, across], { skip }) => {
    const opened = await open()
    if ('skipped' in opened) return skip(opened.skipped)
    const { spooler, desk, issued, sent } = opened
    const job = await printDocument(desk.context(), issueSheet(desk, across), '前台', 1)
    const printed = await held(issued, await comesOut(spooler, 1))
    expect(readFileSync(sent).equals(readFileSync(issued))).toBe(true)
    await expectSame(issued, printed)
    const [was, is] = [await drawSheet(issued), await drawSheet(printed)]
    expect(unlike(was, is)).toBeLessThan(smoothed)
    // A test that looks this closely would see a sheet that lies 2 mm off.
    expect(unlike(was, is, [8, 0])).toBeGreaterThan(0.05)
    const { answers, stuck } = await readQueue(desk.context(), { limit: 30 })
    expect(answers).toBe(true)
    expect(stuck).toMatchObject([{ id: job.id, state: 'spooled', spooler: 'over' }])
  },
)

test.for([
  ['a receipt (A5 upright)', false],
  ['a sheet across (A4)', true],
] as const)(
  '%s is moved by exactly the offset of its printer, and stays whole otherwise',
  async ([, across], { skip }) => {
    const opened = await open()
    if ('skipped' in opened) return skip(opened.skipped)
    const { spooler, desk, issued } = opened
    const offsets = across ? { upright: nowhere, across: moved } : { upright: moved, across: nowhere }
    await savePrinter(desk.context('manager'), { name: '前台', ...offsets, paper: '' })
    await printDocument(desk.context(), issueSheet(desk, across), '前台', 1)
    const printed = await held(issued, await comesOut(spooler, 1), [48, -48])
    const [was, is] = [await drawSheet(issued), await drawSheet(printed)]
    // 12.7 mm are 48 dots of 96 to the inch.
    expect(unlike(was, is, [48, -48])).toBeLessThan(smoothed)
    for (const wrong of [
      [0, 0],
      [45, -48],
      [48, -45],
    ] as [number, number][])
      expect(unlike(was, is, wrong)).toBeGreaterThan(0.05)
  },
)

test('a sheet on a printer with larger paper is never scaled; on smaller paper it is refused', async ({
  skip,
}) => {
  const opened = await open()
  if ('skipped' in opened) return skip(opened.skipped)
  const { spooler, desk, issued } = opened
  const offsets = { upright: nowhere, across: nowhere }
  await savePrinter(desk.context('manager'), { name: '前台', ...offsets, paper: 'A4' })
  await printDocument(desk.context(), issueSheet(desk, false), '前台', 1)
  const [was, is] = [await drawSheet(issued), await drawSheet(await comesOut(spooler, 1))]
  expect([is.width, is.height].map((side) => Math.round(side / 10))).toEqual([79, 112])
  // In the middle, as large as it was.
  const middle = [Math.round((is.width - was.width) / 2), Math.round((is.height - was.height) / 2)]
  const best = Math.min(
    ...[-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y) => unlike(was, is, [middle[0]! + x, middle[1]! + y]))),
  )
  expect(best).toBeLessThan(smoothed)

  await savePrinter(desk.context('manager'), { name: '前台', ...offsets, paper: 'A5' })
  await expect(printDocument(desk.context(), issueSheet(desk, true), '前台', 1)).rejects.toMatchObject({
    code: 'PRINTER',
    data: { problem: 'too-small' },
  })
  expect(await spooler.taken()).toHaveLength(1)
})
