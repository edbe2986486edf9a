import { expect, test } from 'vitest'
import { addHousehold } from '../../../electron/counters/people/households.ts'
import {
  openEnquiriesOf,
  personAndMerged,
  personLine,
  survivor,
} from '../../../electron/counters/people/lines.ts'
import { mergePersons, unmergePersons } from '../../../electron/counters/people/merge.ts'
import { changePerson, openPerson } from '../../../electron/counters/people/persons.ts'
import { recordConsent } from '../../../electron/counters/people/consents.ts'
import { search } from '../../../electron/counters/overview/search.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { accept } from '../enquiries/counter.ts'
import { nowAt } from '../enquiries/counter.ts'
import { asSeen, audited, idNumberOf, refusal, register, today } from './people.ts'

const idNumber = idNumberOf('1950-03-04', 2)

/** One person written down twice: once with a phone, once with everything else. */
function twice(test: TestDesk) {
  const household = addHousehold(test.context(), { gridId: null, estate: '', door: '3-2-501', note: '' })
  const kept = register(test.context(), { name: '王芳', phones: ['19900125678'], keyGroups: ['残疾'] })
  const other = register(test.context(), {
    name: '王方',
    idNumber,
    phones: ['19900120000', '19900125678'],
    householdId: household.id,
    relation: '户主',
    keyGroups: ['孤寡老人'],
    note: '耳背',
  })
  return { kept: kept.id, other: other.id, household: household.id }
}

const merge = (test: TestDesk, into: number, from: number) =>
  mergePersons(test.context(), { into, from, reason: '登记了两次' })
const unmerge = (test: TestDesk, mergeId: number) =>
  unmergePersons(test.context(), { mergeId, reason: '是两个人' })
const found = (test: TestDesk, query: string) =>
  search(test.db, query, nowAt(today)).people.map(({ person }) => person.id)

test('the survivor keeps its own and is given what it lacked', () => {
  const desk = openTestDesk()
  const { kept, other } = twice(desk)
  const merged = merge(desk, kept, other)
  expect(merged).toMatchObject({
    id: kept,
    name: '王芳',
    birth: '1950-03-04',
    sex: 2,
    door: '3栋2单元501',
    relation: '户主',
    phones: ['199****5678', '199****0000'],
    keyGroups: ['孤寡老人', '残疾'],
    note: '耳背',
    merged: [{ personId: other, name: '王方' }],
  })
  expect(merged.idNumber).not.toBeNull()
})

test('the merged-away record answers with its survivor and is found no more', () => {
  const desk = openTestDesk()
  const { kept, other } = twice(desk)
  expect(found(desk, '王方')).toEqual([other])
  merge(desk, kept, other)
  expect(found(desk, '王方')).toEqual([])
  expect(found(desk, '0000')).toEqual([kept])
  expect(survivor(desk.db, other)).toBe(kept)
  expect(openPerson(desk.context(), other).id).toBe(kept)
  expect(personLine(desk.db, other, today)?.id).toBe(kept)
})

test('the history of both shows at the survivor', () => {
  const desk = openTestDesk()
  const { kept, other } = twice(desk)
  accept(desk, { askerId: other })
  accept(desk, { askerId: kept })
  recordConsent(desk.context(), {
    personId: other,
    purpose: '上门探访',
    givenBy: '本人',
    givenDay: today,
    wording: '第1版',
  })
  const merged = merge(desk, kept, other)
  expect(merged.openEnquiries).toBe(2)
  expect(merged.consents).toHaveLength(1)
  expect(personAndMerged(desk.db, kept)).toEqual([kept, other])
})

test('taking a merge apart gives each their own back', () => {
  const desk = openTestDesk()
  const { kept, other } = twice(desk)
  accept(desk, { askerId: other })
  const before = [openPerson(desk.context(), kept), openPerson(desk.context(), other)]
  const { merged } = merge(desk, kept, other)
  unmerge(desk, merged[0]!.mergeId)
  const after = [openPerson(desk.context(), kept), openPerson(desk.context(), other)]
  expect(after).toEqual(before.map((person) => ({ ...person, version: person.version + 2 })))
  expect(found(desk, '王方')).toEqual([other])
  expect(found(desk, '0000')).toEqual([other])
})

