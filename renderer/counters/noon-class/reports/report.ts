import type { NoonReport } from '../../../../electron/contract/noon-reports.ts'
import type { client } from '../../../shell/client.ts'
import type { Days } from '../../../components/periods.ts'

export type RowsOf = Parameters<(typeof client)['noonClass']['reportRows']>[0]['what']
/** What stands behind a number: of a group or all, in these days. `expected` is what makes it up. */
export type Behind = { what: RowsOf | 'expected'; groupId: number | null; name: string } & Days

type Counted = Pick<NoonReport['byMonth'][number], 'expected' | 'present'>

/** Attendance in whole percent of the expected; null while nobody was expected. Never 100 while somebody was missing. */
export function rateOf({ expected, present }: Counted): number | null {
  if (expected === 0) return null
  const rate = Math.round((100 * present) / expected)
  return present < expected ? Math.min(rate, 99) : rate
}

export const rateWords = (counted: Counted): string => {
  const rate = rateOf(counted)
  return rate === null ? '—' : `${rate}%`
}

export function sumOf(rows: readonly NoonReport['byGroup'][number][]) {
  const sum = { expected: 0, present: 0, leave: 0, absent: 0, unexplained: 0 }
  for (const row of rows) {
    for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += row[key]
  }
  return sum
}

/** The kinds of rows that a number is made of. */
export const partsOf = (what: Behind['what']): RowsOf[] =>
  what === 'expected' ? ['present', 'absent', 'unexplained'] : [what]

/** The days of a month that lie in the period. */
export function monthIn(month: string, { from, to }: Days): Days {
  const [year, number] = month.split('-').map(Number)
  const last = `${month}-${String(new Date(Date.UTC(year!, number, 0)).getUTCDate()).padStart(2, '0')}`
  const first = `${month}-01`
  return { from: first < from ? from : first, to: last > to ? to : last }
}

export const whatWords: Record<Behind['what'], string> = {
  expected: '应到',
  present: '到了',
  leave: '请假',
  absent: '缺席',
  unexplained: '没到、没说明',
  'without-notice': '没有事先请假就没来',
  'late-pickup': '接晚了',
}
