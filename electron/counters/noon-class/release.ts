import type { PickupPerson } from '../../contract/noon-children.ts'
import type { Tile } from '../../contract/noon-days.ts'
import { write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readTile, refuseStep } from './board.ts'
import { aboutChildren, happenedAt, standingOf, standingOfOne, stateOf, type Standing } from './day-state.ts'
import { guardiansOf } from './guardians.ts'
import { readPickups, sameName } from './pickup-list.ts'

/** Whether a child must not be handed to somebody of this name on that day. */
export function isForbidden(db: Database, childId: number, day: string, name: string): boolean {
  return readPickups(db, childId, day).some(
    (pickup) => pickup.kind === 'forbidden' && pickup.valid && sameName(pickup.name) === sameName(name),
  )
}

/**
 * Whom this child may be handed to on a day, authorised first. Somebody who stands on both lists is shown as forbidden
 * only; the reason is for the teacher's eyes.
 */
export function listCollectors(context: Context, input: { childId: number; day: string }) {
  const { childId, day } = input
  const { db } = context.desk
  const { leaves } = standingOfOne(context, day, childId)
  const holding = readPickups(db, childId, day).filter(({ valid }) => valid)
  const of = (wanted: PickupPerson['kind']) =>
    holding
      .filter(({ kind }) => kind === wanted)
      .map(({ id, kind, name, relation, idTail, photoId, reason, once }) => ({
        id,
        kind,
        name,
        relation,
        idTail,
        photoId,
        reason,
        once,
      }))
  return {
    leaves,
    pickups: [...of('authorised'), ...of('forbidden')],
    guardians: guardiansOf(db, childId),
  }
}

/** Who takes the child, as the row keeps it for good: nobody (alone), the escort's name, or name and relation. */
type Taker = { pickupId: number | null; collectedBy: string }

/**
 * Who may take this child on that day. FORBIDDEN for somebody whose authorisation does not hold then or who must not;
 * NOT_FOUND `pickup` for an entry that is not this child's; INVALID `escort`/`pickupId` where the child's record allows
 * neither the escort nor going alone.
 */
function takerOf(
  db: Database,
  { childId, leaves }: Standing,
  { day, pickupId, escort }: { day: string; pickupId: number | null; escort: string },
): Taker {
  if (pickupId === null) {
    if (escort !== '') {
      if (leaves !== 'escort') invalid('escort', 'not-allowed')
      return { pickupId: null, collectedBy: escort }
    }
    if (leaves !== 'alone') invalid('pickupId', 'required')
    return { pickupId: null, collectedBy: '' }
  }
  if (escort !== '') invalid('escort', 'not-allowed')
  const pickup =
    readPickups(db, childId, day).find(({ id }) => id === pickupId) ?? fail('NOT_FOUND', { what: 'pickup' })
  if (pickup.kind === 'forbidden' || !pickup.valid) fail('FORBIDDEN')
  return { pickupId, collectedBy: [pickup.relation, pickup.name].filter(Boolean).join(' ') }
}

/**
 * When a child left. INVALID `at` `before-arrival` for a late entry that says so; a clock that was set back since the
 * arrival counts from there, so that nobody stays for less than no time.
 */
function leftAt(arrivedAt: string, at: string | null, now: string): string {
  if (now >= arrivedAt) return now
  return at === null ? arrivedAt : invalid('at', 'before-arrival')
}

/** Writes one departure; only inside `act`, for a child that is in. */
function insertDeparture(
  db: WritableDatabase,
  { childId, groupId, facts }: Standing,
  entry: Taker & { day: string; at: string | null; moment: string; enteredAt: string; operatorId: number },
): number {
  const { day, at, moment, enteredAt, pickupId, collectedBy, operatorId } = entry
  return write(
    db,
    `INSERT INTO attendance (child_id, group_id, day, kind, at, entered_at, how, pickup_id, collected_by, operator_id)
     VALUES (?, ?, ?, 'departure', ?, ?, ?, ?, ?, ?)`,
    childId,
    groupId,
    day,
    leftAt(facts.arrival!.at, at, moment),
    enteredAt,
    at === null ? 'tap' : 'paper',
    pickupId,
    collectedBy,
    operatorId,
  ).id
}

/**
 * Hands a child over and keeps for good to whom. CONFLICT `step` with the tile before its arrival and when it was handed
 * over already; who may take it, see takerOf; INVALID `at`, see happenedAt and leftAt.
 */
export function releaseChild(
  context: Context,
  input: { childId: number; day: string; pickupId: number | null; escort: string; at: string | null },
): Tile {
  const { childId, day, at } = input
  const { desk } = context
  const enteredAt = desk.clock().toISOString()
  const operatorId = operatorOf(context).id
  act(context, { action: 'noon.release', subject: `noon:${childId}` }, (db, note) => {
    const standing = standingOfOne(context, day, childId)
    const moment = happenedAt(desk.clock(), day, at)
    if (stateOf(standing.facts) !== 'in') refuseStep(context, day, childId)
    const taker = takerOf(db, standing, input)
    const id = insertDeparture(db, standing, { ...taker, day, at, moment, enteredAt, operatorId })
    note(null, { day, pickupId: taker.pickupId, attendance: [id] })
  })
  return readTile(context, day, childId)!
}

/**
 * The escort takes a list of children, all or none. INVALID `childIds.N` `not-allowed` for those whose record does not allow
 * it; CONFLICT `step` with the tile of the first who is not in.
 */
export function releaseWithEscort(
  context: Context,
  input: { childIds: number[]; day: string; escort: string; at: string | null },
): { released: number[] } {
  const { day, escort, at } = input
  const { desk } = context
  const enteredAt = desk.clock().toISOString()
  const operatorId = operatorOf(context).id
  const childIds = [...new Set(input.childIds)]
  return act(context, { action: 'noon.escort', ...aboutChildren(childIds) }, (db, note) => {
    const standing = standingOf(context, day, childIds)
    const moment = happenedAt(desk.clock(), day, at)
    const unfit = standing.filter(({ leaves }) => leaves !== 'escort')
    if (unfit.length > 0) {
      const fields = unfit.map(({ childId }) => ({
        path: `childIds.${input.childIds.indexOf(childId)}`,
        problem: 'not-allowed',
      }))
      fail('INVALID', { fields })
    }
    const notIn = standing.find(({ facts }) => stateOf(facts) !== 'in')
    if (notIn) refuseStep(context, day, notIn.childId)
    const entry = { pickupId: null, collectedBy: escort, day, at, moment, enteredAt, operatorId }
    const attendance = standing.map((child) => insertDeparture(db, child, entry))
    note(null, { day, children: childIds, attendance })
    return { released: childIds }
  })
}
