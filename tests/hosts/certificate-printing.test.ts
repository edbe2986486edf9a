import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import QRCode from 'qrcode'
import { describe, expect, onTestFinished, test, type TestContext } from 'vitest'
import type { Wanted } from '../../electron/contract/certificate-records.ts'
import { issueCertificate } from '../../electron/counters/certificates/issue.ts'
import { readCertificate } from '../../electron/counters/certificates/record.ts'
import { reprintCertificate } from '../../electron/counters/certificates/reprint.ts'
import { openBrowserPrinting } from '../../electron/hosts/browser/printing.ts'
import { readDocument } from '../../electron/workbench/documents.ts'
import { findFile, pathsOf } from '../../electron/workbench/files.ts'
import {
  openCertificateDesk,
  orderOf,
  recordOf,
  serveDays,
  type CertificateDesk,
} from '../counters/certificates/issuing.ts'
import { addVolunteer, invalidFields, serve } from '../counters/volunteers/service.ts'
import { comesOut, expectSameButNames, held, smoothed } from './printed.ts'
import { drawSheet, readSheets, unlike } from './sheets.ts'
import { openSpooler } from './spooler.ts'

/** A desk that issues with the real Chromium and prints on the real CUPS. */
function openRealDesk(): CertificateDesk {
  const printing = openBrowserPrinting()
  onTestFinished(() => printing.close())
  const desk = openCertificateDesk()
  const { toPdf, printers, print, jobs, withdraw } = printing
  Object.assign(desk.desk.host, { toPdf, printers, print, jobs, withdraw })
  return desk
}

/** Where the PDF of a document is kept. */
function keptPdf(desk: CertificateDesk, documentId: number): string {
  const { fileId } = readDocument(desk.db, documentId)
  return pathsOf(desk.folder, findFile(desk.db, fileId!)).whole
}

const issue = async (
  desk: CertificateDesk,
  wanted: Wanted,
  print: { printer: string; copies: number } | null = null,
) => issueCertificate(desk.context(), { ...orderOf(wanted), print })

const told = (command: string, ...parameters: string[]) =>
  execFileSync(command, parameters, { encoding: 'utf8', maxBuffer: 2 ** 26 })

/** Every page that came out is the page that was issued, in text, size and dots. */
async function expectPrinted(kept: string, printed: string): Promise<void> {
  const out = await held(kept, printed)
  await expectSameButNames(kept, out)
  const { pages, size } = await readSheets(kept)
  expect(size.map(Math.round)).toEqual([842, 595])
  for (let page = 1; page <= pages; page += 1) {
    const [was, is] = [await drawSheet(kept, page), await drawSheet(out, page)]
    expect(unlike(was, is), `page ${page}`).toBeLessThan(smoothed)
    expect(unlike(was, is, [8, 0]), `page ${page}, 2 mm off`).toBeGreaterThan(0.05)
  }
}

/** Of an office printer, per inch. */
const finely = 300
const dotsOf = (millimetres: number) => Math.round((millimetres / 25.4) * finely)

/**
 * The squares of the QR code in the lower left corner of a sheet, row by row: how dark the middle of each is. Nothing else
 * there is black; the frame is gold.
 */
async function squaresOf(file: string, side: number): Promise<boolean[]> {
  const { width, grey } = await drawSheet(file, 1, finely)
  const isDark = (x: number, y: number) => grey[y * width + x]! < 110
  const [xs, ys]: [number[], number[]] = [[], []]
  for (let y = dotsOf(158); y < dotsOf(194); y += 1)
    for (let x = dotsOf(30); x < dotsOf(67); x += 1)
      if (isDark(x, y)) {
        xs.push(x)
        ys.push(y)
      }
  const edges = (all: number[]) => [
    all.reduce((a, b) => Math.min(a, b)),
    all.reduce((a, b) => Math.max(a, b)) + 1,
  ]
  const [[left, right], [top, bottom]] = [edges(xs), edges(ys)] as [[number, number], [number, number]]
  expect(Math.abs(right - left - (bottom - top))).toBeLessThan(6)
  const middle = (from: number, to: number, nth: number) =>
    Math.floor(from + ((nth + 0.5) * (to - from)) / side)
  return Array.from({ length: side * side }, (_, at) =>
    isDark(middle(left, right, at % side), middle(top, bottom, Math.floor(at / side))),
  )
}

/** The code on a sheet is that of the certificate, square by square, and its squares are no finer than a phone reads. */
async function expectCode(file: string, statement: string): Promise<void> {
  const { size, data } = QRCode.create(statement, { errorCorrectionLevel: 'M' }).modules
  const read = await squaresOf(file, size)
  expect(read).toEqual(Array.from(data, Boolean))
  // 32 mm with four squares of white at each side; a third of a millimetre is what common readers ask for.
  expect(32 / (size + 8)).toBeGreaterThan(0.33)
}

async function openPrinter({ skip }: TestContext) {
  const spooler = await openSpooler()
  if ('skipped' in spooler) return skip(spooler.skipped)
  await spooler.addQueue('前台')
  return spooler
}

