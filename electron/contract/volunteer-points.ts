import { z } from 'zod'
import { desk, procedure } from './access.ts'
import { day, id, instant, limit, optionalText, reason, text, version } from './fields.ts'
import { after, readers, ticket, year } from './volunteer-fields.ts'

const none = z.strictObject({})

/** A party duty gives no points, and another organisation's hours give none here. */
export const pointKinds = ['service', 'training'] as const

export const pointRule = z.object({
  id,
  kind: z.enum(pointKinds),
  perHour: z.int(),
  perAttendance: z.int(),
  fromDay: day,
  /** The last day; null: until further notice. */
  toDay: day.nullable(),
  version,
})
export type PointRule = z.infer<typeof pointRule>

export const pointCauses = [
  'service',
  'service-reversal',
  'redemption',
  'redemption-reversal',
  'expiry',
] as const

export const pointEntry = z.object({
  id,
  at: instant,
  day,
  cause: z.enum(pointCauses),
  points: z.int(),
  /** The balance after this row. */
  balance: z.int(),
  /**
   * Points of a reversed record that were spent already (positive); a redemption taken back settles them first (negative).
   * `points - writtenOff` is the whole of the cause, of a reversed record what of it had not expired.
   */
  writtenOff: z.int(),
  /** The activity, `DH-2026-000007 大米 × 2`, or the year, in words. */
  title: z.string(),
  recordId: id.nullable(),
  redemptionId: id.nullable(),
  operator: z.string(),
})
export type PointEntry = z.infer<typeof pointEntry>

export const gift = z.object({
  id,
  name: z.string(),
  /** Price of one. */
  points: z.int(),
  description: z.string(),
  photoId: id.nullable(),
  active: z.boolean(),
  stock: z.int(),
  version,
})
export type Gift = z.infer<typeof gift>

export const redemption = z.object({
  id,
  /** `DH-2026-000007` */
  number: z.string(),
  volunteerId: id,
  volunteerNumber: z.string(),
  name: z.string(),
  giftId: id,
  gift: z.string(),
  amount: z.int(),
  points: z.int(),
  collector: z.string(),
  day,
  at: instant,
  operator: z.string(),
  reversed: z
    .object({ at: instant, operator: z.string(), reason: z.string(), returned: z.boolean() })
    .nullable(),
})
export type Redemption = z.infer<typeof redemption>

const expiry = z.object({
  year,
  /**
   * Volunteers and points that expire, or did (`expired`), most first; one entry per volunteer and year, whatever is run
   * again.
   */
  rows: z.array(
    z.object({
      volunteerId: id,
      number: z.string(),
      name: z.string(),
      points: z.int(),
      balance: z.int(),
      expired: z.boolean(),
    }),
  ),
  volunteers: z.int(),
  points: z.int(),
})

