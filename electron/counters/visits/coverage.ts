import type { Coverage } from '../../contract/visit-coverage.ts'
import { readTogether, rows, type Database } from '../../database/open.ts'
import { addDays } from '../../workbench/calendar.ts'
import type { Context } from '../../workbench/workbench.ts'
import {
  dueState,
  firstMet,
  inMonth,
  periodOf,
  readCounted,
  type Counted,
  type Period,
} from './coverage-period.ts'
import { countByVisitor, readAreas, type Areas } from './coverage-visitors.ts'
import { dueDayOf, readDoors, type Door } from './doors.ts'
import { readVisitRules } from './rules.ts'

type Numbers = Coverage['all']

/** Sums over doors and their days, before goal and pace. */
type Tally = Pick<
  Numbers,
  'households' | 'away' | 'monthMet' | 'monthMeetings' | 'monthInVain' | 'covered'
> & {
  /** Of the covered: met in an earlier month of the year already. */
  before: number
}

const nothing: Tally = {
  households: 0,
  away: 0,
  monthMet: 0,
  monthMeetings: 0,
  monthInVain: 0,
  covered: 0,
  before: 0,
}

function sum(tallies: Iterable<Tally>): Tally {
  const total = { ...nothing }
  for (const tally of tallies) {
    for (const what of Object.keys(nothing) as (keyof Tally)[]) total[what] += tally[what]
  }
  return total
}

/**
 * Tallies by grid, each family in one of them, so that they add up: households and covered by the present grid, what was
 * done by the grid at the time, a family met twice in a month where it was met last.
 */
function tallyByGrid(period: Period, { doors, days }: Counted): Map<number | null, Tally> {
  const tallies = new Map<number | null, Tally>()
  const at = (gridId: number | null): Tally => {
    let found = tallies.get(gridId)
    if (!found) tallies.set(gridId, (found = { ...nothing }))
    return found
  }
  for (const door of doors) {
    const known = days.get(door.id) ?? []
    if (door.away) at(door.gridId).away += 1
    else {
      const here = at(door.gridId)
      const first = firstMet(known)
      here.households += 1
      if (first) here.covered += 1
      if (first && first.day < `${period.month}-01`) here.before += 1
    }
    const month = known.filter((day) => inMonth(period, day))
    for (const day of month) at(day.gridId)[day.met ? 'monthMeetings' : 'monthInVain'] += 1
    const last = month.findLast(({ met }) => met)
    if (last) at(last.gridId).monthMet += 1
  }
  return tallies
}

/** With the goal of the month, and the pace from this month on that covers every family by December. */
function numbersOf({ before, ...tally }: Tally, monthGoal: number, month: string): Numbers {
  const { households, covered } = tally
  const monthsLeft = 13 - Number(month.slice(5))
  return {
    ...tally,
    monthGoal,
    needed: covered >= households ? 0 : Math.ceil((households - before) / monthsLeft),
    reachedByGoal: Math.min(households, 12 * monthGoal),
  }
}

/** Grids by id, then the doors that belong to none, where there are any. */
function byGrid(
  db: Database,
  period: Period,
  tallies: Map<number | null, Tally>,
  { visitorsByGrid }: Areas,
  goal: number,
): Coverage['byGrid'] {
  const grids = rows<{ id: number; name: string }>(db, 'SELECT id, name FROM grid ORDER BY id')
  const lines: Coverage['byGrid'] = grids.map(({ id, name }) => {
    const visitors = visitorsByGrid.get(id) ?? []
    return {
      gridId: id,
      grid: name,
      visitors,
      ...numbersOf(tallies.get(id) ?? nothing, goal * visitors.length, period.month),
    }
  })
  const without = tallies.get(null)
  if (without) {
    lines.push({ gridId: null, grid: '', visitors: [], ...numbersOf(without, 0, period.month) })
  }
  return lines
}

function byMonth({ newYear }: Period, { doors, days }: Counted): Coverage['byMonth'] {
  const year = newYear.slice(0, 4)
  const months = Array.from({ length: 12 }, (_, index) => ({
    month: `${year}-${String(index + 1).padStart(2, '0')}`,
    newlyCovered: 0,
    met: 0,
  }))
  const of = (day: string) => months[Number(day.slice(5, 7)) - 1]!
  for (const door of doors) {
    const known = days.get(door.id)
    const first = firstMet(known)
    if (first && !door.away) of(first.day).newlyCovered += 1
    for (const { day, met } of known ?? []) if (met) of(day).met += 1
  }
  return months
}

/** Families of key groups as they are due today, each group by its own interval; the vacant and moved are left out. */
function keyGroups(db: Database, doors: readonly Door[], today: string): Coverage['keyGroups'] {
  const soon = addDays(today, 30)
  const counted = readVisitRules(db).intervals.map(({ keyGroup, days }) => ({
    keyGroup,
    days,
    families: 0,
    overdue: 0,
    soon: 0,
  }))
  const groups = new Map(counted.map((group) => [group.keyGroup, group]))
  for (const { away, keyGroups, lastMetDay } of doors) {
    if (away) continue
    for (const group of keyGroups) {
      const count = groups.get(group.name)
      if (!count) continue
      count.families += 1
      const state = dueState(dueDayOf(lastMetDay, [group], today), today, soon)
      if (state) count[state] += 1
    }
  }
  return counted
}

/** A month and its year, in numbers; INVALID `month` `future`. */
export function readCoverage(context: Context, month: string): Coverage {
  const { db } = context.desk
  const period = periodOf(context, month)
  const { today } = period
  return readTogether(db, () => {
    const counted = readCounted(db, period)
    const areas = readAreas(db, period.lastOfMonth)
    const { monthGoal: goal } = readVisitRules(db)
    const tallies = tallyByGrid(period, counted)
    const grids = byGrid(db, period, tallies, areas, goal)
    const sumOf = (what: 'monthGoal' | 'reachedByGoal') =>
      grids.reduce((total, grid) => total + grid[what], 0)
    const now = period.last === today ? counted.doors : readDoors(db, today)
    return {
      month,
      today,
      all: {
        ...numbersOf(sum(tallies.values()), sumOf('monthGoal'), month),
        // Who has a small grid does not walk on in a large one.
        reachedByGoal: sumOf('reachedByGoal'),
      },
      byGrid: grids,
      byVisitor: countByVisitor(db, period, counted, areas, goal),
      byMonth: byMonth(period, counted),
      keyGroups: keyGroups(db, now, today),
    }
  })
}
