import { expect, test } from 'vitest'
import { closeAbsence } from '../../../electron/counters/noon-class/absence.ts'
import { listAlarms, logCall } from '../../../electron/counters/noon-class/alarms.ts'
import { arriveChildren, undoAttendance } from '../../../electron/counters/noon-class/arrivals.ts'
import { rows, value } from '../../../electron/database/open.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { refusal } from '../enquiries/counter.ts'
import { addLeave, at, classOf, sql, today } from './fill.ts'

type Absence = Parameters<typeof closeAbsence>[1]
const close = (desk: TestDesk, childId: number, changed: Partial<Absence> = {}) =>
  closeAbsence(desk.context(), { childId, day: today, reason: '有事', text: '', ...changed })
const arrive = (desk: TestDesk, childIds: number[]) =>
  arriveChildren(desk.context(), { childIds, day: today, how: 'tap', at: null })
const ringing = (desk: TestDesk) =>
  listAlarms(desk.context(), today).map(({ childId, kind }) => [childId, kind])
const call = (desk: TestDesk, changed: Partial<Parameters<typeof logCall>[1]> & { childId: number }) =>
  logCall(desk.context(), { day: today, guardianId: null, result: 'no-answer', text: '', ...changed })

test('at the group’s time everybody who is neither here, on leave nor explained rings, until a reason closes it', () => {
  const desk = openTestDesk()
  const [here, away, missing, late] = classOf(desk, { children: 4 }).childIds as [
    number,
    number,
    number,
    number,
  ]
  arrive(desk, [here])
  addLeave(desk, away)
  expect(ringing(desk)).toEqual([])
  desk.clock.set(at('12:10'))
  expect(ringing(desk)).toEqual([
    [missing, 'missing'],
    [late, 'missing'],
  ])
  expect(close(desk, missing)).toMatchObject({ state: 'absent', note: '有事', alarm: null })
  arrive(desk, [late])
  expect(ringing(desk)).toEqual([])
  // A mistaken reason is taken back, and it rings again.
  undoAttendance(desk.context(), {
    attendanceIds: [value<number>(desk.db, "SELECT id FROM attendance WHERE kind = 'absence'")!],
    reason: '点错了人',
  })
  expect(ringing(desk)).toEqual([[missing, 'missing']])
})

test('the longest alarm stands first, whoever was not collected among the rest', () => {
  const desk = openTestDesk()
  const { childIds, groupIds } = classOf(desk, { children: 4 })
  sql(desk, "UPDATE class_group SET arrive_by = '11:50', leave_by = '12:20' WHERE id = ?", groupIds[1])
  arrive(desk, childIds.slice(1, 3))
  desk.clock.set(at('15:00'))
  expect(listAlarms(desk.context(), today).map(({ childId, kind, since }) => [childId, kind, since])).toEqual(
    [
      [childIds[3], 'missing', at('11:50')],
      [childIds[0], 'missing', at('12:10')],
      [childIds[2], 'not-collected', at('12:20')],
      [childIds[1], 'not-collected', at('14:00')],
    ],
  )
})

test('an alarm says whom to call in which order, masked, and who was called already', () => {
  const desk = openTestDesk()
  const { childIds, guardianIds } = classOf(desk, { children: 1, groups: 1 })
  const childId = childIds[0]!
  const add = (position: number, name: string, ended: string | null = null) =>
    sql(
      desk,
      "INSERT INTO guardian (child_id, position, name, relation, phone, ended_day) VALUES (?, ?, ?, '爸爸', '19900004418', ?)",
      childId,
      position,
      name,
      ended,
    )
  add(2, '第三位')
  add(1, '第二位')
  add(3, '从前的', '2026-11-01')
  desk.clock.set(at('12:11'))
  call(desk, { childId, guardianId: guardianIds[0]! })
  desk.clock.set(at('12:12'))
  const [alarm] = call(desk, { childId, result: 'reached', text: '老师说还在学校' })
  expect(alarm).toMatchObject({
    childId,
    kind: 'missing',
    since: at('12:10'),
    school: '甲小学',
    guardians: [
      { name: '家长1', relation: '妈妈', phone: '199****4417' },
      { name: '第二位', phone: '199****4418' },
      { name: '第三位' },
    ],
    calls: [
      { guardian: '家长1', result: 'no-answer', text: '', at: at('12:11'), operator: '前台' },
      { guardian: null, result: 'reached', text: '老师说还在学校', at: at('12:12') },
    ],
  })
  expect(JSON.stringify(rows(desk.db, "SELECT * FROM audit WHERE action = 'noon.call'"))).not.toContain(
    '老师',
  )
})

test('a call is kept after the alarm is closed, and names only a guardian of this child', () => {
  const desk = openTestDesk()
  const { childIds, guardianIds } = classOf(desk)
  const childId = childIds[0]!
  desk.clock.set(at('12:11'))
  expect(refusal(() => call(desk, { childId, guardianId: guardianIds[1]! }))).toMatchObject({
    code: 'NOT_FOUND',
    data: { what: 'guardian' },
  })
  call(desk, { childId, guardianId: guardianIds[0]!, result: 'reached' })
  close(desk, childId)
  expect(rows(desk.db, 'SELECT child_id, guardian_id, result FROM noon_call')).toEqual([
    { child_id: childId, guardian_id: guardianIds[0], result: 'reached' },
  ])
})

test('an absence is explained once, only of a child that is expected, and only when the day has come', () => {
  const desk = openTestDesk()
  const [here, away, absent] = classOf(desk).childIds as [number, number, number]
  arrive(desk, [here])
  addLeave(desk, away)
  close(desk, absent)
  for (const [childId, state] of [
    [here, 'in'],
    [away, 'leave'],
    [absent, 'absent'],
  ] as const) {
    expect(refusal(() => close(desk, childId))).toMatchObject({
      code: 'CONFLICT',
      data: { because: 'step', current: { childId, state } },
    })
  }
  expect(refusal(() => close(desk, here, { day: '2026-11-24' }))).toMatchObject({
    code: 'INVALID',
    data: { fields: [{ path: 'day', problem: 'future' }] },
  })
})

test('“其他” without a word explains nothing, and what is written stays out of the audit', () => {
  const desk = openTestDesk()
  const [childId] = classOf(desk).childIds as [number]
  expect(refusal(() => close(desk, childId, { reason: '其他' }))).toMatchObject({
    code: 'INVALID',
    data: { fields: [{ path: 'text', problem: 'required' }] },
  })
  expect(close(desk, childId, { reason: '病了', text: '发烧' }).note).toBe('病了：发烧')
  expect(JSON.stringify(rows(desk.db, 'SELECT * FROM audit'))).not.toMatch(/病|烧/)
})

test('on a day without school nobody is missing', () => {
  const desk = openTestDesk()
  classOf(desk)
  desk.clock.set('2026-11-22T10:00:00.000Z')
  expect(listAlarms(desk.context(), '2026-11-22')).toEqual([])
})

test('a teacher hears the alarms of the own groups only', () => {
  const desk = openTestDesk()
  const { childIds } = classOf(desk)
  desk.clock.set(at('12:10'))
  expect(listAlarms(desk.context('teacher'), today).map(({ childId }) => childId)).toEqual(
    childIds.slice(0, 3),
  )
})
