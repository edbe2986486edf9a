import { expect, test } from 'vitest'
import type { Enquiry } from '../../../electron/contract/enquiries.ts'
import { caseFile } from '../../../electron/counters/enquiries/case-file.ts'
import { linkEnquiries, unlinkEnquiry } from '../../../electron/counters/enquiries/groups.ts'
import { readGiven } from '../../../electron/counters/enquiries/issue.ts'
import {
  archiveClosed,
  askAgain,
  closeEnquiry,
  noteEnquiry,
  withdrawEnquiry,
} from '../../../electron/counters/enquiries/life.ts'
import { readMatters } from '../../../electron/counters/enquiries/matters.ts'
import { deleteFilter, savedFilters, saveFilter } from '../../../electron/counters/enquiries/saved-filters.ts'
import { findSimilar } from '../../../electron/counters/enquiries/similar.ts'
import { rows, value } from '../../../electron/database/open.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { accept, addDoor, look, nowAt, refusal, register } from './counter.ts'

const seenOf = ({ id, version }: Enquiry) => ({ id, version })
const nobody = { askerId: null, subjectId: null, matterId: null, except: null }

test('one leak, three households: each case shows the others, and each has its own step', () => {
  const desk = openTestDesk()
  const [one, two, three] = [accept(desk), accept(desk), accept(desk)]
  const linked = linkEnquiries(desk.context(), {
    ...seenOf(one),
    groupId: null,
    title: '3栋主管漏水',
    withIds: [two.id, three.id, one.id],
  })
  expect(linked.group).toMatchObject({ title: '3栋主管漏水', others: [{ id: three.id }, { id: two.id }] })
  expect(look(desk, two.id).events.at(-1)).toMatchObject({ step: 'link', text: '3栋主管漏水' })
  // Whoever comes next joins the same group.
  const four = accept(desk)
  const joined = linkEnquiries(desk.context(), {
    ...seenOf(four),
    groupId: null,
    title: '',
    withIds: [three.id],
  })
  expect(joined.group).toMatchObject({ id: linked.group!.id, others: [{}, {}, {}] })
  const alone = unlinkEnquiry(desk.context(), seenOf(joined))
  expect(alone.group).toBeNull()
  expect(look(desk, one.id).group!.others).toHaveLength(2)
})

test('nothing is linked with itself, with nothing, or with one that is archived', () => {
  const desk = openTestDesk()
  const one = accept(desk)
  const link = (withIds: number[], groupId: number | null = null) =>
    refusal(() => linkEnquiries(desk.context(), { ...seenOf(one), groupId, title: '', withIds })).code
  expect(link([])).toBe('INVALID')
  expect(link([one.id])).toBe('INVALID')
  expect(link([999])).toBe('NOT_FOUND')
  expect(link([], 999)).toBe('NOT_FOUND')
  const done = accept(desk, { answer: '已答复' })
  archiveClosed(desk.context('manager'), '2026-11-23')
  expect(link([done.id])).toBe('INVALID')
  expect(look(desk, one.id)).toEqual(one)
  expect(value(desk.db, 'SELECT count(*) FROM enquiry_group')).toBe(0)
})

test('of one that cannot be linked any more it is told which list it stands in, not how this one stands', () => {
  const desk = openTestDesk()
  const [one, other, gone] = [accept(desk), accept(desk), accept(desk)]
  withdrawEnquiry(desk.context(), { ...seenOf(gone), reason: '按错了' })
  const link = () =>
    linkEnquiries(desk.context(), {
      ...seenOf(one),
      groupId: null,
      title: '3栋主管漏水',
      withIds: [other.id, gone.id],
    })
  expect(refusal(link)).toEqual({
    code: 'INVALID',
    data: { fields: [{ path: 'withIds', problem: 'ended' }] },
  })
  for (const { id, version } of [one, other]) expect(look(desk, id)).toMatchObject({ version, group: null })
})

test('a large group shows its newest, and tells how many they are', () => {
  const desk = openTestDesk()
  const [one, ...others] = Array.from({ length: 24 }, () => accept(desk))
  const { group } = linkEnquiries(desk.context(), {
    ...seenOf(one!),
    groupId: null,
    title: '停水',
    withIds: others.map(({ id }) => id),
  })
  expect([group!.count, group!.others.length]).toEqual([24, 20])
  expect(caseFile(readGiven(desk.context(), one!.id)).data).toMatchObject({
    group: { title: '停水', count: 24 },
  })
})

test('whoever asks again is logged on the old case and gets no new number', () => {
  const desk = openTestDesk()
  const asker = register(desk, '王英')
  const first = accept(desk, { askerId: asker })
  const [found] = findSimilar(desk.db, { ...nobody, askerId: asker }, nowAt('2026-11-23'))
  expect(found).toMatchObject({ id: first.id, because: 'person', version: 1 })
  const told = askAgain(desk.context(), { ...seenOf(first), channel: '电话', text: '问修好没有' })
  expect(told.events.at(-1)).toMatchObject({ step: 'ask', detail: { channel: '电话' }, text: '问修好没有' })
  const done = closeEnquiry(desk.context(), { ...seenOf(told), answer: '已修好' })
  expect(askAgain(desk.context(), { ...seenOf(done), channel: '窗口', text: '问单号' }).state).toBe('closed')
  expect(value(desk.db, 'SELECT count(*) FROM enquiry')).toBe(1)
})

