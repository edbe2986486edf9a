import type { DoorToVisit } from '../../contract/visit-rounds.ts'
import { rows, type Database } from '../../database/open.ts'
import { addDays } from '../../workbench/calendar.ts'
import { namesAt } from '../people/households.ts'
import { doorText } from '../people/lines.ts'

/** One of its people belongs to this group; `days` until it is seen again, null for a group without an interval. */
export type KeyGroupAt = { name: string; days: number | null }
export type AwayAt = { kind: 'vacant' | 'moved'; reason: string; fromDay: string }

/** What decides whether somebody should go to a door, as it is on one day. */
export type Door = {
  id: number
  gridId: number | null
  estate: string
  building: string
  unit: string
  number: string
  /** Nobody lives there on that day. */
  away: AwayAt | null
  lastMetDay: string | null
  /** Groups of those who live there now, in the order of the settings. */
  keyGroups: KeyGroupAt[]
  dueDay: string | null
  /** Days of this year, after the last meeting, on which somebody knocked in vain. */
  attempts: number
  /** Needs said on a visit whose enquiry is open. */
  openNeeds: number
  /** The day last agreed on, unless the family was met after that. */
  followUpDay: string | null
}

/** Narrows a query to the households in `@ids`, or leaves it wide. */
const among = (column: string, narrow: boolean) =>
  narrow ? `AND ${column} IN (SELECT value FROM json_each(@ids))` : ''

/**
 * In SQL: somebody knocked in vain, and met the family later the same day. The day that the first knock left for coming again
 * is done with; one agreed on with the family itself is not.
 */
const metThatDay = (visit: string) => `
  (EXISTS (
    SELECT 1 FROM visit AS same WHERE same.household_id = ${visit}.household_id AND same.day = ${visit}.day
      AND same.voided = 0 AND same.outcome = 'met' AND same.id > ${visit}.id) AND ${visit}.outcome <> 'met')`

/** In SQL: this visit's day for coming again stands; nobody was met since, and no later visit left another day. */
export const stillToFollow = (visit: string) => `
  (${visit}.follow_up_day IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM visit AS later WHERE later.household_id = ${visit}.household_id AND later.voided = 0
      AND (later.outcome = 'met' AND later.day > ${visit}.day
        OR later.follow_up_day IS NOT NULL AND (later.day, later.id) > (${visit}.day, ${visit}.id)))
    AND NOT ${metThatDay(visit)})`

// One statement per fact over all doors: eight thousand seeks for each of them would be slower. Both forms are one rule.
const factSql = (narrow: boolean) => ({
  doors: `
    SELECT id, grid_id AS gridId, estate, building, unit, number FROM household
    WHERE merged_into IS NULL ${among('id', narrow)}
    ORDER BY estate, CAST(building AS INTEGER), building, CAST(unit AS INTEGER), unit,
      CAST(number AS INTEGER), number`,
  away: `
    SELECT household_id AS id, kind, reason, from_day AS fromDay FROM household_away
    WHERE from_day <= @day AND (until_day IS NULL OR until_day > @day) ${among('household_id', narrow)}
    ORDER BY from_day, household_away.id`,
  lastMet: `
    SELECT household_id AS id, max(day) AS day FROM visit
    WHERE voided = 0 AND outcome = 'met' ${among('household_id', narrow)} GROUP BY household_id`,
  keyGroups: `
    SELECT DISTINCT p.household_id AS id, k.name, i.days, k.position
    FROM person_key_group AS g
    JOIN person AS p ON p.id = g.person_id JOIN key_group AS k ON k.name = g.key_group
    LEFT JOIN visit_interval AS i ON i.key_group = g.key_group
    WHERE p.household_id IS NOT NULL AND p.merged_into IS NULL AND p.departure IS NULL
      ${among('p.household_id', narrow)}
    ORDER BY k.position`,
  inVain: `
    SELECT DISTINCT household_id AS id, day FROM visit
    WHERE voided = 0 AND outcome <> 'met' AND day BETWEEN @newYear AND @day ${among('household_id', narrow)}`,
  // Of all doors from the open enquiries, of a few doors from their visits: both are short lists.
  needs: narrow
    ? `SELECT v.household_id AS id, count(*) AS count FROM visit AS v
       CROSS JOIN visit_need AS n ON n.visit_id = v.id CROSS JOIN enquiry AS e ON e.id = n.enquiry_id
       WHERE v.voided = 0 AND e.open = 1 ${among('v.household_id', narrow)} GROUP BY v.household_id`
    : `SELECT v.household_id AS id, count(*) AS count FROM enquiry AS e
       CROSS JOIN visit_need AS n ON n.enquiry_id = e.id CROSS JOIN visit AS v ON v.id = n.visit_id
       WHERE e.open = 1 AND v.voided = 0 GROUP BY v.household_id`,
  // The last of each door in one text, which the index alone answers: 10 signs of the day, 12 of the visit's id, the day to come again.
  followUps: `
    SELECT household_id AS id, max(day || substr('00000000000' || visit.id, -12) || follow_up_day) AS last FROM visit
    WHERE voided = 0 AND follow_up_day IS NOT NULL ${among('household_id', narrow)} GROUP BY household_id`,
})
export const doorSql = { all: factSql(false), few: factSql(true) }

const yearOf = (day: string) => `${day.slice(0, 4)}-01-01`

/**
 * The day on which the shortest interval of a family's key groups is over, counted from the last meeting; `today` for a
 * family that never was met: it is due now. Null without an interval.
 */
