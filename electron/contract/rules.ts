import { z } from 'zod'
import { everyone, procedure } from './access.ts'
import { optionalText, text, version } from './fields.ts'

/** A limit: so many working days, or so many working hours of the desk. */
export const limit = z.strictObject({ amount: z.int().min(1).max(365), unit: z.enum(['day', 'hour']) })
export type Limit = z.infer<typeof limit>

/** A time of day, `08:30`. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** When the desk is open, in order: `08:30`-`12:00`, `13:30`-`17:30`. */
const workHours = z
  .array(
    z
      .strictObject({ from: timeOfDay, to: timeOfDay })
      .refine(({ from, to }) => from < to, { error: 'ends-too-early', path: ['to'] }),
  )
  .min(1)
  .max(3)
  .refine((spans) => spans.every(({ from }, index) => index === 0 || spans[index - 1]!.to <= from), 'overlap')

/** A task that is not a community's (准入清单): the rule to cite, and where it is done. */
const notOurs = z.strictObject({ task: text(80), rule: text(200), channel: text(80) })
export type NotOurs = z.infer<typeof notOurs>

const fields = {
  workHours,
  /** Of an enquiry without a matter. */
  usualLimit: limit,
  /** Working hours until a called department has to report (报到). */
  arriveHours: z.int().min(1).max(80),
  /** Working days from the answer to the call-back. */
  followUpDays: z.int().min(1).max(30),
  /** 临期 from so many working days before the limit. */
  soonDays: z.int().min(0).max(10),
  notOurs: z.array(notOurs).max(60),
  /** The community's person for child protection (未成年人保护法 43); both empty while nobody is named. */
  childProtection: z.strictObject({ name: optionalText(20), phone: optionalText(40) }),
  /** Fewer ratings than this are not shown as a total: who rated what stays secret. */
  ratingsShownFrom: z.int().min(1).max(50),
  version,
}

/** By what rules the desk accepts and follows up. */
export const rules = z.object({
  ...fields,
  /** The last year whose holidays and 调休 the program knows; years after it count as plain weekdays. */
  calendarThrough: z.int(),
})
export type Rules = z.infer<typeof rules>

/** Part of `settings`. */
export const ruleProcedures = {
  rules: procedure(everyone).input(z.strictObject({})).output(rules),

  /** CONFLICT `changed` carries the rules as they stand. Limits that run already keep their day. */
  changeRules: procedure(['manager']).input(z.strictObject(fields)).output(rules),
}
