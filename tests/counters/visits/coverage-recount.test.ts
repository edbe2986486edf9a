import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeHouseholds } from '../../../electron/counters/people/household-merge.ts'
import { readHousehold } from '../../../electron/counters/people/households.ts'
import { setAway } from '../../../electron/counters/visits/away.ts'
import type { Asked } from '../../../electron/counters/visits/coverage-hits.ts'
import { listCoverageRows } from '../../../electron/counters/visits/coverage-rows.ts'
import { readCoverage } from '../../../electron/counters/visits/coverage.ts'
import { countVisits } from '../../../electron/counters/visits/today.ts'
import { voidVisit } from '../../../electron/counters/visits/visits.ts'
import { outcomes } from '../../../electron/contract/visit-rounds.ts'
import { value } from '../../../electron/database/open.ts'
import { addDays, localDay } from '../../../electron/workbench/calendar.ts'
import { recount, recountVisitor } from './recount.ts'
import { addDoor, answerFor, knock, longAgo, moveIn, moveToGrid, openWalks, type Walks } from './walks.ts'

type Step =
  | {
      do: 'knock'
      door: number
      back: number
      outcome: (typeof outcomes)[number]
      visitors: number[]
      /** Days until somebody comes again. */
      again: number | null
    }
  | { do: 'old'; door: number; back: number; met: boolean }
  | { do: 'void'; nth: number }
  | { do: 'away'; door: number; kind: 'vacant' | 'moved' | null }
  | { do: 'grid'; door: number; grid: number | null }
  | { do: 'merge'; into: number; from: number }
  | { do: 'wait'; days: number }

const doorCount = 5
const door = fc.nat(doorCount - 1)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('knock' as const),
      door,
      // Mostly of these weeks, so that doors and days meet.
      back: fc.oneof({ weight: 3, arbitrary: fc.nat(9) }, { weight: 1, arbitrary: fc.nat(330) }),
      outcome: fc.constantFrom(...outcomes, 'met' as const, 'met' as const),
      visitors: fc.uniqueArray(fc.nat(1), { minLength: 1, maxLength: 2 }),
      again: fc.option(fc.nat(15), { freq: 2 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('old' as const), door, back: fc.nat(700), met: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('void' as const), nth: fc.nat(20) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('away' as const),
      door,
      kind: fc.constantFrom('vacant' as const, 'moved' as const, null),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('grid' as const), door, grid: fc.option(fc.nat(2)) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('merge' as const), into: door, from: door }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 40 }) }),
  },
)

/** Does what the counter lets one do; what it refuses (nobody in at an empty door) was not done. */
function take(walks: Walks, doors: number[], one: Step): void {
  const now = localDay(walks.clock())
  const standing = (nth: number) => readHousehold(walks.db, doors[nth]!).id
  try {
    if (one.do === 'knock') {
      const visitorIds = one.visitors.map((nth) => walks.visitorIds[nth]!)
      const day = addDays(now, -one.back)
      const followUpDay = one.again === null ? null : addDays(day, one.again)
      knock(walks, doors[one.door]!, day, one.outcome, { visitorIds, followUpDay })
    } else if (one.do === 'old') {
      longAgo(walks, standing(one.door), addDays(now, -one.back), one.met ? 'met' : 'nobody')
    } else if (one.do === 'void') {
      const id = value<number>(
        walks.db,
        'SELECT id FROM visit WHERE voided = 0 ORDER BY id LIMIT 1 OFFSET ?',
        one.nth,
      )
      if (id !== undefined) voidVisit(walks.context(), { id, reason: '录错了' })
    } else if (one.do === 'away') {
      setAway(walks.context(), { householdId: doors[one.door]!, kind: one.kind, reason: '邻居说的' })
    } else if (one.do === 'grid') {
      moveToGrid(walks, standing(one.door), one.grid === null ? null : walks.gridIds[one.grid]!)
    } else if (one.do === 'merge') {
      const reason = '一户两条'
      mergeHouseholds(walks.context('manager'), {
        into: standing(one.into),
        from: standing(one.from),
        reason,
      })
    } else walks.clock.advance(one.days * 86_400)
  } catch (error) {
    if (!['INVALID', 'CONFLICT'].includes((error as { code: string }).code)) throw error
  }
}

/** All rows of a number, page by page. */
function rowsOf(walks: Walks, asked: Partial<Asked> & Pick<Asked, 'what' | 'month'>): number {
  const ids: number[] = []
  for (let after: number | undefined; ; after = ids.at(-1)) {
    const { rows, total } = listCoverageRows(walks.context(), {
      gridId: null,
      visitorId: null,
      after,
      limit: 3,
      ...asked,
    })
    ids.push(...rows.map(({ householdId }) => householdId))
    if (rows.length === 0) {
      expect(ids).toHaveLength(total)
      return total
    }
  }
}

