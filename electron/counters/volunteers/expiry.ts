import { rows, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { nameNow } from '../people/lines.ts'
import { todayOf } from '../people/record.ts'
import { expiringIn, expiryDay } from './ledger.ts'
import { readVolunteerRules } from './rules.ts'

type Line = { volunteerId: number; points: number; expired: boolean }
type ExpiryRow = Line & { number: string; name: string; balance: number }
export type Expiry = { year: number; rows: ExpiryRow[]; volunteers: number; points: number }

/** What was let expire for this year already, most first. */
const expiredFor = (db: Database, year: number): Line[] =>
  rows<Omit<Line, 'expired'>>(
    db,
    `SELECT volunteer_id AS volunteerId, -points AS points FROM point_entry
     WHERE cause = 'expiry' AND year = ? ORDER BY points, volunteer_id`,
    year,
  ).map((line) => ({ ...line, expired: true }))

const expiring = (db: Database, year: number): Line[] =>
  expiringIn(db, year).map((line) => ({ ...line, expired: false }))

function withNames(db: Database, lines: readonly Line[]): ExpiryRow[] {
  const found = rows<{ id: number; number: string; name: string; balance: number }>(
    db,
    `SELECT v.id, v.number, ${nameNow('p')} AS name,
       (SELECT coalesce(sum(points), 0) FROM point_entry WHERE volunteer_id = v.id) AS balance
     FROM json_each(?) AS wanted
     CROSS JOIN volunteer AS v ON v.id = wanted.value
     CROSS JOIN person AS p ON p.id = v.person_id`,
    JSON.stringify(lines.map(({ volunteerId }) => volunteerId)),
  )
  const known = new Map(found.map(({ id, ...volunteer }) => [id, volunteer]))
  return lines.map((line) => ({ ...line, ...known.get(line.volunteerId)! }))
}

function readExpiry(db: Database, year: number): Expiry {
  const lines = [...expiring(db, year), ...expiredFor(db, year)].sort(
    (one, other) => other.points - one.points || one.volunteerId - other.volunteerId,
  )
  return {
    year,
    rows: withNames(db, lines),
    volunteers: lines.length,
    points: lines.reduce((sum, { points }) => sum + points, 0),
  }
}

/** INVALID `year` `too-early` while its points are good; CONFLICT `step` while points never expire. */
function mustExpire(context: Context, year: number): void {
  if (readVolunteerRules(context.desk.db).pointsExpire === 'never') fail('CONFLICT', { because: 'step' })
  if (todayOf(context) <= expiryDay(year)) invalid('year', 'too-early')
}

/** What expires of the points earned in or before `year`, or did. INVALID `year` `too-early`; CONFLICT `step`. */
export function expiryPreview(context: Context, year: number): Expiry {
  mustExpire(context, year)
  return readExpiry(context.desk.db, year)
}

/**
 * Lets the points expire: one entry for each volunteer and year, whatever is run again; what is confirmed late goes with
 * the next year. Where nothing is left, nothing is written. CONFLICT `changed` (current = the preview now) when it is not
 * what was seen; else as the preview.
 */
export function runExpiry(
  context: Context,
  input: { year: number; volunteers: number; points: number; reason: string },
): Expiry {
  const { desk } = context
  const { year, volunteers, points, reason } = input
  mustExpire(context, year)
  const asSeen = (now: Expiry): Expiry =>
    now.volunteers === volunteers && now.points === points
      ? now
      : fail('CONFLICT', { because: 'changed', current: now })
  const now = asSeen(readExpiry(desk.db, year))
  if (now.rows.every(({ expired }) => expired)) return now
  const by = { day: todayOf(context), at: desk.clock().toISOString(), operatorId: operatorOf(context).id }
  const about = { subject: 'volunteer-expiry', also: () => ['volunteer'] }
  return act(context, { action: 'volunteer.expire', reason, ...about }, (db, note) => {
    asSeen(readExpiry(db, year))
    const lines = expiringIn(db, year)
    for (const line of lines) {
      write(
        db,
        `INSERT INTO point_entry (volunteer_id, points, cause, year, day, at, operator_id)
         VALUES (?, ?, 'expiry', ?, ?, ?, ?)`,
        line.volunteerId,
        0 - line.points,
        year,
        by.day,
        by.at,
        by.operatorId,
      )
    }
    note(null, { year, volunteers: lines.length, points: lines.reduce((sum, line) => sum + line.points, 0) })
    return readExpiry(db, year)
  })
}
