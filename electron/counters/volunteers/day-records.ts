import type { recordFlags } from '../../contract/volunteer-records.ts'
import { rows, type Database } from '../../database/open.ts'
import { readVolunteerRules } from './rules.ts'
import { personsBehind, samePersons } from './same-person.ts'

type Span = { arrived: string | null; left: string | null }

/** A standing record of one day. */
export type DayRecord = Span & {
  id: number
  personId: number
  activityId: number
  activity: string
  day: string
  minutes: number
}

/** All that stands on these days of these persons, under whatever volunteer number, in all activities. */
export function recordsOfDays(
  db: Database,
  personIds: readonly number[],
  days: readonly string[],
): DayRecord[] {
  return rows<DayRecord>(
    db,
    `${samePersons}
     SELECT r.id, s.kept_id AS personId, r.activity_id AS activityId, a.name AS activity, r.day, r.arrived, r.left, r.minutes
     FROM same AS s
     CROSS JOIN volunteer AS v ON v.person_id = s.person_id
     CROSS JOIN json_each(@days) AS d
     CROSS JOIN service_record AS r INDEXED BY service_record_volunteer ON r.volunteer_id = v.id AND r.day = d.value
     CROSS JOIN activity AS a ON a.id = r.activity_id
     WHERE r.reversed = 0 AND r.reverses IS NULL
     ORDER BY s.kept_id, r.day, r.arrived, r.id`,
    { people: JSON.stringify(personIds), days: JSON.stringify(days) },
  )
}

/** Touching ends do not overlap: 11:00 follows upon 11:00. Where only a length is known nothing does. */
export const atOnce = (one: Span, other: Span): boolean =>
  one.arrived !== null && other.arrived !== null && one.arrived < other.left! && other.arrived < one.left!

type Standing = Span & { id: number; volunteerId: number; day: string; minutes: number }

/**
 * What the day says of these standing records by now, by record: saving flags only the later of two that meet, and the first
 * may be the one that is wrong.
 */
export function flagsOfDays(
  db: Database,
  records: readonly Standing[],
): Map<number, ReadonlySet<(typeof recordFlags)[number]>> {
  const persons = new Map(
    personsBehind(db, [...new Set(records.map(({ volunteerId }) => volunteerId))]).map((person) => [
      person.volunteerId,
      person.personId,
    ]),
  )
  const days = [...new Set(records.map(({ day }) => day))]
  const all = recordsOfDays(db, [...new Set(persons.values())], days)
  const ofDay = Map.groupBy(all, ({ personId, day }) => `${personId} ${day}`)
  const most = readVolunteerRules(db).flaggedDayHours * 60
  return new Map(
    records.map((record) => {
      const that = ofDay.get(`${persons.get(record.volunteerId)} ${record.day}`) ?? []
      const flags = new Set<(typeof recordFlags)[number]>()
      if (that.some((other) => other.id !== record.id && atOnce(record, other))) flags.add('overlap')
      if (that.reduce((sum, { minutes }) => sum + minutes, 0) > most) flags.add('long-day')
      return [record.id, flags]
    }),
  )
}
