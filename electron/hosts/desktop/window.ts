import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { BrowserWindow, BrowserWindowConstructorOptions, Display, Rectangle, Screen } from 'electron'
import { home, windowPreferences } from './security.ts'

export type WindowState = { bounds: Rectangle; maximized: boolean }

/** The smallest window in which every counter is usable. */
const least = { width: 1024, height: 680 }
const usual = { width: 1366, height: 860 }

/**
 * Where a window of the last session may stand today: whole on the screen it was mostly on, or in the middle of the
 * first screen when that one is gone. Screens are given by their work areas; the first is the main one.
 */
export function clampToScreens(bounds: Rectangle | null, screens: Rectangle[]): Rectangle {
  const main = screens[0] ?? { x: 0, y: 0, ...usual }
  const shared = (area: Rectangle) => (bounds ? overlap(bounds, area) : 0)
  const screen = screens.reduce((best, area) => (shared(area) > shared(best) ? area : best), main)
  const width = within(bounds?.width ?? usual.width, least.width, screen.width)
  const height = within(bounds?.height ?? usual.height, least.height, screen.height)
  if (!bounds || shared(screen) === 0) {
    const x = screen.x + Math.floor((screen.width - width) / 2)
    return { x, y: screen.y + Math.floor((screen.height - height) / 2), width, height }
  }
  const x = within(bounds.x, screen.x, screen.x + screen.width - width)
  const y = within(bounds.y, screen.y, screen.y + screen.height - height)
  return { x, y, width, height }
}

// The upper bound wins: a screen may be smaller than the smallest window.
const within = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high)

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.max(width, 0) * Math.max(height, 0)
}

/** The state kept from last time, or null when there is none that can be read. */
export function readState(file: string): WindowState | null {
  try {
    const { bounds, maximized } = JSON.parse(readFileSync(file, 'utf8')) as WindowState
    const { x, y, width, height } = bounds
    if (![x, y, width, height].every(Number.isSafeInteger) || width <= 0 || height <= 0) return null
    return { bounds: { x, y, width, height }, maximized: maximized === true }
  } catch {
    return null
  }
}

/** Keeps the state for next time. A window that cannot be remembered is no reason to stop anybody. */
export function keepState(file: string, state: WindowState): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(state))
    renameSync(`${file}.new`, file)
  } catch {
    // Next time the window opens where it usually does.
  }
}

type Needs = {
  BrowserWindow: new (options: BrowserWindowConstructorOptions) => BrowserWindow
  screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>
  stateFile: string
  icon: string
  devTools: boolean
}

/** All displays, the main one first. */
export function displaysOf(screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>): Display[] {
  const main = screen.getPrimaryDisplay()
  return [main, ...screen.getAllDisplays().filter((display) => display.id !== main.id)]
}

/** Opens the desk's window, where it stood last time. */
export function openWindow({ BrowserWindow, screen, stateFile, icon, devTools }: Needs): BrowserWindow {
  const state = readState(stateFile)
  const bounds = clampToScreens(
    state?.bounds ?? null,
    displaysOf(screen).map((display) => display.workArea),
  )
  const window = new BrowserWindow({
    ...bounds,
    minWidth: Math.min(least.width, bounds.width),
    minHeight: Math.min(least.height, bounds.height),
    show: false,
    title: '一门式服务台',
    backgroundColor: '#f6f3ef',
    icon,
    webPreferences: windowPreferences(devTools),
  })
  window.once('ready-to-show', () => {
    if (state?.maximized) window.maximize()
    window.show()
  })
  window.on('close', () => {
    keepState(stateFile, { bounds: window.getNormalBounds(), maximized: window.isMaximized() })
  })
  // What was typed is kept as a draft by the page itself.
  comesBack(window)
  void window.loadURL(home)
  return window
}

/** A page whose process has died is loaded again. */
export function comesBack({ webContents }: BrowserWindow): void {
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') webContents.reload()
  })
}

type SecondNeeds = Pick<Needs, 'icon' | 'devTools'> & {
  /** The first is the main one. */
  displays: Pick<Display, 'id' | 'bounds' | 'workArea'>[]
  /** Where the desk's own window stands. */
  deskDisplay: Pick<Display, 'id'>
}

/**
 * How the second screen stands: it fills a display that the desk's window is not on; while there is only one, it is a
 * window in its middle that can be moved.
 */
export function secondScreenOptions(needs: SecondNeeds): BrowserWindowConstructorOptions {
  const { displays, deskDisplay, icon, devTools } = needs
  const facing = displays.find(({ id }) => id !== deskDisplay.id)
  return {
    ...(facing?.bounds ??
      clampToScreens(
        null,
        displays.map(({ workArea }) => workArea),
      )),
    fullscreen: facing !== undefined,
    title: '评价屏',
    backgroundColor: '#f6f3ef',
    icon,
    webPreferences: windowPreferences(devTools),
  }
}

/** Brings the window to the front: somebody started the application a second time. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
