import type { Outcome } from '../../electron/contract/visit-rounds.ts'
import { planRound } from '../../electron/counters/visits/rounds.ts'
import { addVisit, type NewVisit } from '../../electron/counters/visits/visits.ts'
import { rows } from '../../electron/database/open.ts'
import { addDays, isWorkingDay } from '../../electron/workbench/calendar.ts'
import type { Context } from '../../electron/workbench/workbench.ts'
import type { Random } from '../dataset/random.ts'
import { at, workingDayBefore } from './moments.ts'
import type { DemoGrid } from './visit-setup.ts'
import { inVain, situations } from './visit-words.ts'

export type Step = { at: Date; happen: () => void }
type Source = { clerk: Context; random: Random; today: string; grids: DemoGrid[] }

/** Since then the desk has the program; what was visited before stands in the paper book and was typed in. */
const programDays = 60
const daysBack = 362
/** Every third door of a grid was not visited this year. */
const leftOut = (nth: number) => nth % 3 === 2

/** Who may be met at a door: those who live there. */
export const livingAt = (context: Context, householdId: number): number[] =>
  rows<{ id: number }>(
    context.desk.db,
    'SELECT id FROM person WHERE household_id = ? AND departure IS NULL AND merged_into IS NULL ORDER BY id',
    householdId,
  ).map(({ id }) => id)

/** A visit with nothing said, to be filled in. */
export const blank = (random: Random, householdId: number, day: string, visitorIds: number[]): NewVisit => ({
  ...{
    ticket: random.uuid(),
    householdId,
    day,
    time: null,
    outcome: 'met',
    visitorIds,
    metIds: [],
    metOthers: '',
  },
  ...{ themes: [], note: '', followUpDay: null, roundId: null, needs: [], photoIds: [] },
  // Whatever else happened at this door on that day.
  again: true,
})

/** Rounds and single visits of the last year, door after door; the last two months by the program itself. */
export function planYear({ clerk, random, today, grids }: Source): Step[] {
  const steps: Step[] = []

  function knock(householdId: number, day: string, minute: number, visitorIds: number[]): NewVisit {
    const people = livingAt(clerk, householdId)
    const outcome: Outcome =
      people.length === 0 ? 'nobody' : (['met', 'nobody', 'refused'] as const)[random.weighted([73, 22, 5])]!
    const time = `${String(9 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
    const visit = { ...blank(random, householdId, day, visitorIds), time, outcome }
    return outcome === 'met'
      ? { ...visit, metIds: people.slice(0, 1), themes: random.pick(situations) }
      : { ...visit, note: random.pick(inVain[outcome]) }
  }

  /** The paper book: two doors a month in each grid, the year's first months with those left out since. */
  const paper: { day: string; householdId: number; visitorIds: number[] }[] = []
  for (const { doors, worker, helper } of grids) {
    let next = 0
    for (
      let day = addDays(today, -daysBack + random.int(0, 9));
      day < addDays(today, -programDays);
      day = addDays(day, 26)
    ) {
      let onDay = day
      while (!isWorkingDay(onDay)) onDay = addDays(onDay, 1)
      const lastYear = onDay.slice(0, 4) < today.slice(0, 4)
      const open = doors.filter((_, nth) => lastYear || !leftOut(nth))
      for (let nth = 0; nth < 2; nth += 1) {
        const visitorIds = random.chance(0.5) ? [worker, helper] : [worker]
        paper.push({ day: onDay, householdId: open[next % open.length]!, visitorIds })
        next += 1
      }
    }
  }
  paper.sort((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : 0))
  const typedFrom = at(addDays(today, -programDays + 1), 14, 30).getTime()
  paper.forEach(({ day, householdId, visitorIds }, nth) => {
    steps.push({
      at: new Date(typedFrom + nth * 70_000),
      happen: () => addVisit(clerk, knock(householdId, day, random.int(0, 380), visitorIds)),
    })
  })

  /** Three rounds of each grid: planned in the morning, entered in the afternoon, the last of one grid two days later. */
  grids.forEach(({ id: gridId, doors, worker, helper }, which) => {
    const open = doors.filter((_, nth) => !leftOut(nth))
    ;[34, 22, 10].forEach((ago, turn) => {
      const day = workingDayBefore(today, ago - which)
      const visitorIds = [worker, helper]
      const householdIds = Array.from({ length: 3 }, (_, nth) => open[(turn * 3 + nth) % open.length]!)
      let roundId = 0
      steps.push({
        at: at(day, 8, 35 + which),
        happen: () => {
          roundId = planRound(clerk, { ticket: random.uuid(), day, gridId, visitorIds, householdIds }).id
        },
      })
      const late = which === 3 && turn === 2
      const entered = late ? workingDayBefore(today, ago - which - 2) : day
      householdIds.forEach((householdId, nth) => {
        steps.push({
          at: at(entered, 16, 30 + nth * 2),
          happen: () => addVisit(clerk, { ...knock(householdId, day, 20 + nth * 25, visitorIds), roundId }),
        })
      })
    })
  })
  return steps
}
