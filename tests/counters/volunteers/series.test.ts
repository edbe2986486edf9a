import { describe, expect, test } from 'vitest'
import { cancelActivity, openActivity } from '../../../electron/counters/volunteers/activities.ts'
import { createSeries } from '../../../electron/counters/volunteers/series.ts'
import type { TestDesk } from '../../fixture.ts'
import { refusal } from '../people/people.ts'
import { addVolunteer, conflict, invalidFields, line, notFound, openTestDesk, save } from './service.ts'

type Wanted = Parameters<typeof createSeries>[1]

const every28th: Wanted = {
  ...{ name: '每月28日志愿服务', kind: 'service', own: true, starts: '09:00', ends: '11:00', place: '社区' },
  ...{
    content: '清洁、义诊',
    organiser: '志愿联盟',
    inCharge: '李雷',
    capacity: null,
    colour: null,
    teamId: null,
  },
  ...{ dayOfMonth: 28, fromMonth: '2026-12', toMonth: '2027-03' },
}
const create = (test: TestDesk, changed: Partial<Wanted> = {}) =>
  createSeries(test.context(), { ...every28th, ...changed })

describe('a series', () => {
  test('is one activity each month, in one act', () => {
    const desk = openTestDesk()
    const { seriesId, activities } = create(desk)
    expect(activities.map(({ day, number }) => [day, number])).toEqual([
      ['2026-12-28', 'HD-2026-000001'],
      ['2027-01-28', 'HD-2026-000002'],
      ['2027-02-28', 'HD-2026-000003'],
      ['2027-03-28', 'HD-2026-000004'],
    ])
    expect(activities.every((activity) => activity.seriesId === seriesId)).toBe(true)
    expect(
      desk.db.prepare("SELECT count(*) FROM audit WHERE action = 'volunteer.create-series'").pluck().get(),
    ).toBe(1)
    expect(desk.published).toContainEqual({ topic: 'activity', id: activities[3]!.id })
  })

  test('falls on the last day of a month that is shorter', () => {
    const desk = openTestDesk()
    const { activities } = create(desk, { dayOfMonth: 31, fromMonth: '2027-11', toMonth: '2028-04' })
    expect(activities.map(({ day }) => day)).toEqual([
      ...['2027-11-30', '2027-12-31', '2028-01-31', '2028-02-29', '2028-03-31', '2028-04-30'],
    ])
  })

  test('is at most of twenty-four months', () => {
    const desk = openTestDesk()
    expect(create(desk, { toMonth: '2028-11' }).activities).toHaveLength(24)
    expect(refusal(() => create(desk, { name: '另一个', toMonth: '2028-12' }))).toEqual(
      invalidFields(['toMonth', 'too-long']),
    )
  })

  test.each([
    [{ toMonth: '2026-11' }, invalidFields(['toMonth', 'before-from'])],
    [{ ends: '08:00' }, invalidFields(['ends', 'before-start'])],
    [{ starts: '22:00', ends: '02:00' }, invalidFields(['ends', 'across-midnight'])],
    [{ teamId: 4 }, invalidFields(['teamId', 'other-colour'])],
    [{ teamId: 999 }, notFound('team')],
  ])('is not made with %o', (changed, expected) => {
    const desk = openTestDesk()
    expect(refusal(() => create(desk, changed))).toEqual(expected)
    expect(desk.db.prepare('SELECT count(*) FROM activity_series').pluck().get()).toBe(0)
  })

  test('is not made twice for a month, unless what stood there was cancelled', () => {
    const desk = openTestDesk()
    const first = create(desk)
    expect(refusal(() => create(desk, { fromMonth: '2027-03', toMonth: '2027-06' }))).toEqual(
      conflict('duplicate', { current: { seriesId: first.seriesId, activities: first.activities.slice(3) } }),
    )
    expect(create(desk, { fromMonth: '2027-04', toMonth: '2027-06' }).activities).toHaveLength(3)
    for (const { id } of first.activities) {
      cancelActivity(desk.context(), { id, version: 1, reason: '改期', rest: false })
    }
    expect(create(desk).activities).toHaveLength(4)
  })

  test('is cancelled from one of its activities on: the later planned ones too, never the earlier or held ones', () => {
    const desk = openTestDesk()
    const { activities } = create(desk, { fromMonth: '2026-10', toMonth: '2027-01' })
    const [first, held, third, last] = activities.map(({ id }) => id) as [number, number, number, number]
    const state = (id: number) => openActivity(desk.context(), id).state
    desk.clock.set('2026-11-30T01:00:00.000Z')
    save(desk, held, [line(addVolunteer(desk.db))])
    cancelActivity(desk.context(), { id: third, version: 1, reason: '停办', rest: true })
    expect([first, held, third, last].map(state)).toEqual(['planned', 'held', 'cancelled', 'cancelled'])
    expect(openActivity(desk.context(), last)).toMatchObject({ cancelReason: '停办', version: 2 })
    cancelActivity(desk.context(), { id: first, version: 1, reason: '停办', rest: true })
    expect(state(held)).toBe('held')
  })
})
