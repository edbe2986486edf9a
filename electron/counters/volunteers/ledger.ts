import { rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'

/** Who posts, and when: `day` is the local day of `at`. */
export type Posting = { day: string; at: string; operatorId: number }

/** The balance of a volunteer: the sum of the ledger, never negative. */
export function pointsOf(db: Database, volunteerId: number): number {
  return value<number>(
    db,
    'SELECT coalesce(sum(points), 0) FROM point_entry WHERE volunteer_id = ?',
    volunteerId,
  )!
}

/** The balance alone. NOT_FOUND `volunteer`. */
export function readBalance({ desk }: Context, volunteerId: number): { points: number } {
  if (!value(desk.db, 'SELECT 1 FROM volunteer WHERE id = ?', volunteerId)) {
    fail('NOT_FOUND', { what: 'volunteer' })
  }
  return { points: pointsOf(desk.db, volunteerId) }
}

/**
 * Posts what these records give, once each, as they are confirmed: floor(minutes / 60 × per hour) + per attendance by the
 * rule of the activity's day. Other organisations' give nothing. Part of the caller's act. Returns the sum.
 */
export function postPoints(db: WritableDatabase, recordIds: readonly number[], by: Posting): number {
  const posted = rows<{ points: number }>(
    db,
    `INSERT INTO point_entry (volunteer_id, points, cause, record_id, year, day, at, operator_id)
     SELECT r.volunteer_id, r.minutes * p.per_hour / 60 + p.per_attendance AS points, 'service', r.id, r.year,
       @day, @at, @operatorId
     FROM json_each(@recordIds) AS wanted
     CROSS JOIN service_record AS r ON r.id = wanted.value
     CROSS JOIN point_rule AS p ON p.kind = r.kind AND p.from_day <= r.day AND (p.to_day IS NULL OR p.to_day >= r.day)
     WHERE r.own = 1 AND r.minutes * p.per_hour / 60 + p.per_attendance > 0
     RETURNING points`,
    { ...by, recordIds: JSON.stringify(recordIds) },
  )
  return posted.reduce((sum, { points }) => sum + points, 0)
}

/**
 * Takes back what a record gave, as far as the balance has it; the rest is written off. `reversalId` is the reversing row.
 * Part of the caller's act.
 */
export function takeBackPoints(
  db: WritableDatabase,
  { recordId, reversalId }: { recordId: number; reversalId: number },
  by: Posting,
): { points: number; writtenOff: number } {
  const [given] = rows<{ volunteerId: number; points: number; year: number }>(
    db,
    'SELECT volunteer_id AS volunteerId, points, year FROM point_entry WHERE record_id = ?',
    recordId,
  )
  if (!given) return { points: 0, writtenOff: 0 }
  const taken = Math.min(given.points, pointsOf(db, given.volunteerId))
  const writtenOff = given.points - taken
  write(
    db,
    `INSERT INTO point_entry (volunteer_id, points, cause, record_id, year, written_off, day, at, operator_id)
     VALUES (?, ?, 'service-reversal', ?, ?, ?, ?, ?, ?)`,
    given.volunteerId,
    0 - taken,
    reversalId,
    given.year,
    writtenOff,
    by.day,
    by.at,
    by.operatorId,
  )
  return { points: taken, writtenOff }
}
