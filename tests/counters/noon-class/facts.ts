import type { TestDesk } from '../../fixture.ts'
import { sql } from './fill.ts'

/** A local time of a day as an instant. */
export const moment = (day: string, time: string) => new Date(`${day}T${time}:00.000+08:00`).toISOString()

type Fact = {
  childId: number
  groupId: number
  day: string
  kind: 'arrival' | 'departure' | 'absence'
  time?: string
  pickupId?: number | null
  by?: string
  reason?: string
  voided?: 0 | 1
}

/** A row of attendance of any day, as the board would have left it. Returns its id. */
export function fact(desk: TestDesk, { childId, groupId, day, kind, time, ...more }: Fact): number {
  const { pickupId = null, by = '', reason = '', voided = 0 } = more
  const at = moment(day, time ?? (kind === 'departure' ? '13:30' : '12:02'))
  return sql(
    desk,
    `INSERT INTO attendance (child_id, group_id, day, kind, at, entered_at, how, pickup_id, collected_by, reason,
       operator_id, voided) VALUES (?, ?, ?, ?, ?, ?, 'tap', ?, ?, ?, 1, ?)`,
    childId,
    groupId,
    day,
    kind,
    at,
    at,
    pickupId,
    by,
    reason,
    voided,
  )
}

/** Gives a child of the class another name. */
export function rename(desk: TestDesk, childId: number, name: string): void {
  sql(desk, 'UPDATE person SET name = ? WHERE id = (SELECT person_id FROM child WHERE id = ?)', name, childId)
}
