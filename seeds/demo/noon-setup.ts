import { saveGroup } from '../../electron/counters/noon-class/groups.ts'
import { saveStaffCheck } from '../../electron/counters/noon-class/staff-checks.ts'
import { saveTerm } from '../../electron/counters/noon-class/terms.ts'
import { addDays, addWorkingDays } from '../../electron/workbench/calendar.ts'
import type { Context } from '../../electron/workbench/workbench.ts'

/** Who works at the demo's noons. */
export type Staff = { manager: Context; clerk: Context; teacher: Context; assistant: Context }
export type DemoGroup = { id: number; teacher: Context }

/** Seasons of the school year: the class goes on in the holidays. Each from a day of the year on. */
const seasons = [
  { from: '01-26', name: '寒假班' },
  { from: '02-16', name: '春季学期' },
  { from: '07-11', name: '暑期班' },
  { from: '09-01', name: '秋季学期' },
]

/** The season that holds today, stretched so that the demo's weeks lie within it. */
function termAround(today: string, firstNoon: string) {
  const [year, date] = [today.slice(0, 4), today.slice(5)]
  const index = seasons.findLastIndex(({ from }) => from <= date)
  // January still belongs to last year's autumn.
  const began = index < 0 ? String(Number(year) - 1) : year
  const season = seasons.at(index)!
  const next = seasons[index + 1]
  const starts = `${began}-${season.from}`
  const ends = addDays(next ? `${year}-${next.from}` : `${Number(began) + 1}-${seasons[0]!.from}`, -1)
  const [earliest, latest] = [addDays(firstNoon, -7), addDays(today, 28)]
  return {
    name: `${began}年${season.name}`,
    firstDay: starts < earliest ? starts : earliest,
    lastDay: ends > latest ? ends : latest,
    daysOff: [{ day: addWorkingDays(today, 7), reason: '学校运动会' }],
  }
}

/** Three rooms, the youngest in the first. */
const groups = [
  { name: '第一组', room: '阳光教室', programmes: ['午休', '学习', '阳光课堂'], arriveBy: '12:10' },
  { name: '第二组', room: '青苗教室', programmes: ['午休', '学习', '青苗学堂'], arriveBy: '12:10' },
  { name: '第三组', room: '候鸟亭', programmes: ['学习', '运动', '思想教育', '候鸟亭'], arriveBy: '12:15' },
] as const
const leaveBy = '14:00'

/** The running term with its groups, and when the crime records of its staff were looked at (one of them is due). */
export function setUpTerm(staff: Staff, today: string, firstNoon: string): DemoGroup[] {
  const { manager, clerk, teacher, assistant } = staff
  const term = saveTerm(manager, { id: null, version: null, ...termAround(today, firstNoon) })
  const receive = [
    [teacher, assistant],
    [teacher, clerk],
    [assistant, clerk],
  ] as const
  for (const [who, daysAgo] of [
    [manager, 200],
    [clerk, 130],
    [teacher, 75],
    [assistant, 371],
  ] as const) {
    saveStaffCheck(manager, { operatorId: who.operator!.id, checkedDay: addDays(today, -daysAgo) })
  }
  return groups.map(({ programmes, ...group }, nth) => {
    const teachers = receive[nth]!
    const { id } = saveGroup(manager, {
      id: null,
      version: null,
      termId: term.id,
      ...group,
      programmes: [...programmes],
      capacity: 24,
      ratio: 15,
      leaveBy,
      teacherIds: teachers.map(({ operator }) => operator!.id),
    })
    return { id, teacher: teachers[0] }
  })
}
