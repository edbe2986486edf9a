import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { findChromium } from '../../electron/hosts/browser/chromium.ts'

/** Chromium as a user other than root runs without these; the rest keeps it quiet on a closed network. */
export const chromiumArguments = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
]

/**
 * The Chromium that tests use: CHROME_PATH or one on the machine, else Playwright's own, else (Debian, root) the
 * package. Throws one clear sentence when there is none.
 */
export function requireChromium(): string {
  const found = findChromium()
  if (found) return found
  const own = () => (existsSync(chromium.executablePath()) ? chromium.executablePath() : null)
  if (own()) return own()!
  spawnSync('playwright', ['install', 'chromium'], { stdio: 'ignore', timeout: 300_000, shell: true })
  if (own()) return own()!
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    spawnSync('apt-get', ['install', '-y', '-qq', 'chromium'], { stdio: 'ignore', timeout: 600_000 })
    const installed = findChromium()
    if (installed) return installed
  }
  throw new Error('These tests need a Chromium: install chromium, Chrome or Edge, or set CHROME_PATH to one.')
}
