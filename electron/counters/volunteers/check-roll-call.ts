import {
  consentPurposes,
  minutesOf,
  spanProblem,
  type activityKinds,
} from '../../contract/volunteer-fields.ts'
import type { RollCallLine, recordFlags, recordHows } from '../../contract/volunteer-records.ts'
import { row, type Database } from '../../database/open.ts'
import { ageOn, momentOf } from '../../workbench/calendar.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { adultAge } from '../people/lines.ts'
import { todayOf } from '../people/record.ts'
import { atOnce, recordsOfDays, type DayRecord } from './day-records.ts'
import { readVolunteerRules } from './rules.ts'
import { consentedOn, personsBehind, type VolunteerPerson } from './same-person.ts'

export type How = (typeof recordHows)[number]
export type Flag = (typeof recordFlags)[number]
type Problem = { field: string; problem: string }

/** What a sheet is written against. */
export type SheetActivity = {
  id: number
  kind: (typeof activityKinds)[number]
  own: 0 | 1
  day: string
  starts: string
  ends: string
  state: 'planned' | 'held' | 'cancelled'
}

export type CheckedLine = {
  volunteerId: number
  minutes: number | null
  how: How | null
  flags: Flag[]
  needsReason: boolean
  others: string[]
  problems: Problem[]
}

/** NOT_FOUND `activity`; INVALID `activityId` `future` for a day that has not come. */
export function activityOfSheet(db: Database, id: number, today: string): SheetActivity {
  const found =
    row<SheetActivity>(db, 'SELECT id, kind, own, day, starts, ends, state FROM activity WHERE id = ?', id) ??
    fail('NOT_FOUND', { what: 'activity' })
  return found.day > today ? invalid('activityId', 'future') : found
}

/** What is known of the people of a sheet, each asked for once and for all of them together. */
type Facts = {
  persons: Map<number, VolunteerPerson>
  consented: Set<number>
  ofDay: Map<number, DayRecord[]>
  longDayMinutes: number
  /** The moment of asking, in milliseconds. */
  now: number
}

const minorOn = (birth: string | null, day: string) => birth !== null && ageOn(birth, day) < adultAge

function readFacts(db: Database, day: string, lines: readonly RollCallLine[], now: Date): Facts {
  const persons = personsBehind(db, [...new Set(lines.map(({ volunteerId }) => volunteerId))])
  const ids = [...new Set(persons.map(({ personId }) => personId))]
  const minors = persons.filter(({ birth }) => minorOn(birth, day)).map(({ personId }) => personId)
  return {
    persons: new Map(persons.map((person) => [person.volunteerId, person])),
    consented: consentedOn(db, minors, consentPurposes.guardian, day),
    ofDay: Map.groupBy(recordsOfDays(db, ids, [day]), ({ personId }) => personId),
    longDayMinutes: readVolunteerRules(db).flaggedDayHours * 60,
    now: now.getTime(),
  }
}

/** How long somebody was there, or why that cannot be said. */
type Span = { minutes: number; how: How; beyond: boolean } | { problem: Problem }

const wrong = (field: string, problem: string): Span => ({ problem: { field, problem } })

function spanOf(activity: SheetActivity, line: RollCallLine, now: number): Span {
  const { arrived, left, minutes, breakMinutes } = line
  if (minutes !== null) {
    if (activity.own) return wrong('minutes', 'own-activity')
    if (arrived !== null || left !== null || breakMinutes > 0) return wrong('minutes', 'not-both')
    return { minutes, how: 'full', beyond: false }
  }
  if (arrived === null && left === null && !activity.own) return wrong('minutes', 'required')
  if (arrived === null) return wrong('arrived', 'required')
  if (left === null) return wrong('left', 'required')
  const crooked = spanProblem(arrived, left)
  if (crooked) return wrong('left', crooked)
  // Nobody has served what is still to come, whatever time the sheet was printed with.
  if (momentOf(activity.day, left) > now) return wrong('left', 'not-yet')
  const served = minutesOf(left) - minutesOf(arrived) - breakMinutes
  if (served <= 0) return wrong('breakMinutes', 'longer-than-service')
  const [late, early] = [arrived > activity.starts, left < activity.ends]
  return {
    minutes: served,
    how: late ? (early ? 'late-and-left-early' : 'late') : early ? 'left-early' : 'full',
    beyond: arrived < activity.starts || left > activity.ends,
  }
}

