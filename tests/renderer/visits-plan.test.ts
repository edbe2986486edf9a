import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { postKinds, visitorKinds, type Visitor } from '../../electron/contract/visit-posts.ts'
import { photoMarks, themes } from '../../electron/contract/visit-records.ts'
import { becauses, outcomes, type DoorToVisit } from '../../electron/contract/visit-rounds.ts'
import {
  asked,
  byBuilding,
  emptyPlan,
  reasonWords,
  taken,
  toggled,
} from '../../renderer/counters/visits/plan.ts'
import { dayOfEntry } from '../../renderer/counters/visits/rounds.ts'
import { gridOf, visitorOf } from '../../renderer/counters/visits/visitors.ts'
import {
  attemptWords,
  becauseFilters,
  becauseOrder,
  becauseWords,
  dueWords,
  lastMetWords,
  outcomeOrder,
  outcomeWords,
  photoMarkWords,
  postKindWords,
  themeOrder,
  visitorKindWords,
  whoLives,
} from '../../renderer/counters/visits/words.ts'

const now = new Date('2026-11-23T10:00:00.000+08:00')

const door = (householdId: number, building: string): DoorToVisit => ({
  householdId,
  door: `${building}1单元${householdId}`,
  grid: '第一网格',
  building,
  names: [],
  keyGroups: [],
  because: ['never-this-year'],
  lastMetDay: null,
  attempts: 0,
  openNeeds: 0,
  dueDay: null,
  followUpDay: null,
})
const doors = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom('1栋', '2栋', '10栋')), {
    selector: ([id]) => id,
  })
  .map((list) => list.map(([id, building]) => door(id, building)))

type Post = Visitor['posts'][number]
const post = (kind: Post['kind'], gridId: number | null, more: Partial<Post> = {}): Post => ({
  ...{ id: 1, visitorId: 1, kind, gridId, grid: null, duty: '', fromDay: '2026-01-01', toDay: null },
  ...more,
})
const visitor = (posts: Post[], more: Partial<Visitor> = {}): Visitor => ({
  ...{ id: 1, name: '彭秀', kind: 'staff', phone: '', operatorId: 7, active: true, posts, version: 1 },
  ...more,
})

describe('the words of the visits', () => {
  test('keep to the order of the contract, with a word for each', () => {
    expect(outcomeOrder).toEqual(outcomes)
    expect(becauseOrder).toEqual(becauses)
    expect(themeOrder).toEqual(themes)
    expect(outcomeOrder.map((one) => outcomeWords[one])).toEqual(['见面', '无人', '拒访', '空置', '搬离'])
    for (const because of becauses) expect([becauseWords[because], becauseFilters[because]]).not.toContain('')
    for (const kind of visitorKinds) expect(visitorKindWords[kind]).toBeTruthy()
    expect(postKinds.map((kind) => postKindWords[kind])).toEqual(['管线', '包片', '联户'])
    for (const mark of photoMarks) expect(photoMarkWords[mark]).toBeTruthy()
  })

  test.each([
    [null, ''],
    ['2026-11-11', '超期 12 天'],
    ['2026-11-23', '今天到期'],
    ['2026-11-24', '明天到期'],
    ['2026-12-03', '12月3日到期'],
  ])('a key group due on %s stands as “%s”', (day, words) => {
    expect(dueWords(day, now)).toBe(words)
  })

  test('tell when a family was met last and how often one came in vain', () => {
    expect(lastMetWords(null, now)).toBe('还没有见过')
    expect(lastMetWords('2026-10-21', now)).toBe('10月21日见过')
    expect(lastMetWords('2025-10-21', now)).toBe('2025年10月21日见过')
    expect(attemptWords(0)).toBe('')
    expect(attemptWords(2)).toBe('跑空 2 次')
  })

  test('name two who live there and count the others', () => {
    expect(whoLives({ names: [] })).toBe('还没有登记人')
    expect(whoLives({ names: ['张建国', '李梅'] })).toBe('张建国、李梅')
    expect(whoLives({ names: ['张建国', '李梅', '张强'] })).toBe('张建国、李梅 等 3 人')
  })

  test('say of a reason what the clerk wants to know next', () => {
    const due = { dueDay: '2026-11-11', followUpDay: '2026-11-22', openNeeds: 2, lastMetDay: '2026-09-01' }
    expect(reasonWords('key-group', due, now)).toBe('重点 超期 12 天')
    // Never met: there is no interval that could be over.
    expect(reasonWords('key-group', { ...due, lastMetDay: null }, now)).toBe('重点到期')
    expect(reasonWords('follow-up', due, now)).toBe('约好昨天再来')
    expect(reasonWords('open-need', due, now)).toBe('诉求未结 2')
    expect(reasonWords('long-ago', due, now)).toBe('久未见面')
  })
})

