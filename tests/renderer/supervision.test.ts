import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lateWhys, type Supervision } from '../../electron/contract/enquiry-lists.ts'
import {
  cellFilter,
  matrixOf,
  shadeOf,
  whyOrder,
} from '../../renderer/counters/enquiries/supervision/late.ts'
import {
  bucketOf,
  dayAfter,
  daysOf,
  isWeekly,
  readSpan,
  spanOrder,
} from '../../renderer/components/periods.ts'

const late = (departmentId: number | null, why: (typeof lateWhys)[number], count: number) => ({
  departmentId,
  name: departmentId === null ? null : `单位${departmentId}`,
  why,
  count,
})

test('late ones stand by who has them: the desk first, then the department with the most', () => {
  const rows = matrixOf([
    late(2, 'not-arrived', 1),
    late(5, 'at-department', 3),
    late(null, 'no-follow-up', 1),
    late(2, 'bounced', 1),
  ])
  expect(rows.map(({ name, total }) => [name, total])).toEqual([
    ['窗口', 1],
    ['单位5', 3],
    ['单位2', 2],
  ])
  expect(rows[2]!.counts).toMatchObject({ 'not-arrived': 1, bounced: 1, 'at-desk': 0 })
})

test('the table loses none of the late ones', () => {
  const lateBy: fc.Arbitrary<Supervision['lateBy']> = fc.array(
    fc
      .tuple(
        fc.option(fc.integer({ min: 1, max: 6 })),
        fc.constantFrom(...lateWhys),
        fc.integer({ min: 1, max: 50 }),
      )
      .map((one) => late(...one)),
  )
  fc.assert(
    fc.property(lateBy, (given) => {
      const rows = matrixOf(given)
      const shown = rows.flatMap(({ counts }) => whyOrder.map((why) => counts[why]))
      const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0)
      expect(sum(shown)).toBe(sum(given.map(({ count }) => count)))
      for (const count of shown) expect(shadeOf(count, rows)).toBeLessThanOrEqual(1)
    }),
  )
})

test('a cell opens its rows: call-backs are the desk’s, whoever led', () => {
  expect(cellFilter({ departmentId: 5 }, 'not-arrived')).toEqual({
    urgency: 'overdue',
    why: 'not-arrived',
    departmentId: 5,
  })
  expect(cellFilter({ departmentId: null }, 'bounced')).toMatchObject({ departmentId: null })
  expect(cellFilter({ departmentId: null }, 'no-follow-up')).toEqual({
    urgency: 'overdue',
    why: 'no-follow-up',
  })
})

test.each([
  ['month', '2026-11-01'],
  ['30', '2026-10-25'],
  ['90', '2026-08-26'],
  ['year', '2026-01-01'],
] as const)('the span %s begins on %s', (span, from) => {
  expect(daysOf(span, '2026-11-23')).toEqual({ from, to: '2026-11-23' })
})

test('an address without a span, or with nonsense, means this month', () => {
  expect([undefined, null, 'decade', ['year']].map(readSpan)).toEqual(['month', 'month', 'month', 'month'])
  expect(readSpan('year')).toBe('year')
})

test('the points of a period cover each of its days once', () => {
  const someDay = fc
    .date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
  fc.assert(
    fc.property(someDay, fc.constantFrom(...spanOrder), (today, span) => {
      const days = daysOf(span, today)
      const weekly = isWeekly(days)
      // Mondays, as the desk gives them; the first may lie before the period.
      const weekday = (new Date(`${days.from}T00:00:00Z`).getUTCDay() + 6) % 7
      let at = weekly ? dayAfter(days.from, -weekday) : days.from
      let next = days.from
      for (; at <= days.to; at = dayAfter(at, weekly ? 7 : 1)) {
        const bucket = bucketOf(at, weekly, days)
        expect(bucket.from).toBe(next)
        next = dayAfter(bucket.to, 1)
      }
      expect(next).toBe(dayAfter(days.to, 1))
    }),
  )
})

test('a month of 31 days is told by the day, one day more by the week', () => {
  expect(isWeekly({ from: '2026-10-01', to: '2026-10-31' })).toBe(false)
  expect(isWeekly({ from: '2026-10-01', to: '2026-11-01' })).toBe(true)
})
