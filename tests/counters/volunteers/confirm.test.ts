import { describe, expect, test } from 'vitest'
import { confirmRecords } from '../../../electron/counters/volunteers/confirm.ts'
import { listRecords } from '../../../electron/counters/volunteers/records.ts'
import { reverseRecord } from '../../../electron/counters/volunteers/reverse.ts'
import { saveRollCall } from '../../../electron/counters/volunteers/roll-call.ts'
import { rows, value } from '../../../electron/database/open.ts'
import type { TestDesk } from '../../fixture.ts'
import { refusal } from '../enquiries/counter.ts'
import {
  addActivity,
  addPointRule,
  addVolunteer,
  addVolunteers,
  confirm,
  conflict,
  forbidden,
  line,
  notFound,
  openTestDesk,
  save,
} from './service.ts'

const recordsOf = (desk: TestDesk, activityId: number, role: 'clerk' | 'manager' | 'auditor' = 'clerk') =>
  listRecords(desk.context(role), { activityId, state: 'all', limit: 100 }).rows
const ledger = (desk: TestDesk) =>
  rows(desk.db, 'SELECT record_id AS recordId, points, cause, year FROM point_entry ORDER BY id')

describe('a second person', () => {
  test('confirms what another entered, and from then on it counts', () => {
    const desk = openTestDesk()
    const activityId = addActivity(desk.db)
    const { recordIds } = save(desk, activityId, [line(addVolunteer(desk.db))])
    expect(recordsOf(desk, activityId)).toMatchObject([{ counted: false, confirmed: null }])
    expect(confirm(desk, activityId)).toMatchObject({
      confirmed: recordIds,
      own: [],
      activity: { id: activityId },
    })
    expect(recordsOf(desk, activityId)).toMatchObject([
      { counted: true, confirmed: { by: '主任', at: desk.clock().toISOString() }, mayConfirm: false },
    ])
  })

  test('is never the one who entered it, whatever their role', () => {
    const desk = openTestDesk()
    const activityId = addActivity(desk.db)
    const { recordIds } = saveRollCall(desk.context('manager'), {
      ticket: crypto.randomUUID(),
      activityId,
      lines: [line(addVolunteer(desk.db))],
    })
    for (const chosen of [null, recordIds]) {
      expect(refusal(() => confirm(desk, activityId, chosen))).toEqual(forbidden)
    }
    expect(value(desk.db, 'SELECT count(*) FROM service_record WHERE confirmed_at IS NOT NULL')).toBe(0)
  })

  test('confirms of a whole activity what others entered, and is told of the own', () => {
    const desk = openTestDesk()
    const activityId = addActivity(desk.db)
    const [theirs, mine] = addVolunteers(desk.db, 2) as [number, number]
    const { recordIds } = save(desk, activityId, [line(theirs)])
    const own = saveRollCall(desk.context('manager'), {
      ticket: crypto.randomUUID(),
      activityId,
      lines: [line(mine)],
    }).recordIds
    expect(refusal(() => confirm(desk, activityId, [...recordIds, ...own]))).toEqual(forbidden)
    expect(confirm(desk, activityId)).toMatchObject({ confirmed: recordIds, own })
    expect(refusal(() => confirm(desk, activityId))).toEqual(forbidden)
    expect(confirmRecords(desk.context(), { activityId, recordIds: null })).toMatchObject({
      confirmed: own,
      own: [],
    })
  })

  test('is known to the screen before they try', () => {
    const desk = openTestDesk()
    const activityId = addActivity(desk.db)
    save(desk, activityId, [line(addVolunteer(desk.db))])
    const may = (['clerk', 'manager', 'auditor'] as const).map(
      (role) => recordsOf(desk, activityId, role)[0]!.mayConfirm,
    )
    expect(may).toEqual([false, true, false])
  })

  test('sees on the first record too what was entered later: the same time, and a day of more than eight hours', () => {
    const desk = openTestDesk()
    const [twice, long, once] = addVolunteers(desk.db, 3) as [number, number, number]
    const day = '2026-11-20'
    const flags = (activityId: number) => recordsOf(desk, activityId).map((record) => record.flags)
    const first = addActivity(desk.db, { day })
    save(desk, first, [line(twice), line(long), line(once)])
    expect(flags(first)).toEqual([[], [], []])
    const same = addActivity(desk.db, { day })
    const { recordIds } = save(desk, same, [line(twice, { reason: '两场接着做' })])
    const rest = addActivity(desk.db, { day, starts: '11:00', ends: '17:01' })
    save(desk, rest, [line(long, { arrived: '11:00', left: '17:01', reason: '全天活动' })])
    save(desk, addActivity(desk.db, { day: '2026-11-19' }), [line(once)])
    expect(flags(first)).toEqual([['overlap'], ['long-day'], []])
    expect(flags(same)).toEqual([['overlap']])
    // Of what was taken back nothing meets any more; saving said it, and that is kept.
    reverseRecord(desk.context(), { recordId: recordIds[0]!, reason: '签错了人' })
    expect(flags(first)).toEqual([[], ['long-day'], []])
    expect(flags(same)).toEqual([['overlap'], []])
  })

  test('confirms once: a second time, and what was reversed, is told by its ids', () => {
    const desk = openTestDesk()
    const activityId = addActivity(desk.db)
    const { recordIds } = save(
      desk,
      activityId,
      addVolunteers(desk.db, 3).map((id) => line(id)),
    )
    const [done, reversed, waiting] = recordIds as [number, number, number]
    confirm(desk, activityId, [done])
    reverseRecord(desk.context(), { recordId: reversed, reason: '没有来' })
    expect(refusal(() => confirm(desk, activityId, recordIds))).toEqual(
      conflict('step', { current: [done, reversed] }),
    )
    expect(confirm(desk, activityId, [waiting, waiting]).confirmed).toEqual([waiting])
    expect(refusal(() => confirm(desk, activityId))).toEqual(conflict('step', { current: [] }))
  })

  test('confirms records of this activity only', () => {
    const desk = openTestDesk()
    const [one, other] = [addActivity(desk.db), addActivity(desk.db, { day: '2026-11-22' })]
    const { recordIds } = save(desk, one, [line(addVolunteer(desk.db))])
    expect(refusal(() => confirm(desk, other, recordIds))).toEqual(notFound('record'))
    expect(refusal(() => confirm(desk, 4711))).toEqual(notFound('activity'))
  })

  test('is late after the tenth working day, confirmed or not', () => {
    const desk = openTestDesk()
    const activityId = addActivity(desk.db, { day: '2026-11-09' })
    const { recordIds } = save(
      desk,
      activityId,
      addVolunteers(desk.db, 2).map((id) => line(id)),
    )
    const late = () => recordsOf(desk, activityId).map((record) => record.late)
    expect(late()).toEqual([false, false])
    confirm(desk, activityId, [recordIds[0]!])
    desk.clock.set('2026-11-23T16:00:00.000Z')
    expect(late()).toEqual([false, true])
    confirm(desk, activityId, [recordIds[1]!])
    expect(late()).toEqual([false, true])
  })
})

