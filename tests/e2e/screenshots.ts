/** `npm run screenshots`: the README's pictures, taken of the built desk with the demo community. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { demoPin } from '../../seeds/demo/operators.ts'
import { signIn as signInManager, startDesk } from '../hosts/desk-process.ts'
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

  // The secretary's page: the month against its goal, the year against the pace it needs.
  await page.keyboard.press('F5')
  await page.getByRole('link', { name: '覆盖进度' }).click()
  await page.getByRole('heading', { name: '各网格' }).waitFor()
  await page.waitForTimeout(800)
  await page.screenshot({ path: at('docs/visits-coverage.png') })

  // The open year of the volunteers: its ranking, the rule, what nobody confirmed.
  await page.keyboard.press('F7')
  await page.getByRole('link', { name: '志愿先锋' }).click()
  await page.getByRole('heading', { name: '怎么排' }).waitFor()
  await page.waitForTimeout(800)
  await page.screenshot({ path: at('docs/volunteers-pioneer.png') })

  // The noon class a quarter past twelve on a school day, whenever the pictures are taken.
  const noon = '2026-11-23T12:15:00.000+08:00'
  const atNoon = join(folder, 'noon')
  mkdirSync(atNoon)
  writeFileSync(`${atNoon}.clock`, noon)
  const noonDesk = await startDesk(atNoon, { main: at('tests/hosts/clocked-desk.ts') })
  try {
    const tokens = { device: '', session: '' }
    const client = await signInManager(noonDesk, tokens, 'demo')
    const { version, ...community } = await client.settings.community({})
    await client.settings.changeCommunity({ ...community, name: '演示社区', version })
    await page.clock.setFixedTime(noon)
    await page.addInitScript((device) => localStorage.setItem('device', device), tokens.device)
    await page.goto(noonDesk.origin)
    await signIn('演示老师')
    await page.getByRole('navigation').first().waitFor()
    await page.goto(`${noonDesk.origin}/noon`)
    await page.getByRole('region', { name: '未到报警' }).waitFor()
    // Photos come in one by one.
    await page.waitForTimeout(2_000)
    await page.screenshot({ path: at('docs/noon.png') })

    // A certificate as it was issued: the sheet alone, without the screen around it. The demo makes them one by one.
    const issued = async () => (await client.certificates.list({ kind: 'record', standing: 'valid' })).rows[0]
    let certificate = await issued()
    for (let tries = 0; !certificate && tries < 60; tries += 1) {
      await page.waitForTimeout(500)
      certificate = await issued()
    }
    const { documentId } = await client.certificates.certificate({ id: certificate!.id })
    const { html } = await client.documents.show({ id: documentId })
    await page.setViewportSize({ width: 1240, height: 900 })
    await page.goto(`${noonDesk.origin}${html}`)
    await page.evaluate(() => document.fonts.ready)
    await page
      .locator('.sheet')
      .first()
      .screenshot({ path: at('docs/certificate.png') })
  } finally {
    await noonDesk.end('SIGTERM')
  }
} finally {
  await browser.close()
  await desk.end('SIGTERM')
  rmSync(folder, { recursive: true, force: true })
}
