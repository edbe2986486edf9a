import { expect, test } from 'vitest'
import { listGrids, listKeyGroups, saveGrid } from '../../../electron/counters/people/grids.ts'
import {
  addHousehold,
  changeHousehold,
  membersOf,
  readHousehold,
} from '../../../electron/counters/people/households.ts'
import { listPeople } from '../../../electron/counters/people/lists.ts'
import { transact } from '../../../electron/database/open.ts'
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

test('a grid knows who looks after it and counts its households, and its list its people', () => {
  const { context, db } = openTestDesk()
  const grid = saveGrid(context('manager'), { id: null, name: '东片区', area: '1至9栋' })
  const { id: householdId } = addHousehold(context(), at('3-2-501', '', grid.id))
  register(context(), { name: '王芳', householdId })
  register(context(), { name: '李强' })
  expect(listGrids(db, today).find(({ id }) => id === grid.id)).toMatchObject({ households: 1, staff: [] })
  expect(readHousehold(db, householdId).grid).toBe('东片区')
  expect(listPeople(db, { gridId: grid.id, limit: 10 }, today)).toMatchObject({
    total: 1,
    rows: [{ name: '王芳' }],
  })
})

test('a grid shows those whose post there runs, who answer for it first, and their duty', () => {
  const { context, db } = openTestDesk()
  const grid = saveGrid(context('manager'), { id: null, name: '东片区', area: '' })
  transact(db, (file) =>
    file.exec(`
      INSERT INTO visitor (id, name, kind, phone) VALUES
        (1, '甲', 'staff', '19900000001'), (2, '乙', 'social-worker', ''), (3, '丙', 'volunteer', '');
      INSERT INTO grid_post (id, visitor_id, kind, grid_id, duty, from_day, to_day) VALUES
        (1, 2, 'households', ${grid.id}, '', '2026-11-23', NULL),
        (2, 1, 'area', ${grid.id}, '网格长', NULL, NULL),
        (3, 2, 'area', ${grid.id}, '', '2026-01-01', '2026-11-23'),
        (4, 3, 'area', ${grid.id}, '去年的', '2025-01-01', '2025-12-31'),
        (5, 3, 'households', ${grid.id}, '明天的', '2026-11-24', NULL),
        (6, 3, 'line', ${grid.id}, '民政', NULL, NULL);`),
  )
  const { staff } = saveGrid(context('manager'), { ...grid, area: '1至9栋' })
  expect(staff).toEqual([
    { id: 2, name: '甲', duty: '网格长', phone: '19900000001' },
    { id: 3, name: '乙', duty: '包片', phone: '' },
    { id: 1, name: '乙', duty: '联户', phone: '' },
  ])
  expect(
    listGrids(db, '2026-11-24')
      .find(({ id }) => id === grid.id)!
      .staff.map(({ id }) => id),
  ).toEqual([2, 1, 5])
})

test('a grid’s name stands once', () => {
  const { context, db } = openTestDesk()
  const grid = saveGrid(context('manager'), { id: null, name: '东片区', area: '' })
  expect(saveGrid(context('manager'), { ...grid, area: '1至9栋' }).area).toBe('1至9栋')
  expect(refusal(() => saveGrid(context('manager'), { id: null, name: '东片区', area: '' }))).toMatchObject({
    code: 'CONFLICT',
    data: { because: 'duplicate', current: { id: grid.id } },
  })
  expect(refusal(() => saveGrid(context('manager'), { ...grid, id: 99 })).code).toBe('NOT_FOUND')
  expect(refusal(() => addHousehold(context(), at('3-2-501', '', 99)))).toMatchObject({
    data: { what: 'grid' },
  })
  expect(listGrids(db, today).filter(({ name }) => name === '东片区')).toHaveLength(1)
})

test('key groups come in the order of the list', () => {
  const { db } = openTestDesk()
  expect(listKeyGroups(db).slice(0, 2)).toEqual(['孤寡老人', '困难群体'])
})
