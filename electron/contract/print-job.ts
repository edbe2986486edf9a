import { z } from 'zod'
import { id, instant } from './fields.ts'

export const printJobStates = ['queued', 'sending', 'spooled', 'printed', 'failed'] as const

export const printJob = z.object({
  id,
  documentId: id,
  title: z.string(),
  printer: z.string(),
  copies: z.int(),
  state: z.enum(printJobStates),
  /**
   * True for a job that was `sending` when the host ended, or when the file could not be written: look at the paper,
   * nothing is re-sent by itself.
   */
  checkPaper: z.boolean(),
  problem: z.string(),
  createdAt: instant,
})
export type PrintJob = z.infer<typeof printJob>
