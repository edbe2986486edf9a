import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { scanBadge } from '../../../electron/counters/noon-class/arrivals.ts'
import { readBoard } from '../../../electron/counters/noon-class/board.ts'
import {
  changeGroup,
  enrolChild,
  newBadge,
  withdrawChild,
} from '../../../electron/counters/noon-class/enrolments.ts'
import { placesTaken } from '../../../electron/counters/noon-class/groups.ts'
import { addLeave, cancelLeave } from '../../../electron/counters/noon-class/leaves.ts'
import { openChild } from '../../../electron/counters/noon-class/children.ts'
import { rows } from '../../../electron/database/open.ts'
import { addDays } from '../../../electron/workbench/calendar.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { audited, refusal } from '../people/people.ts'
import {
  addChild,
  addGroup,
  addTerm,
  autumn,
  enrolled,
  invalidField,
  look,
  openClass,
  today,
} from './class.ts'

const tomorrow = addDays(today, 1)
const yesterday = addDays(today, -1)

const seen = (test: TestDesk, id: number) => ({ id, version: look(test, id).version })
const enrol = (test: TestDesk, id: number, groupId: number, fromDay = autumn.firstDay) =>
  enrolChild(test.context(), { ...seen(test, id), groupId, fromDay })
const move = (test: TestDesk, id: number, groupId: number, fromDay: string) =>
  changeGroup(test.context(), { ...seen(test, id), groupId, fromDay })
const withdraw = (test: TestDesk, id: number, leftDay: string) =>
  withdrawChild(test.context(), { ...seen(test, id), leftDay, reason: '转学' })

/** Names on the board of a day, by group. */
const onBoard = (test: TestDesk, day: string) =>
  readBoard(test.context(), { day, groupId: null }).tiles.map(({ name, groupId }) => [groupId, name])

const spring = { name: '2027年春季学期', firstDay: '2027-02-22', lastDay: '2027-07-05', daysOff: [] }

describe('a place in a group', () => {
  it('holds from its day on, and tells the boards', () => {
    const desk = openTestDesk()
    const { term, group } = openClass(desk, [])
    const { id } = addChild(desk, '陈雨涵')
    expect(enrol(desk, id, group.id, tomorrow)).toMatchObject({
      groupId: group.id,
      group: '阳光班',
      enrolments: [{ termId: term.id, fromDay: tomorrow, leftDay: null, leftReason: '' }],
    })
    expect(desk.published.slice(-2)).toEqual([
      { topic: 'noon-child', id },
      { topic: 'noon', id },
    ])
    expect(onBoard(desk, today)).toEqual([])
    expect(onBoard(desk, tomorrow)).toEqual([[group.id, '陈雨涵']])
  })

  it('is one in a term, and another in the next one', () => {
    const desk = openTestDesk()
    const { term, group, children } = openClass(desk, ['陈雨涵'])
    const [{ id }] = children as [(typeof children)[0]]
    const moon = addGroup(desk, term.id, { name: '月亮班' })
    for (const groupId of [group.id, moon.id]) {
      expect(refusal(() => enrol(desk, id, groupId, today))).toEqual({
        code: 'CONFLICT',
        data: { because: 'duplicate' },
      })
    }
    const next = addGroup(desk, addTerm(desk, spring).id)
    const after = enrol(desk, id, next.id, spring.firstDay)
    // This term's group is where the child is today; the badge stays.
    expect(after).toMatchObject({ groupId: group.id, badge: children[0]!.badge })
    expect(after.enrolments.map(({ groupId }) => groupId)).toEqual([next.id, group.id])
  })

  it.each(['2026-08-31', '2027-01-23', '2099-09-01'])('does not begin on %s, outside the term', (fromDay) => {
    const desk = openTestDesk()
    const { term, group, children } = openClass(desk, ['陈雨涵'])
    const moon = addGroup(desk, term.id, { name: '月亮班' })
    const { id } = addChild(desk, '李梓轩')
    expect(refusal(() => enrol(desk, id, group.id, fromDay))).toEqual(invalidField('fromDay', 'outside'))
    expect(refusal(() => move(desk, children[0]!.id, moon.id, fromDay))).toEqual(
      invalidField('fromDay', 'outside'),
    )
    expect(refusal(() => enrol(desk, id, 99)).data).toEqual({ what: 'group' })
  })

  it('is refused when all are taken, also by those who come later, and free from the day one leaves', () => {
    const desk = openTestDesk()
    const { term } = openClass(desk, [])
    const { id: groupId } = addGroup(desk, term.id, { name: '月亮班', capacity: 2 })
    const [first] = [
      enrolled(desk, '陈雨涵', groupId),
      enrolled(desk, '赵一诺', groupId, { fromDay: tomorrow }),
    ]
    const { id } = addChild(desk, '李梓轩')
    const full = { code: 'CONFLICT', data: { because: 'full' } }
    expect(refusal(() => enrol(desk, id, groupId, today))).toEqual(full)
    withdraw(desk, first.id, tomorrow)
    expect(refusal(() => enrol(desk, id, groupId, today))).toEqual(full)
    expect(enrol(desk, id, groupId, tomorrow).groupId).toBe(groupId)
    expect(look(desk, id).version).toBe(2)
  })

  it('is not given behind the back of who changed the record', () => {
    const desk = openTestDesk()
    const { term, group, children } = openClass(desk, ['陈雨涵'])
    const { id } = children[0]!
    const old = { id, version: 1, fromDay: today, reason: '测试用', leftDay: today }
    const moon = addGroup(desk, term.id, { name: '月亮班' })
    const changed = { code: 'CONFLICT', data: { because: 'changed', current: look(desk, id) } }
    expect(refusal(() => enrolChild(desk.context(), { ...old, groupId: group.id }))).toEqual(changed)
    expect(refusal(() => changeGroup(desk.context(), { ...old, groupId: moon.id }))).toEqual(changed)
    expect(refusal(() => withdrawChild(desk.context(), old))).toEqual(changed)
    expect(refusal(() => newBadge(desk.context(), old))).toEqual(changed)
  })
})

