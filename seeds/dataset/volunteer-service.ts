import { minutesOf, type Colour } from '../../electron/contract/volunteer-fields.ts'
import { postPoints, takeBackPoints } from '../../electron/counters/volunteers/ledger.ts'
import { write, type WritableDatabase } from '../../electron/database/open.ts'
import { addDays, addWorkingDays, localDay } from '../../electron/workbench/calendar.ts'
import { nextNumber } from '../../electron/workbench/numbering.ts'
import { volunteerShares } from './plan.ts'
import type { Random } from './random.ts'
import { instantOf, momentOf, type Schedule } from './schedule.ts'
import type { Serving, VolunteerPeople } from './volunteer-people.ts'
import { earlyReasons, flagReasons, lateReasons, reversalReasons } from './volunteer-words.ts'
import type { Writer } from './writer.ts'

type Source = { writer: Writer; random: Random; schedule: Schedule; people: VolunteerPeople }

export type ActivityPlan = {
  day: string
  name: string
  place: string
  content: string
  organiser: string
  kind: 'service' | 'training' | 'party-duty'
  own: boolean
  starts: string
  ends: string
  colour: Colour | null
  teamId: number | null
  seriesId: number | null
  /** Who come, about. */
  size: number
}
type Activity = ActivityPlan & { id: number }
/** What somebody does on a day, in minutes since midnight. */
type Span = { from: number; to: number; minutes: number }
type RecordMade = { id: number; volunteerId: number }

const clockOf = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const flaggedDayMinutes = 8 * 60
const confirmDays = 10

