import { rows, value } from '../../database/open.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from '../people/record.ts'

/** The groups whose children this caller may see; null = all. A teacher has those they teach (条例 36: no more than needed). */
export function ownGroups(context: Context): Set<number> | null {
  const { id, role } = operatorOf(context)
  if (role !== 'teacher') return null
  const found = rows<{ id: number }>(
    context.desk.db,
    'SELECT group_id AS id FROM class_group_teacher WHERE operator_id = ?',
    id,
  )
  return new Set(found.map((group) => group.id))
}

/** NOT_FOUND `group` for one that does not stand or that the caller may not see. */
export function mustSeeGroup(context: Context, groupId: number): void {
  const stands = value<number>(context.desk.db, 'SELECT 1 FROM class_group WHERE id = ?', groupId)
  if (!stands || ownGroups(context)?.has(groupId) === false) fail('NOT_FOUND', { what: 'group' })
}

// A term that is over stays its teachers' until another one begins: the last day is written up after it. A child that left
// is nobody's any more.
const taughtSql = `
  SELECT 1 FROM enrolment e
  JOIN class_group_teacher t ON t.group_id = e.group_id AND t.operator_id = @operatorId
  JOIN term ON term.id = e.term_id
  WHERE e.child_id = @childId AND (e.left_day IS NULL OR e.left_day > @today)
    AND NOT EXISTS (SELECT 1 FROM term later WHERE later.first_day > term.last_day AND later.first_day <= @today)`

/** NOT_FOUND `child` for one that does not stand, and for a teacher one that is in none of their groups today or later. */
export function mustSeeChild(context: Context, childId: number): void {
  const { db } = context.desk
  const { id, role } = operatorOf(context)
  const seen =
    role === 'teacher'
      ? value<number>(db, taughtSql, { childId, operatorId: id, today: todayOf(context) })
      : value<number>(db, 'SELECT 1 FROM child WHERE id = ?', childId)
  if (!seen) fail('NOT_FOUND', { what: 'child' })
}
