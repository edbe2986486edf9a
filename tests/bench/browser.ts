import { chromium, type Browser, type Page } from 'playwright-core'
import { chromiumArguments, requireChromium } from '../e2e/chromium.ts'

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: requireChromium(), args: chromiumArguments })

/** A page as on the front-desk PC, with nothing in any cache. */
export async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  return context.newPage()
}