describe('another group', () => {
  it('counts from its day on; the days before stay the old group’s', () => {
    const desk = openTestDesk()
    const { term, group, teacher, children } = openClass(desk, ['陈雨涵'])
    const { id } = children[0]!
    const moon = addGroup(desk, term.id, { name: '月亮班' })
    const after = move(desk, id, moon.id, tomorrow)
    expect(after.groupId).toBe(group.id)
    expect(after.enrolments).toMatchObject([
      { groupId: moon.id, fromDay: tomorrow, leftDay: null },
      { groupId: group.id, leftDay: tomorrow, leftReason: '换班' },
    ])
    expect(onBoard(desk, today)).toEqual([[group.id, '陈雨涵']])
    expect(onBoard(desk, tomorrow)).toEqual([[moon.id, '陈雨涵']])
    expect(openChild(teacher, id).id).toBe(id)
    desk.clock.set('2026-11-24T03:00:00.000Z')
    expect(look(desk, id)).toMatchObject({ groupId: moon.id, badge: children[0]!.badge })
    expect(refusal(() => openChild(teacher, id)).data).toEqual({ what: 'child' })
  })

  it('on the very day of enrolling puts a mistake right', () => {
    const desk = openTestDesk()
    const { term, group, children } = openClass(desk, ['陈雨涵'])
    const moon = addGroup(desk, term.id, { name: '月亮班', capacity: 1 })
    expect(move(desk, children[0]!.id, moon.id, autumn.firstDay).groupId).toBe(moon.id)
    expect(onBoard(desk, autumn.firstDay)).toEqual([[moon.id, '陈雨涵']])
    expect(placesTaken(desk.db, group.id, autumn.firstDay)).toBe(0)
    // And back again, though the group of today was that of the first day once.
    expect(move(desk, children[0]!.id, group.id, today).groupId).toBe(group.id)
  })

  it('is one of the same term, another one, not full, and not before the present one', () => {
    const desk = openTestDesk()
    const { term, group, children } = openClass(desk, ['陈雨涵'])
    const { id } = children[0]!
    const because = (call: () => unknown) => (refusal(call).data as { because?: string }).because
    expect(because(() => move(desk, id, group.id, today))).toBe('duplicate')
    const next = addGroup(desk, addTerm(desk, spring).id)
    expect(because(() => move(desk, id, next.id, spring.firstDay))).toBe('step')
    const full = addGroup(desk, term.id, { name: '星星班', capacity: 1 })
    enrolled(desk, '李梓轩', full.id)
    expect(because(() => move(desk, id, full.id, today))).toBe('full')
    const moon = addGroup(desk, term.id, { name: '月亮班' })
    move(desk, id, moon.id, today)
    expect(refusal(() => move(desk, id, group.id, yesterday))).toEqual(invalidField('fromDay', 'outside'))
    expect(look(desk, id).enrolments).toHaveLength(2)
  })
})

