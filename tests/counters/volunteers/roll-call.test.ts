import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rollCallLine } from '../../../electron/contract/volunteer-records.ts'
import { checkRollCall } from '../../../electron/counters/volunteers/check-roll-call.ts'
import { listRecords } from '../../../electron/counters/volunteers/records.ts'
import { saveRollCall } from '../../../electron/counters/volunteers/roll-call.ts'
import { reverseRecord } from '../../../electron/counters/volunteers/reverse.ts'
import { rows, value } from '../../../electron/database/open.ts'
import type { TestDesk } from '../../fixture.ts'
import { refusal } from '../enquiries/counter.ts'
import {
  addActivity,
  addConsent,
  addVolunteer,
  addVolunteers,
  confirm,
  conflict,
  invalidFields,
  line,
  notFound,
  openTestDesk,
  personOf,
  save,
  sql,
  today,
} from './service.ts'

const recordsOf = (desk: TestDesk, activityId: number) =>
  listRecords(desk.context(), { activityId, state: 'all', limit: 100 }).rows
const stored = (desk: TestDesk) => value<number>(desk.db, 'SELECT count(*) FROM service_record')!
const check = (desk: TestDesk, activityId: number, ...lines: Parameters<typeof line>[]) =>
  checkRollCall(desk.context(), { activityId, lines: lines.map((one) => line(...one)) }).lines

