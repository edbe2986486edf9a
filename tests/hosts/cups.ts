import { execFile, spawn } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

export type Queue = {
  name: string
  /** The PDFs that cups-pdf has finished since the queue was opened. */
  printed(): Promise<string[]>
  /** Removes the queue, and ends the spooler when it was started here. */
  close(): Promise<void>
}

async function isRunning(): Promise<boolean> {
  const { stdout } = await run('lpstat', ['-r'], { env: { ...process.env, LC_ALL: 'C' } }).catch(() => ({
    stdout: '',
  }))
  return stdout.includes('is running')
}

async function startSpooler(): Promise<() => Promise<void>> {
  if (await isRunning()) return () => Promise.resolve()
  const spooler = spawn('cupsd', ['-f'], { stdio: 'ignore' })
  const failed = new Promise<never>((_, reject) => spooler.once('error', reject))
  for (let tries = 0; !(await isRunning()); tries += 1) {
    if (tries === 100) throw new Error('cupsd does not answer')
    await Promise.race([pause(100), failed])
  }
  return () =>
    new Promise((resolve) => {
      spooler.once('exit', () => resolve())
      spooler.kill('SIGTERM')
    })
}

/** A real print queue that prints into a folder, or the reason why this machine has none. */
export async function openQueue(): Promise<Queue | { skipped: string }> {
  if (process.getuid?.() !== 0) return { skipped: 'only root can start a spooler and add a queue' }
  const name = `desk-test-${process.pid}`
  const folder = join(homedir(), 'PDF')
  const files = () => readdir(folder).catch(() => [] as string[])
  try {
    const stop = await startSpooler()
    await run('lpadmin', ['-p', name, '-E', '-v', 'cups-pdf:/', '-m', 'lsb/usr/cups-pdf/CUPS-PDF_opt.ppd'])
    const before = new Set(await files())
    return {
      name,
      printed: async () => {
        const told = async (which: string) => (await run('lpstat', ['-W', which, '-o', name])).stdout
        if ((await told('not-completed')).trim()) return []
        const ours = new Set([...(await told('completed')).matchAll(/-(\d+) /g)].map(([, id]) => id))
        // Other queues of the machine print into the same folder; where files are named by their job, theirs are left out.
        const isOurs = (file: string) => ours.has(/job_(\d+)/.exec(file)?.[1] ?? [...ours][0])
        return (await files())
          .filter((file) => !before.has(file) && isOurs(file))
          .map((file) => join(folder, file))
      },
      async close() {
        await run('lpadmin', ['-x', name])
        await stop()
      },
    }
  } catch (error) {
    return { skipped: `no CUPS with cups-pdf here: ${(error as Error).message.split('\n')[0]}` }
  }
}
