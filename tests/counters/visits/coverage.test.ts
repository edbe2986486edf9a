import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changeHousehold, readHousehold } from '../../../electron/counters/people/households.ts'
import { mergeHouseholds } from '../../../electron/counters/people/household-merge.ts'
import { setAway } from '../../../electron/counters/visits/away.ts'
import { readCoverage } from '../../../electron/counters/visits/coverage.ts'
import { listCoverageRows } from '../../../electron/counters/visits/coverage-rows.ts'
import type { Asked } from '../../../electron/counters/visits/coverage-hits.ts'
import { changeVisitRules, readVisitRules } from '../../../electron/counters/visits/rules.ts'
import { countVisits } from '../../../electron/counters/visits/today.ts'
import { changeVisit, voidVisit } from '../../../electron/counters/visits/visits.ts'
import { outcomes } from '../../../electron/contract/visit-rounds.ts'
import { value, write } from '../../../electron/database/open.ts'
import { act } from '../../../electron/workbench/act.ts'
import { addDays, localDay } from '../../../electron/workbench/calendar.ts'
import { refusal } from '../enquiries/counter.ts'
import { asSeen } from './knock.ts'
import { recount, recountVisitor } from './recount.ts'
import { addDoor, answerFor, knock, longAgo, moveIn, openWalks, type Walks } from './walks.ts'

const november = '2026-11'
const read = (walks: Walks, month = november) => readCoverage(walks.context(), month)

/** Four doors of the first grid. */
function open() {
  const walks = openWalks()
  const doors = ['1栋101', '1栋102', '2栋201', '2栋202'].map((door) =>
    addDoor(walks, door, walks.gridIds[0]!),
  )
  return { walks, doors }
}

function fillGrid(walks: Walks, gridId: number, count: number): void {
  act(walks.context(), { action: 'household.add', subject: 'household' }, (db) => {
    for (let nth = 1; nth <= count; nth += 1) {
      write(
        db,
        "INSERT INTO household (grid_id, building, number, created_at) VALUES (?, ?, ?, '2026-01-01T00:00:00.000Z')",
        gridId,
        String(gridId),
        String(nth),
      )
    }
  })
}

/** Puts a door into another grid, as the household's form does. */
function moveToGrid(walks: Walks, id: number, gridId: number | null): void {
  const { estate, note, version, building, unit, number } = readHousehold(walks.db, id)
  const door = unit ? `${building}栋${unit}单元${number}` : `${building}栋${number}`
  changeHousehold(walks.context(), { id, version, gridId, estate, door, note })
}

