import { expect, test } from 'vitest'
import { addHousehold } from '../../../electron/counters/people/households.ts'
import { listPeople } from '../../../electron/counters/people/lists.ts'
import { changePerson, departPerson, openPerson } from '../../../electron/counters/people/persons.ts'
import { openTestDesk } from '../../fixture.ts'
import { asSeen, audited, idNumberOf, refusal, register, today } from './people.ts'

const door = (text: string) => ({ gridId: null, estate: '', door: text, note: '' })

test('birth and sex are taken from the ID number', () => {
  const { context } = openTestDesk()
  const woman = register(context(), { name: '王芳', idNumber: idNumberOf('1950-03-04', 2) })
  expect(woman).toMatchObject({ birth: '1950-03-04', sex: 2, age: 76, minor: false })
})

test('a birth day or sex that contradicts the ID number is refused, and nothing is kept', () => {
  const { context, db } = openTestDesk()
  const idNumber = idNumberOf('1950-03-04', 2)
  expect(refusal(() => register(context(), { name: '王芳', idNumber, birth: '1950-03-05' }))).toMatchObject({
    code: 'INVALID',
    data: {
      fields: [{ path: 'birth', problem: 'contradicts-id-number' }],
    },
  })
  expect(refusal(() => register(context(), { name: '王芳', idNumber, sex: 1 }))).toMatchObject({
    code: 'INVALID',
    data: {
      fields: [{ path: 'sex', problem: 'contradicts-id-number' }],
    },
  })
  expect(listPeople(db, { limit: 10 }, today)).toEqual({ rows: [], total: 0 })
  expect(audited(db)).toEqual([])
})

test('nobody is born tomorrow', () => {
  const { context } = openTestDesk()
  expect(refusal(() => register(context(), { name: '王芳', birth: '2026-11-24' }))).toMatchObject({
    code: 'INVALID',
  })
  expect(
    refusal(() => register(context(), { name: '王芳', idNumber: idNumberOf('2026-11-24') })),
  ).toMatchObject({
    code: 'INVALID',
    data: {
      fields: [{ path: 'idNumber', problem: 'future' }],
    },
  })
  expect(register(context(), { name: '王芳', birth: '2026-11-23' }).age).toBe(0)
})

test('a name needs something to be read', () => {
  const { context } = openTestDesk()
  expect(refusal(() => register(context(), { name: '…%' }))).toMatchObject({ code: 'INVALID' })
})

test('a household or key group that does not stand is refused', () => {
  const { context } = openTestDesk()
  expect(refusal(() => register(context(), { name: '王芳', householdId: 99 }))).toMatchObject({
    code: 'NOT_FOUND',
    data: { what: 'household' },
  })
  expect(refusal(() => register(context(), { name: '王芳', keyGroups: ['孤寡老人', '没有'] }))).toMatchObject(
    {
      code: 'INVALID',
      data: {
        fields: [{ path: 'keyGroups.1', problem: 'unknown' }],
      },
    },
  )
})

test('a line and a record show phones and ID number only masked', () => {
  const { context } = openTestDesk()
  const line = register(context(), {
    name: '王芳',
    idNumber: idNumberOf('1950-03-04', 2),
    phones: ['19900125678', '199-0012-5678', '19900120000'],
  })
  expect(line.phone).toBe('199****5678')
  const record = openPerson(context(), line.id)
  expect(record.phones).toEqual(['199****5678', '199****0000'])
  expect(record.idNumber).toMatch(/^999\*{11}.{4}$/)
  expect(JSON.stringify(record)).not.toContain('19900125678')
})

test('the audit says which fields of a person changed, never names, phones or ID numbers', () => {
  const { context, db } = openTestDesk()
  const { id } = register(context(), { name: '王芳', phones: ['19900125678'], keyGroups: ['孤寡老人'] })
  const before = asSeen(openPerson(context(), id))
  changePerson(context(), { ...before, name: '王方', phones: ['19900125679'], relation: '户主' })
  const [registered, changed] = audited(db)
  expect(registered).toMatchObject({ action: 'person.register', subject: `person:${id}` })
  expect(JSON.parse(changed!.changes!)).toEqual({
    name: 'changed',
    phones: 'changed',
    relation: ['其他', '户主'],
    version: [1, 2],
  })
})

