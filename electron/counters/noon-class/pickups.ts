import type { Child, PickupPerson } from '../../contract/noon-children.ts'
import { value, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { tidyName } from '../people/names.ts'
import { todayOf } from '../people/record.ts'
import { mustSeeChild } from './access.ts'
import { changeChild, checkPhoto, type Seen } from './child-record.ts'
import { checkedPhone } from './guardians.ts'
import { readPickups } from './pickup-list.ts'

type PickupFields = Pick<
  PickupPerson,
  'kind' | 'name' | 'relation' | 'phone' | 'idTail' | 'photoId' | 'reason' | 'fromDay' | 'toDay'
>

/**
 * Somebody who may collect, or must not (then with the reason, for the teacher's eyes). INVALID `toDay` `before-from`,
 * `reason` `required`, `phone`, `photoId` `not-an-image`; NOT_FOUND `file`; CONFLICT `changed`.
 */
export function addPickup(context: Context, { id, version, ...fields }: Seen & PickupFields): Child {
  const { kind, name, relation, idTail, photoId, reason, fromDay, toDay } = fields
  if (toDay !== null && toDay < fromDay) invalid('toDay', 'before-from')
  if (kind === 'forbidden' && reason === '') invalid('reason', 'required')
  const phone = checkedPhone(fields.phone, 'phone')
  return changeChild(context, { id, version }, { action: 'noon.add-pickup' }, (db, note) => {
    checkPhoto(db, photoId)
    const pickup = write(
      db,
      `INSERT INTO pickup_person
         (child_id, kind, name, relation, phone, id_tail, photo_id, reason, from_day, to_day, operator_id, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      kind,
      tidyName(name),
      relation,
      phone,
      idTail,
      photoId,
      reason,
      fromDay,
      toDay,
      operatorOf(context).id,
      context.desk.clock().toISOString(),
    )
    note(null, { pickupId: pickup.id, kind, fromDay, toDay, photoId })
  })
}

/**
 * Holds until this day and no longer; the row stays for the pick-ups that name it. Only a manager lifts a ban: FORBIDDEN.
 * NOT_FOUND `pickup`; CONFLICT `step` when it is over; INVALID `toDay` `not-earlier` for a day after its end: an
 * authorisation of one day is not made longer, and a day before its beginning takes it back altogether.
 */
export function endPickup(
  context: Context,
  input: Seen & { pickupId: number; toDay: string; reason: string },
): Child {
  const { id, version, pickupId, toDay, reason } = input
  return changeChild(context, { id, version }, { action: 'noon.end-pickup', reason }, (db, note) => {
    const before =
      readPickups(db, id, todayOf(context)).find((pickup) => pickup.id === pickupId) ??
      fail('NOT_FOUND', { what: 'pickup' })
    if (before.kind === 'forbidden' && operatorOf(context).role !== 'manager') fail('FORBIDDEN')
    if (before.toDay !== null) {
      if (before.toDay < todayOf(context)) fail('CONFLICT', { because: 'step' })
      if (toDay > before.toDay) invalid('toDay', 'not-earlier')
    }
    write(db, 'UPDATE pickup_person SET to_day = ? WHERE id = ?', toDay, pickupId)
    note({ toDay: before.toDay }, { pickupId, toDay })
  })
}

/** The whole number of a guardian on file or of a pick-up person of this child. */
function phoneOf(
  db: Database,
  { childId, guardianId, pickupId }: { childId: number; guardianId: number | null; pickupId: number | null },
): string {
  const found =
    guardianId === null
      ? value<string>(
          db,
          "SELECT phone FROM pickup_person WHERE id = ? AND child_id = ? AND phone <> ''",
          pickupId,
          childId,
        )
      : value<string>(
          db,
          "SELECT phone FROM guardian WHERE id = ? AND child_id = ? AND ended_day IS NULL AND phone <> ''",
          guardianId,
          childId,
        )
  return found ?? fail('NOT_FOUND', { what: 'phone' })
}

/**
 * One number whole, for a reason that stays in the audit; whose number is noted, never the number. INVALID `guardianId`
 * unless either a guardian or a pick-up person is meant; NOT_FOUND `child`, `phone`.
 */
export function revealPhone(
  context: Context,
  input: { childId: number; guardianId: number | null; pickupId: number | null; reason: string },
): { phone: string } {
  const { childId, guardianId, pickupId, reason } = input
  if (guardianId === null && pickupId === null) invalid('guardianId', 'required')
  if (guardianId !== null && pickupId !== null) invalid('pickupId', 'duplicate')
  // Not `noon-child:ID`: nothing changed, so no screen has to load, and log, again.
  const what = { action: 'noon.reveal', subject: `child-reveal:${childId}`, reason }
  return act(context, what, (db, note) => {
    mustSeeChild(context, childId)
    const phone = phoneOf(db, input)
    note(null, guardianId === null ? { pickupId } : { guardianId })
    return { phone }
  })
}
