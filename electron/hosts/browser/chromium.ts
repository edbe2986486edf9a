import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
]

function usualPlaces(): string[] {
  const { PROGRAMFILES, LOCALAPPDATA, 'PROGRAMFILES(X86)': programs32 } = process.env
  if (process.platform === 'win32') {
    return [PROGRAMFILES, programs32, LOCALAPPDATA].flatMap((base) =>
      base
        ? [
            join(base, 'Google/Chrome/Application/chrome.exe'),
            join(base, 'Microsoft/Edge/Application/msedge.exe'),
            join(base, 'Chromium/Application/chrome.exe'),
          ]
        : [],
    )
  }
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Microsoft Edge', 'Chromium'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    )
  }
  return [
    '/usr/bin/chromium',
    '/snap/bin/chromium',
    '/opt/google/chrome/chrome',
    '/opt/microsoft/msedge/msedge',
  ]
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * The browser of this machine that makes PDFs (and runs the tests): CHROME_PATH, then chromium, chrome or edge on the
 * PATH, then where they usually are installed. Null when there is none.
 */
export function findChromium(): string | null {
  const wished = process.env.CHROME_PATH
  if (wished && runs(wished)) return wished
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => commands.map((command) => join(folder, command)))
    .sort((one, other) => order(one) - order(other))
  return [...onPath, ...usualPlaces()].find(runs) ?? null
}

/** Chromium before Chrome before Edge, wherever on the PATH they are. */
const order = (path: string) => commands.findIndex((command) => path.endsWith(command))
