import { expect, test } from 'vitest'
import { listGrids, listKeyGroups, saveGrid } from '../../../electron/counters/people/grids.ts'
import {
  addHousehold,
  changeHousehold,
  membersOf,
  readHousehold,
} from '../../../electron/counters/people/households.ts'
import { listPeople } from '../../../electron/counters/people/lists.ts'
import { openTestDesk } from '../../fixture.ts'
import { refusal, register, today } from './people.ts'

const at = (door: string, estate = '', gridId: number | null = null) => ({ gridId, estate, door, note: '' })

test('a door is read in every spelling and written in one', () => {
  const { context } = openTestDesk()
  expect(addHousehold(context(), at('３－２－0501'))).toMatchObject({
    building: '3',
    unit: '2',
    number: '501',
    door: '3栋2单元501',
  })
  expect(addHousehold(context(), at('3栋2单元501室', ' 桂花苑 ')).door).toBe('桂花苑 3栋2单元501')
})

test('what is no door is refused', () => {
  const { context } = openTestDesk()
  expect(refusal(() => addHousehold(context(), at('桂花苑')))).toEqual({
    code: 'INVALID',
    data: { fields: [{ path: 'door', problem: 'door' }] },
  })
})

test('one door stands once in a compound, however it is spelled', () => {
  const { context } = openTestDesk()
  const first = addHousehold(context(), at('3-2-501'))
  expect(refusal(() => addHousehold(context(), at('3号楼2单元501号')))).toEqual({
    code: 'CONFLICT',
    data: { because: 'duplicate', current: first },
  })
  addHousehold(context(), at('3-2-501', '桂花苑'))
})

test('a wrong door is corrected for all who live there, unless it is taken', () => {
  const { context, db } = openTestDesk()
  const wrong = addHousehold(context(), at('3-2-501'))
  const taken = addHousehold(context(), at('3-2-502'))
  const { id } = register(context(), { name: '王芳', householdId: wrong.id })
  const change = (door: string, version: number) =>
    changeHousehold(context(), { id: wrong.id, version, ...at(door), note: '房东在外地' })
  expect(refusal(() => change('3-2-502', 1))).toMatchObject({
    data: { because: 'duplicate', current: { id: taken.id } },
  })
  expect(change('3-2-503', 1)).toMatchObject({ door: '3栋2单元503', version: 2, note: '房东在外地' })
  expect(membersOf(db, wrong.id, today)).toMatchObject([{ id, door: '3栋2单元503' }])
  expect(refusal(() => change('3-2-504', 1))).toMatchObject({
    code: 'CONFLICT',
    data: { because: 'changed', current: { version: 2 } },
  })
})

test('members stand head of household first, then by age, the moved and dead last', () => {
  const { context, db } = openTestDesk()
  const { id: householdId } = addHousehold(context(), at('3-2-501'))
  const names = [
    register(context(), { name: '王小', birth: '2000-01-01', householdId }),
    register(context(), { name: '王老', birth: '1940-01-01', householdId }),
    register(context(), { name: '王中', birth: '1970-01-01', householdId, relation: '户主' }),
  ]
  expect(names).toHaveLength(3)
  expect(membersOf(db, householdId, today).map(({ name }) => name)).toEqual(['王中', '王老', '王小'])
})

test('a grid knows its staff and counts its households, and its list its people', () => {
  const { context, db } = openTestDesk()
  const staff = [{ name: '网格员甲', duty: '网格员', phone: '' }]
  const grid = saveGrid(context('manager'), { id: null, name: '东片区', area: '1至9栋', staff })
  const { id: householdId } = addHousehold(context(), at('3-2-501', '', grid.id))
  register(context(), { name: '王芳', householdId })
  register(context(), { name: '李强' })
  expect(listGrids(db).find(({ id }) => id === grid.id)).toMatchObject({ households: 1, staff })
  expect(readHousehold(db, householdId).grid).toBe('东片区')
  expect(listPeople(db, { gridId: grid.id, limit: 10 }, today)).toMatchObject({
    total: 1,
    rows: [{ name: '王芳' }],
  })
})

test('a grid’s staff is saved as a whole, and its name stands once', () => {
  const { context, db } = openTestDesk()
  const grid = saveGrid(context('manager'), { id: null, name: '东片区', area: '', staff: [] })
  const two = [
    { name: '甲', duty: '网格员', phone: '' },
    { name: '乙', duty: '联络员', phone: '19900000001' },
  ]
  expect(saveGrid(context('manager'), { ...grid, staff: two }).staff).toMatchObject(two)
  expect(saveGrid(context('manager'), { ...grid, staff: two.slice(1) }).staff).toMatchObject(two.slice(1))
  expect(
    refusal(() => saveGrid(context('manager'), { id: null, name: '东片区', area: '', staff: [] })),
  ).toMatchObject({
    code: 'CONFLICT',
    data: { because: 'duplicate', current: { id: grid.id } },
  })
  expect(refusal(() => saveGrid(context('manager'), { ...grid, id: 99, staff: [] })).code).toBe('NOT_FOUND')
  expect(refusal(() => addHousehold(context(), at('3-2-501', '', 99)))).toMatchObject({
    data: { what: 'grid' },
  })
  expect(listGrids(db).filter(({ name }) => name === '东片区')).toHaveLength(1)
})

test('key groups come in the order of the list', () => {
  const { db } = openTestDesk()
  expect(listKeyGroups(db).slice(0, 2)).toEqual(['孤寡老人', '困难群体'])
})
