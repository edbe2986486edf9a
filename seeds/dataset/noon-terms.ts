import { addDays, isWorkingDay } from '../../electron/workbench/calendar.ts'

export type Term = {
  name: string
  firstDay: string
  lastDay: string
  daysOff: { day: string; reason: string }[]
}

/** The first working day from `day` on. */
function workingDayFrom(day: string): string {
  let found = day
  while (!isWorkingDay(found)) found = addDays(found, 1)
  return found
}

/** Autumn from September to the winter holidays, spring from after them to July: 190 school days a year (domain 4). */
function termsOf(year: number): Term[] {
  const days = (month: string, reason: string) => ({ day: workingDayFrom(`${year}-${month}`), reason })
  return [
    {
      name: `${year}年春季学期`,
      firstDay: `${year}-02-17`,
      lastDay: `${year}-07-05`,
      daysOff: [days('03-20', '春季研学'), days('05-13', '校运动会')],
    },
    {
      name: `${year}年秋季学期`,
      firstDay: `${year}-09-01`,
      lastDay: `${year + 1}-01-23`,
      daysOff: [days('10-21', '秋季研学'), days('11-12', '家长会')],
    },
  ]
}

/** The terms that touch the days from one to another, in order. */
export function termsBetween(from: string, to: string): Term[] {
  const found: Term[] = []
  for (let year = Number(from.slice(0, 4)) - 1; year <= Number(to.slice(0, 4)); year += 1) {
    found.push(...termsOf(year).filter(({ firstDay, lastDay }) => lastDay >= from && firstDay <= to))
  }
  return found
}

/** The year in which a child's school year began on a day: from September. */
const schoolYear = (day: string) => Number(day.slice(0, 4)) - (day.slice(5, 7) < '09' ? 1 : 0)

/** The grade on a day of a child born then: six on the first of September begins the first one. Below 1, above 6: none. */
export function gradeOn(birth: string, day: string): number {
  const age = schoolYear(day) - Number(birth.slice(0, 4))
  return age - (birth.slice(5) > '09-01' ? 1 : 0) - 5
}

export const gradeNames = ['', '一', '二', '三', '四', '五', '六'] as const
