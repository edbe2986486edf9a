import { act } from '../../workbench/act.ts'
import { api, by, operatorOf } from '../../workbench/api.ts'
import { fileNameOf, issueTicket } from '../../workbench/documents.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { documentFor, seenSql } from './access.ts'
import { namedByTitle, problemOf, writePaper } from './paper.ts'
import { asSeen, pendingJobs } from './print-jobs.ts'
import { printDocument } from './print.ts'
import { readPrinting, saveDefault, savePrinter } from './printers.ts'
import { confirmJob, readQueue, sendAgain } from './queue.ts'
import { printTestPage } from './test-page.ts'

export { recoverPrintJobs } from './print-jobs.ts'

/**
 * What leaves the counter is written down, whichever way it goes out. The subject is a word of its own: `document:ID`
 * would make the very screen that shows it load, and log, again.
 */
function recordExit(context: Context, action: string, id: number): void {
  act(context, { action, subject: `document-copy:${id}` }, () => {})
}

export const documents = api.documents.router({
  show: api.documents.show.handler(({ input: { id }, context }) => {
    const { kind, title } = documentFor(context, id)
    recordExit(context, 'document.show', id)
    const path = (form: 'html' | 'pdf') => issueTicket(context.desk, id, form)
    return { kind, title, fileName: fileNameOf(title), html: path('html'), pdf: path('pdf') }
  }),

  open: api.documents.open.handler(async ({ input: { id }, context }) => {
    documentFor(context, id)
    const file = await writePaper(context.desk, id, namedByTitle)
    recordExit(context, 'document.open', id)
    try {
      await context.desk.host.open(file)
    } catch (error) {
      fail('PRINTER', { problem: problemOf(error, 'open') })
    }
    return {}
  }),

  print: api.documents.print.handler(({ input, context }) => {
    documentFor(context, input.id)
    return printDocument(context, input.id, input.printer, input.copies)
  }),

  confirm: api.documents.confirm.handler(by(confirmJob)),

  pending: api.documents.pending.handler(({ context }) =>
    pendingJobs(context.desk.db, seenSql(operatorOf(context).role)).map((job) => asSeen(context.desk, job)),
  ),

  printers: api.documents.printers.handler(({ context }) => readPrinting(context.desk)),

  saveDefault: api.documents.saveDefault.handler(by(saveDefault)),

  savePrinter: api.documents.savePrinter.handler(by(savePrinter)),

  testPage: api.documents.testPage.handler(by(printTestPage)),

  queue: api.documents.queue.handler(by(readQueue)),

  sendAgain: api.documents.sendAgain.handler(by(sendAgain)),
})
