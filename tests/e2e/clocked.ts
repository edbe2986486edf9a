import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from '@playwright/test'
import { signIn, startDesk, type Client, type DeskProcess, type Tokens } from '../hosts/desk-process.ts'
import { expect, openPage, signInAs } from './desk.ts'

const clockedDesk = fileURLToPath(new URL('../hosts/clocked-desk.ts', import.meta.url))

/** A desk whose clock stands at the instant that the test sets, and its screens. */
export type Clocked = {
  desk: DeskProcess
  tokens: Tokens
  /** The manager who set the desk up, beside the screens. */
  client: Client
  /** Of the desk and of screens that are opened from now on. */
  setClock: (instant: string) => void
  /** A page of its own browser context, signed in, on this path. */
  screen: (browser: Browser, name: string, path: string) => Promise<Page>
}

/** Starts one on an empty folder; `close` ends its screens and it. Nothing may stand in its log then. */
export async function openClocked(
  folder: string,
  now: string,
): Promise<Clocked & { close(): Promise<void> }> {
  const clock = `${folder}.clock`
  const setClock = (instant: string) => writeFileSync(clock, instant)
  setClock(now)
  const desk = await startDesk(folder, { main: clockedDesk })
  const tokens: Tokens = { device: '', session: '' }
  const client = await signIn(desk, tokens)
  const opened: Page[] = []
  return {
    ...{ desk, tokens, client, setClock },
    async screen(browser, name, path) {
      const context = await browser.newContext({
        ...{ viewport: { width: 1366, height: 768 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' },
      })
      const page = await context.newPage()
      opened.push(page)
      await page.clock.setFixedTime(readFileSync(clock, 'utf8'))
      await openPage(page, desk, tokens)
      await signInAs(page, name)
      await page.goto(desk.origin + path)
      return page
    },
    async close() {
      for (const page of opened) await page.context().close()
      await desk.end('SIGTERM')
      expect(desk.log()).toBe('')
    },
  }
}
