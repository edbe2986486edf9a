import { expect, test } from 'vitest'
import type { Board, Tile } from '../../../electron/contract/noon-days.ts'
import { closeAbsence } from '../../../electron/counters/noon-class/absence.ts'
import { arriveChildren } from '../../../electron/counters/noon-class/arrivals.ts'
import { boardSql, countNoon, readBoard } from '../../../electron/counters/noon-class/board.ts'
import { daySql } from '../../../electron/counters/noon-class/day-state.ts'
import { releaseChild } from '../../../electron/counters/noon-class/release.ts'
import { checkTray } from '../../../electron/counters/noon-class/trays.ts'
import { rows } from '../../../electron/database/open.ts'
import type { Role } from '../../../electron/contract/access.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { refusal } from '../enquiries/counter.ts'
import { addLeave, at, classOf, sql, today } from './fill.ts'

const boardOf = (
  desk: TestDesk,
  asked: { day?: string; groupId?: number | null } = {},
  role: Role = 'clerk',
): Board => readBoard(desk.context(role), { day: today, groupId: null, ...asked })

const tileOf = (desk: TestDesk, childId: number): Tile =>
  boardOf(desk).tiles.find((tile) => tile.childId === childId)!

const arrive = (desk: TestDesk, ...childIds: number[]) =>
  arriveChildren(desk.context(), { childIds, day: today, how: 'tap', at: null })

test('a noon in numbers: who is expected, here, on leave and gone, by group and together', () => {
  const desk = openTestDesk()
  const { childIds, groupIds, pickupIds } = classOf(desk)
  const [first, second, third, fourth] = childIds as [number, number, number, number]
  arrive(desk, first, second, fourth)
  addLeave(desk, third)
  releaseChild(desk.context(), { childId: first, day: today, pickupId: pickupIds[0]!, escort: '', at: null })
  expect(boardOf(desk).groups).toMatchObject([
    {
      id: groupIds[0],
      name: '第1组',
      room: '1 号教室',
      teachers: ['老师'],
      expected: 2,
      present: 1,
      onLeave: 1,
      gone: 1,
      alarms: 0,
    },
    { id: groupIds[1], teachers: [], expected: 3, present: 1, onLeave: 0, gone: 0, alarms: 0 },
  ])
  expect(countNoon(desk.db, today, desk.clock(), null)).toEqual({
    schoolDay: true,
    expected: 5,
    present: 2,
    onLeave: 1,
    gone: 1,
    missing: 0,
    notCollected: 0,
  })
  expect(countNoon(desk.db, today, desk.clock(), new Set([groupIds[1]!]))).toMatchObject({ expected: 3 })
})

test('each tile says how its child stands, since when and why', () => {
  const desk = openTestDesk()
  const { childIds, pickupIds } = classOf(desk)
  const [collected, escorted, alone, ill, away, waited] = childIds as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  arrive(desk, collected, escorted, alone)
  desk.clock.set(at('12:40'))
  const hand = (childId: number, pickupId: number | null, escort = '') =>
    releaseChild(desk.context(), { childId, day: today, pickupId, escort, at: null })
  hand(collected, pickupIds[0]!)
  hand(escorted, null, '王老师')
  hand(alone, null)
  closeAbsence(desk.context(), { childId: ill, day: today, reason: '病了', text: '发烧' })
  addLeave(desk, away)
  expect(tileOf(desk, collected)).toMatchObject({ state: 'out', at: at('12:40'), note: '妈妈 家长1接走' })
  expect(tileOf(desk, escorted)).toMatchObject({ state: 'out', note: '王老师护送' })
  expect(tileOf(desk, alone)).toMatchObject({ state: 'out', note: '自己离开' })
  expect(tileOf(desk, ill)).toMatchObject({ state: 'absent', at: null, note: '病了：发烧', alarm: null })
  expect(tileOf(desk, away)).toMatchObject({ state: 'leave', at: null, note: '家长来电', alarm: null })
  expect(tileOf(desk, waited)).toMatchObject({
    state: 'expected',
    attendanceId: null,
    alarm: 'missing',
    alarmSince: at('12:10'),
  })
})

