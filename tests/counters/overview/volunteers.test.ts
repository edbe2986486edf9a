import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readContacts } from '../../../electron/counters/overview/contacts.ts'
import { seenBy } from '../../../electron/counters/overview/roles.ts'
import { search } from '../../../electron/counters/overview/search.ts'
import { mergePersons } from '../../../electron/counters/people/merge.ts'
import { redeem } from '../../../electron/counters/volunteers/redeem.ts'
import { reverseRedemption } from '../../../electron/counters/volunteers/redemptions.ts'
import { reverseRecord } from '../../../electron/counters/volunteers/reverse.ts'
import { addDays } from '../../../electron/workbench/calendar.ts'
import type { TestDesk } from '../../fixture.ts'
import { nowAt } from '../enquiries/counter.ts'
import {
  addActivity,
  addPointRule,
  addVolunteer,
  line,
  openTestDesk,
  personOf,
  save,
  serve,
  sql,
  today,
} from '../volunteers/service.ts'

type Asked = { before?: string; limit?: number }
const read = (test: TestDesk, personId: number, asked: Asked = {}, volunteers = true) =>
  readContacts(test.db, { personId, householdId: null, limit: 20, ...asked }, { volunteers })

/** A gift with stock, and one of it handed over. */
function handOver(test: TestDesk, volunteerId: number, points = 2) {
  const giftId = sql(
    test.db,
    "INSERT INTO gift (name, points) VALUES ('毛巾' || hex(randomblob(4)), ?)",
    points,
  )
  sql(
    test.db,
    "INSERT INTO gift_move (gift_id, amount, cause, at, operator_id) VALUES (?, 9, 'delivery', '2026-11-01T00:00:00.000Z', 1)",
    giftId,
  )
  const wanted = { volunteerId, giftId, amount: 1, points, collector: '' }
  return redeem(test.context(), { ticket: crypto.randomUUID(), ...wanted }).redemption
}

