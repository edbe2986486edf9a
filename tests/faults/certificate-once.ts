import { randomUUID } from 'node:crypto'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { keyOf, openFolder, root } from '../database/data-folder.ts'
import { readBatch, startBatch } from '../../electron/counters/certificates/batches.ts'
import { issueCertificate } from '../../electron/counters/certificates/issue.ts'
import { reprintCertificate } from '../../electron/counters/certificates/reprint.ts'
import type { Host } from '../../electron/workbench/host.ts'
import type { Context, Workbench } from '../../electron/workbench/workbench.ts'
import { pdfOf } from '../counters/certificates/pdf-of.ts'

// Issues one certificate and sends it to a printer (or reprints one, or works on a batch) in a folder that is ready for it:
// any of its steps can be its last. What reached the printer stands in `<folder>.sent`, a line each.
const [folder, what, ticket] = process.argv.slice(2) as [string, 'issue' | 'reprint' | 'batch', string]
const db = openFolder(folder)
await import('./die-at-step.ts')

/** A step of its own: killed here, what comes after did not happen. */
const step = () => rmSync(`${folder}/nothing`, { force: true })

const host: Host = {
  name: 'browser',
  toPdf: ({ html }) => {
    step()
    const pdf = pdfOf(html)
    step()
    return Promise.resolve(pdf)
  },
  printers: () => Promise.resolve([{ name: 'front', ready: true, isDefault: true }]),
  print: () => {
    const sent = openSync(`${folder}.sent`, 'a')
    writeSync(sent, 'sent\n')
    closeSync(sent)
    step()
    return Promise.resolve('front-1')
  },
  jobs: () => Promise.resolve([]),
  withdraw: () => Promise.resolve(),
  open: () => Promise.resolve(),
}
/** What writes a row asks what time it is: steps inside the act. */
const clock = () => {
  step()
  return new Date('2026-11-23T01:41:00.000Z')
}
const desk: Workbench = {
  db,
  folder,
  root,
  host,
  clock,
  uptime: () => performance.now(),
  auditKey: keyOf(db),
  publish: () => {},
}
const context: Context = { desk, operator: { id: 2, name: '前台', role: 'clerk' }, deviceId: null }
const wanted = {
  kind: 'record',
  from: '2026-01-01',
  to: '2026-11-22',
  layout: 'list',
  purpose: '应聘',
  words: '',
  seal: false,
} as const
const print = { printer: 'front', copies: 1 }

if (what === 'issue') {
  const order = {
    ticket,
    wanted: { ...wanted, volunteerId: 1, personId: null },
    requestId: null,
    replacesId: null,
  }
  await issueCertificate(context, { ...order, print })
} else if (what === 'reprint') {
  await reprintCertificate(context, { id: 1, ticket, reason: '纸张破损', print })
} else {
  const batch = {
    ticket: ticket || randomUUID(),
    title: '批量',
    of: { what: 'volunteers' as const, ids: [1, 2, 3] },
  }
  const { id } = startBatch(context, { ...batch, wanted })
  while (readBatch(context, id).state === 'running') await new Promise((resolve) => setTimeout(resolve, 1))
}
db.close()
