import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { volunteerRules, type VolunteerRules } from '../../electron/contract/volunteer-rules.ts'
import {
  exampleWords,
  pointRuleWords,
  pointsFor,
  ruleProblems,
  standingOf,
} from '../../renderer/counters/settings/volunteers/rules.ts'

const rules: VolunteerRules = {
  starHours: [100, 300, 600, 1000, 1500],
  pointsExpire: 'never',
  flaggedDayHours: 8,
  confirmDays: 10,
  activeHours: 5,
  objectionDays: 7,
  version: 1,
}

describe('the rules of the volunteers', () => {
  it('are sound as the standard has them', () => {
    expect(ruleProblems(rules)).toEqual({ stars: [null, null, null, null, null], counts: [] })
  })

  it('let nobody confirm later than the ten working days of 令67号 Art 11', () => {
    expect(ruleProblems({ ...rules, confirmDays: 11 }).counts).toEqual(['confirmDays'])
    expect(volunteerRules.safeParse({ ...rules, confirmDays: 11 }).success).toBe(false)
  })

  it('want each star above the one before it', () => {
    const { stars } = ruleProblems({ ...rules, starHours: [100, 100, 600, 500, NaN] })
    expect(stars).toEqual([null, 'not-rising', null, 'not-rising', 'count'])
  })

  it('are stopped on the screen exactly where the core would stop them', () => {
    const count = fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 62 }) },
      fc.constantFrom(NaN, 1.5),
    )
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1, max: 100_002 }), { minLength: 5, maxLength: 5 }),
        fc.boolean(),
        fc.record({ flaggedDayHours: count, confirmDays: count, activeHours: count, objectionDays: count }),
        (hours, rising, counts) => {
          const starHours = rising ? hours.toSorted((one, other) => one - other) : hours
          const typed = { ...rules, ...counts, starHours }
          const told = ruleProblems(typed)
          const sound = told.counts.length === 0 && told.stars.every((star) => star === null)
          expect(sound).toBe(volunteerRules.safeParse(typed).success)
        },
      ),
    )
  })
})

describe('a rule of points', () => {
  it('is said as it is reckoned', () => {
    expect(pointRuleWords({ perHour: 1, perAttendance: 0 })).toBe('每小时 1 分')
    expect(pointRuleWords({ perHour: 2, perAttendance: 1 })).toBe('每小时 2 分，另加每次 1 分')
    expect(exampleWords(150, { perHour: 1, perAttendance: 0 })).toBe('2 小时 30 分得 2 分')
  })

  it('rounds down, once, after the minutes are multiplied', () => {
    expect(pointsFor(45, { perHour: 2, perAttendance: 0 })).toBe(1)
    expect(pointsFor(59, { perHour: 1, perAttendance: 3 })).toBe(3)
    fc.assert(
      fc.property(fc.nat(1440), fc.nat(1000), fc.nat(1000), (minutes, perHour, perAttendance) => {
        const points = pointsFor(minutes, { perHour, perAttendance })
        const rest = minutes * perHour - (points - perAttendance) * 60
        expect(rest).toBeGreaterThanOrEqual(0)
        expect(rest).toBeLessThan(60)
      }),
    )
  })

  it('holds from its first to its last day', () => {
    const rule = { fromDay: '2026-03-01', toDay: '2026-11-24' }
    const days = ['2026-02-28', '2026-03-01', '2026-11-24', '2026-11-25']
    expect(days.map((day) => standingOf(rule, day))).toEqual(['coming', 'now', 'now', 'over'])
    expect(standingOf({ ...rule, toDay: null }, '2040-01-01')).toBe('now')
  })
})
