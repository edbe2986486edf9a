import { expect, test } from 'vitest'
import { closeEnquiry, noteEnquiry, withdrawEnquiry } from '../../../electron/counters/enquiries/life.ts'
import { readContacts, type ContactsQuery } from '../../../electron/counters/overview/contacts.ts'
import { mergePersons } from '../../../electron/counters/people/merge.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { accept, addDoor, refusal, register } from '../enquiries/counter.ts'

const read = (test: TestDesk, query: Partial<ContactsQuery>) =>
  readContacts(test.db, { personId: null, householdId: null, limit: 20, ...query })
const ids = (test: TestDesk, query: Partial<ContactsQuery>) => read(test, query).rows.map(({ id }) => id)

test('a history is newest first and says what came of each', () => {
  const desk = openTestDesk()
  const asker = register(desk, '王英')
  const [closed, gone, noted, fresh] = [1, 2, 3, 4].map(() => accept(desk, { askerId: asker }))
  closeEnquiry(desk.context(), { id: closed!.id, version: 1, answer: '带户口簿来' })
  withdrawEnquiry(desk.context(), { id: gone!.id, version: 1, reason: '不办了' })
  noteEnquiry(desk.context(), { id: noted!.id, version: 1, text: '缺身份证复印件' })
  expect(
    read(desk, { personId: asker }).rows.map(({ id, detail, open, who }) => [id, detail, open, who]),
  ).toEqual([
    [fresh!.id, '已受理，待答复', true, '王英'],
    [noted!.id, '缺身份证复印件', true, '王英'],
    [gone!.id, '已撤回：不办了', false, '王英'],
    [closed!.id, '已办结：带户口簿来', false, '王英'],
  ])
})

test('to a person belongs what they asked, what was asked about them, and what is open at their door', () => {
  const desk = openTestDesk()
  const door = addDoor(desk, '3栋2单元501')
  const [mother, son, other] = [
    register(desk, '王英', door),
    register(desk, '王阳'),
    register(desk, '李华', door),
  ]
  const about = accept(desk, { askerId: son, subjectId: mother })
  const neighbour = accept(desk, { askerId: other })
  const answered = accept(desk, { askerId: other, answer: '已答复' })
  expect(ids(desk, { personId: mother })).toEqual([neighbour.id, about.id])
  expect(ids(desk, { personId: son })).toEqual([about.id])
  expect(ids(desk, { householdId: door })).toEqual([answered.id, neighbour.id, about.id])
})

test('a merge brings both histories together', () => {
  const desk = openTestDesk()
  const [wrong, right] = [register(desk, '王瑛'), register(desk, '王英')]
  const [one, two] = [accept(desk, { askerId: wrong }), accept(desk, { askerId: right })]
  mergePersons(desk.context(), { into: right, from: wrong, reason: '同一个人' })
  expect(ids(desk, { personId: right })).toEqual([two.id, one.id])
  expect(ids(desk, { personId: wrong })).toEqual([two.id, one.id])
  expect(read(desk, { personId: right }).rows.map(({ who }) => who)).toEqual(['王英', '王英'])
})

test('pages follow each other without a gap', () => {
  const desk = openTestDesk()
  const door = addDoor(desk, '3栋2单元501')
  const [one, other] = [register(desk, '王英', door), register(desk, '李华', door)]
  for (let count = 0; count < 11; count += 1) accept(desk, { askerId: count % 3 ? one : other })
  const all = ids(desk, { personId: one })
  expect(all).toHaveLength(11)
  const found: number[] = []
  let before: string | undefined
  do {
    const page = read(desk, { personId: one, before, limit: 4 })
    found.push(...page.rows.map(({ id }) => id))
    before = page.next ?? undefined
  } while (before)
  expect(found).toEqual(all)
})

test('nobody chosen yet has no history; an unknown one is NOT_FOUND', () => {
  const desk = openTestDesk()
  expect(read(desk, {})).toEqual({ rows: [], next: null })
  expect(refusal(() => read(desk, { personId: 9 }))).toEqual({ code: 'NOT_FOUND', data: { what: 'person' } })
  expect(refusal(() => read(desk, { householdId: 9 }))).toEqual({
    code: 'NOT_FOUND',
    data: { what: 'household' },
  })
  expect(refusal(() => read(desk, { before: "1' OR 1=1" })).code).toBe('INVALID')
})
