import { expect, test } from 'vitest'
import { closeEnquiry, reopenEnquiry } from '../../../electron/counters/enquiries/life.ts'
import { readToday } from '../../../electron/counters/overview/today.ts'
import { openTestDesk } from '../../fixture.ts'
import { accept, nowAt } from '../enquiries/counter.ts'

test('a fresh desk waits for nothing', () => {
  expect(readToday(openTestDesk().db, nowAt('2026-11-23'), 'clerk', null)).toEqual({
    day: '2026-11-23',
    enquiries: {
      open: 0,
      overdue: 0,
      dueToday: 0,
      acceptedToday: 0,
      closedToday: 0,
      followUp: 0,
      waiting: 0,
      remind: 0,
      promises: 0,
      urgent: [],
    },
    noon: {
      schoolDay: false,
      expected: 0,
      present: 0,
      onLeave: 0,
      gone: 0,
      missing: 0,
      notCollected: 0,
    },
    visits: { monthMet: 0, monthGoal: 0, followUp: 0, keyOverdue: 0, patrols: 0 },
    certificates: { toCollect: 0, toApprove: 0, toIssue: 0 },
    papersToCheck: 0,
  })
})

test('who has no business with visits hears nothing of them', () => {
  expect(readToday(openTestDesk().db, nowAt('2026-11-23'), 'teacher', null).visits).toBeNull()
})

test('today counts what waits, what is late and what was done today', () => {
  const desk = openTestDesk()
  const late = accept(desk)
  desk.clock.set('2026-11-24T01:00:00.000Z')
  const due = accept(desk)
  desk.clock.set('2026-12-01T01:00:00.000Z')
  accept(desk)
  accept(desk, { answer: '当场答复' })
  const { day, enquiries } = readToday(desk.db, nowAt('2026-12-01'), 'clerk', null)
  expect(day).toBe('2026-12-01')
  expect(enquiries).toMatchObject({ open: 3, overdue: 1, dueToday: 1, acceptedToday: 2, closedToday: 1 })
  expect(enquiries.urgent.map(({ id, urgency }) => [id, urgency])).toEqual([
    [late.id, 'overdue'],
    [due.id, 'today'],
    [3, 'normal'],
  ])
})

test('what is opened again was not closed today', () => {
  const desk = openTestDesk()
  const { id } = accept(desk)
  const { version } = closeEnquiry(desk.context(), { id, version: 1, answer: '已修' })
  reopenEnquiry(desk.context(), { id, version, reason: '又漏了' })
  expect(readToday(desk.db, nowAt('2026-11-23'), 'clerk', null).enquiries).toMatchObject({
    open: 1,
    closedToday: 0,
  })
})

test('five urgent ones fill the card', () => {
  const desk = openTestDesk()
  for (let count = 0; count < 7; count += 1) accept(desk)
  expect(readToday(desk.db, nowAt('2026-11-23'), 'clerk', null).enquiries).toMatchObject({
    open: 7,
    urgent: { length: 5 },
  })
})