test('what somebody changed after the merge is not taken back', () => {
  const desk = openTestDesk()
  const { kept, other } = twice(desk)
  const merged = merge(desk, kept, other)
  changePerson(desk.context(), {
    ...asSeen(merged),
    note: '耳背，请大声',
    phones: ['19900120000', '19900127777'],
  })
  const apart = unmerge(desk, merged.merged[0]!.mergeId)
  expect(apart).toMatchObject({
    note: '耳背，请大声',
    phones: ['199****7777'],
    birth: null,
    householdId: null,
  })
})

test('an ID number that contradicts the survivor is left where it was', () => {
  const desk = openTestDesk()
  const kept = register(desk.context(), { name: '王芳', birth: '1960-01-01' })
  const other = register(desk.context(), { name: '王方', idNumber })
  expect(merge(desk, kept.id, other.id)).toMatchObject({ birth: '1960-01-01', idNumber: null })
})

test('a merge is taken apart once, and the outer one first', () => {
  const desk = openTestDesk()
  const [first, second, third] = ['王芳', '王方', '王房'].map((name) => register(desk.context(), { name }).id)
  const inner = merge(desk, second!, third!).merged[0]!.mergeId
  const outer = merge(desk, first!, second!).merged[0]!.mergeId
  expect(survivor(desk.db, third!)).toBe(first)
  expect(personAndMerged(desk.db, first!)).toEqual([first, second, third])
  expect(refusal(() => unmerge(desk, inner))).toEqual({ code: 'CONFLICT', data: { because: 'step' } })
  unmerge(desk, outer)
  expect(survivor(desk.db, third!)).toBe(second)
  unmerge(desk, inner)
  expect(refusal(() => unmerge(desk, inner)).code).toBe('CONFLICT')
  expect(found(desk, '王').sort()).toEqual([first, second, third])
})

test('nobody is merged with themselves, not by way of a merged-away record either', () => {
  const desk = openTestDesk()
  const { kept, other } = twice(desk)
  expect(refusal(() => merge(desk, kept, kept)).code).toBe('INVALID')
  merge(desk, kept, other)
  expect(refusal(() => merge(desk, kept, other)).code).toBe('INVALID')
  expect(refusal(() => merge(desk, kept, 99))).toEqual({ code: 'NOT_FOUND', data: { what: 'person' } })
})

test('a merged-away record is not changed behind the back of its survivor', () => {
  const desk = openTestDesk()
  const { kept, other } = twice(desk)
  const seen = asSeen(openPerson(desk.context(), other))
  merge(desk, kept, other)
  expect(refusal(() => changePerson(desk.context(), { ...seen, note: '晚了' }))).toMatchObject({
    code: 'CONFLICT',
    data: { because: 'changed', current: { id: kept } },
  })
})

test('open business moves with the merge and comes back with its end', () => {
  const desk = openTestDesk()
  const { kept, other } = twice(desk)
  accept(desk, { subjectId: other, givenName: '儿子' })
  const first = (query: string) => search(desk.db, query, nowAt(today)).people[0]?.person
  register(desk.context(), { name: '王芳' })
  const { merged } = merge(desk, kept, other)
  expect(first('王芳')).toMatchObject({ id: kept, openEnquiries: 1 })
  unmerge(desk, merged[0]!.mergeId)
  expect(openEnquiriesOf(desk.db, [kept])).toBe(0)
  expect(first('wf')).toMatchObject({ id: other, openEnquiries: 1 })
})

test('both ends of a merge are in the audit with their reasons, without names', () => {
  const desk = openTestDesk()
  const { kept, other } = twice(desk)
  const { merged } = merge(desk, kept, other)
  unmerge(desk, merged[0]!.mergeId)
  const [merging, parting] = audited(desk.db).slice(-2)
  expect(merging).toMatchObject({ action: 'person.merge', subject: `person:${kept}`, reason: '登记了两次' })
  expect(JSON.parse(merging!.changes!)).toMatchObject({ from: [null, other] })
  expect(parting).toMatchObject({ action: 'person.unmerge', subject: `person:${kept}`, reason: '是两个人' })
  expect(JSON.stringify([merging, parting])).not.toMatch(/王|19900|999999/)
})
