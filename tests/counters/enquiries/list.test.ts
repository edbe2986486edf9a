import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Role } from '../../../electron/contract/access.ts'
import { enquiryFilter } from '../../../electron/contract/enquiry-lists.ts'
import type { EnquiryLine, EnquiryState } from '../../../electron/contract/enquiries.ts'
import { closeEnquiry, withdrawEnquiry } from '../../../electron/counters/enquiries/life.ts'
import { dispatchEnquiry } from '../../../electron/counters/enquiries/dispatch.ts'
import { shownLimit } from '../../../electron/counters/enquiries/limits.ts'
import { countOpen, listEnquiries, type Filter } from '../../../electron/counters/enquiries/list.ts'
import { readMatters } from '../../../electron/counters/enquiries/matters.ts'
import { waitForResident } from '../../../electron/counters/enquiries/papers.ts'
import { saveGrid } from '../../../electron/counters/people/grids.ts'
import { mergePersons } from '../../../electron/counters/people/merge.ts'
import { addHousehold } from '../../../electron/counters/people/households.ts'
import { rows, write } from '../../../electron/database/open.ts'
import { act } from '../../../electron/workbench/act.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { addDays, endOfDay } from '../../../electron/workbench/calendar.ts'
import { accept, addDepartment, addDoor, nowAt, refusal, register } from './counter.ts'

const list = (test: TestDesk, filter: Partial<Filter>, today = '2026-11-23', role: Role = 'clerk') =>
  listEnquiries(test.db, enquiryFilter.parse(filter), nowAt(today), role)

/** How a limit that ends with a day stands on another. */
function urgencyOf(state: EnquiryState, dueDay: string, today: string) {
  const dueAt = endOfDay(dueDay)
  const { urgency, workingDaysLeft } = shownLimit(
    { state, dueAt, answerDueAt: dueAt, waiting: false },
    nowAt(today),
  )
  return { urgency, workingDaysLeft }
}

/** All pages of a list, one after the other. */
function pages(test: TestDesk, filter: Partial<Filter>, today?: string): EnquiryLine[] {
  const found: EnquiryLine[] = []
  let after: string | undefined
  do {
    const page = list(test, { ...filter, after }, today)
    found.push(...page.rows)
    after = page.next ?? undefined
  } while (after)
  return found
}

test('open ones stand most urgent first, closed ones newest first', () => {
  const desk = openTestDesk()
  const [slow, quick] = [10, 3].map((days) =>
    readMatters(desk.db).find(({ limit }) => limit.amount === days)!,
  )
  const late = accept(desk, { matterId: slow!.id })
  const soon = accept(desk, { matterId: quick!.id })
  const done = accept(desk, { answer: '已答复' })
  const gone = accept(desk)
  withdrawEnquiry(desk.context(), { id: gone.id, version: 1, reason: '录错了' })
  const ids = (state: Filter['state']) => list(desk, { state }).rows.map(({ id }) => id)
  expect(ids('open')).toEqual([soon.id, late.id])
  expect(ids('closed')).toEqual([gone.id, done.id])
  expect(ids('all')).toEqual([gone.id, done.id, soon.id, late.id])
  // Of one open state as well: what is late stands before what can wait.
  expect(ids('accepted')).toEqual([soon.id, late.id])
})

test.each([
  ['2026-11-26', 'normal', 2],
  ['2026-11-27', 'soon', 1],
  ['2026-11-29', 'soon', 1],
  ['2026-11-30', 'today', 0],
  ['2026-12-01', 'overdue', -1],
  ['2026-12-07', 'overdue', -5],
])('due on Monday the 30th, on %s it is %s with %i working days left', (today, urgency, workingDaysLeft) => {
  expect(urgencyOf('accepted', '2026-11-30', today)).toEqual({ urgency, workingDaysLeft })
})

test('over the spring festival a limit of yesterday is one working day late at the most', () => {
  // 2026: off from 15 to 23 February.
  expect(urgencyOf('accepted', '2026-02-14', '2026-02-23').workingDaysLeft).toBe(-1)
  expect(urgencyOf('accepted', '2026-02-24', '2026-02-16')).toEqual({ urgency: 'soon', workingDaysLeft: 1 })
})

test('counts are of the whole set, whatever the page', () => {
  const desk = openTestDesk()
  for (let count = 0; count < 3; count += 1) accept(desk)
  desk.clock.set('2026-11-24T01:00:00.000Z')
  for (let count = 0; count < 4; count += 1) accept(desk)
  accept(desk, { answer: '已答复' })
  const page = list(desk, { limit: 2 }, '2026-12-01')
  expect(page.counts).toEqual({ open: 7, overdue: 3, today: 4, waiting: 0, followUp: 0 })
  expect(list(desk, { state: 'closed' }, '2026-12-01').counts).toEqual(page.counts)
  expect(list(desk, { urgency: 'overdue' }, '2026-12-01').rows).toHaveLength(3)
  expect(list(desk, { urgency: 'today' }, '2026-12-01').rows).toHaveLength(4)
  expect(list(desk, { urgency: 'today', state: 'closed' }, '2026-12-01').rows).toEqual([])
})

