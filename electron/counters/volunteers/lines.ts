import { consentPurposes } from '../../contract/volunteer-fields.ts'
import type { VolunteerLine } from '../../contract/volunteer-people.ts'
import { rows, type Database } from '../../database/open.ts'
import { ageOn } from '../../workbench/calendar.ts'
import { adultAge } from '../people/lines.ts'
import { readVolunteerRules, starOf } from './rules.ts'
import { consentedOn } from './same-person.ts'

/**
 * Volunteers `v`, joined on what is asked, with the person `p` that they are after merges, in SQL; `o` is the one whom they
 * were registered as.
 */
export const withPerson = (on = '') => `volunteer AS v ${on}
  CROSS JOIN person AS o ON o.id = v.person_id
  CROSS JOIN person AS p ON p.id = CASE WHEN o.merged_into IS NULL THEN o.id ELSE (
    WITH RECURSIVE kept (id, into_id) AS (
      SELECT id, merged_into FROM person WHERE id = o.merged_into
      UNION SELECT person.id, person.merged_into FROM kept JOIN person ON person.id = kept.into_id)
    SELECT id FROM kept WHERE into_id IS NULL) END`

/** Membership `m` holds on `@day`. */
export const memberOn = 'm.from_day <= @day AND (m.to_day IS NULL OR m.to_day >= @day)'

type LineRow = Omit<
  VolunteerLine,
  'age' | 'minor' | 'teams' | 'partyMember' | 'star' | 'mayPublish' | 'consentMissing'
> & { birth: string | null; partyMember: 0 | 1 }

const lineSql = `
  SELECT v.id, v.number, p.id AS personId, p.name, p.sex, p.birth, v.party_member AS partyMember,
    v.joined_day AS joinedDay, v.left_day AS leftDay,
    (SELECT coalesce(sum(minutes), 0) FROM service_record INDEXED BY service_record_hours
     WHERE counted = 1 AND volunteer_id = v.id) AS minutes
  FROM json_each(?) AS wanted
  CROSS JOIN ${withPerson('ON v.id = wanted.value')}
  ORDER BY wanted.key`

type TeamMark = VolunteerLine['teams'][number]

/** The teams of a day, by volunteer. */
function teamsOn(db: Database, volunteerIds: readonly number[], day: string): Map<number, TeamMark[]> {
  const found = rows<TeamMark & { volunteerId: number }>(
    db,
    `SELECT m.volunteer_id AS volunteerId, t.id, t.colour, t.name
     FROM json_each(@ids) AS wanted
     CROSS JOIN team_member AS m ON m.volunteer_id = wanted.value AND ${memberOn}
     CROSS JOIN team AS t ON t.id = m.team_id
     ORDER BY t.position`,
    { ids: JSON.stringify(volunteerIds), day },
  )
  const byVolunteer = Map.groupBy(found, ({ volunteerId }) => volunteerId)
  return new Map(
    [...byVolunteer].map(([id, list]) => [
      id,
      list.map(({ id: teamId, colour, name }) => ({ id: teamId, colour, name })),
    ]),
  )
}

/** One line per volunteer, in the order of `ids`; one that does not exist gives none. Everything is asked for once. */
export function volunteerLines(db: Database, ids: readonly number[], today: string): VolunteerLine[] {
  if (ids.length === 0) return []
  const found = rows<LineRow>(db, lineSql, JSON.stringify(ids)).map((line) => {
    const age = line.birth === null ? null : ageOn(line.birth, today)
    return { ...line, age, minor: age !== null && age < adultAge }
  })
  const rules = readVolunteerRules(db)
  const teams = teamsOn(db, ids, today)
  const people = [...new Set(found.map(({ personId }) => personId))]
  const published = consentedOn(db, people, consentPurposes.publish, today)
  const minors = [...new Set(found.filter(({ minor }) => minor).map(({ personId }) => personId))]
  const guarded = minors.length > 0 ? consentedOn(db, minors, consentPurposes.guardian, today) : new Set()
  return found.map(({ birth: _, ...line }) => ({
    ...line,
    teams: teams.get(line.id) ?? [],
    partyMember: line.partyMember === 1,
    star: starOf(line.minutes, rules),
    mayPublish: published.has(line.personId),
    consentMissing: line.minor && !guarded.has(line.personId),
  }))
}

/** One volunteer's line, or null. */
export function volunteerLine(db: Database, id: number, today: string): VolunteerLine | null {
  return volunteerLines(db, [id], today)[0] ?? null
}

/** More records than this are told of all at once: each topic is an event on every screen. */
const mostTopics = 20

/** Topics of these records: `volunteer:7` each, or the word alone for many. */
export const topicsOf = (word: string, ids: readonly number[]): string[] =>
  ids.length > mostTopics ? [word] : ids.map((id) => `${word}:${id}`)
