import type { HarmReport } from '../../../../electron/contract/harm.ts'

/** A report with what was added to it, both in the order they are read: newest report first, additions as they came. */
export type Case = HarmReport & { additions: HarmReport[] }

/** Puts additions under the report they add to; an addition whose report is not here stands on its own. */
export function casesOf(reports: readonly HarmReport[]): Case[] {
  const newestFirst = reports.toSorted((a, b) => b.id - a.id)
  const cases = new Map<number, Case>()
  const here = new Set(reports.map(({ id }) => id))
  const begins = ({ follows }: HarmReport) => follows === null || !here.has(follows)
  for (const report of newestFirst) if (begins(report)) cases.set(report.id, { ...report, additions: [] })
  for (const report of newestFirst.toReversed()) {
    if (!begins(report)) cases.get(report.follows!)?.additions.push(report)
  }
  return [...cases.values()]
}
