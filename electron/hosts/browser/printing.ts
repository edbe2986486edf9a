import { execFile } from 'node:child_process'
import process from 'node:process'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { PaperProblem, type Host, type PaperPage } from '../../workbench/host.ts'
import { cupsJobs, cupsPrint, cupsPrinters, cupsWithdraw, type Command } from '../cups.ts'
import { findChromium } from './chromium.ts'
import { toPdf } from './sheets.ts'

export { findChromium } from './chromium.ts'

/** Starting Chromium takes a second, keeping it costs memory: it stays for the next few receipts. */
const keptWarm = 3 * 60_000
/** All of a page: two thousand lines take some seconds. */
const pdfTimeout = 60_000
const queueTimeout = 30_000
const askTimeout = 5_000

/** Chromium without anything a page maker does not need; as root it has no sandbox of its own to start in. */
const switches = [
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--no-first-run',
]

const run = promisify(execFile)

async function launch(): Promise<Browser> {
  // Only who prints pays for loading it.
  const { chromium } = await import('playwright-core')
  const executablePath = findChromium() ?? chromium.executablePath()
  const root = process.getuid?.() === 0
  const start = (chromiumSandbox: boolean) =>
    chromium.launch({
      executablePath,
      args: switches,
      chromiumSandbox,
      handleSIGINT: false,
      handleSIGTERM: false,
    })
  try {
    // Some distributions forbid the sandbox to unknown programs. The pages are our own and run no script.
    return root ? await start(false) : await start(true).catch(() => start(false))
  } catch (error) {
    throw new PaperProblem('no-browser', error)
  }
}

/**
 * The same, but ended when the browser is: what was asked of a browser that is killed in the middle may never be answered,
 * and whoever waits in turn behind it would wait as long. Rejects after the time for a page too.
 */
async function toPdfOrGone(browser: Browser, paper: PaperPage): Promise<Uint8Array> {
  let end: (() => void) | undefined
  const gone = new Promise<never>((_, reject) => {
    const tell = () => reject(new PaperProblem('pdf'))
    const timer = setTimeout(tell, pdfTimeout)
    end = () => {
      clearTimeout(timer)
      browser.off('disconnected', tell)
    }
    browser.on('disconnected', tell)
    if (!browser.isConnected()) tell()
  })
  try {
    return await Promise.race([toPdf(browser, paper), gone])
  } finally {
    end?.()
  }
}

/** Answers of CUPS in English whatever the machine speaks. */
const command: Command = async (file, parameters) => {
  const timeout = file === 'lp' ? queueTimeout : askTimeout
  const { stdout } = await run(file, parameters, { timeout, env: { ...process.env, LC_ALL: 'C' } })
  return stdout
}

/** Windows prints by Electron alone; in a browser there the print dialog is the way. */
const onWindows = process.platform === 'win32'

export type Printing = Pick<Host, 'toPdf' | 'printers' | 'print' | 'jobs' | 'withdraw'> & {
  /** Ends Chromium; what is being made fails. */
  close(): Promise<void>
}

/** PDFs by the installed Chromium, printing by CUPS. Chromium starts with the first page and ends when idle. */
export function openBrowserPrinting(options: { keptWarm?: number } = {}): Printing {
  let starting: Promise<Browser> | null = null
  let idle: NodeJS.Timeout | undefined
  let busy = 0
  let closed = false

  function browser(): Promise<Browser> {
    if (!starting) {
      const started = (starting = launch())
      const forget = () => {
        if (starting === started) starting = null
      }
      // Killed from outside: the next page starts another.
      started.then((found) => found.on('disconnected', forget), forget)
    }
    return starting
  }

  async function end(): Promise<void> {
    clearTimeout(idle)
    const ending = starting
    starting = null
    await ending?.then((found) => found.close()).catch(() => {})
  }

  return {
    async toPdf(paper) {
      if (closed) throw new PaperProblem('pdf')
      clearTimeout(idle)
      busy += 1
      try {
        return await toPdfOrGone(await browser(), paper)
      } catch (error) {
        throw error instanceof PaperProblem ? error : new PaperProblem('pdf', error)
      } finally {
        busy -= 1
        if (busy === 0) idle = setTimeout(() => void end(), options.keptWarm ?? keptWarm).unref()
      }
    },
    printers: () => (onWindows ? Promise.resolve([]) : cupsPrinters(command)),
    async print(file, printer, copies, paper) {
      if (onWindows) throw new PaperProblem('no-printer')
      return cupsPrint(command, file, { printer, copies, paper })
    },
    jobs: () => (onWindows ? Promise.resolve(undefined) : cupsJobs(command)),
    withdraw: (spoolId) => cupsWithdraw(command, spoolId),
    async close() {
      closed = true
      await end()
    },
  }
}
