import { z } from 'zod'
import { desk, procedure } from './access.ts'
import { day, id, limit, optionalText } from './fields.ts'
import { activityLine } from './volunteer-activities.ts'
import { after, colours, month, readers, sheet, year } from './volunteer-fields.ts'

/** Whole years on the last day of the period. */
export const ageBands = ['under-18', '18-34', '35-59', '60-69', '70-and-over', 'unknown'] as const

/** Confirmed own service; `volunteers` each once, `activities` each once. */
const counted = { minutes: z.int(), volunteers: z.int(), activities: z.int(), attendances: z.int() }

export const volunteerReport = z.object({
  total: z.object(counted),
  /** Null: of no single colour. In the order of the colours. */
  byColour: z.array(z.object({ colour: z.enum(colours).nullable(), ...counted })),
  /** Every month of the period, empty ones too. */
  byMonth: z.array(z.object({ month, ...counted })),
  byAge: z.array(z.object({ band: z.enum(ageBands), registered: z.int(), ...counted })),
  /** On the last day of the period; `stars` by their number, [none, one … five]. */
  registered: z.int(),
  joined: z.int(),
  left: z.int(),
  stars: z.array(z.int()).length(6),
  /** More than 5 h (rule) in the calendar year of the last day, up to that day. */
  active: z.object({ year, volunteers: z.int() }),
  /** Not in the numbers above: records, and their minutes. */
  beside: z.object({
    unconfirmed: z.object({ records: z.int(), minutes: z.int() }),
    elsewhere: z.object({ records: z.int(), minutes: z.int() }),
    training: z.object({ records: z.int(), minutes: z.int() }),
    partyDuty: z.object({ records: z.int(), minutes: z.int() }),
  }),
  points: z.object({ earned: z.int(), redeemed: z.int(), expired: z.int(), redemptions: z.int() }),
})
export type VolunteerReport = z.infer<typeof volunteerReport>

/** Which number is opened. The first ones show records, the others volunteers, activities, redemptions or postings of points. */
export const reportWhats = [
  'records',
  'unconfirmed',
  'elsewhere',
  'training',
  'party-duty',
  'volunteers',
  'registered',
  'joined',
  'left',
  'active',
  'activities',
  'redemptions',
  'earned',
  'expired',
] as const

/** One row behind a number; what does not belong to its kind is null. `points` of redemptions and postings; `note`: a gift, a reason. */
export const reportRow = z.object({
  volunteerId: id.nullable(),
  number: z.string().nullable(),
  name: z.string().nullable(),
  activityId: id.nullable(),
  activity: z.string().nullable(),
  day: day.nullable(),
  minutes: z.int().nullable(),
  points: z.int().nullable(),
  note: z.string(),
})

const period = { from: day, to: day }
const narrowing = {
  what: z.enum(reportWhats),
  colour: z.enum(colours).nullable().optional(),
  month: month.optional(),
  age: z.enum(ageBands).optional(),
  star: z.int().min(0).max(5).optional(),
}

/** A name of 今日. */
const nameOfToday = z.object({ volunteerId: id, number: z.string(), name: z.string() })

/** What 今日 shows of volunteers; lists of at most thirty, the numbers beside them are whole. */
export const volunteersToday = z.object({
  day,
  /** Today's activities, and the past ones without a roll-call or with records to confirm, nearest deadline first. */
  activities: z.array(activityLine),
  toRecord: z.array(activityLine),
  toConfirm: z.array(activityLine),
  waiting: z.object({ toRecord: z.int(), toConfirm: z.int(), overdue: z.int() }),
  nearestDeadline: day.nullable(),
  /** Of today; of 29 February on the 28th in other years. Never the birth year. */
  birthdays: z.array(nameOfToday),
  /** Joined on this day of an earlier year. */
  anniversaries: z.array(nameOfToday.extend({ years: z.int() })),
  /** Reached by records confirmed this month. */
  stars: z.array(nameOfToday.extend({ star: z.int(), day })),
  /** A year whose objections are over and that is not frozen. */
  pioneerYear: year.nullable(),
})
export type VolunteersToday = z.infer<typeof volunteersToday>

export const volunteerPapers = [
  'sign-in-sheet',
  'volunteer-file',
  'redemption-slip',
  'points-statement',
  'publication-list',
] as const

/** Part of `volunteers`. Of all with a period: INVALID `to` `before-from`, `too-long` (four hundred days). */
export const volunteerReportProcedures = {
  report: procedure(readers).input(z.strictObject(period)).output(volunteerReport),

  /** The rows behind a number of the report, paged; their count is that number, of points their sum. */
  reportRows: procedure(readers)
    .input(z.strictObject({ ...period, ...narrowing, after, limit }))
    .output(z.object({ rows: z.array(reportRow), next: z.string().nullable(), total: z.int() })),

  /**
   * All rows as a spreadsheet (xlsx, base64): text cells only, names masked unless `whole`, whose reason stands in the audit:
   * INVALID `reason` `required` without; `what` `too-many` beyond 20,000 rows.
   */
  reportSheet: procedure(desk)
    .input(
      z.strictObject({
        ...period,
        ...narrowing,
        whole: z.boolean(),
        reason: optionalText(200).default(''),
      }),
    )
    .output(sheet),

  today: procedure(readers).input(z.strictObject({})).output(volunteersToday),

  /**
   * Makes a paper; a document id for `documents.show`. Which id it needs: `sign-in-sheet` activityId (who signed up, then
   * empty lines), `volunteer-file` 志愿者服务档案 and `points-statement` volunteerId, `redemption-slip` redemptionId (A5, with a
   * line for the signature), `publication-list` year (names whole only with consent): INVALID that field `required`.
   * CONFLICT `step` for a year that is not published, a cancelled activity; NOT_FOUND as named. In the volunteer file ID number
   * and phone stay masked.
   */
  paper: procedure(desk)
    .input(
      z.strictObject({
        paper: z.enum(volunteerPapers),
        activityId: id.nullable(),
        volunteerId: id.nullable(),
        redemptionId: id.nullable(),
        year: year.nullable(),
      }),
    )
    .output(z.object({ documentId: id })),
}