describe('leaving', () => {
  it('ends what is expected of a child and its badge, and not before its day', () => {
    const desk = openTestDesk()
    const { children } = openClass(desk, ['陈雨涵'])
    const { id, badge } = children[0]!
    expect(withdraw(desk, id, tomorrow).enrolments).toMatchObject([{ leftDay: tomorrow, leftReason: '转学' }])
    expect(scanBadge(desk.context(), { badge, day: today }).arrived).toBe(true)
    desk.clock.set('2026-11-24T03:00:00.000Z')
    expect(refusal(() => scanBadge(desk.context(), { badge, day: tomorrow })).data).toEqual({ what: 'badge' })
    expect(onBoard(desk, tomorrow)).toEqual([])
    expect(look(desk, id)).toMatchObject({ groupId: null, group: null })
  })

  it('and coming back takes a new badge: whoever found the old one does not get in', () => {
    const desk = openTestDesk()
    const { group, children } = openClass(desk, ['陈雨涵'])
    const { id, badge } = children[0]!
    withdraw(desk, id, yesterday)
    const back = enrol(desk, id, group.id, today)
    expect(back.badge).not.toBe(badge)
    expect(refusal(() => scanBadge(desk.context(), { badge, day: today })).data).toEqual({ what: 'badge' })
    expect(scanBadge(desk.context(), { badge: back.badge, day: today }).arrived).toBe(true)
  })

  it('takes a child that has not come yet off the list, in this term and the next', () => {
    const desk = openTestDesk()
    const { group } = openClass(desk, [])
    const next = addGroup(desk, addTerm(desk, spring).id)
    const { id } = enrolled(desk, '陈雨涵', group.id, { fromDay: tomorrow })
    enrol(desk, id, next.id, spring.firstDay)
    expect(withdraw(desk, id, today).enrolments.map(({ leftDay }) => leftDay)).toEqual([
      spring.firstDay,
      tomorrow,
    ])
    expect([onBoard(desk, tomorrow), onBoard(desk, spring.firstDay)]).toEqual([[], []])
    expect(placesTaken(desk.db, group.id, tomorrow)).toBe(0)
    expect(enrol(desk, id, group.id, tomorrow).groupId).toBe(group.id)
  })

  it('is of one who is there, and not before it came', () => {
    const desk = openTestDesk()
    const { group, children } = openClass(desk, ['陈雨涵'])
    const { id } = children[0]!
    expect(refusal(() => withdraw(desk, id, '2026-08-31'))).toEqual(invalidField('leftDay', 'outside'))
    const step = { code: 'CONFLICT', data: { because: 'step' } }
    expect(refusal(() => withdraw(desk, id, '2027-01-23'))).toEqual(step)
    withdraw(desk, id, today)
    expect(refusal(() => withdraw(desk, id, today))).toEqual(step)
    const stranger = addChild(desk, '李梓轩')
    expect(refusal(() => withdraw(desk, stranger.id, today))).toEqual(step)
    enrol(desk, id, group.id, tomorrow)
    expect(withdraw(desk, id, tomorrow).enrolments.map(({ leftDay }) => leftDay)).toEqual([tomorrow, today])
  })

  it('leaves its reason in the audit and nothing of the child', () => {
    const desk = openTestDesk()
    const { children } = openClass(desk, ['陈雨涵'])
    withdraw(desk, children[0]!.id, today)
    expect(audited(desk.db).at(-1)).toEqual({
      action: 'noon.withdraw',
      subject: `noon-child:${children[0]!.id}`,
      reason: '转学',
      changes: JSON.stringify({ enrolments: [null, [1]], leftDay: [null, today] }),
    })
  })
})

test('a lost badge is dead at once, and no sign of either stands in the audit', () => {
  const desk = openTestDesk()
  const { children } = openClass(desk, ['陈雨涵'])
  const { id, badge } = children[0]!
  const after = newBadge(desk.context(), { ...seen(desk, id), reason: '丢在路上' })
  expect(after.badge).not.toBe(badge)
  expect(refusal(() => scanBadge(desk.context(), { badge, day: today })).data).toEqual({ what: 'badge' })
  const text = JSON.stringify(audited(desk.db))
  expect(text).toContain('丢在路上')
  expect(text).not.toContain(badge)
  expect(text).not.toContain(after.badge)
})

