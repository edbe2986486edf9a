import type { Outcome } from '../../contract/visit-rounds.ts'
import { rows, type Database } from '../../database/open.ts'

/** A visit as it counts. `gridId`: the grid at the time. */
export type Knock = { id: number; householdId: number; day: string; outcome: Outcome; gridId: number | null }

/** One door on one day, however often somebody knocked: two visits count once, and a meeting makes it a meeting. */
export type DoorDay = {
  day: string
  met: boolean
  /** The visit that makes it count: the last meeting, otherwise the last knock. */
  visitId: number
  gridId: number | null
}

/** Visits of these days that are not void, in the order in which they happened. */
export function readKnocks(db: Database, from: string, to: string): Knock[] {
  return rows<Knock>(
    db,
    `SELECT id, household_id AS householdId, day, outcome, grid_id AS gridId FROM visit
     WHERE voided = 0 AND day BETWEEN ? AND ? ORDER BY day, id`,
    from,
    to,
  )
}

/** Who went along, of the same days: visitors by visit. */
export function readVisitorsByVisit(db: Database, from: string, to: string): Map<number, number[]> {
  const found = rows<{ visitId: number; visitorId: number }>(
    db,
    `SELECT v.id AS visitId, w.visitor_id AS visitorId
     FROM visit AS v CROSS JOIN visit_visitor AS w ON w.visit_id = v.id
     WHERE v.voided = 0 AND v.day BETWEEN ? AND ?`,
    from,
    to,
  )
  const visitors = new Map<number, number[]>()
  for (const { visitId, visitorId } of found) {
    const those = visitors.get(visitId)
    if (those) those.push(visitorId)
    else visitors.set(visitId, [visitorId])
  }
  return visitors
}

/** Knocks by door and day, in order; `knocks` as `readKnocks` gives them. */
export function daysByDoor(knocks: Iterable<Knock>): Map<number, DoorDay[]> {
  const doors = new Map<number, DoorDay[]>()
  for (const { id, householdId, day, outcome, gridId } of knocks) {
    const met = outcome === 'met'
    let days = doors.get(householdId)
    if (!days) doors.set(householdId, (days = []))
    const last = days.at(-1)
    if (last?.day !== day) days.push({ day, met, visitId: id, gridId })
    else if (met || !last.met) Object.assign(last, { met, visitId: id, gridId })
  }
  return doors
}
