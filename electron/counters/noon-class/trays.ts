import type { Tile } from '../../contract/noon-days.ts'
import { write } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readTile, refuseStep } from './board.ts'
import { checkNotAhead, standingOfOne, stateOf } from './day-state.ts'

/**
 * The tray of a child with an allergy was looked at before it was handed out; a second look changes nothing. INVALID
 * `childId` `no-allergy`; CONFLICT `step` with the tile of a child that is not in.
 */
export function checkTray(context: Context, { childId, day }: { childId: number; day: string }): Tile {
  checkNotAhead(context, day)
  const { allergies, trayChecked, facts } = standingOfOne(context, day, childId)
  if (allergies === '') invalid('childId', 'no-allergy')
  if (stateOf(facts) !== 'in') refuseStep(context, day, childId)
  if (!trayChecked) {
    act(context, { action: 'noon.tray', subject: `noon:${childId}` }, (db, note) => {
      write(
        db,
        'INSERT INTO tray_check (child_id, day, at, operator_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
        childId,
        day,
        context.desk.clock().toISOString(),
        operatorOf(context).id,
      )
      note(null, { day })
    })
  }
  return readTile(context, day, childId)!
}
