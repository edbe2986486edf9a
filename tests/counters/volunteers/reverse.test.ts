import { describe, expect, test } from 'vitest'
import { listRecords } from '../../../electron/counters/volunteers/records.ts'
import { reverseRecord } from '../../../electron/counters/volunteers/reverse.ts'
import { rows } from '../../../electron/database/open.ts'
import type { TestDesk } from '../../fixture.ts'
import { refusal } from '../enquiries/counter.ts'
import {
  addActivity,
  addPointRule,
  addVolunteer,
  confirm,
  conflict,
  forbidden,
  line,
  notFound,
  openTestDesk,
  save,
  serve,
  sql,
} from './service.ts'

const reverse = (desk: TestDesk, recordId: number, role: 'clerk' | 'manager' = 'manager') =>
  reverseRecord(desk.context(role), { recordId, reason: '替人签到' })
const ledger = (desk: TestDesk) =>
  rows(
    desk.db,
    'SELECT cause, points, written_off AS writtenOff, record_id AS recordId FROM point_entry ORDER BY id',
  )

let spent = 0

/** Takes points out of a balance, as a gift does. */
function spend(desk: TestDesk, volunteerId: number, points: number): void {
  spent += 1
  const gift = sql(desk.db, 'INSERT INTO gift (name, points) VALUES (?, 1)', `大米 ${spent}`)
  const redemption = sql(
    desk.db,
    `INSERT INTO redemption (number, ticket, volunteer_id, gift_id, amount, points, day, at, operator_id)
     VALUES (?, ?, ?, ?, ?, ?, '2026-11-23', '2026-11-23T01:41:00.000Z', 1)`,
    `DH-2026-${spent}`,
    `ticket ${spent}`,
    volunteerId,
    gift,
    points,
    points,
  )
  sql(
    desk.db,
    `INSERT INTO point_entry (volunteer_id, points, cause, redemption_id, year, day, at, operator_id)
     VALUES (?, ?, 'redemption', ?, 2026, '2026-11-23', '2026-11-23T01:41:00.000Z', 1)`,
    volunteerId,
    -points,
    redemption,
  )
}

describe('a reversed record', () => {
  test('stays, with a second row that cites it and takes its minutes back on the same day', () => {
    const desk = openTestDesk()
    const volunteer = addVolunteer(desk.db)
    const recordId = serve(desk, volunteer, 90, { day: '2026-10-28' })
    const { record, reversal, writtenOff } = reverse(desk, recordId)
    expect(record).toMatchObject({
      id: recordId,
      minutes: 90,
      reversedBy: reversal.id,
      counted: false,
      reverses: null,
    })
    expect(reversal).toMatchObject({
      day: '2026-10-28',
      minutes: -90,
      reverses: recordId,
      reversedBy: null,
      reason: '替人签到',
      counted: false,
      mayConfirm: false,
      late: false,
    })
    expect(writtenOff).toBe(0)
    const list = (state: 'standing' | 'all') =>
      listRecords(desk.context(), { volunteerId: volunteer, state, limit: 10 }).rows
    expect(list('standing')).toEqual([])
    expect(list('all').reduce((sum, { minutes }) => sum + minutes, 0)).toBe(0)
  })

  test('makes room for the right one', () => {
    const desk = openTestDesk()
    const [volunteer, activityId] = [addVolunteer(desk.db), addActivity(desk.db)]
    const { recordIds } = save(desk, activityId, [line(volunteer)])
    reverse(desk, recordIds[0]!, 'clerk')
    const again = save(desk, activityId, [line(volunteer, { left: '10:00', reason: '提前离开' })])
    confirm(desk, activityId)
    expect(listRecords(desk.context(), { activityId, state: 'standing', limit: 10 }).rows).toMatchObject([
      { id: again.recordIds[0], minutes: 60, counted: true },
    ])
  })

  test('is reversed once, and a reversing row never', () => {
    const desk = openTestDesk()
    const recordId = serve(desk, addVolunteer(desk.db), 90)
    const { reversal } = reverse(desk, recordId)
    expect(refusal(() => reverse(desk, recordId))).toMatchObject(conflict('step'))
    expect(refusal(() => reverse(desk, reversal.id))).toMatchObject(conflict('step'))
    expect(refusal(() => reverse(desk, 4711))).toEqual(notFound('record'))
  })

  test('was not confirmed yet when a clerk takes it back', () => {
    const desk = openTestDesk()
    const recordId = serve(desk, addVolunteer(desk.db), 90)
    expect(refusal(() => reverse(desk, recordId, 'clerk'))).toEqual(forbidden)
  })

  test('takes its points with it', () => {
    const desk = openTestDesk()
    addPointRule(desk.db, { perHour: 10 })
    const recordId = serve(desk, addVolunteer(desk.db), 90)
    const { reversal } = reverse(desk, recordId)
    expect(reversal.points).toBe(-15)
    expect(ledger(desk)).toEqual([
      { cause: 'service', points: 15, writtenOff: 0, recordId },
      { cause: 'service-reversal', points: -15, writtenOff: 0, recordId: reversal.id },
    ])
  })

  test.each([
    [10, 5, 10],
    [15, 0, 15],
  ])('of which %i points were spent gives back %i, and %i are written off', (spent, back, writtenOff) => {
    const desk = openTestDesk()
    addPointRule(desk.db, { perHour: 10 })
    const volunteer = addVolunteer(desk.db)
    const recordId = serve(desk, volunteer, 90)
    spend(desk, volunteer, spent)
    const made = reverse(desk, recordId)
    expect(made).toMatchObject({ writtenOff, record: { counted: false } })
    expect(ledger(desk).at(-1)).toEqual({
      cause: 'service-reversal',
      points: back === 0 ? 0 : -back,
      writtenOff,
      recordId: made.reversal.id,
    })
  })

  test('that gave no points writes none', () => {
    const desk = openTestDesk()
    reverse(desk, serve(desk, addVolunteer(desk.db), 90))
    expect(ledger(desk)).toEqual([])
  })
})
