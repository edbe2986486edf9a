import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readContacts } from '../../../electron/counters/overview/contacts.ts'
import { search } from '../../../electron/counters/overview/search.ts'
import { planRound } from '../../../electron/counters/visits/rounds.ts'
import { voidVisit } from '../../../electron/counters/visits/visits.ts'
import { value } from '../../../electron/database/open.ts'
import { addDays } from '../../../electron/workbench/calendar.ts'
import type { TestDesk } from '../../fixture.ts'
import { accept, nowAt } from '../enquiries/counter.ts'
import { knock, meet, openDoor, today } from '../visits/knock.ts'

type Asked = { personId?: number; householdId?: number; before?: string; limit?: number }
const read = (desk: TestDesk, asked: Asked, seesVisits = true) =>
  readContacts(desk.db, { personId: null, householdId: null, limit: 20, ...asked }, { visits: seesVisits })
const kinds = (desk: TestDesk, asked: Asked) => read(desk, asked).rows.map(({ kind, id }) => `${kind} ${id}`)

describe('a history with visits', () => {
  test('tells enquiries and visits in the order of time, and what was said at the door', () => {
    const desk = openDoor()
    const { door, mother } = desk
    const asked = accept(desk, { askerId: mother })
    const early = meet(desk, { day: addDays(today, -9), metIds: [mother] })
    const late = meet(desk, {
      ...{ time: '23:30', metIds: [mother], themes: [{ theme: '居住', text: '自住' }] },
      needs: [{ theme: '健康', text: '想装扶手', enquiry: null }],
    })
    expect(kinds(desk, { householdId: door })).toEqual([
      `visit ${late.id}`,
      `enquiry ${asked.id}`,
      `visit ${early.id}`,
    ])
    expect(kinds(desk, { personId: mother })).toEqual(kinds(desk, { householdId: door }))
    const [newest, , oldest] = read(desk, { householdId: door }).rows
    expect(newest).toMatchObject({
      ...{ title: '入户走访：见面', detail: '诉求：想装扶手；居住：自住', who: '李网格', householdId: door },
      ...{ at: `${today}T15:30:00.000Z`, day: null, open: false },
    })
    expect(oldest).toMatchObject({ day: addDays(today, -9) })
  })

  test('leaves out what was crossed out, and everything of visits for who does not see them', () => {
    const desk = openDoor()
    voidVisit(desk.context(), { id: meet(desk).id, reason: '记错门了' })
    const right = meet(desk)
    expect(kinds(desk, { householdId: desk.door })).toEqual([`visit ${right.id}`])
    expect(read(desk, { householdId: desk.door }, false).rows).toEqual([])
  })

  test('shows a person of the knocks at their door only what is still to be followed', () => {
    const desk = openDoor()
    const { mother, son } = desk
    const agreed = meet(desk, { day: addDays(today, -5), metIds: [mother], followUpDay: today })
    expect(read(desk, { personId: son }).rows).toMatchObject([{ id: agreed.id, open: true }])
    const met = meet(desk, { metIds: [mother] })
    expect(kinds(desk, { personId: son })).toEqual([])
    expect(read(desk, { personId: mother }).rows.map(({ id, open }) => [id, open])).toEqual([
      [met.id, false],
      [agreed.id, false],
    ])
  })

  test('has of several days left for coming again the last one alone open', () => {
    const desk = openDoor()
    const first = knock(desk, { day: addDays(today, -5), followUpDay: addDays(today, -3) })
    const second = knock(desk, { day: addDays(today, -3), followUpDay: today })
    expect(read(desk, { householdId: desk.door }).rows.map(({ id, open }) => [id, open])).toEqual([
      [second.id, true],
      [first.id, false],
    ])
    expect(kinds(desk, { personId: desk.son })).toEqual([`visit ${second.id}`])
  })

  test('turned page by page is the same as read at once, whatever came on which day', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ visit: fc.boolean(), ago: fc.integer({ min: 0, max: 6 }) }), { maxLength: 14 }),
        fc.integer({ min: 1, max: 5 }),
        (happened, limit) => {
          const desk = openDoor()
          const householdId = desk.door
          for (const { visit, ago } of happened) {
            if (visit) knock(desk, { day: addDays(today, -ago), again: true })
            else accept(desk, { askerId: desk.mother })
          }
          const whole = kinds(desk, { householdId, limit: 100 })
          expect(whole).toHaveLength(happened.length)
          const found: string[] = []
          let before: string | null | undefined
          do {
            const page = read(desk, { householdId, limit, ...(before ? { before } : {}) })
            found.push(...page.rows.map(({ kind, id }) => `${kind} ${id}`))
            before = page.next
          } while (before)
          expect(found).toEqual(whole)
        },
      ),
      { numRuns: 12 },
    )
  })

  test.each(['v', 'v2026-11-23', 'e1x', 'x1', 'v2026-11-23.1~', '~'])('refuses the key %s', (before) => {
    const desk = openDoor()
    expect(() => read(desk, { householdId: desk.door, before })).toThrowError(
      expect.objectContaining({ code: 'INVALID' }),
    )
  })
})

describe('the one search', () => {
  function planned() {
    const desk = openDoor()
    const { number, id } = planRound(desk.context(), {
      ...{ ticket: 'e7a1c1a4-6c37-4f0e-9a51-0d5a3c1b2f60', day: today, gridId: null },
      ...{ visitorIds: [desk.visitor], householdIds: [desk.door] },
    })
    const code = value<string>(desk.db, 'SELECT code FROM visit_round WHERE id = ?', id)!
    const ask = (typed: string, sees = true) => search(desk.db, typed, nowAt(today), { visits: sees }).rounds
    return { ask, number, code }
  }

  test('finds a round by its number in any writing, and by what a scanner reads', () => {
    const { ask, number, code } = planned()
    for (const typed of [number, 'zf-2026-1', 'ZF2026000001', 'ｚｆ－２０２６－１']) {
      expect([typed, ask(typed).map(({ round }) => round.number)]).toEqual([typed, [number]])
    }
    expect(ask(number)[0]).toMatchObject({ numberMarks: [[0, number.length]], round: { stops: 1, done: 0 } })
    expect(ask(`ZFD${code}`)).toMatchObject([{ round: { number }, numberMarks: [] }])
    expect(ask(`zfd${code.toLowerCase()}`)).toHaveLength(1)
  })

  test('finds none for another text, and for who does not see visits', () => {
    const { ask, number, code } = planned()
    for (const typed of ['ZF-2026-2', 'ZF', 'ZFD', code, '1', 'ZFD'.repeat(100_000)])
      expect(ask(typed)).toEqual([])
    expect(ask(number, false)).toEqual([])
  })
})
