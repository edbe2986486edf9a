import type { PatrolMonth } from '../../contract/patrols.ts'
import { rows } from '../../database/open.ts'
import { addDays, isWorkingDay, localDay } from '../../workbench/calendar.ts'
import type { Context } from '../../workbench/workbench.ts'
import { listCompanies } from './companies.ts'

type Cell = PatrolMonth['rows'][number]['cells'][number]

/** Each local day of a month: `2026-11`. */
function daysOf(month: string): string[] {
  const days: string[] = []
  for (let day = `${month}-01`; day.startsWith(month); day = addDays(day, 1)) days.push(day)
  return days
}

/**
 * A month of patrols. Missed is a working day that passed without one, between the first and last day on which the company
 * is walked; one walked on a day off counts as walked. Companies that were not walked in this month are left out.
 */
export function readPatrolMonth({ desk: { db, clock } }: Context, month: string): PatrolMonth {
  const today = localDay(clock())
  const days = daysOf(month).map((day) => ({ day, working: isWorkingDay(day) }))
  const [first, last] = [days[0]!.day, days.at(-1)!.day]
  const walked = new Map(
    rows<{ companyId: number; day: string; findings: number }>(
      db,
      `SELECT company_id AS companyId, day,
         (SELECT count(*) FROM patrol_tick WHERE patrol_id = patrol.id AND fine = 0) AS findings
       FROM patrol WHERE day BETWEEN ? AND ?`,
      first,
      last,
    ).map(({ companyId, day, findings }) => [`${companyId} ${day}`, findings]),
  )
  const companies = listCompanies(db).filter(
    ({ id, fromDay, toDay }) =>
      (fromDay <= last && (toDay === null || toDay >= first)) ||
      days.some(({ day }) => walked.has(`${id} ${day}`)),
  )
  return {
    month,
    days,
    rows: companies.map(({ id, name, fromDay, toDay }) => {
      const findingsOn = (day: string) => walked.get(`${id} ${day}`)
      const cells = days.map(({ day, working }): Cell => {
        const findings = findingsOn(day)
        if (findings !== undefined) return findings > 0 ? 'findings' : 'done'
        const due = working && day >= fromDay && (toDay === null || day <= toDay)
        if (!due || day > today) return 'none'
        return day === today ? 'today' : 'missed'
      })
      return {
        companyId: id,
        company: name,
        cells,
        missed: cells.filter((cell) => cell === 'missed').length,
        findings: days.reduce((sum, { day }) => sum + (findingsOn(day) ?? 0), 0),
      }
    }),
  }
}
