import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { mergePersons } from '../../../electron/counters/people/merge.ts'
import { changePerson } from '../../../electron/counters/people/persons.ts'
import { readPerson } from '../../../electron/counters/people/record.ts'
import { readHouseholdVisits, readVisit, visitsOfDay } from '../../../electron/counters/visits/read-visits.ts'
import { planRound } from '../../../electron/counters/visits/rounds.ts'
import { addVisit, changeVisit, voidVisit } from '../../../electron/counters/visits/visits.ts'
import { value, write } from '../../../electron/database/open.ts'
import { act } from '../../../electron/workbench/act.ts'
import { refusal } from '../people/people.ts'
import { asSeen as personAsSeen } from '../people/people.ts'
import {
  addDoor,
  addMember,
  addPhoto,
  addVisitor,
  asSeen,
  audited,
  count,
  gridOf,
  invalidField,
  knock,
  knocking,
  lamp,
  meet,
  openDoor,
  today,
  type Opened,
} from './knock.ts'

const historyOf = (desk: Opened, id = desk.door, before?: string, limit = 20) =>
  readHouseholdVisits(desk.context(), { id, limit, ...(before === undefined ? {} : { before }) })

test('a visit is written with who went, whom they met, what was said, and when to come again', () => {
  const desk = openDoor()
  const second = addVisitor(desk, '周社工')
  const photo = addPhoto(desk, '客厅.jpg')
  const made = meet(desk, {
    time: '10:20',
    visitorIds: [second, desk.visitor, second],
    metIds: [desk.mother, desk.mother],
    metOthers: '保姆',
    themes: [
      { theme: '困难', text: '药费高' },
      { theme: '居住', text: '自有住房，两间' },
    ],
    note: '下次带政策单',
    followUpDay: '2026-12-01',
    photoIds: [photo],
  })
  expect(made).toMatchObject({
    door: '3栋2单元501',
    day: today,
    time: '10:20',
    outcome: 'met',
    visitors: [
      { id: desk.visitor, name: '李网格' },
      { id: second, name: '周社工' },
    ],
    met: [{ id: desk.mother, name: '王英' }],
    metOthers: '保姆',
    themes: [{ theme: '居住' }, { theme: '困难' }],
    note: '下次带政策单',
    followUpDay: '2026-12-01',
    photos: [{ id: photo, visitId: made.id, file: { name: '客厅.jpg' } }],
    round: null,
    operator: '前台',
    late: false,
    voided: null,
    version: 1,
  })
  expect(value(desk.db, 'SELECT grid_id FROM visit WHERE id = ?', made.id)).toBe(gridOf(desk))
  expect(historyOf(desk)).toMatchObject({
    lastMetDay: today,
    followUpDay: '2026-12-01',
    away: null,
    members: [{ name: '王英', phone: '199****4417' }, { name: '王阳' }],
    visits: [{ id: made.id }],
    next: null,
  })
})

test('nothing that was said or seen at the door enters the audit', () => {
  const desk = openDoor()
  meet(desk, {
    metOthers: '租客小赵',
    themes: [{ theme: '健康', text: '高血压多年' }],
    note: '老人独居',
    needs: [lamp()],
  })
  const written = JSON.stringify(audited(desk))
  expect(audited(desk).at(-1)).toMatchObject({ action: 'visit.add', subject: 'visit:1' })
  for (const said of ['租客小赵', '高血压', '老人独居', '楼道灯', '王英', '王阳']) {
    expect(written).not.toContain(said)
  }
})

test('the screens of the visit, its door and today are told, and those of its round and photos', () => {
  const desk = openDoor()
  const round = planRound(desk.context(), {
    ticket: randomUUID(),
    day: today,
    gridId: null,
    visitorIds: [desk.visitor],
    householdIds: [desk.door],
  })
  const photoIds = [addPhoto(desk, '门牌.jpg')]
  desk.published.length = 0
  const made = knock(desk, { roundId: round.id, photoIds })
  expect(made.round).toEqual({ id: round.id, number: round.number })
  expect(desk.published).toEqual([
    { topic: 'visit', id: made.id },
    { topic: 'household', id: desk.door },
    { topic: 'round', id: round.id },
    { topic: 'visit-photo', id: null },
    { topic: 'today', id: null },
  ])
})

test('the same ticket twice is one visit', () => {
  const desk = openDoor()
  const input = knocking(desk, { outcome: 'met', needs: [lamp()] })
  const first = addVisit(desk.context(), input)
  const before = count(desk, 'audit')
  expect(addVisit(desk.context(), { ...input, note: '再按一次回车' })).toEqual(first)
  expect([count(desk, 'visit'), count(desk, 'enquiry'), count(desk, 'audit')]).toEqual([1, 1, before])
})

