import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type * as LockModule from '../../../electron/database/lock.ts'
import type * as RefusalModule from '../../../electron/database/refusal.ts'
import type { DeskOptions } from '../../../electron/desk.ts'

/** What the host did, in order. */
let done: string[]
let root: string
let fake: ReturnType<typeof fakeElectron>
let openDesk: (options: DeskOptions) => Promise<{ fetch: () => void; close: () => Promise<void> }>
const before = process.argv
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

vi.mock(
  'electron',
  () => new Proxy({}, { get: (_, name) => fake[name as keyof typeof fake], has: () => true }),
)
vi.mock('../../../electron/desk.ts', () => ({ openDesk: (options: DeskOptions) => openDesk(options) }))

/** A page of the desk, and how Electron asks what it may open. */
function fakeContents(call: (name: string) => () => void) {
  let handler: (details: { url: string }) => { action: string } = () => ({ action: 'deny' })
  return Object.assign(new EventEmitter(), {
    reload: call('reload'),
    print: call('print'),
    getURL: () => 'desk://counter/enquiries',
    setWindowOpenHandler: (given: typeof handler) => void (handler = given),
    open: (url: string) => handler({ url }).action,
  })
}

/** The calls of Electron that main.ts makes, as far as their order and number matter. */
function fakeElectron(firstInstance: boolean) {
  const paths: Record<string, string> = {}
  const windows: (EventEmitter & { webContents: ReturnType<typeof fakeContents> })[] = []
  const ready = Promise.withResolvers<void>()
  const session = () =>
    Object.assign(new EventEmitter(), {
      setPermissionRequestHandler() {},
      setPermissionCheckHandler() {},
      setDevicePermissionHandler() {},
      setDisplayMediaRequestHandler() {},
      protocol: { handle() {} },
    })
  const area = { x: 0, y: 0, width: 1920, height: 1040 }
  function BrowserWindow() {
    const call = (name: string) => () => void done.push(name)
    const contents = fakeContents(call)
    const window = Object.assign(new EventEmitter(), {
      webContents: contents,
      getBounds: () => area,
      destroy: call('destroy'),
      loadURL: async (url: string) => void done.push(`load ${url}`),
      isMinimized: () => true,
      restore: call('restore'),
      show: call('show'),
      focus: call('focus'),
    })
    windows.push(window)
    return window
  }
  return {
    paths,
    windows,
    ready,
    app: Object.assign(new EventEmitter(), {
      isPackaged: true,
      commandLine: { appendSwitch() {} },
      getAppPath: () => root,
      setPath: (name: string, path: string) => void (paths[name] = path),
      enableSandbox: () => void done.push('sandbox'),
      requestSingleInstanceLock: () => firstInstance,
      whenReady: () => ready.promise.then(() => void done.push('ready')),
      quit: () => void done.push('quit'),
      exit: (code: number) => void done.push(`exit ${code}`),
    }),
    BrowserWindow,
    dialog: { showErrorBox: (title: string, text: string) => void done.push(`${title}: ${text}`) },
    Menu: { buildFromTemplate: () => ({ popup() {} }), setApplicationMenu() {} },
    net: {},
    protocol: {
      registerSchemesAsPrivileged: ([{ scheme }]: [{ scheme: string }]) =>
        void done.push(`register ${scheme}`),
      handle: (scheme: string) => void done.push(`handle ${scheme}`),
    },
    screen: {
      getPrimaryDisplay: () => ({ id: 1, workArea: area }),
      getAllDisplays: () => [{ id: 1, workArea: area }],
      getDisplayMatching: () => ({ id: 1 }),
    },
    session: { defaultSession: session(), fromPartition: session },
    shell: {},
  }
}

async function startHost({ firstInstance = true } = {}): Promise<void> {
  fake = fakeElectron(firstInstance)
  vi.resetModules()
  await import('../../../electron/hosts/desktop/main.ts')
  fake.ready.resolve()
}

const until = (line: string) => vi.waitFor(() => expect(done.join('\n')).toContain(line))

beforeEach(() => {
  done = []
  root = mkdtempSync(join(tmpdir(), 'desktop-'))
  process.argv = ['electron', '.', '--no-sandbox', '--data', join(root, 'data'), '--demo']
  openDesk = async () => {
    done.push('open desk')
    return {
      fetch() {},
      close: async () => void done.push('close desk'),
    }
  }
})

afterEach(() => {
  process.argv = before
  for (const signal of signals) process.removeAllListeners(signal)
  rmSync(root, { recursive: true, force: true })
})

describe('starting', () => {
  test('registers the scheme and turns on the sandbox before Electron is ready, and the desk before the window', async () => {
    await startHost()
    await until('load')
    expect(done).toEqual([
      'register desk',
      'sandbox',
      'ready',
      'open desk',
      'handle desk',
      'load desk://counter/',
    ])
  })

  test("opens the folder it was told, with Chromium's own files in one place inside it", async () => {
    let told: DeskOptions | undefined
    const usual = openDesk
    openDesk = (options) => usual((told = options))
    await startHost()
    await until('load')
    expect(told).toMatchObject({
      folder: resolve(root, 'data'),
      root,
      renderer: join(root, 'out/renderer'),
      demo: true,
    })
    expect(told!.host.name).toBe('desktop')
    expect(told!.pairing).toBeUndefined()
    expect(fake.paths).toEqual({ userData: join(root, 'data/window') })
  })

  test('a second time leaves without opening anything', async () => {
    await startHost({ firstInstance: false })
    expect(done).toEqual(['register desk', 'sandbox', 'quit'])
  })

  test('a second time elsewhere brings the window to the front', async () => {
    await startHost()
    await until('load')
    done = []
    fake.app.emit('second-instance')
    expect(done).toEqual(['restore', 'show', 'focus'])
  })
})

