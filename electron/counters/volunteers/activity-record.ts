import type { Activity } from '../../contract/volunteer-activities.ts'
import type { Attachment } from '../../contract/files.ts'
import { row, rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act, type Noted } from '../../workbench/act.ts'
import { endOfDay } from '../../workbench/calendar.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from '../people/record.ts'
import { activityLines } from './activity-lines.ts'
import { volunteerLines } from './lines.ts'

type Own = Pick<Activity, 'content' | 'organiser' | 'inCharge' | 'cancelReason' | 'version'>

const ownSql = `
  SELECT content, organiser, in_charge AS inCharge, cancel_reason AS cancelReason, version FROM activity WHERE id = ?`

/** Who signed up, in that order. */
function signUpsOf(db: Database, activityId: number, today: string): Activity['signUps'] {
  const found = rows<{ id: number; at: string; hasRecord: 0 | 1 }>(
    db,
    `SELECT s.volunteer_id AS id, s.at, EXISTS (
       SELECT 1 FROM service_record AS r WHERE r.activity_id = s.activity_id AND r.volunteer_id = s.volunteer_id
         AND r.reversed = 0 AND r.reverses IS NULL) AS hasRecord
     FROM activity_sign_up AS s WHERE s.activity_id = ? AND s.cancelled_at IS NULL ORDER BY s.id`,
    activityId,
  )
  const lines = volunteerLines(
    db,
    found.map(({ id }) => id),
    today,
  )
  return lines.map((line, nth) => ({ ...line, at: found[nth]!.at, hasRecord: found[nth]!.hasRecord === 1 }))
}

const filesOf = (db: Database, activityId: number): Attachment[] =>
  rows<Attachment>(
    db,
    `SELECT f.id, f.name, f.kind, f.bytes, f.width, f.height
     FROM activity_file AS a JOIN file AS f ON f.id = a.file_id WHERE a.activity_id = ? ORDER BY f.id`,
    activityId,
  )

/** A record or a reversing row came after the day on which the activity was entered in the national system. */
const isBehind = (db: Database, activityId: number, nationalDay: string) =>
  value(
    db,
    'SELECT 1 FROM service_record WHERE activity_id = ? AND entered_at > ? LIMIT 1',
    activityId,
    endOfDay(nationalDay),
  ) !== undefined

/** One whole activity; NOT_FOUND `activity`. */
export function readActivity(db: Database, id: number, today: string): Activity {
  const line = activityLines(db, [id], today)[0] ?? fail('NOT_FOUND', { what: 'activity' })
  const own = row<Own>(db, ownSql, id)!
  return {
    ...line,
    ...own,
    signUps: signUpsOf(db, id, today),
    files: filesOf(db, id),
    nationalBehind: line.nationalDay !== null && isBehind(db, id, line.nationalDay),
  }
}

/** Opens an activity with who signed up. NOT_FOUND `activity`. */
export const openActivity = (context: Context, id: number): Activity =>
  readActivity(context.desk.db, id, todayOf(context))

/** An activity as the caller last saw it. */
export type Seen = { id: number; version: number | null }

/**
 * One change of an activity that is not cancelled: NOT_FOUND `activity`; CONFLICT `changed` with what stands now, `step` when
 * it is cancelled.
 */
export function changeActivity(
  context: Context,
  { id, version }: Seen,
  what: { action: string; reason?: string; also?: () => string[] },
  change: (db: WritableDatabase, before: Activity, note: Noted) => void,
): Activity {
  const today = todayOf(context)
  const also = () => ['today', ...(what.also?.() ?? [])]
  return act(context, { ...what, subject: `activity:${id}`, also }, (db, note) => {
    const before = readActivity(db, id, today)
    // Without a version nothing was seen: no record has this one.
    if (before.version !== version) fail('CONFLICT', { because: 'changed', current: before })
    if (before.state === 'cancelled') fail('CONFLICT', { because: 'step' })
    change(db, before, note)
    write(db, 'UPDATE activity SET version = version + 1 WHERE id = ?', id)
    return readActivity(db, id, today)
  })
}