test('two screens that enter the same door and day: the second is shown the first, unless it was a second knock', () => {
  const desk = openDoor()
  const first = knock(desk, { time: '10:00' })
  expect(refusal(() => meet(desk, { time: '17:30' }))).toMatchObject({
    code: 'CONFLICT',
    data: { because: 'duplicate', current: { id: first.id, time: '10:00' } },
  })
  expect(count(desk, 'visit')).toBe(1)
  const second = meet(desk, { time: '17:30', again: true })
  expect(historyOf(desk).visits.map(({ id }) => id)).toEqual([second.id, first.id])
  // A crossed-out one is none.
  voidVisit(desk.context(), { id: first.id, reason: '门牌看错' })
  voidVisit(desk.context(), { id: second.id, reason: '门牌看错' })
  expect(knock(desk).id).toBe(3)
})

test('a visit that is entered late keeps its day, and says so', () => {
  const desk = openDoor()
  expect(meet(desk, { day: '2026-11-20' })).toMatchObject({ day: '2026-11-20', late: true })
  // 16:30 UTC is the next day in Shanghai.
  desk.clock.set('2026-11-23T16:30:00.000Z')
  expect(meet(desk, { day: today })).toMatchObject({ day: today, late: true })
  expect(meet(desk, { day: '2026-11-24' })).toMatchObject({ late: false })
})

test('a year ago is still a late entry, the day before is a mistake', () => {
  const desk = openDoor()
  expect(meet(desk, { day: '2025-11-23' }).day).toBe('2025-11-23')
  expect(refusal(() => meet(desk, { day: '2025-11-22' }))).toMatchObject(invalidField('day', 'too-old'))
})

test.each<[string, Parameters<typeof knock>[1], string, string]>([
  ['it lies ahead', { day: '2026-11-24' }, 'day', 'future'],
  ['the next one comes before it', { followUpDay: '2026-11-22' }, 'followUpDay', 'before-visit'],
  ['nobody knows who went', { visitorIds: [99] }, 'visitorIds', 'unknown'],
  ['somebody was met and nobody opened', { metIds: [1] }, 'metIds', 'not-met'],
  ['a theme stands twice', { themes: [theme('健康'), theme('健康')] }, 'themes', 'duplicate'],
])('a visit is INVALID when %s', (_, changed, path, problem) => {
  const desk = openDoor()
  expect(refusal(() => knock(desk, changed))).toMatchObject(invalidField(path, problem))
  expect(count(desk, 'visit')).toBe(0)
})

function theme(word: '健康') {
  return { theme: word, text: '还好' }
}

test('whom one meets lives at that door; neighbours and strangers do not', () => {
  const desk = openDoor()
  const neighbour = addMember(desk, addDoor(desk, '3栋2单元502'), '赵云')
  for (const id of [neighbour, 99]) {
    expect(refusal(() => meet(desk, { metIds: [id] }))).toMatchObject(invalidField('metIds', 'other-door'))
  }
  // One who opened and refused was seen, too.
  expect(knock(desk, { outcome: 'refused', metIds: [desk.son] }).met).toMatchObject([{ name: '王阳' }])
})

test.each<[string, Parameters<typeof knock>[1]]>([
  ['household', { householdId: 99 }],
  ['round', { roundId: 99 }],
  ['photo', { photoIds: [99] }],
  ['person', { needs: [lamp({ enquiry: { title: '灯', matterId: null, askerId: 99 } })] }],
  ['matter', { needs: [lamp({ enquiry: { title: '灯', matterId: 999, askerId: null } })] }],
])('a visit of a %s that is not there is NOT_FOUND, and nothing stays of it', (what, changed) => {
  const desk = openDoor()
  const before = count(desk, 'audit')
  expect(refusal(() => meet(desk, changed))).toMatchObject({ code: 'NOT_FOUND', data: { what } })
  expect([count(desk, 'visit'), count(desk, 'audit')]).toEqual([0, before])
})

test('a photo that another screen placed meanwhile is not taken away from its visit', () => {
  const desk = openDoor()
  const photoIds = [addPhoto(desk, '门牌.jpg')]
  const first = meet(desk, { photoIds })
  expect(refusal(() => meet(desk, { photoIds, again: true }))).toMatchObject({ data: { what: 'photo' } })
  expect(readVisit(desk.context(), first.id).photos).toHaveLength(1)
})

test('a visit to a merged household goes to the one it became', () => {
  const desk = openDoor()
  const twin = addDoor(desk, '3栋2单元0501A')
  act(desk.context(), { action: 'household.merge', subject: `household:${twin}` }, (db) =>
    write(db, 'UPDATE household SET merged_into = ? WHERE id = ?', desk.door, twin),
  )
  expect(meet(desk, { householdId: twin, metIds: [desk.mother] })).toMatchObject({
    householdId: desk.door,
    door: '3栋2单元501',
  })
  expect(historyOf(desk, twin)).toMatchObject({ household: { id: desk.door }, visits: [{ id: 1 }] })
})

