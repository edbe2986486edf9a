import { staff } from '../../contract/access.ts'
import { value, write } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { findOperator } from '../session/operators.ts'
import { confirmPin } from '../session/sign-in.ts'
import { checkNotAhead, standingOfOne } from './day-state.ts'
import { isForbidden } from './release.ts'

export type Once = {
  childId: number
  day: string
  guardianId: number
  name: string
  relation: string
  idTail: string
  confirmedBy: number
  pin: string
}

/** FORBIDDEN unless the second is another active member of staff than the one who is signed in here. */
function checkSecond(context: Context, confirmedBy: number): void {
  const second = findOperator(context.desk.db, confirmedBy)
  const serves = second?.active && staff.some((role) => role === second.role)
  if (!serves || second.id === operatorOf(context).id) fail('FORBIDDEN')
}

/** All that can be said without the PIN: so that nobody's PIN is asked for in vain, and again when it was right. */
function checkOnce(context: Context, { childId, day, guardianId, name, confirmedBy }: Once): void {
  const { db } = context.desk
  checkNotAhead(context, day)
  standingOfOne(context, day, childId)
  const guardian = value<number>(
    db,
    'SELECT 1 FROM guardian WHERE id = ? AND child_id = ? AND ended_day IS NULL',
    guardianId,
    childId,
  )
  if (!guardian) fail('NOT_FOUND', { what: 'guardian' })
  if (isForbidden(db, childId, day, name)) fail('FORBIDDEN')
  checkSecond(context, confirmedBy)
}

/**
 * Lets an adult who is not on the list take a child on one day: a guardian was called and agreed, and a second member of
 * staff confirms with their own PIN. The call is written down with it. NOT_FOUND `guardian` unless it is this child's;
 * FORBIDDEN for a name that must not, or when the second is the first or no active staff; WRONG_PIN, WAIT as at sign-in.
 */
export async function authoriseOnce(context: Context, input: Once): Promise<{ pickupId: number }> {
  const { childId, day, guardianId, name, relation, idTail, confirmedBy, pin } = input
  checkOnce(context, input)
  await confirmPin(context, confirmedBy, pin)
  const { desk } = context
  const at = desk.clock().toISOString()
  const operatorId = operatorOf(context).id
  const what = {
    action: 'noon.authorise-once',
    subject: `noon-child:${childId}`,
    also: () => [`noon:${childId}`],
  }
  return act(context, what, (db, note) => {
    // Somebody may have been forbidden, or have left, while the PIN was looked at.
    checkOnce(context, input)
    const pickupId = write(
      db,
      `INSERT INTO pickup_person (child_id, kind, name, relation, id_tail, from_day, to_day, called_guardian_id,
         confirmed_by, operator_id, created_at)
       VALUES (?, 'authorised', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      childId,
      name,
      relation,
      idTail,
      day,
      day,
      guardianId,
      confirmedBy,
      operatorId,
      at,
    ).id
    write(
      db,
      `INSERT INTO noon_call (child_id, day, guardian_id, result, text, at, operator_id)
       VALUES (?, ?, ?, 'reached', ?, ?, ?)`,
      childId,
      day,
      guardianId,
      `同意由${relation} ${name} 接走`,
      at,
      operatorId,
    )
    note(null, { day, pickupId, guardianId, confirmedBy })
    return { pickupId }
  })
}
