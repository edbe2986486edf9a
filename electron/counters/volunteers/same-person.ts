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

/** A volunteer by number. */
export type Numbered = { id: number; number: string }

/** All numbers of a person (a survivor), the first one first; more than one where several merged records were volunteers. */
export const numbersOfPerson = (db: Database, personId: number): Numbered[] =>
  rows<Numbered>(
    db,
    `${samePersons}
     SELECT v.id, v.number FROM same AS s CROSS JOIN volunteer AS v ON v.person_id = s.person_id ORDER BY v.number`,
    { people: JSON.stringify([personId]) },
  )

/**
 * Volunteers who share their person with another one, because both of the merged persons were volunteers: all numbers of that
 * person, the first one first. Whoever has one number, as nearly everybody, is not in it.
 */
export function severalNumbers(db: Database): Map<number, Numbered[]> {
  const found = rows<Numbered & { personId: number }>(
    db,
    `WITH RECURSIVE kept (volunteer_id, person_id, into_id) AS (
       SELECT v.id, p.id, p.merged_into FROM person AS p INDEXED BY person_merged
       CROSS JOIN volunteer AS v ON v.person_id = p.id
       WHERE p.merged_into IS NOT NULL
       UNION
       SELECT k.volunteer_id, p.id, p.merged_into FROM kept AS k CROSS JOIN person AS p ON p.id = k.into_id),
     held (volunteer_id, person_id) AS (SELECT volunteer_id, person_id FROM kept WHERE into_id IS NULL)
     SELECT h.person_id AS personId, v.id, v.number FROM held AS h CROSS JOIN volunteer AS v ON v.id = h.volunteer_id
     UNION
     SELECT h.person_id, v.id, v.number FROM held AS h CROSS JOIN volunteer AS v ON v.person_id = h.person_id
     ORDER BY 2`,
  )
  const persons = Map.groupBy(found, ({ personId }) => personId)
  const several = [...persons.values()]
    .filter((numbers) => numbers.length > 1)
    .map((numbers) => numbers.map(({ id, number }) => ({ id, number })))
  return new Map(several.flatMap((numbers) => numbers.map(({ id }) => [id, numbers] as const)))
}

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
