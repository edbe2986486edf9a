import { expect, test } from 'vitest'
import type { Enquiry } from '../../../electron/contract/enquiries.ts'
import { enquiryFilter } from '../../../electron/contract/enquiry-lists.ts'
import {
  answerEnquiry,
  arrive,
  dispatchEnquiry,
  giveBack,
} from '../../../electron/counters/enquiries/dispatch.ts'
import { followUp } from '../../../electron/counters/enquiries/follow-up.ts'
import { nowOf } from '../../../electron/counters/enquiries/limits.ts'
import { listEnquiries, type Filter } from '../../../electron/counters/enquiries/list.ts'
import { readMatters } from '../../../electron/counters/enquiries/matters.ts'
import { waitForResident } from '../../../electron/counters/enquiries/papers.ts'
import { readSupervision } from '../../../electron/counters/enquiries/supervision.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { accept, addDepartment, refusal } from './counter.ts'

const seenOf = ({ id, version }: Enquiry) => ({ id, version })
const page = (desk: TestDesk, from = '2026-11-01', to = '2026-12-31') =>
  readSupervision(desk.db, { from, to }, nowOf(desk.desk))
/** How many rows a filter of the list finds: what a number of the page opens. */
const rowsBehind = (desk: TestDesk, filter: Partial<Filter>) =>
  listEnquiries(desk.db, enquiryFilter.parse({ limit: 100, ...filter }), nowOf(desk.desk), 'manager').rows
    .length

const dispatched = (desk: TestDesk, leadId: number) =>
  dispatchEnquiry(desk.context(), { ...seenOf(accept(desk)), leadId, assistIds: [], task: '', fileIds: [] })
const answer = (desk: TestDesk, standing: Enquiry, kind: 'solved' | 'explained' = 'solved') =>
  answerEnquiry(desk.context(), { ...seenOf(standing), kind, via: '电话', text: '已答复', fileIds: [] })

/** A desk a week and a half later with one late case of each kind, and one that waits for the resident. */
function lateDesk() {
  const desk = openTestDesk()
  const [first, second] = ['甲单位', '乙单位'].map((name) => addDepartment(desk, name))
  const atDesk = accept(desk)
  const notArrived = dispatched(desk, first!)
  let atDepartment = dispatched(desk, second!)
  const assignmentId = atDepartment.assignments[0]!.id
  atDepartment = arrive(desk.context(), { ...seenOf(atDepartment), assignmentId, via: '电话', text: '' })
  let bounced = dispatched(desk, first!)
  for (const leadId of [second!, first!]) {
    const back = giveBack(desk.context(), {
      ...seenOf(bounced),
      assignmentId: bounced.assignments.at(-1)!.id,
      via: '电话',
      reason: '不归我们管',
    })
    bounced = dispatchEnquiry(desk.context(), {
      ...seenOf(back),
      leadId,
      assistIds: [],
      task: '',
      fileIds: [],
    })
  }
  const notCalled = answer(desk, accept(desk))
  const waits = accept(desk)
  waitForResident(desk.context(), { ...seenOf(waits), reason: '等户口簿' })
  desk.clock.set('2026-12-02T02:00:00.000Z')
  const fresh = accept(desk)
  return {
    desk,
    first: first!,
    second: second!,
    atDesk,
    notArrived,
    atDepartment,
    bounced,
    notCalled,
    waits,
    fresh,
  }
}

test('what is late is told with who has it and why', () => {
  const { desk, first, second, atDesk, notArrived, atDepartment, bounced, notCalled } = lateDesk()
  const { lateRows, lateBy } = page(desk)
  expect(Object.fromEntries(lateRows.map(({ id, why }) => [id, why]))).toEqual({
    [atDesk.id]: 'at-desk',
    [notArrived.id]: 'not-arrived',
    [atDepartment.id]: 'at-department',
    [bounced.id]: 'bounced',
    [notCalled.id]: 'no-follow-up',
  })
  expect(lateBy).toEqual(
    expect.arrayContaining([
      { departmentId: null, name: null, why: 'at-desk', count: 1 },
      { departmentId: null, name: null, why: 'no-follow-up', count: 1 },
      { departmentId: first, name: '甲单位', why: 'not-arrived', count: 1 },
      { departmentId: first, name: '甲单位', why: 'bounced', count: 1 },
      { departmentId: second, name: '乙单位', why: 'at-department', count: 1 },
    ]),
  )
  // Most overdue first: the two that should have reported on the first day.
  expect(
    lateRows
      .slice(0, 2)
      .map(({ id }) => id)
      .sort(),
  ).toEqual([notArrived.id, bounced.id].sort())
})