describe('a roll-call', () => {
  test('counts the minutes of real service, without the break and never rounded', () => {
    const desk = openTestDesk()
    const [whole, part] = addVolunteers(desk.db, 2) as [number, number]
    const activityId = addActivity(desk.db)
    const saved = save(desk, activityId, [
      line(whole),
      line(part, { arrived: '09:03', left: '10:58', breakMinutes: 7, reason: '孩子要接' }),
    ])
    expect(recordsOf(desk, activityId)).toMatchObject([
      {
        id: saved.recordIds[0],
        minutes: 120,
        how: 'full',
        flags: [],
        reason: '',
        confirmed: null,
        counted: false,
      },
      {
        id: saved.recordIds[1],
        minutes: 108,
        how: 'late-and-left-early',
        breakMinutes: 7,
        reason: '孩子要接',
      },
    ])
    expect(saved).toMatchObject({ minutes: 228, flagged: 0, activity: { id: activityId, state: 'held' } })
  })

  test.each([
    ['09:01', '11:00', 'late'],
    ['09:00', '10:59', 'left-early'],
    ['09:01', '10:59', 'late-and-left-early'],
  ])('that says %s to %s asks why', (arrived, left, how) => {
    const desk = openTestDesk()
    const [volunteer, activityId] = [addVolunteer(desk.db), addActivity(desk.db)]
    expect(refusal(() => save(desk, activityId, [line(volunteer, { arrived, left })]))).toEqual(
      invalidFields(['lines.0.reason', 'required']),
    )
    save(desk, activityId, [line(volunteer, { arrived, left, reason: '公交晚点' })])
    expect(recordsOf(desk, activityId)).toMatchObject([{ how, reason: '公交晚点' }])
  })

  test.each([
    [{ left: '09:00' }, 'left', 'before-start'],
    [{ arrived: '21:00', left: '01:00' }, 'left', 'across-midnight'],
    [{ arrived: null }, 'arrived', 'required'],
    [{ left: null }, 'left', 'required'],
    [{ arrived: null, left: null, minutes: 60 }, 'minutes', 'own-activity'],
    [{ breakMinutes: 120 }, 'breakMinutes', 'longer-than-service'],
  ] as const)('refuses the times %o', (changed, field, problem) => {
    const desk = openTestDesk()
    const [volunteer, activityId] = [addVolunteer(desk.db), addActivity(desk.db)]
    expect(refusal(() => save(desk, activityId, [line(volunteer, changed)]))).toEqual(
      invalidFields([`lines.0.${field}`, problem]),
    )
  })

  test('knows no hour after midnight and no day of twenty-five hours', () => {
    const problems = (changed: object) =>
      rollCallLine.safeParse({ ...line(1), ...changed }).error!.issues.map(({ message }) => message)
    expect(problems({ left: '25:00' })).toEqual(['more-than-a-day'])
    expect(problems({ left: '9:00' })).toEqual(['time-of-day'])
    expect(problems({ arrived: null, left: null, minutes: 25 * 60 })).toEqual(['more-than-a-day'])
    expect(rollCallLine.safeParse(line(1, { left: '24:00' })).success).toBe(true)
  })

  test('refuses whoever may not stand in it, all of them at once and nothing written', () => {
    const desk = openTestDesk()
    const activityId = addActivity(desk.db)
    const good = addVolunteer(desk.db)
    const joinedLater = addVolunteer(desk.db, { joinedDay: '2026-11-24' })
    const leftBefore = addVolunteer(desk.db, { leftDay: '2026-11-22' })
    const child = addVolunteer(desk.db, { birth: '2012-01-01' })
    const lines = [good, good, 4711, joinedLater, leftBefore, child].map((id) => line(id))
    expect(refusal(() => save(desk, activityId, lines))).toEqual(
      invalidFields(
        ['lines.1.volunteerId', 'twice'],
        ['lines.2.volunteerId', 'unknown'],
        ['lines.3.volunteerId', 'before-joining'],
        ['lines.4.volunteerId', 'after-leaving'],
        ['lines.5.volunteerId', 'consent-missing'],
      ),
    )
    expect(stored(desk)).toBe(0)
    expect(value(desk.db, 'SELECT count(*) FROM roll_call')).toBe(0)
    expect(value(desk.db, 'SELECT state FROM activity')).toBe('planned')
  })

  test('takes whoever joined or left on that very day', () => {
    const desk = openTestDesk()
    const joined = addVolunteer(desk.db, { joinedDay: today })
    const left = addVolunteer(desk.db, { leftDay: today })
    expect(save(desk, addActivity(desk.db), [line(joined), line(left)]).recordIds).toHaveLength(2)
  })

  test('takes a second sheet of the activity, but nobody who stands in it already', () => {
    const desk = openTestDesk()
    const [first, second] = addVolunteers(desk.db, 2) as [number, number]
    const activityId = addActivity(desk.db)
    const { recordIds } = save(desk, activityId, [line(first)])
    save(desk, activityId, [line(second)])
    expect(refusal(() => save(desk, activityId, [line(first)]))).toEqual(
      invalidFields(['lines.0.volunteerId', 'recorded']),
    )
    reverseRecord(desk.context(), { recordId: recordIds[0]!, reason: '签错了人' })
    expect(save(desk, activityId, [line(first)]).recordIds).toHaveLength(1)
  })

  test('knows one person under two numbers, after their records were merged', () => {
    const desk = openTestDesk()
    const [first, second] = addVolunteers(desk.db, 2) as [number, number]
    sql(
      desk.db,
      'UPDATE person SET merged_into = ? WHERE id = ?',
      personOf(desk.db, first),
      personOf(desk.db, second),
    )
    const activityId = addActivity(desk.db)
    expect(refusal(() => save(desk, activityId, [line(first), line(second)]))).toEqual(
      invalidFields(['lines.1.volunteerId', 'twice']),
    )
    save(desk, activityId, [line(first)])
    expect(check(desk, activityId, [second])).toMatchObject([{ problems: [{ problem: 'recorded' }] }])
    expect(check(desk, addActivity(desk.db), [second])).toMatchObject([{ flags: ['overlap'] }])
  })

  test('of today takes nobody who is still there: no time of leaving is later than now', () => {
    const desk = openTestDesk({ start: '2026-11-23T02:59:59.999Z' })
    const [stays, went] = addVolunteers(desk.db, 2) as [number, number]
    const activityId = addActivity(desk.db)
    const early = { left: '10:59', reason: '家里有事' }
    expect(check(desk, activityId, [stays], [went, early])).toMatchObject([
      { minutes: null, problems: [{ field: 'left', problem: 'not-yet' }] },
      { minutes: 119, problems: [] },
    ])
    expect(refusal(() => save(desk, activityId, [line(stays)]))).toEqual(
      invalidFields(['lines.0.left', 'not-yet']),
    )
    save(desk, addActivity(desk.db, { day: '2026-11-22' }), [line(stays)])
    desk.clock.set('2026-11-23T03:00:00.000Z')
    expect(save(desk, activityId, [line(stays)]).minutes).toBe(120)
  })

  test('of a coming day or a cancelled activity is none', () => {
    const desk = openTestDesk()
    const lines = [line(addVolunteer(desk.db))]
    expect(refusal(() => save(desk, addActivity(desk.db, { day: '2026-11-24' }), lines))).toEqual(
      invalidFields(['activityId', 'future']),
    )
    expect(refusal(() => save(desk, addActivity(desk.db, { state: 'cancelled' }), lines))).toMatchObject(
      conflict('step'),
    )
    expect(refusal(() => save(desk, 4711, lines))).toEqual(notFound('activity'))
  })
})

