import { execFile } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { dispatchEnquiry, answerEnquiry } from '../../electron/counters/enquiries/dispatch.ts'
import { noteEnquiry } from '../../electron/counters/enquiries/life.ts'
import { saveMatter } from '../../electron/counters/enquiries/matters.ts'
import { openBrowserPrinting } from '../../electron/hosts/browser/printing.ts'
import { withFonts } from '../../electron/workbench/fonts.ts'
import {
  addDepartment,
  leak,
  noticed,
  page,
  promised,
  settle,
  whistle,
  wholeCase,
} from '../counters/enquiries/cases.ts'
import { accept, register } from '../counters/enquiries/counter.ts'
import { openTestDesk, root, temporaryFolder, type TestDesk } from '../fixture.ts'
import { openQueue } from './cups.ts'

const run = promisify(execFile)
const told = async (command: string, ...parameters: string[]) => (await run(command, parameters)).stdout

const printing = openBrowserPrinting()
afterAll(() => printing.close())

function open(): TestDesk {
  const desk = openTestDesk()
  settle(desk)
  return desk
}

/** The page as a PDF on disk, with what stands on it and how large it is. */
async function printed(html: string) {
  const file = join(temporaryFolder(), 'paper.pdf')
  writeFileSync(file, await printing.toPdf(withFonts(root, html)))
  const facts = await told('pdfinfo', file)
  // Blanks are where a printer would leave some; a form feed ends each page.
  const text = (await told('pdftotext', '-layout', file, '-')).replace(/[^\S\f]/g, '')
  return {
    file,
    pages: Number(/^Pages:\s+(\d+)$/m.exec(facts)![1]),
    size: /^Page size:.*\((A\d)\)$/m.exec(facts)?.[1],
    text,
  }
}

const forty = Array.from({ length: 40 }, (_, index) => `第${index + 1}份材料原件`)
const words = '楼道顶棚漏水，一直没有人管。'.repeat(142)

test('each slip is one A5 page', async () => {
  const desk = open()
  const sent = whistle(desk)
  const lead = sent.assignments[0]!.id
  const answered = answerEnquiry(desk.context(), {
    ...sent,
    kind: 'solved',
    via: '电话',
    text: '已修好',
    fileIds: [],
  })
  for (const [html, wanted] of [
    [page(desk, sent.id, 'receipt'), '受理回执'],
    [page(desk, noticed(desk).id, 'one-time-notice'), '户口簿原件及复印件'],
    [page(desk, promised(desk).id, 'conditional-acceptance'), '承诺人签字'],
    [page(desk, sent.id, 'dispatch-slip', lead), '安居物业公司'],
    [page(desk, answered.id, 'rating-slip'), '非常不满意'],
  ] as const) {
    const { pages, size, text } = await printed(html)
    expect([pages, size]).toEqual([1, 'A5'])
    expect(text).toContain(wanted)
    expect(text).toContain('第1页共1页')
  }
})

test('forty papers and two thousand characters still fit on one page, and no paper is missing', async () => {
  const desk = open()
  const matter = saveMatter(desk.context('manager'), {
    id: null,
    version: null,
    name: '材料很多的事项',
    category: '其他',
    limit: { amount: 5, unit: 'day' },
    papers: forty,
    active: true,
  })
  const asked = accept(desk, {
    words,
    matterId: matter.id,
    askerId: register(desk, '王阳'),
    subjectId: register(desk, '王小英'),
  })
  for (const html of [
    page(desk, asked.id, 'receipt'),
    page(desk, noticed(desk, { missing: forty }).id, 'one-time-notice'),
    page(desk, promised(desk, forty).id, 'conditional-acceptance'),
  ]) {
    const { pages, size, text } = await printed(html)
    expect([pages, size]).toEqual([1, 'A5'])
    for (const name of forty) expect(text).toContain(name)
  }
})

test('a notice that is longer than its page goes on over it, with page numbers, signatures last', async () => {
  const desk = open()
  const missing = forty.map((name) => `${name}，${'加盖公章的复印件'.repeat(5)}`)
  const { pages, size, text } = await printed(page(desk, noticed(desk, { missing }).id, 'one-time-notice'))
  expect(size).toBe('A5')
  expect(pages).toBeGreaterThan(1)
  expect(text).toContain('第40份材料原件')
  expect(text).toContain(`第${pages}页共${pages}页`)
  expect(text.indexOf('居民签收')).toBeGreaterThan(text.indexOf('第40份材料原件'))
})

test('the longest names, words and tasks leave room on a dispatch slip for the department’s own pen', async () => {
  const desk = open()
  const { id, version } = leak(desk, { title: '长长的标题'.repeat(12), words })
  const long = (index: number) => addDepartment(desk, `第 ${index} 个${'名字很长的单位'.repeat(5)}`)
  const { assignments } = dispatchEnquiry(desk.context(), {
    id,
    version,
    leadId: long(0),
    assistIds: Array.from({ length: 12 }, (_, index) => long(index + 1)),
    task: '查清漏点并修好。'.repeat(125),
    fileIds: [],
  })
  const { pages, size, text } = await printed(page(desk, id, 'dispatch-slip', assignments[0]!.id))
  expect([pages, size]).toEqual([1, 'A5'])
  for (const wanted of ['办理结果', '签字', '等12个单位', '全文见微信派单']) expect(text).toContain(wanted)
})

test('a long case file is several numbered A4 pages with the number on each', async () => {
  const desk = open()
  const made = wholeCase(desk)
  for (let index = 0; index < 40; index += 1) {
    noteEnquiry(desk.context(), {
      id: made.id,
      version: made.version + index,
      text: `第${index + 1}次回看，不漏`,
    })
  }
  const { pages, size, text } = await printed(page(desk, made.id, 'case-file'))
  expect(size).toBe('A4')
  expect(pages).toBeGreaterThan(2)
  for (let index = 1; index <= pages; index += 1) expect(text).toContain(`第${index}页共${pages}页`)
  const sheets = text.split('\f').slice(0, pages)
  for (const sheet of sheets) expect(sheet).toContain(`卷宗${made.number}`)
  expect(text).toContain('第40次回看，不漏')
})

test('a step that is longer than a page is not cut off', async () => {
  const desk = open()
  const { id, version } = accept(desk)
  const lines = Array.from({ length: 200 }, (_, index) => `第${index + 1}行`)
  noteEnquiry(desk.context(), { id, version, text: lines.join('\n') })
  const { text } = await printed(page(desk, id, 'case-file'))
  for (const line of lines) expect(text).toContain(line)
})

test('a dispatch slip comes out of a real queue', async (context) => {
  const queue = await openQueue()
  if ('skipped' in queue) return context.skip(queue.skipped)
  onTestFinished(() => queue.close())
  const desk = open()
  const { id, assignments } = whistle(desk)
  const { file } = await printed(page(desk, id, 'dispatch-slip', assignments[0]!.id))
  await printing.print(file, queue.name, 1, 'A5')
  const paper = await vi.waitFor(
    async () => {
      const found = await queue.printed()
      expect(found).toHaveLength(1)
      return found[0]!
    },
    { timeout: 30_000, interval: 100 },
  )
  onTestFinished(() => rmSync(paper))
  expect(await told('pdfinfo', paper)).toMatch(/^Pages:\s+1$/m)
})
