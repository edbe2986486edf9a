import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Role } from '../../../electron/contract/access.ts'
import {
  enquiryStates,
  steps,
  type Enquiry,
  type EnquiryState,
  type Step,
} from '../../../electron/contract/enquiries.ts'
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
import { followUp, logCall } from '../../../electron/counters/enquiries/follow-up.ts'
import { linkEnquiries, unlinkEnquiry } from '../../../electron/counters/enquiries/groups.ts'
import {
  archiveEnquiry,
  askAgain,
  closeEnquiry,
  editEnquiry,
  noteEnquiry,
  referEnquiry,
  reopenEnquiry,
  withdrawEnquiry,
} from '../../../electron/counters/enquiries/life.ts'
import { readMatters } from '../../../electron/counters/enquiries/matters.ts'
import {
  acceptPromise,
  bringPapers,
  extendEnquiry,
  giveNotice,
  resumeEnquiry,
  waitForResident,
} from '../../../electron/counters/enquiries/papers.ts'
import { allowedSteps, findStep, stepTable } from '../../../electron/counters/enquiries/steps.ts'
import { mergePersons, unmergePersons } from '../../../electron/counters/people/merge.ts'
import { rows, value, write } from '../../../electron/database/open.ts'
import { act } from '../../../electron/workbench/act.ts'
import { addWorkingDays } from '../../../electron/workbench/calendar.ts'
import { openTestDesk } from '../../fixture.ts'
import { accept, addDepartment, asking, look, refusal, register } from './counter.ts'

const reason = '测试用的理由'
const via = '电话'

/** The desk with three departments that can be called. */
function openDesk() {
  const desk = openTestDesk()
  const departments = ['甲单位', '乙单位', '丙单位'].map((name) => addDepartment(desk, name))
  const fileId = act(desk.context(), { action: 'file.store', subject: 'file' }, (db) =>
    write(
      db,
      `INSERT INTO file (sha256, kind, name, bytes, operator_id, created_at)
       VALUES ('ab12', 'image', '现场.jpg', 300000, ?, '2026-11-23T01:41:00.000Z')`,
      desk.context().operator!.id,
    ),
  ).id
  return { desk, departments, fileId }
}

/**
 * Takes a step as the screen would, with the version it is given: on the first department still at work, or the last one
 * called, or one that does not exist.
 */
function take(
  { desk, departments, fileId }: ReturnType<typeof openDesk>,
  step: Step,
  standing: Enquiry,
  version: number,
  role: Role = 'clerk',
): Enquiry {
  const context = desk.context(role)
  const { id, assignments, papers } = standing
  const seen = { id, version, fileIds: [fileId] }
  const part = step === 'report' || step === 'decline' ? 'assist' : 'lead'
  const atWork = assignments.filter(({ state }) => state === 'sent' || state === 'arrived')
  const called =
    atWork.find((one) => (step === 'arrive' ? one.state === 'sent' : one.part === part)) ??
    assignments.findLast((one) => one.part === part)
  const assignmentId = called?.id ?? 999_999
  const free = departments.filter((one) => !atWork.some(({ departmentId }) => departmentId === one))
  const [first = departments[0]!, second] = free
  switch (step) {
    case 'accept':
      return accept(desk)
    case 'note':
      return noteEnquiry(context, { ...seen, text: '已联系物业' })
    case 'ask':
      return askAgain(context, { ...seen, channel: '电话', text: '问办得怎么样了' })
    case 'edit':
      return editEnquiry(context, { ...seen, ...asking({ title: `改过 ${version}` }) })
    case 'close':
      return closeEnquiry(context, { ...seen, answer: '物业已修好' })
    case 'withdraw':
      return withdrawEnquiry(context, { ...seen, reason })
    case 'refer':
      return referEnquiry(context, { ...seen, reason, rule: '社区工作事项清单', channel: '派出所' })
    case 'reopen':
      return reopenEnquiry(context, { ...seen, reason })
    case 'archive':
      return archiveEnquiry(context, seen)
    case 'notice':
      return giveNotice(context, { ...seen, brought: ['身份证'], missing: ['户口簿'], text: '' })
    case 'promise':
      return acceptPromise(context, {
        ...seen,
        brought: [],
        promised: ['户口簿'],
        until: '2026-12-31',
        consequence: '逾期撤销受理',
      })
    case 'bring':
      return bringPapers(context, { ...seen, paperIds: papers.map((paper) => paper.id) })
    case 'wait':
      return waitForResident(context, { ...seen, reason })
    case 'resume':
      return resumeEnquiry(context, { ...seen, text: '' })
    case 'extend': {
      const until = addWorkingDays(standing.answerDueAt.slice(0, 10), 3)
      return extendEnquiry(context, { ...seen, until, reason })
    }
    case 'dispatch':
      return dispatchEnquiry(context, {
        ...seen,
        leadId: first,
        assistIds: second === undefined ? [] : [second],
        task: '',
      })
    case 'call-in':
      return callIn(context, { ...seen, assistIds: [first], task: '' })
    case 'arrive':
      return arrive(context, { ...seen, assignmentId, via, text: '' })
    case 'report':
      return report(context, { ...seen, assignmentId, via, text: '已看过现场' })
    case 'return':
    case 'decline':
      return giveBack(context, { ...seen, assignmentId, via, reason })
    case 'transfer':
      return transfer(context, { ...seen, leadId: first, task: '', reason })
    case 'recall':
      return recall(context, { ...seen, reason })
    case 'remind':
      return remind(context, { ...seen, assignmentId, via, text: '请尽快' })
    case 'answer':
      return answerEnquiry(context, { ...seen, kind: 'solved', via, text: '已修好' })
    case 'call':
      return logCall(context, { ...seen, text: '没人接' })
    case 'follow-up':
      return followUp(context, { ...seen, result: 'content', text: '' })
    case 'link':
      return linkEnquiries(context, { ...seen, groupId: null, title: '', withIds: [accept(desk).id] })
    case 'unlink':
      return unlinkEnquiry(context, seen)
  }
}

