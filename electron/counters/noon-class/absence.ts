import type { Tile, absenceReasons } from '../../contract/noon-days.ts'
import { write } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readTile, refuseStep } from './board.ts'
import { checkNotAhead, standingOfOne, stateOf } from './day-state.ts'

/**
 * Explains why a child did not come; its alarm is closed. Only of one who is expected: CONFLICT `step` with the tile when it
 * came, is on leave or was explained on another screen. INVALID `day` `future` (that is a leave), `text` `required` for 其他.
 */
export function closeAbsence(
  context: Context,
  input: { childId: number; day: string; reason: (typeof absenceReasons)[number]; text: string },
): Tile {
  const { childId, day, reason, text } = input
  if (reason === '其他' && text === '') invalid('text', 'required')
  checkNotAhead(context, day)
  const at = context.desk.clock().toISOString()
  act(context, { action: 'noon.absence', subject: `noon:${childId}` }, (db, note) => {
    const { groupId, facts } = standingOfOne(context, day, childId)
    if (stateOf(facts) !== 'expected') refuseStep(context, day, childId)
    const { id } = write(
      db,
      `INSERT INTO attendance (child_id, group_id, day, kind, at, entered_at, how, reason, operator_id)
       VALUES (?, ?, ?, 'absence', ?, ?, 'tap', ?, ?)`,
      childId,
      groupId,
      day,
      at,
      at,
      text ? `${reason}：${text}` : reason,
      operatorOf(context).id,
    )
    // Why stays out of the audit: that a child is ill is nobody's business for ever (PIPL 28).
    note(null, { day, attendance: [id] })
  })
  return readTile(context, day, childId)!
}
