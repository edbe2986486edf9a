import { staff } from '../../contract/access.ts'
import type { ClassGroup } from '../../contract/noon-setup.ts'
import { row, rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from '../people/record.ts'
import { ownGroups } from './access.ts'
import { readTerm } from './terms.ts'

type GroupRow = Omit<ClassGroup, 'programmes' | 'teachers' | 'children' | 'warnings'> & {
  programmes: string
}

const groupSql = `
  SELECT id, term_id AS termId, name, room, programmes, capacity, ratio, arrive_by AS arriveBy, leave_by AS leaveBy, version
  FROM class_group`

/** The day on which one looks at a term: today, or the end of it that is nearest. */
export function dayWithin({ firstDay, lastDay }: { firstDay: string; lastDay: string }, today: string) {
  if (today < firstDay) return firstDay
  return today > lastDay ? lastDay : today
}

/** How many have a place in a group on a day or will have one after it: a place is kept from the day of enrolling on. */
export function placesTaken(db: Database, groupId: number, day: string): number {
  return value<number>(
    db,
    `SELECT count(DISTINCT child_id) FROM enrolment
     WHERE group_id = ? AND (left_day IS NULL OR left_day > ? AND left_day > from_day)`,
    groupId,
    day,
  )!
}

/** Those who teach the group and may still sign in. */
function teachersOf(db: Database, groupId: number): ClassGroup['teachers'] {
  return rows(
    db,
    `SELECT o.id, o.name FROM class_group_teacher t JOIN operator o ON o.id = t.operator_id
     WHERE t.group_id = ? AND o.active = 1 ORDER BY o.id`,
    groupId,
  )
}

function warningsOf(group: Pick<ClassGroup, 'children' | 'capacity' | 'ratio'>, teachers: number) {
  const warnings: ClassGroup['warnings'] = []
  if (teachers === 0) warnings.push('no-teacher')
  else if (group.children > group.ratio * teachers) warnings.push('ratio')
  if (group.children > group.capacity) warnings.push('capacity')
  return warnings
}

function toGroup(db: Database, found: GroupRow, day: string): ClassGroup {
  const { programmes, ...rest } = found
  const teachers = teachersOf(db, found.id)
  const group = { ...rest, teachers, children: placesTaken(db, found.id, day) }
  return {
    ...group,
    programmes: JSON.parse(programmes) as ClassGroup['programmes'],
    warnings: warningsOf(group, teachers.length),
  }
}

/** The groups of a term that the caller may see, in the order in which they were made. NOT_FOUND `term` without it. */
export function listGroups(context: Context, termId: number): ClassGroup[] {
  const { db } = context.desk
  const own = ownGroups(context)
  const day = dayWithin(readTerm(db, termId), todayOf(context))
  return rows<GroupRow>(db, `${groupSql} WHERE term_id = ? ORDER BY id`, termId)
    .filter(({ id }) => own === null || own.has(id))
    .map((found) => toGroup(db, found, day))
}

/** One group, whoever asks; NOT_FOUND `group` without it. */
function readGroup(db: Database, id: number, today: string): ClassGroup {
  const found = row<GroupRow>(db, `${groupSql} WHERE id = ?`, id) ?? fail('NOT_FOUND', { what: 'group' })
  return toGroup(db, found, dayWithin(readTerm(db, found.termId), today))
}

export type GroupFields = Pick<
  ClassGroup,
  'termId' | 'name' | 'room' | 'programmes' | 'capacity' | 'ratio' | 'arriveBy' | 'leaveBy'
> & {
  /** Null for a new one. */
  id: number | null
  version: number | null
  teacherIds: number[]
}

/** INVALID `teacherIds` `unknown` for who is no active teacher, clerk or manager. */
function checkTeachers(db: Database, teacherIds: readonly number[]): void {
  const found = value<number>(
    db,
    `SELECT count(*) FROM operator WHERE active = 1 AND role IN (SELECT value FROM json_each(?))
       AND id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(staff),
    JSON.stringify(teacherIds),
  )
  if (found !== teacherIds.length) invalid('teacherIds', 'unknown')
}

function writeGroup(db: WritableDatabase, fields: GroupFields, teacherIds: readonly number[]): number {
  const { id, termId, name, room, programmes, capacity, ratio, arriveBy, leaveBy } = fields
  const written = [name, room, JSON.stringify([...new Set(programmes)]), capacity, ratio, arriveBy, leaveBy]
  const saved =
    id ??
    write(
      db,
      `INSERT INTO class_group (name, room, programmes, capacity, ratio, arrive_by, leave_by, term_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ...written,
      termId,
    ).id
  if (id !== null) {
    write(
      db,
      `UPDATE class_group SET name = ?, room = ?, programmes = ?, capacity = ?, ratio = ?, arrive_by = ?, leave_by = ?,
         version = version + 1 WHERE id = ?`,
      ...written,
      id,
    )
  }
  write(db, 'DELETE FROM class_group_teacher WHERE group_id = ?', saved)
  for (const teacherId of teacherIds) {
    write(db, 'INSERT INTO class_group_teacher (group_id, operator_id) VALUES (?, ?)', saved, teacherId)
  }
  return saved
}

/** A group as the audit has it: what follows from enrolments is not the group's own. */
function noted({ teachers, children: _, warnings: __, ...group }: ClassGroup) {
  return { ...group, teacherIds: teachers.map(({ id }) => id) }
}

/**
 * Adds or changes a group; it stays in its term (NOT_FOUND `group` otherwise). Fewer places or teachers than its children
 * need is a warning, no error. INVALID `leaveBy` `ends-too-early`, `teacherIds` `unknown`; CONFLICT `changed`, `duplicate`.
 */
export function saveGroup(context: Context, fields: GroupFields): ClassGroup {
  const { id, version, termId, name, arriveBy, leaveBy } = fields
  const today = todayOf(context)
  if (leaveBy <= arriveBy) invalid('leaveBy', 'ends-too-early')
  const teacherIds = [...new Set(fields.teacherIds)]
  return act(
    context,
    {
      action: 'noon.save-group',
      subject: (saved: ClassGroup) => `class-group:${saved.id}`,
      // Its times decide what is an alarm, its name stands in children's records.
      also: () => ['noon-setup', 'noon', 'noon-child'],
    },
    (db, note) => {
      readTerm(db, termId)
      const before = id === null ? null : readGroup(db, id, today)
      if (before && before.termId !== termId) fail('NOT_FOUND', { what: 'group' })
      if (before && before.version !== version) fail('CONFLICT', { because: 'changed', current: before })
      const namesake = value<number>(
        db,
        'SELECT id FROM class_group WHERE term_id = ? AND name = ? AND id IS NOT ?',
        termId,
        name,
        id,
      )
      if (namesake !== undefined) {
        fail('CONFLICT', { because: 'duplicate', current: readGroup(db, namesake, today) })
      }
      checkTeachers(db, teacherIds)
      const after = readGroup(db, writeGroup(db, fields, teacherIds), today)
      note(before && noted(before), noted(after))
      return after
    },
  )
}
