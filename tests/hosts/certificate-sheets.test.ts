import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Wanted } from '../../electron/contract/certificate-records.ts'
import { problemOfTemplate } from '../../electron/counters/certificates/check-template.ts'
import { renderSheet } from '../../electron/counters/certificates/render.ts'
import {
  readCertificateSettings,
  changeCertificateSettings,
} from '../../electron/counters/certificates/settings.ts'
import type { Snapshot } from '../../electron/counters/certificates/sheet.ts'
import { snapshotOf } from '../../electron/counters/certificates/snapshot.ts'
import { templateFor } from '../../electron/counters/certificates/templates.ts'
import { openBrowserPrinting } from '../../electron/hosts/browser/printing.ts'
import {
  openCertificateDesk,
  recordOf,
  serveDays,
  type CertificateDesk,
} from '../counters/certificates/issuing.ts'
import { addVolunteer } from '../counters/volunteers/service.ts'
import { temporaryFolder } from '../fixture.ts'
import { drawSheet } from './sheets.ts'

const run = promisify(execFile)
const told = async (command: string, ...parameters: string[]) => (await run(command, parameters)).stdout

const frame = {
  number: 'ZM-2026-000128',
  day: '2026-11-23',
  code: `OSC1.${'a'.repeat(280)}.${'b'.repeat(86)}`,
}

/** What the real page maker makes of a sheet: its path, its text, its pages. */
async function draw(
  desk: CertificateDesk,
  wanted: Wanted,
  changed: Partial<Snapshot> = {},
  template = templateFor(desk.desk, wanted.kind),
) {
  const printing = openBrowserPrinting()
  onTestFinished(() => printing.close())
  const snapshot = { ...snapshotOf(desk.context(), wanted, frame), ...changed }
  const path = join(temporaryFolder(), 'sheet.pdf')
  const page = renderSheet(desk.desk, template, snapshot)
  writeFileSync(path, await printing.toPdf(page))
  const text = (await told('pdftotext', path, '-')).replaceAll('\n', ' ')
  return { path, text, pages: text.split('\f').length - 1, info: await told('pdfinfo', path) }
}

