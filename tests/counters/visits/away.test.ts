import { expect, test } from 'vitest'
import type { Visit } from '../../../electron/contract/visit-records.ts'
import type { AwayKind } from '../../../electron/counters/people/household-away.ts'
import { setAway } from '../../../electron/counters/visits/away.ts'
import { readHouseholdVisits } from '../../../electron/counters/visits/read-visits.ts'
import { changeVisit, voidVisit } from '../../../electron/counters/visits/visits.ts'
import { rows, write } from '../../../electron/database/open.ts'
import { act } from '../../../electron/workbench/act.ts'
import { refusal } from '../people/people.ts'
import {
  addDoor,
  asSeen,
  audited,
  count,
  invalidField,
  knock,
  meet,
  openDoor,
  today,
  type Opened,
} from './knock.ts'

const awayOf = (desk: Opened) => readHouseholdVisits(desk.context(), { id: desk.door, limit: 20 }).away

/** Days on which the door was out of the count, without those that were taken back. */
const spans = (desk: Opened) =>
  rows<{ kind: string; fromDay: string; untilDay: string | null }>(
    desk.db,
    `SELECT kind, from_day AS fromDay, until_day AS untilDay FROM household_away
     WHERE until_day IS NULL OR until_day > from_day ORDER BY from_day, id`,
  ).map(({ kind, fromDay, untilDay }) => `${kind} ${fromDay} ${untilDay ?? ''}`.trim())

const set = (desk: Opened, kind: AwayKind | null, reason = '邻居说搬到岳麓区') =>
  setAway(desk.context(), { householdId: desk.door, kind, reason })
const cross = (desk: Opened, { id }: Visit) => voidVisit(desk.context(), { id, reason: '录错门牌' })
const change = (desk: Opened, visit: Visit, changed: Partial<ReturnType<typeof asSeen>>) =>
  changeVisit(desk.context(), { ...asSeen(visit), ...changed })

test('a door found empty leaves the count from the day of the visit, with the reason', () => {
  const desk = openDoor()
  knock(desk, { outcome: 'vacant', day: '2026-11-20', note: '物业说空置半年' })
  expect(awayOf(desk)).toEqual({
    kind: 'vacant',
    reason: '物业说空置半年',
    fromDay: '2026-11-20',
    operator: '前台',
  })
})

test.each(['vacant', 'moved'] as const)('no door leaves the count as %s without a reason', (outcome) => {
  const desk = openDoor()
  const why = invalidField('note', 'required')
  expect(refusal(() => knock(desk, { outcome, note: '' }))).toMatchObject(why)
  const nobody = knock(desk)
  expect(refusal(() => change(desk, nobody, { outcome, note: '' }))).toMatchObject(why)
  expect(awayOf(desk)).toBeNull()
  change(desk, nobody, { outcome, note: '门上贴了招租' })
  expect(awayOf(desk)).toMatchObject({ kind: outcome, reason: '门上贴了招租' })
})

test('the note of a morning with nobody in can be corrected although the door was found empty later that day', () => {
  const desk = openDoor()
  const morning = knock(desk, { time: '09:10' })
  knock(desk, { outcome: 'vacant', time: '15:00', again: true })
  expect(change(desk, morning, { note: '窗户开着' }).note).toBe('窗户开着')
})

test('a corrected note is the reason of the mark, and of no other', () => {
  const desk = openDoor()
  const first = knock(desk, { outcome: 'vacant', day: '2026-11-02', note: '水表不走' })
  const second = knock(desk, { outcome: 'vacant', day: '2026-11-10', note: '还是空的' })
  change(desk, second, { note: '一直是空的' })
  expect(awayOf(desk)).toMatchObject({ reason: '水表不走' })
  change(desk, first, { note: '电表也不走' })
  expect(awayOf(desk)).toMatchObject({ fromDay: '2026-11-02', reason: '电表也不走' })
})

test('somebody who is met brings the door back on that day', () => {
  const desk = openDoor()
  knock(desk, { outcome: 'vacant', day: '2026-11-02' })
  meet(desk, { day: '2026-11-20' })
  expect(awayOf(desk)).toBeNull()
  expect(spans(desk)).toEqual(['vacant 2026-11-02 2026-11-20'])
})

test.each(['nobody', 'refused'] as const)('"%s" at an empty door is no attempt', (outcome) => {
  const desk = openDoor()
  knock(desk, { outcome: 'vacant', day: '2026-11-10' })
  expect(refusal(() => knock(desk, { outcome }))).toMatchObject(invalidField('outcome', 'away'))
  // Before it was found empty, it was one; and it is found empty again.
  expect(knock(desk, { outcome, day: '2026-11-09' }).outcome).toBe(outcome)
  expect(knock(desk, { outcome: 'vacant' }).outcome).toBe('vacant')
  expect(spans(desk)).toEqual(['vacant 2026-11-10'])
})

