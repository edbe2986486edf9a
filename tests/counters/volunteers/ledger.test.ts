import { describe, expect, test } from 'vitest'
import { readBalance, readStatement } from '../../../electron/counters/volunteers/ledger.ts'
import { reverseRedemption } from '../../../electron/counters/volunteers/redemptions.ts'
import { reverseRecord } from '../../../electron/counters/volunteers/reverse.ts'
import { rows } from '../../../electron/database/open.ts'
import type { TestDesk } from '../../fixture.ts'
import { refusal } from '../enquiries/counter.ts'
import { addGift, balanceOf, handOver, letExpire } from './points.ts'
import { addPointRule, addVolunteer, invalidFields, notFound, openTestDesk, serve } from './service.ts'

function open() {
  const desk = openTestDesk()
  addPointRule(desk.db, { perHour: 10 })
  return { desk, volunteer: addVolunteer(desk.db) }
}

const statement = (desk: TestDesk, volunteerId: number, more: { after?: string; limit?: number } = {}) =>
  readStatement(desk.context('auditor'), { volunteerId, limit: 30, ...more })

describe('the balance', () => {
  test('is the sum of the ledger of one volunteer, nought without any', () => {
    const { desk, volunteer } = open()
    const other = addVolunteer(desk.db)
    expect(balanceOf(desk, volunteer)).toBe(0)
    serve(desk, volunteer, 60)
    serve(desk, volunteer, 90)
    serve(desk, other, 300)
    expect(balanceOf(desk, volunteer)).toBe(25)
    expect(refusal(() => readBalance(desk.context(), 4711))).toEqual(notFound('volunteer'))
  })

  test('is read from its index alone, however long the ledger', () => {
    const { desk } = open()
    const plan = rows<{ detail: string }>(
      desk.db,
      'EXPLAIN QUERY PLAN SELECT coalesce(sum(points), 0) FROM point_entry WHERE volunteer_id = ?',
      1,
    ).map(({ detail }) => detail)
    expect(plan).toEqual(['SEARCH point_entry USING COVERING INDEX point_entry_balance (volunteer_id=?)'])
  })
})

describe('the statement', () => {
  test('tells each cause in words, newest first, with the balance after it', () => {
    const { desk, volunteer } = open()
    const recordId = serve(desk, volunteer, 60, { name: '清扫楼道' })
    const { redemption } = handOver(desk, volunteer, addGift(desk, { points: 4 }), { amount: 2 })
    const { reversal } = reverseRecord(desk.context('manager'), { recordId, reason: '替人签到' })
    reverseRedemption(desk.context(), { redemptionId: redemption.id, returned: true, reason: '拿错了' })
    const { rows: found, ...sums } = statement(desk, volunteer)
    expect(sums).toEqual({ next: null, points: 0, writtenOff: 0, expires: null })
    const title = `${redemption.number} 大米 × 2`
    const none = { recordId: null, redemptionId: null }
    expect(found.map(({ id: _id, at: _at, day: _day, ...rest }) => rest)).toEqual([
      {
        cause: 'redemption-reversal',
        points: 0,
        balance: 0,
        writtenOff: -8,
        title,
        operator: '前台',
        ...none,
        redemptionId: redemption.id,
      },
      {
        cause: 'service-reversal',
        points: -2,
        balance: 0,
        writtenOff: 8,
        title: '清扫楼道',
        operator: '主任',
        ...none,
        recordId: reversal.id,
      },
      {
        cause: 'redemption',
        points: -8,
        balance: 2,
        writtenOff: 0,
        title,
        operator: '前台',
        ...none,
        redemptionId: redemption.id,
      },
      {
        cause: 'service',
        points: 10,
        balance: 10,
        writtenOff: 0,
        title: '清扫楼道',
        operator: '主任',
        ...none,
        recordId,
      },
    ])
  })

  test('is paged by key, its balances and sums those of the whole', () => {
    const { desk, volunteer } = open()
    for (let nth = 0; nth < 5; nth += 1) serve(desk, volunteer, 60)
    serve(desk, addVolunteer(desk.db), 60)
    const first = statement(desk, volunteer, { limit: 3 })
    expect(first).toMatchObject({ points: 50, rows: [{ balance: 50 }, { balance: 40 }, { balance: 30 }] })
    const second = statement(desk, volunteer, { limit: 3, after: first.next! })
    expect(second).toMatchObject({ points: 50, next: null, rows: [{ balance: 20 }, { balance: 10 }] })
    expect(refusal(() => statement(desk, volunteer, { after: 'x' }))).toEqual(invalidFields(['after', 'key']))
    expect(refusal(() => statement(desk, 4711))).toEqual(notFound('volunteer'))
  })

  test('tells what expires next, the oldest points spent first', () => {
    const { desk, volunteer } = open()
    serve(desk, volunteer, 60, { day: '2025-03-28' })
    serve(desk, volunteer, 120, { day: '2026-03-28' })
    expect(statement(desk, volunteer).expires).toBeNull()
    letExpire(desk)
    expect(statement(desk, volunteer).expires).toEqual({ points: 10, day: '2026-12-31' })
    handOver(desk, volunteer, addGift(desk, { points: 7 }))
    expect(statement(desk, volunteer).expires).toEqual({ points: 3, day: '2026-12-31' })
    handOver(desk, volunteer, addGift(desk, { name: '香皂', points: 3 }))
    expect(statement(desk, volunteer).expires).toEqual({ points: 20, day: '2027-12-31' })
  })
})