/** One word of the table for where an enquiry is: its state, and whether the clock stands. */
const placeOf = ({ state, waitingSince }: Enquiry) => ({ state, waiting: waitingSince !== null })

test('the table leads from the beginning to every state, and one step leads to one place', () => {
  const reached = new Set<EnquiryState | null>([null])
  for (let size = 0; size !== reached.size;) {
    size = reached.size
    for (const rule of stepTable) if (reached.has(rule.from)) reached.add(rule.to)
  }
  expect([...reached].sort()).toEqual([null, ...enquiryStates].sort())
  expect(new Set(stepTable.map(({ step, from }) => `${step} ${from}`)).size).toBe(stepTable.length)
  expect(new Set(stepTable.map(({ step }) => step))).toEqual(new Set(steps))
})

/** A way to each state that does not pass through the step under test. */
const wayTo: Record<EnquiryState, Step[]> = {
  accepted: [],
  dispatched: ['dispatch'],
  working: ['dispatch', 'arrive'],
  answered: ['dispatch', 'answer'],
  closed: ['close'],
  archived: ['close', 'archive'],
  withdrawn: ['withdraw'],
  referred: ['refer'],
}

test.each(stepTable.filter(({ from }) => from !== null))(
  '$step from $from leads to $to for its roles and for nobody else',
  ({ step, from, to, roles, waiting }) => {
    const open = openDesk()
    let standing = accept(open.desk)
    if (step === 'bring') standing = take(open, 'promise', standing, standing.version)
    for (const before of wayTo[from!]) standing = take(open, before, standing, standing.version, 'manager')
    if (waiting) standing = take(open, 'wait', standing, standing.version)
    expect(standing.state).toBe(from)
    for (const role of ['clerk', 'teacher', 'manager', 'auditor'] as const) {
      expect(look(open.desk, standing.id, role).allowed.includes(step)).toBe(roles.includes(role))
      if (roles.includes(role)) continue
      expect(refusal(() => take(open, step, standing, standing.version, role)).code).toBe('FORBIDDEN')
    }
    const taken = take(open, step, standing, standing.version, roles[0])
    expect(taken.state).toBe(to)
    // Each step may bring photos along; what edits details is no place for them.
    const files = step === 'edit' ? [] : [{ name: '现场.jpg' }]
    expect(taken.events.at(-1)).toMatchObject({ step, from, to, files })
    expect(taken.version).toBe(standing.version + 1)
  },
)

