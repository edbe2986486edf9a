import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  PrinterInfo,
  Session,
  Shell,
  WebContents,
  WebContentsPrintOptions,
} from 'electron'
import type { PaperSize } from '../../contract/printers.ts'
import { selfContained } from '../../workbench/fonts.ts'
import { PaperProblem, type Host, type Printer } from '../../workbench/host.ts'
import { cupsDefault, cupsJobs, cupsPrint, cupsWithdraw, type Command } from '../cups.ts'
import { guardSession, paperPreferences } from './security.ts'

const run = promisify(execFile)

/** A document takes a second; a minute means that it will never come. */
const patience = 60_000

/** Documents carry all they need inside them, so nothing else may load. */
const paperPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"

type Needs = {
  BrowserWindow: new (options: BrowserWindowConstructorOptions) => BrowserWindow
  /** A session of its own, in memory: a document shares nothing with the desk's window. */
  paper: Session
  shell: Pick<Shell, 'openPath'>
  /** Any page; Electron asks the system for printers through one. */
  contents: () => WebContents | undefined
  platform: NodeJS.Platform
  command?: Command
  /** The viewer fetches a PDF after its own page has loaded and has no event for being ready. */
  viewerDelay?: number
}

const runCommand: Command = async (file, args) => {
  const { stdout } = await run(file, args, {
    timeout: 20_000,
    env: { ...process.env, LC_ALL: 'C' },
    windowsHide: true,
  })
  return stdout
}

/** What the desktop lends to the core. */
export function createHost({
  BrowserWindow,
  paper,
  shell,
  contents,
  platform,
  command = runCommand,
  viewerDelay = 1_500,
}: Needs): Host {
  const pages = new Map<string, Response>()
  let numbers = 0
  let last: Promise<unknown> = Promise.resolve()

  guardSession(paper)
  paper.protocol.handle('desk', (request) => {
    const page = pages.get(request.url)
    pages.delete(request.url)
    return page ?? new Response(null, { status: 404 })
  })

  /** Loads a page in a window nobody sees, does one thing with it, and closes it. One after the other. */
  function onPage<T>(
    page: Response,
    javascript: boolean,
    use: (contents: WebContents) => Promise<T>,
  ): Promise<T> {
    const work = async () => {
      const url = `desk://paper/${++numbers}`
      const window = new BrowserWindow({ show: false, webPreferences: paperPreferences(paper, javascript) })
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(new PaperProblem('unsure')), patience)
      })
      try {
        pages.set(url, page)
        return await Promise.race([window.loadURL(url).then(() => use(window.webContents)), late])
      } finally {
        clearTimeout(timer)
        pages.delete(url)
        window.destroy()
      }
    }
    const result = last.then(work)
    last = result.catch(() => {})
    return result
  }

  return {
    name: 'desktop',

    toPdf(page) {
      const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': paperPolicy }
      return onPage(new Response(selfContained(page), { headers }), false, (shown) =>
        shown.printToPDF({ preferCSSPageSize: true, printBackground: true }),
      ).catch((error: unknown) => Promise.reject(new PaperProblem('pdf', error)))
    },

    async printers() {
      const found = (await contents()?.getPrintersAsync()) ?? []
      const chosen = await defaultPrinter(platform, command).catch(() => null)
      return found.map((printer) => toPrinter(printer, chosen))
    },

    async print(file, printer, copies, size) {
      if (platform !== 'win32') return cupsPrint(command, file, { printer, copies, paper: size })
      const paperwork = new Response(await readFile(file), { headers: { 'content-type': 'application/pdf' } })
      try {
        await onPage(paperwork, true, (page) => printSilently(page, { printer, copies, size }, viewerDelay))
      } catch (error) {
        throw error instanceof PaperProblem ? error : new PaperProblem('queue', error)
      }
      // Windows does not tell what its queue calls it.
      return ''
    },

    jobs: () => (platform === 'win32' ? Promise.resolve(undefined) : cupsJobs(command)),

    withdraw: (spoolId) => cupsWithdraw(command, spoolId),

    async open(path) {
      const failure = await shell.openPath(path)
      if (failure) throw new Error(failure)
    },
  }
}

/** "Taken by the queue", not "on paper": the system does not tell more. The sheet keeps its size, and its own margins. */
async function printSilently(
  page: WebContents,
  { printer, copies, size }: { printer: string; copies: number; size: PaperSize | null },
  delay: number,
): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, delay))
  await new Promise<void>((resolve, reject) => {
    const sheet = size === null ? { usePrinterDefaultPageSize: true } : { pageSize: size }
    const options: WebContentsPrintOptions = {
      silent: true,
      deviceName: printer,
      copies,
      printBackground: true,
      margins: { marginType: 'none' },
      ...sheet,
    }
    page.print(options, (success, reason) => (success ? resolve() : reject(new Error(reason))))
  })
}

/** CUPS tells state 5 for a stopped queue; Windows tells nothing, so its printers count as ready. */
export function toPrinter(
  { name, options }: Pick<PrinterInfo, 'name' | 'options'>,
  chosen: string | null,
): Printer {
  const told = options as Record<string, string | undefined>
  const stopped = told['printer-state'] === '5' || told['printer-is-accepting-jobs'] === 'false'
  return { name, ready: !stopped, isDefault: name === chosen }
}

/** Electron no longer says which printer is the default one, so the system is asked. */
async function defaultPrinter(platform: NodeJS.Platform, command: Command): Promise<string | null> {
  if (platform !== 'win32') return cupsDefault(command)
  const key = 'HKCU\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Windows'
  const told = await command('reg', ['query', key, '/v', 'Device'])
  return /REG_SZ\s+(.+?),/.exec(told)?.[1] ?? null
}
