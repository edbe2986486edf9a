import type {
  App,
  BrowserWindowConstructorOptions,
  CustomScheme,
  DownloadItem,
  Event,
  Session,
  WebContents,
  WebPreferences,
} from 'electron'

/** Where the window finds the desk. */
export const origin = 'desk://counter'
export const home = `${origin}/`

/** A scheme with an origin of its own, so that the content security policy and storage mean something. */
export const deskScheme: CustomScheme = {
  scheme: 'desk',
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
}

/** Every window is as shut in as a page of the web; there is no preload and nothing to talk to but `fetch`. */
const shutIn = {
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
} satisfies WebPreferences

export const windowPreferences = (devTools: boolean): WebPreferences => ({ ...shutIn, devTools })

/** For windows nobody sees. Documents run no script; only the PDF viewer of the print queue needs it. */
export const paperPreferences = (paper: Session, javascript: boolean): WebPreferences => ({
  ...shutIn,
  devTools: false,
  javascript,
  session: paper,
})

const withoutFragment = (url: string) => url.replace(/#.*$/s, '')

/** A window never leaves its page; only loading the same page again is no navigation. */
export function mayNavigate(target: string, current: string): boolean {
  return target.startsWith(home) && withoutFragment(target) === withoutFragment(current)
}

/** The one other window there is: it faces the resident, who rates there. Only the desk's own page opens it. */
export function mayOpen(target: string, opener: string): boolean {
  return target === `${home}second-screen` && opener.startsWith(home) && !opener.startsWith(target)
}

/** What a frame inside the page may show: the desk's own documents, and the viewer Chromium puts around a PDF. */
export function mayFrame(target: string): boolean {
  return (
    target.startsWith(`${origin}/documents/`) ||
    target.startsWith('chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/') ||
    target === 'about:blank'
  )
}

/** Only what the desk itself made may be saved. */
export function mayDownload(url: string): boolean {
  return [home, `blob:${home}`, 'blob:chrome-extension://', 'data:'].some((start) => url.startsWith(start))
}

/**
 * Holds for every page and frame of the application, whoever opened it. `secondScreen` says how the second screen
 * stands, or null while it may not be opened.
 */
export function guardContents(app: App, secondScreen: () => BrowserWindowConstructorOptions | null): void {
  app.on('web-contents-created', (_created, contents: WebContents) => {
    contents.on('will-navigate', (event) => {
      if (!mayNavigate(event.url, contents.getURL())) event.preventDefault()
    })
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame && !mayFrame(event.url)) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      const options = mayOpen(url, contents.getURL()) ? secondScreen() : null
      if (!options) return { action: 'deny' }
      // The desk's page may be loaded again meanwhile; the window goes with the desk's own (main.ts).
      return { action: 'allow', outlivesOpener: true, overrideBrowserWindowOptions: options }
    })
  })
}

/** No camera, no place, no devices, nothing: a session that is asked for a permission says no. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null))
  session.on('will-download', (event: Event, item: DownloadItem) => {
    if (!mayDownload(item.getURL())) return event.preventDefault()
    item.setSaveDialogOptions({ title: '保存文件', buttonLabel: '保存', defaultPath: item.getFilename() })
  })
}
