import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import type { FontFile, PaperPage } from '../../workbench/host.ts'

const pageTimeout = 30_000

/** Nothing of the page may be fetched, run or framed; route and offline say the same once more. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"
const address = 'http://paper.invalid/'

/** Opening a page costs more than printing a sheet on it; what it gathers over so many sheets goes with it. */
const mostSheets = 50

type OpenPage = { page: Page; sheets: number }

/** Pages of a browser that wait for the next sheet; they end with it. */
const waiting = new WeakMap<Browser, OpenPage[]>()

/** An empty page under the policy, which whatever is written into it later keeps. */
async function openPage(browser: Browser): Promise<OpenPage> {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    offline: true,
    serviceWorkers: 'block',
  })
  try {
    context.setDefaultTimeout(pageTimeout)
    await context.route('**', (route) =>
      route.request().url() === address
        ? route.fulfill({
            body: '',
            contentType: 'text/html; charset=utf-8',
            headers: { 'Content-Security-Policy': policy },
          })
        : route.abort(),
    )
    const page = await context.newPage()
    await page.goto(address)
    return { page, sheets: 0 }
  } catch (error) {
    await context.close().catch(() => {})
    throw error
  }
}

/** One that waits, or a new one where none does; one that went elsewhere by itself is under no policy and not taken. */
async function takePage(browser: Browser): Promise<OpenPage> {
  const open = waiting.get(browser)?.pop()
  if (open?.page.url() === address) return open
  await open?.page.context().close()
  return openPage(browser)
}

/** In the page: names of the fonts that it does not have, or not any more. */
const missingFonts = `(paths) => {
  const kept = (window.keptFonts ??= new Map())
  return paths.filter((path) => !kept.has(path) || !document.fonts.has(kept.get(path)))
}`

/** In the page: takes fonts that stay when the next sheet is written into it; rejects when one cannot be read. */
const takeFonts = `(fonts) => Promise.all(fonts.map(({ family, weight, range, path, data }) => {
  const face = new FontFace(family, 'url(data:font/woff2;base64,' + data + ')', { weight, unicodeRange: range })
  window.keptFonts.set(path, face)
  document.fonts.add(face)
  return face.load()
})).then(() => true)`

/**
 * Sees that the page has these fonts. They are nearly all of a sheet's bytes and the same for every sheet, so each is
 * brought once and kept by the page: without that a sheet takes two and a half times as long.
 */
async function bringFonts(page: Page, fonts: readonly FontFile[]): Promise<void> {
  const missing = await page.evaluate<string[]>(
    `(${missingFonts})(${JSON.stringify(fonts.map(({ path }) => path))})`,
  )
  if (missing.length === 0) return
  const brought = fonts.filter(({ path }) => missing.includes(path))
  const whole = await Promise.all(
    brought.map(async (font) => ({ ...font, data: await readFile(font.path, 'base64') })),
  )
  await page.evaluate(`(${takeFonts})(${JSON.stringify(whole)})`)
}

/** Keeps one for the next sheet. */
async function giveBack(browser: Browser, open: OpenPage): Promise<void> {
  const pages = waiting.get(browser) ?? []
  waiting.set(browser, pages)
  if (open.sheets >= mostSheets || pages.length > 0) return open.page.context().close()
  pages.push(open)
}

/** A sheet as PDF, on a page of this browser. */
export async function toPdf(browser: Browser, { html, fonts }: PaperPage): Promise<Uint8Array> {
  const open = await takePage(browser)
  const { page } = open
  try {
    await page.setContent(html, { waitUntil: 'load' })
    // Done and asked from outside the page, whose own scripts stay off.
    await bringFonts(page, fonts)
    await page.evaluate('document.fonts.ready.then(() => true)')
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
    open.sheets += 1
    await giveBack(browser, open)
    return pdf
  } catch (error) {
    await page
      .context()
      .close()
      .catch(() => {})
    throw error
  }
}