test('an empty door whose family is known to have moved is that from then on', () => {
  const desk = openDoor()
  knock(desk, { outcome: 'vacant', day: '2026-11-02' })
  const moved = knock(desk, { outcome: 'moved' })
  expect(spans(desk)).toEqual(['vacant 2026-11-02 2026-11-23', 'moved 2026-11-23'])
  cross(desk, moved)
  expect(spans(desk)).toEqual(['vacant 2026-11-02'])
})

test('an older visit that is entered late is no news', () => {
  const desk = openDoor()
  meet(desk)
  knock(desk, { outcome: 'vacant', day: '2026-11-10' })
  expect(awayOf(desk)).toBeNull()
  expect(spans(desk)).toEqual(['vacant 2026-11-10 2026-11-23'])
  set(desk, 'moved')
  meet(desk, { day: '2026-11-12' })
  expect(awayOf(desk)).toMatchObject({ kind: 'moved', fromDay: today })
})

test('a door taken back by hand stays in the count, whatever an older visit says', () => {
  const desk = openDoor()
  desk.clock.set('2026-11-10T01:00:00.000Z')
  set(desk, 'vacant')
  desk.clock.set('2026-11-23T01:00:00.000Z')
  set(desk, null, '已有人入住')
  knock(desk, { outcome: 'vacant', day: '2026-11-12' })
  expect(awayOf(desk)).toBeNull()
})

test('a voided visit takes its mark back', () => {
  const desk = openDoor()
  const vacant = knock(desk, { outcome: 'vacant' })
  cross(desk, vacant)
  expect(awayOf(desk)).toBeNull()
  expect(spans(desk)).toEqual([])
  // The row stands all the same: nothing is destroyed at the counter.
  expect(count(desk, 'household_away')).toBe(1)
})

test('what two visits saw is not taken back with the first of them', () => {
  const desk = openDoor()
  const wrong = knock(desk, { outcome: 'vacant', day: '2026-11-02' })
  const again = knock(desk, { outcome: 'vacant', day: '2026-11-10', note: '邻居也说没人住' })
  cross(desk, wrong)
  expect(spans(desk)).toEqual(['vacant 2026-11-10'])
  expect(awayOf(desk)).toMatchObject({ reason: '邻居也说没人住' })
  cross(desk, again)
  expect(spans(desk)).toEqual([])
})

test('a corrected day of the first of two visits that saw the same is the day of the mark', () => {
  const desk = openDoor()
  const first = knock(desk, { outcome: 'vacant', day: '2026-11-02' })
  knock(desk, { outcome: 'vacant', day: '2026-11-10' })
  const earlier = change(desk, first, { day: '2026-11-04' })
  expect(spans(desk)).toEqual(['vacant 2026-11-04'])
  change(desk, earlier, { day: '2026-11-12' })
  expect(spans(desk)).toEqual(['vacant 2026-11-10'])
})

test('what two visits saw before somebody was met again lasts from the second to the meeting', () => {
  const desk = openDoor()
  const wrong = knock(desk, { outcome: 'moved', day: '2026-11-02' })
  knock(desk, { outcome: 'moved', day: '2026-11-10' })
  meet(desk, { day: '2026-11-20' })
  cross(desk, wrong)
  expect(spans(desk)).toEqual(['moved 2026-11-10 2026-11-20'])
})

test('a voided visit leaves a mark alone that came another way', () => {
  const desk = openDoor()
  set(desk, 'vacant')
  cross(desk, knock(desk, { outcome: 'vacant' }))
  expect(awayOf(desk)).toMatchObject({ kind: 'vacant', reason: '邻居说搬到岳麓区' })
})

test('a voided meeting lets the mark that it ended run on, until the family was really met', () => {
  const desk = openDoor()
  knock(desk, { outcome: 'moved', day: '2026-11-02' })
  const wrong = meet(desk, { day: '2026-11-10' })
  const right = meet(desk, { day: '2026-11-16' })
  cross(desk, wrong)
  expect(spans(desk)).toEqual(['moved 2026-11-02 2026-11-16'])
  cross(desk, right)
  expect(spans(desk)).toEqual(['moved 2026-11-02'])
})

test('the mark of a voided visit does not come back with a voided meeting', () => {
  const desk = openDoor()
  const vacant = knock(desk, { outcome: 'vacant', day: '2026-11-02' })
  const met = meet(desk, { day: '2026-11-10' })
  cross(desk, vacant)
  cross(desk, met)
  expect(spans(desk)).toEqual([])
})

test('a corrected outcome or day corrects the mark, and its reason stays', () => {
  const desk = openDoor()
  const made = knock(desk, { outcome: 'vacant', day: '2026-11-20', note: '水表不走' })
  const later = change(desk, made, { day: '2026-11-18' })
  expect(awayOf(desk)).toMatchObject({ kind: 'vacant', fromDay: '2026-11-18', reason: '水表不走' })
  const nobody = change(desk, later, { outcome: 'nobody' })
  expect(awayOf(desk)).toBeNull()
  change(desk, nobody, { outcome: 'moved', note: '家具搬空' })
  expect(spans(desk)).toEqual(['moved 2026-11-18'])
})

