import { describe, expect, test } from 'vitest'
import { saveGift } from '../../../electron/counters/volunteers/gifts.ts'
import { listRedemptions, reverseRedemption } from '../../../electron/counters/volunteers/redemptions.ts'
import { reverseRecord } from '../../../electron/counters/volunteers/reverse.ts'
import { rows, value } from '../../../electron/database/open.ts'
import type { TestDesk } from '../../fixture.ts'
import { refusal } from '../enquiries/counter.ts'
import { addGift, balanceOf, giftInput, handOver, ledgerOf, stockOf } from './points.ts'
import {
  addPointRule,
  addVolunteer,
  conflict,
  invalidFields,
  notFound,
  openTestDesk,
  serve,
} from './service.ts'

/** Somebody with twenty points, and rice for eight in a stock of three. */
function open(stock = 3) {
  const desk = openTestDesk()
  addPointRule(desk.db, { perHour: 10 })
  const volunteer = addVolunteer(desk.db, { name: '周建国' })
  const recordId = serve(desk, volunteer, 120)
  const gift = addGift(desk, { points: 8 }, stock)
  desk.published.length = 0
  return { desk, volunteer, recordId, gift }
}

const takeBack = (desk: TestDesk, redemptionId: number, returned = true) =>
  reverseRedemption(desk.context(), { redemptionId, returned, reason: '拿错了' })

const nothingHappened = (desk: TestDesk) =>
  expect(
    value(
      desk.db,
      'SELECT (SELECT count(*) FROM redemption) + (SELECT count(*) FROM sequence WHERE kind = ?)',
      'DH',
    ),
  ).toBe(0)

describe('a gift that is handed over', () => {
  test('takes points and stock in one act, with a number of its own', () => {
    const { desk, volunteer, gift } = open()
    const made = handOver(desk, volunteer, gift, { amount: 2, collector: '周小红' })
    expect(made).toMatchObject({
      redemption: {
        number: 'DH-2026-000001',
        volunteerId: volunteer,
        name: '周建国',
        gift: '大米',
        amount: 2,
        points: 16,
        collector: '周小红',
        day: '2026-11-23',
        operator: '前台',
        reversed: null,
      },
      points: 4,
      gift: { stock: 1 },
    })
    expect(balanceOf(desk, volunteer)).toBe(4)
    expect(desk.published).toEqual([
      { topic: 'volunteer', id: volunteer },
      { topic: 'gift', id: gift.id },
    ])
    // Who collected it is nobody's business in the audit.
    const [audit] = rows<{ changes: string }>(
      desk.db,
      "SELECT changes FROM audit WHERE action = 'volunteer.redeem'",
    )
    expect(audit!.changes).not.toContain('周小红')
  })

  test('is one, however often its ticket is sent', () => {
    const { desk, volunteer, gift } = open()
    const ticket = crypto.randomUUID()
    const first = handOver(desk, volunteer, gift, { ticket })
    expect(handOver(desk, volunteer, gift, { ticket })).toEqual(first)
    expect(balanceOf(desk, volunteer)).toBe(12)
    expect(stockOf(desk, gift.id)).toBe(2)
    expect(value(desk.db, "SELECT count(*) FROM audit WHERE action = 'volunteer.redeem'")).toBe(1)
    expect(refusal(() => handOver(desk, volunteer, gift, { ticket, amount: 2 }))).toEqual(
      conflict('duplicate', { current: first.redemption }),
    )
    const other = addVolunteer(desk.db)
    expect(refusal(() => handOver(desk, other, gift, { ticket }))).toMatchObject(conflict('duplicate'))
  })

  test('is refused without the points, and nothing happened', () => {
    const { desk, volunteer, gift } = open()
    expect(refusal(() => handOver(desk, volunteer, gift, { amount: 3 }))).toEqual(
      conflict('balance', { current: { points: 20 } }),
    )
    nothingHappened(desk)
    expect(stockOf(desk, gift.id)).toBe(3)
  })

  test('is refused without the stock, and nothing happened', () => {
    const { desk, volunteer, gift } = open(1)
    expect(refusal(() => handOver(desk, volunteer, gift, { amount: 2 }))).toEqual(
      conflict('stock', { current: gift }),
    )
    nothingHappened(desk)
    expect(balanceOf(desk, volunteer)).toBe(20)
  })

  test('is refused with the points of a record that was reversed', () => {
    const { desk, volunteer, recordId, gift } = open()
    reverseRecord(desk.context('manager'), { recordId, reason: '替人签到' })
    expect(refusal(() => handOver(desk, volunteer, gift))).toEqual(
      conflict('balance', { current: { points: 0 } }),
    )
    nothingHappened(desk)
  })

  test('is refused at a price that is no longer asked, and keeps the one that was', () => {
    const { desk, volunteer, gift } = open()
    const { redemption } = handOver(desk, volunteer, gift)
    const now = saveGift(
      desk.context('manager'),
      giftInput({ id: gift.id, version: gift.version, points: 9 }),
    )
    expect(refusal(() => handOver(desk, volunteer, gift))).toEqual(
      conflict('changed', { current: { ...now, stock: 2 } }),
    )
    expect(takeBack(desk, redemption.id)).toMatchObject({ redemption: { points: 8 }, points: 20 })
  })

  test('is one that is not withdrawn, of somebody and something that is there', () => {
    const { desk, volunteer, gift } = open()
    const gone = addGift(desk, { name: '香皂', active: false })
    expect(refusal(() => handOver(desk, volunteer, gone))).toEqual(invalidFields(['giftId', 'inactive']))
    expect(refusal(() => handOver(desk, 4711, gift))).toEqual(notFound('volunteer'))
    expect(refusal(() => handOver(desk, volunteer, { id: 4711, points: 8 }))).toEqual(notFound('gift'))
    nothingHappened(desk)
  })

  test('may be for one who has left', () => {
    const { desk, gift } = open()
    const volunteer = addVolunteer(desk.db, { leftDay: '2026-11-01' })
    serve(desk, volunteer, 60, { day: '2026-10-28' })
    expect(handOver(desk, volunteer, gift)).toMatchObject({ points: 2 })
  })
})

