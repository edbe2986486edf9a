import { z } from 'zod'
import { everyone, procedure, staff } from './access.ts'
import { id } from './fields.ts'
import { printJob } from './print-job.ts'
import { printerProcedures } from './printers.ts'

export { printJob, printJobStates, type PrintJob } from './print-job.ts'

const none = z.strictObject({})

export const documents = {
  /**
   * Paths that open this document once, within a minute, without a header: `html` for the preview and the print
   * dialog, `pdf` for saving. `fileName` is what a saved file should be called; `kind` says which printer it goes to.
   */
  show: procedure(everyone)
    .input(z.strictObject({ id }))
    .output(
      z.object({
        kind: z.string(),
        title: z.string(),
        fileName: z.string(),
        html: z.string(),
        pdf: z.string(),
      }),
    ),

  /** Opens the PDF in the system's own viewer, on the machine of the desk. */
  open: procedure(everyone).input(z.strictObject({ id })).output(none),

  /**
   * Hands the PDF to a named print queue, on the sheet's own paper, never scaled. `spooled` means handed over; the clerk
   * confirms the paper. PRINTER `too-small` when the paper in that printer is smaller than the sheet.
   */
  print: procedure(staff)
    .input(z.strictObject({ id, printer: z.string().max(120), copies: z.int().min(1).max(20).default(1) }))
    .output(printJob),

  /**
   * The clerk looked at the paper. What did not come leaves the spooler as well, so that it does not come later: PRINTER
   * `not-withdrawn` when it still waits there and cannot be taken out.
   */
  confirm: procedure(staff)
    .input(z.strictObject({ jobId: id, printed: z.boolean() }))
    .output(printJob),

  /** Jobs that still need a look: everything not yet printed or given up, of papers that the caller may see. */
  pending: procedure(everyone).input(none).output(z.array(printJob)),

  ...printerProcedures,
}
