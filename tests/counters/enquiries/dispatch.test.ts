import { expect, test } from 'vitest'
import type { Enquiry } from '../../../electron/contract/enquiries.ts'
import {
  answerEnquiry,
  arrive,
  callIn,
  dispatchEnquiry,
  giveBack,
  recall,
  remind,
  report,
  transfer,
} from '../../../electron/counters/enquiries/dispatch.ts'
import { withdrawEnquiry } from '../../../electron/counters/enquiries/life.ts'
import { saveDepartment } from '../../../electron/counters/settings/departments.ts'
import { value } from '../../../electron/database/open.ts'
import { openTestDesk } from '../../fixture.ts'
import { accept, addDepartment, look, refusal } from './counter.ts'

const via = '电话' as const
const seenOf = ({ id, version }: Enquiry) => ({ id, version })

/** Monday 2026-11-23, 09:41: one enquiry and three departments that can be called. */
function openCase() {
  const desk = openTestDesk()
  const [first, second, third] = ['甲单位', '乙单位', '丙单位'].map((name) => addDepartment(desk, name))
  const sent = (assistIds: number[] = []) =>
    dispatchEnquiry(desk.context(), {
      ...seenOf(accept(desk)),
      leadId: first!,
      assistIds,
      task: '楼上漏水，请上门查看',
      fileIds: [],
    })
  return { desk, first: first!, second: second!, third: third!, sent }
}

test('a department that was called has to report within four working hours, and until then that is due', () => {
  const { desk, sent } = openCase()
  const out = sent()
  // 09:41 to 12:00 and 13:30 to 15:11 are four hours.
  expect(out).toMatchObject({
    state: 'dispatched',
    lead: '甲单位',
    dueWhat: 'arrival',
    dueAt: '2026-11-23T07:11:00.000Z',
  })
  expect(out.assignments).toMatchObject([
    { department: '甲单位', part: 'lead', state: 'sent', task: '楼上漏水，请上门查看', late: false },
  ])
  desk.clock.set('2026-11-23T07:12:00.000Z')
  expect(look(desk, out.id)).toMatchObject({ urgency: 'overdue', assignments: [{ late: true }] })
  const arrived = arrive(desk.context(), {
    ...seenOf(out),
    assignmentId: out.assignments[0]!.id,
    via,
    text: '下午上门',
  })
  expect(arrived).toMatchObject({
    state: 'working',
    dueWhat: 'answer',
    dueDay: '2026-11-30',
    urgency: 'normal',
  })
  expect(arrived.assignments).toMatchObject([
    { state: 'arrived', late: false, arrivedAt: '2026-11-23T07:12:00.000Z' },
  ])
})

test('a whistle: each department arrives and answers by itself, the enquiry answers when the lead says so', () => {
  const { desk, second, third, sent } = openCase()
  let standing = sent([second, third])
  expect(standing.events.at(-1)).toMatchObject({
    step: 'dispatch',
    departments: ['甲单位', '乙单位', '丙单位'],
  })
  const of = (name: string) => standing.assignments.find((one) => one.department === name)!
  standing = arrive(desk.context(), {
    ...seenOf(standing),
    assignmentId: of('乙单位').id,
    via: '微信',
    text: '',
  })
  // One that assists has come; the lead still has to.
  expect(standing).toMatchObject({ state: 'working', dueWhat: 'arrival' })
  standing = report(desk.context(), {
    ...seenOf(standing),
    assignmentId: of('乙单位').id,
    via: '微信',
    text: '水管是我们的，已关阀',
    fileIds: [],
  })
  expect(standing.state).toBe('working')
  const leadsReport = { ...seenOf(standing), assignmentId: of('甲单位').id, via, text: '已修好', fileIds: [] }
  expect(refusal(() => report(desk.context(), leadsReport))).toMatchObject({
    code: 'INVALID',
    data: { fields: [{ path: 'assignmentId', problem: 'lead' }] },
  })
  standing = arrive(desk.context(), { ...seenOf(standing), assignmentId: of('甲单位').id, via, text: '' })
  standing = answerEnquiry(desk.context(), {
    ...seenOf(standing),
    kind: 'solved',
    via,
    text: '已修好，墙面下周补',
    fileIds: [],
  })
  expect(standing).toMatchObject({
    state: 'answered',
    answer: '已修好，墙面下周补',
    answerKind: 'solved',
    dueWhat: 'follow-up',
  })
  expect(standing.assignments.map(({ department, state }) => [department, state])).toEqual([
    ['甲单位', 'answered'],
    ['乙单位', 'answered'],
    ['丙单位', 'sent'],
  ])
  // The third may still tell what it did.
  standing = report(desk.context(), {
    ...seenOf(standing),
    assignmentId: of('丙单位').id,
    via,
    text: '现场已清理',
    fileIds: [],
  })
  expect(standing.state).toBe('answered')
})

test('what the leading department gives back is the desk’s again, and nobody else is at work', () => {
  const { desk, second, sent } = openCase()
  const out = sent([second])
  const back = giveBack(desk.context(), {
    ...seenOf(out),
    assignmentId: out.assignments[0]!.id,
    via,
    reason: '不归我们管',
  })
  expect(back).toMatchObject({ state: 'accepted', lead: null, dueWhat: 'answer' })
  expect(back.assignments.map(({ state }) => state)).toEqual(['returned', 'recalled'])
  expect(back.events.at(-1)).toMatchObject({ step: 'return', departments: ['甲单位'], text: '不归我们管' })
})

