import chineseDays from 'chinese-days'

/** The community's days are those of Shanghai time, whatever the machine is set to (design 4). */
const zone = 'Asia/Shanghai'
const days = new Intl.DateTimeFormat('en-CA', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** The local day of an instant: `2026-11-23`. */
export function localDay(instant: Date): string {
  return days.format(instant)
}

export function addDays(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00.000Z`)
  date.setUTCDate(date.getUTCDate() + count)
  return date.toISOString().slice(0, 10)
}

// The library parses and formats dates on every question; a limit of ten days asks for fifteen of them.
const known = new Map<string, boolean>()

/** Works that day, by the State Council's calendar with 调休; years not published yet: plain weekdays. */
export function isWorkingDay(day: string): boolean {
  let works = known.get(day)
  if (works === undefined) {
    works = chineseDays.getDayDetail(day).work
    known.set(day, works)
  }
  return works
}

/** The `count`th working day after `day` (the day itself does not count: 受理次日起算). */
export function addWorkingDays(day: string, count: number): string {
  let reached = day
  for (let left = count; left > 0;) {
    reached = addDays(reached, 1)
    if (isWorkingDay(reached)) left -= 1
  }
  return reached
}

/** Working days from `today` to `due`: 0 = due today, negative = that many working days late. */
export function workingDaysLeft(today: string, due: string): number {
  if (today === due) return 0
  const [from, to, sign] = today < due ? [today, due, 1] : [due, today, -1]
  let count = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day)) count += 1
  return sign * Math.max(count, sign === -1 ? 1 : 0)
}

/** Working days after `from`, up to and including `to`; 0 when `to` is not later. */
export function workingDaysBetween(from: string, to: string): number {
  let count = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day)) count += 1
  return count
}

/** The last instant of a local day, in UTC: `2026-11-23` -> `2026-11-23T15:59:59.999Z`. */
export function endOfDay(day: string): string {
  return `${day}T15:59:59.999Z`
}

/** When the desk is open on a working day, in order, at least one span: from 08:30 to 12:00, from 13:30 to 17:30. */
export type WorkHours = readonly { from: string; to: string }[]

const minute = 60_000

/** A local time of a day as milliseconds since 1970. Shanghai has been UTC+8 without summer time since 1991. */
export function momentOf(day: string, time: string): number {
  return Date.parse(`${day}T${time}:00.000+08:00`)
}

/**
 * The moment when the desk has worked for `minutes` since `at`. Outside the hours the clock starts at the next opening;
 * a limit that is used up at closing time ends there, not at the next opening.
 */
export function addWorkingMinutes(at: Date, minutes: number, hours: WorkHours): Date {
  if (hours.length === 0) throw new RangeError('a desk without working hours never gets there')
  let left = minutes * minute
  for (let day = localDay(at); ; day = addDays(day, 1)) {
    if (!isWorkingDay(day)) continue
    for (const { from, to } of hours) {
      const start = Math.max(momentOf(day, from), at.getTime())
      const open = momentOf(day, to) - start
      if (open <= 0) continue
      if (left <= open) return new Date(start + left)
      left -= open
    }
  }
}

/** Minutes the desk works on a working day. */
export function workingMinutesADay(hours: WorkHours): number {
  const day = '1970-01-01'
  return hours.reduce((sum, { from, to }) => sum + (momentOf(day, to) - momentOf(day, from)) / minute, 0)
}

/** Whole minutes the desk has worked between two moments; 0 when `to` is not later. */
export function workingMinutesBetween(from: Date, to: Date, hours: WorkHours): number {
  let worked = 0
  const last = localDay(to)
  for (let day = localDay(from); day <= last; day = addDays(day, 1)) {
    if (!isWorkingDay(day)) continue
    for (const span of hours) {
      const start = Math.max(momentOf(day, span.from), from.getTime())
      worked += Math.max(0, Math.min(momentOf(day, span.to), to.getTime()) - start)
    }
  }
  return Math.floor(worked / minute)
}

let knownThrough: number | undefined

/** The last year whose holidays and 调休 are known (they come out each autumn); later years are plain weekdays. */
export function calendarKnownThrough(): number {
  if (knownThrough === undefined) {
    knownThrough = 2004
    // 国庆 falls in every year that the library knows.
    while (chineseDays.getDayDetail(`${knownThrough + 1}-10-01`).name.includes('国庆')) knownThrough += 1
  }
  return knownThrough
}

/** Whole years of age on a day. */
export function ageOn(birth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4))
  return day.slice(5) < birth.slice(5) ? years - 1 : years
}