test('a matter and an operator narrow the list and its counts', () => {
  const desk = openTestDesk()
  const matter = readMatters(desk.db)[0]!
  const own = accept(desk, { matterId: matter.id }, 'manager')
  accept(desk, { matterId: matter.id })
  accept(desk)
  const operatorId = desk.context('manager').operator!.id
  expect(list(desk, { matterId: matter.id })).toMatchObject({ counts: { open: 2 }, rows: [{}, {}] })
  expect(list(desk, { matterId: matter.id, operatorId }).rows.map(({ id }) => id)).toEqual([own.id])
})

test('a day of accepting or of closing gives the rows behind the numbers of today', () => {
  const desk = openTestDesk()
  const early = accept(desk)
  desk.clock.set('2026-11-24T01:00:00.000Z')
  const late = accept(desk)
  closeEnquiry(desk.context(), { id: early.id, version: 1, answer: '已答复' })
  const on = (by: 'accepted' | 'closed', day: string) => ({ by, from: day, to: day })
  const ids = (filter: Partial<Filter>) => list(desk, { state: 'all', ...filter }).rows.map(({ id }) => id)
  expect(ids({ period: on('accepted', '2026-11-23') })).toEqual([early.id])
  expect(ids({ period: on('accepted', '2026-11-24') })).toEqual([late.id])
  expect(ids({ period: on('closed', '2026-11-24') })).toEqual([early.id])
  expect(ids({ period: on('closed', '2026-11-23') })).toEqual([])
})

test('the pages together are the list, each row once, whatever their size', () => {
  const desk = openTestDesk()
  const matters = readMatters(desk.db).slice(0, 6)
  for (let count = 0; count < 40; count += 1) {
    if (count % 9 === 0) desk.clock.advance(86_400)
    const made = accept(desk, { matterId: matters[count % 6]!.id, title: `第 ${count} 件` })
    if (count % 5 === 0) closeEnquiry(desk.context(), { id: made.id, version: 1, answer: '已答复' })
  }
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 45 }),
      fc.constantFrom<Filter['state']>('open', 'closed', 'all'),
      fc.option(fc.constantFrom(...matters.map(({ id }) => id)), { nil: undefined }),
      (limit, state, matterId) => {
        const all = pages(desk, { state, matterId, limit: 100 })
        expect(pages(desk, { state, matterId, limit })).toEqual(all)
        expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
      },
    ),
    { numRuns: 30 },
  )
})

test('a key that no page gave is INVALID', () => {
  const desk = openTestDesk()
  for (const after of ['', 'x', '1; DROP TABLE enquiry', '2026-11-23', '9'.repeat(60)]) {
    expect(refusal(() => list(desk, { after }))).toMatchObject({ code: 'INVALID' })
    expect(refusal(() => list(desk, { state: 'all', after }))).toMatchObject({ code: 'INVALID' })
  }
})

test('neither a page nor the counts of open ones read the others', () => {
  const desk = openTestDesk()
  const plan = (text: string, ...parameters: unknown[]) =>
    rows<{ detail: string }>(desk.db, `EXPLAIN QUERY PLAN ${text}`, ...parameters).map(({ detail }) => detail)
  const open = 'FROM enquiry e INDEXED BY enquiry_open_due WHERE e.open = 1'
  expect(plan(`SELECT count(*) ${open}`).join()).toContain('COVERING INDEX enquiry_open_due')
  const key = '(e.waiting, e.due_at, e.id)'
  expect(
    plan(`SELECT * ${open} AND ${key} > (?, ?, ?) ORDER BY e.waiting, e.due_at, e.id`, 0, '', 0),
  ).toEqual([expect.stringContaining('SEARCH e USING INDEX enquiry_open_due')])
})

test('the counts are those of the rows', () => {
  const desk = openTestDesk()
  accept(desk)
  expect(countOpen(desk.db, nowAt('2026-11-30'))).toEqual({
    open: 1,
    overdue: 0,
    today: 1,
    waiting: 0,
    followUp: 0,
  })
})