export function dueDayOf(
  lastMetDay: string | null,
  keyGroups: readonly KeyGroupAt[],
  today: string,
): string | null {
  const intervals = keyGroups.flatMap(({ days }) => (days === null ? [] : [days]))
  if (intervals.length === 0) return null
  return lastMetDay === null ? today : addDays(lastMetDay, Math.min(...intervals))
}

/** The day last left for coming again, by door, unless the family was met since. */
function readFollowUps(
  db: Database,
  sql: string,
  given: object,
  lastMet: ReadonlyMap<number, { day: string }>,
): Map<number, string> {
  const found = rows<{ id: number; last: string }>(db, sql, given).map(({ id, last }) => ({
    id,
    day: last.slice(0, 10),
    visitId: Number(last.slice(10, 22)),
    followUpDay: last.slice(22),
  }))
  const standing = found.filter(({ id, day }) => day >= (lastMet.get(id)?.day ?? ''))
  const metLater = new Set(
    rows<{ id: number }>(
      db,
      `SELECT v.id FROM json_each(?) AS wanted CROSS JOIN visit AS v ON v.id = wanted.value WHERE ${metThatDay('v')}`,
      JSON.stringify(
        standing.flatMap(({ id, day, visitId }) => (day === lastMet.get(id)?.day ? [visitId] : [])),
      ),
    ).map(({ id }) => id),
  )
  return new Map(
    standing.filter(({ visitId }) => !metLater.has(visitId)).map(({ id, followUpDay }) => [id, followUpDay]),
  )
}

/**
 * All doors, or those of `ids`, in the order in which one walks: compound, building, unit, number. Merged ones are
 * nowhere. `day`: the day on which somebody asks.
 */
export function readDoors(db: Database, day: string, ids?: readonly number[]): Door[] {
  const sql = ids ? doorSql.few : doorSql.all
  const given = ids ? { ids: JSON.stringify(ids) } : {}
  const byDoor = <Fact extends { id: number }>(text: string, parameters: object) =>
    new Map(rows<Fact>(db, text, { ...given, ...parameters }).map((fact) => [fact.id, fact]))
  const away = byDoor<AwayAt & { id: number }>(sql.away, { day })
  const lastMet = byDoor<{ id: number; day: string }>(sql.lastMet, {})
  const needs = byDoor<{ id: number; count: number }>(sql.needs, {})
  const followUps = readFollowUps(db, sql.followUps, given, lastMet)
  const groups = new Map<number, KeyGroupAt[]>()
  for (const { id, name, days } of rows<KeyGroupAt & { id: number }>(db, sql.keyGroups, given)) {
    const found = groups.get(id)
    if (found) found.push({ name, days })
    else groups.set(id, [{ name, days }])
  }
  const attempts = new Map<number, number>()
  for (const vain of rows<{ id: number; day: string }>(db, sql.inVain, {
    ...given,
    day,
    newYear: yearOf(day),
  })) {
    if (vain.day > (lastMet.get(vain.id)?.day ?? '')) {
      attempts.set(vain.id, (attempts.get(vain.id) ?? 0) + 1)
    }
  }
  return rows<Pick<Door, 'id' | 'gridId' | 'estate' | 'building' | 'unit' | 'number'>>(
    db,
    sql.doors,
    given,
  ).map((door) => {
    const { id } = door
    const lastMetDay = lastMet.get(id)?.day ?? null
    const keyGroups = groups.get(id) ?? []
    return {
      ...door,
      away: away.get(id) ?? null,
      lastMetDay,
      keyGroups,
      dueDay: dueDayOf(lastMetDay, keyGroups, day),
      attempts: attempts.get(id) ?? 0,
      openNeeds: needs.get(id)?.count ?? 0,
      followUpDay: followUps.get(id) ?? null,
    }
  })
}

/** A family met on this day or earlier, longer ago than a quarter, is worth a visit. */
export const longAgoOn = (today: string) => addDays(today, -90)

/** Why somebody should go there, most urgent first; empty when nobody needs to. Whoever asks of many brings `longAgo`. */
export function becauseOf(door: Door, today: string, longAgo = longAgoOn(today)): DoorToVisit['because'] {
  const { lastMetDay, dueDay, followUpDay } = door
  const thisYear = lastMetDay !== null && lastMetDay >= yearOf(today)
  const because: DoorToVisit['because'] = []
  if (!thisYear) because.push('never-this-year')
  if (dueDay !== null && dueDay <= today) because.push('key-group')
  if (followUpDay !== null && followUpDay <= today) because.push('follow-up')
  if (door.openNeeds > 0) because.push('open-need')
  if (thisYear && lastMetDay <= longAgo) because.push('long-ago')
  return because
}

/** `3栋` with its compound: doors of one building are walked together. */
export function buildingText({ estate, building }: Pick<Door, 'estate' | 'building'>): string {
  return estate ? `${estate} ${building}栋` : `${building}栋`
}

/** Doors as screens and papers show them, in the order given. */
export function doorsToVisit(db: Database, doors: readonly Door[], today: string): DoorToVisit[] {
  const names = namesAt(
    db,
    doors.map(({ id }) => id),
  )
  const grids = new Map(
    rows<{ id: number; name: string }>(db, 'SELECT id, name FROM grid').map(({ id, name }) => [id, name]),
  )
  return doors.map((door) => ({
    householdId: door.id,
    door: doorText(door),
    grid: door.gridId === null ? null : (grids.get(door.gridId) ?? null),
    building: buildingText(door),
    names: names.get(door.id) ?? [],
    keyGroups: door.keyGroups.map(({ name }) => name),
    because: becauseOf(door, today),
    lastMetDay: door.lastMetDay,
    attempts: door.attempts,
    openNeeds: door.openNeeds,
    dueDay: door.dueDay,
    followUpDay: door.followUpDay,
  }))
}