describe('whatever was visited, voided, moved and merged on whatever days', () => {
  const summed = [
    'households',
    'away',
    'monthMet',
    'monthMeetings',
    'monthInVain',
    'monthGoal',
    'covered',
    'reachedByGoal',
  ] as const

  /** The month `back` months before that of a day. */
  const monthBefore = (day: string, back: number): string =>
    new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 - back, 15))
      .toISOString()
      .slice(0, 7)

  /** Everything that the page says of a month is what the rows in the file come to, and has a list as long as it says. */
  function check(walks: Walks, month: string, now: string): void {
    const { all, byGrid, byVisitor, byMonth, keyGroups } = readCoverage(walks.context(), month)
    const countRows = (what: Asked['what'], more: Partial<Asked> = {}) =>
      rowsOf(walks, { what, month, ...more })

    expect(all).toEqual(recount(walks, month, now))
    for (const line of byGrid) expect(line).toMatchObject(recount(walks, month, now, line.gridId))
    for (const { visitorId, ...numbers } of byVisitor) {
      expect(numbers).toMatchObject(recountVisitor(walks, month, now, visitorId))
      expect(countRows('month-met', { visitorId })).toBe(numbers.monthMet)
      expect(countRows('month-meetings', { visitorId })).toBe(numbers.monthMeetings)
      expect(countRows('month-in-vain', { visitorId })).toBe(numbers.monthInVain)
      expect(countRows('covered', { visitorId })).toBe(numbers.yearMet)
    }
    for (const what of summed) {
      expect(byGrid.reduce((sum, numbers) => sum + numbers[what], 0)).toBe(all[what])
    }
    for (const { covered, households } of [all, ...byGrid]) expect(covered).toBeLessThanOrEqual(households)
    expect(byMonth.reduce((sum, { newlyCovered }) => sum + newlyCovered, 0)).toBe(all.covered)
    expect(byMonth.find((line) => line.month === month)!.met).toBe(all.monthMeetings)
    const grids = byGrid.map((line) => ({ ...line, gridId: line.gridId ?? ('none' as const) }))
    for (const { gridId, ...numbers } of [{ ...all, gridId: null }, ...grids]) {
      expect(countRows('month-met', { gridId })).toBe(numbers.monthMet)
      expect(countRows('month-in-vain', { gridId })).toBe(numbers.monthInVain)
      expect(countRows('month-meetings', { gridId })).toBe(numbers.monthMeetings)
      expect(countRows('covered', { gridId })).toBe(numbers.covered)
      expect(countRows('not-covered', { gridId })).toBe(numbers.households - numbers.covered)
      expect(countRows('away', { gridId })).toBe(numbers.away)
    }
    for (const { keyGroup, families, overdue, soon } of keyGroups) {
      expect(countRows('key-families', { keyGroup })).toBe(families)
      expect(countRows('key-overdue', { keyGroup })).toBe(overdue)
      expect(countRows('key-soon', { keyGroup })).toBe(soon)
    }
    // 今日 counts by statements of its own, and its numbers open these lists.
    if (!now.startsWith(month)) return
    expect(countVisits(walks.db, now)).toMatchObject({
      monthMet: all.monthMet,
      monthGoal: all.monthGoal,
      followUp: countRows('follow-up'),
      keyOverdue: countRows('key-overdue'),
    })
  }

  test('the numbers are those of a recount, add up, and each has as many rows', { timeout: 120_000 }, () => {
    fc.assert(
      // Of short histories and quiet months a wrong count would say the same.
      fc.property(
        fc.array(step, { minLength: 12, maxLength: 30, size: 'max' }),
        fc.nat(13),
        (steps, back) => {
          const walks = openWalks()
          answerFor(walks, walks.visitorIds[1]!, walks.gridIds[1]!)
          const doors = Array.from({ length: doorCount }, (_, nth) =>
            addDoor(walks, `${nth + 1}栋101`, [...walks.gridIds.slice(0, 2), null][nth % 3]!),
          )
          moveIn(walks, doors[0]!, '吴奶奶', { keyGroups: ['孤寡老人', '残疾'] })
          for (const one of steps) take(walks, doors, one)
          const now = localDay(walks.clock())
          for (const month of new Set([0, 1, back].map((before) => monthBefore(now, before)))) {
            check(walks, month, now)
          }
        },
      ),
      { numRuns: 20 },
    )
  })
})
