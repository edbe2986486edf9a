import { ORPCError } from '@orpc/client'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PointEntry } from '../../electron/contract/volunteer-points.ts'
import {
  costOf,
  giftAtKey,
  lackWords,
  mostOf,
  redemptionWords,
  refusalWords,
  reversedIn,
  shortWords,
  writtenOffWords,
} from '../../renderer/counters/volunteers/points/redeeming.ts'
import {
  countDifference,
  lastExpiringYear,
  stockProblems,
} from '../../renderer/counters/volunteers/points/stock.ts'
import { sentenceFor } from '../../renderer/shell/sentences.ts'

const rice = { id: 1, name: '大米', points: 20 }
const conflict = (because: string, current?: unknown) =>
  new ORPCError('CONFLICT', { status: 409, data: { because, current } })

describe('how many of a gift can be had', () => {
  it('never costs more than the points nor empties more than the shelf', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: -5, max: 500 }),
        fc.nat(100_000),
        (price, stock, points) => {
          const most = mostOf({ points: price, stock }, points)
          expect(most).toBeGreaterThanOrEqual(0)
          expect(most).toBeLessThanOrEqual(Math.max(0, stock))
          expect(costOf({ gift: { ...rice, points: price }, amount: most })).toBeLessThanOrEqual(points)
          // One more would be too many of the one or the other, or more than a sheet takes.
          expect((most + 1) * price > points || most + 1 > stock || most === 1000).toBe(true)
          expect(lackWords({ points: price, stock }, points) === '').toBe(most > 0)
        },
      ),
    )
  })

  it('is said on the card', () => {
    expect(lackWords({ points: 20, stock: 3 }, 14)).toBe('还差 6 分')
    expect(lackWords({ points: 20, stock: 0 }, 14)).toBe('已经领完')
    expect(lackWords({ points: 20, stock: 1 }, 20)).toBe('')
  })

  it('is chosen by the digit of its card', () => {
    const gifts = ['大米', '食用油']
    expect(giftAtKey('2', gifts)).toBe('食用油')
    expect(giftAtKey('3', gifts)).toBeNull()
    expect(giftAtKey('0', gifts)).toBeNull()
    expect(giftAtKey('Enter', gifts)).toBeNull()
  })
})

describe('a redemption that another screen forestalled', () => {
  const wanted = { gift: rice, amount: 2 }

  it('tells the points that are left, and that nothing was booked', () => {
    const words = refusalWords(conflict('balance', { points: 15 }), wanted)
    expect(words).toContain('现在只有 15 分')
    expect(words).toContain('这次要 40 分')
    expect(words).toContain('没有兑换，积分和库存都没有动')
  })

  it('tells what is left on the shelf, and that nothing was booked', () => {
    const some = refusalWords(conflict('stock', { stock: 1 }), wanted)
    expect(some).toContain('现在只剩 1 份')
    expect(some).toContain('没有兑换，积分和库存都没有动')
    expect(refusalWords(conflict('stock', { stock: 0 }), wanted)).toContain('请换一样')
  })

  it('tells the new price before anything is taken for it', () => {
    const words = refusalWords(conflict('changed', { points: 25 }), wanted)
    expect(words).toContain('每份 25 分')
    expect(words).toContain('没有兑换')
  })

  it('is told before the press, as soon as the screen knows', () => {
    const gift = { ...rice, stock: 3 }
    expect(shortWords(gift, 2, 40)).toBe('')
    expect(shortWords(gift, 2, 39)).toContain('现在只有 39 分，这次要 40 分')
    expect(shortWords({ ...gift, stock: 1 }, 2, 40)).toContain('现在还有 1 份')
    expect(shortWords(gift, 2, 0)).toContain('没有兑换')
  })

  it('is said in the common words for anything else', () => {
    const error = new ORPCError('FORBIDDEN', { status: 403 })
    expect(refusalWords(error, wanted)).toBe(sentenceFor(error))
    for (const because of ['balance', 'stock']) {
      expect(sentenceFor(conflict(because))).toContain('没有兑换')
    }
  })
})

describe('a row of the statement', () => {
  const row = (change: Partial<PointEntry>): PointEntry => ({
    id: 1,
    at: '2026-11-24T01:41:00.000Z',
    day: '2026-11-24',
    cause: 'redemption',
    points: -20,
    balance: 14,
    writtenOff: 0,
    title: 'DH-2026-000007 大米 × 1',
    recordId: null,
    redemptionId: 7,
    operator: '前台',
    ...change,
  })

  it('is crossed out when a later one took it back', () => {
    const rows = [row({ id: 2, cause: 'redemption-reversal', points: 20 }), row({}), row({ redemptionId: 8 })]
    expect([...reversedIn(rows)]).toEqual([7])
    expect(reversedIn([row({ cause: 'service', redemptionId: null })]).size).toBe(0)
  })

  it('says what was spent already, and what a redemption taken back settles', () => {
    expect(writtenOffWords({ writtenOff: 3 })).toContain('3 分已经用掉')
    expect(writtenOffWords({ writtenOff: -3 })).toContain('抵掉欠分 3 分')
    expect(writtenOffWords({ writtenOff: 0 })).toBe('')
  })

  it('names the gift, how many and for how much', () => {
    expect(redemptionWords({ gift: '大米', amount: 2, points: 40 })).toBe('大米 × 2 · 40 分')
    expect(redemptionWords({ gift: '大米', amount: 1, points: 20 })).toBe('大米 · 20 分')
  })
})

describe('the stock', () => {
  it('is corrected by what was counted, with a reason', () => {
    const counted = { cause: 'correction' as const, amount: 10, reason: '破损两份' }
    expect(countDifference(12, 10)).toBe(-2)
    expect(stockProblems(counted, 12)).toEqual({})
    expect(stockProblems({ ...counted, reason: ' ' }, 12)).toHaveProperty('reason')
    expect(stockProblems(counted, 10)).toHaveProperty('amount')
    expect(stockProblems({ ...counted, amount: 0 }, 12)).toEqual({})
    expect(stockProblems({ ...counted, amount: NaN }, 12)).toHaveProperty('amount')
  })

  it('grows by whole deliveries, which need no reason', () => {
    const delivery = { cause: 'delivery' as const, amount: 5, reason: '' }
    expect(stockProblems(delivery, 0)).toEqual({})
    for (const amount of [0, -1, 1.5, NaN]) {
      expect(stockProblems({ ...delivery, amount }, 0)).toHaveProperty('amount')
    }
  })
})

describe('the yearly expiry', () => {
  it('offers the last year whose points are over: earned in 2024, good to the end of 2025', () => {
    expect(lastExpiringYear('2026-01-01')).toBe(2024)
    expect(lastExpiringYear('2026-12-31')).toBe(2024)
  })
})
