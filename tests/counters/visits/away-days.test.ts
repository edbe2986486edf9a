import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outcomes, type Outcome } from '../../../electron/contract/visit-rounds.ts'
import type { AwayKind } from '../../../electron/counters/people/household-away.ts'
import { mergeHouseholds } from '../../../electron/counters/people/household-merge.ts'
import { readHousehold } from '../../../electron/counters/people/households.ts'
import { setAway } from '../../../electron/counters/visits/away.ts'
import { readDoors } from '../../../electron/counters/visits/doors.ts'
import { readVisit } from '../../../electron/counters/visits/read-visits.ts'
import { changeVisit, voidVisit } from '../../../electron/counters/visits/visits.ts'
import { addDays, localDay } from '../../../electron/workbench/calendar.ts'
import { asSeen } from './knock.ts'
import { addDoor, knock, openWalks, type Walks } from './walks.ts'

/** Something that was said of a door, as the test remembers it; a visit that was corrected or crossed out is changed here. */
type Said = { door: number; day: string; kind: AwayKind | 'here' | null; visitId: number | null }

type Step =
  | { do: 'knock' | 'change'; which: number; back: number; outcome: Outcome }
  | { do: 'void'; which: number }
  | { do: 'away'; which: number; kind: AwayKind | null }
  | { do: 'merge' }
  | { do: 'wait'; days: number }

const which = fc.nat(20)
const knocks = {
  which,
  back: fc.integer({ min: 0, max: 25 }),
  // Mostly what tells who lives there.
  outcome: fc.constantFrom(...outcomes, 'met' as const, 'vacant' as const, 'moved' as const),
}
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('knock' as const), ...knocks }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('change' as const), ...knocks }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('void' as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('away' as const),
      which,
      kind: fc.constantFrom('vacant' as const, 'moved' as const, null),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('merge' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 9 }) }),
  },
)

const kindOf = (outcome: Outcome): Said['kind'] =>
  outcome === 'met' ? 'here' : outcome === 'vacant' || outcome === 'moved' ? outcome : null

/** Does what the desk lets one do, and remembers it; what it refuses was not said. */
function take(walks: Walks, doors: number[], said: Said[], one: Step): void {
  // A minute between any two of them: what comes later is later.
  walks.clock.advance(60)
  const now = localDay(walks.clock())
  const visits = said.filter(({ visitId }) => visitId !== null)
  try {
    if (one.do === 'wait') walks.clock.advance(one.days * 86_400)
    else if (one.do === 'merge') {
      const [into, from] = doors as [number, number]
      mergeHouseholds(walks.context('manager'), { into, from, reason: '一户两条' })
    } else if (one.do === 'away') {
      const householdId = doors[one.which % 2]!
      const door = readHousehold(walks.db, householdId).id
      setAway(walks.context(), { householdId, kind: one.kind, reason: '邻居说的' })
      said.push({ door, day: now, kind: one.kind ?? 'here', visitId: null })
    } else if (one.do === 'knock') {
      const visit = knock(walks, doors[one.which % 2]!, addDays(now, -one.back), one.outcome)
      said.push({ door: visit.householdId, day: visit.day, kind: kindOf(visit.outcome), visitId: visit.id })
    } else {
      const chosen = visits[one.which % Math.max(visits.length, 1)]
      if (!chosen) return
      const id = chosen.visitId!
      if (one.do === 'void') {
        voidVisit(walks.context(), { id, reason: '录错了' })
        said.splice(said.indexOf(chosen), 1)
      } else {
        const day = addDays(now, -one.back)
        const seen = asSeen(readVisit(walks.context(), id))
        changeVisit(walks.context(), { ...seen, day, outcome: one.outcome, note: '邻居说的' })
        Object.assign(chosen, { day, kind: kindOf(one.outcome) })
      }
    }
  } catch (error) {
    if (!['INVALID', 'CONFLICT'].includes((error as { code: string }).code)) throw error
  }
}

/** Who lived there on a day: the last word of that day or an earlier one; on one day the last that came in. */
function lastWord(walks: Walks, said: Said[], door: number, day: string): AwayKind | null {
  const words = said
    .filter((one) => readHousehold(walks.db, one.door).id === door && one.kind !== null && one.day <= day)
    .toSorted((one, other) => (one.day < other.day ? -1 : Number(one.day > other.day)))
  const last = words.at(-1)?.kind ?? 'here'
  return last === 'here' ? null : last
}

test('on every day a door counts as the last word until then has it, however late, corrected, crossed out or merged', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 24 }), (steps) => {
      const walks = openWalks()
      const doors = [addDoor(walks, '1栋101', null), addDoor(walks, '1栋0101A', null)]
      const said: Said[] = []
      for (const one of steps) take(walks, doors, said, one)
      const now = localDay(walks.clock())
      for (let back = 60; back >= 0; back -= 1) {
        const day = addDays(now, -back)
        const away = readDoors(walks.db, day).map((door) => [door.id, day, door.away?.kind ?? null])
        expect(away).toEqual(away.map(([id]) => [id, day, lastWord(walks, said, id as number, day)]))
      }
    }),
    { numRuns: 60 },
  )
})
