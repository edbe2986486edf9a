import { tidyTime } from '../../settings/times.ts'

const pad = (part: number) => String(part).padStart(2, '0')
/** Minutes since midnight as `08:30`. */
export const clockOf = (minutes: number): string => `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
/** Minutes since midnight of a clock. */
export const minutesAt = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** A time of one day as it is kept, `00:00` to `24:00`. */
export const isClock = (text: string): boolean => /^\d\d:[0-5]\d$/.test(text) && text <= '24:00'

/** A time as hands type it: 9, 930, 9点半 -> 09:30; 24, 2400 -> 24:00; what is none stays as typed. */
export function tidyClock(typed: string): string {
  const text = typed.normalize('NFKC').trim()
  return /^24(:?00|点)?$/.test(text) ? '24:00' : tidyTime(typed)
}

/** What cannot be kept of a typed time, as a problem's word; null for a good one. */
export function clockProblem(typed: string): 'required' | 'more-than-a-day' | 'time-of-day' | null {
  if (!typed.trim()) return 'required'
  const text = tidyClock(typed).normalize('NFKC')
  if (isClock(text)) return null
  return /^(2[4-9]|[3-9]\d)[:.点]?[0-5]\d/.test(text.trim()) ? 'more-than-a-day' : 'time-of-day'
}

/** The same as the desk says of two good times: an end on the next morning is another day's. */
export function spanProblem(starts: string, ends: string): 'before-start' | 'across-midnight' | null {
  const span = minutesAt(ends) - minutesAt(starts)
  if (span > 0) return null
  return span < 0 && span + 24 * 60 <= 12 * 60 ? 'across-midnight' : 'before-start'
}

/** Minutes written after a sign or a word: +20, 迟20, 迟到20分, -30, 早退30. */
const minutesTyped = (text: string, signs: RegExp): number | null => {
  const match = /^(\D*?)(\d{1,3})\s*(分钟?)?$/.exec(text)
  return match && signs.test(match[1]!.trim()) ? Number(match[2]) : null
}

/** When somebody came: a time, or how many minutes after the start (+20, 迟20). */
export function readArrived(typed: string, starts: string): string {
  const late = minutesTyped(typed.normalize('NFKC').trim(), /^(\+|迟到?)$/)
  return late === null ? tidyClock(typed) : clockOf(Math.min(minutesAt(starts) + late, 24 * 60))
}

/** When somebody left: a time, or how many minutes before the end (-30, 早30, 早退30). */
export function readLeft(typed: string, ends: string): string {
  const early = minutesTyped(typed.normalize('NFKC').trim(), /^([-−–—]|早退?)$/)
  return early === null ? tidyClock(typed) : clockOf(Math.max(minutesAt(ends) - early, 0))
}
