import { z } from 'zod'
import { desk, everyone, procedure } from './access.ts'
import { day, id, optionalText, text } from './fields.ts'

/** 好差评 (GB/T 39734): five levels, 5 = 非常满意 … 1 = 非常不满意. */
export const level = z.int().min(1).max(5)

/** Why, to be ticked; the same words on screen and slip. */
export const ratingReasons = {
  good: ['办得快', '态度好', '讲得清楚', '真解决了'],
  bad: ['没有解决', '时间太长', '态度不好', '材料反复跑', '说不清楚', '相互推诿'],
} as const

/** What a resident thought of it. */
const rating = z.strictObject({
  level,
  reasons: z.array(z.enum([...ratingReasons.good, ...ratingReasons.bad])).max(6),
  words: optionalText(400),
})
export type Rating = z.output<typeof rating>

export const ratingProcedures = {
  /**
   * Invites the resident to rate an answered enquiry on the second screen. The ticket works once, for ten minutes, on any
   * paired screen. CONFLICT `step` before the answer, CONFLICT `duplicate` when it is rated already.
   */
  inviteRating: procedure(desk)
    .input(z.strictObject({ id }))
    .output(z.object({ ticket: z.string(), number: z.string(), matter: z.string() })),

  /** The resident's own touch, without an operator. NOT_FOUND for a ticket that is used or too old. */
  rate: procedure('device')
    .input(rating.extend({ ticket: text(60) }))
    .output(z.strictObject({})),

  /** A rating slip from the box, entered by the manager, so that it stays secret from who handled it. */
  rateBySlip: procedure(['manager'])
    .input(rating.extend({ number: text(20) }))
    .output(z.strictObject({})),

  /**
   * Totals of the days, for everybody at the desk, in whole batches: so many ratings at a time that nobody learns from
   * two of them how one resident rated. Null without a whole one.
   */
  satisfaction: procedure(everyone)
    .input(z.strictObject({ from: day, to: day }))
    .output(z.object({ levels: z.array(z.int()).length(5).nullable(), rated: z.int() })),
}
