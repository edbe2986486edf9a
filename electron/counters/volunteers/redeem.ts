import type { Gift, Redemption } from '../../contract/volunteer-points.ts'
import { row, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import { nextNumber } from '../../workbench/numbering.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from '../people/record.ts'
import { readGift, writeMove } from './gifts.ts'
import { mustBeVolunteer, pointsOf, type Posting } from './ledger.ts'
import { readRedemption } from './redemptions.ts'

type RedeemInput = {
  ticket: string
  volunteerId: number
  giftId: number
  amount: number
  points: number
  collector: string
}
type Redeemed = { redemption: Redemption; points: number; gift: Gift }

const answerOf = (db: Database, redemption: Redemption): Redeemed => ({
  redemption,
  points: pointsOf(db, redemption.volunteerId),
  gift: readGift(db, redemption.giftId),
})

/** What this ticket made already; undefined when it is new. CONFLICT `duplicate` when it was for something else. */
function madeBy(db: Database, input: RedeemInput): Redemption | undefined {
  const found = row<{ id: number }>(db, 'SELECT id FROM redemption WHERE ticket = ?', input.ticket)
  if (!found) return undefined
  const made = readRedemption(db, found.id)
  const same = (['volunteerId', 'giftId', 'amount', 'points', 'collector'] as const).every(
    (field) => made[field] === input[field],
  )
  return same ? made : fail('CONFLICT', { because: 'duplicate', current: made })
}

/** Whether points and stock suffice at this price, in the moment of the writing. */
function checkRedeem(db: Database, { volunteerId, giftId, amount, points }: RedeemInput): void {
  mustBeVolunteer(db, volunteerId)
  const gift = readGift(db, giftId)
  if (!gift.active) invalid('giftId', 'inactive')
  if (gift.points * amount !== points) fail('CONFLICT', { because: 'changed', current: gift })
  if (gift.stock < amount) fail('CONFLICT', { because: 'stock', current: gift })
  const balance = pointsOf(db, volunteerId)
  if (balance < points) fail('CONFLICT', { because: 'balance', current: { points: balance } })
}

function writeRedemption(db: WritableDatabase, input: RedeemInput, by: Posting): number {
  const { ticket, volunteerId, giftId, amount, points, collector } = input
  const year = Number(by.day.slice(0, 4))
  const { id } = write(
    db,
    `INSERT INTO redemption (number, ticket, volunteer_id, gift_id, amount, points, collector, day, at, operator_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    nextNumber(db, 'DH', year),
    ticket,
    volunteerId,
    giftId,
    amount,
    points,
    collector,
    by.day,
    by.at,
    by.operatorId,
  )
  write(
    db,
    `INSERT INTO point_entry (volunteer_id, points, cause, redemption_id, year, day, at, operator_id)
     VALUES (?, ?, 'redemption', ?, ?, ?, ?, ?)`,
    volunteerId,
    0 - points,
    id,
    year,
    by.day,
    by.at,
    by.operatorId,
  )
  const move = { giftId, amount: 0 - amount, cause: 'redemption', redemptionId: id } as const
  writeMove(db, { ...move, at: by.at, operatorId: by.operatorId })
  return id
}

/**
 * Hands a gift over: points and stock in one act. The same ticket again is the same redemption and writes nothing. NOT_FOUND
 * `volunteer`, `gift`; INVALID `giftId` `inactive`; CONFLICT `duplicate` for a ticket of something else, `changed` (current =
 * the gift) when the price is no longer the one seen, `stock` (current = the gift), `balance` (current = `{ points }`).
 */
export function redeem(context: Context, input: RedeemInput): Redeemed {
  const { desk } = context
  const { volunteerId, giftId, amount, points } = input
  const made = madeBy(desk.db, input)
  if (made) return answerOf(desk.db, made)
  const by = { day: todayOf(context), at: desk.clock().toISOString(), operatorId: operatorOf(context).id }
  const about = { subject: `volunteer:${volunteerId}`, also: () => [`gift:${giftId}`] }
  return act(context, { action: 'volunteer.redeem', ...about }, (db, note) => {
    checkRedeem(db, input)
    const id = writeRedemption(db, input, by)
    note(null, { redemption: id, gift: giftId, amount, points: 0 - points })
    return answerOf(db, readRedemption(db, id))
  })
}
