import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addNeed } from '../../../electron/counters/visits/needs.ts'
import { suggestDoors, type Wanted } from '../../../electron/counters/visits/suggest.ts'
import { countVisits } from '../../../electron/counters/visits/today.ts'
import { voidVisit } from '../../../electron/counters/visits/visits.ts'
import { mergeHouseholds } from '../../../electron/counters/people/household-merge.ts'
import { write } from '../../../electron/database/open.ts'
import { act } from '../../../electron/workbench/act.ts'
import { addDoor, knock, longAgo, moveIn, need, openWalks, plan, today, type Walks } from './walks.ts'

const suggest = (walks: Walks, changed: Partial<Wanted> = {}) =>
  suggestDoors(walks.context(), { gridId: null, limit: 25, ...changed })
const doorsOf = (walks: Walks, changed: Partial<Wanted> = {}) =>
  suggest(walks, changed).doors.map(({ door }) => door)
/** The only door that is suggested, or of several the one with this text. */
const doorOf = (walks: Walks, door = '1栋101') =>
  suggest(walks, { limit: 200 }).doors.find((one) => one.door === door)

describe('the doors to visit next', () => {
  test('are walked by compound, building, unit and number, as numbers are counted', () => {
    const walks = openWalks()
    for (const [door, estate] of [
      ['10栋2单元101', ''],
      ['2栋1102', ''],
      ['2栋302', ''],
      ['10栋1单元1001', ''],
      ['10栋1单元202', ''],
      ['1栋101', '桂花苑'],
      ['2栋302A', ''],
    ] as const) {
      addDoor(walks, door, null, estate)
    }
    expect(doorsOf(walks)).toEqual([
      '2栋302',
      '2栋302A',
      '2栋1102',
      '10栋1单元202',
      '10栋1单元1001',
      '10栋2单元101',
      '桂花苑 1栋101',
    ])
  })

  test('come by urgency: not met this year, what is due, open needs, the longest ago; who was met lately stays out', () => {
    const walks = openWalks()
    const never = addDoor(walks, '9栋901', null)
    const due = addDoor(walks, '8栋801', null)
    const asked = addDoor(walks, '7栋701', null)
    const longest = addDoor(walks, '6栋601', null)
    const long = addDoor(walks, '5栋501', null)
    const lately = addDoor(walks, '4栋401', null)
    longAgo(walks, never, '2025-11-01')
    moveIn(walks, due, '吴奶奶', { keyGroups: ['孤寡老人'] })
    knock(walks, due, '2026-10-01')
    knock(walks, asked, '2026-11-20', 'met', { needs: [need('楼道灯不亮')] })
    knock(walks, longest, '2026-02-01')
    knock(walks, long, '2026-03-01')
    knock(walks, lately, '2026-11-01')
    const inOrder = ['9栋901', '8栋801', '7栋701', '6栋601', '5栋501']
    for (let limit = 1; limit <= inOrder.length; limit += 1) {
      expect(doorsOf(walks, { limit }).toSorted()).toEqual(inOrder.slice(0, limit).toSorted())
    }
    const { doors, total } = suggest(walks)
    expect(total).toBe(5)
    expect(Object.fromEntries(doors.map(({ door, because }) => [door, because]))).toEqual({
      '9栋901': ['never-this-year'],
      '8栋801': ['key-group'],
      '7栋701': ['open-need'],
      '6栋601': ['long-ago'],
      '5栋501': ['long-ago'],
    })
  })

  test('begin with a key group that is due among those not met this year', () => {
    const walks = openWalks()
    addDoor(walks, '1栋101', null)
    const elder = addDoor(walks, '9栋901', null)
    moveIn(walks, elder, '吴奶奶', { keyGroups: ['孤寡老人'] })
    expect(doorsOf(walks, { limit: 1 })).toEqual(['9栋901'])
  })

  test('lie in one building where several are as urgent', () => {
    const walks = openWalks()
    for (const door of ['1栋101', '2栋201', '1栋102', '2栋202', '1栋103']) addDoor(walks, door, null)
    expect(doorsOf(walks, { limit: 3 })).toEqual(['1栋101', '1栋102', '1栋103'])
  })

  test('say who lives there, head of the household first, without those who moved or died', () => {
    const walks = openWalks()
    const door = addDoor(walks, '1栋101', walks.gridIds[0]!, '桂花苑')
    moveIn(walks, door, '张小妹', { relation: '子女', keyGroups: ['困境儿童'] })
    const gone = moveIn(walks, door, '张老三', { relation: '父母', keyGroups: ['孤寡老人'] })
    moveIn(walks, door, '张大山', { keyGroups: ['残疾'] })
    act(walks.context(), { action: 'person.depart', subject: 'person' }, (db) =>
      write(db, "UPDATE person SET departure = 'dead', departure_day = ? WHERE id = ?", today, gone),
    )
    expect(doorOf(walks, '桂花苑 1栋101')).toMatchObject({
      householdId: door,
      grid: '第一网格',
      building: '桂花苑 1栋',
      names: ['张大山', '张小妹'],
      keyGroups: ['困境儿童', '残疾'],
    })
  })

  test('are due by the shortest interval of those who live there, and at once when nobody was ever met', () => {
    const walks = openWalks()
    const door = addDoor(walks, '1栋101', null)
    moveIn(walks, door, '张大山', { keyGroups: ['残疾', '孤寡老人'] })
    expect(doorOf(walks)!.dueDay).toBe(today)
    knock(walks, door, '2026-10-24')
    expect(doorOf(walks)).toMatchObject({ dueDay: '2026-11-23', because: ['key-group'] })
    knock(walks, door, '2026-10-25')
    expect(doorOf(walks)).toBeUndefined()
    walks.clock.set('2026-11-24T01:00:00.000Z')
    expect(doorOf(walks)).toMatchObject({ dueDay: '2026-11-24' })
  })

  test('count knocks in vain since the last meeting, one a day, void ones never', () => {
    const walks = openWalks()
    const door = addDoor(walks, '1栋101', null)
    knock(walks, door, '2026-03-01', 'nobody')
    knock(walks, door, '2026-03-02', 'met', { needs: [need('漏水')] })
    knock(walks, door, '2026-05-01', 'nobody')
    knock(walks, door, '2026-05-01', 'refused')
    knock(walks, door, '2026-05-02', 'nobody')
    const wrong = knock(walks, door, '2026-05-03', 'nobody')
    voidVisit(walks.context(), { id: wrong.id, reason: '门牌看错' })
    expect(doorOf(walks)).toMatchObject({ lastMetDay: '2026-03-02', attempts: 2 })
  })

  test('show needs whose enquiry is open, not those only noted', () => {
    const walks = openWalks()
    const door = addDoor(walks, '1栋101', null)
    const visit = knock(walks, door, '2026-11-20')
    addNeed(walks.context(), { visitId: visit.id, theme: '建议', text: '多办活动', enquiry: null })
    expect(doorOf(walks)).toBeUndefined()
    addNeed(walks.context(), { visitId: visit.id, ...need('楼道灯不亮') })
    expect(doorOf(walks)).toMatchObject({ openNeeds: 1, because: ['open-need'] })
    voidVisit(walks.context(), { id: visit.id, reason: '门牌看错' })
    expect(doorOf(walks)).toMatchObject({ openNeeds: 0, because: ['never-this-year'] })
  })

  test('come again on the day agreed on last, until somebody is met after it was agreed', () => {
    const walks = openWalks()
    const door = addDoor(walks, '1栋101', null)
    knock(walks, door, '2026-11-10', 'met', { followUpDay: '2026-11-20' })
    expect(doorOf(walks)).toMatchObject({ followUpDay: '2026-11-20', because: ['follow-up'] })
    knock(walks, door, '2026-11-20', 'nobody', { followUpDay: '2026-11-25' })
    expect(doorOf(walks)).toBeUndefined()
    walks.clock.set('2026-11-25T01:00:00.000Z')
    expect(doorOf(walks)).toMatchObject({ followUpDay: '2026-11-25', because: ['follow-up'] })
    knock(walks, door, '2026-11-24', 'met')
    expect(doorOf(walks)).toBeUndefined()
  })

  test('are done with a day left for coming again when the family is met later the same day', () => {
    const walks = openWalks()
    const door = addDoor(walks, '1栋101', null)
    knock(walks, door, '2026-11-20', 'nobody', { time: '10:00', followUpDay: '2026-11-21' })
    expect(doorOf(walks)).toMatchObject({ followUpDay: '2026-11-21' })
    expect(countVisits(walks.db, today).followUp).toBe(1)
    const evening = knock(walks, door, '2026-11-20', 'met', { time: '18:30' })
    expect(doorOf(walks)).toBeUndefined()
    expect(countVisits(walks.db, today).followUp).toBe(0)
    voidVisit(walks.context(), { id: evening.id, reason: '门牌看错' })
    expect(countVisits(walks.db, today).followUp).toBe(1)
    // What was agreed on with the family itself is still to be done, however often somebody is met that day.
    knock(walks, door, '2026-11-20', 'met', { followUpDay: '2026-11-22' })
    knock(walks, door, '2026-11-20', 'met')
    expect(doorOf(walks)).toMatchObject({ followUpDay: '2026-11-22' })
    expect(countVisits(walks.db, today).followUp).toBe(1)
  })

  test('leave out the vacant, the moved and the merged', () => {
    const walks = openWalks()
    const [empty, left, twice, kept] = ['1栋101', '1栋102', '1栋103', '1栋104'].map((door) =>
      addDoor(walks, door, null),
    )
    knock(walks, empty!, '2026-11-01', 'vacant', { note: '邻居说空了半年' })
    knock(walks, left!, '2026-11-01', 'moved')
    mergeHouseholds(walks.context('manager'), { into: kept!, from: twice!, reason: '一户两条' })
    expect(suggest(walks)).toMatchObject({ total: 1, doors: [{ door: '1栋104' }] })
    knock(walks, empty!, '2026-11-02', 'met')
    longAgo(walks, left!, '2025-01-01')
    expect(suggest(walks).total).toBe(1)
  })

  test('leave out those that somebody has on paper for today or later, until their row is entered', () => {
    const walks = openWalks()
    const [first, second, third] = ['1栋101', '1栋102', '1栋103'].map((door) => addDoor(walks, door, null))
    const round = plan(walks, [first!, second!], { day: today })
    expect(suggest(walks)).toMatchObject({ total: 1, onRounds: 2, doors: [{ door: '1栋103' }] })
    knock(walks, first!, today, 'nobody', { roundId: round.id })
    expect(suggest(walks)).toMatchObject({ total: 2, onRounds: 1 })
    plan(walks, [third!], { day: '2026-11-30' })
    expect(doorsOf(walks)).toEqual(['1栋101'])
    // A paper of yesterday that nobody brought back keeps no door from being visited.
    walks.clock.set('2026-11-24T01:00:00.000Z')
    expect(doorsOf(walks)).toEqual(['1栋101', '1栋102'])
  })

  test('can be narrowed to a grid, a building, a reason and a key group', () => {
    const walks = openWalks()
    const [one, other] = walks.gridIds
    const elder = addDoor(walks, '1栋101', one!)
    addDoor(walks, '1栋102', one!)
    addDoor(walks, '2栋201', one!)
    addDoor(walks, '2栋201', other!, '桂花苑')
    moveIn(walks, elder, '吴奶奶', { keyGroups: ['孤寡老人'] })
    expect(doorsOf(walks, { gridId: one! })).toEqual(['1栋101', '1栋102', '2栋201'])
    expect(doorsOf(walks, { building: '2栋' })).toEqual(['2栋201'])
    expect(doorsOf(walks, { building: '桂花苑 2栋' })).toEqual(['桂花苑 2栋201'])
    expect(doorsOf(walks, { only: 'key-group' })).toEqual(['1栋101'])
    expect(doorsOf(walks, { only: 'open-need' })).toEqual([])
    expect(doorsOf(walks, { keyGroup: '孤寡老人' })).toEqual(['1栋101'])
    expect(suggest(walks, { gridId: one!, limit: 1 })).toMatchObject({
      total: 3,
      doors: [{ door: '1栋101' }],
    })
  })

  test('of a longer list begin with all of a shorter one', () => {
    const walks = openWalks()
    const doors = Array.from({ length: 12 }, (_, nth) =>
      addDoor(walks, `${(nth % 3) + 1}栋${100 + nth}`, null),
    )
    const days = fc
      .integer({ min: 0, max: 300 })
      .map((back) => new Date(Date.parse(today) - back * 86_400_000))
    fc.assert(
      fc.property(
        fc.array(fc.record({ door: fc.constantFrom(...doors), day: days, met: fc.boolean() }), {
          maxLength: 6,
        }),
        (visits) => {
          for (const { door, day, met } of visits) {
            longAgo(walks, door, day.toISOString().slice(0, 10), met ? 'met' : 'nobody')
          }
          const { total } = suggest(walks)
          for (let limit = 1; limit < total; limit += 1) {
            const longer = new Set(doorsOf(walks, { limit: limit + 1 }))
            const shorter = doorsOf(walks, { limit })
            expect(shorter).toHaveLength(limit)
            expect(shorter.every((door) => longer.has(door))).toBe(true)
          }
        },
      ),
      { numRuns: 12 },
    )
  })
})