describe('points', () => {
  test('are posted with the confirmation, by the rule of the activity’s day, once each', () => {
    const desk = openTestDesk()
    addPointRule(desk.db, { perHour: 10, perAttendance: 3 })
    const activityId = addActivity(desk.db, { day: '2026-11-20' })
    const [one, other] = addVolunteers(desk.db, 2) as [number, number]
    const { recordIds } = save(desk, activityId, [
      line(one),
      line(other, { left: '10:59', reason: '提前离开' }),
    ])
    expect(ledger(desk)).toEqual([])
    expect(confirm(desk, activityId).points).toBe(23 + 22)
    expect(ledger(desk)).toEqual([
      { recordId: recordIds[0], points: 23, cause: 'service', year: 2026 },
      { recordId: recordIds[1], points: 22, cause: 'service', year: 2026 },
    ])
    expect(recordsOf(desk, activityId).map(({ points }) => points)).toEqual([23, 22])
  })

  test('are given for training by its own rule, which counts no hour', () => {
    const desk = openTestDesk()
    addPointRule(desk.db, { perHour: 10 })
    addPointRule(desk.db, { kind: 'training', perHour: 1 })
    const activityId = addActivity(desk.db, { kind: 'training' })
    save(desk, activityId, [line(addVolunteer(desk.db))])
    expect(confirm(desk, activityId).points).toBe(2)
    expect(recordsOf(desk, activityId)).toMatchObject([{ counted: false, points: 2 }])
  })

  test.each([{ kind: 'party-duty' }, { own: false }, { day: '2019-12-31' }] as const)(
    'are none for %o',
    (facts) => {
      const desk = openTestDesk()
      addPointRule(desk.db, { perHour: 10 })
      const activityId = addActivity(desk.db, facts)
      save(desk, activityId, [line(addVolunteer(desk.db, { joinedDay: '2019-01-01' }))])
      expect(confirm(desk, activityId).points).toBe(0)
      expect(ledger(desk)).toEqual([])
    },
  )
})
