import { consentPurposes } from '../../contract/volunteer-fields.ts'
import type { RankLine } from '../../contract/volunteer-pioneer.ts'
import { rows, value, type Database } from '../../database/open.ts'
import { invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { align } from '../people/alignment.ts'
import { nameNow } from '../people/lines.ts'
import { readQuery } from '../people/query.ts'
import { todayOf } from '../people/record.ts'
import { consentedOn, personsBehind, severalNumbers, type Numbered } from './same-person.ts'

/** What a volunteer did in a year, by counted records; ratings as their sum and how many there were. */
export type Figures = {
  volunteerId: number
  number: string
  minutes: number
  activities: number
  ratingSum: number
  ratings: number
}
export type Ranked = Figures & { rank: number | null }

/** The mean in hundredths, half up; null when never rated. It is compared as it is shown. */
export const meanRating = ({ ratingSum, ratings }: Pick<Figures, 'ratingSum' | 'ratings'>): number | null =>
  ratings === 0 ? null : Math.round((ratingSum * 100) / ratings)

/** Who stands before whom: minutes, then activities, then mean rating, never rated last; 0 shares a rank. */
const before = (one: Figures, other: Figures) =>
  other.minutes - one.minutes ||
  other.activities - one.activities ||
  (meanRating(other) ?? -1) - (meanRating(one) ?? -1)

const byNumber = (one: Figures, other: Figures) =>
  one.number < other.number ? -1 : one.number > other.number ? 1 : 0

/** In the order of the list: equals share a rank and stand by number, the next ranks are left out (1, 2, 2, 4). */
export function rankAll<Line extends Figures>(figures: readonly Line[]): (Line & { rank: number })[] {
  const sorted = figures.toSorted((one, other) => before(one, other) || byNumber(one, other))
  let rank = 0
  return sorted.map((line, index) => {
    if (index === 0 || before(sorted[index - 1]!, line) !== 0) rank = index + 1
    return { ...line, rank }
  })
}

/** Read from one index; an activity has one standing record of a volunteer, so records are activities. */
const figuresSql = `
  SELECT f.volunteerId, v.number, f.minutes, f.activities, f.ratingSum, f.ratings
  FROM (
    SELECT volunteer_id AS volunteerId, sum(minutes) AS minutes, count(*) AS activities,
      coalesce(sum(rating), 0) AS ratingSum, count(rating) AS ratings
    FROM service_record INDEXED BY service_record_ranking
    WHERE counted = 1 AND year = ? AND day <= ?
    GROUP BY volunteer_id) AS f
  CROSS JOIN volunteer AS v ON v.id = f.volunteerId`

/** A person is ranked once: what stands under several numbers is added up under the first of them. */
function perPerson(figures: Figures[], several: ReadonlyMap<number, Numbered[]>): Figures[] {
  if (several.size === 0) return figures
  const lines = new Map<number, Figures>()
  for (const line of figures) {
    const { id, number } = several.get(line.volunteerId)?.[0] ?? { id: line.volunteerId, number: line.number }
    const sum = lines.get(id)
    lines.set(id, {
      volunteerId: id,
      number,
      minutes: (sum?.minutes ?? 0) + line.minutes,
      activities: (sum?.activities ?? 0) + line.activities,
      ratingSum: (sum?.ratingSum ?? 0) + line.ratingSum,
      ratings: (sum?.ratings ?? 0) + line.ratings,
    })
  }
  return [...lines.values()]
}

/** Everybody who served in the year up to this day, as the records are now, each person once. */
export const liveFigures = (db: Database, year: number, untilDay: string): Figures[] =>
  perPerson(rows<Figures>(db, figuresSql, year, untilDay), severalNumbers(db))

/** The same of one volunteer; undefined without a counted record, and for who is ranked under another number. */
export function liveFiguresOf(db: Database, volunteerId: number, year: number, untilDay: string) {
  const several = severalNumbers(db)
  const ids = several.get(volunteerId)?.map(({ id }) => id) ?? [volunteerId]
  const found = rows<Figures>(
    db,
    `SELECT r.volunteer_id AS volunteerId, v.number, sum(r.minutes) AS minutes, count(*) AS activities,
       coalesce(sum(r.rating), 0) AS ratingSum, count(r.rating) AS ratings
     FROM json_each(?) AS wanted
     CROSS JOIN service_record AS r INDEXED BY service_record_ranking ON r.volunteer_id = wanted.value
     CROSS JOIN volunteer AS v ON v.id = r.volunteer_id
     WHERE r.counted = 1 AND r.year = ? AND r.day <= ?
     GROUP BY r.volunteer_id`,
    JSON.stringify(ids),
    year,
    untilDay,
  )
  return perPerson(found, several).find((line) => line.volunteerId === volunteerId)
}

/** The snapshot of a locked year, in its order; excluded ones (no rank) last. */
export const lockedRanks = (db: Database, year: number): Ranked[] =>
  rows<Ranked>(
    db,
    `SELECT r.volunteer_id AS volunteerId, v.number, r.rank, r.minutes, r.activities, r.rating_sum AS ratingSum, r.ratings
     FROM pioneer_rank AS r CROSS JOIN volunteer AS v ON v.id = r.volunteer_id
     WHERE r.year = ? ORDER BY r.rank IS NULL, r.rank, v.number`,
    year,
  )

/** Up to which day an open year is ranked: today, or its last day. */
export const untilOf = (year: number, today: string) => (today < `${year}-12-31` ? today : `${year}-12-31`)

/** A year's ranking: the snapshot where there is one, else live from the records. */
export function ranksOf(db: Database, year: number, today: string): Ranked[] {
  return value(db, 'SELECT 1 FROM pioneer_year WHERE year = ?', year)
    ? lockedRanks(db, year)
    : rankAll(liveFigures(db, year, untilOf(year, today)))
}

const namesOf = (db: Database, volunteerIds: readonly number[]) =>
  new Map(
    rows<{ id: number; name: string }>(
      db,
      `SELECT v.id, ${nameNow('p')} AS name FROM json_each(?) AS wanted
       CROSS JOIN volunteer AS v ON v.id = wanted.value
       CROSS JOIN person AS p ON p.id = v.person_id`,
      JSON.stringify(volunteerIds),
    ).map(({ id, name }) => [id, name]),
  )

/** Those one of whose numbers holds what was typed, or whose name meets it in characters, pinyin or initials. */
function found(db: Database, lines: Ranked[], query: string): Ranked[] {
  const typed = query.trim().normalize('NFKC').toUpperCase()
  if (typed === '') return lines
  const wanted = readQuery(query)
  const names = namesOf(
    db,
    lines.map(({ volunteerId }) => volunteerId),
  )
  const several = severalNumbers(db)
  return lines.filter(
    ({ volunteerId, number }) =>
      number.includes(typed) ||
      several.get(volunteerId)?.some((other) => other.number.includes(typed)) ||
      (wanted.name.length > 0 && align(wanted.name, names.get(volunteerId)!) !== null),
  )
}

/** As lines of the contract, with the names, consents and other numbers of today. */
export function toRankLines(
  db: Database,
  lines: readonly Ranked[],
  ranks: ReadonlyMap<number, number>,
  today: string,
): RankLine[] {
  const ids = lines.map(({ volunteerId }) => volunteerId)
  const names = namesOf(db, ids)
  const persons = new Map(personsBehind(db, ids).map(({ volunteerId, personId }) => [volunteerId, personId]))
  const consented = consentedOn(db, [...new Set(persons.values())], consentPurposes.publish, today)
  const several = severalNumbers(db)
  return lines.map((line) => ({
    rank: line.rank,
    volunteerId: line.volunteerId,
    number: line.number,
    otherNumbers: (several.get(line.volunteerId) ?? []).filter(({ id }) => id !== line.volunteerId),
    name: names.get(line.volunteerId)!,
    minutes: line.minutes,
    activities: line.activities,
    rating: meanRating(line),
    mayPublish: consented.has(persons.get(line.volunteerId)!),
    shared: line.rank !== null && ranks.get(line.rank)! > 1,
  }))
}

/** How many have each rank. */
export function shares(lines: readonly Ranked[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { rank } of lines) if (rank !== null) counts.set(rank, (counts.get(rank) ?? 0) + 1)
  return counts
}

/** Excluded ones have no rank and stand after every other. */
const last = Number.MAX_SAFE_INTEGER
const keyOf = ({ rank, number }: Ranked) => `${rank ?? 'x'} ${number}`

function isAfter({ rank, number }: Ranked, key: { rank: number; number: string }): boolean {
  const own = rank ?? last
  return own > key.rank || (own === key.rank && number > key.number)
}

function readKey(after: string | undefined): { rank: number; number: string } | null {
  if (after === undefined) return null
  const match = /^(x|\d{1,9}) (\S{1,40})$/.exec(after)
  if (!match) return invalid('after', 'key')
  return { rank: match[1] === 'x' ? last : Number(match[1]), number: match[2]! }
}

/** A page of the ranking, by rank. INVALID `after` `key`. */
export function readRanking(
  context: Context,
  input: { year: number; query: string; excluded: boolean; after?: string | undefined; limit: number },
): { rows: RankLine[]; next: string | null; total: number } {
  const { db } = context.desk
  const today = todayOf(context)
  const key = readKey(input.after)
  const all = ranksOf(db, input.year, today)
  const lines = found(db, input.excluded ? all : all.filter(({ rank }) => rank !== null), input.query)
  const rest = key ? lines.filter((line) => isAfter(line, key)) : lines
  const page = rest.slice(0, input.limit)
  return {
    rows: toRankLines(db, page, shares(all), today),
    next: rest.length > page.length ? keyOf(page.at(-1)!) : null,
    total: lines.length,
  }
}
