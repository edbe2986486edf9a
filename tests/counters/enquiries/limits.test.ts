import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Enquiry } from '../../../electron/contract/enquiries.ts'
import { arrive, dispatchEnquiry } from '../../../electron/counters/enquiries/dispatch.ts'
import { closeEnquiry, editEnquiry, reopenEnquiry } from '../../../electron/counters/enquiries/life.ts'
import { dueAfter, runOn, shownLimit } from '../../../electron/counters/enquiries/limits.ts'
import { readMatters, saveMatter } from '../../../electron/counters/enquiries/matters.ts'
import { extendEnquiry, resumeEnquiry, waitForResident } from '../../../electron/counters/enquiries/papers.ts'
import { readRules } from '../../../electron/counters/settings/rules.ts'
import { addDays, isWorkingDay, localDay, workingDaysBetween } from '../../../electron/workbench/calendar.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { accept, addDepartment, asking, look, nowAt, refusal } from './counter.ts'

const seenOf = ({ id, version }: Enquiry) => ({ id, version })
const reason = '测试用的理由'

/** A matter whose answer is due in so many working hours. */
const inHours = (desk: TestDesk, amount: number) =>
  saveMatter(desk.context('manager'), {
    id: null,
    version: null,
    name: '水管爆裂',
    category: '测试',
    limit: { amount, unit: 'hour' },
    papers: [],
    active: true,
  })

test('five working days over 国庆 2026 count the Saturday that is worked and not the Monday that is not', () => {
  // Wednesday 30 September; off from 1 to 7 October, Saturday 10 October is worked.
  const desk = openTestDesk({ start: '2026-09-30T02:00:00.000Z' })
  const made = accept(desk)
  // 8, 9, 10 (调休), 12, 13 October.
  expect(made).toMatchObject({ dueDay: '2026-10-13', workingDaysLeft: 5 })
  desk.clock.set('2026-10-10T01:00:00.000Z')
  expect(look(desk, made.id)).toMatchObject({ workingDaysLeft: 2, urgency: 'normal' })
  desk.clock.set('2026-10-11T01:00:00.000Z')
  expect(look(desk, made.id)).toMatchObject({ workingDaysLeft: 2 })
  desk.clock.set('2026-10-13T15:59:59.000Z')
  expect(look(desk, made.id)).toMatchObject({ workingDaysLeft: 0, urgency: 'today' })
  desk.clock.set('2026-10-13T16:00:00.000Z')
  expect(look(desk, made.id)).toMatchObject({ urgency: 'overdue' })
})

test('a limit of four working hours from Friday afternoon ends on the 调休 Saturday', () => {
  const desk = openTestDesk({ start: '2026-10-09T08:00:00.000Z' })
  // 16:00 to 17:30 on Friday, 08:30 to 11:00 on Saturday.
  const made = accept(desk, { matterId: inHours(desk, 4).id })
  expect(made).toMatchObject({ dueAt: '2026-10-10T03:00:00.000Z', dueDay: '2026-10-10' })
  desk.clock.set('2026-10-10T03:00:01.000Z')
  expect(look(desk, made.id)).toMatchObject({ urgency: 'overdue' })
})

test('beyond the last known year the limit counts plain weekdays', () => {
  const desk = openTestDesk({ start: '2026-12-30T02:00:00.000Z' })
  const { calendarThrough } = readRules(desk.db)
  expect(calendarThrough).toBe(2026)
  // 31 December, then Friday 1 January (nobody has said yet that it is off), 4, 5 and 6 January 2027.
  expect(accept(desk)).toMatchObject({ dueDay: '2027-01-06' })
})

test('while the resident is waited for the clock stands, and the limit moves by what was waited', () => {
  const desk = openTestDesk()
  const made = accept(desk)
  desk.clock.set('2026-11-25T02:00:00.000Z')
  const waiting = waitForResident(desk.context(), { ...seenOf(made), reason: '等户口簿' })
  expect(waiting).toMatchObject({ urgency: 'waiting', dueAt: null, workingDaysLeft: null })
  desk.clock.set('2027-01-15T02:00:00.000Z')
  expect(look(desk, made.id).urgency).toBe('waiting')
  desk.clock.set('2026-12-01T02:00:00.000Z')
  const resumed = resumeEnquiry(desk.context(), { ...seenOf(waiting), text: '带来了' })
  // Due on the 30th; 26, 27, 30 November and 1 December were waited.
  expect(resumed).toMatchObject({ dueDay: '2026-12-04', urgency: 'normal', waitingSince: null })
})

