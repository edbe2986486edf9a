import type { Child, ChildLine } from '../../contract/noon-children.ts'
import { row, rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act, type Noted } from '../../workbench/act.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { personAndMerged, survivor } from '../people/lines.ts'
import { todayOf } from '../people/record.ts'
import { mustSeeChild } from './access.ts'
import { classWords } from './class-words.ts'
import { guardiansOf } from './guardians.ts'
import { readPickups } from './pickup-list.ts'
import { hasNamesake, placeOn, placesOfChild, type Place } from './places.ts'

/** A child's own row with what its person says of it. */
export type ChildRow = Pick<
  Child,
  | 'id'
  | 'personId'
  | 'name'
  | 'birth'
  | 'mark'
  | 'school'
  | 'grade'
  | 'className'
  | 'photoId'
  | 'allergies'
  | 'health'
  | 'leaves'
  | 'insurance'
  | 'agreementDay'
  | 'badge'
  | 'version'
>

/** `where` of `c`, the child. */
export const childSql = (where: string) => `
  SELECT c.id, c.person_id AS personId, p.name, p.birth, c.mark, c.school, c.grade, c.class AS className,
    c.photo_id AS photoId, c.allergies, c.health, c.leaves, c.insurance, c.agreement_day AS agreementDay, c.badge, c.version
  FROM child c JOIN person p ON p.id = c.person_id WHERE ${where}`

/** One line of a child with the place that counts. */
export function toChildLine(found: ChildRow, place: Place | null, sameName: boolean): ChildLine {
  const { id, personId, name, mark, school, photoId, allergies } = found
  return {
    id,
    personId,
    name,
    sameName,
    mark,
    school,
    class: classWords(found),
    photoId,
    allergies,
    groupId: place?.groupId ?? null,
    group: place?.group ?? null,
  }
}

/** Every enrolment that was ever made, the newest first. */
const enrolmentsOf = (db: Database, childId: number): Child['enrolments'] =>
  rows(
    db,
    `SELECT e.id, e.term_id AS termId, t.name AS term, e.group_id AS groupId, g.name AS "group", e.from_day AS fromDay,
       e.left_day AS leftDay, e.left_reason AS leftReason
     FROM enrolment e JOIN term t ON t.id = e.term_id JOIN class_group g ON g.id = e.group_id
     WHERE e.child_id = ? ORDER BY e.from_day DESC, e.id DESC`,
    childId,
  )

/** Leaves that hold today or will. */
const leavesOf = (db: Database, childId: number, today: string): Child['leavesAhead'] =>
  rows(
    db,
    `SELECT id, from_day AS fromDay, to_day AS toDay, reason, told_by AS toldBy FROM child_leave
     WHERE child_id = ? AND to_day >= ? AND cancelled_at IS NULL ORDER BY from_day, id`,
    childId,
    today,
  )

/** Consents of the child's person, those given under a merged-away record too. */
const consentsOf = (db: Database, personId: number): Child['consents'] =>
  rows(
    db,
    `SELECT purpose, given_by AS givenBy, given_day AS givenDay, wording, withdrawn_day AS withdrawnDay
     FROM consent WHERE person_id IN (SELECT value FROM json_each(?)) ORDER BY id`,
    JSON.stringify(personAndMerged(db, personId)),
  )

const ownRow = childSql('c.id = ?')

/** One child's whole record, masked; NOT_FOUND `child` without it. Not written down as read: see openChild. */
export function readChild(db: Database, id: number, today: string): Child {
  const found = row<ChildRow>(db, ownRow, id) ?? fail('NOT_FOUND', { what: 'child' })
  const place = placeOn(placesOfChild(db, id, today), today)
  const { grade, className, birth, health, leaves, insurance, agreementDay, badge, version } = found
  // Whose child record moved on with a merge, it did too; of two who both had one the second stays with its own person.
  const personId = survivor(db, found.personId)!
  return {
    ...toChildLine({ ...found, personId }, place, place !== null && hasNamesake(db, place, today)),
    grade,
    className,
    birth,
    health,
    leaves,
    insurance,
    agreementDay,
    badge,
    version,
    guardians: guardiansOf(db, id),
    pickups: readPickups(db, id, today),
    enrolments: enrolmentsOf(db, id),
    leavesAhead: leavesOf(db, id, today),
    consents: consentsOf(db, personId),
  }
}

/** NOT_FOUND `file`, INVALID `photoId` `not-an-image` for what is no photo. */
export function checkPhoto(db: Database, photoId: number | null): void {
  if (photoId === null) return
  const kind = value<string>(db, 'SELECT kind FROM file WHERE id = ?', photoId)
  if (kind === undefined) fail('NOT_FOUND', { what: 'file' })
  if (kind !== 'image') invalid('photoId', 'not-an-image')
}

/** A child as the caller last saw it. */
export type Seen = { id: number; version: number }

/**
 * One change of a child's record: NOT_FOUND `child` for one that the caller may not see, CONFLICT `changed` with what stands
 * now when another screen was first.
 */
export function changeChild(
  context: Context,
  { id, version }: Seen,
  what: { action: string; reason?: string },
  change: (db: WritableDatabase, note: Noted) => void,
): Child {
  const today = todayOf(context)
  return act(context, { ...what, subject: `noon-child:${id}`, also: () => [`noon:${id}`] }, (db, note) => {
    mustSeeChild(context, id)
    const stands = value<number>(db, 'SELECT version FROM child WHERE id = ?', id)
    if (stands !== version) fail('CONFLICT', { because: 'changed', current: readChild(db, id, today) })
    change(db, note)
    write(db, 'UPDATE child SET version = version + 1 WHERE id = ?', id)
    return readChild(db, id, today)
  })
}
