import type { VolunteersToday } from '../../contract/volunteer-reports.ts'
import { readTogether, row, rows, value, type Database } from '../../database/open.ts'
import { momentOf, localDay } from '../../workbench/calendar.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from '../people/record.ts'
import { waitsForSecond, waitsForSheet } from './activity-list.ts'
import { activityLines } from './activity-lines.ts'
import { withPerson } from './lines.ts'
import { readVolunteerRules, starOf } from './rules.ts'

/** A list of 今日 shows so many; the numbers beside it are whole. */
const mostShown = 30

const idsOf = (db: Database, text: string, today: string) =>
  rows<{ id: number }>(db, `${text} LIMIT ${mostShown}`, { today }).map(({ id }) => id)

const nearest = 'ORDER BY a.confirm_by, a.day, a.id'
const ofToday =
  "SELECT a.id FROM activity AS a WHERE a.day = @today AND a.state <> 'cancelled' ORDER BY a.starts, a.id"
const toRecord = `SELECT a.id FROM activity AS a WHERE ${waitsForSheet} AND a.day < @today ${nearest}`
const toConfirm = `SELECT a.id FROM activity AS a WHERE a.day <= @today AND ${waitsForSecond} ${nearest}`

/** All that waits, whatever is shown of it. */
const waitingSql = `
  SELECT count(*) FILTER (WHERE sheet) AS toRecord, count(*) FILTER (WHERE NOT sheet) AS toConfirm,
    count(*) FILTER (WHERE confirm_by < @today) AS overdue, min(confirm_by) AS nearestDeadline
  FROM (
    SELECT a.confirm_by, 1 AS sheet FROM activity AS a WHERE ${waitsForSheet} AND a.day < @today
    UNION ALL
    SELECT a.confirm_by, 0 FROM activity AS a WHERE a.day <= @today AND ${waitsForSecond})`

type Waiting = VolunteersToday['waiting'] & Pick<VolunteersToday, 'nearestDeadline'>

/** The month-days that are kept today: in a year without 29 February those of it on the 28th. */
function keptToday(today: string): string[] {
  const monthDay = today.slice(5)
  const year = Number(today.slice(0, 4))
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return monthDay === '02-28' && !isLeap ? ['02-28', '02-29'] : [monthDay]
}

const alive = "v.left_day IS NULL AND p.departure IS NOT 'dead'"

const birthdaysSql = `
  SELECT v.id AS volunteerId, v.number, p.name FROM ${withPerson()}
  WHERE ${alive} AND substr(p.birth, 6) IN (SELECT value FROM json_each(?)) ORDER BY v.number LIMIT ${mostShown}`

const anniversariesSql = `
  SELECT v.id AS volunteerId, v.number, p.name, ? - CAST(substr(v.joined_day, 1, 4) AS INTEGER) AS years
  FROM ${withPerson()}
  WHERE ${alive} AND substr(v.joined_day, 6) IN (SELECT value FROM json_each(?)) AND v.joined_day < ?
  ORDER BY v.joined_day, v.number LIMIT ${mostShown}`

type Confirmed = { volunteerId: number; minutes: number; at: string; total: number }

/** Of those who had a record confirmed since `?`: each such record in the order of confirming, with all that counts now. */
const confirmedSql = `
  SELECT r.volunteer_id AS volunteerId, r.minutes, r.confirmed_at AS at,
    (SELECT sum(minutes) FROM service_record INDEXED BY service_record_hours
     WHERE counted = 1 AND volunteer_id = r.volunteer_id) AS total
  FROM service_record AS r INDEXED BY service_record_confirmed
  WHERE r.counted = 1 AND r.confirmed_at >= ? ORDER BY r.confirmed_at, r.id`

/** The highest star that this month's confirmations gave, and the day on which it was reached; null without. */
function starReached(
  confirmed: readonly Confirmed[],
  starHours: number[],
): { star: number; day: string } | null {
  const total = confirmed[0]!.total
  let minutes = total - confirmed.reduce((sum, record) => sum + record.minutes, 0)
  let star = starOf(minutes, { starHours })
  let reached: { star: number; day: string } | null = null
  for (const record of confirmed) {
    minutes += record.minutes
    const now = starOf(minutes, { starHours })
    if (now > star) reached = { star: now, day: localDay(new Date(record.at)) }
    star = now
  }
  return reached
}

/** Stars of this month, the newest first. */
function starsOf(db: Database, today: string): VolunteersToday['stars'] {
  const since = new Date(momentOf(`${today.slice(0, 7)}-01`, '00:00')).toISOString()
  const { starHours } = readVolunteerRules(db)
  const byVolunteer = Map.groupBy(rows<Confirmed>(db, confirmedSql, since), ({ volunteerId }) => volunteerId)
  const reached = [...byVolunteer]
    .flatMap(([volunteerId, confirmed]) => {
      const star = starReached(confirmed, starHours)
      return star ? [{ volunteerId, ...star }] : []
    })
    .toSorted((one, other) => (one.day < other.day ? 1 : one.day > other.day ? -1 : other.star - one.star))
    .slice(0, mostShown)
  const named = new Map(
    rows<{ id: number; number: string; name: string }>(
      db,
      `SELECT v.id, v.number, p.name FROM ${withPerson()} WHERE v.id IN (SELECT value FROM json_each(?))`,
      JSON.stringify(reached.map(({ volunteerId }) => volunteerId)),
    ).map(({ id, number, name }) => [id, { number, name }]),
  )
  return reached.map((star) => ({ ...star, ...named.get(star.volunteerId)! }))
}

/** What 今日 shows of volunteers. */
export function readToday(context: Context): VolunteersToday {
  const { db } = context.desk
  const today = todayOf(context)
  const kept = JSON.stringify(keptToday(today))
  return readTogether(db, () => {
    const { nearestDeadline, ...waiting } = row<Waiting>(db, waitingSql, { today })!
    return {
      day: today,
      activities: activityLines(db, idsOf(db, ofToday, today), today),
      toRecord: activityLines(db, idsOf(db, toRecord, today), today),
      toConfirm: activityLines(db, idsOf(db, toConfirm, today), today),
      waiting,
      nearestDeadline,
      birthdays: rows<VolunteersToday['birthdays'][number]>(db, birthdaysSql, kept),
      anniversaries: rows<VolunteersToday['anniversaries'][number]>(
        db,
        anniversariesSql,
        Number(today.slice(0, 4)),
        kept,
        `${today.slice(0, 4)}-01-01`,
      ),
      stars: starsOf(db, today),
      pioneerYear:
        value<number>(
          db,
          `SELECT year FROM pioneer_year WHERE state = 'published' AND objections_until < ? ORDER BY year LIMIT 1`,
          today,
        ) ?? null,
    }
  })
}