test('phones and ID number that are left out of a change stay as they are', () => {
  const { context } = openTestDesk()
  const idNumber = idNumberOf('1950-03-04', 2)
  const { id } = register(context(), { name: '王芳', idNumber, phones: ['19900125678'] })
  const seen = asSeen(openPerson(context(), id))
  const changed = changePerson(context(), { ...seen, note: '听力不好' })
  expect(changed).toMatchObject({ phones: ['199****5678'], note: '听力不好', version: 2 })
  expect(changed.idNumber).not.toBeNull()
  expect(refusal(() => changePerson(context(), { ...seen, version: 2, birth: '1951-01-01' }))).toMatchObject({
    code: 'INVALID',
  })
})

test('the second of two clerks gets the record as it stands, and overwrites nothing', () => {
  const { context } = openTestDesk()
  const { id } = register(context(), { name: '王芳' })
  const seen = asSeen(openPerson(context(), id))
  changePerson(context(), { ...seen, note: '先来的' })
  expect(refusal(() => changePerson(context(), { ...seen, note: '后来的' }))).toMatchObject({
    code: 'CONFLICT',
    data: {
      because: 'changed',
      current: expect.objectContaining({ note: '先来的', version: 2 }) as unknown,
    },
  })
  expect(openPerson(context(), id).note).toBe('先来的')
})

test('moving to another door tells the screens of both households', () => {
  const { context, published } = openTestDesk()
  const old = addHousehold(context(), door('3-2-501'))
  const next = addHousehold(context(), door('3-2-502'))
  const { id } = register(context(), { name: '王芳', householdId: old.id })
  const seen = asSeen(openPerson(context(), id))
  published.length = 0
  const moved = changePerson(context(), { ...seen, householdId: next.id })
  expect(moved.door).toBe('3栋2单元502')
  expect(published).toEqual([
    { topic: 'person', id },
    { topic: 'household', id: old.id },
    { topic: 'household', id: next.id },
  ])
})

test('who moved away or died keeps the day, and the mark can be taken back', () => {
  const { context, db } = openTestDesk()
  const { id } = register(context(), { name: '王芳', birth: '1950-03-04' })
  const depart = (version: number, departure: 'moved' | 'dead' | null, day: string | null) =>
    departPerson(context(), { id, version, departure, day, reason: '家属来电' })
  expect(refusal(() => depart(1, 'dead', null))).toMatchObject({
    code: 'INVALID',
    data: { fields: [{ path: 'day', problem: 'required' }] },
  })
  expect(refusal(() => depart(1, 'dead', '2026-11-24'))).toMatchObject({ code: 'INVALID' })
  expect(refusal(() => depart(1, 'dead', '1949-01-01'))).toMatchObject({ code: 'INVALID' })
  expect(depart(1, 'dead', '2026-11-20')).toMatchObject({ departure: 'dead', departureDay: '2026-11-20' })
  expect(refusal(() => depart(1, null, null))).toMatchObject({ code: 'CONFLICT' })
  expect(depart(2, null, null)).toMatchObject({ departure: null, departureDay: null })
  expect(audited(db).at(-1)).toMatchObject({ action: 'person.depart', reason: '家属来电' })
})

test('the list is newest first, paged by key, and counts the whole set', () => {
  const { context, db } = openTestDesk()
  const ids = Array.from(
    { length: 7 },
    (_, index) =>
      register(context(), { name: `王${'甲乙丙丁戊己庚'[index]}`, keyGroups: index % 2 ? ['残疾'] : [] }).id,
  )
  const first = listPeople(db, { limit: 3 }, today)
  const second = listPeople(db, { limit: 3, before: first.rows.at(-1)!.id }, today)
  expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual([...ids].reverse().slice(0, 6))
  expect(first.total).toBe(7)
  expect(listPeople(db, { limit: 10, keyGroup: '残疾' }, today).total).toBe(3)
})
