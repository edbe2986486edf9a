import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addWorkingDays,
  addWorkingMinutes,
  ageOn,
  calendarKnownThrough,
  endOfDay,
  isWorkingDay,
  localDay,
  workingDaysBetween,
  workingDaysLeft,
  workingMinutesBetween,
  type WorkHours,
} from '../../electron/workbench/calendar.ts'

describe('the working calendar', () => {
  it('knows the holidays of 2026 and the Saturdays worked for them', () => {
    // 国务院办公厅关于2026年部分节假日安排的通知: 国庆 10月1日至7日, 10月10日上班.
    expect(['2026-10-01', '2026-10-07', '2026-10-11'].map(isWorkingDay)).toEqual([false, false, false])
    expect(['2026-10-08', '2026-10-10', '2026-11-23'].map(isWorkingDay)).toEqual([true, true, true])
  })

  it('counts from the day after acceptance, over a weekend and over 国庆 with its 调休', () => {
    expect(addWorkingDays('2026-11-20', 1)).toBe('2026-11-23')
    expect(addWorkingDays('2026-09-30', 3)).toBe('2026-10-10')
    expect(workingDaysLeft('2026-09-30', '2026-10-10')).toBe(3)
  })

  it('gives every limit back as the days that are left on its first day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: 40 }), (offset, limit) => {
        const day = addDays('2025-01-01', offset)
        const due = addWorkingDays(day, limit)
        expect(isWorkingDay(due)).toBe(true)
        expect(workingDaysLeft(day, due)).toBe(limit)
        expect(workingDaysLeft(addDays(due, 1), due)).toBeLessThan(0)
      }),
    )
  })

  it('takes the day of Shanghai, whatever the machine thinks', () => {
    expect(localDay(new Date('2026-11-22T16:00:00.000Z'))).toBe('2026-11-23')
    expect(localDay(new Date('2026-11-22T15:59:59.999Z'))).toBe('2026-11-22')
  })

  it('makes a person a year older on the birthday, not before', () => {
    expect(ageOn('2008-11-24', '2026-11-23')).toBe(17)
    expect(ageOn('2008-11-23', '2026-11-23')).toBe(18)
  })
})

describe('years that the State Council has not arranged yet', () => {
  it('come after the last one that is known', () => {
    expect(calendarKnownThrough()).toBeGreaterThanOrEqual(2026)
    expect(isWorkingDay(`${calendarKnownThrough()}-10-01`)).toBe(false)
  })

  it('are plain weekdays, holidays included', () => {
    const year = calendarKnownThrough() + 1
    for (const from of [`${year}-01-01`, `${year}-10-01`]) {
      for (let day = from; day < addDays(from, 14); day = addDays(day, 1)) {
        const weekday = new Date(`${day}T00:00:00.000Z`).getUTCDay()
        expect(isWorkingDay(day), day).toBe(weekday >= 1 && weekday <= 5)
      }
    }
  })
})

const hours: WorkHours = [
  { from: '08:30', to: '12:00' },
  { from: '13:30', to: '17:30' },
]
/** A moment in Shanghai: `at('2026-11-23', '09:41')`. */
const at = (day: string, time: string) => new Date(`${day}T${time}:00.000+08:00`)

