import { z } from 'zod'
import { procedure } from './access.ts'
import { version } from './fields.ts'
import { readers } from './volunteer-fields.ts'

const rising = (hours: readonly number[]) =>
  hours.every((value, index) => index === 0 || hours[index - 1]! < value)

const fields = {
  /** Hours for one to five stars: 100/300/600/1000/1500 by MZ/T 061-2015. INVALID `starHours` `not-rising`. */
  starHours: z.array(z.int().min(1).max(100_000)).length(5).refine(rising, 'not-rising'),
  /** `never`, or at the end of the year after the one in which they were earned. */
  pointsExpire: z.enum(['never', 'after-next-year']),
  /** More hours than this on one day are flagged (8). */
  flaggedDayHours: z.int().min(1).max(24),
  /** Working days after the activity until its records are confirmed: 10 at the most (令67号 Art 11). */
  confirmDays: z.int().min(1).max(10),
  /** Active: more hours than this in a year (5). */
  activeHours: z.int().min(0).max(1000),
  /** Days for objections to the published list, at the least (7, after 民发〔2015〕149号). */
  objectionDays: z.int().min(1).max(60),
  version,
}

/** By what rules hours and points are counted; kept under the key `volunteers` of the settings. */
export const volunteerRules = z.object(fields)
export type VolunteerRules = z.infer<typeof volunteerRules>

/** Part of `volunteers`. */
export const volunteerRuleProcedures = {
  rules: procedure(readers).input(z.strictObject({})).output(volunteerRules),

  /**
   * CONFLICT `changed` carries the rules as they stand. Stars follow at once; deadlines and flags that stand already keep
   * what they were.
   */
  changeRules: procedure(['manager']).input(z.strictObject(fields)).output(volunteerRules),
}
