import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dateWithWeekday,
  dayOf,
  dayWords,
  durationWords,
  limitWords,
  momentWords,
  sizeWords,
  timeWords,
} from '../../renderer/components/formats.ts'

/** Monday 2026-11-23, 09:41 in Shanghai. */
const now = new Date('2026-11-23T01:41:00.000Z')

describe('times as they are said at the desk', () => {
  it('says 今天, 昨天, 明天 and the date beyond', () => {
    expect(dayWords('2026-11-23', now)).toBe('今天')
    expect(dayWords('2026-11-22', now)).toBe('昨天')
    expect(dayWords('2026-11-24', now)).toBe('明天')
    expect(dayWords('2026-11-20', now)).toBe('11月20日')
  })

  it('adds the year only when it is another one', () => {
    expect(dayWords('2025-12-31', now)).toBe('2025年12月31日')
    expect(dayWords('1949-10-01', now)).toBe('1949年10月1日')
  })

  it('changes the day at midnight in Shanghai, not in London', () => {
    expect(dayOf('2026-11-22T15:59:59.999Z')).toBe('2026-11-22')
    expect(dayOf('2026-11-22T16:00:00.000Z')).toBe('2026-11-23')
    expect(timeWords('2026-11-22T16:00:00.000Z')).toBe('00:00')
  })

  it('tells the time of today and yesterday, of older days only when asked', () => {
    expect(momentWords('2026-11-23T01:12:00.000Z', now)).toBe('今天 09:12')
    expect(momentWords('2026-11-22T08:40:00.000Z', now)).toBe('昨天 16:40')
    expect(momentWords('2026-11-20T08:40:00.000Z', now)).toBe('11月20日')
    expect(momentWords('2026-11-20T08:40:00.000Z', now, true)).toBe('11月20日 16:40')
  })

  it('shows the date with its weekday', () => {
    expect(dateWithWeekday(now)).toBe('11月23日 星期一')
    expect(dateWithWeekday(new Date('2026-11-28T16:30:00.000Z'))).toBe('11月29日 星期日')
  })

  it('never says 今天 for two different days', () => {
    const someDay = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(
        someDay,
        (moment) => (dayWords(dayOf(moment), now) === '今天') === (dayOf(moment) === dayOf(now)),
      ),
    )
  })
})

describe('limits, durations and sizes', () => {
  it('counts working days in words', () => {
    expect(limitWords(2)).toBe('还剩 2 个工作日')
    expect(limitWords(0)).toBe('今天到期')
    expect(limitWords(-1)).toBe('超期 1 个工作日')
    expect(limitWords(null)).toBe('')
  })

  it('writes minutes as hours and minutes', () => {
    expect(durationWords(150)).toBe('2 小时 30 分')
    expect(durationWords(120)).toBe('2 小时')
    expect(durationWords(45)).toBe('45 分钟')
  })

  it('writes sizes a person can compare', () => {
    expect(sizeWords(0)).toBe('1 KB')
    expect(sizeWords(580 * 1024)).toBe('580 KB')
    expect(sizeWords(12.4 * 1024 * 1024)).toBe('12.4 MB')
    expect(sizeWords(3 * 1024 ** 3)).toBe('3.00 GB')
  })
})