describe('a leave', () => {
  const leave = (childId: number, fromDay = today, toDay = fromDay) => ({
    ...{ childId, fromDay, toDay, reason: '发烧', toldBy: '妈妈来电' },
  })

  it('is told for days to come and taken back, by the teacher too, and no illness stands in the audit', () => {
    const desk = openTestDesk()
    const { teacher, children } = openClass(desk, ['陈雨涵'])
    const { id } = children[0]!
    const state = (day: string) => readBoard(desk.context(), { day, groupId: null }).tiles[0]!.state
    const made = addLeave(teacher, leave(id, today, tomorrow))
    expect(desk.published.slice(-2)).toEqual([
      { topic: 'noon', id },
      { topic: 'noon-child', id },
    ])
    expect([yesterday, today, tomorrow, addDays(tomorrow, 1)].map(state)).toEqual([
      ...['expected', 'leave', 'leave', 'expected'],
    ])
    expect(look(desk, id).leavesAhead).toEqual([
      { id: made.id, fromDay: today, toDay: tomorrow, reason: '发烧', toldBy: '妈妈来电' },
    ])
    cancelLeave(teacher, made.id)
    expect(state(today)).toBe('expected')
    expect(look(desk, id).leavesAhead).toEqual([])
    expect(refusal(() => cancelLeave(teacher, made.id))).toEqual({
      code: 'CONFLICT',
      data: { because: 'step' },
    })
    expect(JSON.stringify(audited(desk.db))).not.toContain('发烧')
  })

  it('lies within the terms in which the child has a place, its end not before its beginning', () => {
    const desk = openTestDesk()
    const { children } = openClass(desk, ['陈雨涵'])
    const { id } = children[0]!
    const add = (fromDay: string, toDay = fromDay) =>
      refusal(() => addLeave(desk.context(), leave(id, fromDay, toDay)))
    expect(add(today, yesterday)).toEqual(invalidField('toDay', 'before-from'))
    expect(add(today, '2062-11-24')).toEqual(invalidField('fromDay', 'outside'))
    expect(add('2026-08-31', today)).toEqual(invalidField('fromDay', 'outside'))
    withdraw(desk, id, tomorrow)
    expect(add(tomorrow)).toEqual(invalidField('fromDay', 'outside'))
    expect(addLeave(desk.context(), leave(id, today)).id).toBeGreaterThan(0)
  })

  it('of another group’s child is not a teacher’s, and of nobody is none', () => {
    const desk = openTestDesk()
    const { term, teacher } = openClass(desk, [])
    const { id } = enrolled(desk, '李梓轩', addGroup(desk, term.id, { name: '月亮班' }).id)
    expect(refusal(() => addLeave(teacher, leave(id))).data).toEqual({ what: 'child' })
    const made = addLeave(desk.context(), leave(id))
    expect(refusal(() => cancelLeave(teacher, made.id)).data).toEqual({ what: 'child' })
    expect(look(desk, id).leavesAhead).toHaveLength(1)
    expect(refusal(() => cancelLeave(desk.context(), 99)).data).toEqual({ what: 'leave' })
    expect(refusal(() => addLeave(desk.context(), leave(99))).data).toEqual({ what: 'child' })
  })
})

test('whatever is enrolled, moved and withdrawn, no child is in two groups on one day and no group is overfull', () => {
  const days = fc.nat(30).map((nth) => addDays('2026-11-10', nth))
  const step = fc.record({
    what: fc.constantFrom('enrol', 'enrol', 'move', 'withdraw'),
    child: fc.nat(3),
    group: fc.nat(2),
    day: days,
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
      const desk = openTestDesk()
      const { id: termId } = addTerm(desk)
      const groups = ['阳光班', '月亮班', '星星班'].map(
        (name, nth) => addGroup(desk, termId, { name, capacity: nth + 1 }).id,
      )
      const children = ['陈雨涵', '李梓轩', '赵一诺', '孙若曦'].map((name) => addChild(desk, name).id)
      for (const { what, child, group, day } of steps) {
        const [id, groupId] = [children[child]!, groups[group]!]
        try {
          if (what === 'enrol') enrol(desk, id, groupId, day)
          else if (what === 'move') move(desk, id, groupId, day)
          else withdraw(desk, id, day)
        } catch {
          // Refused: nothing of it may stand, which is what is looked at below.
        }
      }
      for (let day = '2026-11-08'; day <= '2026-12-12'; day = addDays(day, 1)) {
        const held = rows<{ childId: number; groupId: number }>(
          desk.db,
          `SELECT child_id AS childId, group_id AS groupId FROM enrolment
           WHERE from_day <= ? AND (left_day IS NULL OR left_day > ?)`,
          day,
          day,
        )
        expect(new Set(held.map(({ childId }) => childId)).size).toBe(held.length)
        groups.forEach((groupId, nth) => {
          expect(held.filter((place) => place.groupId === groupId).length).toBeLessThanOrEqual(nth + 1)
        })
      }
    }),
    { numRuns: 25 },
  )
})
