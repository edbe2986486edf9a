import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeHouseholds } from '../../../electron/counters/people/household-merge.ts'
import { findRound, listRounds, readRound } from '../../../electron/counters/visits/rounds.ts'
import { saveVisitor, readVisitor } from '../../../electron/counters/visits/visitors.ts'
import { voidVisit } from '../../../electron/counters/visits/visits.ts'
import { rows, value } from '../../../electron/database/open.ts'
import { refusal } from '../enquiries/counter.ts'
import { addDoor, knock, moveIn, need, openWalks, plan, today, type Walks } from './walks.ts'

/** Three doors of the first grid. */
function open() {
  const walks = openWalks()
  const doors = ['1栋101', '1栋102', '2栋201'].map((door) => addDoor(walks, door, walks.gridIds[0]!))
  return { walks, doors }
}
const codeOf = (walks: Walks, id: number) =>
  value<string>(walks.db, 'SELECT code FROM visit_round WHERE id = ?', id)!
const rounds = (walks: Walks) => value<number>(walks.db, 'SELECT count(*) FROM visit_round')

describe('a planned round', () => {
  test('has its doors in the order given, each with why it is on it, and who goes', () => {
    const { walks, doors } = open()
    moveIn(walks, doors[1]!, '吴奶奶', { keyGroups: ['孤寡老人'] })
    knock(walks, doors[2]!, '2026-11-20')
    walks.published.length = 0
    const made = plan(walks, [doors[2]!, doors[0]!, doors[1]!], {
      gridId: walks.gridIds[0]!,
      visitorIds: [...walks.visitorIds, walks.visitorIds[0]!],
    })
    expect(made).toMatchObject({
      number: 'ZF-2026-000001',
      day: '2026-11-24',
      gridId: walks.gridIds[0],
      grid: '第一网格',
      visitors: [{ name: '李网格' }, { name: '周社工' }],
      operator: '前台',
      at: walks.clock().toISOString(),
      stops: 3,
      done: 0,
      met: 0,
    })
    expect(
      made.list.map(({ position, door, names, because, visit, away }) => ({
        position,
        door,
        names,
        because,
        visit,
        away,
      })),
    ).toEqual([
      { position: 1, door: '2栋201', names: [], because: [], visit: null, away: null },
      { position: 2, door: '1栋101', names: [], because: ['never-this-year'], visit: null, away: null },
      {
        position: 3,
        door: '1栋102',
        names: ['吴奶奶'],
        because: ['never-this-year', 'key-group'],
        visit: null,
        away: null,
      },
    ])
    // The others' plans ask again: what is on paper is suggested to nobody else.
    expect(walks.published).toEqual([
      { topic: 'round', id: made.id },
      { topic: 'visit', id: null },
    ])
    expect(plan(walks, [doors[0]!]).number).toBe('ZF-2026-000002')
  })

  test('keeps why each door was on it, and shows what was entered of it', () => {
    const { walks, doors } = open()
    const { id } = plan(walks, doors)
    const of = (outcome: 'met' | 'nobody', door: number, day = '2026-11-23') =>
      knock(walks, doors[door]!, day, outcome, {
        roundId: id,
        needs: outcome === 'met' ? [need('漏水')] : [],
      })
    const vain = of('nobody', 0)
    of('nobody', 1)
    expect(readRound(walks.context(), id)).toMatchObject({ stops: 3, done: 2, met: 0 })
    const met = of('met', 0)
    // Knocked at again in vain, by somebody who had not heard of it: the meeting stands.
    of('nobody', 0)
    const round = readRound(walks.context(), id)
    expect(round).toMatchObject({ stops: 3, done: 2, met: 1 })
    expect(round.list[0]).toMatchObject({
      because: ['never-this-year'],
      lastMetDay: '2026-11-23',
      visit: { id: met.id, outcome: 'met', day: '2026-11-23', needs: 1 },
    })
    expect(round.list[2]!.visit).toBeNull()
    voidVisit(walks.context(), { id: met.id, reason: '录错了' })
    expect(readRound(walks.context(), id)).toMatchObject({ done: 2, met: 0 })
    expect(vain.round).toEqual({ id, number: round.number })
  })

  test('counts no visit of another day that another round, or none, was made for', () => {
    const { walks, doors } = open()
    const { id } = plan(walks, [doors[0]!])
    const other = plan(walks, doors)
    knock(walks, doors[0]!, '2026-11-22', 'met', { roundId: other.id })
    knock(walks, doors[0]!, '2026-11-23', 'met')
    expect(readRound(walks.context(), id)).toMatchObject({ stops: 1, done: 0, met: 0 })
    expect(readRound(walks.context(), other.id)).toMatchObject({ stops: 3, done: 1, met: 1 })
  })

  test('takes no visit of a door that has no row on it', () => {
    const { walks, doors } = open()
    const { id } = plan(walks, [doors[0]!])
    expect(refusal(() => knock(walks, doors[1]!, '2026-11-23', 'met', { roundId: id }))).toEqual({
      code: 'INVALID',
      data: { fields: [{ path: 'roundId', problem: 'not-on-round' }] },
    })
    mergeHouseholds(walks.context('manager'), { into: doors[2]!, from: doors[0]!, reason: '一户两条' })
    // Entered from a screen that has not heard of the merging.
    expect(knock(walks, doors[0]!, '2026-11-23', 'met', { roundId: id })).toMatchObject({
      householdId: doors[2],
      round: { id },
    })
  })

  test('has a door done that was met on its day, for whatever round, and every round of the day is told', () => {
    const { walks, doors } = open()
    const [one, other] = [1, 2].map(() => plan(walks, doors, { day: '2026-11-23' }))
    walks.published.length = 0
    const met = knock(walks, doors[0]!, '2026-11-23', 'met', { roundId: one!.id })
    for (const { id } of [one!, other!]) {
      expect(walks.published).toContainEqual({ topic: 'round', id })
      expect(readRound(walks.context(), id)).toMatchObject({
        done: 1,
        met: 1,
        list: [{ visit: { id: met.id } }, {}, {}],
      })
    }
    walks.published.length = 0
    voidVisit(walks.context(), { id: met.id, reason: '记错了门' })
    expect(walks.published).toContainEqual({ topic: 'round', id: other!.id })
    expect(readRound(walks.context(), other!.id)).toMatchObject({ done: 0, met: 0 })
  })

  test('has a knock in vain of its day without a round, when it was entered since; one for another round is not its own', () => {
    const { walks, doors } = open()
    knock(walks, doors[0]!, '2026-11-23', 'nobody')
    walks.clock.set('2026-11-23T06:00:00.000Z')
    const [one, evening] = [1, 2].map(() => plan(walks, doors, { day: '2026-11-23' }))
    walks.clock.set('2026-11-23T10:00:00.000Z')
    knock(walks, doors[1]!, '2026-11-23', 'nobody', { roundId: one!.id })
    const late = knock(walks, doors[2]!, '2026-11-23', 'refused')
    expect(readRound(walks.context(), evening!.id).list.map(({ visit }) => visit?.id ?? null)).toEqual([
      null,
      null,
      late.id,
    ])
    const own = knock(walks, doors[2]!, '2026-11-23', 'nobody', { roundId: evening!.id })
    expect(readRound(walks.context(), evening!.id).list[2]!.visit).toMatchObject({ id: own.id })
  })

  test('tells which of its doors stands empty or was moved out of since', () => {
    const { walks, doors } = open()
    const { id } = plan(walks, doors)
    knock(walks, doors[0]!, '2026-11-22', 'vacant')
    knock(walks, doors[1]!, '2026-11-22', 'moved')
    expect(readRound(walks.context(), id).list.map(({ away }) => away)).toEqual(['vacant', 'moved', null])
  })

  test('sent twice with one ticket is one round', () => {
    const { walks, doors } = open()
    const ticket = randomUUID()
    const first = plan(walks, doors, { ticket })
    expect(plan(walks, doors, { ticket })).toEqual(first)
    expect(rounds(walks)).toBe(1)
  })

  test('goes to the door that a merged one became, before the plan and after it', () => {
    const { walks, doors } = open()
    const merge = (from: number, into: number) =>
      mergeHouseholds(walks.context('manager'), { from, into, reason: '一户两条' })
    merge(doors[0]!, doors[1]!)
    const before = plan(walks, [doors[0]!, doors[2]!, doors[1]!])
    expect(before.list.map(({ householdId }) => householdId)).toEqual([doors[1], doors[2]])
    merge(doors[1]!, doors[2]!)
    const after = readRound(walks.context(), before.id)
    expect(after.list.map(({ householdId }) => householdId)).toEqual([doors[2]])
    knock(walks, doors[0]!, '2026-11-23', 'met', { roundId: before.id })
    expect(readRound(walks.context(), before.id)).toMatchObject({ stops: 1, done: 1, met: 1 })
  })

  test('is refused with whoever does not visit, a door that is none or twice there, and a grid that is none', () => {
    const { walks, doors } = open()
    const why = (...given: Parameters<typeof plan>) => refusal(() => plan(...given))
    const invalid = (path: string, problem: string) => ({
      code: 'INVALID',
      data: { fields: [{ path, problem }] },
    })
    expect(why(walks, doors, { visitorIds: [99] })).toEqual(invalid('visitorIds', 'unknown'))
    const gone = readVisitor(walks.db, walks.visitorIds[1]!)
    saveVisitor(walks.context('manager'), { ...gone, active: false })
    expect(why(walks, doors, { visitorIds: [gone.id] })).toEqual(invalid('visitorIds', 'unknown'))
    expect(why(walks, [doors[0]!, doors[0]!])).toEqual(invalid('householdIds', 'duplicate'))
    expect(why(walks, [doors[0]!, 999])).toEqual({ code: 'NOT_FOUND', data: { what: 'household' } })
    expect(why(walks, doors, { gridId: 999 })).toEqual({ code: 'NOT_FOUND', data: { what: 'grid' } })
    expect(rounds(walks)).toBe(0)
    expect(plan(walks, doors).number).toBe('ZF-2026-000001')
  })

  test('leaves no name in the audit', () => {
    const { walks, doors } = open()
    moveIn(walks, doors[0]!, '吴奶奶', { keyGroups: ['孤寡老人'] })
    const made = plan(walks, doors)
    const audit = rows<{ changes: string }>(
      walks.db,
      'SELECT changes FROM audit WHERE subject = ?',
      `round:${made.id}`,
    )
    expect(audit).toHaveLength(1)
    expect(JSON.parse(audit[0]!.changes)).toMatchObject({ householdIds: [null, doors] })
    expect(audit[0]!.changes).not.toMatch(/吴|孤寡|101/)
  })
})

