import type { Child, ChildLine } from '../../contract/noon-children.ts'
import { row, rows, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { align } from '../people/alignment.ts'
import { personAndMerged, survivor } from '../people/lines.ts'
import { readQuery } from '../people/query.ts'
import { todayOf } from '../people/record.ts'
import { mustSeeChild, ownGroups } from './access.ts'
import { makeBadge } from './badge.ts'
import { changeChild, checkPhoto, childSql, readChild, toChildLine, type ChildRow } from './child-record.ts'
import { dayWithin } from './groups.ts'
import { notedGuardians, writeGuardians, type GuardianFields } from './guardians.ts'
import { namesakesAmong, placeOn, placesOf } from './places.ts'
import { readTerm } from './terms.ts'

/** As a register is read out: 陈 before 李 before 张. */
const names = new Intl.Collator('zh-Hans-CN-u-co-pinyin')

const everyChild = childSql('1')
const theseChildren = childSql('c.id IN (SELECT value FROM json_each(?))')

/**
 * Children of a term (enrolled now) or all, by name; a teacher's own only. `query` is a name or a part of one, in characters,
 * pinyin or initials; whatever else was typed finds nobody. NOT_FOUND `term` without it.
 */
export function listChildren(
  context: Context,
  input: { termId: number | null; groupId: number | null; query: string },
): ChildLine[] {
  const { db } = context.desk
  const { termId, groupId, query } = input
  const today = todayOf(context)
  const day = termId === null ? today : dayWithin(readTerm(db, termId), today)
  const places = placesOf(db, termId, day)
  const hasNamesake = namesakesAmong(places)
  const byChild = Map.groupBy(places, ({ childId }) => childId)
  const own = ownGroups(context)
  const wanted = readQuery(query)

  const found =
    termId === null && own === null
      ? rows<ChildRow>(db, everyChild)
      : rows<ChildRow>(db, theseChildren, JSON.stringify([...byChild.keys()]))
  return found
    .map((child) => {
      const mine = (byChild.get(child.id) ?? []).filter((place) => own === null || own.has(place.groupId))
      const place = placeOn(mine, day)
      return toChildLine(child, place, place !== null && hasNamesake(place))
    })
    .filter((line) => own === null || line.groupId !== null)
    .filter((line) => groupId === null || line.groupId === groupId)
    .filter(({ name }) => query.trim() === '' || (wanted.name.length > 0 && align(wanted.name, name)))
    .sort((one, other) => names.compare(one.name, other.name) || one.id - other.id)
}

/**
 * Opens a child's record; each opening is written down (未成年人网络保护条例 36). NOT_FOUND `child` for one that the caller
 * may not see.
 */
export function openChild(context: Context, id: number): Child {
  mustSeeChild(context, id)
  // A subject of its own: `noon-child:ID` would make the very screen that shows it load, and log, again and again.
  return act(context, { action: 'noon.read-child', subject: `child-read:${id}` }, (db) =>
    readChild(db, id, todayOf(context)),
  )
}

export type ChildFields = Pick<
  Child,
  | 'personId'
  | 'school'
  | 'grade'
  | 'className'
  | 'mark'
  | 'photoId'
  | 'allergies'
  | 'health'
  | 'leaves'
  | 'insurance'
  | 'agreementDay'
> & { guardians: GuardianFields[] }

const writtenOf = (fields: ChildFields) => [
  fields.school,
  fields.grade,
  fields.className,
  fields.mark,
  fields.photoId,
  fields.allergies,
  fields.health,
  fields.leaves,
  fields.insurance,
  fields.agreementDay,
]

/** A child as the audit has it: what a person is told by and how well it is only by the names of the fields. */
function noted(db: Database, id: number) {
  const { school, grade, className, mark, photoId, allergies, health, leaves, insurance, agreementDay } =
    row<ChildRow>(db, childSql('c.id = ?'), id)!
  return {
    school,
    grade,
    className,
    mark,
    photoId,
    allergies,
    health,
    leaves,
    insurance,
    agreementDay,
    guardians: notedGuardians(db, id),
  }
}

/** The child record of a person, also of one that was merged into it; undefined without one. */
function childOf(db: Database, personId: number): ChildRow | undefined {
  return row<ChildRow>(
    db,
    childSql('c.person_id IN (SELECT value FROM json_each(?)) ORDER BY c.id'),
    JSON.stringify(personAndMerged(db, personId)),
  )
}

function insertChild(db: WritableDatabase, personId: number, fields: ChildFields): number {
  return write(
    db,
    `INSERT INTO child (school, grade, class, mark, photo_id, allergies, health, leaves, insurance, agreement_day, person_id,
       badge) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...writtenOf(fields),
    personId,
    makeBadge(db),
  ).id
}

/** Makes a child of a person. CONFLICT `duplicate` with the line of the one that stands; NOT_FOUND `person`, `file`. */
function addChild(context: Context, fields: ChildFields): Child {
  const today = todayOf(context)
  return act(
    context,
    {
      action: 'noon.save-child',
      subject: (made: Child) => `noon-child:${made.id}`,
      also: (made) => [`noon:${made.id}`],
    },
    (db, note) => {
      const personId = survivor(db, fields.personId) ?? fail('NOT_FOUND', { what: 'person' })
      const stands = childOf(db, personId)
      if (stands) fail('CONFLICT', { because: 'duplicate', current: toChildLine(stands, null, false) })
      checkPhoto(db, fields.photoId)
      const id = insertChild(db, personId, fields)
      writeGuardians(db, id, fields.guardians, today)
      note(null, { personId, ...noted(db, id) })
      return readChild(db, id, today)
    },
  )
}

/**
 * Adds or changes a child's record. Always at least one guardian with a phone: INVALID `guardians` `required`,
 * `guardians.N.phone` `phone`. It stays with its person: INVALID `personId` `another-person` for another one, whose noons these
 * are not. CONFLICT `changed`, `duplicate`; NOT_FOUND `person`, `guardian`, `file`; INVALID `photoId` `not-an-image`.
 */
export function saveChild(
  context: Context,
  { id, version, ...fields }: ChildFields & { id: number | null; version: number | null },
): Child {
  if (id === null) return addChild(context, fields)
  const what = { action: 'noon.save-child' }
  // Without a version nothing was seen: no record has this one.
  return changeChild(context, { id, version: version ?? 0 }, what, (db, note) => {
    const { personId } = row<ChildRow>(db, childSql('c.id = ?'), id)!
    const wanted = survivor(db, fields.personId) ?? fail('NOT_FOUND', { what: 'person' })
    if (wanted !== survivor(db, personId)) invalid('personId', 'another-person')
    checkPhoto(db, fields.photoId)
    const before = noted(db, id)
    write(
      db,
      `UPDATE child SET school = ?, grade = ?, class = ?, mark = ?, photo_id = ?, allergies = ?, health = ?, leaves = ?,
         insurance = ?, agreement_day = ? WHERE id = ?`,
      ...writtenOf(fields),
      id,
    )
    writeGuardians(db, id, fields.guardians, todayOf(context))
    note(before, noted(db, id))
  })
}
