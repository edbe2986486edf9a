import { readFileSync } from 'node:fs'
import type { Host } from '../../../electron/workbench/host.ts'

export type FakeHost = Host & {
  /** What was handed to a queue, whole. */
  sent: { content: string; printer: string; copies: number }[]
  opened: string[]
}

/** A host whose PDF is the page itself and whose only queue is called 前台. */
export function fakeHost(changed: Partial<Host> = {}): FakeHost {
  const sent: FakeHost['sent'] = []
  const opened: string[] = []
  return {
    name: 'browser',
    toPdf: (html) => Promise.resolve(new TextEncoder().encode(html)),
    printers: () => Promise.resolve([{ name: '前台', ready: true, isDefault: true }]),
    print: (file, printer, copies) => {
      sent.push({ content: readFileSync(file, 'utf8'), printer, copies })
      return Promise.resolve()
    },
    open: (path) => {
      opened.push(path)
      return Promise.resolve()
    },
    ...changed,
    sent,
    opened,
  }
}
