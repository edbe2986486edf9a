import type { Tile } from '../../contract/noon-days.ts'
import { rows, type Database } from '../../database/open.ts'
import { localDay, momentOf } from '../../workbench/calendar.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { mustSeeChild, ownGroups } from './access.ts'

/** A row of attendance that stands. */
export type Mark = {
  id: number
  at: string
  pickupId: number | null
  collectedBy: string
  reason: string
}

/** What is known of a child on a day; each null when it did not happen. `leave` is its reason. */
export type Facts = {
  arrival: Mark | null
  departure: Mark | null
  absence: Mark | null
  leave: string | null
}

/** What happened outweighs what was told: a child on leave that came is in. */
export function stateOf({ arrival, departure, absence, leave }: Facts): Tile['state'] {
  if (departure) return 'out'
  if (arrival) return 'in'
  if (absence) return 'absent'
  return leave === null ? 'expected' : 'leave'
}

/** A day as alarms look at it: is there school, and what time is it now. */
export type Noon = { day: string; schoolDay: boolean; now: Date }

/**
 * Should be here and is not, or should have been collected; since when is the group's time on that day. Nobody is missing
 * where nobody is expected; whoever is in has to be collected on any day.
 */
export function alarmOf(
  state: Tile['state'],
  { arriveBy, leaveBy }: { arriveBy: string; leaveBy: string },
  { day, schoolDay, now }: Noon,
): Pick<Tile, 'alarm' | 'alarmSince'> {
  const alarm =
    state === 'expected' && schoolDay
      ? ('missing' as const)
      : state === 'in'
        ? ('not-collected' as const)
        : null
  const since = momentOf(day, alarm === 'missing' ? arriveBy : leaveBy)
  if (!alarm || now.getTime() < since) return { alarm: null, alarmSince: null }
  return { alarm, alarmSince: new Date(since).toISOString() }
}

/** A child as it is enrolled on a day. */
export type Enrolled = {
  childId: number
  groupId: number
  arriveBy: string
  leaveBy: string
  name: string
  mark: string
  grade: string
  className: string
  photoId: number | null
  allergies: string
  leaves: Tile['leaves']
  trayChecked: 0 | 1
}

const enrolledSql = (wanted: 'e.group_id' | 'e.child_id') => `
  SELECT e.child_id AS childId, e.group_id AS groupId, g.arrive_by AS arriveBy, g.leave_by AS leaveBy, p.name, c.mark,
    c.grade, c.class AS className, c.photo_id AS photoId, c.allergies, c.leaves,
    c.allergies <> '' AND EXISTS (SELECT 1 FROM tray_check WHERE child_id = e.child_id AND day = @day) AS trayChecked
  FROM json_each(@ids) AS wanted
  CROSS JOIN enrolment AS e ON ${wanted} = wanted.value
    AND e.from_day <= @day AND (e.left_day IS NULL OR e.left_day > @day)
  CROSS JOIN class_group AS g ON g.id = e.group_id
  CROSS JOIN term AS t ON t.id = g.term_id AND t.first_day <= @day AND t.last_day >= @day
  CROSS JOIN child AS c ON c.id = e.child_id
  CROSS JOIN person AS p ON p.id = c.person_id
  ORDER BY e.from_day, e.id`

// The rows of one day lie side by side in this index; in the one by child each lies elsewhere.
const marksSql = `
  SELECT a.child_id AS childId, a.kind, a.id, a.at, a.pickup_id AS pickupId, a.collected_by AS collectedBy, a.reason
  FROM json_each(@ids) AS wanted
  CROSS JOIN attendance AS a INDEXED BY attendance_once
    ON a.day = @day AND a.child_id = wanted.value AND a.voided = 0`

const leavesSql = `
  SELECT l.child_id AS childId, l.reason
  FROM json_each(@ids) AS wanted
  CROSS JOIN child_leave AS l ON l.child_id = wanted.value AND l.to_day >= @day
  WHERE l.from_day <= @day AND l.cancelled_at IS NULL
  ORDER BY l.id`