describe('a minor', () => {
  const guardian = '未成年人参加志愿服务'
  const child = { birth: '2012-01-01' }
  const barOf = (desk: TestDesk, id: number) => check(desk, addActivity(desk.db), [id])[0]!.problems

  test.each([
    ['given before', '2026-11-01', null, []],
    ['given on the day', today, null, []],
    ['given the day after', '2026-11-24', null, ['consent-missing']],
    ['withdrawn later', '2026-11-01', '2026-11-24', []],
    ['withdrawn on the day', '2026-11-01', today, ['consent-missing']],
  ])('whose guardian’s consent was %s', (_, givenDay, withdrawnDay, problems) => {
    const desk = openTestDesk()
    const id = addVolunteer(desk.db, child)
    addConsent(desk.db, id, guardian, givenDay, withdrawnDay)
    expect(barOf(desk, id).map(({ problem }) => problem)).toEqual(problems)
  })

  test('needs this consent and no other', () => {
    const desk = openTestDesk()
    const id = addVolunteer(desk.db, child)
    addConsent(desk.db, id, '志愿服务信息公示', '2026-11-01')
    expect(barOf(desk, id)).toEqual([{ field: 'volunteerId', problem: 'consent-missing' }])
  })

  test('is one by the day of the activity, not by today', () => {
    const desk = openTestDesk()
    const [grown, almost] = [
      addVolunteer(desk.db, { birth: '2008-11-23' }),
      addVolunteer(desk.db, { birth: '2008-11-24' }),
    ]
    expect(barOf(desk, grown)).toEqual([])
    expect(barOf(desk, almost)).toMatchObject([{ problem: 'consent-missing' }])
    const lastWeek = addActivity(desk.db, { day: '2026-11-16' })
    expect(check(desk, lastWeek, [grown])).toMatchObject([{ problems: [{ problem: 'consent-missing' }] }])
  })

  test('keeps a consent that stands in a record merged into theirs', () => {
    const desk = openTestDesk()
    const [id, other] = [addVolunteer(desk.db, child), addVolunteer(desk.db, child)]
    addConsent(desk.db, other, guardian, '2026-11-01')
    sql(
      desk.db,
      'UPDATE person SET merged_into = ? WHERE id = ?',
      personOf(desk.db, id),
      personOf(desk.db, other),
    )
    expect(barOf(desk, id)).toEqual([])
  })
})

