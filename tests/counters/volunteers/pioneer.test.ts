import { describe, expect, test } from 'vitest'
import type { PioneerYear } from '../../../electron/contract/volunteer-pioneer.ts'
import { mergePersons } from '../../../electron/counters/people/merge.ts'
import {
  correctYear,
  freezeYear,
  lockYear,
  publishYear,
} from '../../../electron/counters/volunteers/pioneer.ts'
import { listPioneerYears, readPioneerYear } from '../../../electron/counters/volunteers/pioneer-record.ts'
import { readRanking } from '../../../electron/counters/volunteers/ranking.ts'
import { reverseRecord } from '../../../electron/counters/volunteers/reverse.ts'
import type { TestDesk } from '../../fixture.ts'
import { refusal } from '../enquiries/counter.ts'
import {
  addActivity,
  addVolunteer,
  addVolunteers,
  confirm,
  conflict,
  invalidFields,
  line,
  notFound,
  openTestDesk,
  personOf,
  save,
  serve,
  today,
} from './service.ts'

const year = 2026
const look = (desk: TestDesk) => readPioneerYear(desk.context('auditor'), year)
const seen = (desk: TestDesk) => ({ year, version: look(desk).version })
const lock = (desk: TestDesk, untilDay = today) =>
  lockYear(desk.context('manager'), { ...seen(desk), untilDay })
const publish = (desk: TestDesk, places = 2, objectionsUntil = '2026-11-30') =>
  publishYear(desk.context('manager'), { ...seen(desk), places, objectionsUntil })
const freeze = (desk: TestDesk) => freezeYear(desk.context('manager'), seen(desk))
const correct = (
  desk: TestDesk,
  volunteerId: number,
  kind: Parameters<typeof correctYear>[1]['kind'],
  reason = '公示期间有异议',
) => correctYear(desk.context('manager'), { ...seen(desk), volunteerId, kind, reason })
const ranking = (desk: TestDesk, excluded = false) =>
  readRanking(desk.context(), { year, query: '', excluded, limit: 30 }).rows
const places = (desk: TestDesk, excluded = false) =>
  ranking(desk, excluded).map(({ rank, volunteerId, minutes }) => [rank, volunteerId, minutes])

/** Three who served 90, 60 and 30 minutes. */
function threeServed(desk: TestDesk): [number, number, number] {
  const ids = addVolunteers(desk.db, 3) as [number, number, number]
  for (const [nth, id] of ids.entries()) serve(desk, id, 90 - 30 * nth, { day: '2026-06-01' })
  return ids
}

/** A record that waits for a second person; returns its activity. */
function enter(desk: TestDesk, volunteerId: number, day = '2026-06-02'): number {
  const activityId = addActivity(desk.db, { day })
  save(desk, activityId, [line(volunteerId)])
  return activityId
}

function published(desk: TestDesk) {
  const ids = threeServed(desk)
  lock(desk)
  publish(desk)
  return ids
}

describe('an open year', () => {
  test('moves with the records', () => {
    const desk = openTestDesk()
    const [first, second, third] = threeServed(desk)
    const waiting = enter(desk, third)
    expect(look(desk)).toEqual({
      year,
      state: 'open',
      untilDay: today,
      volunteers: 3,
      unconfirmed: 1,
      places: null,
      publishedDay: null,
      objectionsUntil: null,
      lockedAt: null,
      frozenAt: null,
      corrections: [],
      changedSince: 0,
      version: null,
    } satisfies PioneerYear)
    confirm(desk, waiting)
    expect(places(desk)).toEqual([
      [1, third, 150],
      [2, first, 90],
      [3, second, 60],
    ])
  })

  test('stands in the list of years with those that have records or a lock, newest first', () => {
    const desk = openTestDesk()
    const volunteer = addVolunteer(desk.db)
    expect(listPioneerYears(desk.context())).toEqual([])
    for (const day of ['2024-06-01', '2026-06-01', '2021-06-01']) serve(desk, volunteer, 60, { day })
    enter(desk, volunteer, '2025-06-01')
    lock(desk)
    expect(listPioneerYears(desk.context())).toEqual([
      { year: 2026, state: 'locked' },
      { year: 2025, state: 'open' },
      { year: 2024, state: 'open' },
      { year: 2021, state: 'open' },
    ])
  })
})