test('the certificate that comes out of the queue is the one that was issued, and so is its copy', async (context) => {
  const spooler = await openPrinter(context)
  const desk = openRealDesk()
  serveDays(desk.db, desk.volunteerId, 30)
  const print = { printer: '前台', copies: 1 }
  const { certificate, job } = await issue(desk, recordOf(desk.volunteerId, { from: '2026-01-01' }), print)
  expect(job).toMatchObject({ state: 'spooled', documentId: certificate.documentId })
  const first = keptPdf(desk, certificate.documentId)
  expect((await readSheets(first)).pages).toBeGreaterThan(1)
  const paper = await comesOut(spooler, 1)
  await expectPrinted(first, paper)
  await expectCode(first, certificate.statement)
  await expectCode(await held(first, paper), certificate.statement)

  const asked = { id: certificate.id, ticket: crypto.randomUUID(), reason: '纸张破损', print }
  const copy = await reprintCertificate(desk.context(), asked)
  expect(copy.job).toMatchObject({ state: 'spooled', documentId: copy.documentId })
  const second = keptPdf(desk, copy.documentId)
  await expectPrinted(second, await comesOut(spooler, 2))

  // The copy is the first sheet with its mark: no other sign was added, and none was lost.
  const [was, is] = [await readSheets(first), await readSheets(second)]
  expect(is.text).toContain(`补打第1次·事由：纸张破损`)
  const added = [...'补打第1次·事由：纸张破损', ...'补打第1次'.repeat(is.pages - 1)]
  expect(is.signs).toBe([...was.signs, ...added].sort().join(''))
  expect(readCertificate(desk.context(), certificate.id)).toMatchObject({ copies: 2, sound: true })
})

test('an honour certificate comes out of the queue as it was issued', async (context) => {
  const spooler = await openPrinter(context)
  const desk = openRealDesk()
  const wanted = recordOf(desk.volunteerId, {
    kind: 'thanks',
    from: null,
    to: null,
    words: '在暴雨中帮助邻里',
  })
  const { certificate } = await issue(desk, wanted, { printer: '前台', copies: 1 })
  const kept = keptPdf(desk, certificate.documentId)
  expect((await readSheets(kept)).pages).toBe(1)
  await expectPrinted(kept, await comesOut(spooler, 1))
})

test('two thousand activities of a period stand on a bounded number of pages, every one of them, in time', async () => {
  const desk = openRealDesk()
  const busy = addVolunteer(desk.db, { name: '李勤' })
  serveDays(desk.db, busy, 2000)
  const began = performance.now()
  const { certificate } = await issue(desk, recordOf(busy, { from: '2020-01-01' }))
  const seconds = (performance.now() - began) / 1000
  const kept = keptPdf(desk, certificate.documentId)
  const { pages } = await readSheets(kept)
  const bytes = readFileSync(kept).length
  console.log(`2,000 activities: ${seconds.toFixed(1)} s, ${pages} pages, ${(bytes / 1e6).toFixed(1)} MB`)
  expect(seconds).toBeLessThan(30)
  expect(pages).toBeLessThan(140)
  expect(bytes).toBeLessThan(5e6)
  const lines = told('pdftotext', '-layout', '-f', '2', kept, '-').split('\n')
  const places = lines.flatMap((line) => /^\s*(\d+)\s+(\d{4}-\d\d-\d\d)\s/.exec(line)?.slice(1, 3) ?? [])
  expect(places.filter((_, at) => at % 2 === 0).map(Number)).toEqual(
    Array.from({ length: 2000 }, (_, at) => at + 1),
  )
  const days = places.filter((_, at) => at % 2 === 1)
  expect(days).toEqual(days.toSorted())
  expect(new Set(days).size).toBe(2000)
  expect(lines.join('\n')).toMatch(/合计 2000 次\s+2033 小时 20 分/)
}, 120_000)

describe('a name on the issued PDF', () => {
  const name40 = '阿卜杜勒·买买提·吐尔逊·艾合买提江·努尔艾合买提·依布拉音·玉素甫·热合曼江娜'

  test.each([
    ['of one character', '王', undefined, '王'],
    ['of forty', name40, undefined, name40],
    ['with a character that the font lacks', '𠮷小明', '吉小明', '吉小明'],
    ['with another one', '王䶮', '王YAN', '王YAN'],
    ['of markup', '<b>王</b>&amp;{{number}}"\'', undefined, '<b>王</b>&amp;{{number}}"\''],
  ])('%s stands there as words, in fonts that are inside', async (_, name, writtenName, stands) => {
    expect([...name40]).toHaveLength(40)
    const desk = openRealDesk()
    const volunteerId = addVolunteer(desk.db, { name })
    serve(desk, volunteerId, 61, { day: '2026-11-20' })
    const wanted = recordOf(volunteerId, { layout: 'totals' })
    if (writtenName !== undefined) {
      await expect(issue(desk, wanted)).rejects.toMatchObject(invalidFields(['name', 'glyph']))
      Object.assign(wanted, { writtenName })
    }
    const { certificate } = await issue(desk, wanted)
    const kept = keptPdf(desk, certificate.documentId)
    const { pages, text } = await readSheets(kept)
    expect(pages).toBe(1)
    expect(text).toContain(`姓名${stands.replace(/\s/g, '')}`)
    expect(certificate.name).toBe(stands)
    const fonts = told('pdffonts', kept).trim().split('\n').slice(2)
    expect(fonts.length).toBeGreaterThan(1)
    // Embedded, a subset, with a table to Unicode; and no other family than the bundled one.
    for (const font of fonts) expect(font).toMatch(/^\w{6}\+NotoSerifSC\S*\s.*\syes yes yes/)
    if (writtenName !== undefined) expect(text).toMatch(/姓名含字库未收之字（U\+[0-9A-F]+），此处以他字书写/)
  })
})
