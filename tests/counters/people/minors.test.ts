import { expect, test } from 'vitest'
import { openPerson, revealField } from '../../../electron/counters/people/persons.ts'
import { recordConsent, withdrawConsent } from '../../../electron/counters/people/consents.ts'
import { openTestDesk } from '../../fixture.ts'
import { audited, idNumberOf, refusal, register } from './people.ts'

test('each opening of a minor’s record is written down', () => {
  const { context, db } = openTestDesk()
  const child = register(context(), { name: '李小明', birth: '2015-06-01' })
  openPerson(context('teacher'), child.id)
  openPerson(context('auditor'), child.id)
  const reads = audited(db).filter(({ action }) => action === 'person.read')
  expect(reads.map(({ subject }) => subject)).toEqual([`minor-read:${child.id}`, `minor-read:${child.id}`])
})

test('the opening tells no screen to load that person again', () => {
  const { context, published } = openTestDesk()
  const child = register(context(), { name: '李小明', birth: '2015-06-01' })
  published.length = 0
  openPerson(context(), child.id)
  expect(published.filter(({ topic }) => topic === 'person')).toEqual([])
})

test('a minor is one until the day of the eighteenth birthday, by the desk’s own calendar', () => {
  // 2026-11-22 16:30 UTC is already the 23rd in Shanghai.
  const { context, clock, db } = openTestDesk({ start: '2026-11-22T15:59:00.000Z' })
  const { id } = register(context(), { name: '李小明', birth: '2008-11-23' })
  expect(openPerson(context(), id)).toMatchObject({ age: 17, minor: true })
  clock.set('2026-11-22T16:30:00.000Z')
  expect(openPerson(context(), id)).toMatchObject({ age: 18, minor: false })
  expect(audited(db).filter(({ action }) => action === 'person.read')).toHaveLength(1)
})

test('opening a grown person leaves no trace', () => {
  const { context, db } = openTestDesk()
  const { id } = register(context(), { name: '王芳', birth: '1950-03-04' })
  openPerson(context(), id)
  expect(audited(db).map(({ action }) => action)).toEqual(['person.register'])
})

test('a revealed field leaves who, why and which field in the audit, never its value', () => {
  const { context, db } = openTestDesk()
  const idNumber = idNumberOf('1950-03-04', 2)
  const { id } = register(context(), { name: '王芳', idNumber, phones: ['19900125678', '19900120000'] })
  const reason = '通知领取证件'
  expect(revealField(context(), { id, field: 'phone', position: 1, reason })).toEqual({
    value: '19900120000',
  })
  expect(revealField(context(), { id, field: 'idNumber', position: 0, reason })).toEqual({ value: idNumber })
  const [, phone, number] = audited(db)
  expect(phone).toMatchObject({ action: 'person.reveal', subject: `person-reveal:${id}`, reason })
  expect(JSON.parse(phone!.changes!)).toEqual({ field: [null, 'phone'], position: [null, 1] })
  expect(JSON.parse(number!.changes!)).toMatchObject({ field: [null, 'idNumber'] })
  expect(JSON.stringify(audited(db))).not.toMatch(/19900120000|999999195003/)
})

test('what is not there cannot be revealed, and is not written down', () => {
  const { context, db } = openTestDesk()
  const { id } = register(context(), { name: '王芳' })
  const reveal = (field: 'phone' | 'idNumber') =>
    revealField(context(), { id, field, position: 0, reason: '核对' })
  expect(refusal(() => reveal('phone'))).toMatchObject({ code: 'NOT_FOUND', data: { what: 'phone' } })
  expect(refusal(() => reveal('idNumber'))).toMatchObject({ code: 'NOT_FOUND', data: { what: 'idNumber' } })
  expect(
    refusal(() => revealField(context(), { id: 99, field: 'phone', position: 0, reason: '核对' })),
  ).toMatchObject({ code: 'NOT_FOUND' })
  expect(audited(db)).toHaveLength(1)
})

test('a consent says who, what, when and in which words, and can be withdrawn once', () => {
  const { context } = openTestDesk()
  const { id } = register(context(), { name: '李小明', birth: '2015-06-01' })
  const given = { purpose: '午间课堂', givenBy: '父亲李某', givenDay: '2026-11-20', wording: '告知书第2版' }
  const { consents } = recordConsent(context(), { personId: id, ...given })
  expect(consents).toMatchObject([{ ...given, withdrawnDay: null }])
  const withdraw = (day: string) =>
    withdrawConsent(context(), { id: consents[0]!.id, day, reason: '家长要求' })
  expect(refusal(() => withdraw('2026-11-19'))).toMatchObject({ code: 'INVALID' })
  expect(refusal(() => withdraw('2026-11-24'))).toMatchObject({ code: 'INVALID' })
  expect(withdraw('2026-11-23').consents).toMatchObject([{ ...given, withdrawnDay: '2026-11-23' }])
  expect(refusal(() => withdraw('2026-11-23'))).toMatchObject({ code: 'CONFLICT' })
})
