import type { Tile } from '../../contract/noon-days.ts'
import { rows, type Database } from '../../database/open.ts'
import { addDays, localDay, momentOf } from '../../workbench/calendar.ts'
import type { Workbench } from '../../workbench/workbench.ts'
import { noteOf } from './board.ts'
import { stateOf, type Facts, type Mark } from './day-state.ts'
import { schoolDayOf } from './terms.ts'

/**
 * A day that counts for a child: it was expected, on leave or there. `expected` = should have come, did not, and nobody
 * said why; today it only counts once the group's time has come.
 */
export type ChildDay = {
  childId: number
  groupId: number
  day: string
  state: Tile['state']
  /** When it came or, handed over, left. */
  at: string | null
  /** Who collected, why absent or on leave. */
  note: string
  /** A leave holds on this day, whatever became of it. */
  told: boolean
  /** Handed over after the group's closing time. */
  late: boolean
}

type Enrolled = {
  childId: number
  groupId: number
  termId: number
  fromDay: string
  /** The first day that is another enrolment's, or nobody's. */
  until: string | null
  arriveBy: string
  leaveBy: string
}
type Fact = Mark & {
  childId: number
  groupId: number
  day: string
  kind: 'arrival' | 'departure' | 'absence'
}
type Leave = { childId: number; fromDay: string; toDay: string; reason: string }
/** What was written down about a child on one day, by kind. */
type Written = Partial<Record<Fact['kind'], Fact>>

function readEnrolled(db: Database, children: string, from: string, to: string): Enrolled[] {
  const found = rows<Enrolled>(
    db,
    `SELECT e.child_id AS childId, e.group_id AS groupId, e.term_id AS termId, e.from_day AS fromDay,
       e.left_day AS until, g.arrive_by AS arriveBy, g.leave_by AS leaveBy
     FROM enrolment e JOIN class_group g ON g.id = e.group_id
     WHERE e.child_id IN (SELECT value FROM json_each(?)) AND e.from_day <= ? AND (e.left_day IS NULL OR e.left_day > ?)
     ORDER BY e.child_id, e.from_day, e.id`,
    children,
    to,
    from,
  )
  // A day belongs to one enrolment: to the one that began last.
  return found.map((one, index) => {
    const next = found[index + 1]
    if (next?.childId !== one.childId || (one.until !== null && one.until <= next.fromDay)) return one
    return { ...one, until: next.fromDay }
  })
}

/** What is written down, by child and day. */
function readWritten(
  db: Database,
  children: string,
  from: string,
  to: string,
): Map<number, Map<string, Written>> {
  const found = rows<Fact>(
    db,
    `SELECT id, child_id AS childId, group_id AS groupId, day, kind, at, pickup_id AS pickupId,
       collected_by AS collectedBy, reason
     FROM attendance INDEXED BY attendance_child
     WHERE voided = 0 AND child_id IN (SELECT value FROM json_each(?)) AND day BETWEEN ? AND ?`,
    children,
    from,
    to,
  )
  const byChild = new Map<number, Map<string, Written>>()
  for (const fact of found) {
    let days = byChild.get(fact.childId)
    if (!days) byChild.set(fact.childId, (days = new Map<string, Written>()))
    const written = days.get(fact.day)
    if (written) written[fact.kind] = fact
    else days.set(fact.day, { [fact.kind]: fact })
  }
  return byChild
}

function readLeaves(db: Database, children: string, from: string, to: string): Map<number, Leave[]> {
  const found = rows<Leave>(
    db,
    `SELECT child_id AS childId, from_day AS fromDay, to_day AS toDay, reason FROM child_leave
     WHERE cancelled_at IS NULL AND child_id IN (SELECT value FROM json_each(?)) AND to_day >= ? AND from_day <= ?
     ORDER BY id DESC`,
    children,
    from,
    to,
  )
  return Map.groupBy(found, ({ childId }) => childId)
}

/** School days of each term between two days, in order. */
function schoolDays(db: Database, from: string, to: string): Map<number, string[]> {
  const byTerm = new Map<number, string[]>()
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const { termId, schoolDay } = schoolDayOf(db, day)
    if (termId === null || !schoolDay) continue
    const days = byTerm.get(termId)
    if (days) days.push(day)
    else byTerm.set(termId, [day])
  }
  return byTerm
}

