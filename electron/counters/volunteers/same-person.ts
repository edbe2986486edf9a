import { rows, type Database } from '../../database/open.ts'

/** A volunteer and the person that they are, after merges: whose birth day, consents and other records count. */
export type VolunteerPerson = {
  volunteerId: number
  personId: number
  birth: string | null
  joinedDay: string
  leftDay: string | null
}

/** The persons behind these volunteers, the survivors of merges; one that does not exist gives no row. */
export function personsBehind(db: Database, volunteerIds: readonly number[]): VolunteerPerson[] {
  return rows<VolunteerPerson>(
    db,
    `WITH RECURSIVE kept (volunteer_id, person_id, into_id) AS (
       SELECT v.id, p.id, p.merged_into FROM json_each(?) AS wanted
       CROSS JOIN volunteer AS v ON v.id = wanted.value
       CROSS JOIN person AS p ON p.id = v.person_id
       UNION
       SELECT k.volunteer_id, p.id, p.merged_into FROM kept AS k CROSS JOIN person AS p ON p.id = k.into_id)
     SELECT v.id AS volunteerId, p.id AS personId, p.birth, v.joined_day AS joinedDay, v.left_day AS leftDay
     FROM kept AS k
     CROSS JOIN volunteer AS v ON v.id = k.volunteer_id
     CROSS JOIN person AS p ON p.id = k.person_id
     WHERE k.into_id IS NULL`,
    JSON.stringify(volunteerIds),
  )
}

/**
 * A table `same (kept_id, person_id)` for a statement with `@people`, a JSON list of survivors: each with itself and all that
 * were merged into it.
 */
export const samePersons = `WITH RECURSIVE same (kept_id, person_id) AS (
  SELECT value, value FROM json_each(@people)
  UNION
  SELECT s.kept_id, p.id FROM same AS s CROSS JOIN person AS p INDEXED BY person_merged ON p.merged_into = s.person_id)`

/** Who of these persons (survivors) has a consent to this in force on a day; a withdrawn one ends the day before. */
export function consentedOn(
  db: Database,
  personIds: readonly number[],
  purpose: string,
  day: string,
): Set<number> {
  const found = rows<{ id: number }>(
    db,
    `${samePersons}
     SELECT DISTINCT s.kept_id AS id FROM same AS s
     CROSS JOIN consent AS c ON c.person_id = s.person_id
     WHERE c.purpose = @purpose AND c.given_day <= @day AND (c.withdrawn_day IS NULL OR c.withdrawn_day > @day)`,
    { people: JSON.stringify(personIds), purpose, day },
  )
  return new Set(found.map(({ id }) => id))
}