test('no sequence of calls leaves the table', () => {
  const open = openDesk()
  const { desk } = open
  const call = fc.record({
    // Any step at all, or (so that walks get far) one of those that are offered.
    any: fc.constantFrom(null, null, ...steps.filter((step) => step !== 'accept')),
    offered: fc.nat(99),
    // Mostly those who may do most, so that walks get far.
    role: fc.constantFrom<Role>('manager', 'manager', 'manager', 'clerk', 'clerk', 'teacher', 'auditor'),
    stale: fc.integer({ min: 0, max: 5 }).map((one) => one === 0),
  })
  const reached = new Set<EnquiryState>()
  fc.assert(
    fc.property(fc.array(call, { minLength: 5, maxLength: 30 }), fc.boolean(), (calls, answered) => {
      let standing = accept(desk, { answer: answered ? '当场答复' : '' })
      for (const { any, offered, role, stale } of calls) {
        const before = look(desk, standing.id, role)
        const step = (offered < 70 ? before.allowed[offered % before.allowed.length] : any) ?? 'note'
        const { state, waiting } = placeOf(before)
        const rule = findStep(step, state, waiting)
        const allowed = rule?.roles.includes(role) ?? false
        expect(before.allowed.includes(step)).toBe(allowed)
        let after: Enquiry | null = null
        try {
          after = take(open, step, before, before.version - (stale ? 1 : 0), role)
        } catch (error) {
          const { code, data } = refusal(() => {
            throw error
          })
          // In the table all the same: a department that is not at work, a paper that nobody named.
          const beside = ['CONFLICT', 'INVALID', 'NOT_FOUND']
          if (!allowed || stale) expect(['CONFLICT', 'FORBIDDEN', ...beside]).toContain(code)
          else expect(beside).toContain(code)
          if (code === 'CONFLICT') expect((data as { current: Enquiry }).current).toEqual(before)
          expect(look(desk, standing.id, role)).toEqual(before)
        }
        if (!after) continue
        expect(allowed && !stale).toBe(true)
        expect(after.state).toBe(rule!.to)
        expect(after.version).toBe(before.version + 1)
        expect(after.events).toHaveLength(before.events.length + 1)
        reached.add(after.state)
        standing = after
      }
      // Told again from its events, the life is one walk through the table.
      let state: EnquiryState | null = null
      for (const event of standing.events) {
        expect(event.from).toBe(state)
        expect(
          stepTable.some((rule) => rule.step === event.step && rule.from === state && rule.to === event.to),
        ).toBe(true)
        state = event.to
      }
      expect(state).toBe(standing.state)
      // A department leads only while it is out, and never two at once.
      const leads = standing.assignments.filter(
        ({ part, state: at }) => part === 'lead' && (at === 'sent' || at === 'arrived'),
      )
      expect(leads).toHaveLength(standing.state === 'dispatched' || standing.state === 'working' ? 1 : 0)
    }),
    { numRuns: 120 },
  )
  expect([...reached].sort()).toEqual([...enquiryStates].sort())
  const odd = value(
    desk.db,
    `SELECT count(*) FROM enquiry WHERE (closed_day IS NOT NULL AND open = 1)
       OR (state IN ('answered', 'closed') AND answered_day IS NULL)
       OR (waiting = 1 AND state NOT IN ('accepted', 'working'))`,
  )
  expect(odd).toBe(0)
})

test('only who serves at the desk is offered a step, and the manager some more', () => {
  const clerk = allowedSteps('accepted', false, 'clerk')
  expect(clerk).toEqual(expect.arrayContaining(['note', 'edit', 'dispatch', 'answer', 'close', 'withdraw']))
  expect(clerk).not.toContain('extend')
  expect(allowedSteps('accepted', false, 'manager')).toEqual(expect.arrayContaining(['extend', 'refer']))
  expect(allowedSteps('accepted', true, 'clerk')).toContain('resume')
  expect(clerk).not.toContain('resume')
  expect(allowedSteps('accepted', false, 'teacher')).toEqual([])
  expect(allowedSteps('accepted', false, 'auditor')).toEqual([])
})

test('of two clerks the second learns what stands now, and nothing is overwritten', () => {
  const desk = openTestDesk()
  const { id, version } = accept(desk)
  const first = editEnquiry(desk.context('clerk'), { id, version, ...asking({ title: '第一个人改的' }) })
  const second = refusal(() =>
    editEnquiry(desk.context('manager'), { id, version, ...asking({ title: '第二个人改的' }) }),
  )
  expect(second).toMatchObject({
    code: 'CONFLICT',
    data: { because: 'changed', current: { id, version: first.version, title: '第一个人改的' } },
  })
  expect(look(desk, id).title).toBe('第一个人改的')
})

test('each event says who, when and why, and the reason stands in the audit', () => {
  const desk = openTestDesk()
  const { id, version } = accept(desk)
  desk.clock.advance(60)
  const withdrawn = withdrawEnquiry(desk.context('manager'), { id, version, reason: '录错了人' })
  expect(withdrawn.events.at(-1)).toMatchObject({
    step: 'withdraw',
    operator: '主任',
    at: '2026-11-23T01:42:00.000Z',
    text: '录错了人',
  })
  expect(rows(desk.db, "SELECT reason FROM audit WHERE action = 'enquiry.withdraw'")).toEqual([
    { reason: '录错了人' },
  ])
})

