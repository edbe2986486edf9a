import type { Supervision } from '../../contract/enquiry-lists.ts'
import { row, rows, value, type Database } from '../../database/open.ts'
import { addDays, calendarKnownThrough } from '../../workbench/calendar.ts'
import { invalid } from '../../workbench/errors.ts'
import { dayBounds, type Now } from './limits.ts'
import { arrivalLate, whyLate } from './late.ts'
import { countOpen } from './list.ts'
import { readLines } from './lines.ts'
import { ratingTotals } from './ratings.ts'

type Why = Supervision['lateRows'][number]['why']
type Late = { id: number; leadId: number | null; name: string | null; why: Why }

/** The most overdue ones fill the page; the rest stands in the counts and one click away. */
const mostLate = 30

/** Every open one whose next limit has passed, most overdue first, with who has it and why. */
function lateOnes(db: Database, now: Now): Late[] {
  return rows<Late>(
    db,
    `SELECT e.id, CASE WHEN e.state IN ('dispatched', 'working') THEN e.lead_id END AS leadId,
       CASE WHEN e.state IN ('dispatched', 'working') THEN d.name END AS name,
       ${whyLate} AS why
     FROM enquiry e INDEXED BY enquiry_open_due LEFT JOIN department d ON d.id = e.lead_id
     WHERE e.open = 1 AND e.waiting = 0 AND e.due_at < ?
     ORDER BY e.due_at, e.id`,
    now.at,
  )
}

function countBy(late: Late[]): Supervision['lateBy'] {
  const counted = new Map<string, Supervision['lateBy'][number]>()
  for (const { leadId, name, why } of late) {
    const key = `${leadId} ${why}`
    const known = counted.get(key)
    if (known) known.count += 1
    else counted.set(key, { departmentId: leadId, name, why, count: 1 })
  }
  return [...counted.values()].sort((one, other) => other.count - one.count)
}

type Bucket = { key: number | null; days: number; count: number; late: number }
type Times = { count: number; medianDays: number; p90Days: number; late: number }

/** The value below which a share of the counted ones lies (nearest rank); buckets in ascending order of days. */
function percentile(buckets: Bucket[], count: number, share: number): number {
  let seen = 0
  for (const bucket of buckets) {
    seen += bucket.count
    if (seen >= count * share) return bucket.days
  }
  return 0
}

/** Answer times by matter or leading department, most answered first: read as counts per number of days. */
function answerTimes(
  db: Database,
  column: 'matter_id' | 'lead_id',
  from: string,
  to: string,
): Map<number | null, Times> {
  const buckets = rows<Bucket>(
    db,
    `SELECT ${column} AS key, answer_days AS days, count(*) AS count, sum(late) AS late
     FROM enquiry INDEXED BY enquiry_answered_day
     WHERE answered_day BETWEEN ? AND ? GROUP BY ${column}, answer_days ORDER BY ${column}, answer_days`,
    from,
    to,
  )
  const grouped = new Map<number | null, Bucket[]>()
  for (const bucket of buckets) {
    const list = grouped.get(bucket.key)
    if (list) list.push(bucket)
    else grouped.set(bucket.key, [bucket])
  }
  const times = [...grouped].map(([key, list]) => {
    const count = list.reduce((sum, bucket) => sum + bucket.count, 0)
    const late = list.reduce((sum, bucket) => sum + bucket.late, 0)
    return [
      key,
      { count, medianDays: percentile(list, count, 0.5), p90Days: percentile(list, count, 0.9), late },
    ] as const
  })
  return new Map(times.sort(([, one], [, other]) => other.count - one.count))
}

const mostRows = 15

/** Received and answered, per day for a month at the most, else per week by its Monday. */
function flowOf(db: Database, from: string, to: string): Supervision['flow'] {
  const perDay = addDays(from, 31) > to
  const points = new Map<string, Supervision['flow'][number]>()
  const monday = (day: string) => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))
  for (let day = perDay ? from : monday(from); day <= to; day = addDays(day, perDay ? 1 : 7)) {
    points.set(day, { day, accepted: 0, answered: 0 })
  }
  for (const what of ['accepted', 'answered'] as const) {
    for (const { day, count } of rows<{ day: string; count: number }>(
      db,
      `SELECT ${what}_day AS day, count(*) AS count FROM enquiry WHERE ${what}_day BETWEEN ? AND ? GROUP BY ${what}_day`,
      from,
      to,
    )) {
      points.get(perDay ? day : monday(day))![what] += count
    }
  }
  return [...points.values()]
}

function namesOf(db: Database, table: 'matter' | 'department'): Map<number, string> {
  return new Map(
    rows<{ id: number; name: string }>(db, `SELECT id, name FROM ${table}`).map(({ id, name }) => [id, name]),
  )
}