describe('the second screen', () => {
  const url = 'desk://counter/second-screen'

  async function openDeskWindow() {
    await startHost()
    await until('load')
    const [desk] = fake.windows
    fake.app.emit('web-contents-created', {}, desk!.webContents)
    return desk!
  }
  /** What Electron does after the page was allowed to open it. */
  function opened(desk: (typeof fake.windows)[number]) {
    fake.BrowserWindow()
    const second = fake.windows.at(-1)!
    desk.webContents.emit('did-create-window', second, {})
    return second
  }

  test('opens once; asked again it only comes to the front', async () => {
    const desk = await openDeskWindow()
    expect(desk.webContents.open(url)).toBe('allow')
    const second = opened(desk)
    done = []
    expect(desk.webContents.open(url)).toBe('deny')
    expect(done).toEqual(['show'])
    second.emit('closed')
    expect(desk.webContents.open(url)).toBe('allow')
  })

  test("goes with the desk's window", async () => {
    const desk = await openDeskWindow()
    opened(desk)
    done = []
    desk.emit('closed')
    expect(done).toEqual(['destroy'])
    expect(desk.webContents.open(url)).toBe('deny')
  })

  test('is loaded again when its page dies', async () => {
    const second = opened(await openDeskWindow())
    done = []
    second.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    second.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' })
    expect(done).toEqual(['reload'])
  })
})

describe('when the folder cannot be opened', () => {
  const trouble = async (failure: (lock: typeof LockModule, refusal: typeof RefusalModule) => Error) => {
    openDesk = async () => {
      // The host's own copies of the error types: every test loads it anew.
      throw failure(
        await import('../../../electron/database/lock.ts'),
        await import('../../../electron/database/refusal.ts'),
      )
    }
    await startHost()
    await until('exit 1')
    return done.at(-2)
  }

  test('says who holds it and ends', async () => {
    const holder = { host: 'browser', pid: 4711, startedAt: '2026-03-01T01:05:00.000Z' }
    const text = await trouble(({ FolderHeld }) => new FolderHeld('/desk', holder))
    expect(text).toContain('浏览器版服务台（进程 4711，2026年3月1日 09:05 打开）')
    expect(text).toContain(join(root, 'data'))
    expect(fake.windows).toEqual([])
  })

  test('says so when nobody knows who holds it', async () => {
    expect(await trouble(({ FolderHeld }) => new FolderHeld('/desk', null))).toContain('正由另一个程序使用')
  })

  test.each<[RefusalModule.RefusalKind, string]>([
    ['network', '请换一个本机文件夹'],
    ['read-only', '什么都没有改动'],
    ['unwritable', '什么都没有改动'],
  ])('says what to do when it is refused: %s', async (kind, words) => {
    expect(await trouble((_lock, { Refusal }) => new Refusal(kind, '/desk', 'why'))).toContain(words)
  })

  test('passes on what nobody foresaw', async () => {
    expect(await trouble(() => new Error('something new'))).toContain('something new')
  })
})

describe('ending', () => {
  const quit = () => {
    let prevented = 0
    fake.app.emit('will-quit', { preventDefault: () => void prevented++ })
    return prevented
  }

  test('goes with the last window', async () => {
    await startHost()
    await until('load')
    fake.app.emit('window-all-closed')
    expect(done.at(-1)).toBe('quit')
  })

  test('waits until the desk is closed, once, however often it is asked', async () => {
    const closed = Promise.withResolvers<void>()
    openDesk = async () => ({
      fetch() {},
      close() {
        done.push('close desk')
        return closed.promise
      },
    })
    await startHost()
    await until('load')
    done = []
    expect(quit()).toBe(1)
    expect(quit()).toBe(1)
    process.emit('SIGTERM')
    expect(done).toEqual(['close desk'])
    closed.resolve()
    await until('exit 0')
    expect(done).toEqual(['close desk', 'exit 0'])
  })

  test.each(signals)('is the same on %s', async (signal) => {
    await startHost()
    await until('load')
    done = []
    process.emit(signal)
    await until('exit 0')
    expect(done).toEqual(['close desk', 'exit 0'])
  })

  test('closes the desk when Windows ends the session', async () => {
    await startHost()
    await until('load')
    done = []
    fake.windows[0]!.emit('session-end')
    await until('exit 0')
    expect(done).toEqual(['close desk', 'exit 0'])
  })

  test('before the desk is open just ends', async () => {
    await startHost()
    quit()
    await until('exit 0')
    expect(done).not.toContain('close desk')
  })

  test('tells when the desk could not be closed well', async () => {
    const silent = vi.spyOn(console, 'error').mockImplementation(() => {})
    openDesk = async () => ({ fetch() {}, close: () => Promise.reject(new Error('disk full')) })
    await startHost()
    await until('load')
    quit()
    await until('exit 1')
    expect(silent).toHaveBeenCalledOnce()
  })
})
