import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { findChromium } from '../../electron/hosts/browser/chromium.ts'
import { toPdf } from '../../electron/hosts/browser/sheets.ts'
import { withFonts } from '../../electron/workbench/fonts.ts'
import { root, temporaryFolder } from '../fixture.ts'

let browser: Browser

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: findChromium() ?? chromium.executablePath(),
    chromiumSandbox: process.getuid?.() !== 0,
  })
})
afterAll(() => browser.close())

const contexts = () => browser.contexts()

/** The test begins without a page that waits. */
beforeEach(async () => {
  for (const context of contexts()) await context.pages()[0]!.goto('about:blank')
})

const sheetOf = (words: string) =>
  withFonts(
    root,
    `<!doctype html><html><head><style>@page { size: A5 } body { font: 8mm 'Noto Serif SC' } b { font-weight: 700 }</style></head><body>${words}<b>${words}</b></body></html>`,
  )

async function saved(pdf: Uint8Array | Promise<Uint8Array>): Promise<string> {
  const file = join(temporaryFolder(), 'sheet.pdf')
  writeFileSync(file, await pdf)
  return file
}

const told = (command: string, ...parameters: string[]) =>
  execFileSync(command, parameters, { encoding: 'utf8' })

/** The dots of its page at 96 to the inch. */
const dotsOf = (file: string) => execFileSync('pdftoppm', ['-r', '96', file], { maxBuffer: 2 ** 26 })

const fontsOf = (file: string) =>
  told('pdffonts', file)
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => /^\w+\+(\S+)/.exec(line)?.[1])
    .toSorted()

test('a sheet that comes after others on their page is the one that comes first on a fresh one', async () => {
  const words = '志愿服务记录证明 2026 年度三星级志愿者'
  const first = await saved(toPdf(browser, sheetOf(words)))
  const [page] = contexts()
  await toPdf(browser, sheetOf('另一位志愿者的荣誉证书，别的字'))
  const again = await saved(toPdf(browser, sheetOf(words)))
  expect(contexts()).toEqual([page])
  expect(fontsOf(first)).toContain('NotoSerifSCExtraLight-Bold')
  expect(fontsOf(again)).toEqual(fontsOf(first))
  expect(told('pdftotext', again, '-')).toBe(told('pdftotext', first, '-'))
  expect(dotsOf(again).equals(dotsOf(first))).toBe(true)
})

test('fonts that a page has lost are brought again', async () => {
  const first = await saved(toPdf(browser, sheetOf('志愿服务')))
  const [context] = contexts()
  await context!.pages()[0]!.evaluate('document.fonts.clear()')
  const again = await saved(toPdf(browser, sheetOf('志愿服务')))
  expect(contexts()).toEqual([context])
  expect(fontsOf(again)).toEqual(fontsOf(first))
})

test('without one of its fonts there is no sheet, rather than one in another face', async () => {
  const { html, fonts } = sheetOf('志愿服务')
  const path = join(temporaryFolder(), 'broken.woff2')
  await expect(toPdf(browser, { html, fonts: [{ ...fonts[0]!, path }] })).rejects.toThrow('ENOENT')
  writeFileSync(path, 'no font')
  await expect(toPdf(browser, { html, fonts: [{ ...fonts[0]!, path }] })).rejects.toThrow()
  expect(contexts()).toEqual([])
})

test('a page that went elsewhere by itself is not written into again', async () => {
  await toPdf(browser, sheetOf('一张'))
  const [gone] = contexts()
  await gone!.pages()[0]!.goto('about:blank')
  const file = await saved(toPdf(browser, sheetOf('下一张')))
  expect(told('pdftotext', file, '-')).toContain('下一张')
  expect(contexts()).toHaveLength(1)
  expect(contexts()).not.toContain(gone)
})

test('a page goes after fifty sheets with what it has gathered', async () => {
  const sheet = sheetOf('证')
  await toPdf(browser, sheet)
  const [page] = contexts()
  for (let made = 1; made < 49; made += 1) await toPdf(browser, sheet)
  expect(contexts()).toEqual([page])
  await toPdf(browser, sheet)
  expect(contexts()).toEqual([])
})

test('sheets that are asked for at once come from pages of their own, of which one stays', async () => {
  const words = ['第一张', '第二张', '第三张']
  const files = await Promise.all(words.map((word) => saved(toPdf(browser, sheetOf(word)))))
  files.forEach((file, index) => expect(told('pdftotext', file, '-')).toContain(words[index]))
  expect(contexts()).toHaveLength(1)
})
