import type { Row } from 'write-excel-file/node'
import type { DoorToVisit, Outcome } from '../../contract/visit-rounds.ts'
import { maskName } from '../../workbench/masking.ts'
import { cell, sheetFile } from '../../workbench/sheets.ts'
import { becausesText, outcomeWords } from './paper-words.ts'

/** A door of a sheet, with the visit that stands beside it. */
export type SheetDoor = DoorToVisit & {
  visit: { day: string; outcome: Outcome } | null
  awayReason?: string
  awaySince?: string | null
}

const columns: { title: string; width: number; of: (door: SheetDoor, whole: boolean) => string }[] = [
  { title: '网格', width: 14, of: ({ grid }) => grid ?? '' },
  { title: '门牌', width: 24, of: ({ door }) => door },
  { title: '姓名', width: 22, of: ({ names }, whole) => (whole ? names : names.map(maskName)).join('、') },
  // Which group somebody belongs to goes with the whole names only (PIPL 28).
  {
    title: '重点人群',
    width: 18,
    of: ({ keyGroups }, whole) => (whole ? keyGroups.join('、') : keyGroups.length > 0 ? '有' : ''),
  },
  { title: '为什么去', width: 22, of: ({ because }) => becausesText(because) },
  { title: '上次见面', width: 13, of: ({ lastMetDay }) => lastMetDay ?? '' },
  { title: '跑空次数', width: 10, of: ({ attempts }) => String(attempts) },
  { title: '未结诉求', width: 10, of: ({ openNeeds }) => String(openNeeds) },
  { title: '重点到期日', width: 13, of: ({ dueDay }) => dueDay ?? '' },
  { title: '约定回访日', width: 13, of: ({ followUpDay }) => followUpDay ?? '' },
  { title: '走访日期', width: 13, of: ({ visit }) => visit?.day ?? '' },
  { title: '结果', width: 9, of: ({ visit }) => (visit ? outcomeWords[visit.outcome] : '') },
]

/** Of lists of doors that are empty or moved. */
const awayColumns: typeof columns = [
  { title: '不计入原因', width: 24, of: ({ awayReason }) => awayReason ?? '' },
  { title: '不计入起', width: 13, of: ({ awaySince }) => awaySince ?? '' },
]

/** Doors as a spreadsheet of text cells; names masked unless `whole`. */
export function doorSheet(
  name: string,
  doors: readonly SheetDoor[],
  whole: boolean,
): Promise<{ fileName: string; base64: string }> {
  const shown = doors.some(({ awaySince }) => awaySince) ? [...columns, ...awayColumns] : columns
  const lines: Row[] = [
    shown.map(({ title }) => cell(title, { fontWeight: 'bold' })),
    ...doors.map((door) => shown.map(({ of }) => cell(of(door, whole), { align: 'left' }))),
  ]
  return sheetFile({
    fileName: `走访 ${name}`,
    sheetName: name,
    lines,
    columns: shown.map(({ width }) => ({ width })),
    stickyColumns: 2,
  })
}
