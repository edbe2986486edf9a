import { z } from 'zod'
import { desk, everyone, procedure } from './access.ts'
import { listProcedures } from './enquiry-lists.ts'
import { channels, enquiry, enquiryLine } from './enquiry-record.ts'
import { stepProcedures } from './enquiry-steps.ts'
import { id, optionalText, reason, text, version } from './fields.ts'
import { harmProcedures } from './harm.ts'
import { matterProcedures } from './matters.ts'
import { ratingProcedures } from './ratings.ts'

export * from './enquiry-record.ts'
export { matter, type Matter } from './matters.ts'

const what = {
  /** In a few words: 高龄津贴怎么办. */
  title: text(60),
  /** The resident's own words; may wait. */
  words: optionalText(2000),
  matterId: id.nullable(),
  channel: z.enum(channels),
  /** A registered asker, or nobody and a given name, or nobody and anonymous. */
  askerId: id.nullable(),
  givenName: optionalText(20),
  givenPhone: optionalText(20),
  anonymous: z.boolean(),
  /** Would not show a card; served all the same. */
  idRefused: z.boolean().default(false),
  /** Whom it is about, when that is not the asker. */
  subjectId: id.nullable(),
}

/** Papers that can be printed of an enquiry: receipt, notice, promise, dispatch slip, rating slip, the whole file. */
export const enquiryPapers = [
  'receipt',
  'one-time-notice',
  'conditional-acceptance',
  'dispatch-slip',
  'rating-slip',
  'case-file',
] as const

export const enquiries = {
  ...matterProcedures,

  /**
   * Accepts an enquiry: number, limit, first event, in one act. With `answer` it is closed at once (当场办结).
   * The same `ticket` (made by the screen) accepted twice gives the first enquiry again: a repeated Enter is one.
   */
  accept: procedure(desk)
    .input(z.strictObject({ ...what, answer: optionalText(2000), ticket: z.uuid() }))
    .output(enquiry),

  get: procedure(everyone).input(z.strictObject({ id })).output(enquiry),

  /** Saves details. CONFLICT `changed` carries the enquiry as it stands now; nothing is overwritten. */
  edit: procedure(desk)
    .input(z.strictObject({ id, version, ...what }))
    .output(enquiry),

  /** The phone that an asker who is not registered gave, whole, to call them back. Needs a reason; audited. */
  revealPhone: procedure(desk)
    .input(z.strictObject({ id, reason }))
    .output(z.object({ value: z.string() })),

  /**
   * Earlier enquiries that this one may repeat: of the same person, or of the same door and matter, open ones first, five
   * at the most. For linking, others of the same building and matter too (`near`).
   */
  similar: procedure(everyone)
    .input(
      z.strictObject({
        askerId: id.nullable(),
        subjectId: id.nullable(),
        matterId: id.nullable(),
        except: id.nullable(),
      }),
    )
    .output(z.array(enquiryLine.extend({ because: z.enum(['person', 'household', 'near']), version }))),

  ...stepProcedures,
  ...listProcedures,
  ...ratingProcedures,
  ...harmProcedures,

  /** Makes a paper of an enquiry as it stands; a document id for `documents.show`. CONFLICT `step` when there is nothing to put on it. */
  paper: procedure(desk)
    .input(z.strictObject({ id, paper: z.enum(enquiryPapers), assignmentId: id.nullable() }))
    .output(z.object({ documentId: id })),

  /** The dispatch slip of one department as text, ready for WeChat. */
  dispatchText: procedure(desk)
    .input(z.strictObject({ id, assignmentId: id }))
    .output(z.object({ text: z.string() })),
}
