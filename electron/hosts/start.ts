import { spawn, type ChildProcess } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readHostOptions } from './data-folder.ts'

// What `npm start` runs: builds when the sources are newer, then opens the desktop window, or says in one line why
// there is none and serves the browser.

/** Without a byte for this long, Electron's host counts as unreachable. */
const silence = 8_000
/** A failed download is not tried again on every start of a day at the counter. */
const rest = 20 * 60 * 60 * 1000

const builtFiles = ['main/desktop.js', 'main/browser.js', 'main/worker.js', 'renderer/index.html']
const sources = [
  'electron',
  'renderer',
  'seeds/demo',
  'electron.vite.config.ts',
  'package.json',
  'tsconfig.json',
]

/** When the newest file under a path was changed; 0 when there is none. */
function newestChange(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return 0
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newestChange(join(path, name))))
}

/** Whether the built files are missing or older than what they are built from. */
export function needsBuild(root: string): boolean {
  const built = builtFiles.map(
    (name) => statSync(join(root, 'out', name), { throwIfNoEntry: false })?.mtimeMs ?? 0,
  )
  return Math.max(...sources.map((name) => newestChange(join(root, name)))) >= Math.min(...built)
}

/** The Electron program of this checkout, or null when its package has not fetched it. */
export function findElectron(root: string, env: NodeJS.ProcessEnv): string | null {
  const folder = join(root, 'node_modules/electron')
  const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8').trim() : '')
  const program = read(join(folder, 'path.txt'))
  const elsewhere = env['ELECTRON_OVERRIDE_DIST_PATH']
  const path = elsewhere ? join(elsewhere, program || 'electron') : join(folder, 'dist', program)
  return (program || elsewhere) && existsSync(path) ? path : null
}

/** Why no window can be opened here even with Electron at hand, or null. */
export function whyNoWindow(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, userId: number | undefined) {
  if (platform !== 'linux') return null
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'there is no graphical session'
  if (userId === 0) return "Electron's sandbox does not run as root"
  return null
}

type Note = { version: string; failedAt: string }

/** A note of a failed download, so that a machine without a way to Electron's host does not wait at every start. */
export function failedLately(file: string, version: string, now: Date): boolean {
  try {
    const note = JSON.parse(readFileSync(file, 'utf8')) as Note
    const age = now.getTime() - Date.parse(note.failedAt)
    return note.version === version && age >= 0 && age < rest
  } catch {
    return false
  }
}

export function noteFailure(file: string, note: Note): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, JSON.stringify(note))
  } catch {
    // A checkout that belongs to somebody else: the next start tries again.
  }
}

function bytesUnder(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found?.isDirectory()) return found?.size ?? 0
  return readdirSync(path).reduce((sum, name) => sum + bytesUnder(join(path, name)), 0)
}

/**
 * Lets Electron's package fetch its program, and gives up once nothing has arrived for `patience` ms. Only progress
 * is asked for: 120 MB may take long on a slow line, a blocked host must not.
 */
export async function fetchElectron(
  installer: string,
  env: NodeJS.ProcessEnv,
  patience = silence,
): Promise<boolean> {
  const temporary = mkdtempSync(join(tmpdir(), 'one-stop-counter-'))
  const places = [temporary, join(dirname(installer), 'dist')]
  const child = spawn(process.execPath, [installer], {
    stdio: 'ignore',
    env: { ...env, TMPDIR: temporary, TEMP: temporary, TMP: temporary, ELECTRON_GET_NO_PROGRESS: '1' },
  })
  const ended = new Promise<boolean>((resolve) => {
    child.once('exit', (code) => resolve(code === 0))
    child.once('error', () => resolve(false))
  })
  let arrived = 0
  let since = performance.now()
  let told = false
  const watch = setInterval(() => {
    const bytes = places.reduce((sum, place) => sum + bytesUnder(place), 0)
    if (bytes !== arrived) {
      if (!told && bytes > 1e6) say('Fetching Electron (about 120 MB, once) …')
      told ||= bytes > 1e6
      arrived = bytes
      since = performance.now()
    } else if (performance.now() - since > patience) {
      child.kill('SIGKILL')
    }
  }, 250)
  try {
    return await ended
  } finally {
    clearInterval(watch)
    rmSync(temporary, { recursive: true, force: true })
  }
}

const say = (line: string) => console.log(line)

/** Waits for a program in this terminal, passes signals on to it, and gives back the code to exit with. */
export function follow(child: ChildProcess): Promise<number> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // A terminal sends Ctrl+C to both of us; told twice, the host would take it for impatience.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  return new Promise((resolve) => {
    child.once('error', () => resolve(127))
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal!]))
  })
}

const run = (program: string, args: string[], cwd = process.cwd()) =>
  follow(spawn(program, args, { cwd, stdio: 'inherit' }))

/** Why the window stays shut, or the program that opens it. */
async function desktop(root: string): Promise<{ program: string } | { reason: string }> {
  const { env } = process
  const why = whyNoWindow(process.platform, env, process.getuid?.())
  if (why) return { reason: why }
  const found = findElectron(root, env)
  if (found) return { program: found }

  const folder = join(root, 'node_modules/electron')
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  const note = join(root, 'node_modules/.cache/one-stop-counter/electron.json')
  const reason = "Electron's program cannot be downloaded here (try again with: npx install-electron)"
  if (env['ELECTRON_SKIP_BINARY_DOWNLOAD'] || failedLately(note, version, new Date())) return { reason }
  const fetched = await fetchElectron(join(folder, 'install.js'), env)
  const program = fetched ? findElectron(root, env) : null
  if (program) return { program }
  noteFailure(note, { version, failedAt: new Date().toISOString() })
  return { reason }
}

async function start(root: string, args: string[]): Promise<number> {
  const { browser } = readHostOptions(args)
  if (needsBuild(root)) {
    say('Building …')
    const tool = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
    const code = await run(process.execPath, [tool, 'build', '--logLevel', 'warn'], root)
    if (code !== 0) return code
  }
  const serve = () => run(process.execPath, [join(root, 'out/main/browser.js'), ...args])
  if (browser) return serve()

  const window = await desktop(root)
  let reason: string
  if ('program' in window) {
    const code = await run(window.program, [root, ...args])
    // 127: the system lacks a library that Electron needs; nothing was opened.
    if (code !== 127) return code
    reason = 'Electron does not run on this system'
  } else {
    reason = window.reason
  }
  say(`No desktop window: ${reason}. Opening in the browser instead.`)
  return serve()
}

if (import.meta.main) {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  try {
    process.exitCode = await start(root, process.argv.slice(2))
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 2
  }
}
