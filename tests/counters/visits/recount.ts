import type { Coverage } from '../../../electron/contract/visit-coverage.ts'
import { rows } from '../../../electron/database/open.ts'
import type { TestDesk } from '../../fixture.ts'

type Visit = {
  id: number
  household_id: number
  grid_id: number | null
  day: string
  outcome: string
  voided: number
}
type Door = { id: number; grid_id: number | null; merged_into: number | null }
type Away = { household_id: number; from_day: string; until_day: string | null }

/** Everything that is counted, row by row as it lies in the file. */
function readAll({ db }: TestDesk) {
  return {
    visits: rows<Visit>(db, 'SELECT * FROM visit ORDER BY day, id').filter(({ voided }) => voided === 0),
    doors: rows<Door>(db, 'SELECT * FROM household').filter(({ merged_into }) => merged_into === null),
    aways: rows<Away>(db, 'SELECT * FROM household_away'),
    went: rows<{ visit_id: number; visitor_id: number }>(db, 'SELECT * FROM visit_visitor'),
    posts: rows<{ visitor_id: number; grid_id: number; from_day: string; to_day: string | null }>(
      db,
      "SELECT * FROM grid_post WHERE kind = 'area'",
    ),
  }
}

const different = (list: readonly (number | string)[]) => new Set(list).size
const doorDay = ({ household_id, day }: Visit) => `${household_id} ${day}`

type Recounted = Omit<Coverage['byGrid'][number], 'gridId' | 'grid' | 'visitors'>

/**
 * A month and its year, counted again the slow way: visit by visit and door by door. `gridId` undefined: the whole
 * community.
 */
export function recount(test: TestDesk, month: string, today: string, gridId?: number | null): Recounted {
  const { visits, doors, aways, posts } = readAll(test)
  const year = month.slice(0, 4)
  const last = year < today.slice(0, 4) ? `${year}-12-31` : today
  const isAway = ({ id }: Door) =>
    aways.some(
      ({ household_id, from_day, until_day }) =>
        household_id === id && from_day <= last && !(until_day !== null && until_day <= last),
    )
  const here = doors.filter(({ grid_id }) => gridId === undefined || grid_id === gridId)
  const toBeSeen = here.filter((door) => !isAway(door))
  const ofYear = visits.filter(({ day }) => day.startsWith(year) && day <= last)
  const met = ofYear.filter(({ outcome }) => outcome === 'met')
  const metIn = (those: string, door: Door) =>
    met.some(({ household_id, day }) => household_id === door.id && day.startsWith(those))
  const metBefore = (door: Door) =>
    met.some(({ household_id, day }) => household_id === door.id && day < `${month}-01`)
  const ofMonth = ofYear.filter(({ day }) => day.startsWith(month))
  const metOfMonth = ofMonth.filter(({ outcome }) => outcome === 'met')
  // Once a door and day: the last visit of the day says which grid did it, of a month the last meeting.
  const lastOf = (list: Visit[], key: (visit: Visit) => string | number) => [
    ...new Map(list.map((visit) => [key(visit), visit])).values(),
  ]
  const inGrid = (list: Visit[]) => list.filter(({ grid_id }) => gridId === undefined || grid_id === gridId)
  const metDays = new Set(metOfMonth.map(doorDay))
  const inVain = ofMonth.filter((visit) => !metDays.has(doorDay(visit)))
  const monthEnd = today.startsWith(month) ? today : `${month}-31`
  const goals = posts.filter(
    ({ grid_id, from_day, to_day }) =>
      (gridId === undefined || grid_id === gridId) &&
      from_day <= monthEnd &&
      (to_day === null || to_day >= monthEnd),
  )
  const covered = toBeSeen.filter((door) => metIn(year, door)).length
  const left = toBeSeen.filter((door) => !metBefore(door)).length
  const monthGoal = 25 * different(goals.map(({ visitor_id, grid_id }) => `${visitor_id} ${grid_id}`))
  return {
    households: toBeSeen.length,
    away: here.length - toBeSeen.length,
    monthMet: inGrid(lastOf(metOfMonth, ({ household_id }) => household_id)).length,
    monthMeetings: inGrid(lastOf(metOfMonth, doorDay)).length,
    monthInVain: inGrid(lastOf(inVain, doorDay)).length,
    monthGoal,
    covered,
    needed: covered === toBeSeen.length ? 0 : Math.ceil(left / (13 - Number(month.slice(5, 7)))),
    reachedByGoal:
      gridId === undefined
        ? [...new Set(doors.map(({ grid_id }) => grid_id))]
            .map((grid) => recount(test, month, today, grid).reachedByGoal)
            .reduce((sum, reached) => sum + reached, 0)
        : Math.min(toBeSeen.length, 12 * monthGoal),
  }
}

/** What one visitor did in a month and its year, counted the slow way. */
export function recountVisitor(test: TestDesk, month: string, today: string, visitorId: number) {
  const { visits, went } = readAll(test)
  const year = month.slice(0, 4)
  const own = visits.filter(
    ({ id, day }) =>
      day.startsWith(year) &&
      day <= today &&
      went.some(({ visit_id, visitor_id }) => visit_id === id && visitor_id === visitorId),
  )
  const metBy = (list: Visit[]) => list.filter(({ outcome }) => outcome === 'met')
  const ofMonth = own.filter(({ day }) => day.startsWith(month))
  const metByAnybody = new Set(metBy(visits).map(doorDay))
  return {
    monthMet: different(metBy(ofMonth).map(({ household_id }) => household_id)),
    monthMeetings: different(metBy(ofMonth).map(doorDay)),
    monthInVain: different(ofMonth.map(doorDay).filter((key) => !metByAnybody.has(key))),
    yearMet: different(metBy(own).map(({ household_id }) => household_id)),
  }
}
