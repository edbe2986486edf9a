import { expect, test } from 'vitest'
import { giveBack, recall } from '../../../electron/counters/enquiries/dispatch.ts'
import { dispatchText } from '../../../electron/counters/enquiries/paper.ts'
import { rows } from '../../../electron/database/open.ts'
import { openTestDesk } from '../../fixture.ts'
import { community, page, settle, whistle, wordsOf } from './cases.ts'
import { accept, refusal } from './counter.ts'

const open = () => {
  const desk = openTestDesk()
  settle(desk)
  return desk
}

const step = { code: 'CONFLICT', data: { because: 'step' } }

test('a dispatch slip tells one department its part, its limits, the door and the asker', () => {
  const desk = open()
  const { id, number, assignments } = whistle(desk)
  const [lead, assist] = assignments
  const seen = wordsOf(page(desk, id, 'dispatch-slip', lead!.id))
  for (const wanted of [
    '网格吹哨 · 部门报到',
    number,
    '主办单位 安居物业公司 值班室',
    '同时呼叫 街道建设办（协办）、房屋维修中心（协办）',
    '派单 2026年11月23日 09:41 派单人：前台',
    '报到时限 2026年11月23日 15:11 前',
    '答复时限 2026年11月30日 前',
    '诉求 楼道顶棚漏水',
    '地址 3栋2单元501',
    '来访人 王阳 199****4417（电话请向社区窗口索取）',
    '当事人：王*英',
    `答复方式：电话 ${community.phone}`,
    '报到人',
    '报到时间',
    '办理结果',
    '签字',
  ]) {
    expect(seen).toContain(wanted)
  }
  expect(seen).not.toMatch(/王小英|199 ?0000|13812345678/)
  const assisting = wordsOf(page(desk, id, 'dispatch-slip', assist!.id))
  expect(assisting).toContain('协办单位 街道建设办')
  expect(assisting).toContain('安居物业公司（主办）')
})

test('a single department is no whistle', () => {
  const desk = open()
  const { id, version } = whistle(desk)
  const [lead, first, second] = rows<{ id: number }>(desk.db, 'SELECT id FROM assignment ORDER BY id')
  const back = { id, via: '电话' as const, reason: '不归我们管' }
  giveBack(desk.context(), { ...back, version, assignmentId: first!.id })
  giveBack(desk.context(), { ...back, version: version + 1, assignmentId: second!.id })
  const seen = wordsOf(page(desk, id, 'dispatch-slip', lead!.id))
  expect(seen).not.toContain('吹哨')
  expect(seen).not.toContain('同时呼叫')
  expect(refusal(() => page(desk, id, 'dispatch-slip', first!.id))).toMatchObject(step)
  expect(refusal(() => dispatchText(desk.context(), { id, assignmentId: first!.id }))).toMatchObject(step)
})

test('a slip belongs to a department of this very enquiry', () => {
  const desk = open()
  const { id, version, assignments } = whistle(desk)
  const other = accept(desk)
  const assignmentId = assignments[0]!.id
  expect(refusal(() => page(desk, id, 'dispatch-slip'))).toMatchObject({
    code: 'INVALID',
    data: { fields: [{ path: 'assignmentId', problem: 'required' }] },
  })
  for (const call of [
    () => page(desk, other.id, 'dispatch-slip', assignmentId),
    () => dispatchText(desk.context(), { id: other.id, assignmentId }),
  ]) {
    expect(refusal(call)).toEqual({ code: 'NOT_FOUND', data: { what: 'assignment' } })
  }
  recall(desk.context(), { id, version, reason: '发错单位' })
  expect(refusal(() => page(desk, id, 'dispatch-slip', assignmentId))).toMatchObject(step)
})

test('the text for WeChat has short lines, no number of the resident, and ends with the limit', () => {
  const desk = open()
  const { id, number, assignments } = whistle(desk, {
    words: '滴水，打我电话 138-1234-5678 或 ０７３１-88886666，身份证 110105 19491231 002X',
  })
  const text = dispatchText(desk.context(), { id, assignmentId: assignments[0]!.id })
  expect(text.split('\n')).toEqual([
    `【派单】${number}`,
    '安居物业公司（主办）：',
    '网格吹哨·部门报到，同时呼叫：街道建设办（协办）、房屋维修中心（协办）',
    '诉求：楼道顶棚漏水',
    '来访人原话：滴水，打我电话（号码略） 或（号码略），身份证（号码略）',
    '请办理：查清漏点并修好，通知住户，联系电话（号码略）',
    '地址：3栋2单元501',
    '来访人：王阳',
    '当事人：王*英',
    '联系电话请向社区窗口索取',
    '派单：2026年11月23日 09:41 测试社区党群服务中心 前台',
    '回复：电话 0000-1990 0000，或在此回复，办理情况可附照片',
    '请于 2026年11月23日 15:11 前报到',
    '请于 2026年11月30日 前答复',
  ])
})

test('a long task is shortened on the slip and whole in the text', () => {
  const desk = open()
  const words = '楼道顶棚漏水，一直没有人管。'.repeat(142)
  const { id, assignments } = whistle(desk, { words })
  const assignmentId = assignments[0]!.id
  const seen = wordsOf(page(desk, id, 'dispatch-slip', assignmentId))
  expect(seen).not.toContain(words)
  expect(seen).toContain('全文见微信派单')
  expect(dispatchText(desk.context(), { id, assignmentId })).toContain(words)
})
