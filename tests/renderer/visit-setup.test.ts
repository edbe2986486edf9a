import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWalked } from '../../renderer/counters/settings/visits/companies.ts'
import { isOver, postWords, spanWords } from '../../renderer/counters/settings/visits/posts.ts'
import {
  daysSound,
  itemProblem,
  movedUp,
  withDays,
  yearReach,
} from '../../renderer/counters/settings/visits/rules.ts'

const now = new Date('2026-11-23T01:41:00.000Z')

describe('a post in words', () => {
  it('says its kind, its grid and what it is called', () => {
    expect(postWords({ kind: 'area', grid: '第一网格', duty: '网格长' })).toBe('包片 第一网格 · 网格长')
    expect(postWords({ kind: 'households', grid: '第二网格', duty: '' })).toBe('联户 第二网格')
    expect(postWords({ kind: 'line', grid: null, duty: '民政' })).toBe('管线 · 民政')
  })

  it('says from when to when, as far as that is known', () => {
    expect(spanWords({ fromDay: '2026-09-01', toDay: null }, now)).toBe('9月1日起')
    expect(spanWords({ fromDay: '2025-09-01', toDay: '2026-11-23' }, now)).toBe('2025年9月1日至今天')
    expect(spanWords({ fromDay: null, toDay: '2026-12-31' }, now)).toBe('到12月31日')
    expect(spanWords({ fromDay: null, toDay: null }, now)).toBe('')
  })

  it('is over on the day after its last', () => {
    expect(isOver({ toDay: '2026-11-22' }, '2026-11-23')).toBe(true)
    expect(isOver({ toDay: '2026-11-23' }, '2026-11-23')).toBe(false)
    expect(isOver({ toDay: null }, '2026-11-23')).toBe(false)
  })
})

describe('the intervals of the key groups', () => {
  const groups = ['孤寡老人', '困难群体', '道德英模']
  const set = [
    { keyGroup: '孤寡老人', days: 30 },
    { keyGroup: '道德英模', days: 180 },
  ]

  it('stand in the order of the groups, whichever was written last', () => {
    expect(withDays(set, '困难群体', 60, groups).map(({ keyGroup }) => keyGroup)).toEqual(groups)
    expect(withDays(set, '孤寡老人', 7, groups)[0]).toEqual({ keyGroup: '孤寡老人', days: 7 })
  })

  it('leave out a group whose field was emptied', () => {
    expect(withDays(set, '孤寡老人', NaN, groups)).toEqual([set[1]])
    expect(withDays(set, '困难群体', NaN, groups)).toEqual(set)
  })

  it('keep one that is on no list any more, at the end', () => {
    const old = [{ keyGroup: '从前的', days: 9 }, ...set]
    expect(withDays(old, '困难群体', 60, groups).at(-1)).toEqual(old[0])
  })

  it('are whole days, from one to a year', () => {
    expect([0, 1, 366, 367, 1.5, NaN].map(daysSound)).toEqual([false, true, true, false, false, false])
  })
})

describe('the tick list of a patrol', () => {
  it('has each item once, and none empty', () => {
    const items = ['电梯', ' ', '门禁', '电梯 ']
    expect(items.map((_, index) => itemProblem(items, index))).toEqual([
      '',
      '请写查看什么，或去掉这一项',
      '',
      '上面已经有这一项',
    ])
  })

  it('loses nothing and moves one item when one goes up', () => {
    expect(movedUp(['甲', '乙', '丙'], 2)).toEqual(['甲', '丙', '乙'])
    expect(movedUp(['甲', '乙'], 0)).toEqual(['甲', '乙'])
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), fc.nat(), (items, at) => {
        const index = at % items.length
        const moved = movedUp(items, index)
        expect(moved[Math.max(0, index - 1)]).toBe(items[index])
        expect([...moved].sort()).toEqual([...items].sort())
      }),
    )
  })
})

describe('the goal of a month', () => {
  it('reaches twelve times as far in a year: 25 a month are 300 of 400', () => {
    expect(yearReach(25)).toBe(300)
  })
})

describe('a property company', () => {
  it('is walked from its first to its last day', () => {
    const company = { fromDay: '2026-09-01', toDay: '2026-11-23' }
    expect(
      ['2026-08-31', '2026-09-01', '2026-11-23', '2026-11-24'].map((day) => isWalked(company, day)),
    ).toEqual([false, true, true, false])
    expect(isWalked({ ...company, toDay: null }, '2030-01-01')).toBe(true)
  })
})