test('who is expected is missing from the group’s time on, to the minute', () => {
  const desk = openTestDesk()
  const { childIds } = classOf(desk)
  arrive(desk, ...childIds.slice(1))
  desk.clock.set('2026-11-23T04:09:59.999Z')
  expect(boardOf(desk).groups.map(({ alarms }) => alarms)).toEqual([0, 0])
  desk.clock.set(at('12:10'))
  expect(boardOf(desk).groups.map(({ alarms }) => alarms)).toEqual([1, 0])
  expect(tileOf(desk, childIds[0]!)).toMatchObject({ alarm: 'missing', alarmSince: at('12:10') })
})

test('who was not collected by the group’s time is an alarm, and on the next day still', () => {
  const desk = openTestDesk()
  const { childIds } = classOf(desk)
  arrive(desk, childIds[0]!)
  desk.clock.set(at('13:59'))
  expect(tileOf(desk, childIds[0]!).alarm).toBeNull()
  desk.clock.set(at('14:00'))
  expect(tileOf(desk, childIds[0]!)).toMatchObject({ alarm: 'not-collected', alarmSince: at('14:00') })
  desk.clock.set('2026-11-24T01:00:00.000Z')
  expect(tileOf(desk, childIds[0]!).alarm).toBe('not-collected')
})

test('a day without school says why, expects nobody and misses nobody, and its tiles stay for late entries', () => {
  const desk = openTestDesk()
  const { termId } = classOf(desk)
  desk.clock.set(at('15:00'))
  expect(boardOf(desk, { day: '2026-11-22' })).toMatchObject({
    schoolDay: false,
    why: 'holiday',
    groups: [
      { expected: 0, alarms: 0 },
      { expected: 0, alarms: 0 },
    ],
    tiles: { length: 6 },
  })
  sql(desk, "INSERT INTO term_day_off VALUES (?, ?, '运动会')", termId, today)
  expect(boardOf(desk)).toMatchObject({ schoolDay: false, why: 'day-off', tiles: { length: 6 } })
  expect(boardOf(desk, { day: '2026-12-25' })).toEqual({
    day: '2026-12-25',
    schoolDay: false,
    why: 'no-term',
    groups: [],
    tiles: [],
  })
})

test('a child is on the board from its first day to the day before it left, in the group of that day', () => {
  const desk = openTestDesk()
  const { childIds, groupIds, termId } = classOf(desk)
  const [moved, left] = childIds as [number, number]
  sql(desk, 'UPDATE enrolment SET left_day = ? WHERE child_id IN (?, ?)', '2026-11-24', moved, left)
  sql(
    desk,
    'INSERT INTO enrolment (child_id, term_id, group_id, from_day) VALUES (?, ?, ?, ?)',
    moved,
    termId,
    groupIds[1],
    '2026-11-24',
  )
  const standing = (day: string) =>
    boardOf(desk, { day })
      .tiles.filter(({ childId }) => childId === moved || childId === left)
      .map(({ childId, groupId }) => [childId, groupId])
  expect(standing('2026-11-23')).toEqual([
    [moved, groupIds[0]],
    [left, groupIds[0]],
  ])
  expect(standing('2026-11-24')).toEqual([[moved, groupIds[1]]])
})

test('two children of one name are marked as such, in different groups too', () => {
  const desk = openTestDesk()
  const { childIds, groupIds } = classOf(desk)
  const named = (childId: number) =>
    sql(
      desk,
      "UPDATE person SET name = '王萱' WHERE id = (SELECT person_id FROM child WHERE id = ?)",
      childId,
    )
  named(childIds[0]!)
  named(childIds[5]!)
  const { tiles } = boardOf(desk, { groupId: groupIds[0]! })
  expect(tiles.map(({ name, sameName }) => [name, sameName])).toEqual([
    ['王萱', true],
    ['学生002', false],
    ['学生003', false],
  ])
})