describe('a locked year', () => {
  test('keeps its snapshot, counts what waited, and tells how many records say something else since', () => {
    const desk = openTestDesk()
    const [first, second, third] = threeServed(desk)
    const waiting = enter(desk, third)
    expect(lock(desk)).toMatchObject({
      state: 'locked',
      volunteers: 3,
      unconfirmed: 1,
      changedSince: 0,
      version: 1,
    })
    confirm(desk, waiting)
    serve(desk, addVolunteer(desk.db), 500, { day: '2026-06-03' })
    expect(places(desk)).toEqual([
      [1, first, 90],
      [2, second, 60],
      [3, third, 30],
    ])
    expect(look(desk)).toMatchObject({ changedSince: 2, unconfirmed: 1 })
  })

  test('counts records up to its day only', () => {
    const desk = openTestDesk()
    const [first, second] = addVolunteers(desk.db, 2) as [number, number]
    serve(desk, first, 60, { day: '2026-10-31' })
    serve(desk, second, 90, { day: '2026-11-01' })
    expect(lock(desk, '2026-10-31')).toMatchObject({ volunteers: 1, untilDay: '2026-10-31' })
    expect(places(desk)).toEqual([[1, first, 60]])
  })

  test('is taken again until it is published, and who was excluded stays out', () => {
    const desk = openTestDesk()
    const [first, second, third] = threeServed(desk)
    lock(desk)
    correct(desk, first, 'exclude')
    confirm(desk, enter(desk, third))
    expect(lock(desk)).toMatchObject({ state: 'locked', volunteers: 2, changedSince: 0 })
    expect(places(desk, true)).toEqual([
      [1, third, 150],
      [2, second, 60],
      [null, first, 90],
    ])
    publish(desk)
    expect(refusal(() => lock(desk))).toMatchObject(conflict('step'))
  })

  test('needs a day of the year that has come, and somebody to rank', () => {
    const desk = openTestDesk()
    expect(refusal(() => lock(desk))).toMatchObject(conflict('step'))
    threeServed(desk)
    expect(refusal(() => lock(desk, '2025-12-31'))).toEqual(invalidFields(['untilDay', 'other-year']))
    expect(refusal(() => lock(desk, '2026-11-24'))).toEqual(invalidFields(['untilDay', 'future']))
  })

  test('is not taken over another screen’s lock unseen', () => {
    const desk = openTestDesk()
    threeServed(desk)
    const before = seen(desk)
    lock(desk)
    const again = () => lockYear(desk.context('manager'), { ...before, untilDay: today })
    expect(refusal(again)).toMatchObject(conflict('changed', { current: { state: 'locked', version: 1 } }))
  })
})