describe('a flag', () => {
  test('stands for another activity at the same time, whoever’s it was, and names it', () => {
    const desk = openTestDesk()
    const volunteer = addVolunteer(desk.db)
    save(desk, addActivity(desk.db, { name: '外单位植树', own: false, starts: '10:00', ends: '12:00' }), [
      line(volunteer, { arrived: '10:00', left: '12:00' }),
    ])
    const activityId = addActivity(desk.db)
    expect(check(desk, activityId, [volunteer])).toEqual([
      {
        volunteerId: volunteer,
        minutes: 120,
        how: 'full',
        flags: ['overlap'],
        needsReason: true,
        others: ['10:00-12:00 外单位植树'],
        problems: [{ field: 'reason', problem: 'required' }],
      },
    ])
    expect(save(desk, activityId, [line(volunteer, { reason: '中途换场' })]).flagged).toBe(1)
    expect(recordsOf(desk, activityId)).toMatchObject([{ flags: ['overlap'], how: 'full' }])
  })

  test('stands for no activity that only follows, was reversed, or was on another day', () => {
    const desk = openTestDesk()
    const volunteer = addVolunteer(desk.db)
    save(desk, addActivity(desk.db, { starts: '11:00', ends: '12:00' }), [
      line(volunteer, { arrived: '11:00', left: '12:00' }),
    ])
    save(desk, addActivity(desk.db, { day: '2026-11-22' }), [line(volunteer)])
    const { recordIds } = save(desk, addActivity(desk.db), [line(volunteer)])
    reverseRecord(desk.context(), { recordId: recordIds[0]!, reason: '登记错了' })
    expect(check(desk, addActivity(desk.db), [volunteer])).toMatchObject([{ flags: [], needsReason: false }])
  })

  test('stands for more than eight hours of a day over all activities, and not for eight', () => {
    const desk = openTestDesk()
    const volunteer = addVolunteer(desk.db)
    save(desk, addActivity(desk.db, { name: '社区送餐', own: false }), [
      line(volunteer, { arrived: null, left: null, minutes: 120 }),
    ])
    const long = addActivity(desk.db, { starts: '12:00', ends: '18:01' })
    expect(check(desk, long, [volunteer, { arrived: '12:00', left: '18:01' }])).toMatchObject([
      { flags: ['long-day'], others: ['120 分钟 社区送餐'] },
    ])
    const enough = addActivity(desk.db, { starts: '12:00', ends: '18:00' })
    expect(check(desk, enough, [volunteer, { arrived: '12:00', left: '18:00' }])).toMatchObject([
      { flags: [] },
    ])
  })

  test('stands for whoever came before the start or stayed after the end', () => {
    const desk = openTestDesk()
    const [volunteer, activityId] = [addVolunteer(desk.db), addActivity(desk.db)]
    for (const changed of [{ arrived: '08:59' }, { left: '11:01' }]) {
      expect(check(desk, activityId, [volunteer, changed])).toMatchObject([
        { flags: ['beyond'], how: 'full', needsReason: true },
      ])
    }
  })
})

describe('hours that are noted only', () => {
  test('of another organisation may be minutes alone, or times, and never both', () => {
    const desk = openTestDesk()
    const [volunteer, activityId] = [addVolunteer(desk.db), addActivity(desk.db, { own: false })]
    const alone = { arrived: null, left: null }
    const problemOf = (changed: object) => check(desk, activityId, [volunteer, changed])[0]!.problems
    expect(problemOf({ minutes: 60 })).toEqual([{ field: 'minutes', problem: 'not-both' }])
    expect(problemOf(alone)).toEqual([{ field: 'minutes', problem: 'required' }])
    expect(problemOf({ ...alone, minutes: 60, breakMinutes: 5 })).toEqual([
      { field: 'minutes', problem: 'not-both' },
    ])
    expect(problemOf({})).toEqual([])
    save(desk, activityId, [line(volunteer, { ...alone, minutes: 1440, reason: '对方出具' })])
    expect(recordsOf(desk, activityId)).toMatchObject([{ minutes: 1440, arrived: null, how: 'full' }])
  })

  test.each([{ own: false }, { kind: 'training' }, { kind: 'party-duty' }] as const)(
    'are confirmed like others and never count: %o',
    (facts) => {
      const desk = openTestDesk()
      const activityId = addActivity(desk.db, facts)
      save(desk, activityId, [line(addVolunteer(desk.db))])
      confirm(desk, activityId)
      expect(recordsOf(desk, activityId)).toMatchObject([{ confirmed: { by: '主任' }, counted: false }])
    },
  )
})

