import { z } from 'zod'
import { everyone, procedure } from './access.ts'
import { answerKinds, enquiryLine, enquiryStates, followUps } from './enquiry-record.ts'
import { day, id, text } from './fields.ts'

const none = z.strictObject({})

/** Why a late one is late. `bounced`: given back or passed on at least twice. */
export const lateWhys = ['at-desk', 'not-arrived', 'at-department', 'bounced', 'no-follow-up'] as const

/** Filters of the list; all of them narrow it. */
const filters = {
  /** `open`: somebody still waits; `closed`: nobody does; or one state. */
  state: z.enum(['open', 'closed', 'all', ...enquiryStates]).default('open'),
  /**
   * Of the open ones only. `remind`: out at a department and past the day of its limit (催办); `arrival`: a department
   * should have reported and has not; `waiting`: for the resident.
   */
  urgency: z.enum(['overdue', 'today', 'soon', 'waiting', 'remind', 'arrival']).optional(),
  /** Promised papers are due (容缺). */
  promiseDue: z.literal(true).optional(),
  /** Of the late ones only: why they are. */
  why: z.enum(lateWhys).optional(),
  /** Null: without a matter. */
  matterId: id.nullable().optional(),
  /** Accepted by this operator. */
  operatorId: id.optional(),
  /** Led by this department; null: by none, the desk has it or answered it itself. */
  departmentId: id.nullable().optional(),
  gridId: id.optional(),
  groupId: id.optional(),
  /** Accepted, answered, closed or rated within these local days, both included; newest of these days first. */
  period: z
    .strictObject({ by: z.enum(['accepted', 'answered', 'closed', 'rated']), from: day, to: day })
    .optional(),
  late: z.boolean().optional(),
  kind: z.enum(answerKinds).optional(),
  followUp: z.enum(followUps).optional(),
  /** Rated well (3 to 5) or badly (1, 2); for overseers only: FORBIDDEN to others. Goes with a period by `rated`. */
  rating: z.enum(['good', 'bad']).optional(),
}

export const enquiryFilter = z.strictObject({
  ...filters,
  /** Opaque key of the last row seen. */
  after: z.string().max(60).optional(),
  limit: z.int().min(1).max(100).default(30),
})

/** What is kept of a filter under a name. */
export const keptFilter = z.strictObject({ ...filters, state: filters.state.unwrap().optional() })
const narrowing = keptFilter.refine((filter) => Object.keys(filter).length > 0, 'required')
export const savedFilter = z.object({ id, name: z.string(), filter: keptFilter })
export type SavedFilter = z.infer<typeof savedFilter>

export const counts = z.object({
  open: z.int(),
  overdue: z.int(),
  today: z.int(),
  waiting: z.int(),
  /** Answered; the call-back waits. */
  followUp: z.int(),
})

const times = {
  count: z.int(),
  /** Working days from asking to the answer without pauses. */
  medianDays: z.int(),
  p90Days: z.int(),
  late: z.int(),
}

export const supervision = z.object({
  now: z.object({
    open: z.int(),
    overdue: z.int(),
    today: z.int(),
    /** 催办: out at a department and past the day of the limit. */
    remind: z.int(),
    /** Enquiries in which a department should have reported and has not. */
    arrival: z.int(),
    followUp: z.int(),
    waiting: z.int(),
    promises: z.int(),
  }),
  /** Most overdue first, thirty at the most. */
  lateRows: z.array(enquiryLine.extend({ why: z.enum(lateWhys) })),
  /** All late ones by who has them (null: the desk) and why. */
  lateBy: z.array(
    z.object({
      departmentId: id.nullable(),
      name: z.string().nullable(),
      why: z.enum(lateWhys),
      count: z.int(),
    }),
  ),
  period: z.object({
    accepted: z.int(),
    answered: z.int(),
    late: z.int(),
    explained: z.int(),
    refused: z.int(),
    closed: z.int(),
  }),
  byMatter: z.array(z.object({ matterId: id.nullable(), name: z.string().nullable(), ...times })),
  byDepartment: z.array(z.object({ departmentId: id.nullable(), name: z.string().nullable(), ...times })),
  /** Per week (its Monday), or per day where the period is at most 31 days. */
  flow: z.array(z.object({ day, accepted: z.int(), answered: z.int() })),
  /** Ratings by level, [非常不满意 … 非常满意]; null while there are too few to keep the raters secret. */
  levels: z.array(z.int()).length(5).nullable(),
  rated: z.int(),
  followUps: z.object({ content: z.int(), discontent: z.int(), unreachable: z.int(), noContact: z.int() }),
  /** The last year whose holidays the calendar knows; and whether an open limit lies beyond it. */
  calendar: z.object({ through: z.int(), exceeded: z.boolean() }),
})
export type Supervision = z.infer<typeof supervision>

export const listProcedures = {
  /**
   * Open ones, or those of one open state, most urgent first, those that wait for the resident last; others newest
   * first. Counts are of all open ones under the same matter, operator, department, grid and group, whatever the page;
   * `total` counts the filtered ones up to 1000.
   */
  list: procedure(everyone)
    .input(enquiryFilter)
    .output(
      z.object({
        rows: z.array(enquiryLine),
        next: z.string().nullable(),
        total: z.int().nullable(),
        counts,
      }),
    ),

  /** The signed-in operator's own filters, by name. */
  savedFilters: procedure(everyone).input(none).output(z.array(savedFilter)),

  /** Keeps a filter under a name; the same name is written over. At most thirty. */
  saveFilter: procedure(everyone)
    .input(z.strictObject({ name: text(20), filter: narrowing }))
    .output(savedFilter),

  deleteFilter: procedure(everyone).input(z.strictObject({ id })).output(none),

  /** The manager's page: what is late and why, and how the period went. INVALID `to` when it ends before it begins. */
  supervision: procedure(['manager', 'auditor'])
    .input(z.strictObject({ from: day, to: day }))
    .output(supervision),
}
