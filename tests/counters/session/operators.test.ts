import { describe, expect, it } from 'vitest'
import {
  changeOperator,
  createOperator,
  listOperators,
} from '../../../electron/counters/session/operators.ts'
import { hashPin, hashPinNow, pinFits } from '../../../electron/counters/session/pins.ts'
import { rows, transact } from '../../../electron/database/open.ts'
import { openTestDesk } from '../../fixture.ts'

const reason = '岗位调整'

describe('operators', () => {
  it('cannot lose their last manager, by role or by leaving', () => {
    const { db, context } = openTestDesk()
    const [manager] = listOperators(db)
    for (const change of [{ role: 'clerk' as const }, { active: false }]) {
      expect(() => changeOperator(context('manager'), { ...manager!, ...change, reason })).toThrow(
        expect.objectContaining({ code: 'CONFLICT', data: { because: 'last-manager' } }),
      )
    }
    expect(listOperators(db)[0]).toEqual(manager)
  })

  it('may lose a manager when another is left', () => {
    const { db, context } = openTestDesk()
    const secret = hashPinNow('135790')
    transact(db, (file) =>
      createOperator(file, { name: '副主任', role: 'manager', secret, at: '2026-11-23T00:00:00.000Z' }),
    )
    const [manager] = listOperators(db)
    expect(changeOperator(context('manager'), { ...manager!, active: false, reason }).active).toBe(false)
  })

  it('share no name', () => {
    const { db, context } = openTestDesk()
    const [manager, clerk] = listOperators(db)
    expect(() => changeOperator(context('manager'), { ...clerk!, name: manager!.name, reason })).toThrow(
      expect.objectContaining({ code: 'INVALID' }),
    )
  })

  it('leave their change in the audit with the reason, but never a name', () => {
    const { db, context } = openTestDesk()
    const clerk = listOperators(db)[1]!
    changeOperator(context('manager'), { ...clerk, name: '新前台', role: 'teacher', reason })
    const [entry] = rows<{ subject: string; reason: string; changes: string }>(
      db,
      'SELECT subject, reason, changes FROM audit ORDER BY id DESC LIMIT 1',
    )
    expect(entry).toEqual({
      subject: `operator:${clerk.id}`,
      reason,
      changes: JSON.stringify({ name: 'changed', role: ['clerk', 'teacher'] }),
    })
  })
})

describe('a PIN', () => {
  it('fits only itself and is salted', async () => {
    const [one, other] = [await hashPin('246810'), await hashPin('246810')]
    expect(one.hash.equals(other.hash)).toBe(false)
    expect(await pinFits('246810', one)).toBe(true)
    expect(await pinFits('246811', one)).toBe(false)
  })
})
