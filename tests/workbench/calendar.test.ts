import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addWorkingDays,
  ageOn,
  isWorkingDay,
  localDay,
  workingDaysLeft,
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
