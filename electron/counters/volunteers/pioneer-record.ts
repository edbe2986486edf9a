import type { PioneerCorrection, PioneerYear } from '../../contract/volunteer-pioneer.ts'
import { row, rows, value, type Database } from '../../database/open.ts'
import type { Context } from '../../workbench/workbench.ts'
import { nameNow } from '../people/lines.ts'
import { todayOf } from '../people/record.ts'
import { liveFigures, lockedRanks, untilOf, type Figures } from './ranking.ts'

export type YearRow = {
  state: 'locked' | 'published' | 'frozen'
  untilDay: string
  unconfirmed: number
  places: number | null
  publishedDay: string | null
  objectionsUntil: string | null
  lockedAt: string
  frozenAt: string | null
  version: number
}

/** The lock of a year; undefined while it is open. */
export const yearRow = (db: Database, year: number) =>
  row<YearRow>(
    db,
    `SELECT state, until_day AS untilDay, unconfirmed, places, published_day AS publishedDay,
       objections_until AS objectionsUntil, locked_at AS lockedAt, frozen_at AS frozenAt, version
     FROM pioneer_year WHERE year = ?`,
    year,
  )

/** Own service of the year up to this day that nobody confirmed. Few wait at any time, and one index holds them all. */
export function unconfirmedOf(db: Database, year: number, untilDay: string): number {
  return value<number>(
    db,
    `SELECT count(*) FROM service_record INDEXED BY service_record_waiting
     WHERE confirmed_at IS NULL AND reversed = 0 AND reverses IS NULL
       AND year = ? AND day <= ? AND own = 1 AND kind = 'service'`,
    year,
    untilDay,
  )!
}

type CorrectionRow = Omit<PioneerCorrection, 'before' | 'after'> & { before: string; after: string }

function correctionsOf(db: Database, year: number): PioneerCorrection[] {
  return rows<CorrectionRow>(
    db,
    `SELECT c.id, c.volunteer_id AS volunteerId, v.number, ${nameNow('p')} AS name, c.kind, c.reason, c.before, c.after,
       c.at, o.name AS operator
     FROM pioneer_correction AS c
     CROSS JOIN volunteer AS v ON v.id = c.volunteer_id
     CROSS JOIN person AS p ON p.id = v.person_id
     CROSS JOIN operator AS o ON o.id = c.operator_id
     WHERE c.year = ? ORDER BY c.id`,
    year,
  ).map((found) => ({
    ...found,
    before: JSON.parse(found.before) as PioneerCorrection['before'],
    after: JSON.parse(found.after) as PioneerCorrection['after'],
  }))
}

const same = (one: Figures, other: Figures) =>
  one.minutes === other.minutes &&
  one.activities === other.activities &&
  one.ratingSum === other.ratingSum &&
  one.ratings === other.ratings

/** Volunteers whose records now say something else than the snapshot: other figures, new ones, or none any more. */
function changedSince(db: Database, year: number, untilDay: string): number {
  const live = new Map(liveFigures(db, year, untilDay).map((line) => [line.volunteerId, line]))
  const locked = lockedRanks(db, year)
  const kept = locked.filter((line) => {
    const now = live.get(line.volunteerId)
    return now !== undefined && same(now, line)
  })
  const known = locked.filter(({ volunteerId }) => live.has(volunteerId)).length
  return locked.length - kept.length + (live.size - known)
}

function openYear(db: Database, year: number, today: string): PioneerYear {
  const untilDay = untilOf(year, today)
  return {
    year,
    state: 'open',
    untilDay,
    volunteers: liveFigures(db, year, untilDay).length,
    unconfirmed: unconfirmedOf(db, year, untilDay),
    places: null,
    publishedDay: null,
    objectionsUntil: null,
    lockedAt: null,
    frozenAt: null,
    corrections: [],
    changedSince: 0,
    version: null,
  }
}

/** How a year stands, by its number. */
export function readYear(db: Database, year: number, today: string): PioneerYear {
  const found = yearRow(db, year)
  if (!found) return openYear(db, year, today)
  return {
    year,
    ...found,
    volunteers: value<number>(
      db,
      'SELECT count(*) FROM pioneer_rank WHERE year = ? AND rank IS NOT NULL',
      year,
    )!,
    corrections: correctionsOf(db, year),
    changedSince: found.state === 'frozen' ? 0 : changedSince(db, year, found.untilDay),
  }
}

export const readPioneerYear = (context: Context, year: number): PioneerYear =>
  readYear(context.desk.db, year, todayOf(context))

/** From one year to the next along the index, so that two hundred thousand records are not read for ten answers. */
const yearsSql = `
  WITH RECURSIVE counted (year) AS (
    SELECT min(year) FROM service_record INDEXED BY service_record_ranking WHERE counted = 1
    UNION ALL
    SELECT (SELECT min(year) FROM service_record INDEXED BY service_record_ranking WHERE counted = 1 AND year > c.year)
    FROM counted AS c WHERE c.year IS NOT NULL)
  SELECT year FROM counted WHERE year IS NOT NULL
  UNION
  SELECT year FROM service_record INDEXED BY service_record_waiting
  WHERE confirmed_at IS NULL AND reversed = 0 AND reverses IS NULL AND own = 1 AND kind = 'service'
  UNION
  SELECT year FROM pioneer_year
  ORDER BY 1 DESC`

/** Years with own service, confirmed or waiting, or with a lock, newest first. */
export function listPioneerYears({ desk }: Context): { year: number; state: PioneerYear['state'] }[] {
  return rows<{ year: number }>(desk.db, yearsSql).map(({ year }) => ({
    year,
    state: yearRow(desk.db, year)?.state ?? 'open',
  }))
}
