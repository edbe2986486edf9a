import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  failedLately,
  fetchElectron,
  findElectron,
  needsBuild,
  noteFailure,
  whyNoWindow,
} from '../../electron/hosts/start.ts'

let root: string
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'start-'))))
afterEach(() => rmSync(root, { recursive: true, force: true }))

function put(name: string, text = '', changed?: Date): string {
  const file = join(root, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  if (changed) utimesSync(file, changed, changed)
  return file
}

describe('building before the start', () => {
  const earlier = new Date('2026-03-01T08:00:00Z')
  const later = new Date('2026-03-01T09:00:00Z')
  const built = ['main/desktop.js', 'main/browser.js', 'main/worker.js', 'renderer/index.html']

  test('is needed when nothing was built', () => {
    put('electron/desk.ts', '', earlier)
    expect(needsBuild(root)).toBe(true)
  })

  test('is not needed when every built file is newer than every source', () => {
    put('electron/counters/people/handlers.ts', '', earlier)
    for (const name of built) put(`out/${name}`, '', later)
    expect(needsBuild(root)).toBe(false)
  })

  test('is needed after a source was changed, and when one built file is missing', () => {
    put('electron/counters/people/handlers.ts', '', later)
    for (const name of built) put(`out/${name}`, '', earlier)
    expect(needsBuild(root)).toBe(true)
    put('electron/counters/people/handlers.ts', '', new Date('2026-02-01T08:00:00Z'))
    expect(needsBuild(root)).toBe(false)
    rmSync(join(root, 'out/main/worker.js'))
    expect(needsBuild(root)).toBe(true)
  })
})

describe("Electron's program", () => {
  test('is there when its package has unpacked it', () => {
    expect(findElectron(root, {})).toBeNull()
    put('node_modules/electron/path.txt', 'electron')
    expect(findElectron(root, {})).toBeNull()
    const program = put('node_modules/electron/dist/electron')
    expect(findElectron(root, {})).toBe(program)
  })

  test('may lie elsewhere', () => {
    const program = put('elsewhere/electron')
    expect(findElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: dirname(program) })).toBe(program)
    expect(findElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: join(root, 'nowhere') })).toBeNull()
  })

  test('opens no window without a graphical session, nor as root', () => {
    expect(whyNoWindow('linux', {}, 1000)).toMatch(/graphical/)
    expect(whyNoWindow('linux', { DISPLAY: ':0' }, 0)).toMatch(/root/)
    expect(whyNoWindow('linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000)).toBeNull()
    expect(whyNoWindow('win32', {}, undefined)).toBeNull()
  })

  test('is not fetched again soon after it failed, unless it is another version', () => {
    const note = join(root, 'cache/electron.json')
    expect(failedLately(note, '45.4.1', new Date('2026-03-01T08:00:00Z'))).toBe(false)
    noteFailure(note, { version: '45.4.1', failedAt: '2026-03-01T08:00:00.000Z' })
    expect(failedLately(note, '45.4.1', new Date('2026-03-01T17:00:00Z'))).toBe(true)
    expect(failedLately(note, '45.4.1', new Date('2026-03-02T08:00:00Z'))).toBe(false)
    expect(failedLately(note, '45.4.2', new Date('2026-03-01T17:00:00Z'))).toBe(false)
    // A clock that was set back must not keep the window shut for years.
    expect(failedLately(note, '45.4.1', new Date('2026-02-01T08:00:00Z'))).toBe(false)
  })
})

describe('fetching Electron', () => {
  test('fails at once when its package fails', async () => {
    expect(await fetchElectron(put('electron/install.js', 'process.exit(1)'), process.env)).toBe(false)
  })

  test('is given up when nothing arrives', async () => {
    const installer = put('electron/install.js', 'setInterval(() => {}, 1000)')
    expect(await fetchElectron(installer, process.env, 500)).toBe(false)
  })

  test('goes on as long as something arrives, and leaves nothing behind', async () => {
    const installer = put(
      'electron/install.cjs',
      `const fs = require('fs'), path = require('path'), file = path.join(require('os').tmpdir(), 'electron.zip')
       fs.writeFileSync(path.join(__dirname, 'where'), file)
       let left = 12
       const timer = setInterval(() => {
         fs.appendFileSync(file, 'x')
         if (--left === 0) { clearInterval(timer) }
       }, 100)`,
    )
    expect(await fetchElectron(installer, process.env, 600)).toBe(true)
    expect(existsSync(readFileSync(join(root, 'electron/where'), 'utf8'))).toBe(false)
  })
})

test('a wrong argument ends the start with one sentence and code 2', async () => {
  const child = spawn(process.execPath, ['electron/hosts/start.ts', '--brwoser'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const code = await new Promise((resolve) => child.once('close', resolve))
  expect(code).toBe(2)
  expect(text).toBe(
    'Unknown argument "--brwoser"; known are --browser, --data DIR, --port N, --no-open, --demo.\n',
  )
})
