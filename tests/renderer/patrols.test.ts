import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Patrol } from '../../electron/contract/patrols.ts'
import {
  cellOrder,
  cellWords,
  draftOf,
  emptyPatrol,
  firstDue,
  inputOf,
  problemsIn,
  rebase,
  restFine,
  settle,
  type PatrolDraft,
  type Tick,
} from '../../renderer/counters/visits/patrols/patrol.ts'

const items = ['消防通道', '电梯', '垃圾分类']
const empty = emptyPatrol(items, null)
const ticked = (...ticks: [fine: boolean | null, finding: string][]): PatrolDraft => ({
  ...empty,
  ticks: ticks.map(([fine, finding], at) => ({ item: items[at]!, fine, finding })),
})
const nameOf = (id: number | null) => (id === null ? '（没写）' : `走访人${id}`)

test('a list is whole when each item is right or has its finding in words', () => {
  expect(problemsIn(empty)).toEqual({
    消防通道: '还没有看',
    电梯: '还没有看',
    垃圾分类: '还没有看',
  })
  expect(problemsIn(ticked([true, ''], [false, ' '], [false, '没分开']))).toEqual({
    电梯: '请写明看到什么问题',
  })
})

test('the rest is right with one key, what was found stays', () => {
  expect(restFine(ticked([null, ''], [false, '异响'], [null, '']))).toEqual(
    ticked([true, ''], [false, '异响'], [true, '']).ticks,
  )
})

test('a finding that was taken back is not handed in', () => {
  const input = inputOf(4, '2026-11-20', ticked([true, '堆了杂物'], [false, '异响'], [true, '']))
  expect(input).toMatchObject({ companyId: 4, day: '2026-11-20', version: null, fileIds: [] })
  expect(input.ticks).toEqual([
    { item: '消防通道', fine: true, finding: '' },
    { item: '电梯', fine: false, finding: '异响' },
    { item: '垃圾分类', fine: true, finding: '' },
  ])
})

test('a saved day keeps the tick list of its day', () => {
  const patrol: Patrol = {
    id: 1,
    companyId: 4,
    company: '和谐物业',
    day: '2026-11-20',
    visitor: { id: 2, name: '走访人2' },
    ticks: [{ id: 9, item: '门禁', fine: true, finding: '', enquiry: null }],
    note: '已告知',
    files: [],
    operator: '演示前台',
    enteredAt: '2026-11-23T01:00:00.000Z',
    late: true,
    version: 3,
  }
  expect(draftOf(patrol)).toEqual({
    version: 3,
    visitorId: 2,
    ticks: [{ item: '门禁', fine: true, finding: '' }],
    note: '已告知',
    files: [],
  })
})

describe('another screen saved the day first', () => {
  const theirs: PatrolDraft = {
    ...ticked([true, ''], [false, '异响'], [true, '']),
    version: 1,
    visitorId: 2,
    note: '雨天',
  }
  it('and what I had not looked at is theirs, on their version', () => {
    const { draft, clashes } = rebase(empty, ticked([true, ''], [null, ''], [null, '']), theirs, nameOf)
    expect(clashes).toEqual([])
    expect(draft).toEqual(theirs)
  })
  it('and what both wrote differently is asked about', () => {
    const mine = { ...ticked([true, ''], [true, ''], [null, '']), note: '晴天', visitorId: 3 }
    const rebased = rebase(empty, mine, theirs, nameOf)
    expect(rebased.clashes.map(({ label, theirs, mine }) => [label, theirs, mine])).toEqual([
      ['电梯', '有问题：异响', '正常'],
      ['备注', '雨天', '晴天'],
      ['谁去的', '走访人2', '走访人3'],
    ])
    const all = (choice: 'mine' | 'theirs') => ({
      ...rebased,
      clashes: rebased.clashes.map((clash) => ({ ...clash, choice })),
    })
    expect(settle(all('theirs'), theirs)).toEqual(theirs)
    expect(settle(all('mine'), theirs)).toMatchObject({ version: 1, note: '晴天', visitorId: 3 })
    expect(settle(all('mine'), theirs).ticks[1]).toMatchObject({ fine: true })
  })
  it('and the photos of both stay', () => {
    const photo = (id: number) => ({
      id,
      name: '照片',
      kind: 'image' as const,
      bytes: 1,
      width: 1,
      height: 1,
    })
    const { draft } = rebase(
      empty,
      { ...empty, files: [photo(1), photo(2)] },
      { ...theirs, files: [photo(2), photo(3)] },
      nameOf,
    )
    expect(draft.files.map(({ id }) => id)).toEqual([2, 3, 1])
  })
  it('and no line that I wrote is lost: it stands in the list or is asked about', () => {
    const tick = fc.constantFrom<[boolean | null, string]>(
      [null, ''],
      [true, ''],
      [false, '异响'],
      [false, '积水'],
    )
    const list = fc.tuple(tick, tick, tick)
    const words = ({ fine, finding }: Tick) => `${fine} ${finding}`
    fc.assert(
      fc.property(list, list, list, (old, my, their) => {
        const [base, mine, saved] = [ticked(...old), ticked(...my), ticked(...their)]
        const { draft, clashes } = rebase(base, mine, saved, nameOf)
        for (const [at, { item }] of draft.ticks.entries()) {
          const [before, own, other] = [base.ticks[at]!, mine.ticks[at]!, saved.ticks[at]!].map(words)
          expect(words(draft.ticks[at]!)).toBe(own === before ? other : own)
          expect(clashes.some(({ label }) => label === item)).toBe(
            own !== before && other !== before && own !== other,
          )
        }
      }),
    )
  })
})

test('the page begins with the first company that is due today', () => {
  const month = {
    month: '2026-11',
    days: ['2026-11-23', '2026-11-24'].map((day) => ({ day, working: true })),
    rows: [
      { companyId: 1, company: '甲', cells: ['missed' as const, 'done' as const], missed: 1, findings: 0 },
      { companyId: 2, company: '乙', cells: ['done' as const, 'today' as const], missed: 0, findings: 0 },
    ],
  }
  expect(firstDue(month, '2026-11-24')).toEqual({ companyId: 2, day: '2026-11-24' })
  expect(firstDue(month, '2026-11-23')).toBeNull()
  expect(firstDue(month, '2026-12-01')).toBeNull()
})

test('a day is told by sign and word, not by its colour alone', () => {
  const signs = cellOrder.map((cell) => cellWords[cell].sign)
  expect(new Set(signs).size).toBe(4)
  expect(signs.every(Boolean)).toBe(true)
})
