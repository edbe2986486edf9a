import { z } from 'zod'
import { desk, procedure } from './access.ts'
import { day, id, instant, limit, reason, text, version } from './fields.ts'
import { attachment, fileIds } from './files.ts'
import { activityKinds, after, clock, colours, month, query, readers, ticket } from './volunteer-fields.ts'
import { teamMark, volunteerLine } from './volunteer-people.ts'

export const activityStates = ['planned', 'held', 'cancelled'] as const

export const activityLine = z.object({
  id,
  /** `HD-2026-000028` */
  number: z.string(),
  name: z.string(),
  kind: z.enum(activityKinds),
  /** False: another organisation's; its hours are noted and never counted. */
  own: z.boolean(),
  day,
  starts: clock,
  ends: clock,
  place: z.string(),
  colour: z.enum(colours).nullable(),
  team: teamMark.nullable(),
  seriesId: id.nullable(),
  state: z.enum(activityStates),
  capacity: z.int().nullable(),
  signedUp: z.int(),
  /** Standing records, and those of them that wait for a second person. */
  records: z.int(),
  unconfirmed: z.int(),
  /** Confirmed minutes, of whatever kind. */
  minutes: z.int(),
  /** The last day for the confirmation: 10 working days after the day (令67号 Art 11). */
  confirmBy: day,
  /** Working days from today to `confirmBy`, as of an enquiry's limit: 0 = today, negative = past. */
  workingDaysLeft: z.int(),
  /** Something is unconfirmed or unrecorded, and `confirmBy` is past. */
  overdue: z.boolean(),
  nationalDay: day.nullable(),
})
export type ActivityLine = z.infer<typeof activityLine>

export const signUp = volunteerLine.extend({ at: instant, hasRecord: z.boolean() })

export const activity = activityLine.extend({
  content: z.string(),
  organiser: z.string(),
  inCharge: z.string(),
  cancelReason: z.string(),
  /** In the order in which they signed up. */
  signUps: z.array(signUp),
  files: z.array(attachment),
  /** A record was reversed or added after the day on which it was entered in the national system. */
  nationalBehind: z.boolean(),
  version,
})
export type Activity = z.infer<typeof activity>

/** 令67号 Art 7: name, date, place, content, time, organiser, person in charge. */
const fields = {
  name: text(60),
  kind: z.enum(activityKinds),
  own: z.boolean(),
  starts: clock,
  ends: clock,
  place: text(60),
  content: text(500),
  organiser: text(60),
  inCharge: text(20),
  capacity: z.int().min(1).max(5000).nullable(),
  colour: z.enum(colours).nullable(),
  teamId: id.nullable(),
}
const seen = { id, version }

/**
 * Part of `volunteers`. Of all that write: CONFLICT `changed`, `step` (cancelled, or records stand); NOT_FOUND `activity`,
 * `team`, `volunteer`, `file`.
 */
export const volunteerActivityProcedures = {
  /** Newest day first, or with `state: 'planned'` the next one first. `unconfirmed`: a second person is waited for. */
  activities: procedure(readers)
    .input(
      z.strictObject({
        query,
        from: day.optional(),
        to: day.optional(),
        state: z.enum([...activityStates, 'all']).default('all'),
        colour: z.enum(colours).nullable().optional(),
        teamId: id.optional(),
        kind: z.enum(activityKinds).optional(),
        own: z.boolean().optional(),
        seriesId: id.optional(),
        waits: z.enum(['roll-call', 'confirmation', 'overdue', 'national']).optional(),
        after,
        limit,
      }),
    )
    .output(z.object({ rows: z.array(activityLine), next: z.string().nullable() })),

  activity: procedure(readers).input(z.strictObject({ id })).output(activity),

  /**
   * Adds (no id, a ticket) or changes. INVALID `starts`/`ends` `time-of-day`, `more-than-a-day`; `ends` `before-start`,
   * `across-midnight` (divide it in two days); `teamId` `inactive`, `other-colour`; `capacity` `below-sign-ups`; `ticket`,
   * `version` `required`. Once a record was ever made `day`, `kind`, `own` stay, while records stand `starts`, `ends`
   * too: CONFLICT `step`. The day may be past: sheets come in later.
   */
  saveActivity: procedure(desk)
    .input(
      z.strictObject({
        id: id.nullable(),
        version: version.nullable(),
        ticket: ticket.nullable(),
        day,
        ...fields,
      }),
    )
    .output(activity),

  /**
   * One activity each month on day N (usually 28), where a month is shorter on its last day; all in one act, at most 24.
   * INVALID as `saveActivity`, `toMonth` `before-from`, `too-long`; CONFLICT `duplicate` (current = the series) when a series
   * of this name has an activity in these months.
   */
  createSeries: procedure(desk)
    .input(
      z.strictObject({ dayOfMonth: z.int().min(1).max(31), fromMonth: month, toMonth: month, ...fields }),
    )
    .output(z.object({ seriesId: id, activities: z.array(activityLine) })),

  /** CONFLICT `in-use` while records stand, `step` when cancelled. `rest`: the later planned ones of the series too. */
  cancelActivity: procedure(desk)
    .input(z.strictObject({ ...seen, reason, rest: z.boolean().default(false) }))
    .output(activity),

  /**
   * Several at once; those on it already are told. CONFLICT `full` (current = places left), `step` for one held or
   * cancelled; INVALID `volunteerIds.0` `before-joining`, `left`, `twice`. A minor without consent may sign up, and is marked.
   */
  signUp: procedure(desk)
    .input(z.strictObject({ activityId: id, volunteerIds: z.array(id).min(1).max(200) }))
    .output(z.object({ activity, already: z.array(id) })),

  /** CONFLICT `step` when not signed up. */
  cancelSignUp: procedure(desk)
    .input(z.strictObject({ activityId: id, volunteerId: id }))
    .output(activity),

  /** The files of the activity as a whole: photos, the signed sheet; at most twenty. */
  setFiles: procedure(desk)
    .input(z.strictObject({ ...seen, fileIds }))
    .output(activity),

  /**
   * 已录入全国系统 on a day; null takes the mark back. INVALID `day` `future`, `before-activity`; CONFLICT `step` for one
   * without confirmed records or with unconfirmed ones (current = its id).
   */
  markNational: procedure(desk)
    .input(z.strictObject({ activityIds: z.array(id).min(1).max(100), day: day.nullable() }))
    .output(z.array(activityLine)),
}
