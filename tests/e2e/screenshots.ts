/** `npm run screenshots`: the README's pictures, taken of the built desk with the demo community. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { demoPin } from '../../seeds/demo/operators.ts'
import { startDesk } from '../hosts/desk-process.ts'
import { chromiumArguments, requireChromium } from './chromium.ts'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'desk-pictures-'))
const desk = await startDesk(folder, { main: at('out/main/browser.js'), args: ['--demo'] })
const browser = await chromium.launch({ executablePath: requireChromium(), args: chromiumArguments })
try {
  const page = await browser.newPage({
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  const signIn = async (name: string) => {
    await page.getByRole('heading', { name: '请登录' }).waitFor()
    await page
      .getByRole('button', { name: new RegExp(name) })
      .or(page.getByText(name))
      .first()
      .click()
    await page.getByPlaceholder('PIN').fill(demoPin)
    await page.keyboard.press('Enter')
  }
  await page.goto(`${desk.origin}/#pair=${desk.code}`)
  await signIn('演示前台')
  await page.getByText('最急的').waitFor()
  await page.waitForTimeout(500)
  await page.screenshot({ path: at('docs/today.png') })

  await page.keyboard.press('F4')
  await page.getByRole('combobox', { name: '谁来问' }).fill('wang')
  await page.getByRole('option').first().waitFor()
  await page.waitForTimeout(500)
  await page.screenshot({ path: at('docs/enquiry.png') })

  // What the manager sees at a glance: late ones, and the period below.
  await page.evaluate(() => sessionStorage.clear())
  await page.goto(desk.origin)
  await signIn('演示主任')
  await page.getByText('最急的').waitFor()
  await page.keyboard.press('F9')
  await page.getByRole('heading', { name: '谁手里超期、为什么' }).waitFor()
  await page.waitForTimeout(800)
  await page.screenshot({ path: at('docs/supervision.png') })
} finally {
  await browser.close()
  await desk.end('SIGTERM')
  rmSync(folder, { recursive: true, force: true })
}