const covers = ({ fromDay, until }: Enrolled, day: string) =>
  fromDay <= day && (until === null || day < until)

/** A closing time of each day as an instant; asked for thousands of times with few answers. */
function openClosings(): (day: string, time: string) => string {
  const known = new Map<string, string>()
  return (day, time) => {
    const key = `${day} ${time}`
    let found = known.get(key)
    if (!found) known.set(key, (found = new Date(momentOf(day, time)).toISOString()))
    return found
  }
}

/** The days that count of these children between two local days, in groups that are wanted. */
function daysOf(
  { db, clock }: Pick<Workbench, 'db' | 'clock'>,
  childIds: number[],
  { from, to }: { from: string; to: string },
  wanted: (groupId: number) => boolean,
): ChildDay[] {
  const now = clock()
  const today = localDay(now)
  const children = JSON.stringify(childIds)
  const enrolled = readEnrolled(db, children, from, to)
  const written = readWritten(db, children, from, to)
  const leaves = readLeaves(db, children, from, to)
  const terms = schoolDays(db, from, to < today ? to : today)
  const closing = openClosings()
  const made: ChildDay[] = []

  const leaveOn = (childId: number, day: string) =>
    leaves.get(childId)?.find(({ fromDay, toDay }) => fromDay <= day && day <= toDay)?.reason ?? null

  const add = (childId: number, groupId: number, day: string, facts: Facts, leaveBy?: string) => {
    const { departure, arrival, leave } = facts
    const state = stateOf(facts)
    const late = departure !== null && leaveBy !== undefined && departure.at > closing(day, leaveBy)
    const at = (departure ?? arrival)?.at ?? null
    made.push({ childId, groupId, day, state, at, note: noteOf(facts), told: leave !== null, late })
  }
  const factsOf = (childId: number, day: string, known: Written = {}): Facts => ({
    arrival: known.arrival ?? null,
    departure: known.departure ?? null,
    absence: known.absence ?? null,
    leave: leaveOn(childId, day),
  })

  for (const one of enrolled) {
    const days = written.get(one.childId)
    for (const day of terms.get(one.termId) ?? []) {
      if (!covers(one, day)) continue
      const facts = factsOf(one.childId, day, days?.get(day))
      days?.delete(day)
      if (!wanted(one.groupId)) continue
      const waiting = day === today && now.getTime() < momentOf(day, one.arriveBy)
      if (waiting && stateOf(facts) === 'expected') continue
      add(one.childId, one.groupId, day, facts, one.leaveBy)
    }
  }

  // A child that was there on a day without school, or before a withdrawal with an earlier day, was there all the same.
  const own = Map.groupBy(enrolled, ({ childId }) => childId)
  for (const [childId, days] of written) {
    for (const [day, known] of days) {
      const fact = known.departure ?? known.arrival
      if (!fact) continue
      const one = own.get(childId)?.find((it) => covers(it, day))
      const groupId = one?.groupId ?? fact.groupId
      if (wanted(groupId)) add(childId, groupId, day, factsOf(childId, day, known), one?.leaveBy)
    }
  }
  return made
}

/** The days that count in these groups between two local days, both included; one statement for each kind of fact. */
export function daysOfGroups(
  desk: Pick<Workbench, 'db' | 'clock'>,
  groupIds: number[],
  period: { from: string; to: string },
): ChildDay[] {
  const groups = new Set(groupIds)
  const children = rows<{ id: number }>(
    desk.db,
    'SELECT DISTINCT child_id AS id FROM enrolment WHERE group_id IN (SELECT value FROM json_each(?))',
    JSON.stringify(groupIds),
  ).map(({ id }) => id)
  return daysOf(desk, children, period, (groupId) => groups.has(groupId))
}

/** The days that count of one child, in whatever group. */
export function daysOfChild(
  desk: Pick<Workbench, 'db' | 'clock'>,
  childId: number,
  period: { from: string; to: string },
): ChildDay[] {
  return daysOf(desk, [childId], period, () => true)
}
