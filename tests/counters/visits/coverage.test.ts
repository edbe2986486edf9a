import { describe, expect, test } from 'vitest'
import { mergeHouseholds } from '../../../electron/counters/people/household-merge.ts'
import { readCoverage } from '../../../electron/counters/visits/coverage.ts'
import { changeVisitRules, readVisitRules } from '../../../electron/counters/visits/rules.ts'
import { changeVisit, voidVisit } from '../../../electron/counters/visits/visits.ts'
import { write } from '../../../electron/database/open.ts'
import { act } from '../../../electron/workbench/act.ts'
import { refusal } from '../enquiries/counter.ts'
import { asSeen } from './knock.ts'
import { addDoor, answerFor, knock, longAgo, moveIn, moveToGrid, openWalks, type Walks } from './walks.ts'

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
