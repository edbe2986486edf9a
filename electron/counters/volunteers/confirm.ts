import type { Activity } from '../../contract/volunteer-activities.ts'
import { rows, value, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from '../people/record.ts'
import { openActivity } from './activities.ts'
import { postPoints } from './ledger.ts'
import { aboutRecords } from './roll-call.ts'

type Waiting = { id: number; volunteerId: number; enteredBy: number; waits: 0 | 1 }

/** Those that wait for a second person. */
function allWaiting(db: Database, activityId: number): Waiting[] {
  return rows<Waiting>(
    db,
    `SELECT id, volunteer_id AS volunteerId, entered_by AS enteredBy, 1 AS waits
     FROM service_record INDEXED BY service_record_waiting
     WHERE activity_id = ? AND confirmed_at IS NULL AND reversed = 0 AND reverses IS NULL ORDER BY id`,
    activityId,
  )
}

/** The chosen ones. NOT_FOUND `record` for one of another activity; CONFLICT `step` with those that no longer wait. */
function chosen(db: Database, activityId: number, recordIds: readonly number[]): Waiting[] {
  const ids = [...new Set(recordIds)]
  const found = rows<Waiting>(
    db,
    `SELECT r.id, r.volunteer_id AS volunteerId, r.entered_by AS enteredBy,
       r.confirmed_at IS NULL AND r.reversed = 0 AND r.reverses IS NULL AS waits
     FROM json_each(?) AS wanted
     CROSS JOIN service_record AS r ON r.id = wanted.value AND r.activity_id = ?
     ORDER BY r.id`,
    JSON.stringify(ids),
    activityId,
  )
  if (found.length < ids.length) fail('NOT_FOUND', { what: 'record' })
  const over = found.filter(({ waits }) => !waits).map(({ id }) => id)
  if (over.length > 0) fail('CONFLICT', { because: 'step', current: over })
  return found
}

/** Splits what waits by who entered it; FORBIDDEN where the rule of the second person leaves nothing to confirm. */
function confirmable(context: Context, input: { activityId: number; recordIds: number[] | null }) {
  const { db } = context.desk
  const { activityId, recordIds } = input
  const waiting = recordIds === null ? allWaiting(db, activityId) : chosen(db, activityId, recordIds)
  if (waiting.length === 0) fail('CONFLICT', { because: 'step', current: [] })
  const caller = operatorOf(context).id
  const others = waiting.filter(({ enteredBy }) => enteredBy !== caller)
  const own = waiting.filter(({ enteredBy }) => enteredBy === caller).map(({ id }) => id)
  if (others.length === 0 || (recordIds !== null && own.length > 0)) fail('FORBIDDEN')
  return { others, own }
}

/**
 * A second person confirms records of an activity, all that wait or the chosen ones, and their points are posted in the same
 * act. FORBIDDEN when the caller entered one of the chosen, or all that wait; CONFLICT `step` with the ids that do not wait;
 * NOT_FOUND `activity`, `record`.
 */
export function confirmRecords(
  context: Context,
  input: { activityId: number; recordIds: number[] | null },
): { confirmed: number[]; own: number[]; points: number; activity: Activity } {
  const { desk } = context
  const { activityId } = input
  if (!value(desk.db, 'SELECT 1 FROM activity WHERE id = ?', activityId)) {
    fail('NOT_FOUND', { what: 'activity' })
  }
  const { others, own } = confirmable(context, input)
  const about = aboutRecords(
    activityId,
    others.map(({ volunteerId }) => volunteerId),
  )
  const confirmed = others.map(({ id }) => id)
  const by = { day: todayOf(context), at: desk.clock().toISOString(), operatorId: operatorOf(context).id }
  const points = act(context, { action: 'volunteer.confirm', ...about }, (db, note) => {
    write(
      db,
      `UPDATE service_record SET confirmed_by = ?, confirmed_at = ?, counted = (own = 1 AND kind = 'service')
       WHERE id IN (SELECT value FROM json_each(?))`,
      by.operatorId,
      by.at,
      JSON.stringify(confirmed),
    )
    const posted = postPoints(db, confirmed, by)
    note(null, { records: confirmed, points: posted })
    return posted
  })
  return { confirmed, own, points, activity: openActivity(context, activityId) }
}
