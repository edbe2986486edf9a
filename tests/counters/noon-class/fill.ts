import { insertPerson } from '../../../electron/counters/people/persons.ts'
import { transact, write, type Database, type WritableDatabase } from '../../../electron/database/open.ts'
import { addDays } from '../../../electron/workbench/calendar.ts'
import type { TestDesk } from '../../fixture.ts'

export const arriveBy = '12:10'
export const leaveBy = '14:00'

export type Filled = {
  termId: number
  groupIds: number[]
  /** In the order of their groups, as many in each. */
  childIds: number[]
  /** The only guardian and the only authorised person of each. */
  guardianIds: number[]
  pickupIds: number[]
}

export const badgeOf = (child: number) => `NOON-${String(child).padStart(6, '0')}`

/** A term of twenty days around `day`, its groups and so many children, by plain SQL: quick, and any process may read it. */
export function fillClass(
  db: Database,
  size: { day: string; groups: number; children: number; operatorId: number },
): Filled {
  const { day, groups, children, operatorId } = size
  return transact(db, (file) => {
    const termId = write(
      file,
      'INSERT INTO term (name, first_day, last_day) VALUES (?, ?, ?)',
      `${day} 前后`,
      addDays(day, -10),
      addDays(day, 10),
    ).id
    const groupIds = Array.from(
      { length: groups },
      (_, nth) =>
        write(
          file,
          `INSERT INTO class_group (term_id, name, room, programmes, capacity, arrive_by, leave_by)
           VALUES (?, ?, ?, '["午休"]', 200, ?, ?)`,
          termId,
          `第${nth + 1}组`,
          `${nth + 1} 号教室`,
          arriveBy,
          leaveBy,
        ).id,
    )
    const filled: Filled = { termId, groupIds, childIds: [], guardianIds: [], pickupIds: [] }
    for (let nth = 0; nth < children; nth += 1) {
      const groupId = groupIds[Math.floor((nth * groups) / children)]!
      addChild(file, filled, { nth, groupId, operatorId, fromDay: addDays(day, -10) })
    }
    return filled
  })
}

const ways = ['collected', 'escort', 'alone'] as const

function addChild(
  file: WritableDatabase,
  filled: Filled,
  child: { nth: number; groupId: number; operatorId: number; fromDay: string },
): void {
  const { nth, groupId, operatorId, fromDay } = child
  const at = `${fromDay}T01:00:00.000Z`
  const personId = insertPerson(
    file,
    {
      name: `学生${String(nth + 1).padStart(3, '0')}`,
      sex: 0,
      birth: '2017-05-04',
      relation: '其他',
      householdId: null,
      registeredElsewhere: false,
      keyGroups: [],
      note: '',
      idNumber: '',
      phones: [],
    },
    at,
  )
  const { id } = write(
    file,
    `INSERT INTO child (person_id, school, grade, class, allergies, leaves, badge) VALUES (?, '甲小学', '三', '2', ?, ?, ?)`,
    personId,
    nth % 10 === 3 ? '花生' : '',
    ways[nth % 3],
    badgeOf(nth),
  )
  filled.childIds.push(id)
  filled.guardianIds.push(
    write(
      file,
      "INSERT INTO guardian (child_id, position, name, relation, phone) VALUES (?, 0, ?, '妈妈', '19900004417')",
      id,
      `家长${nth + 1}`,
    ).id,
  )
  filled.pickupIds.push(
    write(
      file,
      `INSERT INTO pickup_person (child_id, kind, name, relation, id_tail, from_day, operator_id, created_at)
       VALUES (?, 'authorised', ?, '妈妈', '123X', ?, ?, ?)`,
      id,
      `家长${nth + 1}`,
      fromDay,
      operatorId,
      at,
    ).id,
  )
  write(
    file,
    'INSERT INTO enrolment (child_id, term_id, group_id, from_day) VALUES (?, ?, ?, ?)',
    id,
    filled.termId,
    groupId,
    fromDay,
  )
}

/** The noon of Monday 2026-11-23, at which the tests stand. */
export const today = '2026-11-23'

/** A local time of that day as the clock gives it. */
export const at = (time: string) => new Date(`${today}T${time}:00.000+08:00`).toISOString()

/** A class on an open test desk; the clock stands at 12:00. Its teacher looks after the first group only. */
export function classOf(desk: TestDesk, size: { groups?: number; children?: number } = {}): Filled {
  const { groups = 2, children = 6 } = size
  const teacher = desk.context('teacher').operator!.id
  const filled = fillClass(desk.db, { day: today, groups, children, operatorId: teacher })
  sql(desk, 'INSERT INTO class_group_teacher VALUES (?, ?)', filled.groupIds[0], teacher)
  desk.clock.set(at('12:00'))
  return filled
}

/** A row that another counter's screen would write. Returns its id. */
export function sql(desk: TestDesk, text: string, ...parameters: unknown[]): number {
  return transact(desk.db, (file) => write(file, text, ...parameters)).id
}

export function addLeave(desk: TestDesk, childId: number, day = today, reason = '家长来电'): number {
  return sql(
    desk,
    `INSERT INTO child_leave (child_id, from_day, to_day, reason, told_by, at, operator_id) VALUES (?, ?, ?, ?, '妈妈', ?, 1)`,
    childId,
    day,
    day,
    reason,
    desk.clock().toISOString(),
  )
}