/** Activities from the plan to the confirmation by a second person, with what was taken back. */
export function openService({ writer, random, schedule, people }: Source) {
  const { audit } = writer
  /** Who serves when on the days whose sheets are not all in yet. */
  const spans = new Map<string, Map<number, Span[]>>()

  function plan(db: WritableDatabase, at: string, operatorId: number, wanted: ActivityPlan): Activity {
    const { day, own, kind } = wanted
    const { id } = write(
      db,
      `INSERT INTO activity (number, ticket, name, kind, own, day, starts, ends, place, content, organiser, in_charge, colour,
         team_id, series_id, confirm_by, operator_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      nextNumber(db, 'HD', Number(localDay(new Date(at)).slice(0, 4))),
      wanted.seriesId === null ? random.uuid() : null,
      wanted.name,
      kind,
      own ? 1 : 0,
      day,
      wanted.starts,
      wanted.ends,
      wanted.place,
      wanted.content,
      wanted.organiser,
      '队长',
      wanted.colour,
      wanted.teamId,
      wanted.seriesId,
      addWorkingDays(day, confirmDays),
      operatorId,
      at,
    )
    return { ...wanted, id }
  }

  /** Who come: the older ones more often, those of a party duty members, and hardly anybody who is elsewhere then. */
  function whoCome({ day, kind, size, starts, ends }: Activity): Serving[] {
    const found = new Set<Serving>()
    const pool = people.serving
    const [from, to] = [minutesOf(starts), minutesOf(ends)]
    for (let tries = size * 6; tries > 0 && found.size < size && pool.length > 0; tries -= 1) {
      const one = pool[Math.floor(pool.length * random.next() ** 1.6)]!
      if (one.joinedDay > day || !one.mayServe || (kind === 'party-duty' && !one.partyMember)) continue
      const elsewhere = (spans.get(day)?.get(one.id) ?? []).some((span) => span.from < to && span.to > from)
      if (!elsewhere || random.chance(volunteerShares.overlap)) found.add(one)
    }
    return [...found]
  }

  function signUp(db: WritableDatabase, at: string, activity: Activity, who: readonly Serving[]): void {
    const operatorId = random.pick(writer.clerks)
    for (const { id } of who) {
      write(
        db,
        'INSERT INTO activity_sign_up (activity_id, volunteer_id, at, operator_id) VALUES (?, ?, ?, ?)',
        activity.id,
        id,
        at,
        operatorId,
      )
    }
    audit(db, { at, operatorId, action: 'volunteer.sign-up', subject: `activity:${activity.id}` })
  }

  /** When somebody came and went. */
  function timesOf({ starts, ends }: Activity): { from: number; to: number } {
    const [from, to] = [minutesOf(starts), minutesOf(ends)]
    const way = random.weighted(volunteerShares.times)
    if (way === 1 || way === 3)
      return { from: from + random.int(8, 35), to: way === 3 ? to - random.int(10, 30) : to }
    if (way === 2) return { from, to: to - random.int(10, 45) }
    return way === 4 ? { from, to: Math.min(to + random.int(10, 40), 24 * 60 - 1) } : { from, to }
  }

  function record(
    db: WritableDatabase,
    activity: Activity,
    rollCallId: number,
    one: Serving,
    by: { at: string; operatorId: number },
  ): RecordMade {
    const { day, own, kind } = activity
    const { from, to } = timesOf(activity)
    const rest = to - from > 6 * 60 ? 60 : 0
    const minutes = to - from - rest
    const [late, early] = [from > minutesOf(activity.starts), to < minutesOf(activity.ends)]
    const beyond = to > minutesOf(activity.ends)
    const others = spans.get(day)?.get(one.id) ?? []
    const overlap = others.some((span) => span.from < to && span.to > from)
    const longDay = others.reduce((sum, span) => sum + span.minutes, minutes) > flaggedDayMinutes
    const reason = late
      ? random.pick(lateReasons)
      : early
        ? random.pick(earlyReasons)
        : overlap || longDay || beyond
          ? random.pick(flagReasons)
          : ''
    const { id } = write(
      db,
      `INSERT INTO service_record (activity_id, volunteer_id, roll_call_id, day, year, kind, own, arrived, left, break_minutes,
         minutes, how, overlap, long_day, beyond, reason, rating, entered_by, entered_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      activity.id,
      one.id,
      rollCallId,
      day,
      Number(day.slice(0, 4)),
      kind,
      own ? 1 : 0,
      clockOf(from),
      clockOf(to),
      rest,
      minutes,
      late ? (early ? 'late-and-left-early' : 'late') : early ? 'left-early' : 'full',
      overlap ? 1 : 0,
      longDay ? 1 : 0,
      beyond ? 1 : 0,
      reason,
      random.chance(volunteerShares.rated) ? random.int(3, 5) : null,
      by.operatorId,
      by.at,
    )
    const ofDay = spans.get(day) ?? new Map<number, Span[]>()
    spans.set(day, ofDay.set(one.id, [...others, { from, to, minutes }]))
    return { id, volunteerId: one.id }
  }

  function confirm(
    db: WritableDatabase,
    at: string,
    activity: Activity,
    made: readonly RecordMade[],
    enteredBy: number,
  ): void {
    const operatorId = random.pick([...writer.clerks, ...writer.managers].filter((id) => id !== enteredBy))
    const ids = made.map(({ id }) => id)
    write(
      db,
      `UPDATE service_record SET confirmed_by = ?, confirmed_at = ?, counted = (own = 1 AND kind = 'service')
       WHERE id IN (SELECT value FROM json_each(?))`,
      operatorId,
      at,
      JSON.stringify(ids),
    )
    const points = postPoints(db, ids, { day: localDay(new Date(at)), at, operatorId })
    audit(db, {
      at,
      operatorId,
      action: 'volunteer.confirm',
      subject: `activity:${activity.id}`,
      changes: JSON.stringify({ records: [null, ids.length], points: [null, points] }),
    })
    for (const one of made) {
      if (!random.chance(volunteerShares.reversed)) continue
      later(at, random.int(1, 5), (file, when) => reverse(file, when, activity, one))
    }
  }

  function reverse(
    db: WritableDatabase,
    at: string,
    activity: Activity,
    { id, volunteerId }: RecordMade,
  ): void {
    const operatorId = random.pick(writer.managers)
    const reason = random.pick(reversalReasons)
    const { id: reversalId } = write(
      db,
      `INSERT INTO service_record (activity_id, volunteer_id, reverses, day, year, kind, own, arrived, left, break_minutes,
         minutes, how, reason, entered_by, entered_at)
       SELECT activity_id, volunteer_id, id, day, year, kind, own, arrived, left, break_minutes, -minutes, how, ?, ?, ?
       FROM service_record WHERE id = ?`,
      reason,
      operatorId,
      at,
      id,
    )
    takeBackPoints(db, { recordId: id, reversalId }, { day: localDay(new Date(at)), at, operatorId })
    audit(db, {
      at,
      operatorId,
      reason,
      action: 'volunteer.reverse-record',
      subject: `activity:${activity.id}`,
    })
    spans.get(activity.day)?.delete(volunteerId)
  }

  /** So many working days later, at a moment of the counter's day. */
  function later(
    at: string,
    workingDays: number,
    happen: (db: WritableDatabase, when: string) => void,
  ): void {
    const day = addWorkingDays(localDay(new Date(at)), workingDays)
    schedule.plan({ at: instantOf(day, momentOf(random)), write: happen })
  }

  /** The leader hands in the sheet on one of the next working days; a second person looks at it some days later. */
  function enter(db: WritableDatabase, at: string, activity: Activity): void {
    const operatorId = random.pick(writer.clerks)
    const { id: rollCallId } = write(
      db,
      'INSERT INTO roll_call (activity_id, ticket, at, operator_id) VALUES (?, ?, ?, ?)',
      activity.id,
      random.uuid(),
      at,
      operatorId,
    )
    const made = whoCome(activity).map((one) => record(db, activity, rollCallId, one, { at, operatorId }))
    write(db, "UPDATE activity SET state = 'held', version = version + 1 WHERE id = ?", activity.id)
    audit(db, {
      at,
      operatorId,
      action: 'volunteer.roll-call',
      subject: `activity:${activity.id}`,
      changes: JSON.stringify({ rollCall: [null, rollCallId], records: [null, made.length] }),
    })
    if (made.length === 0) return
    const days = random.chance(volunteerShares.late) ? random.int(11, 14) : random.int(1, 7)
    later(at, days, (file, when) => {
      confirm(file, when, activity, made, operatorId)
      if (!activity.own || !random.chance(volunteerShares.national)) return
      write(
        file,
        'UPDATE activity SET national_day = ?, version = version + 1 WHERE id = ?',
        localDay(new Date(when)),
        activity.id,
      )
    })
  }

  return {
    /** Plans an activity and all that follows it; part of the running act of `operatorId`. Returns its id. */
    arrange(db: WritableDatabase, at: string, operatorId: number, wanted: ActivityPlan): number {
      const activity = plan(db, at, operatorId, wanted)
      const { day } = activity
      if (activity.own && activity.kind === 'service') {
        const before = addWorkingDays(addDays(day, -6), 1)
        if (instantOf(before, 9 * 3_600_000) > at && before < day) {
          schedule.plan({
            at: instantOf(before, momentOf(random)),
            write: (file, when) =>
              signUp(
                file,
                when,
                activity,
                whoCome({ ...activity, size: Math.ceil(activity.size * volunteerShares.signUps) }),
              ),
          })
        }
      }
      const handedIn = addWorkingDays(day, random.weighted([60, 25, 15]) + 1)
      schedule.plan({
        at: instantOf(handedIn, momentOf(random)),
        write: (file, when) => enter(file, when, activity),
      })
      return activity.id
    },

    /** Sheets of these days are in; who served when is asked no more. */
    forget(before: string): void {
      for (const day of spans.keys()) if (day < before) spans.delete(day)
    },
  }
}
export type Service = ReturnType<typeof openService>
