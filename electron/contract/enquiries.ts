import { z } from 'zod'
import { desk, everyone, procedure } from './access.ts'
import { day, id, instant, optionalText, reason, text, version } from './fields.ts'
import { personLine } from './people.ts'

const none = z.strictObject({})

export const channels = ['窗口', '电话', '微信', 'QQ', '网格上报', '走访'] as const

/** States of an enquiry. The next counters of its life (dispatch, follow-up) add theirs here and in steps.ts. */
export const enquiryStates = ['accepted', 'closed', 'withdrawn'] as const
export type EnquiryState = (typeof enquiryStates)[number]

export const steps = ['accept', 'note', 'edit', 'close', 'withdraw', 'reopen'] as const
export type Step = (typeof steps)[number]

/** How the limit stands today: computed on reading, never stored. */
export const urgency = z.enum(['none', 'normal', 'soon', 'today', 'overdue'])

/** An entry of the service catalogue. */
export const matter = z.object({
  id,
  code: z.string(),
  name: z.string(),
  category: z.string(),
  /** Working days until the answer is due. */
  limitDays: z.int(),
  papers: z.array(z.string()),
  /** Full pinyin and initials of the name, so that the box finds it by either. */
  pinyin: z.string(),
  initials: z.string(),
})
export type Matter = z.infer<typeof matter>

export const enquiryLine = z.object({
  id,
  number: z.string(),
  title: z.string(),
  matter: z.string().nullable(),
  channel: z.enum(channels),
  state: z.enum(enquiryStates),
  acceptedAt: instant,
  acceptedDay: day,
  dueDay: day.nullable(),
  /** Working days left (0 = today, negative = overdue); null when nothing is due. */
  workingDaysLeft: z.int().nullable(),
  urgency,
  /** The asker's name, the name they gave, or null for an anonymous asker. */
  asker: z.string().nullable(),
  subject: z.string().nullable(),
  door: z.string().nullable(),
  operator: z.string(),
})
export type EnquiryLine = z.infer<typeof enquiryLine>

export const enquiryEvent = z.object({
  id,
  step: z.enum(steps),
  from: z.enum(enquiryStates).nullable(),
  to: z.enum(enquiryStates),
  at: instant,
  operator: z.string(),
  /** What was said or why. */
  text: z.string(),
})

export const enquiry = enquiryLine.extend({
  matterId: id.nullable(),
  words: z.string(),
  anonymous: z.boolean(),
  askerId: id.nullable(),
  askerPerson: personLine.nullable(),
  subjectId: id.nullable(),
  subjectPerson: personLine.nullable(),
  /** Name and masked phone of an asker who is not registered. */
  givenName: z.string(),
  givenPhone: z.string(),
  answer: z.string(),
  version,
  events: z.array(enquiryEvent),
  /** Steps that the signed-in operator may take now. */
  allowed: z.array(z.enum(steps)),
})
export type Enquiry = z.infer<typeof enquiry>

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
  /** Whom it is about, when that is not the asker. */
  subjectId: id.nullable(),
}

/** Filters of the list; all of them narrow it. */
export const enquiryFilter = z.strictObject({
  state: z.enum(['open', 'closed', 'all']).default('open'),
  urgency: z.enum(['overdue', 'today']).optional(),
  matterId: id.optional(),
  operatorId: id.optional(),
  /** Accepted, or closed, on this day: the rows behind the numbers of 今日. */
  acceptedDay: day.optional(),
  closedDay: day.optional(),
  /** Opaque key of the last row seen. */
  after: z.string().max(60).optional(),
  limit: z.int().min(1).max(100).default(30),
})

export const enquiries = {
  /** The catalogue, in order of category. */
  matters: procedure(everyone).input(none).output(z.array(matter)),

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

  /** Logs progress on an open enquiry. */
  note: procedure(desk)
    .input(z.strictObject({ id, version, text: text(2000) }))
    .output(enquiry),

  /** Answers and closes. */
  close: procedure(desk)
    .input(z.strictObject({ id, version, answer: text(2000) }))
    .output(enquiry),

  /** The resident takes it back, or it was entered by mistake; needs a reason. */
  withdraw: procedure(desk).input(z.strictObject({ id, version, reason })).output(enquiry),

  /** Opens a closed one again (重办) with a reason. */
  reopen: procedure(desk).input(z.strictObject({ id, version, reason })).output(enquiry),

  /** Open ones most urgent first; closed and all newest first. Counts are of the whole set, whatever the page. */
  list: procedure(everyone)
    .input(enquiryFilter)
    .output(
      z.object({
        rows: z.array(enquiryLine),
        next: z.string().nullable(),
        counts: z.object({ open: z.int(), overdue: z.int(), today: z.int() }),
      }),
    ),

  /** Makes the receipt (受理回执) of an enquiry as it stands; a document id for `documents.show`. */
  receipt: procedure(desk)
    .input(z.strictObject({ id }))
    .output(z.object({ documentId: id })),
}