test('while one that assists is there and the lead is not, it is the lead that has not reported', () => {
  const desk = openTestDesk()
  const [lead, assist] = ['甲单位', '乙单位'].map((name) => addDepartment(desk, name))
  const out = dispatchEnquiry(desk.context(), {
    ...seenOf(accept(desk)),
    leadId: lead!,
    assistIds: [assist!],
    task: '',
    fileIds: [],
  })
  const assignmentId = out.assignments.find(({ part }) => part === 'assist')!.id
  const working = arrive(desk.context(), { ...seenOf(out), assignmentId, via: '电话', text: '' })
  desk.clock.set('2026-11-24T02:00:00.000Z')
  expect(page(desk).lateBy).toEqual([{ departmentId: lead, name: '甲单位', why: 'not-arrived', count: 1 }])
  expect(rowsBehind(desk, { state: 'all', departmentId: lead!, why: 'not-arrived' })).toBe(1)
  expect(rowsBehind(desk, { state: 'closed', why: 'not-arrived' })).toBe(0)
  // Once the lead has answered, nobody has to come any more.
  expect(page(desk).now.arrival).toBe(1)
  answer(desk, working)
  expect(page(desk).now.arrival).toBe(0)
  expect(rowsBehind(desk, { urgency: 'arrival' })).toBe(0)
})

test('every number of the moment is the number of rows that it opens', () => {
  const { desk } = lateDesk()
  const { now } = page(desk)
  expect(now).toEqual({
    open: 7,
    overdue: 5,
    today: 0,
    remind: 3,
    arrival: 2,
    followUp: 1,
    waiting: 1,
    promises: 0,
  })
  expect(rowsBehind(desk, {})).toBe(now.open)
  for (const urgency of ['overdue', 'today', 'remind', 'arrival', 'waiting'] as const) {
    expect(rowsBehind(desk, { urgency })).toBe(now[urgency])
  }
  expect(rowsBehind(desk, { state: 'answered' })).toBe(now.followUp)
})

test('answer times are medians in working days, by matter and by department, and their rows are one click away', () => {
  const desk = openTestDesk()
  const department = addDepartment(desk, '甲单位')
  const matter = readMatters(desk.db).find(({ limit }) => limit.amount === 3)!
  const made = [1, 2, 3].map(() => accept(desk, { matterId: matter.id }))
  const out = dispatched(desk, department)
  for (const [index, day] of ['2026-11-24', '2026-11-26', '2026-12-03'].entries()) {
    desk.clock.set(`${day}T02:00:00.000Z`)
    answer(desk, made[index]!, index === 2 ? 'explained' : 'solved')
  }
  answer(desk, out)
  const { byMatter, byDepartment, period } = page(desk)
  expect(byMatter[0]).toEqual({
    matterId: matter.id,
    name: matter.name,
    count: 3,
    medianDays: 3,
    p90Days: 8,
    late: 1,
  })
  expect(byDepartment).toEqual([
    { departmentId: null, name: null, count: 3, medianDays: 3, p90Days: 8, late: 1 },
    { departmentId: department, name: '甲单位', count: 1, medianDays: 8, p90Days: 8, late: 1 },
  ])
  expect(period).toEqual({ accepted: 4, answered: 4, late: 2, explained: 1, refused: 0, closed: 0 })
  const answered = { by: 'answered', from: '2026-11-01', to: '2026-12-31' } as const
  expect(rowsBehind(desk, { state: 'all', matterId: matter.id, period: answered })).toBe(3)
  expect(rowsBehind(desk, { state: 'all', departmentId: department, period: answered })).toBe(1)
  expect(rowsBehind(desk, { state: 'all', period: answered, late: true })).toBe(2)
  expect(rowsBehind(desk, { state: 'all', period: answered, kind: 'explained' })).toBe(1)
})

test('the flow is per day for a month and per week beyond, and sums to the period', () => {
  const { desk } = lateDesk()
  const sum = (points: { accepted: number }[]) => points.reduce((total, { accepted }) => total + accepted, 0)
  const month = page(desk, '2026-11-15', '2026-12-14')
  expect(month.flow).toHaveLength(30)
  expect(sum(month.flow)).toBe(month.period.accepted)
  const quarter = page(desk, '2026-10-01', '2026-12-31')
  expect(quarter.flow[0]!.day).toBe('2026-09-28')
  expect(sum(quarter.flow)).toBe(7)
})

test('call-backs are counted by result', () => {
  const desk = openTestDesk()
  for (const result of ['content', 'content', 'discontent', 'no-contact'] as const) {
    followUp(desk.context(), { ...seenOf(answer(desk, accept(desk))), result, text: '' })
  }
  expect(page(desk).followUps).toEqual({ content: 2, discontent: 1, unreachable: 0, noContact: 1 })
  expect(page(desk)).toMatchObject({ levels: null, rated: 0, calendar: { through: 2026, exceeded: false } })
})

test('a limit beyond the calendar that is known is told', () => {
  const desk = openTestDesk({ start: '2026-12-30T02:00:00.000Z' })
  accept(desk)
  expect(page(desk).calendar).toEqual({ through: 2026, exceeded: true })
})

test('a period that ends before it begins, or never ends, is INVALID', () => {
  const desk = openTestDesk()
  expect(refusal(() => page(desk, '2026-12-01', '2026-11-30'))).toMatchObject({ code: 'INVALID' })
  expect(refusal(() => page(desk, '0001-01-01', '2026-11-30'))).toMatchObject({ code: 'INVALID' })
})
