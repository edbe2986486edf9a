import { expect, test } from 'vitest'
import type { Enquiry } from '../../../electron/contract/enquiries.ts'
import {
  answerEnquiry,
  arrive,
  dispatchEnquiry,
  giveBack,
  transfer,
} from '../../../electron/counters/enquiries/dispatch.ts'
import { followUp } from '../../../electron/counters/enquiries/follow-up.ts'
import { closeEnquiry, withdrawEnquiry } from '../../../electron/counters/enquiries/life.ts'
import { nowOf } from '../../../electron/counters/enquiries/limits.ts'
import { listEnquiries, type Filter } from '../../../electron/counters/enquiries/list.ts'
import { acceptPromise, waitForResident } from '../../../electron/counters/enquiries/papers.ts'
import { readSupervision } from '../../../electron/counters/enquiries/supervision.ts'
import type { Filter as Link } from '../../../renderer/counters/enquiries/filters.ts'
import { cellFilter } from '../../../renderer/counters/enquiries/supervision/late.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { accept, addDepartment, refusal } from './counter.ts'

/** What a link of the manager's page finds, as the manager opens it. */
function found(desk: TestDesk, filter: Link): number[] {
  const asked = { ...filter, state: filter.state ?? 'open', limit: 100 } as Filter
  const { rows, total } = listEnquiries(desk.db, asked, nowOf(desk.desk), 'manager')
  expect(total).toBe(rows.length)
  return rows.map(({ id }) => id)
}

/** One enquiry in each plight that a manager asks about, five weeks later. */
function fiveWeeksLater() {
  const desk = openTestDesk()
  const context = desk.context('manager')
  const property = addDepartment(desk, '甲物业', 'property')
  const street = addDepartment(desk, '乙街道办', 'street')
  const seen = ({ id, version }: Enquiry) => ({ id, version })
  const part = (at: Enquiry) => ({
    ...seen(at),
    assignmentId: at.assignments.at(-1)!.id,
    via: '电话' as const,
  })
  const out = (at: Enquiry, leadId: number) =>
    dispatchEnquiry(context, { ...seen(at), leadId, assistIds: [], task: '', fileIds: [] })
  const back = (at: Enquiry) => giveBack(context, { ...part(at), reason: '不归我们管' })
  const over = (at: Enquiry, leadId: number) =>
    transfer(context, { ...seen(at), leadId, task: '', reason: '换一家' })
  const answer = (at: Enquiry) =>
    answerEnquiry(context, { ...seen(at), kind: 'explained', via: '当面', text: '讲清楚了', fileIds: [] })

  const cases = {
    atDesk: accept(desk),
    notArrived: out(accept(desk), property),
    atDepartment: out(accept(desk), property),
    backTwice: accept(desk),
    passedTwice: out(accept(desk), property),
    noFollowUp: out(accept(desk), street),
    waiting: accept(desk),
    promise: accept(desk),
    withdrawn: accept(desk),
    closed: accept(desk),
    calledBack: accept(desk),
  }
  arrive(context, { ...part(cases.atDepartment), text: '' })
  back(out(back(out(cases.backTwice, property)), street))
  over(over(cases.passedTwice, street), property)
  answer(cases.noFollowUp)
  waitForResident(context, { ...seen(cases.waiting), reason: '等居民补材料' })
  const papers = { brought: [], promised: ['户口簿'], until: '2026-11-30', consequence: '退回申请' }
  acceptPromise(context, { ...seen(cases.promise), ...papers })
  const gone = acceptPromise(context, { ...seen(cases.withdrawn), ...papers })
  withdrawEnquiry(context, { ...seen(gone), reason: '居民不办了' })
  closeEnquiry(context, { ...seen(cases.closed), answer: '当场办好', fileIds: [] })
  followUp(context, { ...seen(answer(cases.calledBack)), result: 'content', text: '满意' })
  desk.clock.set('2026-12-28T01:00:00.000Z')
  return { desk, cases, property, street, page: () => readSupervision(desk.db, year, nowOf(desk.desk)) }
}
const year = { from: '2026-01-01', to: '2026-12-31' }

test('each late one stands under who has it and why', () => {
  const { cases, property, page } = fiveWeeksLater()
  const { lateBy, lateRows } = page()
  expect(new Map(lateRows.map(({ id, why }) => [id, why]))).toEqual(
    new Map([
      [cases.atDesk.id, 'at-desk'],
      [cases.promise.id, 'at-desk'],
      [cases.notArrived.id, 'not-arrived'],
      [cases.atDepartment.id, 'at-department'],
      [cases.backTwice.id, 'bounced'],
      [cases.passedTwice.id, 'bounced'],
      [cases.noFollowUp.id, 'no-follow-up'],
    ]),
  )
  expect(lateBy).toContainEqual({ departmentId: null, name: null, why: 'bounced', count: 1 })
  expect(lateBy).toContainEqual({ departmentId: property, name: '甲物业', why: 'bounced', count: 1 })
  // The call-back is the desk's, whoever led.
  expect(lateBy).toContainEqual({ departmentId: null, name: null, why: 'no-follow-up', count: 1 })
})

test('every number of the manager’s page opens exactly its rows', () => {
  const { desk, page } = fiveWeeksLater()
  const { now, lateBy, period, byMatter, byDepartment, followUps } = page()
  const count = (filter: Link) => found(desk, filter).length
  const answered: Link = { state: 'all', period: { by: 'answered', ...year } }
  const closed: Link = { state: 'all', period: { by: 'closed', ...year } }
  expect({
    open: count({}),
    overdue: count({ urgency: 'overdue' }),
    today: count({ urgency: 'today' }),
    remind: count({ urgency: 'remind' }),
    arrival: count({ urgency: 'arrival' }),
    followUp: count({ state: 'answered' }),
    waiting: count({ urgency: 'waiting' }),
    promises: count({ promiseDue: true }),
  }).toEqual(now)
  expect(now).toMatchObject({ overdue: 7, remind: 3, waiting: 1, promises: 1 })
  for (const cell of lateBy) expect(count(cellFilter(cell, cell.why)), JSON.stringify(cell)).toBe(cell.count)
  expect({
    accepted: count({ state: 'all', period: { by: 'accepted', ...year } }),
    answered: count(answered),
    late: count({ ...answered, late: true }),
    explained: count({ ...answered, kind: 'explained' }),
    refused: count({ ...answered, kind: 'refused' }),
    closed: count(closed),
  }).toEqual(period)
  for (const { matterId, count: shown } of byMatter) expect(count({ ...answered, matterId })).toBe(shown)
  for (const { departmentId, count: shown } of byDepartment)
    expect(count({ ...answered, departmentId })).toBe(shown)
  expect(byDepartment.map(({ count: shown }) => shown)).toEqual([2, 1])
  expect(count({ ...closed, followUp: 'content' })).toBe(followUps.content)
})

test('a reason for lateness means that it is late', () => {
  const { desk, cases } = fiveWeeksLater()
  const fresh = accept(desk)
  expect(found(desk, { why: 'at-desk' })).toEqual([cases.atDesk.id, cases.promise.id])
  expect(found(desk, {})).toContain(fresh.id)
})

test('a period that ends before it begins is INVALID', () => {
  const { desk, page } = fiveWeeksLater()
  expect(page().period.accepted).toBe(11)
  expect(
    refusal(() => readSupervision(desk.db, { from: '2026-12-02', to: '2026-12-01' }, nowOf(desk.desk))),
  ).toMatchObject({ code: 'INVALID', data: { fields: [{ path: 'to' }] } })
})
