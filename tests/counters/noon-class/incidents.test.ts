import { describe, expect, test } from 'vitest'
import {
  listIncidents,
  reportIncident,
  signOffIncident,
} from '../../../electron/counters/noon-class/incidents.ts'
import { rows, transact, write } from '../../../electron/database/open.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { addFile } from '../enquiries/cases.ts'
import { refusal } from '../enquiries/counter.ts'
import { moment, rename } from './facts.ts'
import { classOf, sql, today } from './fill.ts'

type Input = Parameters<typeof reportIncident>[1]

const fall = (changed: Partial<Input> = {}): Input => ({
  childId: null,
  groupId: null,
  follows: null,
  kind: 'injury',
  happenedAt: moment(today, '11:50'),
  what: '下楼时摔了一跤，膝盖擦破',
  measures: '清洗、贴创可贴',
  called: ['监护人'],
  fileIds: [],
  ...changed,
})

/** A class of six in two groups at 12:00; the teacher looks after the first group. */
function open() {
  const desk = openTestDesk()
  const filled = classOf(desk)
  const [own, other] = [filled.childIds[0]!, filled.childIds[5]!]
  return { desk, ...filled, own, other }
}

const thisYear = { from: '2026-01-01', to: '2026-12-31', childId: null }
const listed = (desk: TestDesk, role: 'clerk' | 'teacher' = 'clerk', asked = {}) =>
  listIncidents(desk.context(role), { ...thisYear, ...asked }).map(({ id }) => id)