test('while the resident is waited for no department has to report, and it has the time afterwards', () => {
  const desk = openTestDesk()
  const [lead, assist] = ['甲单位', '乙单位'].map((name) => addDepartment(desk, name))
  const out = dispatchEnquiry(desk.context(), {
    ...seenOf(accept(desk)),
    leadId: lead!,
    assistIds: [assist!],
    task: '',
    fileIds: [],
  })
  const [first, second] = out.assignments
  expect(first!.arriveDueAt).toBe('2026-11-23T07:11:00.000Z')
  const arrived = arrive(desk.context(), {
    ...seenOf(out),
    assignmentId: second!.id,
    via: '电话',
    text: '',
  })
  desk.clock.set('2026-11-23T07:01:00.000Z')
  const waiting = waitForResident(desk.context(), { ...seenOf(arrived), reason })
  desk.clock.set('2026-11-24T07:01:00.000Z')
  expect(look(desk, out.id).assignments[0]!.late).toBe(false)
  const resumed = resumeEnquiry(desk.context(), { ...seenOf(waiting), text: '' })
  // Ten minutes were left.
  expect(resumed).toMatchObject({ dueWhat: 'arrival', dueAt: '2026-11-24T07:11:00.000Z', urgency: 'today' })
})

test('another matter moves the limit, and what was waited stays waited', () => {
  const desk = openTestDesk()
  const matter = readMatters(desk.db).find(({ limit }) => limit.amount === 3 && limit.unit === 'day')!
  const waiting = waitForResident(desk.context(), { ...seenOf(accept(desk)), reason })
  desk.clock.set('2026-11-26T02:00:00.000Z')
  const resumed = resumeEnquiry(desk.context(), { ...seenOf(waiting), text: '' })
  const what = asking({ matterId: matter.id })
  const edited = editEnquiry(desk.context(), { ...seenOf(resumed), ...what })
  // Three working days from the 23rd, and the three that were waited.
  expect([resumed.dueDay, edited.dueDay]).toEqual(['2026-12-03', '2026-12-01'])
})

test('another matter moves a limit in hours by the working hours of the days that were waited', () => {
  const desk = openTestDesk()
  const waiting = waitForResident(desk.context(), { ...seenOf(accept(desk)), reason })
  desk.clock.set('2026-11-24T02:00:00.000Z')
  const resumed = resumeEnquiry(desk.context(), { ...seenOf(waiting), text: '' })
  const matter = inHours(desk, 2)
  const edited = editEnquiry(desk.context(), { ...seenOf(resumed), ...asking({ matterId: matter.id }) })
  // Two hours from 09:41 on the 23rd would end at 11:41; a whole day was waited.
  expect(edited.answerDueAt).toBe('2026-11-24T03:41:00.000Z')
})

test('opened again, the limit runs from that day: no earlier extension and no other matter moves it back', () => {
  const desk = openTestDesk()
  const extended = extendEnquiry(desk.context('manager'), {
    ...seenOf(accept(desk)),
    until: '2026-12-07',
    reason,
  })
  const closed = closeEnquiry(desk.context(), { ...seenOf(extended), answer: '已修' })
  desk.clock.set('2026-12-14T02:00:00.000Z')
  const again = reopenEnquiry(desk.context(), { ...seenOf(closed), reason })
  expect(again).toMatchObject({ dueDay: '2026-12-21', extended: 0 })
  const [matter] = readMatters(desk.db)
  const edited = editEnquiry(desk.context(), { ...seenOf(again), ...asking({ matterId: matter!.id }) })
  expect(edited.dueDay).toBe('2026-12-21')
})

