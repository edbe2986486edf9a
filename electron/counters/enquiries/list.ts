import type { z } from 'zod'
import type { Role } from '../../contract/access.ts'
import type { counts, enquiryFilter } from '../../contract/enquiry-lists.ts'
import type { EnquiryLine } from '../../contract/enquiries.ts'
import { row, rows, value, type Database } from '../../database/open.ts'
import { addDays, addWorkingDays, endOfDay } from '../../workbench/calendar.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import { dayBounds, type Now } from './limits.ts'
import { arrivalLate, whyLate } from './late.ts'
import { lineColumns, lineJoins, toLine, type LineRow } from './lines.ts'
import { isOpen } from './steps.ts'

export type Filter = z.output<typeof enquiryFilter>
export type Counts = z.output<typeof counts>

/** Conditions, each a constant text with its parameters: nothing that was typed ever becomes SQL. */
type Where = { texts: string[]; parameters: unknown[] }

const add = (where: Where, text: string, ...parameters: unknown[]) => {
  where.texts.push(text)
  where.parameters.push(...parameters)
}

type Narrowing = Partial<Pick<Filter, 'matterId' | 'operatorId' | 'departmentId' | 'gridId' | 'groupId'>>

/** One id, or null: those without. */
function narrowTo(where: Where, column: 'e.matter_id' | 'e.lead_id', id: number | null | undefined): void {
  if (id === null) add(where, `${column} IS NULL`)
  else if (id !== undefined) add(where, `${column} = ?`, id)
}

/** What narrows the counts as well as the rows. */
function narrow(where: Where, filter: Narrowing): void {
  narrowTo(where, 'e.matter_id', filter.matterId)
  if (filter.operatorId !== undefined) add(where, 'e.operator_id = ?', filter.operatorId)
  narrowTo(where, 'e.lead_id', filter.departmentId)
  if (filter.gridId !== undefined) add(where, 'e.grid_id = ?', filter.gridId)
  if (filter.groupId !== undefined) add(where, 'e.group_id = ?', filter.groupId)
}

/** Few, and read through the partial index in the order of their limits, those that wait for the resident last. */
const openOnes = 'enquiry e INDEXED BY enquiry_open_due WHERE e.open = 1'

const textOf = (where: Where) => where.texts.map((text) => ` AND ${text}`).join('')

/** How many wait, are late, are due today …: of one matter, operator, department … where asked for, whatever the page. */
export function countOpen(db: Database, now: Now, filter: Narrowing = {}): Counts {
  const where: Where = { texts: [], parameters: [] }
  narrow(where, filter)
  const [, tonight] = dayBounds(now.today)
  return row<Counts>(
    db,
    `SELECT count(*) AS open, count(*) FILTER (WHERE e.waiting = 0 AND e.due_at < ?) AS overdue,
       count(*) FILTER (WHERE e.waiting = 0 AND e.due_at >= ? AND e.due_at <= ?) AS today,
       count(*) FILTER (WHERE e.waiting = 1) AS waiting,
       count(*) FILTER (WHERE e.state = 'answered') AS followUp
     FROM ${openOnes}${textOf(where)}`,
    now.at,
    now.at,
    tonight,
    ...where.parameters,
  )!
}

/** Of open ones: how the next limit stands. */
function narrowUrgency(where: Where, urgency: NonNullable<Filter['urgency']>, now: Now): void {
  const [morning, tonight] = dayBounds(now.today)
  add(where, 'e.open = 1')
  if (urgency === 'waiting') return add(where, 'e.waiting = 1')
  add(where, 'e.waiting = 0')
  if (urgency === 'overdue') add(where, 'e.due_at < ?', now.at)
  else if (urgency === 'today') add(where, 'e.due_at >= ? AND e.due_at <= ?', now.at, tonight)
  else if (urgency === 'soon') {
    // Up to the next working day after those, without it: days off in between are as soon as the day before them.
    const last = endOfDay(addDays(addWorkingDays(now.today, now.soonDays + 1), -1))
    add(where, 'e.due_at > ? AND e.due_at <= ?', tonight, last)
  } else if (urgency === 'remind') {
    // 催办 begins the day after the limit (domain 1.4).
    add(where, "e.state IN ('dispatched', 'working') AND e.answer_due_at < ?", morning)
  } else {
    add(where, arrivalLate, now.at)
  }
}

