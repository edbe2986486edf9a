import type { PointEntry } from '../../contract/volunteer-points.ts'
import { row, rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readVolunteerRules } from './rules.ts'

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

/** NOT_FOUND `volunteer`. */
export function mustBeVolunteer(db: Database, volunteerId: number): void {
  if (!value(db, 'SELECT 1 FROM volunteer WHERE id = ?', volunteerId)) {
    fail('NOT_FOUND', { what: 'volunteer' })
  }
}

/** The balance alone. NOT_FOUND `volunteer`. */
export function readBalance({ desk }: Context, volunteerId: number): { points: number } {
  mustBeVolunteer(desk.db, volunteerId)
  return { points: pointsOf(desk.db, volunteerId) }
}

/** What reversed records gave, the balance no longer had, and no redemption taken back has settled since. */
export function writtenOffOf(db: Database, volunteerId: number): number {
  return value<number>(
    db,
    'SELECT coalesce(sum(written_off), 0) FROM point_entry WHERE volunteer_id = ?',
    volunteerId,
  )!
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
 * What of a record's points had expired: it is gone already, and is not taken a second time out of later ones. Points expire
 * with their year or a later one; what one reversed record was spared, no other one is.
 */
function expiredOf(
  db: Database,
  recordId: number,
  given: { volunteerId: number; points: number; year: number },
): number {
  const years = rows<{ year: number; points: number }>(
    db,
    `SELECT e.year, sum(iif(e.cause = 'service-reversal', e.written_off, 0) - e.points) AS points
     FROM point_entry AS e LEFT JOIN service_record AS r ON r.id = e.record_id
     WHERE e.volunteer_id = ? AND (e.cause IN ('expiry', 'service-reversal')
       OR e.cause = 'service' AND r.reversed = 1 AND r.id <> ?)
     GROUP BY e.year`,
    given.volunteerId,
    recordId,
  )
  const left = [given.year, ...years.map(({ year }) => year)]
    .filter((from) => from <= given.year)
    .map((from) => years.reduce((sum, { year, points }) => (year < from ? sum : sum + points), 0))
  return Math.max(0, Math.min(given.points, ...left))
}

/**
 * Takes back what a record gave and did not expire, as far as the balance has it; the rest was spent and is written off.
 * `reversalId` is the reversing row. Part of the caller's act.
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
  const owed = given.points - expiredOf(db, recordId, given)
  if (owed === 0) return { points: 0, writtenOff: 0 }
  const taken = Math.min(owed, pointsOf(db, given.volunteerId))
  const writtenOff = owed - taken
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

/**
 * One line a cause. The sums run over the whole ledger of the volunteer, before a page is cut out of it.
 */
const statementSql = `
  WITH ledger AS MATERIALIZED (
    SELECT id, sum(points) OVER (ORDER BY id) AS balance FROM point_entry WHERE volunteer_id = @volunteerId)
  SELECT e.id, e.at, e.day, e.cause, e.points, l.balance, e.written_off AS writtenOff, e.record_id AS recordId,
    e.redemption_id AS redemptionId, o.name AS operator,
    CASE
      WHEN e.record_id IS NOT NULL THEN a.name
      WHEN e.redemption_id IS NOT NULL THEN r.number || ' ' || g.name || ' × ' || r.amount
      ELSE e.year || '年及以前的积分'
    END AS title
  FROM ledger AS l
  CROSS JOIN point_entry AS e ON e.id = l.id
  CROSS JOIN operator AS o ON o.id = e.operator_id
  LEFT JOIN service_record AS s ON s.id = e.record_id
  LEFT JOIN activity AS a ON a.id = s.activity_id
  LEFT JOIN redemption AS r ON r.id = e.redemption_id
  LEFT JOIN gift AS g ON g.id = r.gift_id`

/** The last rows of a volunteer's ledger, newest first; with `before`, those before this row. */
export const entriesOf = (
  db: Database,
  volunteerId: number,
  most: number,
  before = Number.MAX_SAFE_INTEGER,
): PointEntry[] =>
  rows<PointEntry>(db, `${statementSql} WHERE e.id < @before ORDER BY e.id DESC LIMIT @most`, {
    volunteerId,
    before,
    most,
  })

/**
 * What of the balance was earned in or before `year`, when the oldest points are spent first: what was earned less all that
 * was ever spent or expired.
 */
const leftOfYear = `max(0,
  coalesce(sum(points) FILTER (WHERE cause IN ('service', 'service-reversal') AND year <= @year), 0)
  + coalesce(sum(points) FILTER (WHERE cause NOT IN ('service', 'service-reversal')), 0))`

/** All whose points of `year` and before have not been let expire for that year; most points first. */
export const expiringIn = (db: Database, year: number): { volunteerId: number; points: number }[] =>
  rows<{ volunteerId: number; points: number }>(
    db,
    `SELECT volunteerId, points FROM (
       SELECT volunteer_id AS volunteerId, ${leftOfYear} AS points,
         max(cause = 'expiry' AND year = @year) AS expired
       FROM point_entry GROUP BY volunteer_id)
     WHERE points > 0 AND NOT expired ORDER BY points DESC, volunteerId`,
    { year },
  )

/** Points earned in a year expire when the next one ends. */
export const expiryDay = (year: number) => `${year + 1}-12-31`

/** What expires next of a volunteer's points, and on which day; null when nothing does. */
function nextExpiry(db: Database, volunteerId: number): { points: number; day: string } | null {
  if (readVolunteerRules(db).pointsExpire === 'never') return null
  const years = rows<{ year: number }>(
    db,
    `SELECT DISTINCT year FROM point_entry AS e WHERE volunteer_id = ? AND cause = 'service' AND NOT EXISTS (
       SELECT 1 FROM point_entry WHERE cause = 'expiry' AND year = e.year AND volunteer_id = e.volunteer_id)
     ORDER BY year`,
    volunteerId,
  )
  for (const { year } of years) {
    const found = row<{ points: number }>(
      db,
      `SELECT ${leftOfYear} AS points FROM point_entry WHERE volunteer_id = @volunteerId`,
      { volunteerId, year },
    )!
    if (found.points > 0) return { points: found.points, day: expiryDay(year) }
  }
  return null
}

function readKey(after: string | undefined): number | undefined {
  if (after === undefined) return undefined
  return /^\d{1,15}$/.test(after) ? Number(after) : invalid('after', 'key')
}

export type Statement = {
  rows: PointEntry[]
  next: string | null
  points: number
  writtenOff: number
  expires: { points: number; day: string } | null
}

/** The ledger of a volunteer, newest first, with the balance after each row. NOT_FOUND `volunteer`; INVALID `after` `key`. */
export function readStatement(
  { desk }: Context,
  input: { volunteerId: number; after?: string | undefined; limit: number },
): Statement {
  const { db } = desk
  const { volunteerId, limit } = input
  mustBeVolunteer(db, volunteerId)
  const found = entriesOf(db, volunteerId, limit + 1, readKey(input.after))
  const shown = found.slice(0, limit)
  return {
    rows: shown,
    next: found.length > limit ? String(shown.at(-1)!.id) : null,
    points: pointsOf(db, volunteerId),
    writtenOff: writtenOffOf(db, volunteerId),
    expires: nextExpiry(db, volunteerId),
  }
}

/** The balance after a redemption, as the slip says it. */
export const balanceAfter = (db: Database, redemptionId: number): number =>
  value<number>(
    db,
    `SELECT (SELECT sum(points) FROM point_entry WHERE volunteer_id = e.volunteer_id AND id <= e.id)
     FROM point_entry AS e WHERE redemption_id = ? AND cause = 'redemption'`,
    redemptionId,
  )!