describe('working time', () => {
  it.each([
    ['within the morning', '2026-11-23', '09:00', 120, '2026-11-23', '11:00'],
    ['over the lunch break', '2026-11-23', '11:00', 120, '2026-11-23', '14:30'],
    ['up to the lunch break, ending when it begins', '2026-11-23', '11:00', 60, '2026-11-23', '12:00'],
    ['overnight', '2026-11-23', '16:30', 120, '2026-11-24', '09:30'],
    ['over a weekend', '2026-11-27', '16:30', 240, '2026-11-30', '11:30'],
    ['from before the opening', '2026-11-23', '07:00', 60, '2026-11-23', '09:30'],
    ['from the lunch break', '2026-11-23', '12:40', 60, '2026-11-23', '14:30'],
    ['from after closing on Friday', '2026-11-27', '20:00', 60, '2026-11-30', '09:30'],
    ['over several days', '2026-11-23', '08:30', 3 * 450, '2026-11-25', '17:30'],
    // 2026: 10月1日至7日放假, 10月10日（周六）上班.
    ['over 国庆', '2026-09-30', '16:30', 120, '2026-10-08', '09:30'],
    ['into the Saturday that is worked for 国庆', '2026-10-09', '16:30', 120, '2026-10-10', '09:30'],
    ['from that Saturday over the one Sunday left', '2026-10-10', '17:00', 60, '2026-10-12', '09:00'],
    // 9月20日（周日）上班, for 国庆 too.
    ['into the Sunday that is worked for 国庆', '2026-09-19', '10:00', 60, '2026-09-20', '09:30'],
    ['of nothing, outside the hours', '2026-11-28', '10:00', 0, '2026-11-30', '08:30'],
  ])('runs %s', (_, day, time, minutes, endDay, endTime) => {
    const end = addWorkingMinutes(at(day, time), minutes, hours)
    expect(end).toEqual(at(endDay, endTime))
    expect(workingMinutesBetween(at(day, time), end, hours)).toBe(minutes)
  })

  it('is none at night, at lunch, at a weekend, or backwards', () => {
    for (const [from, to] of [
      [at('2026-11-23', '17:30'), at('2026-11-24', '08:30')],
      [at('2026-11-23', '12:00'), at('2026-11-23', '13:30')],
      [at('2026-11-27', '18:00'), at('2026-11-30', '08:00')],
      [at('2026-11-24', '10:00'), at('2026-11-23', '10:00')],
      [at('2026-11-23', '10:00'), at('2026-11-23', '09:00')],
    ] as const) {
      expect(workingMinutesBetween(from, to, hours)).toBe(0)
    }
  })

  it('counts whole minutes only', () => {
    const from = new Date('2026-11-23T01:00:30.500Z')
    expect(workingMinutesBetween(from, new Date('2026-11-23T01:02:30.499Z'), hours)).toBe(1)
    expect(workingMinutesBetween(from, new Date('2026-11-23T01:02:30.500Z'), hours)).toBe(2)
  })

  it('never comes at a desk that is never open', () => {
    expect(() => addWorkingMinutes(at('2026-11-23', '09:00'), 1, [])).toThrow(RangeError)
  })

  const moment = fc
    .integer({ min: Date.parse('2025-12-20T00:00:00Z'), max: Date.parse('2026-12-20T00:00:00Z') })
    .map((time) => new Date(time))
  const minutes = fc.integer({ min: 1, max: 20 * 450 })
  const anyHours = fc
    .uniqueArray(fc.integer({ min: 0, max: 24 * 60 - 1 }), { minLength: 2, maxLength: 6 })
    .map((marks) => {
      const times = marks
        .sort((a, b) => a - b)
        .map((mark) => new Date(mark * 60_000).toISOString().slice(11, 16))
      return Array.from({ length: Math.floor(times.length / 2) }, (_, index) => ({
        from: times[2 * index]!,
        to: times[2 * index + 1]!,
      }))
    })

  it('that is added can be measured again, whatever the hours', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 500 }), anyHours, (from, count, open) => {
        expect(workingMinutesBetween(from, addWorkingMinutes(from, count, open), open)).toBe(count)
      }),
      { numRuns: 200 },
    )
  })

  it('ends within the hours of a working day, not before it began', () => {
    fc.assert(
      fc.property(moment, minutes, (from, count) => {
        const end = addWorkingMinutes(from, count, hours)
        expect(end.getTime()).toBeGreaterThan(from.getTime())
        const day = localDay(end)
        expect(isWorkingDay(day)).toBe(true)
        expect(hours.some(({ from: opens, to }) => end > at(day, opens) && end <= at(day, to))).toBe(true)
      }),
    )
  })

  it('ends later when it begins later or is longer', () => {
    fc.assert(
      fc.property(moment, moment, minutes, minutes, (a, b, short, more) => {
        const [earlier, later] = a < b ? [a, b] : [b, a]
        const end = addWorkingMinutes(earlier, short, hours).getTime()
        expect(addWorkingMinutes(later, short, hours).getTime()).toBeGreaterThanOrEqual(end)
        expect(addWorkingMinutes(earlier, short + more, hours).getTime()).toBeGreaterThan(end)
      }),
    )
  })

  it('between two moments is the sum of its parts, to the minute', () => {
    fc.assert(
      fc.property(fc.tuple(moment, moment, moment), (three) => {
        const [a, b, c] = three
          .map((one) => new Date(Math.floor(one.getTime() / 60_000) * 60_000))
          .sort((x, y) => x.getTime() - y.getTime()) as [Date, Date, Date]
        expect(workingMinutesBetween(a, b, hours) + workingMinutesBetween(b, c, hours)).toBe(
          workingMinutesBetween(a, c, hours),
        )
      }),
      { numRuns: 50 },
    )
  })
})

describe('working days', () => {
  it('between two days are those after the first, the last one included', () => {
    expect(workingDaysBetween('2026-11-23', '2026-11-24')).toBe(1)
    expect(workingDaysBetween('2026-11-20', '2026-11-23')).toBe(1)
    expect(workingDaysBetween('2026-09-30', '2026-10-10')).toBe(3)
    expect(workingDaysBetween('2026-11-23', '2026-11-23')).toBe(0)
    expect(workingDaysBetween('2026-11-24', '2026-11-23')).toBe(0)
  })

  it('added to a day lie between it and the day reached', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 60 }), (offset, count) => {
        const day = addDays('2025-01-01', offset)
        expect(workingDaysBetween(day, addWorkingDays(day, count))).toBe(count)
      }),
    )
  })

  it('end with the last millisecond of the day in Shanghai', () => {
    const end = endOfDay('2026-11-23')
    expect(end).toBe('2026-11-23T15:59:59.999Z')
    expect(localDay(new Date(end))).toBe('2026-11-23')
    expect(localDay(new Date(Date.parse(end) + 1))).toBe('2026-11-24')
  })
})
