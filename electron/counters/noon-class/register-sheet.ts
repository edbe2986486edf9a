import type { Row } from 'write-excel-file/node'
import { act } from '../../workbench/act.ts'
import { invalid } from '../../workbench/errors.ts'
import { maskName } from '../../workbench/masking.ts'
import { weekdayOf } from '../../workbench/paper-words.ts'
import { cell, sheetFile } from '../../workbench/sheets.ts'
import type { Context } from '../../workbench/workbench.ts'
import { dayTotals, markSigns, readRegister } from './register.ts'

/**
 * A group's month as a spreadsheet of text cells. Names are masked unless `whole`, and that takes a reason: INVALID
 * `reason` `required`. What leaves the desk is written down.
 */
export async function registerSheet(
  context: Context,
  { groupId, month, whole, reason }: { groupId: number; month: string; whole: boolean; reason: string },
): Promise<{ fileName: string; base64: string }> {
  // Two characters at the least, so that it says something (contract/fields.ts).
  if (whole && reason.length < 2) invalid('reason', 'required')
  const register = readRegister(context, { groupId, month })
  const head = { fontWeight: 'bold' as const }
  const titles = ['姓名', '班级', ...register.days.map(dayTitle), '到', '假', '缺', '未说明']
  const sums = (['present', 'leave', 'absent', 'unexplained'] as const).map((what) =>
    register.rows.reduce((sum, child) => sum + child[what], 0),
  )
  const lines: Row[] = [
    titles.map((title) => cell(title, head)),
    ...register.rows.map((child) => [
      cell(whole ? child.name : maskName(child.name), { align: 'left' }),
      cell(child.class, { align: 'left' }),
      ...child.marks.map((mark) => cell(markSigns[mark])),
      ...[child.present, child.leave, child.absent, child.unexplained].map((count) => cell(String(count))),
    ]),
    ['到的人数', '', ...[...dayTotals(register), ...sums].map(String)].map((text) => cell(text, head)),
  ]
  const columns = [{ width: 12 }, { width: 12 }, ...register.days.map(() => ({ width: 7 }))]
  const made = await sheetFile({
    fileName: `考勤表 ${register.group} ${month}`,
    sheetName: `${register.group}${month}`,
    lines,
    columns,
    stickyColumns: 2,
  })
  // A word of its own: `noon` would make every board load again.
  act(
    context,
    { action: 'noon.export', subject: `noon-export:${groupId}`, ...(reason && { reason }) },
    (_db, note) => note(null, { paper: 'register', month, whole, children: register.rows.length }),
  )
  return made
}

/** `2026-11-23` -> 23 一. */
const dayTitle = (day: string) => `${Number(day.slice(8))} ${weekdayOf(day)}`