describe('the coverage of a month', () => {
  test('counts families, meetings and knocks in vain apart, two visits to a door on a day once', () => {
    const { walks, doors } = open()
    knock(walks, doors[0]!, '2026-11-02')
    knock(walks, doors[0]!, '2026-11-02')
    knock(walks, doors[0]!, '2026-11-09')
    knock(walks, doors[1]!, '2026-11-03', 'nobody')
    knock(walks, doors[1]!, '2026-11-03', 'refused')
    knock(walks, doors[1]!, '2026-11-04', 'nobody')
    knock(walks, doors[2]!, '2026-11-05', 'nobody')
    knock(walks, doors[2]!, '2026-11-05', 'met')
    expect(read(walks).all).toMatchObject({ monthMet: 2, monthMeetings: 3, monthInVain: 2, covered: 2 })
  })

  test('counts nobody, refused, empty and moved as no coverage', () => {
    const { walks, doors } = open()
    for (const [nth, outcome] of (['nobody', 'refused', 'vacant', 'moved'] as const).entries()) {
      knock(walks, doors[nth]!, '2026-11-02', outcome)
    }
    expect(read(walks).all).toMatchObject({ households: 2, away: 2, monthInVain: 4, monthMet: 0, covered: 0 })
  })

  test('has a visit that was entered late on the day on which it happened', () => {
    const { walks, doors } = open()
    knock(walks, doors[0]!, '2026-09-30')
    expect(read(walks).all).toMatchObject({ monthMet: 0, covered: 1 })
    expect(read(walks, '2026-09').all).toMatchObject({ monthMet: 1, covered: 1 })
    expect(read(walks).byMonth[8]).toEqual({ month: '2026-09', newlyCovered: 1, met: 1 })
  })

  test('forgets a visit that is void', () => {
    const { walks, doors } = open()
    const { id } = knock(walks, doors[0]!, '2026-11-02')
    voidVisit(walks.context(), { id, reason: '门牌看错' })
    expect(read(walks).all).toMatchObject({ monthMet: 0, monthMeetings: 0, covered: 0 })
    expect(read(walks).byVisitor[0]).toMatchObject({ monthMet: 0, yearMet: 0 })
  })

  test('holds the month against 25 a visitor and the pace that the whole grid needs', () => {
    const walks = openWalks()
    const [grid] = walks.gridIds
    fillGrid(walks, grid!, 400)
    walks.clock.set('2026-01-20T01:00:00.000Z')
    // One visitor at the usual goal comes to 300 of 400 families in a year; all of them need 34 a month.
    expect(read(walks, '2026-01').byGrid[0]).toMatchObject({
      grid: '第一网格',
      visitors: ['李网格'],
      households: 400,
      monthGoal: 25,
      needed: 34,
      reachedByGoal: 300,
    })
    answerFor(walks, walks.visitorIds[1]!, grid!, '2026-02-01')
    walks.clock.set('2026-02-10T01:00:00.000Z')
    expect(read(walks, '2026-02').byGrid[0]).toMatchObject({ monthGoal: 50, needed: 37, reachedByGoal: 400 })
    // January had one visitor.
    expect(read(walks, '2026-01').byGrid[0]).toMatchObject({ monthGoal: 25, needed: 34 })
    changeVisitRules(walks.context('manager'), { ...readVisitRules(walks.db), monthGoal: 30 })
    expect(read(walks, '2026-02').all).toMatchObject({ monthGoal: 60 })
  })

  test('does not send who has a small grid on into a large one', () => {
    const walks = openWalks()
    answerFor(walks, walks.visitorIds[1]!, walks.gridIds[1]!)
    fillGrid(walks, walks.gridIds[0]!, 400)
    fillGrid(walks, walks.gridIds[1]!, 100)
    const { all, byGrid } = read(walks)
    expect(byGrid.map(({ reachedByGoal }) => reachedByGoal).slice(0, 2)).toEqual([300, 100])
    expect(all).toMatchObject({ households: 500, monthGoal: 50, reachedByGoal: 400 })
  })

  test('keeps the pace of a month steady while families are met in it, and ends it with the last of them', () => {
    const { walks, doors } = open()
    walks.clock.set('2026-12-01T01:00:00.000Z')
    knock(walks, doors[0]!, '2026-11-20')
    expect(read(walks, '2026-12').all.needed).toBe(3)
    knock(walks, doors[1]!, '2026-12-01')
    expect(read(walks, '2026-12').all).toMatchObject({ needed: 3, monthMet: 1 })
    knock(walks, doors[2]!, '2026-12-01')
    knock(walks, doors[3]!, '2026-12-01')
    expect(read(walks, '2026-12').all).toMatchObject({ needed: 0, covered: 4 })
  })

  test('leaves what was done with the grid at the time, and the family with its present grid', () => {
    const { walks, doors } = open()
    const [first, second] = walks.gridIds
    knock(walks, doors[0]!, '2026-11-02')
    moveToGrid(walks, doors[0]!, second!)
    const grids = read(walks).byGrid
    expect(grids.find(({ gridId }) => gridId === first)).toMatchObject({
      monthMet: 1,
      households: 3,
      covered: 0,
    })
    expect(grids.find(({ gridId }) => gridId === second)).toMatchObject({
      monthMet: 0,
      households: 1,
      covered: 1,
    })
    knock(walks, doors[0]!, '2026-11-03')
    // A family is met once in a month, however many grids it went through.
    expect(read(walks).byGrid.reduce((sum, { monthMet }) => sum + monthMet, 0)).toBe(1)
  })

  test('shows doors without a grid in a line of their own, only where there are any', () => {
    const { walks, doors } = open()
    expect(read(walks).byGrid.map(({ gridId }) => gridId)).toEqual(walks.gridIds)
    moveToGrid(walks, doors[3]!, null)
    expect(read(walks).byGrid.at(-1)).toMatchObject({ gridId: null, grid: '', households: 1, monthGoal: 0 })
  })

  test('takes a moved family out with what was covered, leaves the work done, and takes it back when met', () => {
    const { walks, doors } = open()
    knock(walks, doors[0]!, '2026-11-02')
    knock(walks, doors[0]!, '2026-11-09', 'moved')
    expect(read(walks).all).toMatchObject({ households: 3, away: 1, covered: 0, monthMet: 1 })
    knock(walks, doors[0]!, '2026-11-16')
    expect(read(walks).all).toMatchObject({ households: 4, away: 0, covered: 1, monthMet: 1 })
  })

  test('counts a door that was merged away nowhere, its visits at the one it became', () => {
    const { walks, doors } = open()
    knock(walks, doors[0]!, '2026-11-02')
    knock(walks, doors[1]!, '2026-11-02')
    knock(walks, doors[1]!, '2026-11-03')
    mergeHouseholds(walks.context('manager'), { into: doors[0]!, from: doors[1]!, reason: '一户两条' })
    expect(read(walks).all).toMatchObject({ households: 3, covered: 1, monthMet: 1, monthMeetings: 2 })
  })

  test('of a past year counts to its end, by who lived there then', () => {
    const { walks, doors } = open()
    longAgo(walks, doors[0]!, '2025-12-31')
    longAgo(walks, doors[1]!, '2025-03-01')
    knock(walks, doors[0]!, '2026-01-01')
    knock(walks, doors[1]!, '2026-02-01', 'moved')
    expect(read(walks, '2025-12').all).toMatchObject({ households: 4, away: 0, covered: 2, monthMet: 1 })
    expect(read(walks).all).toMatchObject({ households: 3, away: 1, covered: 1 })
  })

  test('takes what is entered in January of December to December, and to its year', () => {
    const { walks, doors } = open()
    walks.clock.set('2027-01-10T01:00:00.000Z')
    knock(walks, doors[0]!, '2026-12-31')
    const january = knock(walks, doors[0]!, '2027-01-01')
    const newer = knock(walks, doors[1]!, '2027-01-05', 'vacant')
    knock(walks, doors[1]!, '2026-12-28', 'vacant')
    knock(walks, doors[2]!, '2026-12-20', 'nobody')
    expect(read(walks, '2026-12').all).toMatchObject({
      households: 3,
      away: 1,
      monthMet: 1,
      covered: 1,
      monthInVain: 2,
    })
    expect(read(walks, '2027-01').all).toMatchObject({
      households: 3,
      monthMet: 1,
      covered: 1,
      monthInVain: 1,
    })
    // Corrected over the year's end it goes along; nobody was met in the new year any more.
    changeVisit(walks.context(), { ...asSeen(january), day: '2026-12-30' })
    expect(read(walks, '2026-12').all).toMatchObject({ monthMet: 1, monthMeetings: 2 })
    expect(read(walks, '2027-01').all).toMatchObject({ monthMet: 0, covered: 0, needed: 1 })
    voidVisit(walks.context(), { id: newer.id, reason: '门牌看错' })
    expect(read(walks, '2027-01').all).toMatchObject({ households: 3, away: 1, monthInVain: 0 })
  })

  test('that has not come is refused', () => {
    const { walks } = open()
    expect(refusal(() => read(walks, '2026-12'))).toEqual({
      code: 'INVALID',
      data: { fields: [{ path: 'month', problem: 'future' }] },
    })
  })
})

