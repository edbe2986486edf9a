import type { Child } from '../../contract/noon-children.ts'
import type { Term } from '../../contract/noon-setup.ts'
import { row, rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from '../people/record.ts'
import { makeBadge } from './badge.ts'
import { changeChild, type Seen } from './child-record.ts'
import { placesTaken } from './groups.ts'
import { readTerm } from './terms.ts'

type Enrolment = { id: number; termId: number; groupId: number; fromDay: string; leftDay: string | null }

const enrolmentSql = `
  SELECT id, term_id AS termId, group_id AS groupId, from_day AS fromDay, left_day AS leftDay FROM enrolment`

/** A group with its term; NOT_FOUND `group` without it. INVALID `fromDay` `outside` for a day outside the term. */
function groupFrom(db: Database, groupId: number, fromDay: string): { capacity: number; term: Term } {
  const found =
    row<{ termId: number; capacity: number }>(
      db,
      'SELECT term_id AS termId, capacity FROM class_group WHERE id = ?',
      groupId,
    ) ?? fail('NOT_FOUND', { what: 'group' })
  const term = readTerm(db, found.termId)
  if (fromDay < term.firstDay || fromDay > term.lastDay) invalid('fromDay', 'outside')
  return { capacity: found.capacity, term }
}

/** Takes a place in a group from a day on. CONFLICT `full` when all are taken. */
function takePlace(
  db: WritableDatabase,
  place: { childId: number; termId: number; groupId: number; fromDay: string; capacity: number },
): number {
  const { childId, termId, groupId, fromDay, capacity } = place
  if (placesTaken(db, groupId, fromDay) >= capacity) fail('CONFLICT', { because: 'full' })
  return write(
    db,
    'INSERT INTO enrolment (child_id, term_id, group_id, from_day) VALUES (?, ?, ?, ?)',
    childId,
    termId,
    groupId,
    fromDay,
  ).id
}

/** Left the class and did not come back since: the badge of that time is dead. */
function hasLeft(db: Database, childId: number): boolean {
  const last = row<Enrolment>(
    db,
    `${enrolmentSql} WHERE child_id = ? ORDER BY from_day DESC, id DESC LIMIT 1`,
    childId,
  )
  return last !== undefined && last.leftDay !== null
}

function renewBadge(db: WritableDatabase, childId: number): void {
  write(db, 'UPDATE child SET badge = ? WHERE id = ?', makeBadge(db), childId)
}

/**
 * Into a group of a term, from a day on. A child that had left gets a new badge: the old one may be in anybody's hands.
 * CONFLICT `duplicate` when it has a place in that term on or after the day, `full`, `changed`; INVALID `fromDay` `outside`.
 */
export function enrolChild(context: Context, input: Seen & { groupId: number; fromDay: string }): Child {
  const { id, version, groupId, fromDay } = input
  return changeChild(context, { id, version }, { action: 'noon.enrol' }, (db, note) => {
    const { capacity, term } = groupFrom(db, groupId, fromDay)
    const present = value<number>(
      db,
      `SELECT 1 FROM enrolment WHERE child_id = ? AND term_id = ?
         AND (left_day IS NULL OR left_day > ? AND left_day > from_day)`,
      id,
      term.id,
      fromDay,
    )
    if (present) fail('CONFLICT', { because: 'duplicate' })
    if (hasLeft(db, id)) renewBadge(db, id)
    const enrolmentId = takePlace(db, { childId: id, termId: term.id, groupId, fromDay, capacity })
    note(null, { enrolmentId, groupId, fromDay })
  })
}

/** Why an enrolment ended that did not end with the class. */
const movedOn = '换班'

/**
 * Into another group of the same term from a day on; until then the old one counts. CONFLICT `step` for a child without a
 * place in that term, `duplicate` when it is in that group, `full`, `changed`; INVALID `fromDay` `outside` the term or before
 * its present place.
 */
export function changeGroup(context: Context, input: Seen & { groupId: number; fromDay: string }): Child {
  const { id, version, groupId, fromDay } = input
  return changeChild(context, { id, version }, { action: 'noon.change-group' }, (db, note) => {
    const { capacity, term } = groupFrom(db, groupId, fromDay)
    const present =
      row<Enrolment>(
        db,
        `${enrolmentSql} WHERE child_id = ? AND term_id = ? AND left_day IS NULL`,
        id,
        term.id,
      ) ?? fail('CONFLICT', { because: 'step' })
    if (present.groupId === groupId) fail('CONFLICT', { because: 'duplicate' })
    if (fromDay < present.fromDay) invalid('fromDay', 'outside')
    write(db, 'UPDATE enrolment SET left_day = ?, left_reason = ? WHERE id = ?', fromDay, movedOn, present.id)
    const enrolmentId = takePlace(db, { childId: id, termId: term.id, groupId, fromDay, capacity })
    note({ groupId: present.groupId }, { enrolmentId, groupId, fromDay })
  })
}

/**
 * Leaves the class: not expected from this day on, in no term that goes on then, and the badge is dead. A place that would
 * only have begun later never begins. CONFLICT `step` without a place, `changed`; INVALID `leftDay` `outside` before the
 * child came.
 */
export function withdrawChild(context: Context, input: Seen & { leftDay: string; reason: string }): Child {
  const { id, version, leftDay, reason } = input
  return changeChild(context, { id, version }, { action: 'noon.withdraw', reason }, (db, note) => {
    const places = rows<Enrolment>(
      db,
      `${enrolmentSql} WHERE child_id = ? AND (left_day IS NULL OR left_day > ?)
         AND (SELECT last_day FROM term WHERE term.id = term_id) >= ? ORDER BY from_day, id`,
      id,
      leftDay,
      leftDay,
    )
    if (places.length === 0) fail('CONFLICT', { because: 'step' })
    const since = places[0]!.fromDay
    // Before it came: only whoever has not come yet can be taken off the list like that.
    if (leftDay < since && since <= todayOf(context)) invalid('leftDay', 'outside')
    for (const { id: enrolmentId, fromDay } of places) {
      const until = fromDay > leftDay ? fromDay : leftDay
      write(db, 'UPDATE enrolment SET left_day = ?, left_reason = ? WHERE id = ?', until, reason, enrolmentId)
    }
    note(null, { enrolments: places.map((place) => place.id), leftDay })
  })
}

/** A new badge for one that was lost; the old one is dead at once. */
export function newBadge(context: Context, { id, version, reason }: Seen & { reason: string }): Child {
  return changeChild(context, { id, version }, { action: 'noon.new-badge', reason }, (db) =>
    renewBadge(db, id),
  )
}
