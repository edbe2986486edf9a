import { expect, test } from 'vitest'
import type { Enquiry, FollowUp } from '../../../electron/contract/enquiries.ts'
import { answerEnquiry } from '../../../electron/counters/enquiries/dispatch.ts'
import { followUp, logCall } from '../../../electron/counters/enquiries/follow-up.ts'
import { archiveEnquiry, withdrawEnquiry } from '../../../electron/counters/enquiries/life.ts'
import {
  inviteRating,
  rateBySlip,
  rateOnScreen,
  ratingTotals,
  satisfaction,
} from '../../../electron/counters/enquiries/ratings.ts'
import { changeRules, readRules } from '../../../electron/counters/settings/rules.ts'
import { rows, value } from '../../../electron/database/open.ts'
import type { Context } from '../../../electron/workbench/workbench.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { accept, look, refusal } from './counter.ts'

const seenOf = ({ id, version }: Enquiry) => ({ id, version })
const rating = (level: number) => ({ level, reasons: [], words: '' })

const answered = (desk: TestDesk) =>
  answerEnquiry(desk.context(), {
    ...seenOf(accept(desk)),
    kind: 'solved',
    via: '电话',
    text: '已修好',
    fileIds: [],
  })
const callBack = (desk: TestDesk, standing: Enquiry, result: FollowUp) =>
  followUp(desk.context(), { ...seenOf(standing), result, text: '' })
/** Nobody is signed in at the second screen. */
const screen = (desk: TestDesk): Context => ({ desk: desk.desk, operator: null, deviceId: 1 })
const rate = (desk: TestDesk, id: number, level: number) =>
  rateOnScreen(screen(desk), { ticket: inviteRating(desk.context(), id).ticket, ...rating(level) })

test('after the answer the call-back is due in three working days; not reached, it stays on the list', () => {
  const desk = openTestDesk()
  const standing = answered(desk)
  expect(standing).toMatchObject({ state: 'answered', dueWhat: 'follow-up', dueDay: '2026-11-26' })
  const called = logCall(desk.context(), { ...seenOf(standing), text: '两次没人接' })
  expect(called).toMatchObject({ state: 'answered', dueDay: '2026-11-26' })
  const closed = callBack(desk, called, 'content')
  expect(closed).toMatchObject({ state: 'closed', followUp: 'content', urgency: 'none' })
})

test('a rule that is changed moves no call-back that is due already', () => {
  const desk = openTestDesk()
  const standing = answered(desk)
  changeRules(desk.context('manager'), { ...readRules(desk.db), followUpDays: 1 })
  expect(logCall(desk.context(), { ...seenOf(standing), text: '没人接' }).dueDay).toBe(standing.dueDay)
  expect(answered(desk).dueDay).toBe('2026-11-24')
})

test('a resident rates once, on the second screen; whoever handled it learns that, not how', () => {
  const desk = openTestDesk()
  const { id } = answered(desk)
  const { ticket, number } = inviteRating(desk.context(), id)
  expect(number).toBe('ZX-2026-000001')
  rateOnScreen(screen(desk), { ticket, level: 2, reasons: ['时间太长'], words: '等了一周' })
  expect(look(desk, id, 'clerk')).toMatchObject({ rated: true, rating: null })
  expect(look(desk, id, 'manager').rating).toEqual({
    level: 2,
    reasons: ['时间太长'],
    words: '等了一周',
    way: 'screen',
  })
  // Neither a step of the case nor the audit tells how.
  expect(look(desk, id).events.map(({ step }) => step)).toEqual(['accept', 'answer'])
  expect(rows(desk.db, "SELECT operator_id, changes FROM audit WHERE action = 'enquiry.rate'")).toEqual([
    { operator_id: null, changes: null },
  ])
  expect(refusal(() => inviteRating(desk.context(), id))).toMatchObject({ code: 'CONFLICT' })
  expect(refusal(() => rateOnScreen(screen(desk), { ticket, ...rating(5) })).code).toBe('NOT_FOUND')
})

test('a ticket ends after ten minutes, and there is none before the answer', () => {
  const desk = openTestDesk()
  const { id } = answered(desk)
  const { ticket } = inviteRating(desk.context(), id)
  desk.clock.advance(600)
  expect(refusal(() => rateOnScreen(screen(desk), { ticket, ...rating(5) })).code).toBe('NOT_FOUND')
  expect(refusal(() => inviteRating(desk.context(), accept(desk).id))).toEqual({
    code: 'CONFLICT',
    data: { because: 'step' },
  })
})