/** With their values in the text, so that SQLite sees that an index of the few that went badly holds them all. */
const kindTexts = {
  solved: "e.answer_kind = 'solved'",
  explained: "e.answer_kind = 'explained'",
  refused: "e.answer_kind = 'refused'",
} as const satisfies Record<NonNullable<Filter['kind']>, string>
const followUpTexts = {
  content: "e.follow_up = 'content'",
  discontent: "e.follow_up = 'discontent'",
  unreachable: "e.follow_up = 'unreachable'",
  'no-contact': "e.follow_up = 'no-contact'",
} as const satisfies Record<NonNullable<Filter['followUp']>, string>

/** What narrows the rows alone. */
function narrowRows(where: Where, filter: Filter, now: Now): void {
  narrow(where, filter)
  if (filter.promiseDue) add(where, 'e.promise_day <= ?', now.today)
  if (filter.late !== undefined) add(where, filter.late ? 'e.late = 1' : 'e.late = 0')
  if (filter.kind !== undefined) add(where, kindTexts[filter.kind])
  if (filter.followUp !== undefined) add(where, followUpTexts[filter.followUp])
  if (filter.urgency !== undefined) narrowUrgency(where, filter.urgency, now)
  if (filter.why !== undefined) {
    narrowUrgency(where, 'overdue', now)
    add(where, `${whyLate} = ?`, filter.why)
  }
  if (filter.state === 'open') add(where, 'e.open = 1')
  else if (filter.state === 'closed') add(where, 'e.open = 0')
  else if (filter.state !== 'all') add(where, 'e.state = ?', filter.state)
}

function readKey(after: string | undefined, shape: RegExp): string[] | null {
  if (after === undefined) return null
  const match = shape.exec(after)
  return match ? match.slice(1) : invalid('after', 'key')
}

type Page = { rows: LineRow[]; keyOf: (line: LineRow) => string; from: string; where: Where }

const select = (from: string, order: string) =>
  `SELECT ${lineColumns} FROM (SELECT e.* FROM ${from} ORDER BY ${order} LIMIT ?) e ${lineJoins} ORDER BY ${order}`

function openPage(db: Database, filter: Filter, now: Now): Page {
  const where: Where = { texts: [], parameters: [] }
  narrowRows(where, filter, now)
  const counted = { texts: [...where.texts], parameters: [...where.parameters] }
  const key = readKey(filter.after, /^([01])\.([\d-]{10}T[\d:.]{12}Z)\.(\d{1,15})$/)
  if (key) add(where, '(e.waiting, e.due_at, e.id) > (?, ?, ?)', Number(key[0]), key[1], Number(key[2]))
  return {
    rows: rows<LineRow>(
      db,
      select(`${openOnes}${textOf(where)}`, 'e.waiting, e.due_at, e.id'),
      ...where.parameters,
      filter.limit + 1,
    ),
    keyOf: (line) => `${line.waiting}.${line.due_at}.${line.id}`,
    from: openOnes,
    where: counted,
  }
}

/** Over all years the few that went badly are found through an index of their own. */
function newestFrom({ late, kind, followUp }: Filter): string {
  if (late) return 'enquiry e INDEXED BY enquiry_late'
  if (kind !== undefined && kind !== 'solved') return 'enquiry e INDEXED BY enquiry_not_solved'
  if (followUp !== undefined && followUp !== 'content') return 'enquiry e INDEXED BY enquiry_not_content'
  return 'enquiry e'
}

function newestPage(db: Database, filter: Filter, now: Now): Page {
  const where: Where = { texts: [], parameters: [] }
  narrowRows(where, filter, now)
  const counted = { texts: [...where.texts], parameters: [...where.parameters] }
  const key = readKey(filter.after, /^(\d{1,15})$/)
  if (key) add(where, 'e.id < ?', Number(key[0]))
  const from = `${newestFrom(filter)} WHERE true`
  return {
    rows: rows<LineRow>(
      db,
      select(`${from}${textOf(where)}`, 'e.id DESC'),
      ...where.parameters,
      filter.limit + 1,
    ),
    keyOf: (line) => String(line.id),
    from,
    where: counted,
  }
}

const dayColumns = { accepted: 'accepted_day', answered: 'answered_day', closed: 'closed_day' } as const

const periodSources = {
  accepted: 'enquiry e INDEXED BY enquiry_accepted_day',
  answered: 'enquiry e INDEXED BY enquiry_answered_day',
  closed: 'enquiry e INDEXED BY enquiry_closed_day',
  rated: 'rating r CROSS JOIN enquiry e ON e.id = r.enquiry_id',
} as const

