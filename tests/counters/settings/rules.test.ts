import { describe, expect, it } from 'vitest'
import { ruleProcedures, type Rules } from '../../../electron/contract/rules.ts'
import { changeRules, readRules } from '../../../electron/counters/settings/rules.ts'
import { transact, value } from '../../../electron/database/open.ts'
import { calendarKnownThrough } from '../../../electron/workbench/calendar.ts'
import { openTestDesk } from '../../fixture.ts'

const input = ruleProcedures.changeRules['~orpc'].inputSchema!

/** What the form would send for the rules as they stand. */
function form({ calendarThrough: _, ...fields }: Rules) {
  return fields
}

describe('the rules of the desk', () => {
  it('are the usual ones where nobody set any', () => {
    const { db } = openTestDesk()
    transact(db, (file) => file.exec("DELETE FROM setting WHERE key = 'rules'"))
    expect(readRules(db)).toEqual({
      workHours: [
        { from: '08:30', to: '12:00' },
        { from: '13:30', to: '17:30' },
      ],
      usualLimit: { amount: 5, unit: 'day' },
      arriveHours: 4,
      followUpDays: 3,
      soonDays: 1,
      notOurs: [],
      childProtection: { name: '', phone: '' },
      ratingsShownFrom: 5,
      version: 1,
      calendarThrough: calendarKnownThrough(),
    })
  })

  it('stand under what was written, one by one', () => {
    const { db } = openTestDesk()
    transact(db, (file) => file.exec(`UPDATE setting SET value = '{"soonDays":2}' WHERE key = 'rules'`))
    expect(readRules(db)).toMatchObject({ soonDays: 2, followUpDays: 3, arriveHours: 4 })
  })

  it('are changed by the manager, and every screen hears of it', () => {
    const { db, context, published } = openTestDesk()
    const before = readRules(db)
    const saved = changeRules(context('manager'), {
      ...form(before),
      workHours: [{ from: '09:00', to: '16:00' }],
      usualLimit: { amount: 8, unit: 'hour' },
      soonDays: 0,
    })
    expect(saved).toEqual({
      ...before,
      workHours: [{ from: '09:00', to: '16:00' }],
      usualLimit: { amount: 8, unit: 'hour' },
      soonDays: 0,
      version: before.version + 1,
    })
    expect(readRules(db)).toEqual(saved)
    expect(published.map(({ topic }) => topic)).toEqual(['settings', 'enquiry', 'today'])
  })

  it('are not overwritten by a screen that has not seen the newest ones', () => {
    const { db, context } = openTestDesk()
    const stale = form(readRules(db))
    changeRules(context('manager'), { ...stale, soonDays: 2 })
    expect(() => changeRules(context('manager'), { ...stale, soonDays: 5 })).toThrow(
      expect.objectContaining({
        code: 'CONFLICT',
        data: { because: 'changed', current: readRules(db) },
      }),
    )
    expect(readRules(db).soonDays).toBe(2)
  })

  it('say in the audit what changed, but not who protects the children or how to reach them', () => {
    const { db, context } = openTestDesk()
    changeRules(context('manager'), {
      ...form(readRules(db)),
      followUpDays: 7,
      childProtection: { name: '测试专人', phone: '073100000000' },
    })
    const changes = value<string>(db, 'SELECT changes FROM audit ORDER BY id DESC LIMIT 1')!
    expect(JSON.parse(changes)).toMatchObject({ followUpDays: [3, 7], childProtection: 'changed' })
    expect(changes).not.toMatch(/测试专人|0731/)
  })
})

describe('working hours as the form sends them', () => {
  const problems = async (workHours: unknown) => {
    const { db } = openTestDesk()
    const { issues = [] } = await input['~standard'].validate({ ...form(readRules(db)), workHours })
    return issues.map(({ message, path }) => `${path!.map(String).join('.')} ${message}`)
  }

  it('may be one span or three, each after the other', async () => {
    expect(await problems([{ from: '08:30', to: '17:30' }])).toEqual([])
    expect(
      await problems([
        { from: '08:00', to: '12:00' },
        { from: '12:00', to: '13:00' },
        { from: '18:00', to: '20:00' },
      ]),
    ).toEqual([])
  })

  it('must end after they begin, and may not overlap', async () => {
    expect(await problems([{ from: '12:00', to: '12:00' }])).toEqual(['workHours.0.to ends-too-early'])
    expect(
      await problems([
        { from: '08:30', to: '12:00' },
        { from: '11:30', to: '17:30' },
      ]),
    ).toEqual(['workHours overlap'])
    expect(
      await problems([
        { from: '13:30', to: '17:30' },
        { from: '08:30', to: '12:00' },
      ]),
    ).toEqual(['workHours overlap'])
  })

  it('must be there, and be times of a day', async () => {
    expect(await problems([])).toHaveLength(1)
    expect(await problems([{ from: '08:3', to: '24:00' }])).toHaveLength(2)
  })
})