describe('a plan', () => {
  test('asks only for what was chosen, and for a building only within a grid', () => {
    expect(asked(emptyPlan())).toEqual({ gridId: null, limit: 25 })
    expect(asked({ ...emptyPlan(), building: '3栋' })).toEqual({ gridId: null, limit: 25 })
    const chosen = {
      ...emptyPlan(),
      gridId: 2,
      building: '3栋',
      only: 'key-group',
      keyGroup: '残疾',
    } as const
    expect(asked(chosen)).toEqual({
      ...{ gridId: 2, limit: 25, building: '3栋', only: 'key-group', keyGroup: '残疾' },
    })
  })

  test('walks each building once and loses no door', () => {
    fc.assert(
      fc.property(doors, (list) => {
        const legs = byBuilding(list)
        expect(new Set(legs.map(({ building }) => building)).size).toBe(legs.length)
        const walked = legs.flatMap((leg) => leg.doors)
        expect(walked).toHaveLength(list.length)
        expect(new Set(walked)).toEqual(new Set(list))
      }),
    )
  })

  test('takes exactly the doors that were not left', () => {
    fc.assert(
      fc.property(doors, fc.array(fc.integer({ min: 1, max: 60 })), (list, left) => {
        const ids = taken(list, left).map(({ householdId }) => householdId)
        expect(ids.every((id) => !left.includes(id))).toBe(true)
        expect(ids.length + list.filter(({ householdId }) => left.includes(householdId)).length).toBe(
          list.length,
        )
      }),
    )
  })

  test('leaves a whole building while any door of it goes, and takes it back when none does', () => {
    expect(toggled([], [4, 5])).toEqual([4, 5])
    expect(toggled([4, 9], [4, 5])).toEqual([4, 9, 5])
    expect(toggled([4, 9, 5], [4, 5])).toEqual([9])
  })

  test('begins in the grid that the visitor answers for today', () => {
    const day = '2026-11-23'
    expect(gridOf(visitor([post('line', null), post('households', 3), post('area', 2)]), day)).toBe(2)
    expect(gridOf(visitor([post('households', 3)]), day)).toBe(3)
    expect(gridOf(visitor([post('area', 2, { toDay: '2026-11-22' })]), day)).toBeNull()
    expect(gridOf(visitor([post('area', 2, { toDay: day, fromDay: null })]), day)).toBe(2)
    expect(gridOf(visitor([post('area', 2, { fromDay: '2026-11-24' })]), day)).toBeNull()
    expect(gridOf(undefined, day)).toBeNull()
  })

  test('knows the operator who goes out, not one who has stopped', () => {
    const known = [visitor([], { operatorId: null }), visitor([], { id: 2 })]
    expect(visitorOf(known, 7)?.id).toBe(2)
    expect(visitorOf([visitor([], { active: false })], 7)).toBeUndefined()
    expect(visitorOf(known, undefined)).toBeUndefined()
  })
})

test('a round entered early is of today, one entered late keeps its day', () => {
  expect(dayOfEntry({ day: '2026-11-24' }, '2026-11-23')).toBe('2026-11-23')
  expect(dayOfEntry({ day: '2026-11-20' }, '2026-11-23')).toBe('2026-11-20')
})
