import { describe, expect, test } from 'vitest'
import { expiryPreview, runExpiry } from '../../../electron/counters/volunteers/expiry.ts'
import { readStatement } from '../../../electron/counters/volunteers/ledger.ts'
import { reverseRedemption } from '../../../electron/counters/volunteers/redemptions.ts'
import { reverseRecord } from '../../../electron/counters/volunteers/reverse.ts'
import { value } from '../../../electron/database/open.ts'
import type { TestDesk } from '../../fixture.ts'
import { refusal } from '../enquiries/counter.ts'
import { addGift, balanceOf, handOver, ledgerOf, letExpire } from './points.ts'
import { addPointRule, addVolunteer, conflict, invalidFields, openTestDesk, serve } from './service.ts'

/** Ten points an hour; two people with 30 and 10 points of 2024, the first with 20 of 2026 as well. */
function open() {
  const desk = openTestDesk()
  letExpire(desk)
  addPointRule(desk.db, { perHour: 10 })
  const [one, two] = [addVolunteer(desk.db, { name: '周建国' }), addVolunteer(desk.db, { name: '林小雨' })]
  const old = serve(desk, one, 180, { day: '2024-03-28' })
  serve(desk, two, 60, { day: '2024-03-28' })
  serve(desk, one, 120, { day: '2026-03-28' })
  return { desk, one, two, old }
}

const preview = (desk: TestDesk, year = 2024) => expiryPreview(desk.context('auditor'), year)

function run(desk: TestDesk, year = 2024) {
  const { volunteers, points } = preview(desk, year)
  return runExpiry(desk.context('manager'), { year, volunteers, points, reason: '年度清零' })
}

describe('points that expire', () => {
  test('are shown before, most first, and then are gone with the year that they are of', () => {
    const { desk, one, two } = open()
    const before = preview(desk)
    expect(before).toEqual({
      year: 2024,
      rows: [
        {
          volunteerId: one,
          number: 'ZY-2026-000001',
          name: '周建国',
          points: 30,
          balance: 50,
          expired: false,
        },
        {
          volunteerId: two,
          number: 'ZY-2026-000002',
          name: '林小雨',
          points: 10,
          balance: 10,
          expired: false,
        },
      ],
      volunteers: 2,
      points: 40,
    })
    expect(run(desk)).toMatchObject({
      volunteers: 2,
      points: 40,
      rows: [
        { balance: 20, expired: true },
        { balance: 0, expired: true },
      ],
    })
    expect(ledgerOf(desk, one).at(-1)).toEqual({ cause: 'expiry', points: -30, year: 2024, writtenOff: 0 })
    expect(readStatement(desk.context(), { volunteerId: one, limit: 1 }).rows).toMatchObject([
      { title: '2024年及以前的积分', points: -30, balance: 20 },
    ])
    expect(desk.published).toContainEqual({ topic: 'volunteer', id: null })
  })

  test('were not spent before: the oldest go first', () => {
    const { desk, one } = open()
    handOver(desk, one, addGift(desk, { points: 25 }))
    expect(run(desk).rows).toMatchObject([{ points: 10 }, { volunteerId: one, points: 5, balance: 20 }])
    handOver(desk, one, addGift(desk, { name: '香皂', points: 20 }))
    expect(balanceOf(desk, one)).toBe(0)
  })

  test('expire once for a year, whatever is run again', () => {
    const { desk, one, two } = open()
    const done = run(desk)
    expect(run(desk)).toEqual(done)
    expect(value(desk.db, "SELECT count(*) FROM audit WHERE action = 'volunteer.expire'")).toBe(1)
    // Confirmed after the run: they go with the next year.
    serve(desk, two, 60, { day: '2024-05-28' })
    const third = addVolunteer(desk.db)
    serve(desk, third, 120, { day: '2024-05-28' })
    expect(run(desk)).toMatchObject({ volunteers: 3, points: 60 })
    expect([one, two, third].map((id) => balanceOf(desk, id))).toEqual([20, 10, 0])
    desk.clock.set('2027-01-04T01:00:00.000Z')
    expect(run(desk, 2025)).toMatchObject({
      volunteers: 1,
      rows: [{ volunteerId: two, points: 10, balance: 0 }],
    })
    expect(value(desk.db, "SELECT count(*) FROM point_entry WHERE cause = 'expiry'")).toBe(4)
  })

  test('are those that were seen: a gift in between changes the total, and nothing is done', () => {
    const { desk, one } = open()
    const { volunteers, points } = preview(desk)
    handOver(desk, one, addGift(desk, { points: 5 }))
    const seen = { year: 2024, volunteers, points, reason: '年度清零' }
    expect(refusal(() => runExpiry(desk.context('manager'), seen))).toEqual(
      conflict('changed', { current: preview(desk) }),
    )
    expect(balanceOf(desk, one)).toBe(45)
  })

  test('are good to the last day of the next year', () => {
    const { desk } = open()
    desk.clock.set('2026-12-31T15:59:59.000Z')
    expect(refusal(() => preview(desk, 2025))).toEqual(invalidFields(['year', 'too-early']))
    const seen = { year: 2025, volunteers: 0, points: 0, reason: '年度清零' }
    expect(refusal(() => runExpiry(desk.context('manager'), seen))).toEqual(
      invalidFields(['year', 'too-early']),
    )
    desk.clock.set('2026-12-31T16:00:00.000Z')
    expect(preview(desk, 2025)).toMatchObject({ volunteers: 2, points: 40 })
  })

  test('never expire where the rule says so', () => {
    const desk = openTestDesk()
    expect(refusal(() => preview(desk))).toEqual(conflict('step'))
    const seen = { year: 2024, volunteers: 0, points: 0, reason: '年度清零' }
    expect(refusal(() => runExpiry(desk.context('manager'), seen))).toEqual(conflict('step'))
  })
})

describe('a record whose points expired', () => {
  test('is reversed all the same, and what expired is not taken a second time', () => {
    const desk = openTestDesk()
    letExpire(desk)
    addPointRule(desk.db, { perHour: 10 })
    const volunteer = addVolunteer(desk.db)
    const recordId = serve(desk, volunteer, 180, { day: '2024-03-28' })
    serve(desk, volunteer, 60, { day: '2026-03-28' })
    const { redemption } = handOver(desk, volunteer, addGift(desk, { points: 12 }))
    run(desk)
    // 30 and 10 earned, 12 spent, 18 expired.
    expect(balanceOf(desk, volunteer)).toBe(10)
    const made = reverseRecord(desk.context('manager'), { recordId, reason: '替人签到' })
    // Of the 30 it gave 12 were owed still: 10 are there, and the rest of the gift is written off.
    expect(made).toMatchObject({ writtenOff: 2, record: { counted: false } })
    expect(balanceOf(desk, volunteer)).toBe(0)
    expect(
      reverseRedemption(desk.context(), { redemptionId: redemption.id, returned: true, reason: '拿错了' }),
    ).toMatchObject({ settled: 2, points: 10 })
    expect(readStatement(desk.context(), { volunteerId: volunteer, limit: 1 })).toMatchObject({
      points: 10,
      writtenOff: 0,
    })
  })
})
