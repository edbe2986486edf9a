import { ORPCError } from '@orpc/client'
import { describe, expect, test } from 'vitest'
import { volunteers } from '../../electron/contract/volunteers.ts'
import {
  markable,
  marksBefore,
  mostMarked,
  refusedWords,
} from '../../renderer/counters/volunteers/activities/national.ts'

const line = (id: number, more: { unconfirmed?: number; records?: number; nationalDay?: string } = {}) => ({
  ...{ id, name: `活动${id}`, records: 2, unconfirmed: 0, nationalDay: null },
  ...more,
})
const conflict = (because: string, current?: number) =>
  new ORPCError('CONFLICT', { status: 409, data: { because, current } })

describe('已录入全国系统 for several at once', () => {
  test('is offered for what is wholly confirmed, and for no more than the desk takes', () => {
    const rows = [line(1), line(2, { unconfirmed: 1 }), line(3, { records: 0 }), line(4)]
    expect(markable(rows).map(({ id }) => id)).toEqual([1, 4])
    const many = markable(Array.from({ length: 130 }, (_, nth) => line(nth + 1)))
    expect(many).toHaveLength(mostMarked)
    const { inputSchema } = volunteers.markNational['~orpc']
    const taken = (count: number) => ({
      activityIds: Array.from({ length: count }, (_, nth) => nth + 1),
      day: '2026-11-30',
    })
    expect(inputSchema!.safeParse(taken(mostMarked)).success).toBe(true)
    expect(inputSchema!.safeParse(taken(mostMarked + 1)).success).toBe(false)
  })

  test('is taken back to what each was marked with before', () => {
    expect(marksBefore([line(1), line(2, { nationalDay: '2026-11-02' }), line(3)])).toEqual([
      { activityIds: [1, 3], day: null },
      { activityIds: [2], day: '2026-11-02' },
    ])
  })

  test('names the one that stands in the way, and that none was marked', () => {
    expect(refusedWords(conflict('step', 2), [line(1), line(2)])).toMatch(/^“活动2”.*一个都没有记/)
    expect(refusedWords(conflict('step', 9), [line(1)])).toMatch(/^其中一个.*一个都没有记/)
    expect(refusedWords(new Error('?'), [line(1)])).not.toContain('一个都没有记')
  })
})
