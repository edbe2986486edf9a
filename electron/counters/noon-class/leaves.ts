import { row, value, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { mustSeeChild } from './access.ts'

/** Leave is taken from a place: one mistyped year would silence every alarm of the child for good. */
function checkDays(db: Database, childId: number, fromDay: string, toDay: string): void {
  if (toDay < fromDay) invalid('toDay', 'before-from')
  const covered = value<number>(
    db,
    `SELECT 1 FROM enrolment e JOIN term t ON t.id = e.term_id
     WHERE e.child_id = ? AND e.from_day <= ? AND (e.left_day IS NULL OR e.left_day > ? AND e.left_day > e.from_day)
       AND t.first_day <= ? AND t.last_day >= ?`,
    childId,
    toDay,
    fromDay,
    fromDay,
    toDay,
  )
  if (!covered) invalid('fromDay', 'outside')
}

const about = (childId: number) => ({
  subject: `noon:${childId}`,
  also: () => [`noon-child:${childId}`],
})

/**
 * Leave told beforehand, from one day to another, both included. INVALID `toDay` `before-from`, `fromDay` `outside` the terms
 * in which the child has a place; NOT_FOUND `child`. Why and who told stay out of the audit: mostly it is an illness.
 */
export function addLeave(
  context: Context,
  input: { childId: number; fromDay: string; toDay: string; reason: string; toldBy: string },
): { id: number } {
  const { childId, fromDay, toDay, reason, toldBy } = input
  return act(context, { action: 'noon.add-leave', ...about(childId) }, (db, note) => {
    mustSeeChild(context, childId)
    checkDays(db, childId, fromDay, toDay)
    const { id } = write(
      db,
      `INSERT INTO child_leave (child_id, from_day, to_day, reason, told_by, at, operator_id) VALUES (?, ?, ?, ?, ?, ?, ?)`,
      childId,
      fromDay,
      toDay,
      reason,
      toldBy,
      context.desk.clock().toISOString(),
      operatorOf(context).id,
    )
    note(null, { leaveId: id, fromDay, toDay })
    return { id }
  })
}

/** Takes a leave back: the child is expected again. NOT_FOUND `leave`; CONFLICT `step` when it was taken back already. */
export function cancelLeave(context: Context, leaveId: number): void {
  const { db: file, clock } = context.desk
  const childId =
    value<number>(file, 'SELECT child_id FROM child_leave WHERE id = ?', leaveId) ??
    fail('NOT_FOUND', { what: 'leave' })
  act(context, { action: 'noon.cancel-leave', ...about(childId) }, (db, note) => {
    mustSeeChild(context, childId)
    const found = row<{ cancelledAt: string | null }>(
      db,
      'SELECT cancelled_at AS cancelledAt FROM child_leave WHERE id = ?',
      leaveId,
    )
    if (found?.cancelledAt !== null) fail('CONFLICT', { because: 'step' })
    write(db, 'UPDATE child_leave SET cancelled_at = ? WHERE id = ?', clock().toISOString(), leaveId)
    note({ leaveId }, null)
  })
}
