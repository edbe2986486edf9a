import type { coverageWhats } from '../../contract/visit-coverage.ts'
import type { Database } from '../../database/open.ts'
import { addDays } from '../../workbench/calendar.ts'
import { dueState, firstMet, inMonth, readCounted, type Period } from './coverage-period.ts'
import { knocksByVisitor, readAreas } from './coverage-visitors.ts'
import { dueDayOf, readDoors, type Door } from './doors.ts'
import { daysByDoor, type DoorDay } from './knocks.ts'

type What = (typeof coverageWhats)[number]

export type Asked = {
  what: What
  month: string
  gridId: number | 'none' | null
  visitorId: number | null
  keyGroup?: string | undefined
}

/** A door that a number counts, with the visit that makes it count. A door stands as often as the number counts it. */
export type Hit = { door: Door; visitId: number | null }
export type Found = { doors: Door[]; hits: Hit[] }

const byVisit: readonly What[] = ['month-met', 'month-meetings', 'month-in-vain', 'covered']
const asOfToday: readonly What[] = ['key-families', 'key-overdue', 'key-soon', 'follow-up', 'open-need']

/** Whether something lies in the grid asked for: all of them, or in none. */
const liesIn =
  (asked: Asked['gridId']) =>
  ({ gridId }: { gridId: number | null }) =>
    asked === null || gridId === (asked === 'none' ? null : asked)

/** Rows that visits make: of a grid as it was at the time, or of one visitor, whatever became of the family since. */
function hitsByVisit(db: Database, period: Period, { what, gridId, visitorId }: Asked): Found {
  const { doors, knocks, days } = readCounted(db, period)
  const own = visitorId === null ? days : daysByDoor(knocksByVisitor(db, period, knocks).get(visitorId) ?? [])
  const inGrid = liesIn(gridId)
  const hits = doors.flatMap((door): Hit[] => {
    const theirs = own.get(door.id) ?? []
    const hit = ({ visitId }: DoorDay): Hit => ({ door, visitId })
    if (what === 'covered') {
      const first = firstMet(theirs)
      // The present grid's families; one visitor's are all that they met.
      return first && inGrid(door) && (visitorId !== null || !door.away) ? [hit(first)] : []
    }
    const month = theirs.filter((day) => inMonth(period, day))
    if (what === 'month-met') {
      const last = month.findLast(({ met }) => met)
      return last && inGrid(last) ? [hit(last)] : []
    }
    if (what === 'month-meetings') return month.filter((day) => day.met && inGrid(day)).map(hit)
    const metOn = new Set((days.get(door.id) ?? []).flatMap(({ day, met }) => (met ? [day] : [])))
    return month.filter((day) => !metOn.has(day.day) && inGrid(day)).map(hit)
  })
  return { doors, hits }
}

/** Whether a door is one of these, as it is on the day asked for. */
function belongs(
  { what, keyGroup }: Asked,
  { today }: Period,
  coveredIds: ReadonlySet<number>,
): (door: Door) => boolean {
  const soon = addDays(today, 30)
  const due = (door: Door) => {
    const groups = door.keyGroups.filter(({ name }) => keyGroup === undefined || name === keyGroup)
    return door.away ? null : dueState(dueDayOf(door.lastMetDay, groups, today), today, soon)
  }
  switch (what) {
    case 'away':
      return ({ away }) => away !== null
    case 'not-covered':
      return ({ id, away }) => away === null && !coveredIds.has(id)
    case 'key-families':
      return ({ away, keyGroups }) => away === null && keyGroups.some(({ name }) => name === keyGroup)
    case 'key-overdue':
      return (door) => due(door) === 'overdue'
    case 'key-soon':
      return (door) => due(door) === 'soon'
    case 'follow-up':
      return ({ away, followUpDay }) => away === null && followUpDay !== null && followUpDay <= today
    default:
      return ({ openNeeds }) => openNeeds > 0
  }
}

/** Rows that doors make: of a grid as it is, or of the grids that a visitor answers for. */
function hitsByDoor(db: Database, period: Period, asked: Asked): Found {
  const { what, gridId, visitorId } = asked
  const counted = what === 'not-covered' ? readCounted(db, period) : null
  const coveredIds = new Set([...(counted?.days ?? [])].flatMap(([id, days]) => (firstMet(days) ? [id] : [])))
  const doors = counted?.doors ?? readDoors(db, asOfToday.includes(what) ? period.today : period.last)
  const own =
    visitorId === null ? null : new Set(readAreas(db, period.lastOfMonth).gridsByVisitor.get(visitorId) ?? [])
  const inGrid = liesIn(gridId)
  const wanted = belongs(asked, period, coveredIds)
  const hits = doors
    .filter(
      (door) =>
        inGrid(door) && (own === null || (door.gridId !== null && own.has(door.gridId))) && wanted(door),
    )
    .map((door) => ({ door, visitId: null }))
  return { doors, hits }
}

/** All doors in order, and those that a number counts, as often as it counts them. */
export const hitsOf = (db: Database, period: Period, asked: Asked): Found =>
  byVisit.includes(asked.what) ? hitsByVisit(db, period, asked) : hitsByDoor(db, period, asked)
