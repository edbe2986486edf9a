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

/** Whole years of age on a day. */
export function ageOn(birth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4))
  return day.slice(5) < birth.slice(5) ? years - 1 : years
}
