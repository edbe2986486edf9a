import { describe, expect, it } from 'vitest'
import type { Department } from '../../../electron/contract/departments.ts'
import {
  listDepartments,
  readDepartment,
  saveDepartment,
  type DepartmentFields,
} from '../../../electron/counters/settings/departments.ts'
import { value } from '../../../electron/database/open.ts'
import { openTestDesk } from '../../fixture.ts'

const fields: DepartmentFields = {
  id: null,
  version: null,
  kind: 'functional',
  name: '排水公司',
  contact: '测试值班员',
  phone: '073100000000',
  note: '管网、井盖',
  active: true,
}
const named = (list: Department[], name: string) => list.find((one) => one.name === name)!

describe('a department', () => {
  it('that is added stands last among those that may be called', () => {
    const { db, context, published } = openTestDesk()
    const saved = saveDepartment(context('manager'), fields)
    expect(saved).toEqual({ ...fields, id: saved.id, version: 1 })
    expect(listDepartments(db).at(-1)).toEqual(saved)
    expect(published).toEqual([
      { topic: 'department', id: saved.id },
      { topic: 'enquiry', id: null },
    ])
  })

  it('that is not called any more goes to the end and stays readable', () => {
    const { db, context } = openTestDesk()
    const first = listDepartments(db)[0]!
    const saved = saveDepartment(context('manager'), { ...first, active: false })
    expect(saved).toEqual({ ...first, active: false, version: 2 })
    expect(listDepartments(db)[0]).not.toMatchObject({ id: first.id })
    expect(listDepartments(db).at(-1)).toEqual(saved)
    expect(readDepartment(db, first.id)).toEqual(saved)
  })

  it('keeps its place when it is renamed', () => {
    const { db, context } = openTestDesk()
    const order = listDepartments(db).map(({ id }) => id)
    saveDepartment(context('manager'), { ...listDepartments(db)[2]!, name: '一个新名字' })
    expect(listDepartments(db).map(({ id }) => id)).toEqual(order)
  })

  it('has a name of its own', () => {
    const { db, context } = openTestDesk()
    const police = named(listDepartments(db), '派出所')
    expect(() => saveDepartment(context('manager'), { ...fields, name: '派出所' })).toThrow(
      expect.objectContaining({ code: 'CONFLICT', data: { because: 'duplicate', current: police } }),
    )
    expect(saveDepartment(context('manager'), { ...police, note: '户籍窗口' }).name).toBe('派出所')
  })

  it('is not overwritten by a screen that has not seen the newest one', () => {
    const { db, context } = openTestDesk()
    const stale = named(listDepartments(db), '派出所')
    const current = saveDepartment(context('manager'), { ...stale, phone: '110' })
    expect(() => saveDepartment(context('manager'), { ...stale, phone: '120' })).toThrow(
      expect.objectContaining({ code: 'CONFLICT', data: { because: 'changed', current } }),
    )
    expect(readDepartment(db, stale.id).phone).toBe('110')
  })

  it('that nobody has is not found', () => {
    const { db, context } = openTestDesk()
    const nowhere = expect.objectContaining({ code: 'NOT_FOUND', data: { what: 'department' } }) as Error
    expect(() => readDepartment(db, 999)).toThrow(nowhere)
    expect(() => saveDepartment(context('manager'), { ...fields, id: 999, version: 1 })).toThrow(nowhere)
  })

  it('leaves in the audit that whom to call was changed, not who that is', () => {
    const { db, context } = openTestDesk()
    saveDepartment(context('manager'), fields)
    const changes = value<string>(db, 'SELECT changes FROM audit ORDER BY id DESC LIMIT 1')!
    expect(JSON.parse(changes)).toMatchObject({ contact: 'changed', phone: 'changed', active: [null, true] })
    expect(changes).not.toMatch(/测试值班员|0731/)
  })
})
