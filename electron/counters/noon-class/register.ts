import type { Tile } from '../../contract/noon-days.ts'
import type { Register } from '../../contract/noon-reports.ts'
import { row, rows, type Database } from '../../database/open.ts'
import { addDays } from '../../workbench/calendar.ts'
import type { Context } from '../../workbench/workbench.ts'
import { mustSeeGroup } from './access.ts'
import { classWords } from './class-words.ts'
import { daysOfGroups } from './child-days.ts'
import { schoolDayOf } from './terms.ts'

type Mark = Register['rows'][number]['marks'][number]

const marks: Record<Tile['state'], Mark> = {
  in: 'present',
  out: 'present',
  leave: 'leave',
  absent: 'absent',
  expected: 'unexplained',
}

/** How a mark is written on paper and in a spreadsheet. */
export const markSigns: Record<Mark, string> = {
  present: '√',
  leave: '假',
  absent: '缺',
  unexplained: '？',
  none: '',
}

/** First and last day of a month `2026-11`. */
export function daysOfMonth(month: string): { from: string; to: string } {
  const from = `${month}-01`
  return { from, to: addDays(`${addDays(from, 31).slice(0, 7)}-01`, -1) }
}

const collator = new Intl.Collator('zh-CN')

type Named = { name: string; childId: number }

/** Names in the order of their pinyin, the same child always in the same place. */
export const byName = (one: Named, other: Named) =>
  collator.compare(one.name, other.name) || one.childId - other.childId

type Group = { name: string; termId: number }

/** A group that the caller may see; NOT_FOUND `group` otherwise. */
function seenGroup(context: Context, groupId: number): Group {
  mustSeeGroup(context, groupId)
  return row<Group>(context.desk.db, 'SELECT name, term_id AS termId FROM class_group WHERE id = ?', groupId)!
}

/** School days of a term in a month, up to its end or the present. */
function schoolDaysIn(db: Database, termId: number, { from, to }: { from: string; to: string }): string[] {
  const days: string[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const known = schoolDayOf(db, day)
    if (known.schoolDay && known.termId === termId) days.push(day)
  }
  return days
}

/**
 * A group's month, one row per child that was enrolled in it on one of its days, by name. Days to come and today before
 * the group's time have no mark yet.
 */
export function readRegister(
  context: Context,
  { groupId, month }: { groupId: number; month: string },
): Register {
  const { db } = context.desk
  const group = seenGroup(context, groupId)
  const period = daysOfMonth(month)
  const found = daysOfGroups(context.desk, [groupId], period)
  const byChild = new Map<number, Map<string, Mark>>()
  for (const { childId, day, state } of found) {
    let known = byChild.get(childId)
    if (!known) byChild.set(childId, (known = new Map<string, Mark>()))
    known.set(day, marks[state])
  }
  const school = schoolDaysIn(db, group.termId, period)
  const days = [...new Set([...school, ...found.map(({ day }) => day)])].sort()
  const count = (list: Mark[], wanted: Mark) => list.filter((mark) => mark === wanted).length
  return {
    month,
    group: group.name,
    days,
    rows: childrenOf(db, groupId, period, [...byChild.keys()])
      .sort(byName)
      .map((child) => {
        const known = byChild.get(child.childId)
        const list = days.map((day): Mark => known?.get(day) ?? 'none')
        return {
          ...child,
          marks: list,
          present: count(list, 'present'),
          leave: count(list, 'leave'),
          absent: count(list, 'absent'),
          unexplained: count(list, 'unexplained'),
        }
      }),
  }
}

/** Who is or was enrolled in the group in these days, and whoever came to it all the same. */
function childrenOf(
  db: Database,
  groupId: number,
  { from, to }: { from: string; to: string },
  others: number[],
): { childId: number; name: string; class: string }[] {
  const found = rows<{ childId: number; name: string; grade: string; className: string }>(
    db,
    `SELECT c.id AS childId, p.name, c.grade, c.class AS className FROM child c JOIN person p ON p.id = c.person_id
     WHERE c.id IN (
       SELECT child_id FROM enrolment
       WHERE group_id = ? AND from_day <= ? AND (left_day IS NULL OR left_day > ?) AND (left_day IS NULL OR left_day > from_day)
       UNION SELECT value FROM json_each(?))`,
    groupId,
    to,
    from,
    JSON.stringify(others),
  )
  return found.map((child) => ({ childId: child.childId, name: child.name, class: classWords(child) }))
}

/** How many came on each day of the register. */
export const dayTotals = ({ days, rows: children }: Register): number[] =>
  days.map((_, index) => children.filter(({ marks }) => marks[index] === 'present').length)