test('a case that went into the archive without an answer is not rated', () => {
  const desk = openTestDesk()
  const gone = withdrawEnquiry(desk.context(), { ...seenOf(accept(desk)), reason: '按错了' })
  archiveEnquiry(desk.context('manager'), seenOf(gone))
  const refused = { code: 'CONFLICT', data: { because: 'step' } }
  expect(refusal(() => inviteRating(desk.context(), gone.id))).toEqual(refused)
  const slip = () => rateBySlip(desk.context('manager'), { number: gone.number, ...rating(1) })
  expect(refusal(slip)).toEqual(refused)
})

test('a slip from the box is entered by its number, and one case takes one rating', () => {
  const desk = openTestDesk()
  const standing = callBack(desk, answered(desk), 'content')
  archiveEnquiry(desk.context('manager'), seenOf(standing))
  rateBySlip(desk.context('manager'), { number: ' zx-2026-000001 ', ...rating(5) })
  expect(look(desk, standing.id, 'auditor').rating).toMatchObject({ level: 5, way: 'slip' })
  const twice = () => rateBySlip(desk.context('manager'), { number: standing.number, ...rating(1) })
  expect(refusal(twice)).toMatchObject({ code: 'CONFLICT', data: { because: 'duplicate' } })
  const unknown = () => rateBySlip(desk.context('manager'), { number: 'ZX-2026-999999', ...rating(1) })
  expect(refusal(unknown)).toMatchObject({ code: 'INVALID' })
})

test('two bad answers open it again, in either order, with the limit anew', () => {
  const desk = openTestDesk()
  const one = answered(desk)
  rate(desk, one.id, 1)
  const reopened = callBack(desk, one, 'discontent')
  expect(reopened).toMatchObject({ state: 'accepted', answer: '', dueDay: '2026-11-30' })
  expect(reopened.events.slice(-2)).toMatchObject([
    { step: 'follow-up', detail: { result: 'discontent' } },
    { step: 'reopen', text: '居民不满意，自动重办' },
  ])

  const other = callBack(desk, answered(desk), 'discontent')
  expect(other.state).toBe('closed')
  rate(desk, other.id, 2)
  expect(look(desk, other.id)).toMatchObject({ state: 'accepted' })
})

test('a second time it stays closed: it is opened again once in its life', () => {
  const desk = openTestDesk()
  const first = answered(desk)
  rate(desk, first.id, 1)
  const again = callBack(desk, first, 'discontent')
  const second = answerEnquiry(desk.context(), {
    ...seenOf(again),
    kind: 'explained',
    via: '电话',
    text: '再说明',
    fileIds: [],
  })
  expect(callBack(desk, second, 'discontent').state).toBe('closed')
})

test.each([
  ['discontent', 3],
  ['content', 1],
  ['unreachable', 1],
] as const)('one bad answer alone does not: %s with level %i', (result, level) => {
  const desk = openTestDesk()
  const standing = answered(desk)
  rate(desk, standing.id, level)
  expect(callBack(desk, standing, result).state).toBe('closed')
})

test('totals are told from five ratings on: fewer would tell who rated what', () => {
  const desk = openTestDesk()
  const totals = () => ratingTotals(desk.db, { from: '2026-11-01', to: '2026-11-30' })
  for (const level of [5, 5, 4, 1]) rate(desk, answered(desk).id, level)
  expect(totals()).toEqual({ levels: null, rated: 4 })
  rate(desk, answered(desk).id, 3)
  expect(totals()).toEqual({ levels: [1, 0, 1, 1, 2], rated: 5 })
  expect(value(desk.db, 'SELECT count(*) FROM rating')).toBe(5)
})

test('whoever asks for totals again and again, or of two periods, never learns of one rating', () => {
  const desk = openTestDesk()
  const totals = (from = '2026-11-01', to = '2026-11-30') => satisfaction(desk.db, { from, to })
  const seen: (number[] | null)[] = []
  for (const level of [5, 5, 4, 5, 3, 1, 1, 1, 1, 1]) {
    rate(desk, answered(desk).id, level)
    seen.push(totals().levels)
  }
  // They grow by five at once, as many as are shown from.
  expect(seen).toEqual([
    ...Array<null>(4).fill(null),
    ...Array<number[]>(5).fill([0, 0, 1, 1, 3]),
    [5, 0, 1, 1, 3],
  ])
  desk.clock.set('2026-11-24T01:00:00.000Z')
  for (const level of [2, 2, 2]) rate(desk, answered(desk).id, level)
  expect(totals('2026-11-23', '2026-11-24')).toEqual(totals('2026-11-23', '2026-11-23'))
  expect(totals('2026-11-24', '2026-11-24')).toEqual({ levels: null, rated: 3 })
  desk.clock.set('2026-12-01T01:00:00.000Z')
  for (const level of [4, 4, 4, 4, 4]) rate(desk, answered(desk).id, level)
  expect(totals('2026-12-01', '2026-12-31').levels).toEqual([0, 0, 0, 5, 0])
})
