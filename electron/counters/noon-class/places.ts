import { rows, value, type Database } from '../../database/open.ts'

/** A child's place in a group: from a day on, until it leaves. */
export type Place = {
  childId: number
  name: string
  termId: number
  groupId: number
  group: string
  fromDay: string
}

const columns = `
  e.child_id AS childId, p.name, e.term_id AS termId, e.group_id AS groupId, g.name AS "group", e.from_day AS fromDay`
const present = '(e.left_day IS NULL OR e.left_day > @day AND e.left_day > e.from_day)'

// A term has a few hundred places; found by its groups, whatever other terms there were.
const placesSql = (terms: string) => `
  SELECT ${columns}
  FROM term t CROSS JOIN class_group g ON g.term_id = t.id CROSS JOIN enrolment e ON e.group_id = g.id AND ${present}
    CROSS JOIN child c ON c.id = e.child_id CROSS JOIN person p ON p.id = c.person_id
  WHERE ${terms} ORDER BY e.from_day, e.id`
const ofTerm = placesSql('t.id = @termId')
const ofAll = placesSql('t.last_day >= @day')

const ofChild = `
  SELECT ${columns}
  FROM enrolment e JOIN class_group g ON g.id = e.group_id JOIN term t ON t.id = e.term_id
    JOIN child c ON c.id = e.child_id JOIN person p ON p.id = c.person_id
  WHERE e.child_id = @childId AND t.last_day >= @day AND ${present} ORDER BY e.from_day, e.id`

/** The places of a term that hold on a day or will after it; without a term, of all that are not over. */
export function placesOf(db: Database, termId: number | null, day: string): Place[] {
  return termId === null ? rows<Place>(db, ofAll, { day }) : rows<Place>(db, ofTerm, { termId, day })
}

/** The places of one child that hold on a day or will after it. */
export const placesOfChild = (db: Database, childId: number, day: string): Place[] =>
  rows<Place>(db, ofChild, { childId, day })

/** Of one child's places, in order of their days, the one that counts on a day: the last that began, else the first to come. */
export const placeOn = (places: readonly Place[], day: string): Place | null =>
  places.findLast(({ fromDay }) => fromDay <= day) ?? places[0] ?? null

const namesakeSql = `
  SELECT 1 FROM class_group g CROSS JOIN enrolment e ON e.group_id = g.id AND ${present}
    CROSS JOIN child c ON c.id = e.child_id CROSS JOIN person p ON p.id = c.person_id
  WHERE g.term_id = @termId AND e.child_id <> @childId AND p.name = @name`

/** Whether another child of the same name has a place in the term of this one. */
export const hasNamesake = (db: Database, { childId, name, termId }: Place, day: string): boolean =>
  value<number>(db, namesakeSql, { childId, name, termId, day }) !== undefined

/** Term and name as one word, to count who is called the same. */
const nameIn = ({ termId, name }: Place) => `${termId} ${name}`

/** Names that two children of one term bear, as a question about a place. */
export function namesakesAmong(places: readonly Place[]): (place: Place) => boolean {
  const bearers = Map.groupBy(places, nameIn)
  return (place) => new Set(bearers.get(nameIn(place))?.map(({ childId }) => childId)).size > 1
}