test('earlier cases: the person’s open ones of any matter, closed ones of this matter, the door’s of this matter', () => {
  const desk = openTestDesk()
  const [leak, card] = readMatters(desk.db)
  const home = addDoor(desk, '3栋2单元501')
  const [mother, son] = [register(desk, '王英', home), register(desk, '李华', home)]
  const neighbour = register(desk, '赵六', addDoor(desk, '3栋1单元101'))
  const open = accept(desk, { askerId: mother, matterId: card!.id })
  const closed = accept(desk, { askerId: mother, matterId: leak!.id, answer: '已答复' })
  accept(desk, { askerId: mother, matterId: card!.id, answer: '已答复' })
  const sons = accept(desk, { askerId: son, matterId: leak!.id })
  const near = accept(desk, { askerId: neighbour, matterId: leak!.id })
  const found = findSimilar(desk.db, { ...nobody, askerId: mother, matterId: leak!.id }, nowAt('2026-11-24'))
  expect(found.map(({ id, because }) => [id, because])).toEqual([
    [open.id, 'person'],
    [sons.id, 'household'],
    [near.id, 'near'],
    [closed.id, 'person'],
  ])
  const except = { ...nobody, askerId: mother, except: open.id }
  expect(findSimilar(desk.db, except, nowAt('2026-11-24')).map(({ id }) => id)).toEqual([])
  expect(findSimilar(desk.db, { ...nobody, matterId: leak!.id }, nowAt('2026-11-24'))).toEqual([])
  // After a year it is another story, unless it still waits.
  const later = findSimilar(desk.db, { ...nobody, askerId: mother, matterId: leak!.id }, nowAt('2028-01-10'))
  expect(later.map(({ id }) => id)).toEqual([open.id, sons.id, near.id])
})

test('archiving takes what was closed by that day, each with its own step', () => {
  const desk = openTestDesk()
  const early = accept(desk, { answer: '已答复' })
  desk.clock.set('2026-11-24T01:00:00.000Z')
  const late = accept(desk, { answer: '已答复' })
  const open = accept(desk)
  expect(archiveClosed(desk.context('manager'), '2026-11-23')).toBe(1)
  expect([early, late, open].map(({ id }) => look(desk, id).state)).toEqual([
    'archived',
    'closed',
    'accepted',
  ])
  expect(look(desk, early.id)).toMatchObject({
    version: 2,
    events: [{}, {}, { step: 'archive', from: 'closed', to: 'archived', operator: '主任' }],
  })
  // A day to come means until now.
  expect(archiveClosed(desk.context('manager'), '2099-01-01')).toBe(1)
  expect(archiveClosed(desk.context('manager'), '2099-01-01')).toBe(0)
  expect(look(desk, open.id).state).toBe('accepted')
})

test('a filter is kept for whoever kept it; the same name is written over, and nobody else takes it away', () => {
  const desk = openTestDesk()
  const names = (role: 'clerk' | 'manager') => savedFilters(desk.context(role)).map(({ name }) => name)
  const kept = saveFilter(desk.context(), { name: '物业超期', filter: { urgency: 'overdue' } })
  saveFilter(desk.context(), { name: '物业超期', filter: { urgency: 'overdue', departmentId: 3 } })
  expect(savedFilters(desk.context())).toEqual([
    { id: kept.id, name: '物业超期', filter: { urgency: 'overdue', departmentId: 3 } },
  ])
  expect(names('manager')).toEqual([])
  expect(refusal(() => deleteFilter(desk.context('manager'), kept.id)).code).toBe('NOT_FOUND')
  deleteFilter(desk.context(), kept.id)
  expect(names('clerk')).toEqual([])
  for (let count = 0; count < 30; count += 1)
    saveFilter(desk.context(), { name: `第${count}个`, filter: { late: true } })
  expect(refusal(() => saveFilter(desk.context(), { name: '再一个', filter: { late: true } }))).toMatchObject(
    {
      code: 'INVALID',
    },
  )
  expect(names('clerk')).toHaveLength(30)
})

test('a step on a case that another screen just moved changes nothing and shows what stands now', () => {
  const desk: TestDesk = openTestDesk()
  const made = accept(desk)
  const moved = noteEnquiry(desk.context('manager'), { ...seenOf(made), text: '已联系物业' })
  const late = refusal(() => closeEnquiry(desk.context(), { ...seenOf(made), answer: '已修好' }))
  expect(late).toEqual({ code: 'CONFLICT', data: { because: 'changed', current: look(desk, made.id) } })
  expect(look(desk, made.id).version).toBe(moved.version)
  expect(rows(desk.db, 'SELECT action FROM audit WHERE action LIKE ?', 'enquiry.%')).toHaveLength(2)
})
