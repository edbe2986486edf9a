import { expect, test } from 'vitest'
import { findDuplicates } from '../../../electron/counters/people/duplicates.ts'
import { mergePersons } from '../../../electron/counters/people/merge.ts'
import { changePerson, openPerson } from '../../../electron/counters/people/persons.ts'
import { openTestDesk } from '../../fixture.ts'
import { idNumberOf, refusal, register, today } from './people.ts'

const nobody = { name: '', birth: null, idNumber: '', phones: [] }

test('the same name alone is a name-sake, not a duplicate', () => {
  const { context, db } = openTestDesk()
  register(context(), { name: '王芳', birth: '1950-03-04', phones: ['19900125678'] })
  expect(findDuplicates(db, { ...nobody, name: '王芳' }, today)).toEqual([])
  expect(
    findDuplicates(db, { ...nobody, name: '王芳', birth: '1960-01-01', phones: ['19900000000'] }, today),
  ).toEqual([])
  expect(register(context(), { name: '王芳' }).id).toBe(2)
})

test('what matched is shown, the strongest first', () => {
  const { context, db } = openTestDesk()
  const idNumber = idNumberOf('1950-03-04', 2)
  const byPhone = register(context(), { name: '王芳', phones: ['19900125678'] })
  const byBirth = register(context(), { name: '王芳', birth: '1950-03-04' })
  const byId = register(context(), { name: '王方', idNumber })
  const found = findDuplicates(
    db,
    {
      name: '王 芳',
      birth: '1950-03-04',
      idNumber: ` ${idNumber.toLowerCase()}`,
      phones: ['+86 199-0012-5678'],
    },
    today,
  )
  expect(found.map(({ person, matched }) => [person.id, matched])).toEqual([
    [byId.id, ['idNumber']],
    [byBirth.id, ['nameAndBirth']],
    [byPhone.id, ['nameAndPhone']],
  ])
})

test('one person who matches in everything is one duplicate', () => {
  const { context, db } = openTestDesk()
  const known = {
    name: '王芳',
    birth: '1950-03-04',
    idNumber: idNumberOf('1950-03-04', 2),
    phones: ['19900125678'],
  }
  const { id } = register(context(), known)
  expect(findDuplicates(db, known, today)).toMatchObject([
    { person: { id, phone: '199****5678' }, matched: ['idNumber', 'nameAndBirth', 'nameAndPhone'] },
  ])
  expect(findDuplicates(db, { ...known, except: id }, today)).toEqual([])
})

test('the same phone under another name is a family, not a duplicate', () => {
  const { context, db } = openTestDesk()
  register(context(), { name: '王芳', phones: ['19900125678'] })
  expect(findDuplicates(db, { ...nobody, name: '李强', phones: ['19900125678'] }, today)).toEqual([])
})

test('registering a duplicate is refused until each match is looked at', () => {
  const { context, db } = openTestDesk()
  const known = { name: '王芳', birth: '1950-03-04' }
  const first = register(context(), known)
  expect(refusal(() => register(context(), known))).toMatchObject({
    code: 'CONFLICT',
    data: {
      because: 'duplicate',
      current: [{ person: expect.objectContaining({ id: first.id }) as unknown, matched: ['nameAndBirth'] }],
    },
  })
  expect(refusal(() => register(context(), { ...known, notTheSame: [77] }))).toMatchObject({
    code: 'CONFLICT',
  })
  const second = register(context(), { ...known, notTheSame: [first.id] })
  expect(refusal(() => register(context(), { ...known, notTheSame: [first.id] }))).toMatchObject({
    code: 'CONFLICT',
  })
  expect(findDuplicates(db, { ...nobody, ...known }, today)).toHaveLength(2)
  expect(second.id).not.toBe(first.id)
})

test('what only a merged-away record knows leads to its survivor', () => {
  const { context, db } = openTestDesk()
  const kept = register(context(), { name: '王芳', birth: '1950-03-04' })
  const other = register(context(), { name: '王方', birth: '1951-03-04' })
  mergePersons(context(), { into: kept.id, from: other.id, reason: '同一人' })
  expect(findDuplicates(db, { ...nobody, name: '王方', birth: '1951-03-04' }, today)).toMatchObject([
    { person: { id: kept.id, name: '王芳' }, matched: ['nameAndBirth'] },
  ])
})

test('an ID number that is somebody else’s is not saved', () => {
  const { context } = openTestDesk()
  const idNumber = idNumberOf('1950-03-04', 2)
  register(context(), { name: '王芳', idNumber })
  const other = openPerson(context(), register(context(), { name: '李芳' }).id)
  expect(refusal(() => changePerson(context(), { ...other, phones: [], idNumber }))).toMatchObject({
    code: 'CONFLICT',
  })
})
