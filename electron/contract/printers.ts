import { z } from 'zod'
import { everyone, procedure, staff } from './access.ts'
import { id, text } from './fields.ts'
import { printJob } from './print-job.ts'

const none = z.strictObject({})

/** Sheets the desk prints; CUPS and Electron call them the same. */
export const paperSizes = ['A4', 'A5'] as const
export type PaperSize = (typeof paperSizes)[number]

/** Kinds of documents that may have a printer of their own: the templates of resources/documents. */
export const documentKinds = [
  'receipt',
  'one-time-notice',
  'conditional-acceptance',
  'dispatch-slip',
  'case-file',
  'rating-slip',
  'visit-round',
  'registration',
  'noon-roster',
  'noon-badges',
  'noon-meals',
  'noon-escort',
  'noon-register',
  'noon-child',
  'volunteer-file',
  'volunteer-sign-in-sheet',
  'points-statement',
  'redemption-slip',
  'publication-list',
  'certificate-record',
  'certificate-star',
  'certificate-pioneer',
  'certificate-thanks',
  'certificate-noon-helper',
  'certificate-register',
] as const
export type DocumentKind = (typeof documentKinds)[number]

/** `any`: every kind that has none of its own. */
const defaultKind = z.enum(['any', ...documentKinds])

const tenths = z.int().min(-300).max(300)

/** Where a sheet has to be moved so that it lies right, in tenths of a millimetre as one reads it; never beyond 30 mm. */
export const offset = z.strictObject({ rightTenths: tenths, downTenths: tenths })
export type Offset = z.infer<typeof offset>

const name = text(120)

export const printer = z.object({
  name: z.string(),
  /** The system knows it now. One that was set up here and is gone keeps its settings. */
  known: z.boolean(),
  ready: z.boolean(),
  /** The system's own default. */
  isDefault: z.boolean(),
  /** Of sheets upright, and of sheets across: those are turned on their way, which printers do one way or the other. */
  upright: offset,
  across: offset,
  /** What always lies in its tray; empty: it takes each sheet's own size. */
  paper: z.enum(['', ...paperSizes]),
})
export type Printer = z.infer<typeof printer>

export const printing = z.object({
  printers: z.array(printer),
  defaults: z.array(z.object({ kind: z.string(), printer: z.string() })),
})
export type Printing = z.infer<typeof printing>

/**
 * What the spooler says of a job: it waits or prints there; it is held (paused, a filter failed); it is over, printed or
 * cancelled; the spooler knows nothing of it (never came, its history or the queue is gone); `silent`: no spooler answers.
 */
export const spoolWords = ['waiting', 'held', 'over', 'unknown', 'silent'] as const
export type SpoolWord = (typeof spoolWords)[number]

export const queuedJob = printJob.extend({
  kind: z.string(),
  operator: z.string(),
  /** Null where it cannot be asked: nothing was handed over, or the system has no such question. */
  spooler: z.enum(spoolWords).nullable(),
  /** The job that was sent in its place. */
  againId: id.nullable(),
})
export type QueuedJob = z.infer<typeof queuedJob>

/** Part of `documents`. */
export const printerProcedures = {
  /** Printers of this machine with their settings, those with settings that are gone too, and who prints what. */
  printers: procedure(everyone).input(none).output(printing),

  /** Null: this kind goes where `any` goes, else to the system's default. */
  saveDefault: procedure(['manager'])
    .input(z.strictObject({ kind: defaultKind, printer: name.nullable() }))
    .output(printing),

  savePrinter: procedure(['manager'])
    .input(
      z.strictObject({
        name,
        upright: offset,
        across: offset,
        paper: printer.shape.paper,
      }),
    )
    .output(printing),

  /** A sheet with rulers at its edges, moved as the settings say: one measures it and corrects them. */
  testPage: procedure(['manager'])
    .input(z.strictObject({ printer: name, paper: z.enum(paperSizes), across: z.boolean() }))
    .output(printJob),

  /**
   * All jobs that wait for somebody, oldest first, and those that ended, newest first; `before`: only older ended ones.
   * `answers`: false while no spooler answers.
   */
  queue: procedure(everyone)
    .input(z.strictObject({ before: id.optional(), limit: z.int().min(1).max(100).default(30) }))
    .output(z.object({ answers: z.boolean(), stuck: z.array(queuedJob), ended: z.array(queuedJob) })),

  /**
   * The clerk looked and decided: the same document once more, as a new job. The old one ends as `failed`, and leaves the
   * spooler where it still waits there: PRINTER `not-withdrawn` when it cannot. CONFLICT `step` when it was printed, is
   * being sent right now, or was sent again before.
   */
  sendAgain: procedure(staff)
    .input(z.strictObject({ jobId: id, printer: name, copies: z.int().min(1).max(20).default(1) }))
    .output(printJob),
}
