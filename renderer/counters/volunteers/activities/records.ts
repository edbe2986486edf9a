import type { ServiceRecord } from '../../../../electron/contract/volunteer-records.ts'
import { howWords, minutesWords } from '../words.ts'

/** A record, and the row that took it back beside it. */
export type Shown = { record: ServiceRecord; reversal: ServiceRecord | null }

/**
 * The records of an activity: those that somebody must look at first (waiting and flagged), then those that wait, then the
 * others, by number within. What was taken back is only there when it is asked for, and then stands first, its reversing row
 * under it.
 */
export function inOrder(rows: readonly ServiceRecord[]): Shown[] {
  const reversals = new Map(
    rows.flatMap((row) => (row.reverses === null ? [] : [[row.reverses, row] as const])),
  )
  const rank = ({ flags, how, confirmed, reversedBy }: ServiceRecord) =>
    reversedBy !== null ? -1 : confirmed ? 2 : flags.length || how !== 'full' ? 0 : 1
  return rows
    .filter(({ reverses }) => reverses === null)
    .map((record) => ({ record, reversal: reversals.get(record.id) ?? null }))
    .sort((a, b) => rank(a.record) - rank(b.record) || a.record.number.localeCompare(b.record.number))
}

export const isWaiting = ({ confirmed, reversedBy, reverses }: ServiceRecord): boolean =>
  confirmed === null && reversedBy === null && reverses === null

/** 09:00–11:00, 休息 30 分; of another organisation's only the length. */
export function timesWords({ arrived, left, breakMinutes }: ServiceRecord): string {
  if (arrived === null || left === null) return '只知时长'
  return `${arrived}–${left}${breakMinutes ? `，休息 ${breakMinutes} 分` : ''}`
}

/** 迟到：堵车; of a whole attendance only the reason, if any. */
export function whyWords({ how, reason }: ServiceRecord): string {
  return [how === 'full' ? '' : howWords[how], reason].filter(Boolean).join('：')
}

/** Why a clerk may not take it back; empty when they may. */
export function barredFromReversing(record: ServiceRecord, role: string | undefined): string {
  if (record.reversedBy !== null || record.reverses !== null) return '已经撤销'
  return record.confirmed && role !== 'manager' ? '已确认的，由主任撤销' : ''
}

/** 已确认 58 人，116 小时，记 116 分。 */
export function confirmedWords(people: number, minutes: number, points: number): string {
  return `已确认 ${people} 人，共 ${minutesWords(minutes)}${points ? `，记积分 ${points} 分` : ''}`
}
