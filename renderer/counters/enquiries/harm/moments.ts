import { dayOf, timeWords } from '../../../components/formats.ts'

/** An instant as a native date-and-time field of the desk's calendar holds it, to the minute: `2026-11-23T09:41`. */
export function fieldOf(instant: Date): string {
  return `${dayOf(instant)}T${timeWords(instant)}`
}

/** What stands in such a field as an instant in UTC; null while it is no whole moment. */
export function instantOf(field: string): string | null {
  const whole = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(field)
  // Shanghai has been UTC+8 without summer time since 1991.
  const moment = new Date(`${field}:00.000+08:00`)
  return whole && !Number.isNaN(moment.getTime()) && fieldOf(moment) === field ? moment.toISOString() : null
}
