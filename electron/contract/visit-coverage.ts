import { z } from 'zod'
import { procedure } from './access.ts'
import { day, id, instant, text } from './fields.ts'
import { seeing } from './visit-posts.ts'
import { doorToVisit, outcomes } from './visit-rounds.ts'

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

/**
 * Counts of a month and of its year up to today (of a past year: to its end). A family is covered when it was met at least
 * once in the year; two visits to one door on a day count once; attempts in vain stand beside.
 */
const counted = {
  /** Families that are to be seen: all doors without the vacant and moved (on the last day counted). */
  households: z.int(),
  away: z.int(),
  /** Different families met in the month: what stands against the goal. */
  monthMet: z.int(),
  /** Meetings in the month: one per door and day. */
  monthMeetings: z.int(),
  /** Doors knocked at in vain in the month: one per door and day, met later the same day left out. */
  monthInVain: z.int(),
  /** The goal of the month: 25 for each visitor who answers for the grid. */
  monthGoal: z.int(),
  /** Families met in the year. */
  covered: z.int(),
  /** Families a month from this month on that full coverage of the year needs, rounded up; 0 when all are covered. */
  needed: z.int(),
  /** Families the goal alone reaches in a whole year: 12 x goal, at the most `households`; of all, what each grid reaches. */
  reachedByGoal: z.int(),
}

export const coverage = z.object({
  month,
  today: day,
  all: z.object(counted),
  byGrid: z.array(
    z.object({ gridId: id.nullable(), grid: z.string(), visitors: z.array(z.string()), ...counted }),
  ),
  byVisitor: z.array(
    z.object({
      visitorId: id,
      name: z.string(),
      kind: z.enum(['staff', 'social-worker', 'volunteer']),
      monthMet: z.int(),
      monthMeetings: z.int(),
      monthInVain: z.int(),
      /** 0 for those who answer for no grid: they help. */
      monthGoal: z.int(),
      /** Different families met in the year. */
      yearMet: z.int(),
    }),
  ),
  /** January to December of the year: families covered for the first time in the month, and meetings. */
  byMonth: z.array(z.object({ month, newlyCovered: z.int(), met: z.int() })),
  /** Key groups with an interval: families of it, overdue ones, due within thirty days. */
  keyGroups: z.array(
    z.object({ keyGroup: z.string(), days: z.int(), families: z.int(), overdue: z.int(), soon: z.int() }),
  ),
})
export type Coverage = z.infer<typeof coverage>

/** One door of the map: how long ago somebody was met there. */
export const doorMap = z.array(
  z.object({
    estate: z.string(),
    building: z.string(),
    units: z.array(
      z.object({
        unit: z.string(),
        doors: z.array(
          z.object({
            householdId: id,
            number: z.string(),
            lastMetDay: day.nullable(),
            away: z.enum(['vacant', 'moved']).nullable(),
            keyGroup: z.boolean(),
            overdue: z.boolean(),
          }),
        ),
      }),
    ),
  }),
)
export type DoorMap = z.infer<typeof doorMap>

export const coverageWhats = [
  'month-met',
  'month-meetings',
  'month-in-vain',
  'covered',
  'not-covered',
  'away',
  'key-families',
  'key-overdue',
  'key-soon',
  'follow-up',
  'open-need',
] as const

export const coverageRow = doorToVisit.extend({
  /** The visit that makes it count, where one does. */
  visit: z.object({ id, day, outcome: z.enum(outcomes), at: instant }).nullable(),
  /** Of `away`: why and since when. */
  awayReason: z.string(),
  awaySince: day.nullable(),
})

/** Null: all doors; `none`: those that lie in no grid. */
const whichGrid = z.union([id, z.literal('none')]).nullable()

/** Part of `visits`. */
export const coverageProcedures = {
  /** INVALID `month` `future`. */
  coverage: procedure(seeing).input(z.strictObject({ month })).output(coverage),

  /** The doors of a grid by building; NOT_FOUND `grid`. */
  doorMap: procedure(seeing)
    .input(z.strictObject({ gridId: id }))
    .output(doorMap),

  /** The rows behind a number, by door; paged by the last row's household. `keyGroup` narrows `key-families`, `key-overdue`, `key-soon`. */
  coverageRows: procedure(seeing)
    .input(
      z.strictObject({
        what: z.enum(coverageWhats),
        month,
        gridId: whichGrid,
        visitorId: id.nullable(),
        keyGroup: text(20).optional(),
        after: id.optional(),
        limit: z.int().min(1).max(200).default(50),
      }),
    )
    .output(z.object({ rows: z.array(coverageRow), total: z.int() })),

  /** The rows behind a number as a spreadsheet (xlsx, base64), names masked; at most 10,000 rows. */
  coverageSheet: procedure(seeing)
    .input(
      z.strictObject({
        what: z.enum(coverageWhats),
        month,
        gridId: whichGrid,
        visitorId: id.nullable(),
        keyGroup: text(20).optional(),
      }),
    )
    .output(z.object({ fileName: z.string(), base64: z.string() })),
}