describe('an incident', () => {
  test('is written down with its number, the child’s group and its photos', () => {
    const { desk, own, groupIds } = open()
    const fileId = addFile(desk, '膝盖.jpg')
    const made = reportIncident(desk.context('teacher'), fall({ childId: own, fileIds: [fileId, fileId] }))
    expect(made).toEqual({
      id: 1,
      number: 'SJ-2026-000001',
      childId: own,
      child: '学生001',
      groupId: groupIds[0],
      group: '第1组',
      follows: null,
      kind: 'injury',
      happenedAt: '2026-11-23T03:50:00.000Z',
      day: today,
      what: '下楼时摔了一跤，膝盖擦破',
      measures: '清洗、贴创可贴',
      called: ['监护人'],
      files: [{ id: fileId, name: '膝盖.jpg', kind: 'image', bytes: 358400, width: 800, height: 600 }],
      at: '2026-11-23T04:00:00.000Z',
      operator: '老师',
      signedOff: null,
    })
    expect(reportIncident(desk.context(), fall()).number).toBe('SJ-2026-000002')
  })

  test('is of the day on which it happened, and its number of the year in which it is written down', () => {
    const { desk } = open()
    desk.clock.set('2026-12-31T16:30:00.000Z')
    const made = reportIncident(desk.context(), fall({ happenedAt: '2026-12-31T15:59:59.999Z' }))
    expect([made.day, made.number]).toEqual(['2026-12-31', 'SJ-2027-000001'])
  })

  test('did not happen in the future; a screen whose clock is a little ahead is believed', () => {
    const { desk } = open()
    const at = (happenedAt: string) => () => reportIncident(desk.context(), fall({ happenedAt }))
    expect(refusal(at('2026-11-23T04:01:00.001Z'))).toEqual({
      code: 'INVALID',
      data: { fields: [{ path: 'happenedAt', problem: 'future' }] },
    })
    expect(at('2026-11-23T04:01:00.000Z')().id).toBe(1)
  })

  test('leaves nobody’s name, no word of it and no illness in the audit', () => {
    const { desk, own } = open()
    rename(desk, own, '丁小满')
    const said = { what: '丁小满对花生过敏，起疹子', measures: '送社区卫生服务中心' }
    const { id } = reportIncident(desk.context(), fall({ childId: own, kind: 'allergy', ...said }))
    signOffIncident(desk.context('manager'), { id, text: '已与丁小满家长沟通' })
    const audited = rows<{ action: string; subject: string; changes: string }>(
      desk.db,
      "SELECT action, subject, changes FROM audit WHERE action LIKE 'incident.%' ORDER BY id",
    )
    expect(audited.map(({ action, subject }) => [action, subject])).toEqual([
      ['incident.report', 'incident:1'],
      ['incident.sign-off', 'incident:1'],
    ])
    expect(JSON.stringify(audited)).not.toMatch(/丁小满|花生|疹|allergy|家长|卫生/)
    expect(JSON.parse(audited[0]!.changes)).toMatchObject({ what: 'changed', childId: [null, own] })
  })

  test('about a child, group, incident or file that is not there is refused, and takes no number', () => {
    const { desk } = open()
    for (const [changed, what] of [
      [{ childId: 99 }, 'child'],
      [{ groupId: 99 }, 'group'],
      [{ follows: 99 }, 'incident'],
      [{ fileIds: [99] }, 'file'],
    ] as const) {
      const made = () => reportIncident(desk.context(), fall(changed as Partial<Input>))
      expect(refusal(made)).toEqual({ code: 'NOT_FOUND', data: { what } })
    }
    expect(rows(desk.db, 'SELECT 1 FROM incident')).toEqual([])
    expect(rows(desk.db, "SELECT 1 FROM sequence WHERE kind = 'SJ'")).toEqual([])
  })

  test('of a child is not put down to another group', () => {
    const { desk, own, groupIds } = open()
    expect(
      refusal(() => reportIncident(desk.context(), fall({ childId: own, groupId: groupIds[1]! }))),
    ).toEqual({ code: 'INVALID', data: { fields: [{ path: 'groupId', problem: 'outside' }] } })
  })

  test('that named the same number twice called it once', () => {
    const { desk } = open()
    expect(reportIncident(desk.context(), fall({ called: ['120', '120', '学校'] })).called).toEqual([
      '120',
      '学校',
    ])
  })

  test.each([
    ['changed', "UPDATE incident SET what = '' WHERE id = 1"],
    ['deleted', 'DELETE FROM incident WHERE id = 1'],
    [
      'written over',
      `INSERT OR REPLACE INTO incident (id, number, kind, happened_at, day, what, called, at, operator_id)
       SELECT id, 'SJ-2026-000009', kind, happened_at, day, '', '[]', at, operator_id FROM incident`,
    ],
  ])('cannot be %s', (_how, statement) => {
    const { desk } = open()
    const made = reportIncident(desk.context(), fall())
    expect(() => transact(desk.db, (file) => write(file, statement))).toThrow('append-only')
    expect(listIncidents(desk.context(), thisYear)).toEqual([made])
  })
})

describe('what is added to an incident', () => {
  test('follows the first one and is about the same child unless it corrects that', () => {
    const { desk, own, other, groupIds } = open()
    const first = reportIncident(desk.context(), fall({ childId: own }))
    const more = reportIncident(desk.context(), fall({ follows: first.id, what: '家长接去医院，缝了两针' }))
    const right = reportIncident(
      desk.context(),
      fall({ follows: more.id, childId: other, what: '摔倒的是另一个孩子' }),
    )
    expect([more.follows, more.childId, more.groupId]).toEqual([first.id, own, groupIds[0]])
    expect([right.follows, right.childId, right.groupId]).toEqual([first.id, other, groupIds[1]])
  })

  test('stands beside it in the list, newest incident first', () => {
    const { desk } = open()
    const first = reportIncident(desk.context(), fall())
    const second = reportIncident(desk.context(), fall())
    const added = reportIncident(desk.context(), fall({ follows: first.id }))
    expect(listed(desk)).toEqual([second.id, first.id, added.id])
  })

  test('comes with it in whatever days the first one happened, and not without it', () => {
    const { desk } = open()
    const first = reportIncident(desk.context(), fall({ happenedAt: moment('2026-11-20', '12:30') }))
    const added = reportIncident(desk.context(), fall({ follows: first.id }))
    expect(listed(desk, 'clerk', { from: '2026-11-20', to: '2026-11-20' })).toEqual([first.id, added.id])
    expect(listed(desk, 'clerk', { from: today, to: today })).toEqual([])
  })

  test('can be added after the sign-off too', () => {
    const { desk } = open()
    const { id } = reportIncident(desk.context('teacher'), fall())
    signOffIncident(desk.context('manager'), { id, text: '' })
    const added = reportIncident(desk.context('teacher'), fall({ follows: id, what: '家长来电，已拆线' }))
    expect([added.follows, added.signedOff]).toEqual([id, null])
  })
})