/** The statements of a day, for the test that looks at their plans. */
export const daySql = {
  byGroup: enrolledSql('e.group_id'),
  byChild: enrolledSql('e.child_id'),
  marks: marksSql,
  leaves: leavesSql,
}

/** One row per child: a day belongs to the enrolment that began last. */
function distinct(found: Enrolled[]): Enrolled[] {
  return [...new Map(found.map((child) => [child.childId, child])).values()]
}

const asked = (day: string, ids: readonly number[]) => ({ day, ids: JSON.stringify(ids) })

/** The children of these groups on a day. */
export const enrolledIn = (db: Database, day: string, groupIds: readonly number[]): Enrolled[] =>
  distinct(rows<Enrolled>(db, daySql.byGroup, asked(day, groupIds)))

/** These children where they are enrolled on that day; the others are left out. */
export const enrolledOf = (db: Database, day: string, childIds: readonly number[]): Enrolled[] =>
  distinct(rows<Enrolled>(db, daySql.byChild, asked(day, childIds)))

/** What is known of these children on that day. */
export function factsOf(db: Database, day: string, childIds: readonly number[]): Map<number, Facts> {
  const facts = new Map<number, Facts>(
    childIds.map((id) => [id, { arrival: null, departure: null, absence: null, leave: null }]),
  )
  type MarkRow = Mark & { childId: number; kind: 'arrival' | 'departure' | 'absence' }
  for (const { childId, kind, ...mark } of rows<MarkRow>(db, daySql.marks, asked(day, childIds))) {
    facts.get(childId)![kind] = mark
  }
  const leaves = rows<{ childId: number; reason: string }>(db, daySql.leaves, asked(day, childIds))
  for (const { childId, reason } of leaves) facts.get(childId)!.leave = reason
  return facts
}

export type Standing = Enrolled & { facts: Facts }

/**
 * These children as they stand on a day, each once, in the order of `childIds`. NOT_FOUND `child` for a child that the
 * caller may not see, INVALID `day` `outside` for one that is not enrolled on that day.
 */
export function standingOf(context: Context, day: string, childIds: readonly number[]): Standing[] {
  const { db } = context.desk
  const wanted = [...new Set(childIds)]
  const own = ownGroups(context)
  const enrolled = new Map(enrolledOf(db, day, wanted).map((child) => [child.childId, child]))
  const facts = factsOf(db, day, wanted)
  return wanted.map((id) => {
    const child = enrolled.get(id)
    if (!child) {
      mustSeeChild(context, id)
      return invalid('day', 'outside')
    }
    if (own && !own.has(child.groupId)) fail('NOT_FOUND', { what: 'child' })
    return { ...child, facts: facts.get(id)! }
  })
}

/** One child as it stands on a day. */
export const standingOfOne = (context: Context, day: string, childId: number): Standing =>
  standingOf(context, day, [childId])[0]!

/** Clocks of two machines, or of a wrist and the desk, are never quite the same. */
const slack = 60_000

/**
 * When it happened: now, or the real time of a late entry. INVALID `at` `future`, `other-day`; without a time the day has
 * to be today.
 */
export function happenedAt(now: Date, day: string, at: string | null): string {
  const moment = at === null ? now : new Date(at)
  if (moment.getTime() > now.getTime() + slack) invalid('at', 'future')
  if (localDay(moment) !== day) invalid('at', 'other-day')
  return moment.toISOString()
}

/** INVALID `day` `future`: what nobody can know yet. */
export function checkNotAhead(context: Context, day: string): void {
  if (day > localDay(context.desk.clock())) invalid('day', 'future')
}

/** As many children as are named one by one in the change feed; of more the screens load everything anyway. */
const namedOneByOne = 20

/** Subject of an act on these children, and whom else to tell. */
export function aboutChildren(childIds: readonly number[]): { subject: string; also: () => string[] } {
  if (childIds.length === 1) return { subject: `noon:${childIds[0]}`, also: () => [] }
  const each = childIds.length <= namedOneByOne ? childIds.map((id) => `noon:${id}`) : []
  return { subject: 'noon', also: () => each }
}