/** Part of `volunteers`. Stars and hours are never spent: points are a ledger of their own. */
export const volunteerPointsProcedures = {
  /** Newest first, past ones too. */
  pointRules: procedure(readers).input(none).output(z.array(pointRule)),

  /**
   * A rule only begins and ends; what was posted by it stays. Of a record, the rule of the activity's day holds at its
   * confirmation: floor(minutes / 60 × perHour) + perAttendance. CONFLICT `overlap` (current = the other rule) with one of
   * the same kind; INVALID `toDay` `before-from`, `perHour` `required` when both are nought.
   */
  addPointRule: procedure(['manager'])
    .input(
      z.strictObject({
        kind: z.enum(pointKinds),
        perHour: z.int().min(0).max(1000),
        perAttendance: z.int().min(0).max(1000),
        fromDay: day,
        toDay: day.nullable(),
      }),
    )
    .output(z.array(pointRule)),

  /** `toDay` = its last day. CONFLICT `changed`; INVALID `toDay` `before-from`, `not-earlier`. */
  endPointRule: procedure(['manager'])
    .input(z.strictObject({ id, version, toDay: day }))
    .output(z.array(pointRule)),

  /** The balance alone: the sum of the ledger. NOT_FOUND `volunteer`. */
  balance: procedure(readers)
    .input(z.strictObject({ volunteerId: id }))
    .output(z.object({ points: z.int() })),

  /** The ledger of a volunteer, newest first. `writtenOff` = what is not settled. */
  statement: procedure(readers)
    .input(z.strictObject({ volunteerId: id, after, limit }))
    .output(
      z.object({
        rows: z.array(pointEntry),
        next: z.string().nullable(),
        points: z.int(),
        writtenOff: z.int(),
        /** What expires next, by the rule; null without. */
        expires: z.object({ points: z.int(), day }).nullable(),
      }),
    ),

  /** By name; `all` shows withdrawn ones too. */
  gifts: procedure(readers)
    .input(z.strictObject({ all: z.boolean().default(false) }))
    .output(z.array(gift)),

  /** CONFLICT `changed`, `duplicate` (name); INVALID `photoId` `not-an-image`; NOT_FOUND `gift`, `file`. */
  saveGift: procedure(['manager'])
    .input(
      z.strictObject({
        id: id.nullable(),
        version: version.nullable(),
        name: text(30),
        points: z.int().min(1).max(100_000),
        description: optionalText(200),
        photoId: id.nullable(),
        active: z.boolean(),
      }),
    )
    .output(gift),

  /**
   * A delivery (positive) or a correction after counting (either sign, with its reason: INVALID `reason` `required`). INVALID
   * `amount` `nought`, `not-positive`; CONFLICT `stock` (current = the gift) when less is there than is taken out.
   */
  moveStock: procedure(['manager'])
    .input(
      z.strictObject({
        giftId: id,
        cause: z.enum(['delivery', 'correction']),
        amount: z.int().min(-100_000).max(100_000),
        reason: optionalText(200),
      }),
    )
    .output(gift),

  /**
   * Hands a gift over: points and stock in one act. The same ticket again is the same redemption, for anything else CONFLICT
   * `duplicate`. CONFLICT `balance` (current = `{ points }`) and `stock` (current = the gift), also for the second of two
   * screens and after a record was reversed; CONFLICT `changed` when the price is no longer the one seen; INVALID
   * `giftId` `inactive`. A volunteer who left may still redeem.
   */
  redeem: procedure(desk)
    .input(
      z.strictObject({
        ticket,
        volunteerId: id,
        giftId: id,
        amount: z.int().min(1).max(1000),
        /** Of all of them, as the screen shows it. */
        points: z.int().min(1),
        collector: optionalText(20),
      }),
    )
    .output(z.object({ redemption, points: z.int(), gift })),

  /**
   * Taken back by a second row: points come back (what was written off is settled first), the gift into stock when
   * `returned`. CONFLICT `step` when reversed already; NOT_FOUND `redemption`.
   */
  reverseRedemption: procedure(desk)
    .input(z.strictObject({ redemptionId: id, returned: z.boolean(), reason }))
    .output(z.object({ redemption, points: z.int(), settled: z.int(), gift })),

  /** Newest first; of one volunteer, one gift, or all. */
  redemptions: procedure(readers)
    .input(z.strictObject({ volunteerId: id.optional(), giftId: id.optional(), after, limit }))
    .output(z.object({ rows: z.array(redemption), next: z.string().nullable() })),

  /**
   * What would expire of the points earned in or before `year`; the oldest are spent first: max(0, earned - all that was spent
   * or expired). INVALID `year` `too-early` before the year after it has ended; CONFLICT `step` while points never expire.
   */
  expiryPreview: procedure(['manager', 'auditor']).input(z.strictObject({ year })).output(expiry),

  /**
   * Runs it; where nothing is left to expire, nothing is written. CONFLICT `changed` (current = the preview now) when it is
   * not the total that was seen; else as the preview.
   */
  runExpiry: procedure(['manager'])
    .input(z.strictObject({ year, volunteers: z.int(), points: z.int(), reason }))
    .output(expiry),
}