describe('the sign-off', () => {
  test('is a manager’s, once, and changes nothing that was written', () => {
    const { desk } = open()
    const made = reportIncident(desk.context('teacher'), fall())
    desk.clock.set(moment(today, '15:00'))
    const signed = signOffIncident(desk.context('manager'), { id: made.id, text: '楼梯已加防滑条' })
    expect(signed).toEqual({
      ...made,
      signedOff: { at: '2026-11-23T07:00:00.000Z', operator: '主任', text: '楼梯已加防滑条' },
    })
    const again = () => signOffIncident(desk.context('manager'), { id: made.id, text: '' })
    expect(refusal(again)).toMatchObject({ code: 'CONFLICT', data: { because: 'step' } })
    expect(listIncidents(desk.context(), thisYear)).toEqual([signed])
    expect(refusal(() => signOffIncident(desk.context('manager'), { id: 99, text: '' }))).toEqual({
      code: 'NOT_FOUND',
      data: { what: 'incident' },
    })
  })
})

describe('a teacher', () => {
  test('sees the incidents of their groups and what they wrote, and no other', () => {
    const { desk, own, other, groupIds } = open()
    const clerk = desk.context()
    const mine = reportIncident(clerk, fall({ childId: own })).id
    const room = reportIncident(clerk, fall({ groupId: groupIds[0]! })).id
    const wrote = reportIncident(desk.context('teacher'), fall()).id
    reportIncident(clerk, fall({ childId: other }))
    reportIncident(clerk, fall({ groupId: groupIds[1]! }))
    reportIncident(clerk, fall())
    expect(listed(desk, 'teacher')).toEqual([wrote, room, mine])
    expect(listed(desk)).toHaveLength(6)
    expect(listed(desk, 'teacher', { childId: own })).toEqual([mine])
  })

  test('neither reads nor writes about a child of another group', () => {
    const { desk, other, groupIds } = open()
    const { id } = reportIncident(desk.context(), fall({ childId: other }))
    const teacher = desk.context('teacher')
    for (const [call, what] of [
      [() => listIncidents(teacher, { ...thisYear, childId: other }), 'child'],
      [() => reportIncident(teacher, fall({ childId: other })), 'child'],
      [() => reportIncident(teacher, fall({ groupId: groupIds[1]! })), 'group'],
      [() => reportIncident(teacher, fall({ follows: id })), 'incident'],
    ] as const) {
      expect(refusal(call)).toEqual({ code: 'NOT_FOUND', data: { what } })
    }
  })

  test('sees what happened to their child where nobody named a group', () => {
    const { desk, own } = open()
    // Before the child was enrolled: in no group on that day.
    sql(desk, "UPDATE enrolment SET from_day = '2026-11-20' WHERE child_id = ?", own)
    const made = reportIncident(
      desk.context(),
      fall({ childId: own, happenedAt: moment('2026-11-19', '12:30') }),
    )
    expect(made.groupId).toBeNull()
    expect(listed(desk, 'teacher')).toEqual([made.id])
  })
})

test('incidents are asked for in days that follow each other', () => {
  const { desk } = open()
  expect(
    refusal(() => listIncidents(desk.context(), { from: today, to: '2026-11-22', childId: null })),
  ).toMatchObject({ code: 'INVALID', data: { fields: [{ path: 'to', problem: 'before-from' }] } })
})
