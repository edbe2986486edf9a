/**
 * The browser host with a clock that a test holds: it stands where the file `clock` beside the data folder says, an ISO
 * instant. For walks through weekends and 调休, which no real clock waits for.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openBrowserPrinting } from '../../electron/hosts/browser/printing.ts'
import { serve } from '../../electron/hosts/browser/serve.ts'
import { openDesk } from '../../electron/desk.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    port: { type: 'string', default: '0' },
    'no-open': { type: 'boolean' },
  },
})
const folder = values.data!
const at = (path: string) => new URL(`../../${path}`, import.meta.url)
const code = 'clocked-desk-code'
const printing = openBrowserPrinting()
const desk = await openDesk({
  folder,
  root: fileURLToPath(at('.')),
  renderer: fileURLToPath(at('out/renderer')),
  worker: at('electron/database/worker.ts'),
  host: { name: 'browser', ...printing, open: () => Promise.resolve() },
  pairing: { code },
  clock: () => new Date(readFileSync(`${folder}.clock`, 'utf8')),
})
const served = await serve(desk.fetch, Number(values.port))
console.log(`desk ready: ${served.origin}/#pair=${code}`)

process.on('SIGTERM', () => {
  const stopped = served.close()
  void desk
    .close()
    .then(() => served.server.closeAllConnections())
    .then(() => stopped)
    .then(() => printing.close())
    .then(() => process.exit(0))
})