describe('a history with volunteer service', () => {
  test('tells what was served with its minutes and points, and what they were spent on', () => {
    const test = openTestDesk()
    addPointRule(test.db, { perHour: 2 })
    const volunteerId = addVolunteer(test.db)
    const recordId = serve(test, volunteerId, 150, { day: addDays(today, -3), name: '清洁家园' })
    const redemption = handOver(test, volunteerId)
    expect(read(test, personOf(test.db, volunteerId)).rows).toMatchObject([
      { kind: 'redemption', id: redemption.id, detail: `${redemption.number}，用去 2 分`, volunteerId },
      {
        ...{ kind: 'volunteer', id: recordId, title: '志愿服务：清洁家园', volunteerId, open: false },
        ...{ detail: '2 小时 30 分，积分 +5', at: `${addDays(today, -4)}T16:00:00.000Z` },
      },
    ])
  })

  test('keeps open what a second person has not confirmed, and says what does not count', () => {
    const test = openTestDesk()
    const volunteerId = addVolunteer(test.db)
    save(test, addActivity(test.db, { kind: 'party-duty' }), [line(volunteerId)])
    expect(read(test, personOf(test.db, volunteerId)).rows).toMatchObject([
      { detail: '2 小时，党员义务，不计入', open: true },
    ])
  })

  test('leaves out what was taken back, and tells a gift that came back', () => {
    const test = openTestDesk()
    addPointRule(test.db, { perHour: 2 })
    const volunteerId = addVolunteer(test.db)
    serve(test, volunteerId, 120)
    const wrong = serve(test, volunteerId, 60, { day: addDays(today, -1) })
    reverseRecord(test.context('manager'), { recordId: wrong, reason: '没有到场' })
    const { id } = handOver(test, volunteerId)
    reverseRedemption(test.context('manager'), { redemptionId: id, returned: true, reason: '拿错了' })
    const { rows } = read(test, personOf(test.db, volunteerId))
    expect(rows.map(({ kind }) => kind).sort()).toEqual(['redemption', 'volunteer'])
    expect(rows.find(({ kind }) => kind === 'redemption')!.detail).toContain('2 分已退回')
  })

  test('follows a person who was merged into another', () => {
    const test = openTestDesk()
    const [kept, twice] = [addVolunteer(test.db), addVolunteer(test.db)]
    sql(test.db, 'DELETE FROM volunteer WHERE id = ?', kept)
    serve(test, twice, 60)
    const into = sql(
      test.db,
      "INSERT INTO person (name, sex, relation, created_at) VALUES ('李四', 0, '其他', '2026-01-01T00:00:00.000Z')",
    )
    mergePersons(test.context('manager'), { into, from: personOf(test.db, twice), reason: '同一人' })
    expect(read(test, into).rows).toMatchObject([{ kind: 'volunteer', volunteerId: twice }])
  })

  test('is not shown to a teacher, nor of a door alone', () => {
    const test = openTestDesk()
    const volunteerId = addVolunteer(test.db)
    serve(test, volunteerId, 60)
    expect(read(test, personOf(test.db, volunteerId), {}, false).rows).toEqual([])
    expect(seenBy('teacher')).toEqual({ visits: false, volunteers: false, certificates: false })
    expect(seenBy('auditor')).toEqual({ visits: true, volunteers: true, certificates: true })
  })

  test('turned page by page is the same as read at once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ gift: fc.boolean(), ago: fc.integer({ min: 0, max: 4 }) }), {
          minLength: 1,
          maxLength: 10,
        }),
        fc.integer({ min: 1, max: 4 }),
        (happened, limit) => {
          const test = openTestDesk()
          addPointRule(test.db, { perHour: 100 })
          const volunteerId = addVolunteer(test.db)
          serve(test, volunteerId, 60, { day: addDays(today, -9) })
          for (const { gift, ago } of happened) {
            if (gift) handOver(test, volunteerId, 1)
            else serve(test, volunteerId, 30, { day: addDays(today, -ago) })
          }
          const personId = personOf(test.db, volunteerId)
          const keys = (asked: Asked) => {
            const { rows, next } = read(test, personId, asked)
            return { keys: rows.map(({ kind, id }) => `${kind} ${id}`), next }
          }
          const whole = keys({ limit: 100 }).keys
          expect(whole).toHaveLength(happened.length + 1)
          const found: string[] = []
          let before: string | null | undefined
          do {
            const page = keys({ limit, ...(before ? { before } : {}) })
            found.push(...page.keys)
            before = page.next
          } while (before)
          expect(found).toEqual(whole)
        },
      ),
      { numRuns: 10 },
    )
  })
})

describe('the one search', () => {
  const ask = (test: TestDesk, typed: string, volunteers = true) =>
    search(test.db, typed, nowAt(today), { volunteers })

  test.each(['ZY-2026-000001', 'zy20261', 'ｚｙ 2026－1', 'zy—2026—000001'])(
    'finds a volunteer by the number, written as %s',
    (typed) => {
      const test = openTestDesk()
      const id = addVolunteer(test.db)
      const [hit] = ask(test, typed).volunteers
      expect(hit).toMatchObject({ volunteer: { id, number: 'ZY-2026-000001' }, numberMarks: [[0, 14]] })
    },
  )

  test('finds an activity by its number, and nothing for who does not see volunteers', () => {
    const test = openTestDesk()
    const id = addActivity(test.db)
    const { number } = test.db.prepare('SELECT number FROM activity WHERE id = ?').get(id) as {
      number: string
    }
    expect(ask(test, number.toLowerCase()).activities).toMatchObject([{ activity: { id } }])
    expect(ask(test, number, false).activities).toEqual([])
    for (const other of ['HD', 'HD-2026', 'HD-2026-999999', 'HD20260000001', 'ZY-1', 'HD'.repeat(100_000)]) {
      const { activities, volunteers } = ask(test, other)
      expect([activities, volunteers]).toEqual([[], []])
    }
  })
})