test('a department and a grid narrow the list, and the total counts what was found', () => {
  const desk = openTestDesk()
  const grid = saveGrid(desk.context('manager'), { id: null, name: '第九网格', area: '' })
  const door = addHousehold(desk.context(), { gridId: grid.id, estate: '', door: '3栋2单元501', note: '' })
  const there = accept(desk, { askerId: register(desk, '王英', door.id) })
  const out = accept(desk)
  accept(desk, { askerId: register(desk, '李华', addDoor(desk, '1栋1单元101')) })
  const property = addDepartment(desk, '甲物业', 'property')
  dispatchEnquiry(desk.context(), {
    id: out.id,
    version: 1,
    leadId: property,
    assistIds: [],
    task: '',
    fileIds: [],
  })
  const found = (filter: Partial<Filter>) => {
    const { rows: lines, total } = list(desk, filter)
    return [lines.map(({ id }) => id), total]
  }
  expect(found({ gridId: grid.id })).toEqual([[there.id], 1])
  expect(found({ departmentId: property, state: 'all' })).toEqual([[out.id], 1])
  expect(found({ state: 'dispatched' })).toEqual([[out.id], 1])
  expect(found({ gridId: grid.id, departmentId: property })).toEqual([[], 0])
  expect(found({})[1]).toBe(3)
})

test('what waits for the resident stands last and is neither late nor due', () => {
  const desk = openTestDesk()
  const waits = accept(desk)
  waitForResident(desk.context(), { id: waits.id, version: 1, reason: '等来访人补材料' })
  desk.clock.set('2026-11-24T01:00:00.000Z')
  const runs = accept(desk)
  const later = list(desk, {}, '2026-12-07')
  expect(later.rows.map(({ id, urgency }) => [id, urgency])).toEqual([
    [runs.id, 'overdue'],
    [waits.id, 'waiting'],
  ])
  expect(later.counts).toMatchObject({ open: 2, overdue: 1, waiting: 1 })
  expect(list(desk, { urgency: 'waiting' }, '2026-12-07').rows.map(({ id }) => id)).toEqual([waits.id])
})

test('how somebody rated is for those who oversee only', () => {
  const desk = openTestDesk()
  const rated = {
    rating: 'bad',
    state: 'all',
    period: { by: 'rated', from: '2026-11-23', to: '2026-11-23' },
  } as const
  expect(refusal(() => list(desk, rated)).code).toBe('FORBIDDEN')
  expect(refusal(() => list(desk, { period: rated.period })).code).toBe('FORBIDDEN')
  expect(list(desk, rated, '2026-11-23', 'manager').rows).toEqual([])
  expect(refusal(() => list(desk, { rating: 'bad' }, '2026-11-23', 'manager'))).toMatchObject({
    code: 'INVALID',
  })
})

test('each matter can be found by its pinyin and initials', () => {
  const matters = readMatters(openTestDesk().db)
  expect(matters.length).toBeGreaterThan(10)
  for (const { pinyin, initials } of matters) {
    expect(pinyin).toMatch(/^[a-z0-9]+$/)
    expect(initials).toMatch(/^[a-z0-9]+$/)
  }
  expect(matters.find(({ name }) => name.includes('高龄津贴'))?.pinyin).toContain('gaolingjintie')
  const categories = matters.map(({ category }) => category)
  expect(categories.filter((category, index) => category !== categories[index - 1])).toHaveLength(
    new Set(categories).size,
  )
})

test('what the list calls soon is what each line calls soon, on holidays that became known later too', () => {
  const desk = openTestDesk()
  const { id } = accept(desk)
  for (const dueDay of Array.from({ length: 12 }, (_, index) => addDays('2026-11-23', index))) {
    const due = endOfDay(dueDay)
    act(desk.context(), { action: 'test.move', subject: 'enquiry' }, (db) =>
      write(db, 'UPDATE enquiry SET due_at = ?, answer_due_at = ? WHERE id = ?', due, due, id),
    )
    for (const today of ['2026-11-24', '2026-11-26', '2026-11-27', '2026-11-28']) {
      const shown = urgencyOf('accepted', dueDay, today).urgency
      expect([today, dueDay, list(desk, { urgency: 'soon' }, today).rows.length]).toEqual([
        today,
        dueDay,
        shown === 'soon' ? 1 : 0,
      ])
    }
  }
})

test('a record that was merged twice carries the name of who remains', () => {
  const desk = openTestDesk()
  const [first, second, last] = [register(desk, '王瑛'), register(desk, '王莹'), register(desk, '王英')]
  accept(desk, { askerId: first, subjectId: register(desk, '李华') })
  mergePersons(desk.context(), { into: second, from: first, reason: '同一个人' })
  mergePersons(desk.context(), { into: last, from: second, reason: '同一个人' })
  expect(list(desk, {}).rows).toMatchObject([{ asker: '王英', subject: '李华' }])
})
