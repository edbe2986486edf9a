import type { WritableDatabase } from '../../electron/database/open.ts'
import { addDays, addWorkingDays, isWorkingDay, localDay } from '../../electron/workbench/calendar.ts'
import type { Random } from './random.ts'

/** One more thing that happened: its moment, and what it writes. */
export type Happening = { at: string; write: (db: WritableDatabase, at: string) => void }

const hour = 3_600_000
const morning = 8.5 * hour
const noon = 12 * hour
const evening = 17.5 * hour

/** A UTC instant from a local day of Shanghai and milliseconds since its midnight. */
export function instantOf(day: string, milliseconds: number): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) - 8 * hour + milliseconds).toISOString()
}

/** A moment of the counter's day: two thirds before noon, none in the lunch hour. */
export function momentOf(random: Random): number {
  const [from, to] = random.chance(0.62) ? [morning, noon] : [noon + 2 * hour, evening]
  return Math.floor(from + random.next() * (to - from))
}

/** The working days from one day to another, both included. */
export function workingDays(from: string, to: string): string[] {
  const found: string[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) if (isWorkingDay(day)) found.push(day)
  return found
}

/** What is to happen on which day. While a day is written, more may be planned for the rest of it. */
export function openSchedule(random: Random) {
  const days = new Map<string, Happening[]>()
  let running: { day: string; list: Happening[]; done: number } | null = null

  function plan(happening: Happening): void {
    const day = localDay(new Date(happening.at))
    if (running?.day === day) {
      const { list, done } = running
      let place = list.length
      while (place > done && list[place - 1]!.at > happening.at) place -= 1
      list.splice(place, 0, happening)
      return
    }
    const list = days.get(day)
    if (list) list.push(happening)
    else days.set(day, [happening])
  }

  return {
    plan,

    /** Plans what follows on `at`: so many working days later, or within the next two hours for 0. */
    then(at: string, workingDaysLater: number, write: Happening['write']): void {
      const day = localDay(new Date(at))
      if (workingDaysLater > 0) {
        plan({ at: instantOf(addWorkingDays(day, workingDaysLater), momentOf(random)), write })
        return
      }
      const soon = Date.parse(at) + random.int(4 * 60, 110 * 60) * 1000
      const last = instantOf(day, evening)
      const within = new Date(soon).toISOString()
      plan({ at: within < last ? within : instantOf(addWorkingDays(day, 1), momentOf(random)), write })
    },

    /** Writes a day in order of time: what was planned for it and `others`; part of the running transaction. */
    writeDay(db: WritableDatabase, day: string, others: Happening[]): void {
      const list = [...(days.get(day) ?? []), ...others]
      days.delete(day)
      list.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
      running = { day, list, done: 0 }
      while (running.done < list.length) {
        const { at, write } = list[running.done]!
        running.done += 1
        write(db, at)
      }
      running = null
    },
  }
}
export type Schedule = ReturnType<typeof openSchedule>
