import type { Gift, Redemption } from '../../contract/volunteer-points.ts'
import { row, rows, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { nameNow } from '../people/lines.ts'
import { todayOf } from '../people/record.ts'
import { readGift, writeMove } from './gifts.ts'
import { mustBeVolunteer, pointsOf, writtenOffOf, type Posting } from './ledger.ts'

type RedemptionRow = Omit<Redemption, 'reversed'> & {
  reversedAt: string | null
  reversedBy: string | null
  reversalReason: string | null
  returned: 0 | 1 | null
}

const redemptionSql = `
  SELECT r.id, r.number, r.volunteer_id AS volunteerId, v.number AS volunteerNumber, ${nameNow('p')} AS name,
    r.gift_id AS giftId, g.name AS gift, r.amount, r.points, r.collector, r.day, r.at, o.name AS operator,
    x.at AS reversedAt, y.name AS reversedBy, x.reason AS reversalReason, x.returned
  FROM redemption AS r
  CROSS JOIN volunteer AS v ON v.id = r.volunteer_id
  CROSS JOIN person AS p ON p.id = v.person_id
  CROSS JOIN gift AS g ON g.id = r.gift_id
  CROSS JOIN operator AS o ON o.id = r.operator_id
  LEFT JOIN redemption_reversal AS x ON x.redemption_id = r.id
  LEFT JOIN operator AS y ON y.id = x.operator_id`

function toRedemption(found: RedemptionRow): Redemption {
  const { reversedAt, reversedBy, reversalReason, returned, ...rest } = found
  return {
    ...rest,
    reversed:
      reversedAt === null
        ? null
        : { at: reversedAt, operator: reversedBy!, reason: reversalReason!, returned: returned === 1 },
  }
}

/** One redemption. NOT_FOUND `redemption`. */
export function readRedemption(db: Database, id: number): Redemption {
  const found = row<RedemptionRow>(db, `${redemptionSql} WHERE r.id = ?`, id)
  return found ? toRedemption(found) : fail('NOT_FOUND', { what: 'redemption' })
}

function readKey(after: string | undefined): number {
  if (after === undefined) return Number.MAX_SAFE_INTEGER
  return /^\d{1,15}$/.test(after) ? Number(after) : invalid('after', 'key')
}

/** Newest first; of one volunteer, one gift, or all. NOT_FOUND `volunteer`, `gift`; INVALID `after` `key`. */
export function listRedemptions(
  { desk }: Context,
  input: {
    volunteerId?: number | undefined
    giftId?: number | undefined
    after?: string | undefined
    limit: number
  },
): { rows: Redemption[]; next: string | null } {
  const { db } = desk
  const { volunteerId, giftId, limit } = input
  if (volunteerId !== undefined) mustBeVolunteer(db, volunteerId)
  if (giftId !== undefined) readGift(db, giftId)
  // Constant texts, so that each question has its index.
  const where = [
    volunteerId === undefined ? '' : ' AND r.volunteer_id = @volunteerId',
    giftId === undefined ? '' : ' AND r.gift_id = @giftId',
  ].join('')
  const found = rows<RedemptionRow>(
    db,
    `${redemptionSql} WHERE r.id < @before${where} ORDER BY r.id DESC LIMIT @most`,
    {
      before: readKey(input.after),
      most: limit + 1,
      ...(volunteerId !== undefined && { volunteerId }),
      ...(giftId !== undefined && { giftId }),
    },
  )
  const shown = found.slice(0, limit)
  return {
    rows: shown.map(toRedemption),
    next: found.length > limit ? String(shown.at(-1)!.id) : null,
  }
}

/** Gives the points back, after what was written off is settled. Returns how much that was. */
function giveBack(db: WritableDatabase, { id, volunteerId, points }: Redemption, by: Posting): number {
  const settled = Math.min(points, writtenOffOf(db, volunteerId))
  write(
    db,
    `INSERT INTO point_entry (volunteer_id, points, cause, redemption_id, year, written_off, day, at, operator_id)
     VALUES (?, ?, 'redemption-reversal', ?, ?, ?, ?, ?, ?)`,
    volunteerId,
    points - settled,
    id,
    Number(by.day.slice(0, 4)),
    0 - settled,
    by.day,
    by.at,
    by.operatorId,
  )
  return settled
}

/**
 * Takes a redemption back by second rows: the points, less what was written off (`settled`), and the gift into stock when it
 * was `returned`. NOT_FOUND `redemption`; CONFLICT `step` (current = the redemption) when it is reversed already.
 */
export function reverseRedemption(
  context: Context,
  input: { redemptionId: number; returned: boolean; reason: string },
): { redemption: Redemption; points: number; settled: number; gift: Gift } {
  const { desk } = context
  const { redemptionId, returned, reason } = input
  const { volunteerId, giftId } = readRedemption(desk.db, redemptionId)
  const by = { day: todayOf(context), at: desk.clock().toISOString(), operatorId: operatorOf(context).id }
  const about = { subject: `volunteer:${volunteerId}`, also: () => [`gift:${giftId}`] }
  return act(context, { action: 'volunteer.reverse-redemption', reason, ...about }, (db, note) => {
    const before = readRedemption(db, redemptionId)
    if (before.reversed) fail('CONFLICT', { because: 'step', current: before })
    write(
      db,
      `INSERT INTO redemption_reversal (redemption_id, reason, returned, day, at, operator_id)
       VALUES (?, ?, ?, ?, ?, ?)`,
      redemptionId,
      reason,
      returned ? 1 : 0,
      by.day,
      by.at,
      by.operatorId,
    )
    const settled = giveBack(db, before, by)
    if (returned) {
      const move = { giftId, amount: before.amount, cause: 'redemption-reversal', redemptionId } as const
      writeMove(db, { ...move, at: by.at, operatorId: by.operatorId })
    }
    note(null, { redemption: redemptionId, points: before.points - settled, settled, returned })
    return {
      redemption: readRedemption(db, redemptionId),
      points: pointsOf(db, volunteerId),
      settled,
      gift: readGift(db, giftId),
    }
  })
}
