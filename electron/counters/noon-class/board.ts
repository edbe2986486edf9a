import type { Board, BoardGroup, Tile } from '../../contract/noon-days.ts'
import { rows, value, type Database } from '../../database/open.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { ownGroups } from './access.ts'
import { classWords } from './class-words.ts'
import {
  alarmOf,
  enrolledIn,
  enrolledOf,
  factsOf,
  stateOf,
  type Enrolled,
  type Facts,
  type Noon,
} from './day-state.ts'
import { schoolDayOf } from './terms.ts'

/** What is said under a child's name: who took it, why it is not here. */
export function noteOf({ departure, arrival, absence, leave }: Facts): string {
  if (departure) {
    if (departure.pickupId !== null) return `${departure.collectedBy}接走`
    return departure.collectedBy ? `${departure.collectedBy}护送` : '自己离开'
  }
  if (arrival) return ''
  return absence ? absence.reason : (leave ?? '')
}

function tileOf(child: Enrolled, facts: Facts, noon: Noon, sameNames: ReadonlySet<string>): Tile {
  const state = stateOf(facts)
  const shown = facts.departure ?? facts.arrival
  return {
    childId: child.childId,
    groupId: child.groupId,
    name: child.name,
    sameName: sameNames.has(child.name),
    mark: child.mark,
    class: classWords(child),
    photoId: child.photoId,
    allergies: child.allergies,
    state,
    at: shown?.at ?? null,
    note: noteOf(facts),
    ...alarmOf(state, child, noon),
    leaves: child.leaves,
    trayChecked: child.trayChecked === 1,
    attendanceId: (shown ?? facts.absence)?.id ?? null,
  }
}

/** Statements of the board, for the test that looks at their plans. */
export const boardSql = {
  sameNames: `
    SELECT p.name
    FROM term AS t
    CROSS JOIN class_group AS g ON g.term_id = t.id
    CROSS JOIN enrolment AS e ON e.group_id = g.id
      AND e.from_day <= @day AND (e.left_day IS NULL OR e.left_day > @day)
    CROSS JOIN child AS c ON c.id = e.child_id
    CROSS JOIN person AS p ON p.id = c.person_id
    WHERE t.first_day <= @day AND t.last_day >= @day
    GROUP BY p.name HAVING count(DISTINCT e.child_id) > 1`,
  groups: `
    SELECT id, name, room, arrive_by AS arriveBy, leave_by AS leaveBy, ratio FROM class_group
    WHERE term_id = ? ORDER BY id`,
  teachers: `
    SELECT t.group_id AS groupId, o.name FROM json_each(?) AS wanted
    CROSS JOIN class_group_teacher AS t ON t.group_id = wanted.value
    CROSS JOIN operator AS o ON o.id = t.operator_id ORDER BY o.id`,
}

/** Names that two children of the day bear, of all groups: a screen may show one group, the yard shows all children. */
function sameNamesOn(db: Database, day: string): Set<string> {
  return new Set(rows<{ name: string }>(db, boardSql.sameNames, { day }).map(({ name }) => name))
}

const noonOf = (db: Database, day: string, now: Date): Noon => ({
  day,
  schoolDay: schoolDayOf(db, day).schoolDay,
  now,
})

function tilesOf(db: Database, enrolled: Enrolled[], noon: Noon): Tile[] {
  const facts = factsOf(
    db,
    noon.day,
    enrolled.map(({ childId }) => childId),
  )
  const sameNames = sameNamesOn(db, noon.day)
  return enrolled.map((child) => tileOf(child, facts.get(child.childId)!, noon, sameNames))
}

/** The tiles of these groups at a moment of a day, in no order. */
export function readTiles(db: Database, day: string, groupIds: readonly number[], now: Date): Tile[] {
  return tilesOf(db, enrolledIn(db, day, groupIds), noonOf(db, day, now))
}

/** One child's tile as it stands now; undefined when the child is not enrolled on that day. */
export function readTile({ desk }: Context, day: string, childId: number): Tile | undefined {
  const { db, clock } = desk
  return tilesOf(db, enrolledOf(db, day, [childId]), noonOf(db, day, clock()))[0]
}

/** Not possible as the child stands; the caller is shown how it does. */
export function refuseStep(context: Context, day: string, childId: number): never {
  return fail('CONFLICT', { because: 'step', current: readTile(context, day, childId) })
}