/** The manager's page: what is late now and why, and how the local days from `from` to `to` went. */
export function readSupervision(
  db: Database,
  { from, to }: { from: string; to: string },
  now: Now,
): Supervision {
  if (to < from) invalid('to', 'before-from')
  // Ten years and a bit: a page is no archive.
  if (addDays(from, 4000) < to) invalid('to', 'too-long')
  const { open, overdue, today, waiting, followUp } = countOpen(db, now)
  const count = (text: string, ...parameters: unknown[]) => value<number>(db, text, ...parameters) ?? 0
  const late = lateOnes(db, now)
  const whys = new Map(late.map((one) => [one.id, one.why]))
  const lateLines = readLines(
    db,
    late.slice(0, mostLate).map(({ id }) => id),
    now,
  )
  const answered = row<Record<'answered' | 'late' | 'explained' | 'refused', number>>(
    db,
    `SELECT count(*) AS answered, coalesce(sum(late), 0) AS late,
       count(*) FILTER (WHERE answer_kind = 'explained') AS explained,
       count(*) FILTER (WHERE answer_kind = 'refused') AS refused
     FROM enquiry INDEXED BY enquiry_answered_day WHERE answered_day BETWEEN ? AND ?`,
    from,
    to,
  )!
  const closed = row<Record<'closed' | 'content' | 'discontent' | 'unreachable' | 'noContact', number>>(
    db,
    `SELECT count(*) AS closed, count(*) FILTER (WHERE follow_up = 'content') AS content,
       count(*) FILTER (WHERE follow_up = 'discontent') AS discontent,
       count(*) FILTER (WHERE follow_up = 'unreachable') AS unreachable,
       count(*) FILTER (WHERE follow_up = 'no-contact') AS noContact
     FROM enquiry INDEXED BY enquiry_closed_day WHERE closed_day BETWEEN ? AND ?`,
    from,
    to,
  )!
  const accepted = count('SELECT count(*) FROM enquiry WHERE accepted_day BETWEEN ? AND ?', from, to)
  const matters = namesOf(db, 'matter')
  const departments = namesOf(db, 'department')
  const byMatter = [...answerTimes(db, 'matter_id', from, to)].slice(0, mostRows)
  const byDepartment = [...answerTimes(db, 'lead_id', from, to)].slice(0, mostRows)
  const { levels, rated } = ratingTotals(db, { from, to })
  const through = calendarKnownThrough()
  const beyond = `${through}-12-31T15:59:59.999Z`
  const { closed: closedCount, ...followUps } = closed
  return {
    now: {
      open,
      overdue,
      today,
      waiting,
      followUp,
      remind: remindersDue(db, now),
      arrival: count(
        `SELECT count(*) FROM enquiry e INDEXED BY enquiry_open_due
         WHERE e.open = 1 AND e.waiting = 0 AND ${arrivalLate}`,
        now.at,
      ),
      promises: promisesDue(db, now),
    },
    lateRows: lateLines.map((line) => ({ ...line, why: whys.get(line.id)! })),
    lateBy: countBy(late),
    period: { accepted, ...answered, closed: closedCount },
    byMatter: byMatter.map(([matterId, times]) => ({
      matterId,
      name: matterId === null ? null : (matters.get(matterId) ?? null),
      ...times,
    })),
    byDepartment: byDepartment.map(([departmentId, times]) => ({
      departmentId,
      name: departmentId === null ? null : (departments.get(departmentId) ?? null),
      ...times,
    })),
    flow: flowOf(db, from, to),
    levels,
    rated,
    followUps,
    calendar: {
      through,
      exceeded:
        value(
          db,
          'SELECT 1 FROM enquiry INDEXED BY enquiry_open_due WHERE open = 1 AND due_at > ? LIMIT 1',
          beyond,
        ) !== undefined,
    },
  }
}

/** Open enquiries whose promised papers are due today or were before. */
export function promisesDue(db: Database, now: Now): number {
  return value<number>(db, 'SELECT count(*) FROM enquiry WHERE promise_day <= ? AND open = 1', now.today) ?? 0
}

/** Enquiries that are out at a department and past the day of their limit: 催办 begins the day after (domain 1.4). */
export function remindersDue(db: Database, now: Now): number {
  const [morning] = dayBounds(now.today)
  return (
    value<number>(
      db,
      `SELECT count(*) FROM enquiry INDEXED BY enquiry_open_due
       WHERE open = 1 AND waiting = 0 AND state IN ('dispatched', 'working') AND answer_due_at < ?`,
      morning,
    ) ?? 0
  )
}