test('one that assists may give back without stopping the others', () => {
  const { desk, second, sent } = openCase()
  const out = sent([second])
  const assist = out.assignments.find(({ part }) => part === 'assist')!
  const back = giveBack(desk.context(), { ...seenOf(out), assignmentId: assist.id, via, reason: '没有人手' })
  expect(back).toMatchObject({ state: 'dispatched', lead: '甲单位' })
  // And may be called again.
  expect(callIn(desk.context(), { ...seenOf(back), assistIds: [second], task: '' }).assignments).toHaveLength(
    3,
  )
})

test('passed on, another department leads and has to report anew', () => {
  const { desk, second, sent } = openCase()
  const out = sent()
  desk.clock.set('2026-11-24T00:30:00.000Z')
  const passed = transfer(desk.context(), {
    ...seenOf(out),
    leadId: second,
    task: '',
    reason: '管道归乙单位',
  })
  expect(passed).toMatchObject({ state: 'dispatched', lead: '乙单位', dueAt: '2026-11-24T06:00:00.000Z' })
  expect(passed.assignments.map(({ state }) => state)).toEqual(['recalled', 'sent'])
  const again = { ...seenOf(passed), leadId: second, task: '', reason: '再转一次' }
  expect(refusal(() => transfer(desk.context(), again))).toMatchObject({ code: 'INVALID' })
})

test('one that assists may come to lead, and has one task then', () => {
  const { desk, second, sent } = openCase()
  const out = sent([second])
  const passed = transfer(desk.context(), {
    ...seenOf(out),
    leadId: second,
    task: '',
    reason: '管道归乙单位',
  })
  expect(passed.assignments.map(({ department, part, state }) => [department, part, state])).toEqual([
    ['甲单位', 'lead', 'recalled'],
    ['乙单位', 'assist', 'recalled'],
    ['乙单位', 'lead', 'sent'],
  ])
})

test('taken back or withdrawn, every department is recalled', () => {
  const { desk, second, sent } = openCase()
  const one = recall(desk.context(), { ...seenOf(sent([second])), reason: '派错了' })
  const other = withdrawEnquiry(desk.context(), { ...seenOf(sent([second])), reason: '居民不办了' })
  for (const { assignments } of [one, other]) {
    expect(assignments.map(({ state }) => state)).toEqual(['recalled', 'recalled'])
  }
  expect([one.state, other.state]).toEqual(['accepted', 'withdrawn'])
})

test('a department is urged while it is at work and no longer', () => {
  const { desk, sent } = openCase()
  const out = sent()
  const assignmentId = out.assignments[0]!.id
  const urged = remind(desk.context(), { ...seenOf(out), assignmentId, via, text: '请今天回话' })
  expect(urged.events.at(-1)).toMatchObject({ step: 'remind', departments: ['甲单位'], detail: { via } })
  const back = giveBack(desk.context(), { ...seenOf(urged), assignmentId, via, reason: '不归我们管' })
  const anew = dispatchEnquiry(desk.context(), {
    ...seenOf(back),
    leadId: urged.assignments[0]!.departmentId,
    assistIds: [],
    task: '',
    fileIds: [],
  })
  const late = refusal(() =>
    remind(desk.context(), { ...seenOf(anew), assignmentId, via, text: '还没有回话' }),
  )
  expect(late).toMatchObject({ code: 'CONFLICT', data: { because: 'step' } })
  expect((late.data as { current: Enquiry }).current).toEqual(look(desk, anew.id))
})

test('nothing is half sent: a department named twice, or not called any more, stops the whole whistle', () => {
  const { desk, first, second, third } = openCase()
  const made = accept(desk)
  saveDepartment(desk.context('manager'), {
    id: third,
    version: 1,
    kind: 'other',
    name: '丙单位',
    contact: '',
    phone: '',
    note: '',
    active: false,
  })
  for (const assistIds of [[second, second], [first], [second, third], [999]]) {
    const call = () =>
      dispatchEnquiry(desk.context(), { ...seenOf(made), leadId: first, assistIds, task: '', fileIds: [] })
    expect(['INVALID', 'NOT_FOUND']).toContain(refusal(call).code)
  }
  expect(look(desk, made.id)).toEqual(made)
  expect(value(desk.db, 'SELECT count(*) FROM assignment')).toBe(0)
})

test('an assignment of another enquiry is NOT_FOUND, an unknown file too', () => {
  const { desk, sent } = openCase()
  const [one, other] = [sent(), sent()]
  const strange = { ...seenOf(one), assignmentId: other.assignments[0]!.id, via, text: '' }
  expect(refusal(() => arrive(desk.context(), strange))).toMatchObject({ code: 'NOT_FOUND' })
  const answer = { ...seenOf(one), kind: 'solved', via, text: '已修好', fileIds: [77] } as const
  expect(refusal(() => answerEnquiry(desk.context(), answer))).toEqual({
    code: 'NOT_FOUND',
    data: { what: 'file' },
  })
  expect(look(desk, one.id)).toEqual(one)
})

test('the working days to the answer and whether it was late are facts of that moment', () => {
  const { desk, sent } = openCase()
  const out = sent()
  desk.clock.set('2026-12-02T02:00:00.000Z')
  answerEnquiry(desk.context(), { ...seenOf(out), kind: 'explained', via, text: '已说明', fileIds: [] })
  const stored = (column: string) => value(desk.db, `SELECT ${column} FROM enquiry WHERE id = ?`, out.id)
  expect([stored('answer_days'), stored('late'), stored('answer_kind'), stored('answered_day')]).toEqual([
    7,
    1,
    'explained',
    '2026-12-02',
  ])
})
