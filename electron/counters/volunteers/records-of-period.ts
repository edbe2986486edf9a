import type { activityKinds } from '../../contract/volunteer-fields.ts'
import { rows, type Database } from '../../database/open.ts'

/** A record as a certificate names it: when, how long, in what, of whom (令67号 Art 7, 15). */
export type PeriodRecord = {
  id: number
  activityId: number
  /** `HD-2026-000028` */
  number: string
  name: string
  kind: (typeof activityKinds)[number]
  content: string
  place: string
  organiser: string
  inCharge: string
  day: string
  arrived: string
  left: string
  minutes: number
}

const periodSql = `
  SELECT r.id, r.activity_id AS activityId, a.number, a.name, r.kind, a.content, a.place, a.organiser,
    a.in_charge AS inCharge, r.day, r.arrived, r.left, r.minutes
  FROM service_record AS r
  CROSS JOIN activity AS a ON a.id = r.activity_id
  WHERE r.volunteer_id = ? AND r.day BETWEEN ? AND ?`

/** What a certificate may say of a volunteer in a period, both days included: own service, confirmed, not reversed. */
export function confirmedRecordsOf(
  db: Database,
  volunteerId: number,
  from: string,
  to: string,
): PeriodRecord[] {
  return rows<PeriodRecord>(db, `${periodSql} AND r.counted = 1 ORDER BY r.day, r.id`, volunteerId, from, to)
}

/** Own service of the period that waits for a second person: confirmed first, it would stand in the certificate. */
export function openRecordsOf(db: Database, volunteerId: number, from: string, to: string): PeriodRecord[] {
  return rows<PeriodRecord>(
    db,
    `${periodSql} AND r.own = 1 AND r.kind = 'service' AND r.confirmed_at IS NULL AND r.reversed = 0
       AND r.reverses IS NULL ORDER BY r.day, r.id`,
    volunteerId,
    from,
    to,
  )
}
