import type { ServiceRecord } from '../../contract/volunteer-records.ts'
import { write, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from '../people/record.ts'
import { takeBackPoints } from './ledger.ts'
import { readRecord } from './records.ts'
import { aboutRecords } from './roll-call.ts'

/** The second row: the same in everything but the sign of its minutes. The first is marked by a trigger. */
function writeReversal(
  db: WritableDatabase,
  recordId: number,
  by: { reason: string; at: string; operatorId: number },
): number {
  return write(
    db,
    `INSERT INTO service_record (activity_id, volunteer_id, reverses, day, year, kind, own, arrived, left, break_minutes,
       minutes, how, reason, entered_by, entered_at)
     SELECT activity_id, volunteer_id, id, day, year, kind, own, arrived, left, break_minutes, -minutes, how, ?, ?, ?
     FROM service_record WHERE id = ?`,
    by.reason,
    by.operatorId,
    by.at,
    recordId,
  ).id
}

/**
 * Takes a record back by a second row, hours wholly, points as far as they are there; what was spent is `writtenOff`.
 * FORBIDDEN for a clerk when it is confirmed; CONFLICT `step` when it is reversed already or a reversing row itself; NOT_FOUND `record`.
 */
export function reverseRecord(
  context: Context,
  input: { recordId: number; reason: string },
): { record: ServiceRecord; reversal: ServiceRecord; writtenOff: number } {
  const { desk } = context
  const { recordId, reason } = input
  const { id: operatorId, role } = operatorOf(context)
  const { activityId, volunteerId, confirmed, reverses, reversedBy } = readRecord(context, recordId)
  if (reverses !== null || reversedBy !== null) fail('CONFLICT', { because: 'step' })
  if (confirmed && role === 'clerk') fail('FORBIDDEN')
  const by = { day: todayOf(context), at: desk.clock().toISOString(), operatorId }
  const what = { action: 'volunteer.reverse-record', reason, ...aboutRecords(activityId, [volunteerId]) }
  const { reversalId, writtenOff } = act(context, what, (db, note) => {
    const reversal = writeReversal(db, recordId, { reason, at: by.at, operatorId })
    const taken = takeBackPoints(db, { recordId, reversalId: reversal }, by)
    note(null, { record: recordId, reversal, points: 0 - taken.points, writtenOff: taken.writtenOff })
    return { reversalId: reversal, writtenOff: taken.writtenOff }
  })
  return { record: readRecord(context, recordId), reversal: readRecord(context, reversalId), writtenOff }
}
