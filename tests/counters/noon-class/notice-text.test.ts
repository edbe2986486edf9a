import { describe, expect, test } from 'vitest'
import { noticeText } from '../../../electron/counters/noon-class/notice-text.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { settle } from '../enquiries/cases.ts'
import { refusal } from '../enquiries/counter.ts'
import { fact, moment } from './facts.ts'
import { addLeave, classOf, sql, today } from './fill.ts'

/** A class of six in two groups at 12:00: in each group one is collected, one escorted, one goes alone. */
function open() {
  const desk = openTestDesk()
  settle(desk)
  const filled = classOf(desk)
  const come = (child: number) =>
    fact(desk, {
      childId: filled.childIds[child]!,
      groupId: filled.groupIds[child < 3 ? 0 : 1]!,
      day: today,
      kind: 'arrival',
    })
  return { desk, ...filled, come }
}

describe('a notice to guardians', () => {
  type Notice = Parameters<typeof noticeText>[1]
  const notice = (desk: TestDesk, changed: Partial<Notice>) =>
    noticeText(desk.context(), { kind: 'first-day', groupId: null, childId: null, day: today, ...changed })

  test('of the first day says when, where and until when', () => {
    const { desk, groupIds } = open()
    expect(notice(desk, { groupId: groupIds[0]! }).split('\n')).toEqual([
      '第1组的各位家长：您好！',
      '2026-11-23 前后午间课堂从11月13日（星期五）开始。',
      '请让孩子在 12:10 前到1 号教室，14:00 前由登记的人接走。',
      '要请假或者换人来接，请提前告诉老师。',
      '测试社区党群服务中心',
    ])
  })

  test('of a day off says why, and of a school day it is none', () => {
    const { desk, groupIds, termId } = open()
    const [groupId] = groupIds as [number]
    sql(desk, "INSERT INTO term_day_off VALUES (?, '2026-11-25', '校运动会')", termId)
    expect(notice(desk, { kind: 'day-off', groupId, day: '2026-11-25' })).toContain(
      '11月25日（星期三）因校运动会午间课堂不开课',
    )
    expect(refusal(() => notice(desk, { kind: 'day-off', groupId, day: '2026-11-26' }))).toMatchObject({
      code: 'CONFLICT',
      data: { because: 'step' },
    })
  })

  test('of a child that has not come is calm, and none of one that is here or on leave', () => {
    const { desk, childIds, come } = open()
    desk.clock.set(moment(today, '12:13'))
    const missing = (child: number) => () => notice(desk, { kind: 'not-arrived', childId: childIds[child]! })
    expect(missing(0)()).toContain('到 12:13 为止，孩子还没有到午间课堂')
    come(1)
    addLeave(desk, childIds[2]!)
    for (const call of [missing(1), missing(2)]) expect(refusal(call)).toMatchObject({ code: 'CONFLICT' })
  })

  test('of a child that was collected names the relation and nobody', () => {
    const { desk, childIds, groupIds, pickupIds, come } = open()
    come(0)
    const asked = { kind: 'collected', childId: childIds[0]! } as const
    expect(refusal(() => notice(desk, asked))).toMatchObject({ code: 'CONFLICT' })
    fact(desk, {
      childId: childIds[0]!,
      groupId: groupIds[0]!,
      day: today,
      kind: 'departure',
      time: '13:40',
      pickupId: pickupIds[0]!,
      by: '妈妈 家长1',
    })
    const text = notice(desk, asked)
    expect(text).toContain('孩子已于11月23日（星期一） 13:40 由妈妈接走，请放心。')
    expect(text).not.toContain('家长1接走')
  })

  test('carries no number and no health fact, wherever somebody wrote one', () => {
    const { desk, childIds, groupIds, termId } = open()
    sql(desk, "UPDATE child SET allergies = '花生', health = '哮喘'")
    sql(desk, "UPDATE class_group SET room = '电话 13812345678'")
    sql(desk, "INSERT INTO term_day_off VALUES (?, '2026-11-25', '打 0731-88886666')", termId)
    const [childId, groupId] = [childIds[0]!, groupIds[0]!]
    for (const text of [
      notice(desk, { groupId }),
      notice(desk, { childId }),
      notice(desk, { kind: 'day-off', groupId, day: '2026-11-25' }),
      notice(desk, { kind: 'not-arrived', childId }),
    ]) {
      expect(text).not.toMatch(/\d{5,}|花生|哮喘|病|过敏/)
    }
  })

  test('is to somebody whom the caller may write to', () => {
    const { desk, childIds, groupIds } = open()
    expect(refusal(() => notice(desk, {}))).toMatchObject({
      code: 'INVALID',
      data: { fields: [{ path: 'groupId', problem: 'required' }] },
    })
    expect(refusal(() => notice(desk, { kind: 'collected' }))).toMatchObject({
      code: 'INVALID',
      data: { fields: [{ path: 'childId', problem: 'required' }] },
    })
    const teacher = (changed: Partial<Notice>) => () =>
      noticeText(desk.context('teacher'), {
        kind: 'first-day',
        groupId: null,
        childId: null,
        day: today,
        ...changed,
      })
    expect(refusal(teacher({ groupId: groupIds[1]! }))).toEqual({
      code: 'NOT_FOUND',
      data: { what: 'group' },
    })
    expect(refusal(teacher({ childId: childIds[5]! }))).toEqual({
      code: 'NOT_FOUND',
      data: { what: 'child' },
    })
  })
})
