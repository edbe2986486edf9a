import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outcomes, type Outcome } from '../../../electron/contract/visit-rounds.ts'
import { suggestDoors } from '../../../electron/counters/visits/suggest.ts'
import { voidVisit } from '../../../electron/counters/visits/visits.ts'
import { rows, write } from '../../../electron/database/open.ts'
import { act } from '../../../electron/workbench/act.ts'
import { addDays, localDay } from '../../../electron/workbench/calendar.ts'
import { addDoor, knock, longAgo, moveIn, need, openWalks, type Walks } from './walks.ts'

type Row = { id: number; household_id: number; day: string; outcome: Outcome; follow_up_day: string | null }

/** Days between two visits of the groups whose families live at the first two doors, by the reference data. */
const intervals = new Map([
  [0, 30],
  [1, 60],
])

/** How urgent a door is, from the rows of the file, one by one: smaller is sooner, null is not at all. */
function urgencyOf(walks: Walks, nth: number, id: number, today: string): (number | string)[] | null {
  const visits = rows<Row>(walks.db, 'SELECT * FROM visit WHERE voided = 0 ORDER BY day, id').filter(
    ({ household_id }) => household_id === id,
  )
  const news = visits.findLast(({ outcome }) => outcome !== 'nobody' && outcome !== 'refused')
  if (news && news.outcome !== 'met') return null
  const lastMet = visits.findLast(({ outcome }) => outcome === 'met')?.day ?? ''
  const interval = intervals.get(nth)
  const due = interval !== undefined && (lastMet === '' || addDays(lastMet, interval) <= today)
  const agreed = visits.findLast(({ follow_up_day }) => follow_up_day !== null)
  const after = agreed && visits.slice(visits.indexOf(agreed) + 1)
  // Met on another day since, or on the same one after a knock in vain.
  const done = after?.some(
    ({ outcome, day }) => outcome === 'met' && (day > agreed!.day || agreed!.outcome !== 'met'),
  )
  const comeAgain = agreed !== undefined && !done && agreed.follow_up_day! <= today
  const asked = rows(
    walks.db,
    `SELECT 1 FROM visit_need JOIN visit ON visit.id = visit_id JOIN enquiry ON enquiry.id = enquiry_id
     WHERE visit.household_id = ? AND voided = 0 AND open = 1`,
    id,
  ).length
  const inVain = visits.filter(
    ({ outcome, day }) => outcome !== 'met' && day > lastMet && day >= thisYear(today),
  )
  const attempts = new Set(inVain.map(({ day }) => day)).size
  const now = due || comeAgain
  if (lastMet < thisYear(today)) return [now ? 0 : 1, lastMet.slice(0, 4), attempts, nth]
  if (now) return [2, lastMet, attempts, nth]
  if (asked > 0) return [3, lastMet, attempts, nth]
  return lastMet <= addDays(today, -90) ? [4, lastMet, attempts, nth] : null
}
const thisYear = (today: string) => `${today.slice(0, 4)}-01-01`

const sooner = (one: (number | string)[], other: (number | string)[]): number => {
  const at = one.findIndex((part, place) => part !== other[place])
  return one[at]! < other[at]! ? -1 : 1
}

const step = fc.record({
  door: fc.nat(4),
  // Few days, so that two knocks meet on one, and those around which an interval or a quarter is over.
  back: fc.constantFrom(0, 1, 20, 29, 30, 31, 59, 60, 61, 89, 90, 91, 330),
  outcome: fc.constantFrom(...outcomes, 'met' as const, 'met' as const, 'met' as const, 'nobody' as const),
  again: fc.option(fc.nat(40), { freq: 3 }),
  asks: fc.boolean(),
  voided: fc.integer({ min: 0, max: 5 }).map((one) => one === 0),
  closed: fc.boolean(),
})

test('whatever was visited, the doors suggested are the most urgent ones of a recount, in the order of the legs', () => {
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 8, maxLength: 16, size: 'max' }),
      fc.constantFrom(0, 0, 1, 30, 45),
      (steps, days) => {
        const walks = openWalks()
        const doors = ['1栋101', '1栋102', '2栋101', '10栋101', '10栋102'].map((door) =>
          addDoor(walks, door, null),
        )
        moveIn(walks, doors[0]!, '吴奶奶', { keyGroups: ['孤寡老人', '残疾'] })
        moveIn(walks, doors[1]!, '张大山', { keyGroups: ['残疾'] })
        longAgo(walks, doors[4]!, '2024-05-01')
        for (const { door, back, outcome, again, asks, voided, closed } of steps) {
          const day = addDays('2026-11-23', -back)
          const changed = {
            followUpDay: again === null ? null : addDays(day, again),
            needs: asks ? [need('楼道灯不亮')] : [],
          }
          try {
            const visit = knock(walks, doors[door]!, day, outcome, changed)
            if (voided) voidVisit(walks.context(), { id: visit.id, reason: '门牌看错' })
          } catch (error) {
            // Nobody can be in vain at an empty door.
            expect(error).toMatchObject({ code: 'INVALID' })
          }
          if (closed) {
            act(walks.context(), { action: 'enquiry.close', subject: 'enquiry' }, (db) =>
              write(
                db,
                "UPDATE enquiry SET state = 'closed', open = 0 WHERE id = (SELECT max(id) FROM enquiry)",
              ),
            )
          }
        }
        walks.clock.advance(days * 86_400)
        const today = localDay(walks.clock())
        const wanted = doors
          .map((id, nth) => ({ id, urgency: urgencyOf(walks, nth, id, today) }))
          .filter(({ urgency }) => urgency !== null)
          .toSorted((one, other) => sooner(one.urgency!, other.urgency!))
          .map(({ id }) => id)
        for (let limit = 1; limit <= doors.length; limit += 1) {
          const found = suggestDoors(walks.context(), { gridId: null, limit })
          expect(found.total).toBe(wanted.length)
          // Doors were added in the order of the legs.
          expect(found.doors.map(({ householdId }) => householdId)).toEqual(
            wanted.slice(0, limit).toSorted((one, other) => one - other),
          )
        }
      },
    ),
    { numRuns: 60 },
  )
})