describe('a ticket', () => {
  test('sent twice is one roll-call, and nothing is written the second time', () => {
    const desk = openTestDesk()
    const activityId = addActivity(desk.db)
    const lines = addVolunteers(desk.db, 3).map((id) => line(id, { left: '11:30', reason: '收尾' }))
    const sheet = { ticket: crypto.randomUUID(), activityId, lines }
    const first = saveRollCall(desk.context(), sheet)
    const audits = value(desk.db, 'SELECT count(*) FROM audit')
    expect(saveRollCall(desk.context('manager'), sheet)).toEqual(first)
    expect(first).toMatchObject({ minutes: 450, flagged: 3 })
    expect(stored(desk)).toBe(3)
    expect(value(desk.db, 'SELECT count(*) FROM audit')).toBe(audits)
  })

  test('of one activity is refused for another', () => {
    const desk = openTestDesk()
    const [one, other] = [addActivity(desk.db), addActivity(desk.db, { day: '2026-11-22' })]
    const sheet = { ticket: crypto.randomUUID(), lines: [line(addVolunteer(desk.db))] }
    saveRollCall(desk.context(), { ...sheet, activityId: one })
    expect(refusal(() => saveRollCall(desk.context(), { ...sheet, activityId: other }))).toMatchObject(
      conflict('duplicate'),
    )
  })
})

test('every screen hears of the activity, of 今日 and of the volunteers', () => {
  const desk = openTestDesk()
  const [few, many] = [addVolunteers(desk.db, 2), addVolunteers(desk.db, 21)]
  const [small, large] = [addActivity(desk.db), addActivity(desk.db)]
  save(
    desk,
    small,
    few.map((id) => line(id)),
  )
  expect(desk.published).toEqual([
    { topic: 'activity', id: small },
    { topic: 'today', id: null },
    ...few.map((id) => ({ topic: 'volunteer', id })),
  ])
  desk.published.length = 0
  save(
    desk,
    large,
    many.map((id) => line(id)),
  )
  expect(desk.published).toEqual([
    { topic: 'activity', id: large },
    { topic: 'today', id: null },
    { topic: 'volunteer', id: null },
  ])
})

const clock = fc
  .integer({ min: 8 * 60, max: 12 * 60 })
  .map(
    (minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
  )

test('whatever a sheet says: what the check shows is what saving does', () => {
  const desk = openTestDesk()
  const volunteers = addVolunteers(desk.db, 5)
  const aLine = fc
    .record({
      nth: fc.integer({ min: 0, max: 5 }),
      arrived: clock,
      left: clock,
      breakMinutes: fc.constantFrom(0, 0, 30),
      reason: fc.constantFrom('', '路上堵车'),
    })
    .map(({ nth, ...changed }) => line(volunteers[nth] ?? 4711, changed))
  fc.assert(
    fc.property(fc.array(aLine, { minLength: 1, maxLength: 4 }), (lines) => {
      const activityId = addActivity(desk.db)
      const shown = checkRollCall(desk.context(), { activityId, lines }).lines
      const wrong = shown.flatMap(({ problems }, nth) =>
        problems.map(({ field, problem }): [string, string] => [`lines.${nth}.${field}`, problem]),
      )
      if (wrong.length > 0) {
        expect(refusal(() => save(desk, activityId, lines))).toEqual(invalidFields(...wrong))
        expect(rows(desk.db, 'SELECT 1 FROM service_record WHERE activity_id = ?', activityId)).toEqual([])
        return
      }
      const { recordIds } = save(desk, activityId, lines)
      const made = recordsOf(desk, activityId)
      for (const [nth, one] of shown.entries()) {
        const { volunteerId, minutes, how, flags } = one
        const record = made.find(({ id }) => id === recordIds[nth])
        expect(record).toMatchObject({ volunteerId, minutes, how, flags })
        expect(record!.minutes).toBeGreaterThan(0)
      }
    }),
    { numRuns: 60 },
  )
})
