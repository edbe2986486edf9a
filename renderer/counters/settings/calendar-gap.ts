import { dayOf } from '../../components/formats.ts'

/**
 * The year whose holidays the program does not know and that matters by now: this year, or from October on the next
 * one (the State Council arranges it in autumn). Null while there is nothing to say.
 */
export function calendarGap(through: number, now: Date): number | null {
  const day = dayOf(now)
  const year = Number(day.slice(0, 4))
  if (through < year) return year
  return through === year && day.slice(5) >= '10-01' ? year + 1 : null
}
