import type { Supervision } from '../../../../electron/contract/enquiry-lists.ts'
import type { Filter, FilterWhy } from '../filters.ts'

type LateBy = Supervision['lateBy']

/** The reasons in the order of an enquiry's way: desk, department, back again, resident. */
export const whyOrder = ['at-desk', 'not-arrived', 'at-department', 'bounced', 'no-follow-up'] as const

/** Who has late ones, and how many for which reason. */
export type LateRow = {
  departmentId: number | null
  name: string
  total: number
  counts: Record<FilterWhy, number>
}

/** The late ones as a table: the desk first, then departments, most late ones first. */
export function matrixOf(lateBy: LateBy): LateRow[] {
  const byHolder = new Map<number | null, LateRow>()
  for (const { departmentId, name, why, count } of lateBy) {
    const row = byHolder.get(departmentId) ?? {
      departmentId,
      name: name ?? '窗口',
      total: 0,
      counts: { 'at-desk': 0, 'not-arrived': 0, 'at-department': 0, bounced: 0, 'no-follow-up': 0 },
    }
    row.counts[why] += count
    row.total += count
    byHolder.set(departmentId, row)
  }
  const isDesk = ({ departmentId }: LateRow) => Number(departmentId === null)
  return [...byHolder.values()].sort((a, b) => isDesk(b) - isDesk(a) || b.total - a.total)
}

/** The rows of one cell. */
export function cellFilter({ departmentId }: Pick<LateRow, 'departmentId'>, why: FilterWhy): Filter {
  // The call-back is the desk's, whoever led before.
  const holder = why === 'at-desk' || why === 'no-follow-up' ? {} : { departmentId }
  return { urgency: 'overdue', why, ...holder }
}

/** How dark a cell is, 0 to 1: the worst one is 1. */
export function shadeOf(count: number, rows: readonly LateRow[]): number {
  const most = Math.max(1, ...rows.flatMap(({ counts }) => Object.values(counts)))
  return count / most
}