test('somebody who was merged is met under the record that stands for them', () => {
  const desk = openDoor()
  const twice = addMember(desk, desk.door, '王瑛')
  const made = meet(desk, { metIds: [twice, desk.mother] })
  mergePersons(desk.context(), { into: desk.mother, from: twice, reason: '同一个人' })
  const now = readVisit(desk.context(), made.id)
  expect(now.met).toEqual([{ id: desk.mother, name: '王英' }])
  expect(changeVisit(desk.context(), asSeen(now)).met).toEqual(now.met)
})

test('a correction keeps needs and photos, and who has moved away since', () => {
  const desk = openDoor()
  const made = meet(desk, {
    metIds: [desk.son],
    needs: [lamp()],
    photoIds: [addPhoto(desk, '灯.jpg')],
    themes: [{ theme: '就业', text: '找工作' }],
  })
  const { id, version, ...son } = personAsSeen(readPerson(desk.db, desk.son, today))
  changePerson(desk.context(), { id, version, ...son, householdId: addDoor(desk, '6栋1104') })
  const changed = changeVisit(desk.context(), {
    ...asSeen(made),
    time: '09:00',
    note: '补记',
    themes: [{ theme: '教育', text: '上大学' }],
  })
  expect(changed).toMatchObject({
    time: '09:00',
    note: '补记',
    themes: [{ theme: '教育' }],
    met: [{ id: desk.son }],
    needs: [{ enquiry: { number: 'ZX-2026-000001' } }],
    photos: [{ file: { name: '灯.jpg' } }],
    version: 2,
  })
  expect(refusal(() => changeVisit(desk.context(), { ...asSeen(made), note: '旧的一份' }))).toMatchObject({
    code: 'CONFLICT',
    data: { because: 'changed', current: { note: '补记', version: 2 } },
  })
})

test('a correction is held to the rules of an entry, but an old visit may keep its day', () => {
  const desk = openDoor()
  const made = knock(desk, { day: '2025-12-01' })
  desk.clock.set('2026-12-20T01:00:00.000Z')
  const change = (changed: object) => changeVisit(desk.context(), { ...asSeen(made), ...changed })
  expect(refusal(() => change({ day: '2025-12-02' }))).toMatchObject(invalidField('day', 'too-old'))
  expect(refusal(() => change({ metIds: [desk.son] }))).toMatchObject(invalidField('metIds', 'not-met'))
  expect(change({ note: '门口有快递' })).toMatchObject({ day: '2025-12-01', note: '门口有快递' })
})

test('a voided visit stays, crossed out with who and why, and counts no more', () => {
  const desk = openDoor()
  meet(desk, { day: '2026-03-02' })
  const { id } = meet(desk, { needs: [lamp()], followUpDay: '2026-12-01' })
  const crossed = voidVisit(desk.context('manager'), { id, reason: '录错了门牌' })
  expect(crossed).toMatchObject({
    voided: { reason: '录错了门牌', operator: '主任', at: '2026-11-23T01:41:00.000Z' },
    needs: [{ enquiry: { number: 'ZX-2026-000001', state: 'accepted' } }],
    version: 2,
  })
  const history = historyOf(desk)
  expect(history).toMatchObject({ lastMetDay: '2026-03-02', followUpDay: null, openNeeds: [] })
  expect(history.visits.map((visit) => visit.id)).toEqual([id, 1])
  expect(visitsOfDay(desk.db, today)).toEqual([])
  const step = { code: 'CONFLICT', data: { because: 'step', current: { id } } }
  expect(refusal(() => voidVisit(desk.context(), { id, reason: '再来一次' }))).toMatchObject(step)
  expect(refusal(() => changeVisit(desk.context(), asSeen(crossed)))).toMatchObject(step)
})

test('a household’s visits come newest first, page by page, those of one day by the order of entry', () => {
  const desk = openDoor()
  const days = ['2026-11-20', '2026-01-05', today, '2026-11-20', '2026-06-01']
  for (const day of days) knock(desk, { day, again: true })
  const first = historyOf(desk, desk.door, undefined, 2)
  expect(first.visits.map(({ id }) => id)).toEqual([3, 4])
  const second = historyOf(desk, desk.door, first.next!, 2)
  expect(second.visits.map(({ id }) => id)).toEqual([1, 5])
  const last = historyOf(desk, desk.door, second.next!, 2)
  expect([last.visits.map(({ id }) => id), last.next]).toEqual([[2], null])
})

test('visits of a day come in the order of the clock, those without a time last', () => {
  const desk = openDoor()
  const other = addDoor(desk, '3栋2单元502')
  knock(desk)
  meet(desk, { time: '16:00', again: true })
  meet(desk, { householdId: other, time: '09:30' })
  expect(visitsOfDay(desk.db, today).map(({ id, door, time }) => [id, door, time])).toEqual([
    [3, '3栋2单元502', '09:30'],
    [2, '3栋2单元501', '16:00'],
    [1, '3栋2单元501', null],
  ])
})