test('a correction to "nobody" is refused where an older mark would run on', () => {
  const desk = openDoor()
  knock(desk, { outcome: 'vacant', day: '2026-11-02' })
  const moved = knock(desk, { outcome: 'moved' })
  expect(refusal(() => change(desk, moved, { outcome: 'nobody' }))).toMatchObject(
    invalidField('outcome', 'away'),
  )
  expect(spans(desk)).toEqual(['vacant 2026-11-02 2026-11-23', 'moved 2026-11-23'])
})

test('a household is taken out of the count by hand and back in, with the reason in the audit', () => {
  const desk = openDoor()
  desk.published.length = 0
  expect(set(desk, 'moved')).toMatchObject({ away: { kind: 'moved', fromDay: today }, dueDay: null })
  expect(desk.published).toEqual([
    { topic: 'household', id: desk.door },
    { topic: 'visit', id: null },
    { topic: 'today', id: null },
  ])
  expect(set(desk, null, '搬回来了').away).toBeNull()
  expect(audited(desk).slice(-2)).toMatchObject([
    { action: 'household.away', subject: `household:${desk.door}`, reason: '邻居说搬到岳麓区' },
    { action: 'household.away', reason: '搬回来了' },
  ])
})

test('what is so already is a CONFLICT with the household, and nothing is written down', () => {
  const desk = openDoor()
  const step = { code: 'CONFLICT', data: { because: 'step', current: { household: { id: desk.door } } } }
  expect(refusal(() => set(desk, null))).toMatchObject(step)
  set(desk, 'vacant')
  const before = count(desk, 'audit')
  expect(refusal(() => set(desk, 'vacant'))).toMatchObject(step)
  expect(count(desk, 'audit')).toBe(before)
  expect(set(desk, 'moved').away).toMatchObject({ kind: 'moved' })
})

test('a mark on a merged household goes to the one it became', () => {
  const desk = openDoor()
  const twin = addDoor(desk, '3栋2单元0501A')
  act(desk.context(), { action: 'household.merge', subject: `household:${twin}` }, (db) =>
    write(db, 'UPDATE household SET merged_into = ? WHERE id = ?', desk.door, twin),
  )
  setAway(desk.context(), { householdId: twin, kind: 'vacant', reason: '水电停用' })
  expect(awayOf(desk)).toMatchObject({ kind: 'vacant', reason: '水电停用' })
  expect(
    refusal(() => setAway(desk.context(), { householdId: 99, kind: 'vacant', reason: '水电停用' })),
  ).toMatchObject({ code: 'NOT_FOUND', data: { what: 'household' } })
})

test('an older visit that is entered late says since when, and stands when the newer one is crossed out', () => {
  const desk = openDoor()
  const newer = knock(desk, { outcome: 'vacant', day: '2026-11-10' })
  knock(desk, { outcome: 'vacant', day: '2026-11-05', note: '水表不走' })
  expect(spans(desk)).toEqual(['vacant 2026-11-05'])
  cross(desk, newer)
  expect(awayOf(desk)).toMatchObject({ kind: 'vacant', fromDay: '2026-11-05', reason: '水表不走' })
})

test('a door that was empty before it was known as moved out of was empty until then', () => {
  const desk = openDoor()
  const moved = knock(desk, { outcome: 'moved', day: '2026-11-10' })
  knock(desk, { outcome: 'vacant', day: '2026-11-05' })
  expect(spans(desk)).toEqual(['vacant 2026-11-05 2026-11-10', 'moved 2026-11-10'])
  cross(desk, moved)
  expect(spans(desk)).toEqual(['vacant 2026-11-05'])
})

test('somebody who was met in between, entered late, was there from then on', () => {
  const desk = openDoor()
  knock(desk, { outcome: 'vacant', day: '2026-11-02' })
  meet(desk, { day: '2026-11-20' })
  const between = meet(desk, { day: '2026-11-10' })
  expect(spans(desk)).toEqual(['vacant 2026-11-02 2026-11-10'])
  cross(desk, between)
  expect(spans(desk)).toEqual(['vacant 2026-11-02 2026-11-20'])
})

test('a door that was taken back by hand stays in the count when an earlier meeting turns out to be none', () => {
  const desk = openDoor()
  knock(desk, { outcome: 'vacant', day: '2026-11-01' })
  const wrong = meet(desk, { day: '2026-11-10' })
  set(desk, 'moved')
  desk.clock.set('2026-11-26T01:00:00.000Z')
  set(desk, null, '已有人入住')
  cross(desk, wrong)
  expect(spans(desk)).toEqual(['vacant 2026-11-01 2026-11-23', 'moved 2026-11-23 2026-11-26'])
})

test('"nobody" on a day on which the door stood empty is no attempt, though somebody lives there again', () => {
  const desk = openDoor()
  knock(desk, { outcome: 'vacant', day: '2026-11-02' })
  meet(desk, { day: '2026-11-20' })
  expect(refusal(() => knock(desk, { day: '2026-11-10' }))).toMatchObject(invalidField('outcome', 'away'))
  expect(knock(desk, { day: '2026-11-21' }).outcome).toBe('nobody')
})
