import type { BrowserWindow, BrowserWindowConstructorOptions, PrinterInfo, Session } from 'electron'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHost, toPrinter } from '../../../electron/hosts/desktop/printing.ts'
import { paperPreferences } from '../../../electron/hosts/desktop/security.ts'

type Options = { platform?: NodeJS.Platform; fails?: string; told?: Record<string, string> }

/** The few calls of Electron that printing makes; what a page loads comes from its session's protocol, as there. */
function fakeElectron({ platform = 'linux', fails, told = {} }: Options = {}) {
  const opened: BrowserWindowConstructorOptions[] = []
  const loaded: Response[] = []
  const prints: Electron.WebContentsPrintOptions[] = []
  const commands: string[][] = []
  let open = 0
  let most = 0
  let answer: (request: { url: string }) => Response | Promise<Response> = () => Response.error()

  const paper = {
    protocol: { handle: (_scheme: string, handler: typeof answer) => void (answer = handler) },
    setPermissionRequestHandler() {},
    setPermissionCheckHandler() {},
    setDevicePermissionHandler() {},
    setDisplayMediaRequestHandler() {},
    on() {},
  } as unknown as Session

  function Window(options: BrowserWindowConstructorOptions) {
    opened.push(options)
    most = Math.max(most, ++open)
    return {
      async loadURL(url: string) {
        if (fails === 'load') throw new Error('ERR_FAILED')
        loaded.push(await answer({ url }))
        expect((await answer({ url })).status).toBe(404)
      },
      destroy: () => void open--,
      webContents: {
        printToPDF: async (how: object) => {
          expect(how).toEqual({ preferCSSPageSize: true, printBackground: true })
          return Buffer.from('%PDF-1.7')
        },
        print(how: Electron.WebContentsPrintOptions, done: (success: boolean, reason: string) => void) {
          prints.push(how)
          done(fails !== 'print', fails === 'print' ? 'Print job failed' : '')
        },
      },
    }
  }

  const names = ['前台', '办公室']
  const host = createHost({
    BrowserWindow: Window as unknown as new (options: BrowserWindowConstructorOptions) => BrowserWindow,
    paper,
    shell: { openPath: async (path) => (path === '/gone' ? 'Failed to open path' : '') },
    contents: () =>
      ({
        getPrintersAsync: async () => names.map((name) => ({ name, options: {} })),
      }) as unknown as Electron.WebContents,
    platform,
    viewerDelay: 0,
    command: async (file, args) => {
      commands.push([file, ...args])
      if (fails === 'time') throw Object.assign(new Error('timed out'), { killed: true, signal: 'SIGTERM' })
      if (fails === 'command') throw new Error(`${file}: no such destination`)
      return told[file] ?? ''
    },
  })
  return { host, paper, opened, loaded, prints, commands, open: () => open, most: () => most }
}

const page = (html: string) => ({ html, fonts: [] })

describe('a document', () => {
  test('becomes a PDF in a hidden, shut-in window with its own session and scripts off', async () => {
    const { host, opened, paper, loaded, open } = fakeElectron()
    const pdf = await host.toPdf(page('<h1>受理回执</h1>'))
    expect(Buffer.from(pdf).toString()).toBe('%PDF-1.7')
    expect(opened).toEqual([{ show: false, webPreferences: paperPreferences(paper, false) }])
    expect(await loaded[0]!.text()).toBe('<h1>受理回执</h1>')
    expect(open()).toBe(0)
  })

  test('may load nothing but what it carries', async () => {
    const { host, loaded } = fakeElectron()
    await host.toPdf(page(''))
    expect(loaded[0]!.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:",
    )
  })

  test('waits for the one before it', async () => {
    const { host, opened, most } = fakeElectron()
    await Promise.all(['1', '2', '3'].map((html) => host.toPdf(page(html))))
    expect(opened).toHaveLength(3)
    expect(most()).toBe(1)
  })

  test('that cannot be loaded is an error, leaves no window, and holds up nobody', async () => {
    const { host, open } = fakeElectron({ fails: 'load' })
    await expect(host.toPdf(page('1'))).rejects.toMatchObject({ problem: 'pdf' })
    await expect(host.toPdf(page('2'))).rejects.toMatchObject({ problem: 'pdf' })
    expect(open()).toBe(0)
  })
})

