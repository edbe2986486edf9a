import type { Alarm, Tile, callResults } from '../../contract/noon-days.ts'
import { rows, value, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { ownGroups } from './access.ts'
import { groupsOn, readTiles } from './board.ts'
import { checkNotAhead, standingOfOne } from './day-state.ts'
import { guardiansOf } from './guardians.ts'

type Call = Alarm['calls'][number]

/** Whom one called about a child on a day, in the order of calling. */
function callsOf(db: Database, day: string, childId: number): Call[] {
  return rows<Call>(
    db,
    `SELECT c.id, g.name AS guardian, c.result, c.text, c.at, o.name AS operator
     FROM noon_call AS c
     LEFT JOIN guardian AS g ON g.id = c.guardian_id
     JOIN operator AS o ON o.id = c.operator_id
     WHERE c.day = ? AND c.child_id = ? ORDER BY c.id`,
    day,
    childId,
  )
}

type Ringing = Tile & { alarm: Alarm['kind']; alarmSince: string }

/**
 * Who of the caller's groups should be here and is not, or should have been collected, as the desk's clock stands: the
 * longest first. Whom to call in which order (guardians, the school last) and who was called that day already.
 */
export function listAlarms(context: Context, day: string): Alarm[] {
  const { db, clock } = context.desk
  const ids = groupsOn(db, day, ownGroups(context)).map(({ id }) => id)
  return readTiles(db, day, ids, clock())
    .filter((tile): tile is Ringing => tile.alarm !== null)
    .sort((one, other) => one.alarmSince.localeCompare(other.alarmSince) || one.childId - other.childId)
    .map(({ childId, alarm, alarmSince }) => ({
      childId,
      kind: alarm,
      since: alarmSince,
      guardians: guardiansOf(db, childId),
      school: value<string>(db, 'SELECT school FROM child WHERE id = ?', childId) ?? '',
      calls: callsOf(db, day, childId),
    }))
}

/** Writes a call down; calls are only ever added. NOT_FOUND `guardian` for one who is not this child's now. */
export function logCall(
  context: Context,
  input: {
    childId: number
    day: string
    guardianId: number | null
    result: (typeof callResults)[number]
    text: string
  },
): Alarm[] {
  const { childId, day, guardianId, result, text } = input
  checkNotAhead(context, day)
  const { desk } = context
  act(context, { action: 'noon.call', subject: `noon:${childId}` }, (db, note) => {
    standingOfOne(context, day, childId)
    if (guardianId !== null) {
      const known = value<number>(
        db,
        'SELECT 1 FROM guardian WHERE id = ? AND child_id = ? AND ended_day IS NULL',
        guardianId,
        childId,
      )
      if (!known) fail('NOT_FOUND', { what: 'guardian' })
    }
    const { id } = write(
      db,
      'INSERT INTO noon_call (child_id, day, guardian_id, result, text, at, operator_id) VALUES (?, ?, ?, ?, ?, ?, ?)',
      childId,
      day,
      guardianId,
      result,
      text,
      desk.clock().toISOString(),
      operatorOf(context).id,
    )
    note(null, { day, call: id, guardianId, result })
  })
  return listAlarms(context, day)
}