describe('a published year', () => {
  test('gives the days of the rules for objections, and has no more places than people', () => {
    const desk = openTestDesk()
    threeServed(desk)
    expect(refusal(() => publish(desk))).toMatchObject(conflict('step'))
    lock(desk)
    expect(refusal(() => publish(desk, 4))).toEqual(invalidFields(['places', 'too-many']))
    expect(refusal(() => publish(desk, 3, '2026-11-29'))).toEqual(
      invalidFields(['objectionsUntil', 'too-soon']),
    )
    expect(publish(desk, 3, '2026-11-30')).toMatchObject({
      state: 'published',
      places: 3,
      publishedDay: today,
      objectionsUntil: '2026-11-30',
      version: 2,
    })
    expect(refusal(() => publish(desk))).toMatchObject(conflict('step'))
  })

  test('lists a correction by the records of now, with the figures before and after', () => {
    const desk = openTestDesk()
    const ids = threeServed(desk)
    const [first, second, third] = ids
    const waiting = enter(desk, third)
    lock(desk)
    publish(desk)
    confirm(desk, waiting)
    const { corrections, changedSince } = correct(desk, third, 'recompute', '补录一场已确认的服务')
    expect(corrections).toEqual([
      {
        id: 1,
        volunteerId: third,
        number: 'ZY-2026-000003',
        name: '志愿003',
        kind: 'recompute',
        reason: '补录一场已确认的服务',
        before: { rank: 3, minutes: 30, activities: 1, rating: null },
        after: { rank: 1, minutes: 150, activities: 2, rating: null },
        at: desk.clock().toISOString(),
        operator: '主任',
      },
    ])
    expect(changedSince).toBe(0)
    expect(places(desk)).toEqual([
      [1, third, 150],
      [2, first, 90],
      [3, second, 60],
    ])
  })

  test('takes one in whose records were confirmed late, and one out who has none left', () => {
    const desk = openTestDesk()
    const [first] = addVolunteers(desk.db, 1) as [number]
    const record = serve(desk, first, 90, { day: '2026-06-01' })
    const second = addVolunteer(desk.db)
    serve(desk, second, 60, { day: '2026-06-01' })
    lock(desk)
    publish(desk, 1)
    const late = addVolunteer(desk.db)
    confirm(desk, enter(desk, late))
    reverseRecord(desk.context('manager'), { recordId: record, reason: '替人签到' })
    correct(desk, late, 'recompute')
    const { corrections } = correct(desk, first, 'recompute')
    expect(places(desk, true)).toEqual([
      [1, late, 120],
      [2, second, 60],
    ])
    const nobody = { rank: null, minutes: 0, activities: 0, rating: null }
    expect(corrections[0]).toMatchObject({ before: nobody, after: { rank: 1, minutes: 120 } })
    expect(corrections[1]).toMatchObject({ before: { rank: 2, minutes: 90 }, after: nobody })
  })

  test('excludes and restores, each once, and ranks the others anew', () => {
    const desk = openTestDesk()
    const [first, second, third] = published(desk)
    expect(correct(desk, first, 'exclude').volunteers).toBe(2)
    expect(places(desk)).toEqual([
      [1, second, 60],
      [2, third, 30],
    ])
    expect(places(desk, true).at(-1)).toEqual([null, first, 90])
    expect(refusal(() => correct(desk, first, 'exclude'))).toMatchObject(conflict('step'))
    expect(refusal(() => correct(desk, second, 'restore'))).toMatchObject(conflict('step'))
    correct(desk, first, 'restore')
    expect(places(desk)[0]).toEqual([1, first, 90])
    expect(refusal(() => correct(desk, first, 'restore'))).toMatchObject(conflict('step'))
    // Out for a second time, they stay so whatever else is corrected.
    correct(desk, first, 'exclude')
    correct(desk, second, 'recompute')
    expect(places(desk, true).at(-1)).toEqual([null, first, 90])
  })

  test('lists an objection that changed nothing', () => {
    const desk = openTestDesk()
    const [first] = published(desk)
    const before = places(desk)
    expect(correct(desk, first, 'no-change', '核对签到表无误').corrections).toMatchObject([
      { kind: 'no-change', reason: '核对签到表无误', before: { rank: 1 }, after: { rank: 1 } },
    ])
    expect(places(desk)).toEqual(before)
  })

  test('knows nobody without a record in the year', () => {
    const desk = openTestDesk()
    published(desk)
    const other = addVolunteer(desk.db)
    serve(desk, other, 60, { day: '2025-06-01' })
    for (const kind of ['recompute', 'exclude', 'restore', 'no-change'] as const) {
      expect(refusal(() => correct(desk, other, kind))).toEqual(notFound('volunteer'))
    }
  })

  test('is frozen on the day after the last one for objections, not before', () => {
    const desk = openTestDesk()
    published(desk)
    desk.clock.set('2026-11-30T15:59:00.000Z')
    expect(refusal(() => freeze(desk))).toMatchObject(conflict('step'))
    desk.clock.set('2026-11-30T16:00:00.000Z')
    expect(freeze(desk)).toMatchObject({ state: 'frozen', frozenAt: '2026-11-30T16:00:00.000Z' })
    expect(refusal(() => freeze(desk))).toMatchObject(conflict('step'))
  })
})

