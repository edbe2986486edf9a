import type { Row } from 'write-excel-file/node'
import { readTogether } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { invalid } from '../../workbench/errors.ts'
import { maskName } from '../../workbench/masking.ts'
import { cell, sheetFile } from '../../workbench/sheets.ts'
import type { Context } from '../../workbench/workbench.ts'
import { hoursText } from './paper-words.ts'
import { checkPeriod, hitsOf, type Asked, type What } from './report-hits.ts'
import { toRows, type ReportRow } from './report-rows.ts'

/** More than this is no list that anybody reads. */
const mostRows = 20_000

const titles: Record<What, string> = {
  records: '志愿服务记录',
  unconfirmed: '待确认的记录',
  elsewhere: '其他单位的记录',
  training: '培训记录',
  'party-duty': '党务记录',
  volunteers: '参加服务的志愿者',
  registered: '在册志愿者',
  joined: '新加入的志愿者',
  left: '退出的志愿者',
  active: '活跃志愿者',
  activities: '活动',
  redemptions: '积分兑换',
  earned: '得到的积分',
  expired: '到期的积分',
}

type Column = { title: string; width: number; text: (row: ReportRow, whole: boolean) => string }

const number: Column = { title: '编号', width: 18, text: (row) => row.number ?? '' }
const name: Column = {
  title: '姓名',
  width: 14,
  text: ({ name: given }, whole) => (given === null ? '' : whole ? given : maskName(given)),
}
const activity: Column = { title: '活动', width: 34, text: (row) => row.activity ?? '' }
const day: Column = { title: '日期', width: 14, text: (row) => row.day ?? '' }
const minutes: Column = { title: '分钟', width: 10, text: (row) => String(row.minutes ?? '') }
const hours: Column = { title: '时长', width: 16, text: (row) => hoursText(row.minutes ?? 0) }
const points: Column = { title: '积分', width: 10, text: (row) => String(row.points ?? '') }
const note = (title: string): Column => ({ title, width: 40, text: (row) => row.note })

const ofRecords = [number, name, activity, day, minutes, hours, note('情况说明')]
const columns: Record<What, readonly Column[]> = {
  records: ofRecords,
  unconfirmed: ofRecords,
  elsewhere: ofRecords,
  training: ofRecords,
  'party-duty': ofRecords,
  volunteers: [number, name, minutes, hours],
  registered: [number, name],
  joined: [number, name, day],
  left: [number, name, day, note('原因')],
  active: [number, name, minutes, hours],
  activities: [number, activity, day, minutes, hours],
  redemptions: [number, name, day, points, note('礼品')],
  earned: [number, name, activity, day, points, note('更正原因')],
  expired: [number, name, day, points, note('说明')],
}

function linesOf(what: What, list: readonly ReportRow[], whole: boolean): Row[] {
  return [
    columns[what].map(({ title }) => cell(title, { fontWeight: 'bold' as const })),
    ...list.map((row) => columns[what].map(({ text }) => cell(text(row, whole), { align: 'left' }))),
  ]
}

/**
 * All rows behind a number as a spreadsheet of text cells. Names are masked unless `whole`, and that takes a reason: INVALID
 * `reason` `required`; `what` `too-many` beyond twenty thousand rows; `to` as the report. What leaves the desk is written down.
 */
export async function reportSheet(
  context: Context,
  { whole, reason, ...asked }: Asked & { whole: boolean; reason: string },
): Promise<{ fileName: string; base64: string }> {
  checkPeriod(asked)
  // Two characters at the least, so that it says something (contract/fields.ts).
  if (whole && reason.length < 2) invalid('reason', 'required')
  const { db } = context.desk
  const { what, from, to } = asked
  const list = readTogether(db, () => {
    const hits = hitsOf(db, asked)
    return hits.length > mostRows ? invalid('what', 'too-many') : toRows(db, hits)
  })
  const made = await sheetFile({
    fileName: `${titles[what]} ${from} 至 ${to}`,
    sheetName: titles[what],
    lines: linesOf(what, list, whole),
    columns: columns[what].map(({ width }) => ({ width })),
    stickyColumns: 0,
  })
  // A word of its own: `volunteer` would make every list load again.
  act(
    context,
    { action: 'volunteer.export', subject: 'volunteer-export', ...(reason && { reason }) },
    (_db, noted) => noted(null, { rows: list.length, from, to, sheet: what, whole }),
  )
  return made
}
