const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/

/** Whether it is a time as it is kept: `08:30`. */
export const isTime = (text: string): boolean => timeOfDay.test(text)

/** A time as hands type it, as it is kept: 8:30, 830, 8：30, 8点半 -> 08:30; what is none stays as typed. */
export function tidyTime(typed: string): string {
  const text = typed.normalize('NFKC').trim().replace('半', '30')
  const parts = /^(\d{1,2})(?:[:.点时]\s*(\d{2})?分?|(\d{2}))?$/.exec(text)
  if (!parts) return typed
  const time = `${parts[1]!.padStart(2, '0')}:${parts[2] ?? parts[3] ?? '00'}`
  return isTime(time) ? time : typed
}

/** Minutes of a working day; null while a time is missing or one ends before it begins. */
export function minutesOfDay(hours: readonly { from: string; to: string }[]): number | null {
  const minutesAt = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
  let total = 0
  for (const { from, to } of hours) {
    if (!isTime(from) || !isTime(to) || from >= to) return null
    total += minutesAt(to) - minutesAt(from)
  }
  return total
}
