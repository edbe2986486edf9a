import type { PioneerCorrection, PioneerYear } from '../../contract/volunteer-pioneer.ts'
import { rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { addDays } from '../../workbench/calendar.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from '../people/record.ts'
import { readYear, unconfirmedOf, yearRow, type YearRow } from './pioneer-record.ts'
import {
  liveFigures,
  liveFiguresOf,
  lockedRanks,
  meanRating,
  rankAll,
  type Figures,
  type Ranked,
} from './ranking.ts'
import { readVolunteerRules } from './rules.ts'
import { severalNumbers } from './same-person.ts'

type Seen = { year: number; version: number | null }

const about = (year: number) => ({ subject: `pioneer:${year}`, also: () => ['today'] })

/** The lock as the caller saw it, in one of these states. CONFLICT `changed` with the year as it stands, else `step`. */
function lockSeen(context: Context, { year, version }: Seen, states: readonly YearRow['state'][]): YearRow {
  const { db } = context.desk
  const found = yearRow(db, year)
  if ((found?.version ?? null) !== version) {
    fail('CONFLICT', { because: 'changed', current: readYear(db, year, todayOf(context)) })
  }
  return found && states.includes(found.state) ? found : fail('CONFLICT', { because: 'step' })
}

/**
 * Whose last exclusion was not taken back, under whatever number, by the number that is ranked: a snapshot taken again does not
 * bring them back by itself.
 */
function excludedOf(db: Database, year: number): Set<number> {
  const several = severalNumbers(db)
  const excluded = new Set<number>()
  for (const { id, kind } of rows<{ id: number; kind: PioneerCorrection['kind'] }>(
    db,
    `SELECT c.volunteer_id AS id, c.kind FROM pioneer_correction AS c
     WHERE c.year = ? AND c.kind IN ('exclude', 'restore') ORDER BY c.id`,
    year,
  )) {
    const ranked = several.get(id)?.[0]?.id ?? id
    if (kind === 'exclude') excluded.add(ranked)
    else excluded.delete(ranked)
  }
  return excluded
}

function rankWith(figures: readonly Figures[], excluded: ReadonlySet<number>): Ranked[] {
  const [out, ranked] = [
    figures.filter(({ volunteerId }) => excluded.has(volunteerId)),
    figures.filter(({ volunteerId }) => !excluded.has(volunteerId)),
  ]
  return [...rankAll(ranked), ...out.map((line) => ({ ...line, rank: null }))]
}

function insertRank(db: WritableDatabase, year: number, line: Ranked): void {
  write(
    db,
    `INSERT INTO pioneer_rank (year, volunteer_id, rank, minutes, activities, rating_sum, ratings)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    year,
    line.volunteerId,
    line.rank,
    line.minutes,
    line.activities,
    line.ratingSum,
    line.ratings,
  )
}

function writeLock(
  db: WritableDatabase,
  year: number,
  lock: { untilDay: string; unconfirmed: number; at: string; operatorId: number },
): void {
  write(
    db,
    `INSERT INTO pioneer_year (year, state, until_day, unconfirmed, locked_at, locked_by)
     VALUES (@year, 'locked', @untilDay, @unconfirmed, @at, @operatorId)`,
    { year, ...lock },
  )
}

/** The lock taken again. An upsert would meet the trigger that lets a year be locked once. */
function rewriteLock(
  db: WritableDatabase,
  year: number,
  lock: { untilDay: string; unconfirmed: number; at: string; operatorId: number },
): void {
  write(
    db,
    `UPDATE pioneer_year SET until_day = @untilDay, unconfirmed = @unconfirmed, locked_at = @at, locked_by = @operatorId,
       version = version + 1 WHERE year = @year`,
    { year, ...lock },
  )
  write(db, 'DELETE FROM pioneer_rank WHERE year = ?', year)
}

/**
 * Takes the snapshot of a year, or takes it again until the publication; who was excluded stays so. INVALID `untilDay`
 * `other-year`, `future`; CONFLICT `changed`, `step` (published or frozen, or nobody to rank).
 */
export function lockYear(context: Context, input: Seen & { untilDay: string }): PioneerYear {
  const { desk } = context
  const { year, version, untilDay } = input
  const today = todayOf(context)
  if (Number(untilDay.slice(0, 4)) !== year) invalid('untilDay', 'other-year')
  if (untilDay > today) invalid('untilDay', 'future')
  const operatorId = operatorOf(context).id
  return act(context, { action: 'volunteer.lock-year', ...about(year) }, (db, note) => {
    const stands = yearRow(db, year)
    if (stands || version !== null) lockSeen(context, input, ['locked'])
    const ranked = rankWith(liveFigures(db, year, untilDay), excludedOf(db, year))
    if (!ranked.some(({ rank }) => rank !== null)) fail('CONFLICT', { because: 'step' })
    const unconfirmed = unconfirmedOf(db, year, untilDay)
    const lock = { untilDay, unconfirmed, at: desk.clock().toISOString(), operatorId }
    if (stands) rewriteLock(db, year, lock)
    else writeLock(db, year, lock)
    for (const line of ranked) insertRank(db, year, line)
    note(null, { untilDay, unconfirmed, volunteers: ranked.length })
    return readYear(db, year, today)
  })
}

/**
 * Publishes the first places; objections until a day, at the least the days of the rules from today. INVALID
 * `objectionsUntil` `too-soon`, `places` `too-many`; CONFLICT `changed`, `step`.
 */
export function publishYear(
  context: Context,
  input: Seen & { places: number; objectionsUntil: string },
): PioneerYear {
  const { year, places, objectionsUntil } = input
  const today = todayOf(context)
  return act(context, { action: 'volunteer.publish-year', ...about(year) }, (db, note) => {
    lockSeen(context, input, ['locked'])
    const ranked = value<number>(
      db,
      'SELECT count(*) FROM pioneer_rank WHERE year = ? AND rank IS NOT NULL',
      year,
    )!
    if (places > ranked) invalid('places', 'too-many')
    if (objectionsUntil < addDays(today, readVolunteerRules(db).objectionDays)) {
      invalid('objectionsUntil', 'too-soon')
    }
    write(
      db,
      `UPDATE pioneer_year SET state = 'published', places = ?, published_day = ?, objections_until = ?,
         version = version + 1 WHERE year = ?`,
      places,
      today,
      objectionsUntil,
      year,
    )
    note({ state: 'locked' }, { state: 'published', places, objectionsUntil })
    return readYear(db, year, today)
  })
}

type Correction = Seen & { volunteerId: number; kind: PioneerCorrection['kind']; reason: string }

/** The figures as they are listed: of one who is not in the snapshot, nothing. */
const listed = (line: Ranked | undefined): PioneerCorrection['before'] => ({
  rank: line?.rank ?? null,
  minutes: line?.minutes ?? 0,
  activities: line?.activities ?? 0,
  rating: line ? meanRating(line) : null,
})

/** All figures after the correction, and who stands excluded. CONFLICT `step` where it changes nothing that it could. */
function corrected(
  db: Database,
  lines: readonly Ranked[],
  { year, volunteerId, kind }: Correction,
  now: Figures | undefined,
): Ranked[] {
  const excluded = new Set(lines.filter(({ rank }) => rank === null).map((one) => one.volunteerId))
  const line = lines.find((one) => one.volunteerId === volunteerId)
  const isOut = line?.rank === null
  if (kind === 'exclude' ? !line || isOut : kind === 'restore' && !isOut)
    fail('CONFLICT', { because: 'step' })
  if (kind === 'exclude') excluded.add(volunteerId)
  if (kind === 'restore') excluded.delete(volunteerId)
  if (kind === 'recompute' && excludedOf(db, year).has(volunteerId)) excluded.add(volunteerId)
  const others = lines.filter((one) => one.volunteerId !== volunteerId)
  const own = kind === 'recompute' ? now : line
  return rankWith(own ? [...others, own] : others, excluded)
}

/** Writes what is different from before: figures of one, ranks of those who moved. */
function rewriteRanks(
  db: WritableDatabase,
  year: number,
  before: readonly Ranked[],
  after: readonly Ranked[],
  volunteerId: number,
): void {
  const ranks = new Map(before.map((line) => [line.volunteerId, line.rank]))
  write(db, 'DELETE FROM pioneer_rank WHERE year = ? AND volunteer_id = ?', year, volunteerId)
  for (const line of after) {
    if (line.volunteerId === volunteerId) insertRank(db, year, line)
    else if (ranks.get(line.volunteerId) !== line.rank) {
      write(
        db,
        'UPDATE pioneer_rank SET rank = ? WHERE year = ? AND volunteer_id = ?',
        line.rank,
        year,
        line.volunteerId,
      )
    }
  }
}

/**
 * Corrects one volunteer of a locked or published year and ranks all again; listed with the figures before and after.
 * NOT_FOUND `volunteer` for one without figures in the year, then or now; CONFLICT `changed`, `step`.
 */
export function correctYear(context: Context, input: Correction): PioneerYear {
  const { desk } = context
  const { year, volunteerId, kind, reason } = input
  const today = todayOf(context)
  const operatorId = operatorOf(context).id
  return act(context, { action: 'volunteer.correct-year', reason, ...about(year) }, (db, note) => {
    const { untilDay } = lockSeen(context, input, ['locked', 'published'])
    const before = lockedRanks(db, year)
    const line = before.find((one) => one.volunteerId === volunteerId)
    const now = liveFiguresOf(db, volunteerId, year, untilDay)
    if (!line && !now) fail('NOT_FOUND', { what: 'volunteer' })
    const after = corrected(db, before, input, now)
    if (kind !== 'no-change') rewriteRanks(db, year, before, after, volunteerId)
    const figures = {
      before: listed(line),
      after: listed(after.find((one) => one.volunteerId === volunteerId)),
    }
    write(
      db,
      `INSERT INTO pioneer_correction (year, volunteer_id, kind, reason, before, after, at, operator_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      year,
      volunteerId,
      kind,
      reason,
      JSON.stringify(figures.before),
      JSON.stringify(figures.after),
      desk.clock().toISOString(),
      operatorId,
    )
    write(db, 'UPDATE pioneer_year SET version = version + 1 WHERE year = ?', year)
    note(figures.before, { volunteerId, correction: kind, ...figures.after })
    return readYear(db, year, today)
  })
}

/** Makes the list final. CONFLICT `changed`, and `step` before the day after the last one for objections. */
export function freezeYear(context: Context, input: Seen): PioneerYear {
  const { desk } = context
  const { year } = input
  const today = todayOf(context)
  const operatorId = operatorOf(context).id
  return act(context, { action: 'volunteer.freeze-year', ...about(year) }, (db, note) => {
    const { objectionsUntil } = lockSeen(context, input, ['published'])
    if (today <= objectionsUntil!) fail('CONFLICT', { because: 'step' })
    write(
      db,
      `UPDATE pioneer_year SET state = 'frozen', frozen_at = ?, frozen_by = ?, version = version + 1 WHERE year = ?`,
      desk.clock().toISOString(),
      operatorId,
      year,
    )
    note({ state: 'published' }, { state: 'frozen' })
    return readYear(db, year, today)
  })
}
