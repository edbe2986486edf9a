import { isTime, tidyTime } from '../../settings/times.ts'

/** A local day and a time as hands type it (9:41, 0941, 9点41) as an instant in UTC; null while it is no moment. */
export function instantOf(day: string | null, typed: string): string | null {
  const time = tidyTime(typed)
  // Shanghai has been UTC+8 without summer time since 1991.
  return day && isTime(time) ? new Date(`${day}T${time}:00.000+08:00`).toISOString() : null
}