/**
 * Through the index of that day: a long period is read from it alone. Open ones, those of a group and those with a promise
 * are few, however long it is.
 */
function periodFrom({ period, state, urgency, why, groupId, promiseDue }: Filter): string {
  if (period!.by === 'rated') return periodSources.rated
  if (state === 'open' || urgency !== undefined || why !== undefined)
    return 'enquiry e INDEXED BY enquiry_open_due'
  if (groupId !== undefined) return 'enquiry e INDEXED BY enquiry_group_members'
  if (promiseDue) return 'enquiry e INDEXED BY enquiry_promise'
  return periodSources[period!.by]
}

/** Newest day first, within the days of the period. */
function periodPage(db: Database, filter: Filter, now: Now): Page {
  const { by, from, to } = filter.period!
  const where: Where = { texts: [], parameters: [] }
  const rated = by === 'rated'
  const column = rated ? 'r.day' : `e.${dayColumns[by]}`
  add(where, `${column} BETWEEN ? AND ?`, from, to)
  if (filter.rating) add(where, filter.rating === 'good' ? 'r.level >= 3' : 'r.level <= 2')
  narrowRows(where, filter, now)
  const counted = { texts: [...where.texts], parameters: [...where.parameters] }
  const key = readKey(filter.after, /^(\d{4}-\d{2}-\d{2})\.(\d{1,15})$/)
  if (key) add(where, `(${column}, e.id) < (?, ?)`, key[0], Number(key[1]))
  const source = periodFrom(filter)
  const found = rows<LineRow & { period_day: string }>(
    db,
    `SELECT ${lineColumns}, e.period_day
     FROM (SELECT e.*, ${column} AS period_day FROM ${source} WHERE true${textOf(where)}
           ORDER BY ${column} DESC, e.id DESC LIMIT ?) e ${lineJoins}
     ORDER BY e.period_day DESC, e.id DESC`,
    ...where.parameters,
    filter.limit + 1,
  )
  return {
    rows: found,
    keyOf: (line) => `${(line as LineRow & { period_day: string }).period_day}.${line.id}`,
    from: `${source} WHERE true`,
    where: counted,
  }
}

/** Only what is open has a limit to be in the order of: all of the open ones, or those of one open state. */
const ofOpenOnes = ({ state, urgency, why }: Filter) =>
  urgency !== undefined ||
  why !== undefined ||
  state === 'open' ||
  (state !== 'all' && state !== 'closed' && isOpen(state))

/** More than this is told as so many and more. */
const mostCounted = 1000

/**
 * One page. Open ones, or those of one open state, by limit, those that wait for the resident last; with a period newest
 * day first; others newest first. Only open ones can be due or late, so an urgency or a why narrows `all` to them and
 * `closed` to nothing. FORBIDDEN for a rating asked for by somebody who does not oversee.
 */
export function listEnquiries(
  db: Database,
  filter: Filter,
  now: Now,
  role: Role,
): { rows: EnquiryLine[]; next: string | null; total: number | null; counts: Counts } {
  const { period, rating, state } = filter
  if (period && period.to < period.from) invalid('period.to', 'before-from')
  const secret = rating !== undefined || period?.by === 'rated'
  if (secret && role !== 'manager' && role !== 'auditor') fail('FORBIDDEN')
  if (rating !== undefined && period?.by !== 'rated') invalid('rating', 'needs-period')
  const counts = countOpen(db, now, filter)
  if (state === 'closed' && (filter.urgency ?? filter.why)) return { rows: [], next: null, total: 0, counts }
  const page = (period ? periodPage : ofOpenOnes(filter) ? openPage : newestPage)(db, filter, now)
  const lines = page.rows.slice(0, filter.limit)
  const last = page.rows.length > filter.limit ? lines.at(-1)! : null
  return {
    rows: lines.map((line) => toLine(line, now)),
    next: last && page.keyOf(last),
    // The first page tells how many there are; the next ones need not count again.
    total: filter.after === undefined ? countUpTo(db, page) : null,
    counts,
  }
}

function countUpTo(db: Database, { from, where }: Page): number {
  return (
    value<number>(
      db,
      `SELECT count(*) FROM (SELECT 1 FROM ${from}${textOf(where)} LIMIT ?)`,
      ...where.parameters,
      mostCounted,
    ) ?? 0
  )
}