describe('printers', () => {
  const info = (options: object) => ({ name: '前台', options }) as Pick<PrinterInfo, 'name' | 'options'>

  test('are ready unless the system says otherwise', () => {
    expect(toPrinter(info({}), null)).toEqual({ name: '前台', ready: true, isDefault: false })
    expect(toPrinter(info({ 'printer-state': '3' }), '前台')).toEqual({
      name: '前台',
      ready: true,
      isDefault: true,
    })
    expect(toPrinter(info({ 'printer-state': '5' }), null).ready).toBe(false)
    expect(toPrinter(info({ 'printer-is-accepting-jobs': 'false' }), null).ready).toBe(false)
  })

  const device = '\r\nHKEY_CURRENT_USER\\…\\Windows\r\n    Device    REG_SZ    办公室,winspool,Ne00:\r\n\r\n'
  test.each<[NodeJS.Platform, Record<string, string>]>([
    ['linux', { lpstat: 'system default destination: 办公室\n' }],
    ['win32', { reg: device }],
  ])('name the default one on %s', async (platform, told) => {
    const { host } = fakeElectron({ platform, told })
    expect(await host.printers()).toEqual([
      { name: '前台', ready: true, isDefault: false },
      { name: '办公室', ready: true, isDefault: true },
    ])
  })

  test('are listed even when no default one can be found', async () => {
    const { host } = fakeElectron({ fails: 'command' })
    expect((await host.printers()).map(({ isDefault }) => isDefault)).toEqual([false, false])
  })
})

describe('sending a file to a queue', () => {
  let folder: string
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'print-'))))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('hands it to the spooler on Linux and macOS', async () => {
    const { host, commands } = fakeElectron({ told: { lp: 'request id is 前台-7 (1 file(s))\n' } })
    expect(await host.print('/desk/回执.pdf', '前台', 2, 'A5')).toBe('前台-7')
    expect(commands).toEqual([
      ['lp', '-d', '前台', '-n', '2', '-o', 'media=A5', '-o', 'print-scaling=none', '--', '/desk/回执.pdf'],
    ])
  })

  test('is an error when the spooler does not take it', async () => {
    const { host } = fakeElectron({ fails: 'command' })
    await expect(host.print('/desk/回执.pdf', '前台', 1, null)).rejects.toMatchObject({ problem: 'queue' })
  })

  test('is uncertain when the spooler did not answer in time', async () => {
    const { host } = fakeElectron({ fails: 'time' })
    await expect(host.print('/desk/回执.pdf', '前台', 1, null)).rejects.toMatchObject({ problem: 'unsure' })
  })

  test('prints the PDF silently on Windows', async () => {
    const file = join(folder, '回执.pdf')
    writeFileSync(file, '%PDF-1.7')
    const { host, prints, loaded, open } = fakeElectron({ platform: 'win32' })
    expect(await host.print(file, '前台', 2, 'A4')).toBe('')
    expect(prints).toEqual([
      {
        silent: true,
        deviceName: '前台',
        copies: 2,
        printBackground: true,
        margins: { marginType: 'none' },
        pageSize: 'A4',
      },
    ])
    expect(loaded[0]!.headers.get('content-type')).toBe('application/pdf')
    expect(open()).toBe(0)
  })

  test('leaves the paper to the printer when the sheet has a size of its own', async () => {
    const file = join(folder, '回执.pdf')
    writeFileSync(file, '%PDF-1.7')
    const { host, prints } = fakeElectron({ platform: 'win32' })
    await host.print(file, '前台', 1, null)
    expect(prints).toMatchObject([{ usePrinterDefaultPageSize: true }])
    expect(prints[0]).not.toHaveProperty('pageSize')
  })

  test('is an error when Windows does not take it', async () => {
    const file = join(folder, '回执.pdf')
    writeFileSync(file, '%PDF-1.7')
    const { host } = fakeElectron({ platform: 'win32', fails: 'print' })
    await expect(host.print(file, '前台', 1, null)).rejects.toMatchObject({ problem: 'queue' })
  })
})

describe('the spooler', () => {
  test('on Windows has nothing to ask: its jobs are looked at on paper', async () => {
    expect(await fakeElectron({ platform: 'win32' }).host.jobs()).toBeUndefined()
  })

  test('on Linux and macOS tells its jobs, and gives one back', async () => {
    const { host, commands } = fakeElectron({
      told: { lpstat: '%E5%89%8D%E5%8F%B0-7   root   1024   Wed Nov 25\n\tAlerts: none\n' },
    })
    expect(await host.jobs()).toContainEqual({ id: '前台-7', state: 'waiting' })
    await host.withdraw('前台-7')
    expect(commands.at(-1)).toEqual(['cancel', '前台-7'])
  })

  test('that does not answer is told from one without jobs', async () => {
    expect(await fakeElectron({ fails: 'command' }).host.jobs()).toBeNull()
    expect(await fakeElectron().host.jobs()).toEqual([])
  })

  test('is never asked for what is no job of it', async () => {
    const { host, commands } = fakeElectron()
    for (const name of ['-a', '-u root', '', '前台', 'a b-1'])
      await expect(host.withdraw(name)).rejects.toThrow()
    expect(commands).toEqual([])
  })
})

test('a file that the system cannot open is an error', async () => {
  const { host } = fakeElectron()
  await expect(host.open('/gone')).rejects.toThrow('Failed to open path')
  await expect(host.open('/desk')).resolves.toBeUndefined()
})
