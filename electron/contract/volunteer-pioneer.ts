import { z } from 'zod'
import { procedure } from './access.ts'
import { day, id, instant, limit, reason, version } from './fields.ts'
import { after, query, readers, year } from './volunteer-fields.ts'

/** Of one volunteer in one year: confirmed own service, whole activities, mean rating in hundredths (null: never rated). */
const figures = {
  minutes: z.int(),
  activities: z.int(),
  rating: z.int().nullable(),
}

export const rankLine = z.object({
  /** Equal in minutes, activities and rating share one, and the next are left out: 1, 2, 2, 4. Null: excluded. */
  rank: z.int().nullable(),
  volunteerId: id,
  number: z.string(),
  /** Of the same person, whose records were merged: of an open year they count in this line. */
  otherNumbers: z.array(z.object({ id, number: z.string() })),
  name: z.string(),
  ...figures,
  /** 志愿服务信息公示 stands today: whole in a publication list, otherwise masked (令67号 Art 16). */
  mayPublish: z.boolean(),
  /** More than one has this rank. */
  shared: z.boolean(),
})
export type RankLine = z.infer<typeof rankLine>

export const pioneerCorrection = z.object({
  id,
  volunteerId: id,
  number: z.string(),
  name: z.string(),
  kind: z.enum(['recompute', 'exclude', 'restore', 'no-change']),
  reason: z.string(),
  before: z.object({ rank: z.int().nullable(), ...figures }),
  after: z.object({ rank: z.int().nullable(), ...figures }),
  at: instant,
  operator: z.string(),
})
export type PioneerCorrection = z.infer<typeof pioneerCorrection>

export const pioneerYear = z.object({
  year,
  /** `open`: nothing is locked, the ranking moves with the records. */
  state: z.enum(['open', 'locked', 'published', 'frozen']),
  /** Records of the year up to this day count; of an open year today or its last day. */
  untilDay: day,
  /** Ranked, without the excluded. */
  volunteers: z.int(),
  /** Not confirmed when it was locked (now, of an open year), and so not counted. */
  unconfirmed: z.int(),
  places: z.int().nullable(),
  publishedDay: day.nullable(),
  /** The last day for objections. */
  objectionsUntil: day.nullable(),
  lockedAt: instant.nullable(),
  frozenAt: instant.nullable(),
  corrections: z.array(pioneerCorrection),
  /** Volunteers whose records now say something else than the locked figures; nought once frozen. */
  changedSince: z.int(),
  version: version.nullable(),
})
export type PioneerYear = z.infer<typeof pioneerYear>

const seen = { year, version }

/**
 * Part of `volunteers`. A person is ranked once, several numbers together under the first; a snapshot of before a merge has
 * both until it is corrected. The tie rule: minutes, then activities, then mean rating (never rated is last); equal in all three
 * share the rank and stand by volunteer number. Reversed and unconfirmed records never count. Of all that write: CONFLICT
 * `changed` (current = the year), `step` (not in this state; a frozen year is never changed).
 */
export const volunteerPioneerProcedures = {
  /** Years with records or a lock, newest first. */
  pioneerYears: procedure(readers)
    .input(z.strictObject({}))
    .output(z.array(z.object({ year, state: pioneerYear.shape.state }))),

  pioneerYear: procedure(readers).input(z.strictObject({ year })).output(pioneerYear),

  /** By rank: live from the records of an open year, else the snapshot. `total` = all lines; excluded ones last, on request. */
  ranking: procedure(readers)
    .input(z.strictObject({ year, query, excluded: z.boolean().default(false), after, limit }))
    .output(z.object({ rows: z.array(rankLine), next: z.string().nullable(), total: z.int() })),

  /**
   * Takes the snapshot; until the publication it may be taken again (`version` of the first). INVALID `untilDay` `other-year`,
   * `future`; CONFLICT `step` without anybody to rank. Unconfirmed records are counted as a warning, never a bar.
   */
  lockYear: procedure(['manager'])
    .input(z.strictObject({ year, version: version.nullable(), untilDay: day }))
    .output(pioneerYear),

  /**
   * Publishes the first `places` (those who share the last one all). INVALID `objectionsUntil` `too-soon` before the days of
   * the rules (7) have passed; `places` `too-many`.
   */
  publishYear: procedure(['manager'])
    .input(z.strictObject({ ...seen, places: z.int().min(1).max(500), objectionsUntil: day }))
    .output(pioneerYear),

  /**
   * Corrects one volunteer, locked or published, and ranks all again: `recompute` from the records up to `untilDay` as they
   * are now, `exclude`, `restore`; `no-change` lists an objection that changed nothing. Each is listed with its reason.
   * NOT_FOUND `volunteer` for one without records in the year; CONFLICT `step` to exclude twice or restore one who is in.
   */
  correctYear: procedure(['manager'])
    .input(z.strictObject({ ...seen, volunteerId: id, kind: pioneerCorrection.shape.kind, reason }))
    .output(pioneerYear),

  /** The final list. CONFLICT `step` before the day after `objectionsUntil`. Nothing changes it afterwards. */
  freezeYear: procedure(['manager']).input(z.strictObject(seen)).output(pioneerYear),
}
