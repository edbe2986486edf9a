import type { Database } from '../../database/open.ts'
import { invalid } from '../../workbench/errors.ts'
import { localDay } from '../../workbench/calendar.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readDoors, type Door } from './doors.ts'
import { daysByDoor, readKnocks, type DoorDay, type Knock } from './knocks.ts'

/** The days that a month's coverage looks at. */
export type Period = {
  month: string
  today: string
  /** First day of the month's year. */
  newYear: string
  /** The last day counted: today, or the end of a past year. */
  last: string
  /** The last day of the month that is over or is today: whose posts set the goal. */
  lastOfMonth: string
}

/** INVALID `month` `future`. */
export function periodOf(context: Context, month: string): Period {
  const today = localDay(context.desk.clock())
  if (month > today.slice(0, 7)) invalid('month', 'future')
  const year = month.slice(0, 4)
  const earlier = (day: string) => (day < today ? day : today)
  return {
    month,
    today,
    newYear: `${year}-01-01`,
    last: earlier(`${year}-12-31`),
    // No day of a month is later than its 31st, even where it has none.
    lastOfMonth: earlier(`${month}-31`),
  }
}

export const inMonth = ({ month }: Period, { day }: { day: string }) => day.startsWith(month)

/** What is counted: doors as they are on the last day, and the year's knocks up to it. */
export type Counted = { doors: Door[]; knocks: Knock[]; days: Map<number, DoorDay[]> }

export function readCounted(db: Database, { newYear, last }: Period): Counted {
  const knocks = readKnocks(db, newYear, last)
  return { doors: readDoors(db, last), knocks, days: daysByDoor(knocks) }
}

/** When the family of a door was met first, of the days given; undefined when it was not. */
export const firstMet = (days: readonly DoorDay[] | undefined) => days?.find(({ met }) => met)

/** A family of the key group is due: its interval is over, `soon` within thirty days. Null: neither. */
export function dueState(dueDay: string | null, today: string, inThirtyDays: string) {
  if (dueDay === null || dueDay > inThirtyDays) return null
  return dueDay <= today ? 'overdue' : 'soon'
}
