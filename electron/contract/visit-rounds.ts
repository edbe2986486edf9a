import { z } from 'zod'
import { desk, procedure } from './access.ts'
import { day, id, instant, text } from './fields.ts'
import { seeing } from './visit-posts.ts'

/** What became of a knock: 见面 无人 拒访 空置 搬离. Only `met` counts as covered; all of them are attempts. */
export const outcomes = ['met', 'nobody', 'refused', 'vacant', 'moved'] as const
export type Outcome = (typeof outcomes)[number]

/**
 * Why a door is suggested: never met this year, a key group's interval is over, a follow-up day has come, an enquiry is
 * open, it is long ago.
 */
export const becauses = ['never-this-year', 'key-group', 'follow-up', 'open-need', 'long-ago'] as const

export const doorToVisit = z.object({
  householdId: id,
  door: z.string(),
  grid: z.string().nullable(),
  /** `3栋` with its compound: doors of one building are walked together. */
  building: z.string(),
  /** The head of the household, or who lives there; empty when nobody is registered. */
  names: z.array(z.string()),
  keyGroups: z.array(z.string()),
  because: z.array(z.enum(becauses)),
  lastMetDay: day.nullable(),
  /** Attempts in vain since the family was last met, this year. */
  attempts: z.int(),
  openNeeds: z.int(),
  /** The day on which the shortest interval of its key groups is over; null without. */
  dueDay: day.nullable(),
  followUpDay: day.nullable(),
})
export type DoorToVisit = z.infer<typeof doorToVisit>

export const roundLine = z.object({
  id,
  /** `ZF-2026-000012` */
  number: z.string(),
  day,
  grid: z.string().nullable(),
  visitors: z.array(z.object({ id, name: z.string() })),
  stops: z.int(),
  /** Doors of it that are done: a visit of this round, or one of its day. */
  done: z.int(),
  met: z.int(),
})
export type RoundLine = z.infer<typeof roundLine>

export const stop = doorToVisit.extend({
  position: z.int(),
  /**
   * The visit of this round; without one the meeting of its day, or a knock of its day that was entered since and names no
   * round. Null while the row is empty.
   */
  visit: z.object({ id, outcome: z.enum(outcomes), day, needs: z.int() }).nullable(),
  /** Moved or empty since the round was printed, or taken over by another door of the same family. */
  away: z.enum(['vacant', 'moved']).nullable(),
})
export const round = roundLine.extend({
  gridId: id.nullable(),
  at: instant,
  operator: z.string(),
  list: z.array(stop),
})
export type Round = z.infer<typeof round>

/** Part of `visits`. */
export const roundProcedures = {
  /**
   * Doors to visit, most urgent first within `limit`, then in the order of the legs: compound, building, unit, number.
   * Urgency: never met this year, then overdue key groups and follow-ups, then open needs, then longest ago; doors that
   * are vacant or moved are left out, and so are those that somebody has on paper for today or later and did not enter yet.
   * `gridId` null: all grids; NOT_FOUND `grid`.
   */
  suggest: procedure(seeing)
    .input(
      z.strictObject({
        gridId: id.nullable(),
        /** Only this building of the grid, as `building` of a door names it. */
        building: text(60).optional(),
        only: z.enum(becauses).optional(),
        keyGroup: text(20).optional(),
        limit: z.int().min(1).max(200).default(25),
      }),
    )
    .output(
      z.object({
        doors: z.array(doorToVisit),
        /** All that could be suggested. */
        total: z.int(),
        /** Those left out because they lie on a round already. */
        onRounds: z.int(),
      }),
    ),

  /**
   * Makes a round of these doors in this order: number, code, why each is on it. The same `ticket` twice is one round.
   * INVALID `visitorIds` `unknown`, `householdIds` `duplicate`; NOT_FOUND `household` (a merged one is replaced by the one
   * it became), `grid`.
   */
  planRound: procedure(desk)
    .input(
      z.strictObject({
        ticket: z.uuid(),
        day,
        gridId: id.nullable(),
        visitorIds: z.array(id).min(1).max(10),
        householdIds: z.array(id).min(1).max(200),
      }),
    )
    .output(round),

  /** Newest first. `before` = id of the last one seen. */
  rounds: procedure(seeing)
    .input(
      z.strictObject({
        visitorId: id.nullable(),
        before: id.optional(),
        limit: z.int().min(1).max(100).default(30),
      }),
    )
    .output(z.array(roundLine)),

  round: procedure(seeing).input(z.strictObject({ id })).output(round),

  /** What a scanner read from a printed round, or its number typed. NOT_FOUND `round`. */
  findRound: procedure(seeing)
    .input(z.strictObject({ code: z.string().max(200) }))
    .output(z.object({ id })),

  /** The printed round: A4 with fields to fill in by hand and its QR code; a document id. */
  roundPaper: procedure(desk)
    .input(z.strictObject({ id }))
    .output(z.object({ documentId: id })),

  /**
   * A round as a spreadsheet (xlsx, base64): text cells only, names masked unless `whole`, whose reason stands in the audit:
   * INVALID `reason` `required` without.
   */
  roundSheet: procedure(desk)
    .input(z.strictObject({ id, whole: z.boolean(), reason: text(200, 0).default('') }))
    .output(z.object({ fileName: z.string(), base64: z.string() })),
}