describe('a frozen year', () => {
  test('is changed by nothing that is entered, confirmed or reversed later', () => {
    const desk = openTestDesk()
    const [first, second, third] = addVolunteers(desk.db, 3) as [number, number, number]
    const record = serve(desk, first, 90, { day: '2026-06-01', rating: 5 })
    for (const id of [second, third]) serve(desk, id, 60, { day: '2026-06-01' })
    const waiting = enter(desk, third)
    lock(desk)
    publish(desk)
    correct(desk, second, 'no-change')
    desk.clock.set('2026-12-01T01:00:00.000Z')
    freeze(desk)
    const [list, frozen] = [ranking(desk), look(desk)]

    confirm(desk, waiting)
    serve(desk, addVolunteer(desk.db), 600, { day: '2026-06-05' })
    reverseRecord(desk.context('manager'), { recordId: record, reason: '替人签到' })

    expect(ranking(desk)).toEqual(list)
    expect(list.map(({ rank, shared }) => [rank, shared])).toEqual([
      [1, false],
      [2, true],
      [2, true],
    ])
    expect(look(desk)).toEqual(frozen)
    expect(frozen).toMatchObject({ changedSince: 0, unconfirmed: 1, corrections: [{ kind: 'no-change' }] })
  })

  test('is corrected, published or locked by nobody', () => {
    const desk = openTestDesk()
    const [first] = published(desk)
    desk.clock.set('2026-12-01T01:00:00.000Z')
    freeze(desk)
    const refused = [
      () => lock(desk),
      () => publish(desk, 1, '2026-12-20'),
      () => correct(desk, first, 'exclude'),
      () => correct(desk, first, 'no-change'),
    ]
    for (const call of refused) expect(refusal(call)).toMatchObject(conflict('step'))
  })
})

test('whoever wrote on an older version of the year is told how it stands', () => {
  const desk = openTestDesk()
  const [first, second] = published(desk)
  const old = seen(desk)
  correct(desk, first, 'exclude')
  const late = correctYear.bind(null, desk.context('manager'), {
    ...old,
    volunteerId: second,
    kind: 'exclude',
    reason: '另一屏的更正',
  })
  expect(refusal(late)).toMatchObject(conflict('changed', { current: { version: 3, volunteers: 2 } }))
})

describe('a person with two numbers', () => {
  const unite = (desk: TestDesk, into: number, from: number) =>
    mergePersons(desk.context(), {
      ...{ into: personOf(desk.db, into), from: personOf(desk.db, from), reason: '登记了两次' },
    })

  test('who was locked under both is told, and put together by two corrections', () => {
    const desk = openTestDesk()
    const [first, second, third] = threeServed(desk)
    lock(desk)
    unite(desk, second, third)
    expect(look(desk)).toMatchObject({ changedSince: 2 })
    expect(ranking(desk).map(({ otherNumbers }) => otherNumbers.map(({ id }) => id))).toEqual([
      [],
      [third],
      [second],
    ])
    correct(desk, second, 'recompute')
    expect(correct(desk, third, 'recompute')).toMatchObject({ changedSince: 0, volunteers: 2 })
    expect(places(desk)).toEqual([
      [1, second, 90],
      [2, first, 90],
    ])
  })

  test('stays excluded under either, and comes back as one', () => {
    const desk = openTestDesk()
    const [first, second, third] = threeServed(desk)
    lock(desk)
    correct(desk, third, 'exclude')
    unite(desk, second, third)
    lock(desk)
    expect(places(desk, true)).toEqual([
      [1, first, 90],
      [null, second, 90],
    ])
    correct(desk, first, 'recompute')
    expect(places(desk, true)).toContainEqual([null, second, 90])
    correct(desk, second, 'restore')
    lock(desk)
    expect(places(desk)).toContainEqual([1, second, 90])
  })
})
