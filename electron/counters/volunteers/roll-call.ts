import type { Activity } from '../../contract/volunteer-activities.ts'
import type { RollCallLine } from '../../contract/volunteer-records.ts'
import { row, rows, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from '../people/record.ts'
import { openActivity } from './activities.ts'
import { activityOfSheet, checkLines, type CheckedLine, type SheetActivity } from './check-roll-call.ts'

export type Sheet = { ticket: string; activityId: number; lines: RollCallLine[] }
export type Saved = {
  rollCallId: number
  recordIds: number[]
  minutes: number
  flagged: number
  activity: Activity
}

/** More volunteers than this are told of all at once: each topic is an event on every screen. */
const mostTopics = 20

/** The topics of records: the activity's screens, 今日, and those of the volunteers. */
export function aboutRecords(activityId: number, volunteerIds: readonly number[]) {
  return {
    subject: `activity:${activityId}`,
    also: () => [
      'today',
      ...(volunteerIds.length > mostTopics ? ['volunteer'] : volunteerIds.map((id) => `volunteer:${id}`)),
    ],
  }
}

const rollCallOf = (db: Database, ticket: string) =>
  row<{ id: number; activityId: number }>(
    db,
    'SELECT id, activity_id AS activityId FROM roll_call WHERE ticket = ?',
    ticket,
  )

/** The same answer whenever it is asked for: what was saved under this roll-call, with the activity as it stands now. */
function answer(context: Context, rollCallId: number, activityId: number): Saved {
  const made = rows<{ id: number; minutes: number; flagged: 0 | 1 }>(
    context.desk.db,
    `SELECT id, minutes, max(overlap, long_day, beyond) AS flagged FROM service_record
     WHERE roll_call_id = ? ORDER BY id`,
    rollCallId,
  )
  return {
    rollCallId,
    recordIds: made.map(({ id }) => id),
    minutes: made.reduce((sum, { minutes }) => sum + minutes, 0),
    flagged: made.reduce((sum, { flagged }) => sum + flagged, 0),
    activity: openActivity(context, activityId),
  }
}

/** INVALID with every problem of every line, by its place in the sheet. */
function refuseProblems(checked: readonly CheckedLine[]): void {
  const fields = checked.flatMap(({ problems }, nth) =>
    problems.map(({ field, problem }) => ({ path: `lines.${nth}.${field}`, problem })),
  )
  if (fields.length > 0) fail('INVALID', { fields })
}

type Writing = { activity: SheetActivity; rollCallId: number; at: string; operatorId: number }

function writeRecord(db: WritableDatabase, line: RollCallLine, checked: CheckedLine, by: Writing): number {
  const { activity, rollCallId, at, operatorId } = by
  const has = (flag: CheckedLine['flags'][number]) => (checked.flags.includes(flag) ? 1 : 0)
  return write(
    db,
    `INSERT INTO service_record (activity_id, volunteer_id, roll_call_id, day, year, kind, own, arrived, left,
       break_minutes, minutes, how, overlap, long_day, beyond, reason, rating, entered_by, entered_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    activity.id,
    line.volunteerId,
    rollCallId,
    activity.day,
    Number(activity.day.slice(0, 4)),
    activity.kind,
    activity.own,
    line.arrived,
    line.left,
    line.breakMinutes,
    checked.minutes,
    checked.how,
    has('overlap'),
    has('long-day'),
    has('beyond'),
    line.reason,
    line.rating,
    operatorId,
    at,
  ).id
}

/**
 * Saves a sheet as one act, all lines or none. A ticket that was seen before gives the roll-call that it became, for another
 * activity CONFLICT `duplicate`. INVALID as `lineProblem` of the contract says, all of them at once; CONFLICT `step` for a
 * cancelled activity; NOT_FOUND `activity`.
 */
export function saveRollCall(context: Context, input: Sheet): Saved {
  const { desk } = context
  const { ticket, activityId, lines } = input
  const seen = rollCallOf(desk.db, ticket)
  if (seen) {
    if (seen.activityId !== activityId) fail('CONFLICT', { because: 'duplicate' })
    return answer(context, seen.id, activityId)
  }

  const operatorId = operatorOf(context).id
  const about = aboutRecords(
    activityId,
    lines.map(({ volunteerId }) => volunteerId),
  )
  const rollCallId = act(context, { action: 'volunteer.roll-call', ...about }, (db, note) => {
    const activity = activityOfSheet(db, activityId, todayOf(context))
    if (activity.state === 'cancelled') fail('CONFLICT', { because: 'step' })
    const checked = checkLines(db, activity, lines, desk.clock())
    refuseProblems(checked)
    const at = desk.clock().toISOString()
    const { id } = write(
      db,
      'INSERT INTO roll_call (activity_id, ticket, at, operator_id) VALUES (?, ?, ?, ?)',
      activityId,
      ticket,
      at,
      operatorId,
    )
    const by = { activity, rollCallId: id, at, operatorId }
    const recordIds = lines.map((line, nth) => writeRecord(db, line, checked[nth]!, by))
    write(
      db,
      "UPDATE activity SET state = 'held', version = version + 1 WHERE id = ? AND state = 'planned'",
      activityId,
    )
    note(null, { rollCall: id, records: recordIds })
    return id
  })
  return answer(context, rollCallId, activityId)
}
