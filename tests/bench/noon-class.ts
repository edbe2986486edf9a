import { join } from 'node:path'
import {
  openDatabase,
  rows,
  transact,
  value,
  write,
  type WritableDatabase,
} from '../../electron/database/open.ts'
import { addDays, localDay } from '../../electron/workbench/calendar.ts'
import { oneYear } from './accept.ts'
import { copyOf } from './datasets.ts'

/** The class of the issue: two hundred children in five groups, at the end of so many rows of attendance. */
const children = 200
const groups = 5
/** A term of the past: half a school year, and a child stays for six years. */
const termDays = 95
const termsOfChild = 12

export type NoonFile = { folder: string; day: string; groupIds: number[]; childIds: number[] }

/** Whatever class the dataset has: the bench's own stands alone in the copy, so that its size is known. */
function clear(db: WritableDatabase): void {
  const tables = [
    'attendance_void',
    'attendance',
    'tray_check',
    'noon_call',
    'child_leave',
    'enrolment',
    'class_group_teacher',
    'class_group',
    'term_day_off',
    'term',
    'pickup_person',
    'guardian',
    'child',
  ]
  for (const table of tables) write(db, `DELETE FROM ${table}`)
}

function addChildren(db: WritableDatabase, personIds: readonly number[]): number[] {
  return personIds.map(
    (personId, nth) =>
      write(
        db,
        `INSERT INTO child (person_id, school, grade, class, allergies, leaves, badge)
         VALUES (?, '测试小学', '三年级', ?, ?, 'collected', ?)`,
        personId,
        `${(nth % 4) + 1}班`,
        nth % 12 === 0 ? '花生' : '',
        `BENCH${nth}`,
      ).id,
  )
}

function addTerm(db: WritableDatabase, from: string, to: string, childIds: readonly number[]): number[] {
  const termId = write(db, 'INSERT INTO term (name, first_day, last_day) VALUES (?, ?, ?)', from, from, to).id
  const groupIds = Array.from(
    { length: groups },
    (_, nth) =>
      write(
        db,
        `INSERT INTO class_group (term_id, name, programmes, capacity, arrive_by, leave_by)
         VALUES (?, ?, '["午休"]', 60, '12:10', '14:00')`,
        termId,
        `第${nth + 1}组`,
      ).id,
  )
  childIds.forEach((childId, nth) => {
    write(
      db,
      'INSERT INTO enrolment (child_id, term_id, group_id, from_day) VALUES (?, ?, ?, ?)',
      childId,
      termId,
      groupIds[Math.floor((nth * groups) / childIds.length)],
      from,
    )
  })
  return groupIds
}

/** An arrival and a departure of every child of these groups on each of these days. */
function attend(db: WritableDatabase, groupIds: readonly number[], days: readonly string[]): void {
  for (const [kind, time] of [
    ['arrival', 'T04:02:00.000Z'],
    ['departure', 'T05:40:00.000Z'],
  ] as const) {
    write(
      db,
      `INSERT INTO attendance (child_id, group_id, day, kind, at, entered_at, how, operator_id)
       SELECT e.child_id, e.group_id, d.value, @kind, d.value || @time, d.value || @time, 'tap', 1
       FROM json_each(@days) AS d
       CROSS JOIN enrolment AS e ON e.group_id IN (SELECT value FROM json_each(@groups))`,
      { kind, time, days: JSON.stringify(days), groups: JSON.stringify(groupIds) },
    )
  }
}

/** The noon of today halfway: most are in, some went, a few are on leave. */
function beginToday(db: WritableDatabase, groupIds: readonly number[], day: string): void {
  attend(db, groupIds, [day])
  write(db, 'DELETE FROM attendance WHERE day = ? AND child_id % 10 = 0', day)
  write(db, "DELETE FROM attendance WHERE day = ? AND kind = 'departure' AND child_id % 4 <> 0", day)
  write(
    db,
    `INSERT INTO child_leave (child_id, from_day, to_day, reason, told_by, at, operator_id)
     SELECT child_id, @day, @day, '病假', '家长', @at, 1 FROM enrolment
     WHERE group_id IN (SELECT value FROM json_each(@groups)) AND child_id % 20 = 0`,
    { day, at: `${day}T00:30:00.000Z`, groups: JSON.stringify(groupIds) },
  )
}

/**
 * A copy of a year's dataset with this class in it: two hundred children today, and so many rows of attendance of the terms
 * before, whose children grow up and leave.
 */
export function noonFile(attendanceRows: number): NoonFile {
  const folder = copyOf(oneYear())
  const day = localDay(new Date())
  const db = openDatabase(join(folder, 'desk.sqlite3'))
  try {
    // Incidents of the dataset name its children and can never be deleted; nothing here reads them.
    db.pragma('foreign_keys = OFF')
    return transact(db, (file) => {
      clear(file)
      const days = Math.ceil(attendanceRows / (2 * children))
      const terms = Math.ceil(days / termDays)
      const people = rows<{ id: number }>(
        file,
        'SELECT id FROM person WHERE merged_into IS NULL ORDER BY id LIMIT ?',
        children * Math.ceil((terms + 1) / termsOfChild),
      )
      const childIds = addChildren(
        file,
        people.map(({ id }) => id),
      )
      const ofTerm = (back: number) => {
        const from = children * Math.floor(back / termsOfChild)
        return childIds.slice(from, from + children)
      }
      for (let back = terms; back >= 1; back -= 1) {
        const from = addDays(day, -30 - 130 * back)
        const count = back === terms ? days - termDays * (terms - 1) : termDays
        const groupIds = addTerm(file, from, addDays(from, 120), ofTerm(back))
        attend(
          file,
          groupIds,
          Array.from({ length: count }, (_, nth) => addDays(from, nth)),
        )
      }
      const groupIds = addTerm(file, addDays(day, -30), addDays(day, 30), ofTerm(0))
      beginToday(file, groupIds, day)
      const total = value<number>(file, 'SELECT count(*) FROM attendance')!
      process.stderr.write(`made ${total} rows of attendance\n`)
      return { folder, day, groupIds, childIds: ofTerm(0) }
    })
  } finally {
    db.close()
  }
}
