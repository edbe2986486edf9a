import { describe, expect, it } from 'vitest'
import {
  limitOf,
  readMatter,
  readMatters,
  saveMatter,
  type MatterFields,
} from '../../../electron/counters/enquiries/matters.ts'
import { value } from '../../../electron/database/open.ts'
import { openTestDesk } from '../../fixture.ts'

const fields: MatterFields = {
  id: null,
  version: null,
  name: '临时救助金发放查询',
  category: '民政救助',
  limit: { amount: 4, unit: 'hour' },
  papers: ['身份证'],
  active: true,
}

describe('an entry of the catalogue', () => {
  it('that is added gets the next code of its category and stands last in it', () => {
    const { db, context, published } = openTestDesk()
    const before = readMatters(db).filter(({ category }) => category === '民政救助')
    const saved = saveMatter(context('manager'), fields)
    expect(before.at(-1)!.code).toBe('MZ05')
    expect(saved).toMatchObject({ ...fields, id: saved.id, version: 1, code: 'MZ06', initials: 'lsjzjffcx' })
    expect(readMatters(db).filter(({ category }) => category === '民政救助')).toEqual([...before, saved])
    expect(published[0]).toEqual({ topic: 'matter', id: saved.id })
  })

  it('of a new category counts under QT, and no code is given twice', () => {
    const { db, context } = openTestDesk()
    const codes = ['宠物登记', '宠物登记', '停车'].map(
      (category, index) =>
        saveMatter(context('manager'), { ...fields, category, name: `新事项${index}` }).code,
    )
    expect(codes).toEqual(['QT01', 'QT02', 'QT03'])
    const all = readMatters(db).map(({ code }) => code)
    expect(new Set(all).size).toBe(all.length)
  })

  it('is changed with its limit and papers; a paper written twice is asked for once', () => {
    const { db, context } = openTestDesk()
    const before = readMatters(db)[0]!
    const saved = saveMatter(context('manager'), {
      ...before,
      limit: { amount: 2, unit: 'day' },
      papers: ['户口簿', '身份证', '户口簿'],
    })
    expect(saved).toEqual({
      ...before,
      limit: { amount: 2, unit: 'day' },
      papers: ['户口簿', '身份证'],
      version: 2,
    })
    expect(readMatter(db, before.id)).toEqual(saved)
  })

  it('that is not offered any more keeps its place, its code and its limit', () => {
    const { db, context } = openTestDesk()
    const before = readMatters(db)
    const saved = saveMatter(context('manager'), { ...before[3]!, active: false })
    expect(readMatters(db)).toEqual(before.with(3, saved))
    expect(limitOf(db, saved.id, { usualLimit: { amount: 5, unit: 'day' } })).toEqual(before[3]!.limit)
  })

  it('has a name of its own, and is not overwritten by a screen that has not seen the newest one', () => {
    const { db, context } = openTestDesk()
    const [first, second] = readMatters(db)
    expect(() => saveMatter(context('manager'), { ...second!, name: first!.name })).toThrow(
      expect.objectContaining({ code: 'CONFLICT', data: { because: 'duplicate', current: first } }),
    )
    const current = saveMatter(context('manager'), { ...first!, papers: [] })
    expect(() => saveMatter(context('manager'), { ...first!, papers: ['身份证'] })).toThrow(
      expect.objectContaining({ code: 'CONFLICT', data: { because: 'changed', current } }),
    )
    expect(readMatter(db, first!.id)).toEqual(current)
  })

  it('that nobody has is not found', () => {
    const { db, context } = openTestDesk()
    const nowhere = expect.objectContaining({ code: 'NOT_FOUND', data: { what: 'matter' } }) as Error
    expect(() => limitOf(db, 999, { usualLimit: { amount: 5, unit: 'day' } })).toThrow(nowhere)
    expect(() => saveMatter(context('manager'), { ...fields, id: 999, version: 1 })).toThrow(nowhere)
  })

  it('leaves its code and limit in the audit, without spellings that give the name away', () => {
    const { db, context } = openTestDesk()
    saveMatter(context('manager'), fields)
    const changes = value<string>(db, 'SELECT changes FROM audit ORDER BY id DESC LIMIT 1')!
    expect(JSON.parse(changes)).toMatchObject({ code: [null, 'MZ06'], limit: [null, fields.limit] })
    expect(changes).not.toMatch(/pinyin|initials/)
  })
})

describe('the limit of an answer', () => {
  it('is the matter’s own, and the usual one without a matter', () => {
    const { db, context } = openTestDesk()
    const usual = { usualLimit: { amount: 9, unit: 'hour' } } as const
    const saved = saveMatter(context('manager'), fields)
    expect(limitOf(db, saved.id, usual)).toEqual({ amount: 4, unit: 'hour' })
    expect(limitOf(db, readMatters(db)[0]!.id, usual)).toEqual({ amount: 15, unit: 'day' })
    expect(limitOf(db, null, usual)).toEqual({ amount: 9, unit: 'hour' })
  })
})
