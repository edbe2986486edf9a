import type { Register } from '../../contract/noon-reports.ts'
import { rows } from '../../database/open.ts'
import { spelledMonth, weekdayOf } from '../../workbench/paper-words.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readCommunity } from '../settings/community.ts'
import { ownGroups } from './access.ts'
import type { Draft } from './paper.ts'
import { daysOfMonth, dayTotals, markSigns, readRegister } from './register.ts'

/** Groups of the caller whose term lies in this month. */
function groupsOf(context: Context, month: string): number[] {
  const { from, to } = daysOfMonth(month)
  const own = ownGroups(context)
  return rows<{ id: number }>(
    context.desk.db,
    `SELECT g.id FROM class_group g JOIN term t ON t.id = g.term_id
     WHERE t.first_day <= ? AND t.last_day >= ? ORDER BY t.first_day, g.id`,
    to,
    from,
  )
    .map(({ id }) => id)
    .filter((id) => own === null || own.has(id))
}

function sectionOf(register: Register) {
  const sum = (what: 'present' | 'leave' | 'absent' | 'unexplained') =>
    register.rows.reduce((total, row) => total + row[what], 0)
  return {
    group: register.group,
    // 序 姓名 班级, a day each, 到 假 缺 ？
    columns: 3 + register.days.length + 4,
    days: register.days.map((day) => ({ date: Number(day.slice(8)), weekday: weekdayOf(day) })),
    children: register.rows.map((row, index) => ({
      place: index + 1,
      name: row.name,
      class: row.class,
      marks: row.marks.map((mark) => markSigns[mark]),
      present: row.present,
      leave: row.leave,
      absent: row.absent,
      unexplained: row.unexplained,
    })),
    totals: dayTotals(register),
    present: sum('present'),
    leave: sum('leave'),
    absent: sum('absent'),
    unexplained: sum('unexplained'),
  }
}

/** The attendance register of a month on A4 across, each group on sheets of its own. */
export function registerPaper(
  context: Context,
  { month, groupId }: { month: string; groupId: number | null },
): Draft | null {
  const groups = (groupId === null ? groupsOf(context, month) : [groupId])
    .map((id) => readRegister(context, { groupId: id, month }))
    .filter(({ rows: children }) => children.length > 0)
    .map(sectionOf)
  if (groups.length === 0) return null
  return {
    kind: 'noon-register',
    title: `午间课堂考勤表 ${month}`,
    subject: `noon-month:${month}:${groupId ?? 'all'}`,
    data: {
      community: { name: readCommunity(context.desk.db).name },
      number: month,
      month: spelledMonth(month),
      groups,
    },
  }
}
