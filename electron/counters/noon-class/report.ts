import type { z } from 'zod'
import type { NoonReport, noonRow } from '../../contract/noon-reports.ts'
import { rows, value, type Database } from '../../database/open.ts'
import { addDays } from '../../workbench/calendar.ts'
import { invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { mustSeeGroup, ownGroups } from './access.ts'
import { classWords } from './class-words.ts'
import { daysOfGroups, type ChildDay } from './child-days.ts'
import { seenIncidents } from './incidents.ts'

type Asked = { from: string; to: string; groupId: number | null }
type Counted = Omit<NoonReport['byMonth'][number], 'month'>
type NoonRow = z.infer<typeof noonRow>

/** A school year and a bit: more would hold up the taps of a noon. */
const mostDays = 400
const mostRows = 500

/** Which days stand behind each number; the report and its rows ask the same. */
const counts = {
  present: ({ state }: ChildDay) => state === 'in' || state === 'out',
  leave: ({ state }: ChildDay) => state === 'leave',
  absent: ({ state }: ChildDay) => state === 'absent',
  unexplained: ({ state }: ChildDay) => state === 'expected',
  'without-notice': ({ state, told }: ChildDay) => state === 'expected' || (state === 'absent' && !told),
  'late-pickup': ({ late }: ChildDay) => late,
} as const

function counted(days: ChildDay[]): Counted {
  const count = (what: keyof typeof counts) => days.filter(counts[what]).length
  const known = {
    present: count('present'),
    leave: count('leave'),
    absent: count('absent'),
    unexplained: count('unexplained'),
  }
  return { expected: known.present + known.absent + known.unexplained, ...known }
}

type Group = { id: number; name: string }

/** Groups of terms in this period that the caller may see, in the order of their terms and names. */
function groupsIn(context: Context, { from, to, groupId }: Asked): Group[] {
  if (to < from) invalid('to', 'before-from')
  if (addDays(from, mostDays) < to) invalid('to', 'too-long')
  if (groupId !== null) mustSeeGroup(context, groupId)
  const own = ownGroups(context)
  return rows<Group>(
    context.desk.db,
    `SELECT g.id, g.name FROM class_group g JOIN term t ON t.id = g.term_id
     WHERE t.first_day <= ? AND t.last_day >= ? ORDER BY t.first_day, g.id`,
    to,
    from,
  ).filter(({ id }) => (groupId === null || id === groupId) && (own === null || own.has(id)))
}

const daysIn = (context: Context, groups: Group[], period: Asked) =>
  daysOfGroups(
    context.desk,
    groups.map(({ id }) => id),
    period,
  )

/** First incidents of these days; what was added to one is not another. Of all groups, those of no group count too. */
function countIncidents(context: Context, { from, to, groupId }: Asked): number {
  const seen = seenIncidents(context)
  return (
    value<number>(
      context.desk.db,
      `SELECT count(*) FROM incident i WHERE i.follows IS NULL AND i.day BETWEEN ? AND ? AND ${seen.where}
         AND (? IS NULL OR i.group_id = ?)`,
      from,
      to,
      ...seen.parameters,
      groupId,
      groupId,
    ) ?? 0
  )
}

/** How the local days from `from` to `to` went. INVALID `to` `before-from`, `too-long`; NOT_FOUND `group`. */
export function readReport(context: Context, asked: Asked): NoonReport {
  const groups = groupsIn(context, asked)
  const days = daysIn(context, groups, asked)
  const byGroup = Map.groupBy(days, ({ groupId }) => groupId)
  const byMonth = Map.groupBy(days, ({ day }) => day.slice(0, 7))
  return {
    byGroup: groups.map(({ id, name }) => ({ groupId: id, name, ...counted(byGroup.get(id) ?? []) })),
    byMonth: [...byMonth]
      .map(([month, list]) => ({ month, ...counted(list) }))
      .sort((one, other) => one.month.localeCompare(other.month)),
    withoutNotice: days.filter(counts['without-notice']).length,
    latePickups: days.filter(counts['late-pickup']).length,
    incidents: countIncidents(context, asked),
  }
}

/** Children by id as a row names them. */
function namesOf(db: Database, ids: number[]): Map<number, { name: string; class: string }> {
  const found = rows<{ id: number; name: string; grade: string; className: string }>(
    db,
    `SELECT c.id, p.name, c.grade, c.class AS className FROM child c JOIN person p ON p.id = c.person_id
     WHERE c.id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(ids),
  )
  return new Map(found.map((child) => [child.id, { name: child.name, class: classWords(child) }]))
}

/** The rows behind a number of the report, newest first, five hundred at the most. */
export function reportRows(
  context: Context,
  { what, ...asked }: Asked & { what: keyof typeof counts },
): NoonRow[] {
  const groups = groupsIn(context, asked)
  const found = daysIn(context, groups, asked)
    .filter(counts[what])
    .sort((one, other) => other.day.localeCompare(one.day) || one.childId - other.childId)
    .slice(0, mostRows)
  const names = namesOf(
    context.desk.db,
    found.map(({ childId }) => childId),
  )
  const groupNames = new Map(groups.map(({ id, name }) => [id, name]))
  return found.map(({ childId, groupId, day, state, at, note }) => ({
    childId,
    ...names.get(childId)!,
    group: groupNames.get(groupId)!,
    day,
    state,
    at,
    note,
  }))
}
