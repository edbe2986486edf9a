import { randomUUID } from 'node:crypto'
import type { Database } from '../../electron/database/open.ts'
import { timed } from './measure.ts'
import type { VolunteerFile } from './volunteers.ts'

/**
 * The bare transaction of a sheet: the same rows by prepared statements on a file with the same pragmas and triggers. No
 * rules, no flags, no reading back, no HMAC (32 bytes all the same).
 */
export function openBareRollCall(db: Database): (sheet: VolunteerFile['sheets'][number]) => number {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const activity = db.prepare('SELECT day FROM activity WHERE id = ?')
  const rollCall = db.prepare(
    'INSERT INTO roll_call (activity_id, ticket, at, operator_id) VALUES (?, ?, ?, 1)',
  )
  const record = db.prepare(
    `INSERT INTO service_record (activity_id, volunteer_id, roll_call_id, day, year, kind, own, arrived, left, minutes, how,
       reason, entered_by, entered_at)
     VALUES (?, ?, ?, ?, ?, 'service', 1, '08:30', '11:00', 150, 'full', '如实登记', 1, ?)`,
  )
  const held = db.prepare("UPDATE activity SET state = 'held', version = version + 1 WHERE id = ?")
  const audit = db.prepare(
    `INSERT INTO audit (at, operator_id, device_id, action, subject, reason, changes, mac)
     VALUES (?, 1, NULL, 'volunteer.roll-call', ?, NULL, ?, ?)`,
  )
  const head = db.prepare('UPDATE audit_head SET count = ?, mac = ?')
  const mac = Buffer.alloc(32, 1)
  const at = new Date().toISOString()

  return ({ activityId, volunteerIds }) => {
    const { day } = activity.get(activityId) as { day: string }
    const year = Number(day.slice(0, 4))
    return timed(() => {
      begin.run()
      const rollCallId = rollCall.run(activityId, randomUUID(), at).lastInsertRowid
      const ids = volunteerIds.map(
        (volunteerId) => record.run(activityId, volunteerId, rollCallId, day, year, at).lastInsertRowid,
      )
      held.run(activityId)
      const changes = JSON.stringify({ records: [null, ids.map(Number)] })
      const row = audit.run(at, `activity:${activityId}`, changes, mac)
      head.run(row.lastInsertRowid, mac)
      commit.run()
    })
  }
}

export function openBareBalance(db: Database): (volunteerId: number) => unknown {
  const sum = db.prepare('SELECT sum(points) FROM point_entry WHERE volunteer_id = ?')
  return (volunteerId) => sum.get(volunteerId)
}

/** The first page of a year, ranked and named by one statement. */
export function openBareRanking(db: Database, year: number): () => unknown {
  const ranking = db.prepare(
    `SELECT rank() OVER (ORDER BY f.minutes DESC, f.activities DESC, f.rating DESC NULLS LAST) AS rank,
       v.number, p.name, f.minutes, f.activities, f.rating
     FROM (
       SELECT volunteer_id, sum(minutes) AS minutes, count(*) AS activities, avg(rating) AS rating
       FROM service_record WHERE counted = 1 AND year = ? GROUP BY volunteer_id) AS f
     JOIN volunteer AS v ON v.id = f.volunteer_id JOIN person AS p ON p.id = v.person_id
     ORDER BY rank, v.number LIMIT 30`,
  )
  return () => ranking.all(year)
}
