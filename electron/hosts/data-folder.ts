import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** What both hosts and the start command are told on the command line. */
export type HostOptions = {
  /** Skip the desktop window. */
  browser: boolean
  /** The data folder, absolute. */
  folder: string
  /** Port of the browser host; 0 = any, null = the usual one, or any while that is taken. */
  port: number | null
  /** Whether the browser host opens the user's browser. */
  open: boolean
  demo: boolean
}

/** A command line that cannot be followed; the message is one sentence for whoever typed it. */
export class BadArguments extends Error {}

const known = '--browser, --data DIR, --port N, --no-open, --demo'

const options = {
  browser: { type: 'boolean', default: false },
  data: { type: 'string' },
  port: { type: 'string' },
  open: { type: 'boolean', default: true },
  demo: { type: 'boolean', default: false },
} as const

/**
 * Where the data lies when nobody says otherwise: the place the system gives to an application's own data, the same
 * for both hosts, so that a desk opened in a window today can be opened in the browser tomorrow.
 */
export function defaultDataFolder(
  demo: boolean,
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  const name = demo ? 'one-stop-counter-demo' : 'one-stop-counter'
  if (platform === 'win32') return join(env['APPDATA'] || join(home, 'AppData', 'Roaming'), name)
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', name)
  return join(env['XDG_CONFIG_HOME'] || join(home, '.config'), name)
}

/**
 * Reads a host's arguments. `lenient` passes over what it does not know: Electron's own switches stand on the same
 * command line. Throws `BadArguments`.
 */
export function readHostOptions(args: string[], { lenient = false } = {}): HostOptions {
  let values
  try {
    values = parseArgs({
      args,
      options,
      allowNegative: true,
      strict: !lenient,
      allowPositionals: lenient,
    }).values
  } catch (error) {
    throw new BadArguments(sentenceFor(error))
  }
  const { data, port } = values
  if (data === '' || typeof data === 'boolean') throw new BadArguments('--data needs the path of a folder.')
  if (
    typeof port === 'boolean' ||
    (port !== undefined && (!/^\d{1,5}$/.test(port) || Number(port) > 65_535))
  ) {
    throw new BadArguments('--port needs a number from 0 (any free port) to 65535.')
  }
  const demo = values.demo === true
  return {
    browser: values.browser === true,
    folder: data === undefined ? defaultDataFolder(demo) : resolve(data),
    port: port === undefined ? null : Number(port),
    open: values.open !== false,
    demo,
  }
}

function sentenceFor(error: unknown): string {
  const text = (error as Error).message
  const argument = /'([^']*)'/.exec(text)?.[1] ?? ''
  const code = (error as { code?: string }).code
  const unknown = code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' || code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL'
  return unknown
    ? `Unknown argument "${argument}"; known are ${known}.`
    : `${text.split('\n')[0]}; known are ${known}.`
}