/** What bars this person from the sheet of that day, whatever their times. */
function barOf(activity: SheetActivity, facts: Facts, person: VolunteerPerson | undefined): string | null {
  if (!person) return 'unknown'
  const { personId, birth, joinedDay, leftDay } = person
  if (activity.day < joinedDay) return 'before-joining'
  if (leftDay !== null && activity.day > leftDay) return 'after-leaving'
  if (minorOn(birth, activity.day) && !facts.consented.has(personId)) return 'consent-missing'
  const ofDay = facts.ofDay.get(personId) ?? []
  return ofDay.some(({ activityId }) => activityId === activity.id) ? 'recorded' : null
}

const sayOther = ({ arrived, left, minutes, activity }: DayRecord) =>
  `${arrived === null ? `${minutes} 分钟` : `${arrived}-${left}`} ${activity}`

function checkLine(
  activity: SheetActivity,
  facts: Facts,
  line: RollCallLine,
  before: Set<number>,
): CheckedLine {
  const person = facts.persons.get(line.volunteerId)
  const problems: Problem[] = []
  const bar = person && before.has(person.personId) ? 'twice' : barOf(activity, facts, person)
  if (bar) problems.push({ field: 'volunteerId', problem: bar })
  if (person) before.add(person.personId)

  const checked = { volunteerId: line.volunteerId, problems }
  const span = spanOf(activity, line, facts.now)
  if ('problem' in span) {
    problems.push(span.problem)
    return { ...checked, minutes: null, how: null, flags: [], needsReason: false, others: [] }
  }
  const { minutes, how, beyond } = span
  const elsewhere = ((person && facts.ofDay.get(person.personId)) ?? []).filter(
    ({ activityId }) => activityId !== activity.id,
  )
  const meeting = elsewhere.filter((other) => atOnce(line, other))
  const ofDay = elsewhere.reduce((sum, other) => sum + other.minutes, minutes)
  const longDay = ofDay > facts.longDayMinutes
  const flags: Flag[] = [
    ...(meeting.length > 0 ? (['overlap'] as const) : []),
    ...(longDay ? (['long-day'] as const) : []),
    ...(beyond ? (['beyond'] as const) : []),
  ]
  const needsReason = how !== 'full' || flags.length > 0
  if (needsReason && line.reason === '') problems.push({ field: 'reason', problem: 'required' })
  const others = (longDay ? elsewhere : meeting).map(sayOther)
  return { ...checked, minutes, how, flags, needsReason, others }
}

/**
 * What saving would make of these lines, in their order: minutes, how, flags and problems. Everything is read for all of them
 * together, in three queries, however long the sheet is.
 */
export function checkLines(
  db: Database,
  activity: SheetActivity,
  lines: readonly RollCallLine[],
  now: Date,
): CheckedLine[] {
  const facts = readFacts(db, activity.day, lines, now)
  const before = new Set<number>()
  return lines.map((line) => checkLine(activity, facts, line, before))
}

/** Looks at a sheet without writing. NOT_FOUND `activity`; INVALID `activityId` `future`. */
export function checkRollCall(
  context: Context,
  input: { activityId: number; lines: RollCallLine[] },
): { lines: CheckedLine[] } {
  const { db, clock } = context.desk
  const activity = activityOfSheet(db, input.activityId, todayOf(context))
  return { lines: checkLines(db, activity, input.lines, clock()) }
}