test('a limit that ends at closing time is not moved by a wait over lunch', () => {
  const desk = openTestDesk({ start: '2026-11-23T05:30:00.000Z' })
  const made = accept(desk, { matterId: inHours(desk, 4).id })
  expect(made.dueAt).toBe('2026-11-23T09:30:00.000Z')
  const waiting = waitForResident(desk.context(), { ...seenOf(made), reason })
  const resumed = resumeEnquiry(desk.context(), { ...seenOf(waiting), text: '' })
  expect(resumed.dueAt).toBe(made.dueAt)
})

test('whatever is waited, what was left of the limit is left again', () => {
  const desk = openTestDesk()
  const rules = readRules(desk.db)
  const minute = 60_000
  const start = Date.parse('2026-03-02T00:00:00.000Z')
  fc.assert(
    fc.property(
      fc.nat(60 * 24 * 200),
      fc.nat(60 * 24 * 20),
      fc.nat(60 * 24 * 60),
      fc.integer({ min: 1, max: 30 }),
      (offset, before, waited, days) => {
        const accepted = new Date(start + offset * minute)
        const since = new Date(accepted.getTime() + before * minute)
        const now = new Date(since.getTime() + waited * minute)
        const answerDueAt = dueAfter(accepted, { amount: days, unit: 'day' }, rules)
        const clock = {
          answerDueAt,
          limitUnit: 'day',
          waitingSince: since.toISOString(),
          pausedDays: 0,
        } as const
        const moved = runOn(clock, now, rules)
        const left = (from: Date, due: string) => workingDaysBetween(localDay(from), localDay(new Date(due)))
        const overdue = localDay(since) > localDay(new Date(answerDueAt))
        if (!overdue) expect(left(now, moved.answerDueAt)).toBe(left(since, answerDueAt))
        expect(moved.answerDueAt >= answerDueAt).toBe(true)
        expect(isWorkingDay(localDay(new Date(moved.answerDueAt)))).toBe(true)
        expect(runOn(moved, new Date(now.getTime() + minute), rules)).toBe(moved)
      },
    ),
  )
})

test('an extension leads to the end of a later working day, and to no other', () => {
  const desk = openTestDesk()
  const made = accept(desk)
  const extend = (until: string) => extendEnquiry(desk.context('manager'), { ...seenOf(made), until, reason })
  const problem = (until: string) =>
    (refusal(() => extend(until)).data as { fields: { problem: string }[] }).fields[0]!.problem
  expect(problem('2026-11-30')).toBe('not-later')
  expect(problem('2026-11-01')).toBe('not-later')
  expect(problem('2026-12-05')).toBe('not-working-day')
  // 2206 for 2026: no list could count the working days until then.
  expect(problem('2206-12-05')).toBe('too-late')
  expect(problem('2027-11-24')).toBe('too-late')
  expect(
    refusal(() => extendEnquiry(desk.context('clerk'), { ...seenOf(made), until: '2026-12-07', reason }))
      .code,
  ).toBe('FORBIDDEN')
  expect(extend('2026-12-07')).toMatchObject({
    dueDay: '2026-12-07',
    extended: 1,
    events: [{}, { step: 'extend', detail: { until: '2026-12-07' }, text: reason }],
  })
})

test('the state of a limit is computed for the moment that asks, never kept', () => {
  const dueAt = '2026-11-30T15:59:59.999Z'
  const on = (day: string) =>
    shownLimit({ state: 'working', dueAt, answerDueAt: dueAt, waiting: false }, nowAt(day)).urgency
  const seen = Array.from({ length: 14 }, (_, index) => on(addDays('2026-11-23', index)))
  expect(seen).toEqual([
    ...Array<string>(4).fill('normal'),
    ...Array<string>(3).fill('soon'),
    'today',
    ...Array<string>(6).fill('overdue'),
  ])
  for (const state of ['closed', 'archived', 'withdrawn', 'referred'] as const) {
    expect(
      shownLimit({ state, dueAt, answerDueAt: dueAt, waiting: false }, nowAt('2026-12-24')).urgency,
    ).toBe('none')
  }
})
