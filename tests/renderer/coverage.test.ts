import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { monthAfter, readMonth } from '../../renderer/components/months.ts'
import { placeToward } from '../../renderer/components/walk.ts'
import {
  goalWords,
  paceOf,
  percentOf,
  titleOf,
  yearGone,
  type Numbers,
} from '../../renderer/counters/visits/coverage/coverage.ts'
import {
  countDoors,
  doorWords,
  floorOf,
  floorsOf,
  standingOf,
  standings,
  type Door,
} from '../../renderer/counters/visits/coverage/doors.ts'

const numbers = (facts: Partial<Numbers>): Numbers => ({
  households: 400,
  away: 0,
  monthMet: 0,
  monthMeetings: 0,
  monthInVain: 0,
  monthGoal: 25,
  covered: 0,
  needed: 34,
  reachedByGoal: 300,
  ...facts,
})
const today = '2026-11-24'

describe('the pace', () => {
  it('says that 25 a month covers 300 of 400, and what full coverage needs', () => {
    expect(paceOf(numbers({}), '2026-01', '2026-01-15')).toEqual({
      tone: 'bad',
      words: '按每月25户，全年只能访到300户（75%）；要访遍，本月起每月要见34户。',
    })
  })
  it('counts from the month that is looked at', () => {
    expect(paceOf(numbers({ covered: 100, needed: 60 }), '2026-08', today).words).toContain(
      '从8月起每月要见60户',
    )
  })
  it('names what was left behind where the goal itself would do', () => {
    const enough = { households: 200, reachedByGoal: 200 }
    expect(paceOf(numbers({ ...enough, covered: 100, needed: 50 }), '2026-11', today)).toMatchObject({
      tone: 'warn',
      words: expect.stringContaining('前面落下了') as string,
    })
    expect(paceOf(numbers({ ...enough, covered: 180, needed: 10 }), '2026-11', today)).toMatchObject({
      tone: 'ok',
      words: '按每月25户，全年访得遍；还有20户没见过。',
    })
  })
  it('promises nothing where nobody answers for a grid', () => {
    const words = paceOf(numbers({ monthGoal: 0, reachedByGoal: 0 }), '2026-11', today).words
    expect(words).toBe('还没有人包片，没有每月目标；要访遍，本月起每月要见34户。')
  })
  it('is done when everybody was met, and over with its year', () => {
    expect(paceOf(numbers({ covered: 400, needed: 0 }), '2026-11', today)).toMatchObject({ tone: 'ok' })
    expect(paceOf(numbers({ covered: 390 }), '2025-12', today).words).toBe('2025年有10户没有见过面。')
    expect(paceOf(numbers({ households: 0 }), '2026-11', today).words).toContain('还没有')
  })
})

test('a share is a hundred only when none is missing, and nought only when there is none', () => {
  fc.assert(
    fc.property(fc.nat({ max: 9000 }), fc.integer({ min: 1, max: 9000 }), (part, whole) => {
      const share = percentOf(part, whole)
      expect(share === 100).toBe(part >= whole)
      expect(share === 0).toBe(part === 0)
      expect(Math.abs(share - Math.min(100, (100 * part) / whole))).toBeLessThanOrEqual(1)
    }),
  )
  expect(percentOf(0, 0)).toBe(0)
})

test('the month says how many are still wanting', () => {
  expect(goalWords({ monthMet: 18, monthGoal: 25 })).toBe('还差 7 户')
  expect(goalWords({ monthMet: 25, monthGoal: 25 })).toBe('达到目标')
  expect(goalWords({ monthMet: 3, monthGoal: 0 })).toBe('')
})

test('in March a quarter of the year ought to be covered, whichever month is looked at', () => {
  expect(yearGone('2026-03', '2026-03-09')).toBe(0.25)
  expect(yearGone('2026-01', '2026-03-09')).toBe(0.25)
  expect(yearGone('2026-12', '2026-12-31')).toBe(1)
  expect(yearGone('2025-02', '2026-03-09')).toBe(1)
})

test('what stands behind a number says of whom and when', () => {
  const behind = { month: '2026-11', gridId: 1, visitorId: null, name: '第一网格' }
  expect(titleOf({ ...behind, what: 'month-met' })).toBe('第一网格 · 11月 · 见到的户')
  expect(titleOf({ ...behind, name: '', what: 'key-overdue', keyGroup: '孤寡老人' })).toBe(
    '孤寡老人 · 到期没去的重点户',
  )
})

