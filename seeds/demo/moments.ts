import { addDays, isWorkingDay } from '../../electron/workbench/calendar.ts'

/** The `count`th working day before a day; 0 = the day itself, worked or not. */
export function workingDayBefore(today: string, count: number): string {
  let day = today
  for (let left = count; left > 0;) {
    day = addDays(day, -1)
    if (isWorkingDay(day)) left -= 1
  }
  return day
}

/** A local time of a day. Eight o'clock in the morning in Shanghai is midnight of UTC. */
export const at = (day: string, hour: number, minute: number, second = 0) =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + ((hour - 8) * 60 + minute) * 60_000 + second * 1000)