type GroupRow = Pick<BoardGroup, 'id' | 'name' | 'room' | 'arriveBy' | 'leaveBy'> & { ratio: number }

/** The groups of a day's term that the caller may see, in the order in which they were made. */
export function groupsOn(db: Database, day: string, own: ReadonlySet<number> | null): GroupRow[] {
  const { termId } = schoolDayOf(db, day)
  if (termId === null) return []
  return rows<GroupRow>(db, boardSql.groups, termId).filter(({ id }) => own === null || own.has(id))
}

function teachersOf(db: Database, groupIds: readonly number[]): Map<number, string[]> {
  const found = rows<{ groupId: number; name: string }>(db, boardSql.teachers, JSON.stringify(groupIds))
  const byGroup = Map.groupBy(found, ({ groupId }) => groupId)
  return new Map([...byGroup].map(([id, teachers]) => [id, teachers.map(({ name }) => name)]))
}

export type Counts = {
  expected: number
  present: number
  onLeave: number
  gone: number
  missing: number
  notCollected: number
}

/** 应到 is everybody of a school day who is not on leave, those who came or are explained too; nobody on another day. */
export function countTiles(tiles: readonly Tile[], schoolDay: boolean): Counts {
  const count = (fits: (tile: Tile) => boolean) => tiles.filter(fits).length
  return {
    expected: schoolDay ? count(({ state }) => state !== 'leave') : 0,
    present: count(({ state }) => state === 'in'),
    onLeave: count(({ state }) => state === 'leave'),
    gone: count(({ state }) => state === 'out'),
    missing: count(({ alarm }) => alarm === 'missing'),
    notCollected: count(({ alarm }) => alarm === 'not-collected'),
  }
}

function boardGroup(group: GroupRow, teachers: string[], tiles: Tile[], schoolDay: boolean): BoardGroup {
  const { id, name, room, arriveBy, leaveBy, ratio } = group
  const { expected, present, onLeave, gone, missing, notCollected } = countTiles(tiles, schoolDay)
  return {
    id,
    name,
    room,
    teachers,
    arriveBy,
    leaveBy,
    expected,
    present,
    onLeave,
    gone,
    alarms: missing + notCollected,
    ratioBroken: present > ratio * teachers.length,
  }
}

/** As a register is read out: 陈 before 李 before 张. */
const names = new Intl.Collator('zh-Hans-CN-u-co-pinyin')

/**
 * The board of a day, tiles by group and name. NOT_FOUND `group` for a group that does not exist or that the caller may
 * not see; one of another term is no error, its board of that day is empty.
 */
export function readBoard(context: Context, input: { day: string; groupId: number | null }): Board {
  const { day, groupId } = input
  const { db, clock } = context.desk
  const own = ownGroups(context)
  if (groupId !== null) {
    const known = value<number>(db, 'SELECT 1 FROM class_group WHERE id = ?', groupId)
    if (!known || (own && !own.has(groupId))) fail('NOT_FOUND', { what: 'group' })
  }
  const { schoolDay, why } = schoolDayOf(db, day)
  const groups = groupsOn(db, day, own).filter(({ id }) => groupId === null || id === groupId)
  const ids = groups.map(({ id }) => id)
  const teachers = teachersOf(db, ids)
  const byGroup = Map.groupBy(readTiles(db, day, ids, clock()), (tile) => tile.groupId)
  return {
    day,
    schoolDay,
    why,
    groups: groups.map((group) =>
      boardGroup(group, teachers.get(group.id) ?? [], byGroup.get(group.id) ?? [], schoolDay),
    ),
    tiles: ids.flatMap((id) =>
      (byGroup.get(id) ?? []).sort(
        (one, other) => names.compare(one.name, other.name) || one.childId - other.childId,
      ),
    ),
  }
}

/** The noon of a day in numbers, for 今日: of the groups that the caller may see (null = all). */
export function countNoon(
  db: Database,
  day: string,
  now: Date,
  own: ReadonlySet<number> | null,
): Counts & { schoolDay: boolean } {
  const { schoolDay } = schoolDayOf(db, day)
  const ids = groupsOn(db, day, own).map(({ id }) => id)
  return { schoolDay, ...countTiles(readTiles(db, day, ids, now), schoolDay) }
}
