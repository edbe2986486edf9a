import { expect, test } from 'vitest'
import {
  addPointRule,
  endPointRule,
  listPointRules,
} from '../../../electron/counters/volunteers/point-rules.ts'
import type { TestDesk } from '../../fixture.ts'
import { refusal } from '../enquiries/counter.ts'
import { balanceOf } from './points.ts'
import { addVolunteer, conflict, invalidFields, notFound, openTestDesk, serve } from './service.ts'

type Input = Parameters<typeof addPointRule>[1]
const rule = (changed: Partial<Input> = {}): Input => ({
  kind: 'service',
  perHour: 10,
  perAttendance: 0,
  fromDay: '2026-01-01',
  toDay: null,
  ...changed,
})
const add = (desk: TestDesk, changed: Partial<Input> = {}) =>
  addPointRule(desk.context('manager'), rule(changed))
const end = (desk: TestDesk, changed: { id?: number; version?: number; toDay: string }) =>
  endPointRule(desk.context('manager'), { id: 1, version: 1, ...changed })

test('rules are listed newest first, past ones too', () => {
  const desk = openTestDesk()
  add(desk, { fromDay: '2025-01-01', toDay: '2025-12-31' })
  add(desk)
  add(desk, { kind: 'training', perHour: 0, perAttendance: 3, fromDay: '2025-06-01' })
  expect(listPointRules(desk.db).map(({ id, fromDay, toDay }) => [id, fromDay, toDay])).toEqual([
    [2, '2026-01-01', null],
    [3, '2025-06-01', null],
    [1, '2025-01-01', '2025-12-31'],
  ])
})

test.each([
  ['begins before it ends', { fromDay: '2025-01-01', toDay: '2026-01-01' }],
  ['begins later and lies within it', { fromDay: '2026-05-01', toDay: '2026-05-31' }],
  ['holds for ever from an earlier day', { fromDay: '2020-01-01', toDay: null }],
])('a rule of the same kind that %s is refused with the other', (_how, days) => {
  const desk = openTestDesk()
  add(desk, { toDay: '2026-12-31' })
  expect(refusal(() => add(desk, days))).toEqual(
    conflict('overlap', { current: { id: 1, version: 1, ...rule({ toDay: '2026-12-31' }) } }),
  )
  expect(add(desk, { kind: 'training', ...days })).toHaveLength(2)
})

test('rules that follow day after day do not overlap', () => {
  const desk = openTestDesk()
  add(desk, { toDay: '2026-06-30' })
  expect(add(desk, { fromDay: '2026-07-01' })).toHaveLength(2)
})

test('a rule that ends before it begins, or gives nothing, is refused', () => {
  const desk = openTestDesk()
  expect(refusal(() => add(desk, { toDay: '2025-12-31' }))).toEqual(invalidFields(['toDay', 'before-from']))
  expect(refusal(() => add(desk, { perHour: 0 }))).toEqual(invalidFields(['perHour', 'required']))
  expect(add(desk, { toDay: '2026-01-01', perHour: 0, perAttendance: 1 })).toHaveLength(1)
})

test('a rule ends with a day, only earlier than before, and what it gave stays', () => {
  const desk = openTestDesk()
  add(desk)
  const volunteer = addVolunteer(desk.db)
  serve(desk, volunteer, 60, { day: '2026-10-28' })
  expect(end(desk, { toDay: '2026-09-30' })).toMatchObject([{ toDay: '2026-09-30', version: 2 }])
  expect(balanceOf(desk, volunteer)).toBe(10)
  serve(desk, volunteer, 60, { day: '2026-11-01' })
  expect(balanceOf(desk, volunteer)).toBe(10)
  serve(desk, volunteer, 60, { day: '2026-09-30' })
  expect(balanceOf(desk, volunteer)).toBe(20)
  for (const toDay of ['2026-09-30', '2026-10-01']) {
    expect(refusal(() => end(desk, { version: 2, toDay }))).toEqual(invalidFields(['toDay', 'not-earlier']))
  }
})

test('a rule that another screen ended, that began later or is not there is not ended', () => {
  const desk = openTestDesk()
  const [made] = add(desk)
  expect(refusal(() => end(desk, { version: 2, toDay: '2026-12-31' }))).toEqual(
    conflict('changed', { current: made }),
  )
  expect(refusal(() => end(desk, { toDay: '2025-12-31' }))).toEqual(invalidFields(['toDay', 'before-from']))
  expect(refusal(() => end(desk, { id: 2, toDay: '2026-12-31' }))).toEqual(notFound('point-rule'))
})

test.each([
  // floor(minutes / 60 × perHour) + perAttendance
  [59, 1, 0, 0],
  [60, 1, 0, 1],
  [119, 1, 0, 1],
  [90, 3, 2, 6],
  [1, 0, 5, 5],
  [19, 3, 0, 0],
  [20, 3, 0, 1],
])('%i minutes at %i an hour and %i a time give %i', (minutes, perHour, perAttendance, points) => {
  const desk = openTestDesk()
  add(desk, { perHour, perAttendance })
  const volunteer = addVolunteer(desk.db)
  serve(desk, volunteer, minutes)
  expect(balanceOf(desk, volunteer)).toBe(points)
})

test.each([
  ['another organisation', { own: false }],
  ['a party duty', { kind: 'party-duty' }],
  ['a day without a rule', { day: '2025-12-31' }],
] as const)('%s gives no points', (_what, facts) => {
  const desk = openTestDesk()
  add(desk)
  const volunteer = addVolunteer(desk.db)
  serve(desk, volunteer, 60, facts)
  expect(balanceOf(desk, volunteer)).toBe(0)
})

test('training gives what its own rule says', () => {
  const desk = openTestDesk()
  add(desk)
  add(desk, { kind: 'training', perHour: 0, perAttendance: 3 })
  const volunteer = addVolunteer(desk.db)
  serve(desk, volunteer, 60, { kind: 'training' })
  expect(balanceOf(desk, volunteer)).toBe(3)
})
