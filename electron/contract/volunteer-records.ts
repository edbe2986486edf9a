import { z } from 'zod'
import { desk, procedure } from './access.ts'
import { day, id, instant, optionalText, reason } from './fields.ts'
import { activityKinds, after, clock, colours, readers, ticket } from './volunteer-fields.ts'
import { activity } from './volunteer-activities.ts'

/** Beside the activity's times: whoever came later than its start or went before its end. */
export const recordHows = ['full', 'late', 'left-early', 'late-and-left-early'] as const

/**
 * Found at saving and kept; of a standing record `overlap` and `long-day` also when what was entered later brings them, so that
 * whoever confirms sees both. `overlap`: in another activity at the same time; `long-day`: more than 8 h (rule) that day over
 * all activities; `beyond`: came before the start or stayed after the end.
 */
export const recordFlags = ['overlap', 'long-day', 'beyond'] as const

export const serviceRecord = z.object({
  id,
  activityId: id,
  activityNumber: z.string(),
  activity: z.string(),
  kind: z.enum(activityKinds),
  own: z.boolean(),
  colour: z.enum(colours).nullable(),
  day,
  volunteerId: id,
  number: z.string(),
  name: z.string(),
  /** Null where another organisation only told how long. */
  arrived: clock.nullable(),
  left: clock.nullable(),
  breakMinutes: z.int(),
  /** Real service, never rounded; negative in a reversing row. */
  minutes: z.int(),
  how: z.enum(recordHows),
  flags: z.array(z.enum(recordFlags)),
  reason: z.string(),
  rating: z.int().min(1).max(5).nullable(),
  enteredBy: z.object({ id, name: z.string() }),
  enteredAt: instant,
  confirmed: z.object({ by: z.string(), at: instant }).nullable(),
  /** Confirmed after `confirmBy` of its activity, or not confirmed though that is past. */
  late: z.boolean(),
  /** The row that it takes back, or the one that took it back. */
  reverses: id.nullable(),
  reversedBy: id.nullable(),
  /** Stands for stars, ranking, certificate: own service, confirmed, not reversed. */
  counted: z.boolean(),
  /** The caller may confirm it: a different one than who entered. */
  mayConfirm: z.boolean(),
  /** Points that it gave. */
  points: z.int(),
})
export type ServiceRecord = z.infer<typeof serviceRecord>

/**
 * One person of the sheet. Who did not come has no line. Times, or for another organisation's activity instead `minutes`
 * alone.
 */
export const rollCallLine = z.strictObject({
  volunteerId: id,
  arrived: clock.nullable(),
  left: clock.nullable(),
  /** Problem word `more-than-a-day` beyond 24 h. */
  minutes: z
    .int()
    .min(1)
    .refine((value) => value <= 24 * 60, 'more-than-a-day')
    .nullable(),
  breakMinutes: z.int().min(0).max(1439).default(0),
  reason: optionalText(100),
  rating: z.int().min(1).max(5).nullable().default(null),
})
export type RollCallLine = z.infer<typeof rollCallLine>

/**
 * What may be wrong with a line, INVALID at `lines.N.<field>`: `left` `before-start`, `across-midnight`, `not-yet` (later than
 * now); `arrived`, `left`, `minutes` `time-of-day`, `more-than-a-day`, `required`, `not-both`; `minutes` `own-activity` (times
 * are needed);
 * `breakMinutes` `longer-than-service`; `reason` `required` (not full, or flagged); `volunteerId` `unknown`, `twice`,
 * `before-joining`, `after-leaving`, `consent-missing` (a minor without the guardian's on that day), `recorded` (a standing
 * record of this activity). A whole: `activityId` `future`.
 */
export const lineProblem = z.object({ field: z.string(), problem: z.string() })

const lines = z.array(rollCallLine).min(1).max(500)

/** Part of `volunteers`. */
export const volunteerRecordProcedures = {
  /** What saving would make of these lines: nothing is written, nothing is refused but what no line could be. */
  checkRollCall: procedure(desk)
    .input(z.strictObject({ activityId: id, lines }))
    .output(
      z.object({
        lines: z.array(
          z.object({
            volunteerId: id,
            minutes: z.int().nullable(),
            how: z.enum(recordHows).nullable(),
            flags: z.array(z.enum(recordFlags)),
            needsReason: z.boolean(),
            /** The other activities of `overlap` and `long-day`: `09:00-11:00 …`. */
            others: z.array(z.string()),
            problems: z.array(lineProblem),
          }),
        ),
      }),
    ),

  /**
   * Saves a sheet as one act: all lines or none; more sheets of the activity may follow. The activity is `held` with the
   * first. The same ticket again gives the same answer and writes nothing; with another activity CONFLICT `duplicate`.
   * INVALID as `lineProblem` says; CONFLICT `step` for a cancelled activity; NOT_FOUND `activity`.
   */
  saveRollCall: procedure(desk)
    .input(z.strictObject({ ticket, activityId: id, lines }))
    .output(
      z.object({ rollCallId: id, recordIds: z.array(id), minutes: z.int(), flagged: z.int(), activity }),
    ),

  /**
   * A second person confirms, and the points are posted, once each: all of the activity that wait (`recordIds` null), or the
   * chosen ones. FORBIDDEN when the caller entered one of the chosen, or all that wait; of a whole activity those are left
   * and told in `own`. CONFLICT `step` (current = record ids) for chosen ones that are confirmed or reversed, and when
   * nothing waits; NOT_FOUND `activity`, `record`.
   */
  confirmRecords: procedure(desk)
    .input(z.strictObject({ activityId: id, recordIds: z.array(id).min(1).max(500).nullable() }))
    .output(z.object({ confirmed: z.array(id), own: z.array(id), points: z.int(), activity })),

  /**
   * Takes a record back by a second row of negative minutes on the same day, the points it gave with it as far as they are
   * there (what was spent is `writtenOff`, what expired is gone already); then a new one may be entered. FORBIDDEN for a
   * clerk when it is confirmed; CONFLICT `step` when reversed already or a reversing row itself; NOT_FOUND `record`.
   */
  reverseRecord: procedure(desk)
    .input(z.strictObject({ recordId: id, reason }))
    .output(z.object({ record: serviceRecord, reversal: serviceRecord, writtenOff: z.int() })),

  /**
   * Of an activity by volunteer number, or of a volunteer newest first; reversed and reversing rows only with `all`. INVALID
   * `activityId` `required` without either.
   */
  records: procedure(readers)
    .input(
      z.strictObject({
        activityId: id.optional(),
        volunteerId: id.optional(),
        from: day.optional(),
        to: day.optional(),
        state: z.enum(['unconfirmed', 'confirmed', 'standing', 'all']).default('standing'),
        after,
        limit: z.int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ rows: z.array(serviceRecord), next: z.string().nullable() })),
}