test('closed again after 重办 the limit ran anew; a withdrawal by mistake changes no limit', () => {
  const desk = openTestDesk()
  const made = accept(desk)
  const closed = closeEnquiry(desk.context(), { id: made.id, version: 1, answer: '已修' })
  desk.clock.set('2026-12-07T01:00:00.000Z')
  const again = reopenEnquiry(desk.context(), { id: made.id, version: closed.version, reason: '又漏了' })
  expect(again).toMatchObject({ state: 'accepted', answer: '', dueDay: '2026-12-14' })
  const other = accept(desk)
  const gone = withdrawEnquiry(desk.context(), { id: other.id, version: 1, reason: '按错了' })
  desk.clock.set('2026-12-09T01:00:00.000Z')
  const back = reopenEnquiry(desk.context(), { id: other.id, version: gone.version, reason: '按错了' })
  expect(back.dueDay).toBe(other.dueDay)
})

test('details filled in later: another matter moves the limit, counted from the day of asking', () => {
  const desk = openTestDesk()
  const matter = readMatters(desk.db).find(({ limit }) => limit.amount === 3)!
  const { id } = accept(desk, { answer: '当场答复' })
  desk.clock.set('2026-11-25T01:00:00.000Z')
  const edited = editEnquiry(desk.context(), {
    id,
    version: 1,
    ...asking({ matterId: matter.id, words: '原话' }),
  })
  expect(edited).toMatchObject({ state: 'closed', matter: matter.name, words: '原话' })
  const open = accept(desk)
  const moved = editEnquiry(desk.context(), { id: open.id, version: 1, ...asking({ matterId: matter.id }) })
  expect([open.dueDay, moved.dueDay]).toEqual(['2026-12-02', '2026-11-30'])
})

test('a masked phone that comes back from the screen leaves the number as it is', () => {
  const desk = openTestDesk()
  const given = { givenName: '李师傅', givenPhone: '19900004417' }
  const made = accept(desk, given)
  const stored = () => value(desk.db, 'SELECT given_phone FROM enquiry WHERE id = ?', made.id)
  const same = editEnquiry(desk.context(), {
    id: made.id,
    version: 1,
    ...asking({ ...given, givenPhone: made.givenPhone }),
  })
  expect(stored()).toBe('19900004417')
  editEnquiry(desk.context(), { id: made.id, version: same.version, ...asking({ givenName: '李师傅' }) })
  expect(stored()).toBe('')
})

test('an edit after a merge keeps the record that asked, so that the merge can be undone', () => {
  const desk = openTestDesk()
  const [wrong, right] = [register(desk, '王瑛'), register(desk, '王英')]
  const { id } = accept(desk, { askerId: wrong })
  const merged = mergePersons(desk.context(), { into: right, from: wrong, reason: '同一个人' })
  const shown = look(desk, id)
  expect(shown.askerId).toBe(right)
  editEnquiry(desk.context(), { id, version: 1, ...asking({ askerId: shown.askerId, words: '补充' }) })
  unmergePersons(desk.context(), { mergeId: merged.merged[0]!.mergeId, reason: '不是同一个人' })
  expect(look(desk, id).asker).toBe('王瑛')
})

test('the last open enquiry closed takes a person off those with open business; another asker takes it along', () => {
  const desk = openTestDesk()
  const [one, other] = [register(desk, '王英'), register(desk, '李华')]
  const listed = () =>
    rows<{ rowid: number }>(desk.db, 'SELECT rowid FROM person_search_open').map(({ rowid }) => rowid)
  const { id } = accept(desk, { askerId: one })
  expect(listed()).toEqual([one])
  const moved = editEnquiry(desk.context(), { id, version: 1, ...asking({ askerId: other }) })
  expect(listed()).toEqual([other])
  expect(desk.published.filter(({ topic }) => topic === 'person').slice(-2)).toEqual([
    { topic: 'person', id: one },
    { topic: 'person', id: other },
  ])
  closeEnquiry(desk.context(), { id, version: moved.version, answer: '办好了' })
  expect(listed()).toEqual([])
})

test('an unknown enquiry is NOT_FOUND', () => {
  const desk = openTestDesk()
  expect(refusal(() => noteEnquiry(desk.context(), { id: 7, version: 1, text: '问一下' }))).toEqual({
    code: 'NOT_FOUND',
    data: { what: 'enquiry' },
  })
  expect(refusal(() => look(desk, 7)).code).toBe('NOT_FOUND')
})
