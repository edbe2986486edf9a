import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base, expect, type Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'
import { signIn, startDesk, type Client, type DeskProcess, type Tokens } from '../hosts/desk-process.ts'

const built = fileURLToPath(new URL('../../out/main/browser.js', import.meta.url))
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const pin = '246810'

/** A desk that can be ended and started again on its folder, under one name. */
export type TestDesk = DeskProcess & { folder: string; takeLog(): string }

type Fixtures = {
  /** A data folder of this test alone. */
  folder: string
  /** The built browser host on it, not set up yet. */
  desk: TestDesk
  /** A paired device's token, and the session of the manager who set the desk up with the demo. */
  tokens: Tokens
  /** The API as another screen of that device uses it. */
  demo: Client
}

export const test = base.extend<Fixtures>({
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'desk-e2e-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  desk: async ({ folder }, use) => {
    const started = await startDesk(folder, { main: built })
    const desk: TestDesk = Object.assign(started, {
      folder,
      takeLog() {
        const log = desk.log()
        desk.log = () => ''
        return log
      },
    })
    await use(desk)
    await desk.end('SIGTERM')
    // Neither a bug nor anything personal may stand in the log of a whole walk.
    expect(desk.log()).toBe('')
  },
  tokens: async ({}, use) => use({ device: '', session: '' }),
  demo: async ({ desk, tokens }, use) => use(await signIn(desk, tokens, 'demo')),
})

export { expect }

/** Starts the desk again on the same folder and port, so that open pages find it. */
export async function startAgain(desk: TestDesk): Promise<void> {
  await desk.end('SIGTERM')
  Object.assign(desk, await startDesk(desk.folder, { main: built, port: new URL(desk.origin).port }))
}

/** Opens the desk in a page of a device that is paired already; nobody is signed in there. */
export async function openPage(page: Page, desk: DeskProcess, tokens: Tokens): Promise<void> {
  await page.addInitScript((device) => localStorage.setItem('device', device), tokens.device)
  await page.goto(desk.origin)
}

/** Opens the desk in a page by its pairing address, as the host prints it. */
export async function pairPage(page: Page, desk: DeskProcess): Promise<void> {
  await page.goto(`${desk.origin}/#pair=${desk.code}`)
}

/** Signs in by touching somebody's tile, whoever was chosen first. */
export async function signInAs(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { name: '请登录' }).waitFor()
  await page.getByRole('group', { name: '操作员' }).getByText(name, { exact: true }).first().click()
  await page.keyboard.type(pin)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').first().waitFor()
  await expect(page.getByText(new RegExp(`^${name}`)).first()).toBeVisible()
}

/** Waits until nothing on the page has changed for a moment: loaded, drawn, fonts there. */
export async function settle(page: Page): Promise<void> {
  await page.getByRole('main').first().waitFor()
  await page.evaluate(async () => {
    await document.fonts.ready
    await new Promise<void>((resolve) => {
      let timer = setTimeout(done, 250)
      const observer = new MutationObserver(() => {
        clearTimeout(timer)
        timer = setTimeout(done, 250)
      })
      function done() {
        observer.disconnect()
        resolve()
      }
      observer.observe(document.body, { subtree: true, childList: true, attributes: true })
      setTimeout(done, 5_000)
    })
  })
}

/** axe on the whole page as it stands: no violation of any rule. */
export async function expectAccessible(page: Page): Promise<void> {
  // Colours in the middle of a fade are nobody's contrast.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity)
        .map((animation) => animation.finished.catch(() => {})),
    ),
  )
  await page.evaluate(axeSource)
  const found = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  )
  const told = found.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`).join(' | ')}`,
  )
  expect(told, page.url()).toEqual([])
}