const door = (number: string, facts: Partial<Door> = {}): Door => ({
  householdId: Number(number) || 1,
  number,
  lastMetDay: null,
  away: null,
  keyGroup: false,
  overdue: false,
  ...facts,
})

describe('a door', () => {
  it.each([
    ['2026-11-01', 'month'],
    ['2026-10-31', 'year'],
    ['2026-01-01', 'year'],
    ['2025-12-31', 'older'],
    [null, 'never'],
  ] as const)('met on %s stands as %s', (lastMetDay, standing) => {
    expect(standingOf({ lastMetDay, away: null }, today)).toBe(standing)
  })
  it('that is empty is neither met nor missed', () => {
    expect(standingOf({ lastMetDay: '2026-11-01', away: 'vacant' }, today)).toBe('vacant')
  })
  it('has a sign of its own for every standing, so that it is read without colour', () => {
    const signs = Object.values(standings).map(({ sign }) => sign)
    expect(new Set(signs).size).toBe(signs.length)
    expect(signs.every(Boolean)).toBe(true)
  })
  it('is said in words', () => {
    const now = new Date('2026-11-24T02:00:00Z')
    expect(
      doorWords('2', door('501', { lastMetDay: '2026-11-23', keyGroup: true, overdue: true }), now),
    ).toBe('2单元501，昨天见过，重点人群，到期该去了')
    expect(doorWords('', door('1104', { away: 'moved', overdue: true }), now)).toBe('1104，搬离')
  })
})

test('floors are told by the number, the highest on top', () => {
  expect(['501', '1104', '12', 'A3', '0201'].map(floorOf)).toEqual([5, 11, 0, 0, 2])
  expect(
    floorsOf(['101', '102', '1101', '201', 'A1'].map((number) => door(number))).map(({ floor }) => floor),
  ).toEqual([11, 2, 1, 0])
})

test('a house counts its doors without the empty ones', () => {
  const doors = [
    door('101', { lastMetDay: '2026-02-01' }),
    door('102', { lastMetDay: '2025-02-01' }),
    door('103', { lastMetDay: '2026-02-01', away: 'vacant' }),
  ]
  const building = { estate: '', building: '3', units: [{ unit: '1', doors }] }
  expect(countDoors(building, today)).toEqual({ seen: 1, all: 2 })
})

describe('an arrow on a board', () => {
  // Three columns, two rows, and a house aside that stands lower.
  const places = [
    { x: 0, y: 0 },
    { x: 60, y: 0 },
    { x: 120, y: 0 },
    { x: 0, y: 30 },
    { x: 60, y: 30 },
    { x: 120, y: 30 },
    { x: 300, y: 31 },
  ]
  it.each([
    ['ArrowRight', 0, 1],
    ['ArrowDown', 1, 4],
    ['ArrowUp', 5, 2],
    ['ArrowLeft', 4, 3],
    ['ArrowRight', 5, 6],
    ['ArrowLeft', 0, null],
    ['ArrowUp', 1, null],
    ['Enter', 1, null],
  ] as const)('%s from %i leads to %o', (key, from, to) => {
    expect(placeToward(key, places, from)).toBe(to)
  })
  it('never stays where it is, and goes the way it points', () => {
    const grid = fc.uniqueArray(fc.record({ x: fc.nat({ max: 40 }), y: fc.nat({ max: 40 }) }), {
      minLength: 2,
      maxLength: 30,
      selector: ({ x, y }) => `${x} ${y}`,
    })
    fc.assert(
      fc.property(grid, (cells) => {
        const spread = cells.map(({ x, y }) => ({ x: 40 * x, y: 30 * y }))
        const to = placeToward('ArrowRight', spread, 0)
        const ahead = spread.some(({ x }) => x > spread[0]!.x)
        expect(to !== null).toBe(ahead)
        if (to !== null) expect(spread[to]!.x).toBeGreaterThan(spread[0]!.x)
      }),
    )
  })
})

test('months follow one another over the year, and a wrong one in the address is this one', () => {
  expect([monthAfter('2026-12', 1), monthAfter('2026-01', -1), monthAfter('2026-05', 0)]).toEqual([
    '2027-01',
    '2025-12',
    '2026-05',
  ])
  expect(readMonth('2026-13', '2026-11')).toBe('2026-11')
  expect(readMonth(['2026-10'], '2026-11')).toBe('2026-11')
  expect(readMonth('2026-10', '2026-11')).toBe('2026-10')
})
