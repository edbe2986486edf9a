import { _electron, expect, test, type ElectronApplication, type Page } from '@playwright/test'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findElectron } from '../../electron/hosts/start.ts'

// The desktop host in the real Electron. Its program comes from a host that many machines cannot reach; without it
// these specs are skipped and counted as skipped. What they would show is never claimed by anything else.

const root = fileURLToPath(new URL('../..', import.meta.url))
const program = findElectron(root, process.env)
const screen = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']

test.skip(!program, "Electron's program is not on this machine (npx install-electron)")
test.skip(!screen, 'there is no graphical session (xvfb-run)')

let folder: string
let app: ElectronApplication | undefined

// Chromium's own sandbox refuses to run as root; the renderer's lack of Node does not depend on it.
const args = () => [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, '--data', folder]

async function open(): Promise<{ app: ElectronApplication; page: Page }> {
  app = await _electron.launch({ executablePath: program!, args: args() })
  const page = await app.firstWindow()
  await page.waitForLoadState()
  return { app, page }
}

async function close(): Promise<void> {
  await app?.close()
  app = undefined
}

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'desktop-'))
})

test.afterEach(async () => {
  await close()
  rmSync(folder, { recursive: true, force: true })
})

test('the window opens on the desk', async () => {
  const { app, page } = await open()
  expect(page.url()).toMatch(/^desk:\/\/counter\//)
  await expect(page.getByRole('heading').first()).toBeVisible()
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.isVisible())).toBe(true)
})

test('the page has no Node and no Electron', async () => {
  const { page } = await open()
  const found = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
      (name) => name in window,
    ),
  )
  expect(found).toEqual([])
})

test('the page cannot leave the desk, open a window, or be given a permission', async () => {
  const { app, page } = await open()
  const home = page.url()
  expect(await page.evaluate(() => window.open('https://example.org/') === null)).toBe(true)
  await page.evaluate(() => location.assign('https://example.org/'))
  await page.evaluate(() => location.assign('file:///'))
  expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied')
  expect(page.url()).toBe(home)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('the second screen is the only other window, once, and goes with the first', async () => {
  const { app, page } = await open()
  const ask = () => page.evaluate(() => window.open('/second-screen', 'second-screen', 'noopener,popup'))
  const opened = app.waitForEvent('window')
  await ask()
  const second = await opened
  await expect.poll(() => second.url()).toBe('desk://counter/second-screen')
  expect(await second.evaluate(() => ['require', 'process'].filter((name) => name in window))).toEqual([])
  await ask()
  expect(app.windows()).toHaveLength(2)
  const gone = app.waitForEvent('close')
  await page.close()
  await gone
})

test('a frame shows documents of the desk and nothing from elsewhere', async () => {
  const { page } = await open()
  const framed = (source: string) =>
    page.evaluate(async (source) => {
      const frame = document.createElement('iframe')
      frame.src = source
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
      document.body.append(frame)
      await Promise.race([loaded, new Promise((resolve) => setTimeout(resolve, 2_000))])
      return document.querySelectorAll('iframe').length
    }, source)
  await framed('desk://counter/documents/unknown')
  await framed('https://example.org/')
  const addresses = page.frames().map((frame) => frame.url())
  expect(addresses).toContain('desk://counter/documents/unknown')
  expect(addresses.join()).not.toContain('example.org')
})

test('a second start leaves at once and brings the first window to the front', async () => {
  const { app } = await open()
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.minimize())
  const second = spawn(program!, args(), { stdio: 'ignore' })
  expect(await new Promise((resolve) => second.once('exit', resolve))).toBe(0)
  await expect
    .poll(() =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((one) => one.isMinimized())),
    )
    .toEqual([false])
})

test('the window comes back where it stood', async () => {
  const bounds = { x: 40, y: 30, width: 1100, height: 700 }
  const first = await open()
  await first.app.evaluate(
    ({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]!.setBounds(bounds),
    bounds,
  )
  await close()
  const { app } = await open()
  const size = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getBounds())
  // Window managers add their frame to where a window stands, never to how large it is.
  expect(size).toMatchObject({ width: bounds.width, height: bounds.height })
})

test('closing the window releases the folder', async () => {
  await open()
  expect(existsSync(join(folder, 'desk.holder.json'))).toBe(true)
  await close()
  expect(existsSync(join(folder, 'desk.holder.json'))).toBe(false)
  expect(existsSync(join(folder, 'desk.sqlite3-wal'))).toBe(false)
})
