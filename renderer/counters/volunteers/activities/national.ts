import type { ActivityLine } from '../../../../electron/contract/volunteer-activities.ts'
import { conflictOf } from '../../../components/conflict.ts'
import { sentenceFor } from '../../../shell/sentences.ts'

/** So many may be marked in one go; the contract takes no more. */
export const mostMarked = 100

type Line = Pick<ActivityLine, 'id' | 'name' | 'records' | 'unconfirmed' | 'nationalDay'>

/** Those that the desk would mark: with records, all of them confirmed. */
export const markable = <Row extends Line>(rows: readonly Row[]): Row[] =>
  rows.filter(({ records, unconfirmed }) => records > 0 && unconfirmed === 0).slice(0, mostMarked)

/** What takes it back: each with the mark that it had before, those of one day together. */
export function marksBefore(rows: readonly Line[]): { activityIds: number[]; day: string | null }[] {
  const byDay = Map.groupBy(rows, ({ nationalDay }) => nationalDay)
  return [...byDay].map(([day, group]) => ({ activityIds: group.map(({ id }) => id), day }))
}

/** Why none was marked; the desk tells which one stands in the way. */
export function refusedWords(error: unknown, rows: readonly Line[]): string {
  const conflict = conflictOf(error)
  if (conflict?.because !== 'step') return sentenceFor(error)
  const name = rows.find(({ id }) => id === conflict.current)?.name
  return `${name ? `“${name}”` : '其中一个'}还有没确认的记录，或刚被撤销了。一个都没有记，请看最新的名单再选。`
}
