import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { personLine } from '../../../electron/counters/people/lines.ts'
import { departPerson } from '../../../electron/counters/people/persons.ts'
import { revealPhone } from '../../../electron/counters/enquiries/asking.ts'
import { readMatters } from '../../../electron/counters/enquiries/matters.ts'
import { mergePersons } from '../../../electron/counters/people/merge.ts'
import { rows, value } from '../../../electron/database/open.ts'
import { openTestDesk } from '../../fixture.ts'
import { accept, addDoor, refusal, register } from './counter.ts'

test('an enquiry gets the next number of the local year', () => {
  const desk = openTestDesk({ start: '2026-12-31T15:59:59.000Z' })
  expect(accept(desk).number).toBe('ZX-2026-000001')
  expect(accept(desk).number).toBe('ZX-2026-000002')
  // 16:00 UTC is midnight in Shanghai.
  desk.clock.set('2026-12-31T16:00:00.000Z')
  expect(accept(desk)).toMatchObject({ number: 'ZX-2027-000001', acceptedDay: '2027-01-01' })
})

test('without a matter the answer is due after five working days, counted from the next day', () => {
  const desk = openTestDesk()
  expect(accept(desk)).toMatchObject({
    acceptedDay: '2026-11-23',
    dueDay: '2026-11-30',
    workingDaysLeft: 5,
    urgency: 'normal',
    state: 'accepted',
  })
})

test('the limit of a matter skips holidays and counts the Sundays that are worked for them', () => {
  // 2026: 1-7 October off, Sunday 20 September and Saturday 10 October worked.
  const desk = openTestDesk({ start: '2026-09-17T01:00:00.000Z' })
  const matter = readMatters(desk.db).find(({ limit }) => limit.amount === 3)!
  expect(accept(desk, { matterId: matter.id }).dueDay).toBe('2026-09-21')
})

test('an answer at once closes it in the same act', () => {
  const desk = openTestDesk()
  const made = accept(desk, { answer: '带身份证和户口簿来办' })
  expect(made).toMatchObject({ state: 'closed', answer: '带身份证和户口簿来办', urgency: 'none' })
  expect(made.events.map(({ step, from, to }) => [step, from, to])).toEqual([
    ['accept', null, 'accepted'],
    ['close', 'accepted', 'closed'],
  ])
  expect(rows(desk.db, "SELECT action FROM audit WHERE subject = 'enquiry:1'")).toHaveLength(1)
})

test('the same ticket twice is one enquiry', () => {
  const desk = openTestDesk()
  const ticket = randomUUID()
  const first = accept(desk, { ticket })
  const audited = value(desk.db, 'SELECT count(*) FROM audit')
  expect(accept(desk, { ticket, title: '再按一次回车' })).toEqual(first)
  expect(value(desk.db, 'SELECT count(*) FROM enquiry')).toBe(1)
  expect(value(desk.db, 'SELECT count(*) FROM audit')).toBe(audited)
  expect(accept(desk).number).toBe('ZX-2026-000002')
})

test('a son asks for his mother: asker is not subject, and the door is hers as it was then', () => {
  const desk = openTestDesk()
  const [his, hers] = [addDoor(desk, '6栋1104'), addDoor(desk, '1栋1单元302')]
  const [son, mother] = [register(desk, '王阳', his), register(desk, '王英', hers)]
  const made = accept(desk, { askerId: son, subjectId: mother })
  expect(made).toMatchObject({ asker: '王阳', subject: '王英', door: '1栋1单元302' })
  expect(accept(desk, { askerId: son, subjectId: son })).toMatchObject({ subject: null, door: '6栋1104' })
  expect(desk.published.slice(-3)).toEqual([
    { topic: 'enquiry', id: 2 },
    { topic: 'person', id: son },
    { topic: 'today', id: null },
  ])
})

test('somebody who is not registered gives a name; the phone they give is shown masked', () => {
  const desk = openTestDesk()
  const made = accept(desk, { givenName: '路过的李师傅', givenPhone: '199 0000 4417' })
  expect(made).toMatchObject({
    asker: '路过的李师傅',
    givenPhone: '199****4417',
    anonymous: false,
    askerId: null,
  })
  expect(value(desk.db, 'SELECT given_phone FROM enquiry')).toBe('19900004417')
  expect(accept(desk)).toMatchObject({ asker: null, anonymous: true })
})