/** In points: where the words of the first page begin and end. */
async function edgesOf(path: string) {
  const boxes = await told('pdftotext', '-bbox', '-l', '1', path, '-')
  const all = [...boxes.matchAll(/xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"/g)]
  const [left, top, right, bottom] = [1, 2, 3, 4].map((nth) => all.map((box) => Number(box[nth])))
  return {
    left: Math.min(...left!),
    top: Math.min(...top!),
    right: Math.max(...right!),
    bottom: Math.max(...bottom!),
  }
}

const millimetre = 72 / 25.4
const name40 = '阿卜杜勒·买买提·吐尔逊·艾合买提江·努尔艾合买提·依布拉音·玉素甫·热合曼江娜'

/** Nothing stands on the frame or outside it. */
async function expectInFrame(path: string) {
  const { left, top, right, bottom } = await edgesOf(path)
  expect(left).toBeGreaterThan(12 * millimetre)
  expect(top).toBeGreaterThan(12 * millimetre)
  expect(right).toBeLessThan(285 * millimetre)
  expect(bottom).toBeLessThan(197.4 * millimetre)
}

describe('a record as PDF', () => {
  test('is A4 landscape with real fonts inside and text that can be taken out', async () => {
    const desk = openCertificateDesk()
    const { path, text, pages, info } = await draw(desk, recordOf(desk.volunteerId, { layout: 'totals' }))
    expect(pages).toBe(1)
    expect(info).toMatch(/Page size:\s+841\.9\d* x 59[45]\.\d+ pts \(A4\)/)
    for (const words of [
      '志愿服务记录证明',
      '王小明',
      '2 小时',
      'ZM-2026-000128',
      '捡拾垃圾',
      '测试市测试区测试社区居民委员会',
    ])
      expect(text).toContain(words)
    const fonts = (await told('pdffonts', path)).trim().split('\n').slice(2)
    expect(fonts.length).toBeGreaterThan(2)
    for (const font of fonts) expect(font).toMatch(/NotoSerifSC.*TrueType\s+Identity-H\s+yes yes yes/)
    await expectInFrame(path)
  })

  test('lists its activities on following pages under the same head', async () => {
    const desk = openCertificateDesk()
    serveDays(desk.db, desk.volunteerId, 60)
    const { text, pages } = await draw(desk, recordOf(desk.volunteerId, { from: '2026-01-01' }))
    const [first, ...following] = text.split('\f').slice(0, pages)
    expect(first).toContain('明细附后')
    expect(following.length).toBeGreaterThan(1)
    following.forEach((page, index) => {
      for (const words of ['序号', '服务内容', 'ZM-2026-000128', `第${index + 2}页共${pages}页`])
        expect(page.replaceAll(' ', '')).toContain(words)
    })
    expect(following.at(-1)).toContain('合计 61 次')
  })

  test('holds the longest of everything on one page within its frame', async () => {
    const desk = openCertificateDesk()
    const { logo: _logo, seal: _seal, ...settings } = readCertificateSettings(desk.db)
    expect([_logo, _seal]).toEqual([null, null])
    const [body, person] = ['长沙市天心区示范街道示范社区'.repeat(5).slice(0, 60), '欧阳'.repeat(10)]
    changeCertificateSettings(desk.context('manager'), {
      ...settings,
      ...{
        body,
        head: person,
        agent: person,
        verifier: person,
        phone: '0731-00000000 转 8001、8002、8003、8004、8005、8006'.slice(0, 40),
      },
    })
    const { path, text, pages } = await draw(desk, recordOf(desk.volunteerId, { layout: 'totals' }), {
      name: name40,
      replaces: 'ZM-2026-000101',
      nameNote: '姓名含字库未收之字（U+20BB7），此处以他字书写',
      contents:
        '环境清洁、家电维修、治安巡逻、午间课堂辅导、敬老探访、垃圾分类宣传、楼道清扫、法律咨询、义诊、文艺演出等 14 项',
      reprint: { copy: 12, reason: '原件遗失' },
    })
    expect(pages).toBe(1)
    for (const words of ['热合曼江', '替代已作废的 ZM-2026-000101', '补打 第12次 · 事由：原件遗失'])
      expect(text).toContain(words)
    await expectInFrame(path)
  })
})

/** The dots of the band in which the mark of a copy stands, 13 to 18 mm from the upper edge. */
async function bandOf(path: string) {
  const { width, grey } = await drawSheet(path)
  const [from, to] = [13, 18].map((at) => Math.round((at / 25.4) * 96))
  return grey.subarray(width * from!, width * to!)
}

test('a community’s template cannot hide that a sheet is a copy', async () => {
  const desk = openCertificateDesk()
  const wanted = recordOf(desk.volunteerId, { layout: 'totals' })
  const reprint = { copy: 3, reason: '原件遗失' }
  const built = templateFor(desk.desk, 'record')
  const css = `.mark, body > p { display: none !important; visibility: hidden !important; opacity: 0 !important;
    color: #fff !important; -webkit-text-fill-color: #fff !important; position: static !important; top: -99mm !important;
    --mark-top: -99mm !important; font-size: 0 !important; transform: translate(-300mm) !important; clip-path: inset(50%) !important;
    filter: opacity(0) !important; z-index: -1 !important } .sheet { z-index: 99; background: #fff }`
  const hostile = built.replace('</head>', `<style>${css}</style></head>`)
  expect(problemOfTemplate(hostile)).toBeNull()
  const [marked, plain] = [await draw(desk, wanted, { reprint }), await draw(desk, wanted)]
  const hidden = await draw(desk, wanted, { reprint }, hostile)
  expect(hidden.text).toContain('补打 第3次 · 事由：原件遗失')
  const mark = await bandOf(marked.path)
  // A colour behind it rounds the smoothed edges of signs by a grey of 256.
  const differs = async (path: string) =>
    (await bandOf(path)).some((grey, at) => Math.abs(grey - mark[at]!) > 2)
  expect([await differs(plain.path), await differs(hidden.path)]).toEqual([true, false])
})

describe('an honour as PDF', () => {
  test.each([
    ['star', '王', ''],
    ['pioneer', name40, ''],
    ['thanks', name40, '您在暴雨中帮助邻里转移物资、安置老人，'.repeat(30).slice(0, 500)],
    ['noon-helper', '王小明', ''],
  ] as const)('%s is one page for %s', async (kind, name, sentence) => {
    const desk = openCertificateDesk()
    const volunteerId = addVolunteer(desk.db, { name })
    const wanted = {
      ...recordOf(volunteerId),
      kind,
      from: '2026-01-01',
      to: '2026-11-22',
      words: '每周辅导作业',
    }
    const long = sentence === '' ? {} : { sentence, length: 'longest' as const }
    const { path, text, pages } = await draw(desk, wanted, long)
    expect(pages).toBe(1)
    expect(text.replaceAll(' ', '')).toContain(name)
    expect(text).toContain('ZM-2026-000128')
    await expectInFrame(path)
  })

  test('as a preview says on the sheet that it is one', async () => {
    const desk = openCertificateDesk()
    const wanted = { ...recordOf(desk.volunteerId), kind: 'thanks' as const, words: '热心助人' }
    const { text } = await draw(desk, wanted, { preview: true, code: '', number: '——————' })
    expect(text).toContain('预览，未编号、未签发，不作证明')
    expect(text).toContain('预览')
  })
})
