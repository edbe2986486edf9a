import { describe, expect, it } from 'vitest'
import { loadReference } from '../../../electron/counters/session/reference.ts'
import { changeVisitRules, readVisitRules } from '../../../electron/counters/visits/rules.ts'
import { transact, value } from '../../../electron/database/open.ts'
import { openTestDesk, root } from '../../fixture.ts'
import { refusal } from '../people/people.ts'

const daysOf = (rules: ReturnType<typeof readVisitRules>, group: string) =>
  rules.intervals.find(({ keyGroup }) => keyGroup === group)?.days

describe('the rules of visiting', () => {
  it('are the usual ones where nobody set any', () => {
    const { db } = openTestDesk()
    const rules = readVisitRules(db)
    expect(rules).toMatchObject({ monthGoal: 25, version: 1 })
    expect(
      ['孤寡老人', '独居老人', '困境儿童', '困难群体', '道德英模'].map((group) => daysOf(rules, group)),
    ).toEqual([30, 30, 30, 60, 180])
    expect(rules.patrolItems).toContain('消防通道')
    expect(new Set(rules.patrolItems).size).toBe(rules.patrolItems.length)
    // In the order in which key groups are chosen.
    expect(rules.intervals[0]!.keyGroup).toBe('孤寡老人')
  })

  it('are changed by the manager, and every screen hears of it', () => {
    const { db, context, published } = openTestDesk()
    const before = readVisitRules(db)
    const saved = changeVisitRules(context('manager'), {
      ...before,
      monthGoal: 34,
      intervals: [
        { keyGroup: '困难群体', days: 45 },
        { keyGroup: '孤寡老人', days: 7 },
      ],
      patrolItems: ['电梯运行', '消防通道'],
    })
    expect(saved).toEqual({
      monthGoal: 34,
      intervals: [
        { keyGroup: '孤寡老人', days: 7 },
        { keyGroup: '困难群体', days: 45 },
      ],
      patrolItems: ['电梯运行', '消防通道'],
      version: 2,
    })
    expect(readVisitRules(db)).toEqual(saved)
    expect(published.map(({ topic }) => topic)).toEqual(['visit-setup', 'visit', 'patrol', 'today'])
  })

  it('name key groups of the list, each once, and an item of the patrol once', () => {
    const { db, context } = openTestDesk()
    const rules = readVisitRules(db)
    const problem = (changed: Partial<typeof rules>) =>
      refusal(() => changeVisitRules(context('manager'), { ...rules, ...changed }))
    const invalidAs = (path: string, word: string) => ({
      code: 'INVALID',
      data: { fields: [{ path, problem: word }] },
    })
    expect(problem({ intervals: [{ keyGroup: '火星居民', days: 30 }] })).toEqual(
      invalidAs('intervals', 'unknown'),
    )
    const twice = { keyGroup: '孤寡老人', days: 30 }
    expect(problem({ intervals: [twice, twice] })).toEqual(invalidAs('intervals', 'duplicate'))
    expect(problem({ patrolItems: ['电梯', '电梯'] })).toEqual(invalidAs('patrolItems', 'duplicate'))
    expect(readVisitRules(db)).toEqual(rules)
  })

  it('are not overwritten by a screen that has not seen the newest ones', () => {
    const { db, context } = openTestDesk()
    const stale = readVisitRules(db)
    const current = changeVisitRules(context('manager'), { ...stale, monthGoal: 30 })
    expect(refusal(() => changeVisitRules(context('manager'), { ...stale, monthGoal: 20 }))).toEqual({
      code: 'CONFLICT',
      data: { because: 'changed', current },
    })
  })

  it('keep an interval that the community took away when the reference data are read again', () => {
    const { db, context } = openTestDesk()
    changeVisitRules(context('manager'), { ...readVisitRules(db), intervals: [] })
    transact(db, (file) => loadReference(file, root, ''))
    expect(readVisitRules(db).intervals).toEqual([])
  })

  it('stand in the audit with what they were and are', () => {
    const { db, context } = openTestDesk()
    changeVisitRules(context('manager'), { ...readVisitRules(db), monthGoal: 30 })
    expect(
      JSON.parse(value<string>(db, 'SELECT changes FROM audit ORDER BY id DESC LIMIT 1')!),
    ).toMatchObject({
      monthGoal: [25, 30],
    })
  })
})