describe('a redemption that is taken back', () => {
  test.each([
    ['gives points and gift back', true, 3],
    ['gives points back without the gift', false, 2],
  ])('%s by second rows', (_what, returned, stock) => {
    const { desk, volunteer, gift } = open()
    const { redemption } = handOver(desk, volunteer, gift)
    expect(takeBack(desk, redemption.id, returned)).toMatchObject({
      redemption: {
        id: redemption.id,
        reversed: { operator: '前台', reason: '拿错了', returned, at: '2026-11-23T13:41:00.000Z' },
      },
      points: 20,
      settled: 0,
      gift: { stock },
    })
    expect(ledgerOf(desk, volunteer).map(({ cause, points }) => [cause, points])).toEqual([
      ['service', 20],
      ['redemption', -8],
      ['redemption-reversal', 8],
    ])
    expect(stockOf(desk, gift.id)).toBe(stock)
  })

  test('is taken back once, and must be there', () => {
    const { desk, volunteer, gift } = open()
    const { redemption } = handOver(desk, volunteer, gift)
    const { redemption: now } = takeBack(desk, redemption.id)
    expect(refusal(() => takeBack(desk, redemption.id))).toEqual(conflict('step', { current: now }))
    expect(refusal(() => takeBack(desk, 4711))).toEqual(notFound('redemption'))
    expect(balanceOf(desk, volunteer)).toBe(20)
    expect(stockOf(desk, gift.id)).toBe(3)
  })

  test('settles first what a reversed record had given, so that nobody gains', () => {
    const { desk, volunteer, recordId, gift } = open()
    const [one, two] = [handOver(desk, volunteer, gift), handOver(desk, volunteer, gift)]
    // 20 given, 16 spent: 4 come back, 16 are written off.
    expect(reverseRecord(desk.context('manager'), { recordId, reason: '替人签到' }).writtenOff).toBe(16)
    expect(takeBack(desk, one.redemption.id)).toMatchObject({ points: 0, settled: 8 })
    expect(takeBack(desk, two.redemption.id)).toMatchObject({ points: 0, settled: 8 })
    expect(ledgerOf(desk, volunteer).slice(-2)).toEqual([
      { cause: 'redemption-reversal', points: 0, year: 2026, writtenOff: -8 },
      { cause: 'redemption-reversal', points: 0, year: 2026, writtenOff: -8 },
    ])
  })

  test('settles only what is written off, and gives the rest', () => {
    const { desk, volunteer, gift } = open()
    const recordId = serve(desk, volunteer, 60)
    const { redemption } = handOver(desk, volunteer, gift, { amount: 3 })
    // 30 given, 24 spent: of these ten, six are there.
    expect(reverseRecord(desk.context('manager'), { recordId, reason: '替人签到' }).writtenOff).toBe(4)
    expect(takeBack(desk, redemption.id)).toMatchObject({ points: 20, settled: 4 })
  })
})

test('redemptions are listed newest first, of a volunteer, of a gift, page by page', () => {
  const { desk, volunteer, gift } = open()
  const other = addVolunteer(desk.db)
  serve(desk, other, 60)
  const soap = addGift(desk, { name: '香皂', points: 1 })
  const ids = [
    handOver(desk, volunteer, gift),
    handOver(desk, other, soap),
    handOver(desk, volunteer, soap),
    handOver(desk, volunteer, soap),
  ].map(({ redemption }) => redemption.id)
  const [first, second, third, fourth] = ids
  const list = (asked: { volunteerId?: number; giftId?: number; after?: string; limit?: number }) => {
    const { rows: found, next } = listRedemptions(desk.context('auditor'), { limit: 10, ...asked })
    return { ids: found.map(({ id }) => id), next }
  }
  expect(list({})).toEqual({ ids: [fourth, third, second, first], next: null })
  expect(list({ volunteerId: volunteer }).ids).toEqual([fourth, third, first])
  expect(list({ giftId: soap.id }).ids).toEqual([fourth, third, second])
  expect(list({ volunteerId: volunteer, giftId: soap.id }).ids).toEqual([fourth, third])
  const page = list({ limit: 3 })
  expect(page.ids).toEqual([fourth, third, second])
  expect(list({ limit: 3, after: page.next! })).toEqual({ ids: [first], next: null })
  expect(refusal(() => list({ after: 'x' }))).toEqual(invalidFields(['after', 'key']))
  expect(refusal(() => list({ volunteerId: 4711 }))).toEqual(notFound('volunteer'))
  expect(refusal(() => list({ giftId: 4711 }))).toEqual(notFound('gift'))
})