describe('the rounds', () => {
  test('are listed newest first, page by page, of all or of one visitor', () => {
    const { walks, doors } = open()
    const [one, other] = walks.visitorIds
    const ids = [one!, other!, one!].map((visitorId) => plan(walks, doors, { visitorIds: [visitorId] }).id)
    knock(walks, doors[0]!, today, 'met', { roundId: ids[2]! })
    const list = (visitorId: number | null, before?: number, limit = 30) =>
      listRounds(walks.context('auditor'), { visitorId, before, limit })
    expect(list(null).map(({ id }) => id)).toEqual([ids[2], ids[1], ids[0]])
    expect(list(null, undefined, 2).map(({ id }) => id)).toEqual([ids[2], ids[1]])
    expect(list(null, ids[1]).map(({ id }) => id)).toEqual([ids[0]])
    expect(list(one!).map(({ id }) => id)).toEqual([ids[2], ids[0]])
    expect(list(one!)[0]).toMatchObject({
      stops: 3,
      done: 1,
      met: 1,
      visitors: [{ id: one, name: '李网格' }],
    })
  })
})

describe('a scanned code', () => {
  test('opens its round, in any case, with blanks around and in full-width signs, as does the number', () => {
    const { walks, doors } = open()
    const [first, second] = [plan(walks, doors), plan(walks, doors)]
    const code = codeOf(walks, second.id)
    for (const typed of [
      `ZFD${code}`,
      `  zfd${code.toLowerCase()}\r\n`,
      `ZFD ${code.slice(0, 4)} ${code.slice(4)}`,
      `ＺＦＤ${code}`,
      'ZF-2026-000002',
      ' zf-2026-000002 ',
      'ＺＦ－２０２６－０００００２',
    ]) {
      expect(findRound(walks.db, typed)).toBe(second.id)
    }
    expect(findRound(walks.db, first.number)).toBe(first.id)
  })

  test('that is of no round is told so, whatever it is', () => {
    const { walks, doors } = open()
    plan(walks, doors)
    const known = new Set(['ZF-2026-000001'])
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^ZFD[2-9A-Z]{0,12}$/)), (typed) => {
        fc.pre(!known.has(typed.trim().toUpperCase()))
        expect(refusal(() => findRound(walks.db, typed))).toEqual({
          code: 'NOT_FOUND',
          data: { what: 'round' },
        })
      }),
    )
  })

  test('is long, of its own for each round, and has no look-alikes', () => {
    const { walks, doors } = open()
    const codes = Array.from({ length: 30 }, () => codeOf(walks, plan(walks, [doors[0]!]).id))
    expect(new Set(codes).size).toBe(30)
    for (const code of codes) expect(code).toMatch(/^[2-9A-HJKMNP-Z]{12}$/)
  })
})
