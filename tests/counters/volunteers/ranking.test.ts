import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergePersons } from '../../../electron/counters/people/merge.ts'
import { meanRating, rankAll, readRanking } from '../../../electron/counters/volunteers/ranking.ts'
import { reverseRecord } from '../../../electron/counters/volunteers/reverse.ts'
import type { TestDesk } from '../../fixture.ts'
import { refusal } from '../enquiries/counter.ts'
import {
  addActivity,
  addConsent,
  addVolunteer,
  addVolunteers,
  invalidFields,
  line,
  openTestDesk,
  personOf,
  save,
  serve,
} from './service.ts'

const read = (desk: TestDesk, more: Partial<Parameters<typeof readRanking>[1]> = {}) =>
  readRanking(desk.context(), { year: 2026, query: '', excluded: false, limit: 30, ...more })
const places = (desk: TestDesk) => read(desk).rows.map(({ rank, volunteerId }) => [rank, volunteerId])

describe('the ranking of a year', () => {
  test('goes by minutes, then activities, then mean rating, and never rated is last', () => {
    const desk = openTestDesk()
    const [minutes, activities, rated, lower, never] = addVolunteers(desk.db, 5) as [
      number,
      number,
      number,
      number,
      number,
    ]
    serve(desk, never, 120, { day: '2026-03-01' })
    serve(desk, lower, 120, { day: '2026-03-01', rating: 1 })
    serve(desk, rated, 120, { day: '2026-03-01', rating: 5 })
    serve(desk, activities, 60, { day: '2026-03-01' })
    serve(desk, activities, 60, { day: '2026-03-02' })
    serve(desk, minutes, 121, { day: '2026-03-01' })
    expect(places(desk)).toEqual([
      [1, minutes],
      [2, activities],
      [3, rated],
      [4, lower],
      [5, never],
    ])
    expect(read(desk).rows[1]).toMatchObject({ minutes: 120, activities: 2, rating: null, shared: false })
  })

  test('lets equals share a rank by number, and leaves the next one out', () => {
    const desk = openTestDesk()
    const [first, second, third, fourth] = addVolunteers(desk.db, 4) as [number, number, number, number]
    serve(desk, fourth, 30)
    serve(desk, third, 60)
    serve(desk, second, 60)
    serve(desk, first, 90)
    expect(places(desk)).toEqual([
      [1, first],
      [2, second],
      [2, third],
      [4, fourth],
    ])
    expect(read(desk).rows.map(({ shared }) => shared)).toEqual([false, true, true, false])
  })

  test('has no record that is unconfirmed, reversed, of others, no service, or of another year', () => {
    const desk = openTestDesk()
    const [volunteer, other] = addVolunteers(desk.db, 2) as [number, number]
    serve(desk, volunteer, 60, { day: '2026-05-01' })
    for (const facts of [{ own: false }, { kind: 'training' }, { kind: 'party-duty' }] as const) {
      serve(desk, other, 60, { day: '2026-05-02', ...facts })
    }
    serve(desk, other, 60, { day: '2025-12-31' })
    reverseRecord(desk.context('manager'), { recordId: serve(desk, other, 60), reason: '没有来' })
    save(desk, addActivity(desk.db), [line(other)])
    expect(places(desk)).toEqual([[1, volunteer]])
    expect(read(desk, { year: 2025 }).rows).toMatchObject([{ rank: 1, volunteerId: other }])
    expect(read(desk, { year: 2024 })).toEqual({ rows: [], next: null, total: 0 })
  })

  test('shows the name of today, and whether it may be published whole', () => {
    const desk = openTestDesk()
    const [may, mayNot] = [addVolunteer(desk.db, { name: '李红' }), addVolunteer(desk.db, { name: '王强' })]
    for (const [nth, id] of [may, mayNot].entries()) serve(desk, id, 90 - nth)
    addConsent(desk.db, may, '志愿服务信息公示', '2026-01-01')
    addConsent(desk.db, mayNot, '志愿服务信息公示', '2026-01-01', '2026-11-23')
    expect(read(desk).rows.map(({ name, mayPublish }) => [name, mayPublish])).toEqual([
      ['李红', true],
      ['王强', false],
    ])
  })

  test('has a person once: what stands under two numbers counts under the first, and is found by either', () => {
    const desk = openTestDesk()
    const [first, other, second] = [
      addVolunteer(desk.db, { name: '李虹' }),
      addVolunteer(desk.db, { name: '王强' }),
      addVolunteer(desk.db, { name: '李红' }),
    ]
    serve(desk, other, 100, { day: '2026-05-01' })
    serve(desk, first, 60, { day: '2026-05-01', rating: 5 })
    serve(desk, second, 60, { day: '2026-05-02', rating: 4 })
    addConsent(desk.db, first, '志愿服务信息公示', '2026-01-01')
    expect(places(desk)).toHaveLength(3)
    // The person of the second number is kept: their name and their consents are those of both.
    mergePersons(desk.context(), {
      ...{ into: personOf(desk.db, second), from: personOf(desk.db, first), reason: '登记了两次' },
    })
    const numbers = { number: 'ZY-2026-000001', otherNumbers: [{ id: second, number: 'ZY-2026-000003' }] }
    const line = {
      ...{ rank: 1, volunteerId: first, name: '李红', minutes: 120, activities: 2, rating: 450 },
      ...{ mayPublish: true, shared: false, ...numbers },
    }
    const ranked = read(desk)
    expect(ranked.rows[0]).toEqual(line)
    expect(ranked.rows.slice(1)).toMatchObject([{ rank: 2, volunteerId: other, otherNumbers: [] }])
    for (const query of ['000003', '000001', '李红']) expect(read(desk, { query }).rows).toEqual([line])
  })

  test('still has a person under their first number where only the second served', () => {
    const desk = openTestDesk()
    const [first, second] = addVolunteers(desk.db, 2) as [number, number]
    serve(desk, second, 60)
    mergePersons(desk.context(), {
      ...{ into: personOf(desk.db, first), from: personOf(desk.db, second), reason: '登记了两次' },
    })
    expect(read(desk).rows).toMatchObject([{ volunteerId: first, minutes: 60, number: 'ZY-2026-000001' }])
  })

  test('is searched by name, pinyin, initials or number, and ranks stay what they are', () => {
    const desk = openTestDesk()
    for (const [nth, name] of ['李红', '王强', '陈建'].entries()) {
      serve(desk, addVolunteer(desk.db, { name }), 90 - nth)
    }
    for (const query of ['王', 'wangqiang', 'wq', 'zy-2026-000002', '０００００２']) {
      expect(read(desk, { query })).toMatchObject({ rows: [{ rank: 2, name: '王强' }], total: 1 })
    }
    expect(read(desk, { query: '赵' })).toEqual({ rows: [], next: null, total: 0 })
  })

  test('is read page by page, each once', () => {
    const desk = openTestDesk()
    const ids = addVolunteers(desk.db, 7)
    for (const [nth, id] of ids.entries()) serve(desk, id, nth < 4 ? 60 : 30)
    const seen: number[] = []
    let after: string | undefined
    do {
      const page = read(desk, { after, limit: 3 })
      expect(page.total).toBe(7)
      seen.push(...page.rows.map(({ volunteerId }) => volunteerId))
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(seen).toEqual(ids)
    expect(refusal(() => read(desk, { after: "' OR 1" }))).toEqual(invalidFields(['after', 'key']))
  })
})

const figures = fc
  .array(
    fc.record({
      minutes: fc.integer({ min: 1, max: 3 }),
      activities: fc.integer({ min: 1, max: 2 }),
      ratingSum: fc.integer({ min: 0, max: 6 }),
      ratings: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 12 },
  )
  .map((list) =>
    list.map((one, nth) => ({
      ...one,
      volunteerId: nth + 1,
      number: `ZY-2026-${String(nth + 1).padStart(6, '0')}`,
    })),
  )

test('whatever the figures: a rank is one more than how many are better, in whatever order they come', () => {
  fc.assert(
    fc.property(figures, (list) => {
      const worth = (one: (typeof list)[number]) => [one.minutes, one.activities, meanRating(one) ?? -1]
      const better = (one: number[], other: number[]) => {
        const at = one.findIndex((value, nth) => value !== other[nth])
        return at >= 0 && one[at]! > other[at]!
      }
      const ranked = rankAll(list)
      expect(rankAll(list.toReversed())).toEqual(ranked)
      for (const one of ranked) {
        expect(one.rank).toBe(1 + list.filter((other) => better(worth(other), worth(one))).length)
      }
    }),
  )
})
