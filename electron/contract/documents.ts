import { z } from 'zod'
import { everyone, procedure, staff } from './access.ts'
import { id, instant } from './fields.ts'

const none = z.strictObject({})

export const printJobStates = ['queued', 'sending', 'spooled', 'printed', 'failed'] as const

export const printJob = z.object({
  id,
  documentId: id,
  title: z.string(),
  printer: z.string(),
  copies: z.int(),
  state: z.enum(printJobStates),
  /** True for a job that was `sending` when the host ended: look at the paper, nothing is re-sent by itself. */
  checkPaper: z.boolean(),
  problem: z.string(),
  createdAt: instant,
})
export type PrintJob = z.infer<typeof printJob>

export const documents = {
  /**
   * Paths that open this document once, within a minute, without a header: `html` for the preview and the print
   * dialog, `pdf` for saving. `fileName` is what a saved file should be called.
   */
  show: procedure(everyone)
    .input(z.strictObject({ id }))
    .output(z.object({ title: z.string(), fileName: z.string(), html: z.string(), pdf: z.string() })),

  /** Opens the PDF in the system's own viewer, on the machine of the desk. */
  open: procedure(everyone).input(z.strictObject({ id })).output(none),

  /** Hands the PDF to a named print queue. `spooled` means handed over; the clerk confirms the paper. */
  print: procedure(staff)
    .input(z.strictObject({ id, printer: z.string().max(120), copies: z.int().min(1).max(20).default(1) }))
    .output(printJob),

  /** The clerk looked at the paper. */
  confirm: procedure(staff)
    .input(z.strictObject({ jobId: id, printed: z.boolean() }))
    .output(printJob),

  /** Jobs that still need a look: everything not yet printed or given up. */
  pending: procedure(everyone).input(none).output(z.array(printJob)),
}
