/*
 * Prints one document on a queue as the desk does, in a process of its own that DIE_AT kills at its nth step. A mark is a
 * step of the file system between two states of the job. Arguments: data folder, document, queue.
 */
import './die-at-step.ts'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { printDocument } from '../../electron/counters/documents/print.ts'
import { openDatabase } from '../../electron/database/open.ts'
import { openBrowserPrinting } from '../../electron/hosts/browser/printing.ts'

const [folder, documentId, queue] = process.argv.slice(2)
const printing = openBrowserPrinting()
const mark = () => closeSync(openSync(join(folder!, 'mark'), 'a'))

const desk = {
  db: openDatabase(join(folder!, 'desk.sqlite3')),
  clock: () => new Date(),
  uptime: () => performance.now(),
  auditKey: Buffer.alloc(32, 7),
  publish: () => {},
  folder: folder!,
  root: fileURLToPath(new URL('../../', import.meta.url)),
  host: {
    ...printing,
    name: 'browser' as const,
    async toPdf() {
      mark()
      return Promise.resolve(readFileSync(join(folder!, 'sheet')))
    },
    async printers() {
      mark()
      return printing.printers()
    },
    async print(...how: Parameters<typeof printing.print>) {
      mark()
      const taken = await printing.print(...how)
      mark()
      return taken
    },
    open: () => Promise.resolve(),
  },
}
const operator = { id: 1, name: '', role: 'manager' as const }
const context = { desk, operator, deviceId: null }
// Where the walk begins: what a start does before it has nothing to do with paper.
console.log('begins')
await printDocument(context, Number(documentId), queue!, 1)
mark()
