import { formatDoor } from '../../contract/door.ts'
import type { PersonLine } from '../../contract/people.ts'
import { row, rows, value, type Database } from '../../database/open.ts'
import { ageOn } from '../../workbench/calendar.ts'
import { maskPhone } from '../../workbench/masking.ts'

/** Below this age a record is a minor's, and opening it is written down (未成年人保护法 2). */
export const adultAge = 18

type LineRow = {
  id: number
  name: string
  sex: PersonLine['sex']
  birth: string | null
  relation: string
  departure: PersonLine['departure']
  mergedInto: number | null
  householdId: number | null
  estate: string | null
  building: string | null
  unit: string | null
  number: string | null
  phone: string | null
  keyGroups: string
  openEnquiries: number
  hasMerged: 0 | 1
}

// The enquiry counter stands above people and is never imported here; the count of open enquiries is a plain
// subselect on its table, answered by the two partial indexes of the open ones; left alone the planner takes the
// index of all enquiries ever for the second.
const lineSql = `
  SELECT p.id, p.name, p.sex, p.birth, p.relation, p.departure, p.merged_into AS mergedInto,
    p.household_id AS householdId, h.estate, h.building, h.unit, h.number,
    (SELECT number FROM person_phone WHERE person_id = p.id ORDER BY position LIMIT 1) AS phone,
    (SELECT json_group_array(key_group) FROM person_key_group WHERE person_id = p.id) AS keyGroups,
    (SELECT count(*) FROM enquiry WHERE open = 1 AND asker_id = p.id)
      + (SELECT count(*) FROM enquiry INDEXED BY enquiry_open_subject
         WHERE open = 1 AND subject_id = p.id AND asker_id IS NOT p.id)
      AS openEnquiries,
    EXISTS (SELECT 1 FROM person WHERE merged_into = p.id) AS hasMerged
  FROM json_each(?) AS wanted
  CROSS JOIN person AS p ON p.id = wanted.value
  LEFT JOIN household AS h ON h.id = p.household_id`

/** The compound in front, where there is one: `桂花苑 3栋2单元501`. */
export function doorText(place: { estate: string; building: string; unit: string; number: string }): string {
  const door = formatDoor({ building: place.building, unit: place.unit, door: place.number })
  return place.estate ? `${place.estate} ${door}` : door
}

function asLine(db: Database, found: LineRow, today: string): PersonLine {
  const age = found.birth === null ? null : ageOn(found.birth, today)
  return {
    id: found.id,
    name: found.name,
    sex: found.sex,
    birth: found.birth,
    age,
    minor: age !== null && age < adultAge,
    householdId: found.householdId,
    door:
      found.building === null
        ? null
        : doorText({
            estate: found.estate ?? '',
            building: found.building,
            unit: found.unit ?? '',
            number: found.number ?? '',
          }),
    relation: found.relation,
    phone: found.phone === null ? null : maskPhone(found.phone),
    keyGroups: found.keyGroups === '[]' ? [] : (JSON.parse(found.keyGroups) as string[]),
    departure: found.departure,
    openEnquiries: found.hasMerged ? openEnquiriesOf(db, personAndMerged(db, found.id)) : found.openEnquiries,
  }
}

/** How many open enquiries somebody of these asked or is the subject of. */
export function openEnquiriesOf(db: Database, ids: number[]): number {
  const list = JSON.stringify(ids)
  return (
    value<number>(
      db,
      `SELECT count(*) FROM (
         SELECT id FROM enquiry WHERE open = 1 AND asker_id IN (SELECT value FROM json_each(?))
         UNION
         SELECT id FROM enquiry WHERE open = 1 AND subject_id IN (SELECT value FROM json_each(?)))`,
      list,
      list,
    ) ?? 0
  )
}

/**
 * One line per person, in the order of `ids`; masked. An id that was merged away gives the line of its survivor;
 * one that does not exist gives none.
 */
export function personLines(db: Database, ids: number[], today: string): PersonLine[] {
  if (ids.length === 0) return []
  let found = rows<LineRow>(db, lineSql, JSON.stringify(ids))
  if (found.some((person) => person.mergedInto !== null)) {
    found = rows<LineRow>(db, lineSql, JSON.stringify(found.map((person) => survivor(db, person.id))))
  }
  return found.map((person) => asLine(db, person, today))
}

/** One person's line (the survivor's, when merged away), or null. */
export function personLine(db: Database, id: number, today: string): PersonLine | null {
  return personLines(db, [id], today)[0] ?? null
}

/** The record that stands for this one now: itself, or the one at the end of its merges. Null when there is none. */
export function survivor(db: Database, id: number): number | null {
  let current = id
  for (;;) {
    const found = row<{ merged_into: number | null }>(
      db,
      'SELECT merged_into FROM person WHERE id = ?',
      current,
    )
    if (!found) return null
    if (found.merged_into === null) return current
    current = found.merged_into
  }
}

/** The name of whoever a record of `person` belongs to after merges, in SQL; null where the joined record is. */
export const nameNow = (record: string) => `CASE WHEN ${record}.merged_into IS NULL THEN ${record}.name ELSE (
  WITH RECURSIVE kept (name, into_id) AS (
    SELECT name, merged_into FROM person WHERE id = ${record}.merged_into
    UNION SELECT person.name, person.merged_into FROM kept JOIN person ON person.id = kept.into_id)
  SELECT name FROM kept WHERE into_id IS NULL) END`

/** This record and all that were merged into it, directly or through others: whose history shows here. */
export function personAndMerged(db: Database, id: number): number[] {
  return rows<{ id: number }>(
    db,
    `WITH RECURSIVE same (id) AS (
       SELECT ? UNION SELECT person.id FROM person JOIN same ON person.merged_into = same.id)
     SELECT id FROM same`,
    id,
  ).map((same) => same.id)
}