test('the phone that was given is shown whole for a reason, to call them back; the audit never has it', () => {
  const desk = openTestDesk()
  const { id } = accept(desk, { givenName: '路过的李师傅', givenPhone: '199 0000 4417' })
  const published = desk.published.length
  expect(revealPhone(desk.context(), { id, reason: '回访' })).toEqual({ value: '19900004417' })
  expect(desk.published.slice(published).map(({ topic }) => topic)).not.toContain('enquiry')
  const audit = rows<{ action: string; subject: string; reason: string; changes: string }>(
    desk.db,
    'SELECT action, subject, reason, changes FROM audit ORDER BY id',
  )
  expect(audit.at(-1)).toMatchObject({
    action: 'enquiry.reveal',
    subject: `enquiry-reveal:${id}`,
    reason: '回访',
  })
  expect(JSON.stringify(audit)).not.toContain('19900004417')
})

test('a phone that nobody gave cannot be shown, and nothing is written down', () => {
  const desk = openTestDesk()
  const { id } = accept(desk)
  const before = value(desk.db, 'SELECT count(*) FROM audit')
  const reveal = (one: number) => refusal(() => revealPhone(desk.context(), { id: one, reason: '回访' }))
  expect(reveal(id)).toMatchObject({ code: 'NOT_FOUND', data: { what: 'phone' } })
  expect(reveal(99)).toMatchObject({ code: 'NOT_FOUND', data: { what: 'enquiry' } })
  expect(value(desk.db, 'SELECT count(*) FROM audit')).toBe(before)
})

test.each([
  ['nobody asks', { anonymous: false }, 'askerId'],
  ['an anonymous person has a name', { anonymous: true, givenName: '李' }, 'anonymous'],
  ['a registered person has another name', { askerId: 1, givenName: '李' }, 'givenName'],
  ['the phone is none', { givenName: '李', givenPhone: '问他儿子' }, 'givenPhone'],
])('it is INVALID when %s', (_, changed, path) => {
  const desk = openTestDesk()
  register(desk, '王英')
  expect(refusal(() => accept(desk, changed))).toMatchObject({
    code: 'INVALID',
    data: { fields: [{ path }] },
  })
  expect(value(desk.db, 'SELECT count(*) FROM enquiry')).toBe(0)
})

test.each([
  ['asker', { askerId: 99 }, 'person'],
  ['subject', { subjectId: 99 }, 'person'],
  ['matter', { matterId: 9999 }, 'matter'],
])('an unknown %s is NOT_FOUND and takes no number', (_, changed, what) => {
  const desk = openTestDesk()
  expect(refusal(() => accept(desk, changed))).toEqual({ code: 'NOT_FOUND', data: { what } })
  expect(accept(desk).number).toBe('ZX-2026-000001')
})

test('who was merged away asks as who remains, even in earlier enquiries', () => {
  const desk = openTestDesk()
  const [wrong, right] = [register(desk, '王瑛'), register(desk, '王英')]
  const earlier = accept(desk, { askerId: wrong })
  mergePersons(desk.context(), { into: right, from: wrong, reason: '同一个人登记了两次' })
  const later = accept(desk, { askerId: wrong })
  expect(later).toMatchObject({ askerId: right, asker: '王英' })
  expect(value(desk.db, 'SELECT asker_id FROM enquiry WHERE id = ?', earlier.id)).toBe(wrong)
  expect(personLine(desk.db, right, '2026-11-23')?.openEnquiries).toBe(2)
})

test('a person stands among those with open business from the first open enquiry on', () => {
  const desk = openTestDesk()
  const asker = register(desk, '王英')
  const listed = () => value(desk.db, 'SELECT count(*) FROM person_search_open WHERE rowid = ?', asker)
  accept(desk, { askerId: asker, answer: '已答复' })
  expect(listed()).toBe(0)
  accept(desk, { askerId: asker })
  expect(listed()).toBe(1)
  accept(desk, { askerId: asker })
  expect(listed()).toBe(1)
})

test('the audit names nobody', () => {
  const desk = openTestDesk()
  const asker = register(desk, '王英')
  accept(desk, { askerId: asker, words: '我家漏水', answer: '已报修' })
  accept(desk, { givenName: '李师傅', givenPhone: '19900001234' })
  const text = JSON.stringify(
    rows(desk.db, "SELECT subject, reason, changes FROM audit WHERE action LIKE 'enquiry%'"),
  )
  expect(text).not.toMatch(/王英|漏水|报修|李师傅|1990000/)
  expect(text).toContain(`"askerId\\":[null,${asker}]`)
})

test('a person who has left can still be asked about', () => {
  const desk = openTestDesk()
  const asker = register(desk, '王英')
  departPerson(desk.context(), {
    id: asker,
    version: 1,
    departure: 'moved',
    day: '2026-11-20',
    reason: '搬到女儿家',
  })
  expect(accept(desk, { askerId: asker }).askerPerson?.departure).toBe('moved')
})
