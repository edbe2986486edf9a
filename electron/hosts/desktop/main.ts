import { app, BrowserWindow, dialog, Menu, net, protocol, screen, session, shell } from 'electron'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openDesk, type Desk } from '../../desk.ts'
import { readHostOptions } from '../data-folder.ts'
import { fieldTemplate, menuTemplate } from './menu.ts'
import { sentenceFor } from './messages.ts'
import { createHost } from './printing.ts'
import { deskScheme, guardContents, guardSession } from './security.ts'
import { comesBack, displaysOf, focusWindow, openWindow, secondScreenOptions } from './window.ts'

const root = app.getAppPath()
const { folder, demo } = readHostOptions(process.argv.slice(1), { lenient: true })
/** What Chromium keeps for itself. Inside the data folder, so that one folder has one window. */
const profile = join(folder, 'window')
const devTools = !app.isPackaged
const icon = join(root, 'resources/icon.png')

let window: BrowserWindow | undefined
/** Faces the resident, who rates there. */
let second: BrowserWindow | undefined
let desk: Desk | undefined
let ending: Promise<void> | undefined

protocol.registerSchemesAsPrivileged([deskScheme])
app.enableSandbox()
app.commandLine.appendSwitch('lang', 'zh-CN')
guardContents(app, secondScreen)

try {
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  app.setPath('userData', profile)
  if (app.requestSingleInstanceLock()) start()
  else app.quit()
} catch (error) {
  giveUp(error)
}

function start(): void {
  app.on('second-instance', () => window && focusWindow(window))
  app.on('window-all-closed', () => app.quit())
  // After the windows are gone: what they still had to say has arrived, and nobody asks for more.
  app.on('will-quit', (event) => {
    event.preventDefault()
    void end()
  })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end())
  app.whenReady().then(open).catch(giveUp)
}

async function open(): Promise<void> {
  guardSession(session.defaultSession)
  const paper = session.fromPartition('paper', { cache: false })
  const contents = () => window?.webContents
  const host = createHost({ BrowserWindow, paper, shell, contents, platform: process.platform })
  const renderer = join(root, 'out/renderer')
  // Not `import.meta.url`: the bundler would take the worker for an asset of this file.
  const worker = pathToFileURL(join(root, 'out/main/worker.js'))
  desk = await openDesk({ folder, root, renderer, worker, host, demo })
  protocol.handle('desk', answering(desk, devTools ? process.env['ELECTRON_RENDERER_URL'] : undefined))

  const openFolder = () => void shell.openPath(folder)
  const print = () => window?.webContents.print({ printBackground: true, usePrinterDefaultPageSize: true })
  const menu = menuTemplate({ platform: process.platform, devTools, print, openFolder })
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu))

  const stateFile = join(profile, 'window.json')
  window = openWindow({ BrowserWindow, screen, stateFile, icon, devTools })
  window.webContents.on('context-menu', (_event, at) => {
    const items = fieldTemplate(at)
    if (items.length) Menu.buildFromTemplate(items).popup()
  })
  // Windows ends a session without asking the application to quit.
  window.on('session-end', () => void end())
  window.webContents.on('did-create-window', keepSecond)
  window.on('closed', () => {
    window = undefined
    second?.destroy()
  })
}

/** How the second screen is to stand; null when it stands already, or there is no desk to open it. */
function secondScreen() {
  second?.show()
  if (second || !window) return null
  const deskDisplay = screen.getDisplayMatching(window.getBounds())
  return secondScreenOptions({ displays: displaysOf(screen), deskDisplay, icon, devTools })
}

function keepSecond(opened: BrowserWindow): void {
  second = opened
  comesBack(opened)
  opened.on('closed', () => (second = undefined))
}

/** The desk itself; while developing, the renderer's files come from the development server. */
function answering(desk: Desk, server: string | undefined): Desk['fetch'] {
  return (request) => {
    const { pathname, search } = new URL(request.url)
    if (!server || /^\/(rpc\/|documents\/|files(\/|$))/.test(pathname)) return desk.fetch(request)
    return net.fetch(new URL(pathname + search, server).href)
  }
}

/** Ends once, however often it is asked to: requests finished, checkpoint, folder released. */
function end(): Promise<void> {
  ending ??= (desk?.close() ?? Promise.resolve()).then(
    () => app.exit(0),
    (error: unknown) => {
      console.error(error)
      app.exit(1)
    },
  )
  return ending
}

function giveUp(error: unknown): void {
  dialog.showErrorBox('一门式服务台没有打开', sentenceFor(error, folder))
  app.exit(1)
}
