import { row, value, type Database } from '../../database/open.ts'
import { addDays } from '../../workbench/calendar.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import { spelledTime, weekdayOf, withoutNumbers } from '../../workbench/paper-words.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readCommunity } from '../settings/community.ts'
import { mustSeeChild, mustSeeGroup } from './access.ts'
import { factsOf, standingOfOne, stateOf } from './day-state.ts'
import { schoolDayOf } from './terms.ts'

type Asked = {
  kind: 'first-day' | 'day-off' | 'not-arrived' | 'collected'
  groupId: number | null
  childId: number | null
  day: string
}

/** 11月23日（星期一） */
const saidDay = (day: string) =>
  `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日（星期${weekdayOf(day)}）`

type GroupRow = {
  name: string
  room: string
  arriveBy: string
  leaveBy: string
  termId: number
  term: string
  firstDay: string
  lastDay: string
}

const readGroup = (db: Database, id: number): GroupRow =>
  row<GroupRow>(
    db,
    `SELECT g.name, g.room, g.arrive_by AS arriveBy, g.leave_by AS leaveBy, t.id AS termId, t.name AS term,
       t.first_day AS firstDay, t.last_day AS lastDay
     FROM class_group g JOIN term t ON t.id = g.term_id WHERE g.id = ?`,
    id,
  )!

const nameOf = (db: Database, childId: number) =>
  value<string>(db, 'SELECT p.name FROM child c JOIN person p ON p.id = c.person_id WHERE c.id = ?', childId)!

/** The group that is written to: the one named, or the child's newest; nobody's is no notice. */
function groupOf({ desk: { db } }: Context, { groupId, childId }: Asked): GroupRow {
  if (groupId !== null) return readGroup(db, groupId)
  if (childId === null) return invalid('groupId', 'required')
  const newest = value<number>(
    db,
    'SELECT group_id FROM enrolment WHERE child_id = ? AND left_day IS NULL ORDER BY from_day DESC LIMIT 1',
    childId,
  )
  return newest === undefined ? fail('CONFLICT', { because: 'step' }) : readGroup(db, newest)
}

/** To whom: one child's guardian by its name, or all of the group. */
const greeting = (context: Context, asked: Asked) =>
  asked.childId === null
    ? `${groupOf(context, asked).name}的各位家长：您好！`
    : `${nameOf(context.desk.db, asked.childId)}的家长：您好！`

/** The first school day of a term, or its first day where it has none. */
function firstSchoolDay(db: Database, { termId, firstDay, lastDay }: GroupRow): string {
  for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) {
    const known = schoolDayOf(db, day)
    if (known.termId === termId && known.schoolDay) return day
  }
  return firstDay
}

function firstDay(context: Context, asked: Asked): string[] {
  const group = groupOf(context, asked)
  return [
    greeting(context, asked),
    `${group.term}午间课堂从${saidDay(firstSchoolDay(context.desk.db, group))}开始。`,
    `请让孩子在 ${group.arriveBy} 前到${group.room || '社区'}，${group.leaveBy} 前由登记的人接走。`,
    '要请假或者换人来接，请提前告诉老师。',
  ]
}

function dayOff(context: Context, asked: Asked): string[] {
  const { db } = context.desk
  const { schoolDay, why, termId } = schoolDayOf(db, asked.day)
  if (schoolDay) fail('CONFLICT', { because: 'step' })
  const reason =
    why === 'day-off'
      ? value<string>(db, 'SELECT reason FROM term_day_off WHERE term_id = ? AND day = ?', termId, asked.day)
      : undefined
  return [
    greeting(context, asked),
    `${saidDay(asked.day)}${reason ? `因${reason}` : ''}午间课堂不开课，请安排好孩子的午饭和午休。`,
    '下一个上课日照常。',
  ]
}

/** Only while nobody knows why: neither here, nor on leave, nor explained. */
function notArrived(context: Context, { childId, day }: Asked): string[] {
  if (childId === null) return invalid('childId', 'required')
  const child = standingOfOne(context, day, childId)
  if (stateOf(child.facts) !== 'expected') fail('CONFLICT', { because: 'step' })
  return [
    `${child.name}的家长：您好！`,
    `${saidDay(day)}到 ${spelledTime(context.desk.clock().toISOString())} 为止，孩子还没有到午间课堂。`,
    '如果孩子今天不来，或者已经在您身边，请回复一声；如果您也不清楚，请马上联系老师，我们一起找。',
  ]
}

/** By whom in one word: a relation is enough for a guardian, and no name goes out. */
function collected(context: Context, { childId, day }: Asked): string[] {
  if (childId === null) return invalid('childId', 'required')
  const { name } = standingOfOne(context, day, childId)
  const { departure } = factsOf(context.desk.db, day, [childId]).get(childId)!
  if (!departure) return fail('CONFLICT', { because: 'step' })
  const relation = value<string>(
    context.desk.db,
    'SELECT relation FROM pickup_person WHERE id = ?',
    departure.pickupId,
  )
  const how =
    departure.pickupId !== null
      ? `由${relation || '登记的人'}接走`
      : departure.collectedBy
        ? '随学校队伍返校'
        : '自己离开'
  return [`${name}的家长：您好！`, `孩子已于${saidDay(day)} ${spelledTime(departure.at)} ${how}，请放心。`]
}

const texts = { 'first-day': firstDay, 'day-off': dayOff, 'not-arrived': notArrived, collected } as const

/**
 * A notice to guardians as text for WeChat: short, without anybody's number or health. INVALID `groupId`, `childId`
 * `required`; CONFLICT `step` when it would not be true: a school day called off, a child that is here missed.
 */
export function noticeText(context: Context, asked: Asked): string {
  if (asked.childId !== null) mustSeeChild(context, asked.childId)
  if (asked.groupId !== null) mustSeeGroup(context, asked.groupId)
  const { name } = readCommunity(context.desk.db)
  const lines = [...texts[asked.kind](context, asked), name].filter((line) => line !== '')
  return withoutNumbers(lines.join('\n'))
}
