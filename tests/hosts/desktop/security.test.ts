import { EventEmitter } from 'node:events'
import type { App, BrowserWindowConstructorOptions, Session } from 'electron'
import { describe, expect, test, vi } from 'vitest'
import {
  deskScheme,
  guardContents,
  guardSession,
  mayDownload,
  mayFrame,
  mayNavigate,
  mayOpen,
  paperPreferences,
  windowPreferences,
} from '../../../electron/hosts/desktop/security.ts'

const strict = {
  sandbox: true,
  contextIsolation: true,
  webSecurity: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  spellcheck: false,
}

describe('a page in the window', () => {
  test('has exactly the strict preferences, and no preload', () => {
    expect(windowPreferences(false)).toEqual({ ...strict, devTools: false })
    expect(windowPreferences(true)).toEqual({ ...strict, devTools: true })
  })

  test('of a document runs no script and has a session of its own', () => {
    const paper = {} as Session
    expect(paperPreferences(paper, false)).toEqual({
      ...strict,
      devTools: false,
      javascript: false,
      session: paper,
    })
  })

  test('has an origin of its own and cannot get round the content security policy', () => {
    expect(deskScheme).toEqual({
      scheme: 'desk',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
    })
  })

  test.each([
    'https://example.org/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'desk://other/',
    'desk://counter.example.org/',
    'desk://counter@example.org/',
    'desk://counter/documents/abc',
    'desk://counter/people',
    'about:blank',
  ])('never goes to %s', (target) => {
    expect(mayNavigate(target, 'desk://counter/')).toBe(false)
  })

  test('may be loaded again, and nothing else', () => {
    expect(mayNavigate('desk://counter/', 'desk://counter/#/people')).toBe(true)
    expect(mayNavigate('desk://counter/people', 'desk://counter/people')).toBe(true)
    expect(mayNavigate('https://example.org/', 'https://example.org/')).toBe(false)
  })

  test('frames documents of the desk and the viewer around them', () => {
    expect(mayFrame('desk://counter/documents/3f2a')).toBe(true)
    expect(mayFrame('chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/index.html')).toBe(true)
    expect(mayFrame('desk://counter/')).toBe(false)
    expect(mayFrame('desk://counter/rpc/people/get')).toBe(false)
    expect(mayFrame('https://example.org/documents/')).toBe(false)
    expect(mayFrame('file:///home/')).toBe(false)
  })

  test.each([
    'desk://counter/',
    'desk://counter/second-screen/',
    'desk://counter/second-screen?x',
    'desk://counter/second-screen#pair=1',
    'desk://counter.example.org/second-screen',
    'desk://counter@example.org/second-screen',
    'https://example.org/second-screen',
    'file:///second-screen',
    'about:blank',
  ])('never opens a window on %s', (target) => {
    expect(mayOpen(target, 'desk://counter/enquiries/7')).toBe(false)
  })

  test("opens the second screen from the desk's own page, and from nowhere else", () => {
    const opens = (opener: string) => mayOpen('desk://counter/second-screen', opener)
    expect(opens('desk://counter/')).toBe(true)
    expect(opens('desk://counter/enquiries/7')).toBe(true)
    expect(opens('desk://counter/second-screen')).toBe(false)
    expect(opens('https://example.org/')).toBe(false)
    expect(opens('about:blank')).toBe(false)
    expect(opens('')).toBe(false)
  })

  test('downloads only what the desk made', () => {
    expect(mayDownload('desk://counter/documents/3f2a')).toBe(true)
    expect(mayDownload('blob:desk://counter/6b1c')).toBe(true)
    expect(mayDownload('https://example.org/setup.exe')).toBe(false)
    expect(mayDownload('file:///etc/passwd')).toBe(false)
    expect(mayDownload('desk://counter.example.org/x')).toBe(false)
  })
})

/** Keeps the handlers a setter was given, as Electron would. */
function handlers() {
  const kept: Record<string, (...details: unknown[]) => unknown> = {}
  const keep = (name: string) => (handler: (...details: unknown[]) => unknown) => void (kept[name] = handler)
  return { kept, keep }
}

describe('every page that Electron makes', () => {
  const { kept, keep } = handlers()
  const app = new EventEmitter()
  let standing: BrowserWindowConstructorOptions | null = null
  guardContents(app as App, () => standing)
  const contents = Object.assign(new EventEmitter(), {
    getURL: () => 'desk://counter/',
    setWindowOpenHandler: keep('open'),
  })
  app.emit('web-contents-created', {}, contents)

  const allowed = (event: string, details: object) => {
    let prevented = false
    contents.emit(event, { preventDefault: () => void (prevented = true), ...details })
    return !prevented
  }

  test('stays where it is', () => {
    expect(allowed('will-navigate', { url: 'https://example.org/', isMainFrame: true })).toBe(false)
    expect(allowed('will-navigate', { url: 'desk://counter/', isMainFrame: true })).toBe(true)
  })

  test('keeps its frames inside the desk', () => {
    expect(allowed('will-frame-navigate', { url: 'https://example.org/', isMainFrame: false })).toBe(false)
    expect(allowed('will-frame-navigate', { url: 'desk://counter/documents/1', isMainFrame: false })).toBe(
      true,
    )
  })

  test('gets no webview and opens no window', () => {
    standing = { title: '评价屏' }
    expect(allowed('will-attach-webview', {})).toBe(false)
    expect(kept['open']!({ url: 'desk://counter/' })).toEqual({ action: 'deny' })
    expect(kept['open']!({ url: 'https://example.org/' })).toEqual({ action: 'deny' })
  })

  test('opens the second screen as the host says it stands, and none while it stands', () => {
    const url = 'desk://counter/second-screen'
    standing = { title: '评价屏', webPreferences: windowPreferences(false) }
    expect(kept['open']!({ url, features: 'noopener,nodeIntegration=yes' })).toEqual({
      action: 'allow',
      outlivesOpener: true,
      overrideBrowserWindowOptions: standing,
    })
    standing = null
    expect(kept['open']!({ url })).toEqual({ action: 'deny' })
  })
})

describe('a session', () => {
  const { kept, keep } = handlers()
  const session = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: keep('request'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
    setDisplayMediaRequestHandler: keep('display'),
  })
  guardSession(session as unknown as Session)

  test.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'hid'])(
    'denies %s, asked or checked',
    (permission) => {
      const callback = vi.fn()
      kept['request']!({}, permission, callback)
      expect(callback).toHaveBeenCalledExactlyOnceWith(false)
      expect(kept['check']!({}, permission)).toBe(false)
    },
  )

  test('gives no device and no picture of the screen', () => {
    expect(kept['device']!({ deviceType: 'usb' })).toBe(false)
    const callback = vi.fn()
    kept['display']!({}, callback)
    expect(callback).toHaveBeenCalledExactlyOnceWith(null)
  })

  test('saves a document where the clerk says, and nothing from elsewhere', () => {
    const item = (url: string) => ({
      getURL: () => url,
      getFilename: () => '受理回执.pdf',
      setSaveDialogOptions: vi.fn(),
    })
    const document = item('desk://counter/documents/1')
    const preventDefault = vi.fn()
    session.emit('will-download', { preventDefault }, document)
    expect(preventDefault).not.toHaveBeenCalled()
    expect(document.setSaveDialogOptions).toHaveBeenCalledExactlyOnceWith({
      title: '保存文件',
      buttonLabel: '保存',
      defaultPath: '受理回执.pdf',
    })
    session.emit('will-download', { preventDefault }, item('https://example.org/setup.exe'))
    expect(preventDefault).toHaveBeenCalledOnce()
  })
})