test('a teacher sees the tiles of the own groups only, and of no other group that it exists', () => {
  const desk = openTestDesk()
  const { groupIds, childIds } = classOf(desk)
  const board = boardOf(desk, {}, 'teacher')
  expect(board.groups.map(({ id }) => id)).toEqual([groupIds[0]])
  expect(board.tiles.map(({ childId }) => childId)).toEqual(childIds.slice(0, 3))
  for (const groupId of [groupIds[1]!, 999]) {
    expect(refusal(() => boardOf(desk, { groupId }, 'teacher'))).toMatchObject({
      code: 'NOT_FOUND',
      data: { what: 'group' },
    })
  }
})

test('more children in than the teachers may look after break the ratio', () => {
  const desk = openTestDesk()
  const { childIds, groupIds } = classOf(desk)
  sql(desk, 'UPDATE class_group SET ratio = 2 WHERE id = ?', groupIds[0])
  arrive(desk, ...childIds.slice(0, 2))
  expect(boardOf(desk).groups[0]!.ratioBroken).toBe(false)
  arrive(desk, childIds[2]!)
  expect(boardOf(desk).groups[0]!.ratioBroken).toBe(true)
})

test('a tray is looked at for a child with an allergy who is in, once and by a name', () => {
  const desk = openTestDesk()
  const { childIds } = classOf(desk)
  const [plain, allergic] = [childIds[0]!, childIds[3]!]
  const check = (childId: number) => checkTray(desk.context(), { childId, day: today })
  expect(tileOf(desk, allergic)).toMatchObject({ allergies: '花生', trayChecked: false })
  expect(refusal(() => check(allergic))).toMatchObject({
    code: 'CONFLICT',
    data: { because: 'step', current: { childId: allergic, state: 'expected' } },
  })
  arrive(desk, plain, allergic)
  expect(check(allergic)).toMatchObject({ state: 'in', trayChecked: true })
  expect(check(allergic).trayChecked).toBe(true)
  expect(rows(desk.db, 'SELECT child_id, day, operator_id FROM tray_check')).toEqual([
    { child_id: allergic, day: today, operator_id: desk.context().operator!.id },
  ])
  expect(refusal(() => check(plain))).toMatchObject({
    code: 'INVALID',
    data: { fields: [{ path: 'childId', problem: 'no-allergy' }] },
  })
})

test('the board reads the rows of its day and no others', () => {
  const desk = openTestDesk()
  const plan = (text: string, ...parameters: unknown[]) =>
    rows<{ detail: string }>(desk.db, `EXPLAIN QUERY PLAN ${text}`, ...parameters).map(({ detail }) => detail)
  const asked = { day: today, ids: '[1]' }
  // Terms are the only table that is looked through: there are two a year.
  const searched = (text: string, ...parameters: unknown[]) => {
    const steps = plan(text, ...parameters).filter((step) => !/^SCAN (wanted|t)\b/.test(step))
    expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual([])
    return steps.join('\n')
  }
  expect(searched(daySql.marks, asked)).toContain(
    'SEARCH a USING INDEX attendance_once (day=? AND child_id=?)',
  )
  expect(searched(daySql.byGroup, asked)).toContain('SEARCH e USING INDEX enrolment_group (group_id=?)')
  expect(searched(daySql.byChild, asked)).toContain(
    'SEARCH e USING INDEX enrolment_child (child_id=? AND from_day<?)',
  )
  expect(searched(daySql.leaves, asked)).toContain(
    'SEARCH l USING INDEX child_leave_child (child_id=? AND to_day>?)',
  )
  expect(searched(boardSql.sameNames, asked)).toContain('enrolment_group')
  expect(searched(boardSql.teachers, '[1]')).toContain('SEARCH t USING PRIMARY KEY (group_id=?)')
  expect(searched(boardSql.groups, 1)).toContain('SEARCH class_group USING INDEX')
})
