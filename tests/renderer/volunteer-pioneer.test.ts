import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  figuresWords,
  kindsFor,
  leftOutWords,
  lockDay,
  nextStep,
  objectionWords,
  rankWords,
  ratingWords,
  readYear,
} from '../../renderer/counters/volunteers/pioneer/pioneer.ts'

const now = new Date('2026-12-03T02:00:00.000Z')

test('the year of the address is read, and anything else is this year', () => {
  expect(readYear('2024', 2026)).toBe(2024)
  for (const wrong of [undefined, '', 'abc', '1999', '2200', '20240', ['2024']])
    expect(readYear(wrong, 2026)).toBe(2026)
})

describe('a rank', () => {
  it('says when it is shared, and that the excluded have none', () => {
    expect(rankWords({ rank: 2, shared: false })).toBe('第 2 名')
    expect(rankWords({ rank: 2, shared: true })).toBe('并列第 2 名')
    expect(rankWords({ rank: null, shared: false })).toBe('不参评')
  })
  it('tells the mean rating in hundredths, and never a nought for who was not rated', () => {
    expect(ratingWords(467)).toBe('4.67 分')
    expect(ratingWords(500)).toBe('5.00 分')
    expect(ratingWords(null)).toBe('没有评价')
  })
})

describe('what may be corrected', () => {
  it('of a line: counted anew, excluded, or noted without a change', () => {
    expect(kindsFor({ rank: 3 })).toEqual(['recompute', 'exclude', 'no-change'])
  })
  it('of an excluded one: brought back, never excluded twice', () => {
    expect(kindsFor({ rank: null })).toEqual(['restore', 'recompute', 'no-change'])
  })
  it('of somebody who is not in the list: only counted anew', () => {
    expect(kindsFor(null)).toEqual(['recompute', 'no-change'])
  })
  it('is listed with rank, time, activities and rating', () => {
    expect(figuresWords({ rank: 3, minutes: 750, activities: 5, rating: 450 })).toBe(
      '第 3 名，12 小时 30 分，5 次，4.50 分',
    )
    expect(figuresWords({ rank: null, minutes: 60, activities: 1, rating: null })).toBe(
      '不参评，1 小时，1 次，没有评价',
    )
    expect(figuresWords({ rank: null, minutes: 0, activities: 0, rating: null })).toBe('没有记录')
  })
})

describe('the way of a year', () => {
  const until = { objectionsUntil: '2026-12-10' }
  it('goes from locking to publishing to the final list, and then no further', () => {
    expect(nextStep({ state: 'open', objectionsUntil: null }, '2026-12-03')).toEqual({
      go: 'lock',
      wait: null,
    })
    expect(nextStep({ state: 'locked', objectionsUntil: null }, '2026-12-03')).toEqual({
      go: 'publish',
      wait: null,
    })
    expect(nextStep({ state: 'frozen', ...until }, '2027-01-01')).toBeNull()
  })
  it('is not final before the day after the last one for objections', () => {
    const published = { state: 'published', ...until } as const
    for (const day of ['2026-12-03', '2026-12-10']) {
      expect(nextStep(published, day)).toEqual({ go: 'freeze', wait: '2026-12-11' })
    }
    expect(nextStep(published, '2026-12-11')).toEqual({ go: 'freeze', wait: null })
  })
  it('says how long objections are heard', () => {
    expect(objectionWords('2026-12-10', '2026-12-03', now)).toBe('意见听到 12月10日，还有 7 天。')
    expect(objectionWords('2026-12-03', '2026-12-03', now)).toBe('今天是听意见的最后一天。')
    expect(objectionWords('2026-12-02', '2026-12-03', now)).toContain('已经结束')
  })
  it('says what nobody confirmed, before the lock as a thing to do, afterwards as what was left out', () => {
    expect(leftOutWords({ state: 'open', unconfirmed: 0 })).toBe('')
    expect(leftOutWords({ state: 'open', unconfirmed: 3 })).toContain('锁定以前先请另一位操作员确认')
    expect(leftOutWords({ state: 'locked', unconfirmed: 3 })).toContain('没有算进来')
  })
})

test('a lock is offered for a day of that year that is not to come', () => {
  expect(lockDay(2026, '2026-12-03')).toBe('2026-12-03')
  expect(lockDay(2025, '2026-12-03')).toBe('2025-12-31')
  fc.assert(
    fc.property(
      fc.integer({ min: 2000, max: 2026 }),
      fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }),
      (year, date) => {
        const today = date.toISOString().slice(0, 10)
        const day = lockDay(year, today)
        expect(day <= today && day.startsWith(String(year))).toBe(true)
      },
    ),
  )
})
