import { execFile, spawn, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'

const run = promisify(execFile)

/** A CUPS of the test's own, that nobody else prints on: it may be stopped, and its queues removed. */
export type Spooler = {
  /** What programs need in their environment to print here; set for this process as well. */
  env: Record<string, string>
  start(): Promise<void>
  /** Ends the scheduler that was started here, and no other. */
  stop(): Promise<void>
  /** Adds a queue of cups-pdf. */
  addQueue(name: string): Promise<void>
  removeQueue(name: string): Promise<void>
  /** Takes jobs but prints none (`false`), as a printer without paper; then on again. */
  enable(name: string, on: boolean): Promise<void>
  /** The sheets that came out of the printer, in the order in which they did. */
  printed(): string[]
  /** Job ids that this spooler ever took, oldest first. */
  taken(): Promise<string[]>
}

const needed = ['/usr/sbin/cupsd', '/usr/lib/cups/backend/cups-pdf', '/usr/bin/pdftoppm']
const ppd = 'lsb/usr/cups-pdf/CUPS-PDF_opt.ppd'

/** A real scheduler on a socket of its own with cups-pdf behind it, or the reason why this machine has none. */
export async function openSpooler(): Promise<Spooler | { skipped: string }> {
  if (process.getuid?.() !== 0) return { skipped: 'only root can start a spooler' }
  const missing = needed.find((path) => !existsSync(path))
  if (missing) return { skipped: `no ${missing} here` }

  // The backend runs as another user: not below a folder that only its owner may enter.
  const folder = mkdtempSync('/tmp/desk-cups-')
  const name = folder.slice('/tmp/'.length)
  const own = (part: string, mode = 0o755) => {
    mkdirSync(join(folder, part), { recursive: true })
    chmodSync(join(folder, part), mode)
    return join(folder, part)
  }
  chmodSync(folder, 0o755)
  const out = own('out', 0o777)
  const socket = join(folder, 'cups.sock')
  const backend = `/etc/cups/cups-pdf-${name}.conf`
  // Each sheet under its job, so that a second one of the same name shows.
  writeFileSync(backend, `Out ${out}\nAnonDirName ${out}\nLabel 1\n`)
  writeFileSync(
    join(folder, 'cupsd.conf'),
    `Listen ${socket}\nBrowsing Off\nWebInterface No\nIdleExitTimeout 0\nDefaultAuthType None\nLogLevel warn
<Location />\nOrder allow,deny\nAllow all\n</Location>\n<Location /admin>\nOrder allow,deny\nAllow all\n</Location>
<Policy default>\n<Limit All>\nOrder deny,allow\nAllow all\n</Limit>\n</Policy>\n`,
  )
  writeFileSync(
    join(folder, 'cups-files.conf'),
    `ServerRoot ${own('root')}\nRequestRoot ${own('spool')}\nCacheDir ${own('cache')}\nStateDir ${own('state')}
TempDir ${own('temp', 0o1777)}\nErrorLog ${own('log')}/error\nAccessLog ${own('log')}/access\nPageLog ${own('log')}/page
SystemGroup root\n`,
  )

  const env = { CUPS_SERVER: socket, LC_ALL: 'C' }
  const told = async (command: string, ...parameters: string[]) =>
    (await run(command, parameters, { env: { ...process.env, ...env } })).stdout
  let scheduler: ChildProcess | null = null

  async function start(): Promise<void> {
    const child = spawn(
      '/usr/sbin/cupsd',
      ['-f', '-c', join(folder, 'cupsd.conf'), '-s', join(folder, 'cups-files.conf')],
      {
        stdio: 'ignore',
      },
    )
    scheduler = child
    for (let tries = 0; ; tries += 1) {
      if ((await told('lpstat', '-r').catch(() => '')).includes('is running')) return
      if (tries === 200 || child.exitCode !== null) throw new Error('cupsd does not answer')
      await pause(50)
    }
  }
  async function stop(): Promise<void> {
    const child = scheduler
    scheduler = null
    if (!child || child.exitCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
  }

  const before = process.env.CUPS_SERVER
  process.env.CUPS_SERVER = socket
  onTestFinished(async () => {
    await stop()
    if (before === undefined) delete process.env.CUPS_SERVER
    else process.env.CUPS_SERVER = before
    rmSync(backend, { force: true })
    rmSync(folder, { recursive: true, force: true })
  })

  /** `job_12-…`: what comes first in the name of a sheet. */
  const numberOf = (file: string) => Number(/^job_(\d+)/.exec(file)?.[1] ?? 0)
  try {
    await start()
  } catch (error) {
    return { skipped: `no CUPS here: ${(error as Error).message.split('\n')[0]}` }
  }
  return {
    env,
    start,
    stop,
    async addQueue(queue) {
      // By way of cairo the text of a sheet can still be read in what comes out.
      const readable = ['-o', 'pdftops-renderer-default=pdftocairo']
      await told('lpadmin', '-p', queue, '-E', '-v', `cups-pdf:/${name}`, '-m', ppd, ...readable)
    },
    removeQueue: async (queue) => void (await told('lpadmin', '-x', queue)),
    enable: async (queue, on) => void (await told(on ? 'cupsenable' : 'cupsdisable', queue)),
    printed: () =>
      readdirSync(out, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.pdf') && readFileSync(join(out, file)).subarray(-6).includes('EOF'))
        .sort((a, b) => numberOf(a) - numberOf(b))
        .map((file) => join(out, file)),
    async taken() {
      const said = await Promise.all(
        ['completed', 'not-completed'].map((which) => told('lpstat', '-W', which, '-o')),
      )
      const ids = said.flatMap((lines) => lines.split('\n')).map((line) => line.split(/\s/, 1)[0]!)
      // After a new start CUPS names what waits in both of its lists.
      return [...new Set(ids.filter(Boolean))].sort(
        (a, b) => Number(a.split('-').at(-1)) - Number(b.split('-').at(-1)),
      )
    },
  }
}
