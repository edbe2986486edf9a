import { readFileSync } from 'node:fs'
import type { PaperSize } from '../../../electron/contract/printers.ts'
import type { Host, SpooledJob } from '../../../electron/workbench/host.ts'

export type FakeHost = Host & {
  /** What was handed to a queue, whole. */
  sent: { content: string; printer: string; copies: number; paper: PaperSize | null }[]
  opened: string[]
  /** What its spooler still has; a job that was taken waits until a test says otherwise. */
  spool: SpooledJob[]
}

/** A host whose PDF is the page itself and whose only queue is called 前台. */
export function fakeHost(changed: Partial<Host> = {}): FakeHost {
  const sent: FakeHost['sent'] = []
  const opened: string[] = []
  const spool: SpooledJob[] = []
  return {
    name: 'browser',
    toPdf: ({ html }) => Promise.resolve(new TextEncoder().encode(html)),
    printers: () => Promise.resolve([{ name: '前台', ready: true, isDefault: true }]),
    print: (file, printer, copies, paper) => {
      sent.push({ content: readFileSync(file, 'utf8'), printer, copies, paper })
      const id = `${printer}-${sent.length}`
      spool.push({ id, state: 'waiting' })
      return Promise.resolve(id)
    },
    jobs: () => Promise.resolve(spool),
    withdraw: (spoolId) => {
      const at = spool.findIndex(({ id }) => id === spoolId)
      if (at < 0) return Promise.reject(new Error('no such job'))
      spool[at] = { id: spoolId, state: 'over' }
      return Promise.resolve()
    },
    open: (path) => {
      opened.push(path)
      return Promise.resolve()
    },
    ...changed,
    sent,
    opened,
    spool,
  }
}
