import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Role } from '../../../electron/contract/access.ts'
import { steps, type Enquiry, type EnquiryState, type Step } from '../../../electron/contract/enquiries.ts'
import {
  closeEnquiry,
  editEnquiry,
  noteEnquiry,
  reopenEnquiry,
  withdrawEnquiry,
} from '../../../electron/counters/enquiries/life.ts'
import { readMatters } from '../../../electron/counters/enquiries/matters.ts'
import { readEnquiry } from '../../../electron/counters/enquiries/record.ts'
import { allowedSteps, findStep, stepTable } from '../../../electron/counters/enquiries/steps.ts'
import { mergePersons, unmergePersons } from '../../../electron/counters/people/merge.ts'
import { rows, value } from '../../../electron/database/open.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { accept, asking, refusal, register } from './counter.ts'

const today = '2026-11-23'

/** Takes a step as the screen would, with the version it is given. */
function take(test: TestDesk, step: Step, id: number, version: number, role: Role = 'clerk'): Enquiry {
  const context = test.context(role)
  switch (step) {
    case 'accept':
      return accept(test)
    case 'note':
      return noteEnquiry(context, { id, version, text: '已联系物业' })
    case 'edit':
      return editEnquiry(context, { id, version, ...asking({ title: `改过 ${version}` }) })
    case 'close':
      return closeEnquiry(context, { id, version, answer: '物业已修好' })
    case 'withdraw':
      return withdrawEnquiry(context, { id, version, reason: '来访人不办了' })
    case 'reopen':
      return reopenEnquiry(context, { id, version, reason: '又漏了' })
  }
}

test('the table leads from the beginning to every state, and one step leads to one place', () => {
  const reached = new Set<EnquiryState | null>([null])
  for (let size = 0; size !== reached.size;) {
    size = reached.size
    for (const rule of stepTable) if (reached.has(rule.from)) reached.add(rule.to)
  }
  expect([...reached].sort()).toEqual(['accepted', 'closed', null, 'withdrawn'].sort())
  expect(new Set(stepTable.map(({ step, from }) => `${step} ${from}`)).size).toBe(stepTable.length)
})

test('no sequence of calls leaves the table', () => {
  const desk = openTestDesk()
  const call = fc.record({
    step: fc.constantFrom(...steps.filter((step) => step !== 'accept')),
    role: fc.constantFrom<Role>('clerk', 'manager', 'teacher', 'auditor'),
    stale: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(call, { maxLength: 12 }), fc.boolean(), (calls, answered) => {
      let standing = accept(desk, { answer: answered ? '当场答复' : '' })
      for (const { step, role, stale } of calls) {
        const before = readEnquiry(desk.db, standing.id, role, today)
        const attempt = () => take(desk, step, standing.id, standing.version - (stale ? 1 : 0), role)
        const rule = findStep(step, before.state)
        if (stale || !rule || !rule.roles.includes(role)) {
          const { code, data } = refusal(attempt)
          if (stale) expect([code, data]).toEqual(['CONFLICT', { because: 'changed', current: before }])
          else if (!rule) expect([code, data]).toEqual(['CONFLICT', { because: 'step', current: before }])
          else expect(code).toBe('FORBIDDEN')
          expect(readEnquiry(desk.db, standing.id, role, today)).toEqual(before)
          expect(before.allowed.includes(step)).toBe(stale && !!rule?.roles.includes(role))
        } else {
          expect(before.allowed).toContain(step)
          standing = attempt()
          expect(standing.state).toBe(rule.to)
          expect(standing.version).toBe(before.version + 1)
          expect(standing.events).toHaveLength(before.events.length + 1)
        }
      }
      // Told again from its events, the life is one walk through the table.
      let state: EnquiryState | null = null
      for (const event of standing.events) {
        expect(event.from).toBe(state)
        expect(findStep(event.step, state)?.to).toBe(event.to)
        state = event.to
      }
      expect(state).toBe(standing.state)
    }),
    { numRuns: 60 },
  )
  const open = value(
    desk.db,
    "SELECT count(*) FROM enquiry WHERE closed_day IS NOT NULL AND state <> 'closed'",
  )
  expect(open).toBe(0)
})

test('only who serves at the desk is offered a step', () => {
  expect(allowedSteps('accepted', 'clerk')).toEqual(['note', 'edit', 'close', 'withdraw'])
  expect(allowedSteps('closed', 'manager')).toEqual(['edit', 'reopen'])
  expect(allowedSteps('accepted', 'teacher')).toEqual([])
  expect(allowedSteps('accepted', 'auditor')).toEqual([])
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
  expect(readEnquiry(desk.db, id, 'clerk', today).title).toBe('第一个人改的')
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
  expect(edited).toMatchObject({ state: 'closed', matter: matter.name, words: '原话', dueDay: '2026-11-26' })
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
  const shown = readEnquiry(desk.db, id, 'clerk', today)
  expect(shown.askerId).toBe(right)
  editEnquiry(desk.context(), { id, version: 1, ...asking({ askerId: shown.askerId, words: '补充' }) })
  unmergePersons(desk.context(), { mergeId: merged.merged[0]!.mergeId, reason: '不是同一个人' })
  expect(readEnquiry(desk.db, id, 'clerk', today).asker).toBe('王瑛')
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
  expect(refusal(() => take(desk, 'note', 7, 1))).toEqual({ code: 'NOT_FOUND', data: { what: 'enquiry' } })
  expect(refusal(() => readEnquiry(desk.db, 7, 'clerk', today)).code).toBe('NOT_FOUND')
})
