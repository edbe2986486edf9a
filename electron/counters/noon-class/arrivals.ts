import type { Tile, hows } from '../../contract/noon-days.ts'
import { rows, row, value, write, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { ownGroups } from './access.ts'
import { readTile, refuseStep } from './board.ts'
import { aboutChildren, enrolledOf, happenedAt, standingOf, type Standing } from './day-state.ts'

export type How = (typeof hows)[number]
type Arrived = { arrived: { childId: number; attendanceId: number }[]; already: number[] }

/** The mark that a row was taken back, and the row that says by whom and why; only inside `act`. */
function voidRow(
  db: WritableDatabase,
  attendanceId: number,
  by: { at: string; reason: string; operatorId: number },
): void {
  write(db, 'UPDATE attendance SET voided = 1 WHERE id = ?', attendanceId)
  write(
    db,
    'INSERT INTO attendance_void (attendance_id, at, reason, operator_id) VALUES (?, ?, ?, ?)',
    attendanceId,
    by.at,
    by.reason,
    by.operatorId,
  )
}

/** Why an explained absence no longer stands: the child came after all. */
const came = '到了'

/**
 * Writes one arrival; the unique index decides whether it is the first. Null when the child was in already. An explained
 * absence is taken back, a leave simply ends by the fact.
 */
function insertArrival(
  db: WritableDatabase,
  { childId, groupId, facts }: Standing,
  entry: { day: string; at: string; enteredAt: string; how: How; operatorId: number },
): number | null {
  const { day, at, enteredAt, how, operatorId } = entry
  const made = write(
    db,
    `INSERT INTO attendance (child_id, group_id, day, kind, at, entered_at, how, operator_id)
     VALUES (?, ?, ?, 'arrival', ?, ?, ?, ?)
     ON CONFLICT (day, child_id, kind) WHERE voided = 0 DO NOTHING`,
    childId,
    groupId,
    day,
    at,
    enteredAt,
    how,
    operatorId,
  )
  if (made.changes === 0) return null
  if (facts.absence) voidRow(db, facts.absence.id, { at: enteredAt, reason: came, operatorId })
  return made.id
}

/** Brings these children in. Nothing is written, and nobody told, when all of them were in: a double tap is no event. */
function bringIn(
  context: Context,
  standing: Standing[],
  entry: { day: string; at: string; how: How },
): Arrived {
  const gone = standing.find(({ facts }) => facts.departure)
  if (gone) refuseStep(context, entry.day, gone.childId)
  const already = standing.filter(({ facts }) => facts.arrival).map(({ childId }) => childId)
  const coming = standing.filter(({ facts }) => !facts.arrival)
  if (coming.length === 0) return { arrived: [], already }

  const { desk } = context
  const by = { ...entry, enteredAt: desk.clock().toISOString(), operatorId: operatorOf(context).id }
  const about = aboutChildren(coming.map(({ childId }) => childId))
  return act(context, { action: 'noon.arrive', ...about }, (db, note) => {
    const arrived: Arrived['arrived'] = []
    for (const child of coming) {
      const attendanceId = insertArrival(db, child, by)
      if (attendanceId === null) already.push(child.childId)
      else arrived.push({ childId: child.childId, attendanceId })
    }
    note(null, {
      day: entry.day,
      how: entry.how,
      children: arrived.map(({ childId }) => childId),
      attendance: arrived.map(({ attendanceId }) => attendanceId),
    })
    return { arrived, already }
  })
}

/**
 * Children came: one, several or a whole group, all in one act or none. CONFLICT `step` with the tile of one who was handed
 * over already; INVALID `at`, see happenedAt.
 */
export function arriveChildren(
  context: Context,
  input: { childIds: number[]; day: string; how: How; at: string | null },
): Arrived {
  const { childIds, day, how } = input
  const standing = standingOf(context, day, childIds)
  return bringIn(context, standing, { day, at: happenedAt(context.desk.clock(), day, input.at), how })
}

/** What a scanner typed, as badges are kept: full-width, lower case and blanks of the keyboard do not matter. */
const badgeText = (scanned: string) => scanned.normalize('NFKC').trim().toUpperCase()

/**
 * A badge was scanned: its child comes. NOT_FOUND `badge` for whatever is no badge of a child that is enrolled on that day
 * and that the caller may see; what was scanned is written down nowhere.
 */
export function scanBadge(
  context: Context,
  { badge, day }: { badge: string; day: string },
): { tile: Tile; arrived: boolean } {
  const { db, clock } = context.desk
  const own = ownGroups(context)
  const childId = value<number>(db, 'SELECT id FROM child WHERE badge = ?', badgeText(badge))
  const enrolled = childId === undefined ? undefined : enrolledOf(db, day, [childId])[0]
  if (childId === undefined || !enrolled || (own && !own.has(enrolled.groupId))) {
    return fail('NOT_FOUND', { what: 'badge' })
  }
  const at = happenedAt(clock(), day, null)
  const { arrived } = bringIn(context, standingOf(context, day, [childId]), { day, at, how: 'badge' })
  return { tile: readTile(context, day, childId)!, arrived: arrived.length > 0 }
}

type AttendanceRow = {
  id: number
  childId: number
  groupId: number
  day: string
  kind: 'arrival' | 'departure' | 'absence'
  voided: 0 | 1
}

/**
 * Takes rows back, all or none: each stays and a second one cites it. NOT_FOUND `attendance`, or `child` for one that the
 * caller may not see; CONFLICT `step` with the tile for a row that is void already, and for an arrival whose departure
 * stands (that has to go first, or with it).
 */
export function undoAttendance(context: Context, input: { attendanceIds: number[]; reason: string }): void {
  const { desk } = context
  const { reason } = input
  const ids = [...new Set(input.attendanceIds)]
  const own = ownGroups(context)
  const found = rows<AttendanceRow>(
    desk.db,
    `SELECT a.id, a.child_id AS childId, a.group_id AS groupId, a.day, a.kind, a.voided
     FROM json_each(?) AS wanted CROSS JOIN attendance AS a ON a.id = wanted.value`,
    JSON.stringify(ids),
  )
  if (found.length < ids.length) fail('NOT_FOUND', { what: 'attendance' })
  for (const { childId, groupId, day, kind, voided } of found) {
    if (own && !own.has(groupId)) fail('NOT_FOUND', { what: 'child' })
    if (voided) refuseStep(context, day, childId)
    const departure =
      kind === 'arrival' &&
      row<{ id: number }>(
        desk.db,
        "SELECT id FROM attendance WHERE day = ? AND child_id = ? AND kind = 'departure' AND voided = 0",
        day,
        childId,
      )
    if (departure && !ids.includes(departure.id)) refuseStep(context, day, childId)
  }
  const by = { at: desk.clock().toISOString(), reason, operatorId: operatorOf(context).id }
  const about = aboutChildren([...new Set(found.map(({ childId }) => childId))])
  act(context, { action: 'noon.undo', reason, ...about }, (db, note) => {
    for (const { id } of found) voidRow(db, id, by)
    note(null, { attendance: ids })
  })
}
