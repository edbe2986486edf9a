import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  ageLines,
  colourTitle,
  daysOf,
  hoursOf,
  linesLabel,
  monthLines,
  readPeriod,
  rowKind,
  spanOrder,
  spans,
  starLines,
  titleOf,
} from '../../renderer/counters/volunteers/reports/report.ts'

const counted = { minutes: 150, volunteers: 2, activities: 1, attendances: 3 }

describe('the period of the report', () => {
  it('is this year until another one is chosen', () => {
    expect(readPeriod(undefined)).toBe('year')
    expect(readPeriod('last-year')).toBe('last-year')
    expect(readPeriod('30')).toBe('30')
    expect(readPeriod('nonsense')).toBe('month')
  })
  it('is the whole of the year before, also on a leap day', () => {
    expect(daysOf('last-year', '2028-02-29')).toEqual({ from: '2027-01-01', to: '2027-12-31' })
    expect(daysOf('year', '2026-11-23')).toEqual({ from: '2026-01-01', to: '2026-11-23' })
  })
  it('never ends before it begins and is short enough for the desk', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...spanOrder),
        fc.date({ min: new Date('2020-01-01'), max: new Date('2090-12-31'), noInvalidDate: true }),
        (span, date) => {
          const { from, to } = daysOf(span, date.toISOString().slice(0, 10))
          expect(from <= to).toBe(true)
          expect((Date.parse(to) - Date.parse(from)) / 86_400_000).toBeLessThan(400)
        },
      ),
    )
  })
  it('has a word for each', () => {
    expect(spanOrder.map((span) => spans[span])).toEqual(['本月', '近30天', '近90天', '今年', '去年'])
  })
})

test('hours of a chart are never nought where somebody served', () => {
  expect(hoursOf(0)).toBe(0)
  expect(hoursOf(1)).toBe(0.1)
  expect(hoursOf(150)).toBe(2.5)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), (minutes) => {
      expect(hoursOf(minutes)).toBeGreaterThan(0)
      expect(Math.abs(hoursOf(minutes) * 60 - minutes)).toBeLessThanOrEqual(5)
    }),
  )
})

describe('a line opens what it is made of', () => {
  it('of a month, named with its year when that is another one', () => {
    const lines = monthLines(
      [
        { month: '2025-12', ...counted },
        { month: '2026-03', ...counted },
      ],
      '2026-11-23',
    )
    expect(lines.map(({ name, narrowing }) => [name, narrowing])).toEqual([
      ['2025年12月', { month: '2025-12' }],
      ['3月', { month: '2026-03' }],
    ])
  })
  it('of an age, with those who are registered and did not come', () => {
    const [line] = ageLines([{ band: '70-and-over', registered: 9, ...counted }])
    expect(line).toMatchObject({
      name: '70 岁以上',
      registered: 9,
      narrowing: { age: '70-and-over' },
      counted: { attendances: 3 },
    })
  })
  it('of a colour, also of none', () => {
    expect(colourTitle('red')).toBe('红 · 扶贫帮困')
    expect(colourTitle(null)).toBe('不分颜色')
  })
  it('is told in words to who does not see the chart', () => {
    const [line] = ageLines([{ band: 'under-18', registered: 4, ...counted }])
    expect(linesLabel('按年龄', [line!])).toBe('按年龄：未满 18 岁 2 小时 30 分、3 人次')
  })
})

test('rows are records, volunteers, activities, redemptions or postings of points', () => {
  expect(rowKind('party-duty')).toBe('record')
  expect(rowKind('active')).toBe('volunteer')
  expect(rowKind('activities')).toBe('activity')
  expect(rowKind('redemptions')).toBe('redemption')
  expect(rowKind('earned')).toBe('posting')
  const asked = { what: 'records', from: '2026-01-01', to: '2026-11-23' } as const
  expect(titleOf({ name: '3月', asked })).toBe('3月 · 服务记录')
  expect(titleOf({ name: '', asked })).toBe('服务记录')
})

test('stars stand from five down to none', () => {
  expect(starLines([10, 5, 3, 0, 1, 0]).map(({ star, name, count }) => [star, name, count])).toEqual([
    [5, '五星', 0],
    [4, '四星', 1],
    [3, '三星', 0],
    [2, '二星', 3],
    [1, '一星', 5],
    [0, '还没有星', 10],
  ])
})
