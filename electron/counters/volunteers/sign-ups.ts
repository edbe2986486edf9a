import type { Activity } from '../../contract/volunteer-activities.ts'
import { rows, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from '../people/record.ts'
import { activityLines } from './activity-lines.ts'
import { openActivity } from './activity-record.ts'
import { personsBehind } from './same-person.ts'
import { servingOnce } from './volunteers.ts'

/** NOT_FOUND `activity`. */
const lineOf = (db: Database, activityId: number, today: string) =>
  activityLines(db, [activityId], today)[0] ?? fail('NOT_FOUND', { what: 'activity' })

/** The persons on the list, under whatever volunteer number, and how many names stand there. */
function signedUp(db: Database, activityId: number): { persons: Set<number>; places: number } {
  const ids = rows<{ id: number }>(
    db,
    'SELECT volunteer_id AS id FROM activity_sign_up WHERE activity_id = ? AND cancelled_at IS NULL',
    activityId,
  ).map(({ id }) => id)
  return { persons: new Set(personsBehind(db, ids).map(({ personId }) => personId)), places: ids.length }
}

/**
 * Signs volunteers up, all of them or none; those on it already are told. CONFLICT `full` (current = places left), `step` for
 * one held or cancelled; NOT_FOUND `activity`, `volunteer`; INVALID `volunteerIds.N` `before-joining`, `left`, `twice`.
 */
export function signUpVolunteers(
  context: Context,
  { activityId, volunteerIds }: { activityId: number; volunteerIds: number[] },
): { activity: Activity; already: number[] } {
  const today = todayOf(context)
  const at = context.desk.clock().toISOString()
  const operatorId = operatorOf(context).id
  const what = { action: 'volunteer.sign-up', subject: `activity:${activityId}`, also: () => ['today'] }
  const already = act(context, what, (db, note) => {
    const { day, state, capacity } = lineOf(db, activityId, today)
    if (state !== 'planned') fail('CONFLICT', { because: 'step' })
    const serving = servingOnce(db, volunteerIds)
    serving.forEach(({ joinedDay, leftDay }, nth) => {
      if (day < joinedDay) invalid(`volunteerIds.${nth}`, 'before-joining')
      if (leftDay !== null && day > leftDay) invalid(`volunteerIds.${nth}`, 'left')
    })
    const { persons, places } = signedUp(db, activityId)
    const coming = serving.filter(({ personId }) => !persons.has(personId)).map((one) => one.volunteerId)
    if (capacity !== null && coming.length > 0 && places + coming.length > capacity) {
      fail('CONFLICT', { because: 'full', current: Math.max(0, capacity - places) })
    }
    for (const id of coming) {
      write(
        db,
        'INSERT INTO activity_sign_up (activity_id, volunteer_id, at, operator_id) VALUES (?, ?, ?, ?)',
        activityId,
        id,
        at,
        operatorId,
      )
    }
    note(null, { volunteerIds: coming })
    return volunteerIds.filter((id) => !coming.includes(id))
  })
  return { activity: openActivity(context, activityId), already }
}

/** Takes a name off the list. CONFLICT `step` when it is not on it, or the activity is cancelled; NOT_FOUND `activity`. */
export function cancelSignUp(
  context: Context,
  { activityId, volunteerId }: { activityId: number; volunteerId: number },
): Activity {
  const today = todayOf(context)
  const at = context.desk.clock().toISOString()
  const what = {
    action: 'volunteer.cancel-sign-up',
    subject: `activity:${activityId}`,
    also: () => ['today'],
  }
  act(context, what, (db, note) => {
    const { state } = lineOf(db, activityId, today)
    const { changes } = write(
      db,
      `UPDATE activity_sign_up SET cancelled_at = ?
       WHERE activity_id = ? AND volunteer_id = ? AND cancelled_at IS NULL`,
      at,
      activityId,
      volunteerId,
    )
    if (changes === 0 || state === 'cancelled') fail('CONFLICT', { because: 'step' })
    note({ volunteerId }, null)
  })
  return openActivity(context, activityId)
}