describe('the coverage of a visitor', () => {
  test('counts those who helped too; an attempt in vain is none when another met the family that day', () => {
    const { walks, doors } = open()
    const [worker, partner] = walks.visitorIds
    knock(walks, doors[0]!, '2026-11-02', 'met', { visitorIds: [worker!, partner!] })
    knock(walks, doors[1]!, '2026-11-02', 'nobody', { visitorIds: [partner!] })
    knock(walks, doors[1]!, '2026-11-02', 'met', { visitorIds: [worker!] })
    knock(walks, doors[2]!, '2026-11-02', 'nobody', { visitorIds: [partner!] })
    knock(walks, doors[3]!, '2026-03-02', 'met', { visitorIds: [partner!] })
    expect(read(walks).byVisitor).toEqual([
      {
        visitorId: worker,
        name: '李网格',
        kind: 'staff',
        monthMet: 2,
        monthMeetings: 2,
        monthInVain: 0,
        monthGoal: 25,
        yearMet: 2,
      },
      {
        visitorId: partner,
        name: '周社工',
        kind: 'staff',
        monthMet: 1,
        monthMeetings: 1,
        monthInVain: 1,
        monthGoal: 0,
        yearMet: 2,
      },
    ])
  })
})

describe('the key groups', () => {
  test('are due each by its own interval, overdue on the day it is over, soon within thirty days', () => {
    const { walks, doors } = open()
    moveIn(walks, doors[0]!, '吴奶奶', { keyGroups: ['孤寡老人', '残疾'] })
    moveIn(walks, doors[1]!, '张大山', { keyGroups: ['残疾'] })
    moveIn(walks, doors[2]!, '王英雄', { keyGroups: ['道德英模'] })
    knock(walks, doors[0]!, '2026-10-24')
    knock(walks, doors[2]!, '2026-11-01')
    const of = (group: string) => read(walks).keyGroups.find(({ keyGroup }) => keyGroup === group)
    expect(of('孤寡老人')).toEqual({ keyGroup: '孤寡老人', days: 30, families: 1, overdue: 1, soon: 0 })
    // One was met and is due on 2026-12-23, in thirty days; one never was.
    expect(of('残疾')).toEqual({ keyGroup: '残疾', days: 60, families: 2, overdue: 1, soon: 1 })
    expect(of('道德英模')).toEqual({ keyGroup: '道德英模', days: 180, families: 1, overdue: 0, soon: 0 })
    knock(walks, doors[1]!, '2026-11-20', 'moved')
    expect(of('残疾')).toMatchObject({ families: 1, overdue: 0, soon: 1 })
  })
})

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
    const { all, byGrid, byVisitor, byMonth, keyGroups } = read(walks, month)
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
