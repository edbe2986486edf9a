import type { z } from 'zod'
import type { enquiryFilter, EnquiryLine } from '../../contract/enquiries.ts'
import { row, rows, type Database } from '../../database/open.ts'
import { invalid } from '../../workbench/errors.ts'
import { lineColumns, lineJoins, toLine, type LineRow } from './lines.ts'

export type Filter = z.output<typeof enquiryFilter>
export type Counts = { open: number; overdue: number; today: number }

/** The few that wait, read through the partial index in the order of their limits. */
const openOnes = "enquiry e INDEXED BY enquiry_open_due WHERE e.state = 'accepted'"

type Narrowing = { text: string; parameters: unknown[] }

/** Optional conditions, each a constant text: nothing that was typed ever becomes SQL. */
function narrow(filter: Pick<Filter, 'matterId' | 'operatorId'>): Narrowing {
  const texts: string[] = []
  const parameters: unknown[] = []
  if (filter.matterId !== undefined) {
    texts.push(' AND e.matter_id = ?')
    parameters.push(filter.matterId)
  }
  if (filter.operatorId !== undefined) {
    texts.push(' AND e.operator_id = ?')
    parameters.push(filter.operatorId)
  }
  return { text: texts.join(''), parameters }
}

/** How many wait, are late, are due today: of one matter or operator where asked for, whatever the page. */
export function countOpen(
  db: Database,
  today: string,
  filter: Pick<Filter, 'matterId' | 'operatorId'> = {},
): Counts {
  const { text, parameters } = narrow(filter)
  return row<Counts>(
    db,
    `SELECT count(*) AS open, count(*) FILTER (WHERE e.due_day < ?) AS overdue,
       count(*) FILTER (WHERE e.due_day = ?) AS today FROM ${openOnes}${text}`,
    today,
    today,
    ...parameters,
  )!
}

function readKey(after: string | undefined, shape: RegExp): string[] | null {
  if (after === undefined) return null
  const match = shape.exec(after)
  return match ? match.slice(1) : invalid('after', 'key')
}

function openPage(db: Database, filter: Filter, today: string): LineRow[] {
  const { text, parameters } = narrow(filter)
  let where = text
  if (filter.urgency === 'overdue') {
    where += ' AND e.due_day < ?'
    parameters.push(today)
  } else if (filter.urgency === 'today') {
    where += ' AND e.due_day = ?'
    parameters.push(today)
  }
  const key = readKey(filter.after, /^(\d{4}-\d{2}-\d{2})\.(\d{1,15})$/)
  if (key) {
    where += ' AND (e.due_day, e.id) > (?, ?)'
    parameters.push(key[0], Number(key[1]))
  }
  return rows<LineRow>(
    db,
    `SELECT ${lineColumns} FROM (SELECT * FROM ${openOnes}${where} ORDER BY e.due_day, e.id LIMIT ?) e ${lineJoins}
     ORDER BY e.due_day, e.id`,
    ...parameters,
    filter.limit + 1,
  )
}

function newestPage(db: Database, filter: Filter): LineRow[] {
  const { text, parameters } = narrow(filter)
  let where = `${filter.state === 'closed' ? "e.state <> 'accepted'" : 'true'}${text}`
  if (filter.acceptedDay !== undefined) {
    where += ' AND e.accepted_day = ?'
    parameters.push(filter.acceptedDay)
  }
  if (filter.closedDay !== undefined) {
    where += ' AND e.closed_day = ?'
    parameters.push(filter.closedDay)
  }
  const key = readKey(filter.after, /^(\d{1,15})$/)
  if (key) {
    where += ' AND e.id < ?'
    parameters.push(Number(key[0]))
  }
  return rows<LineRow>(
    db,
    `SELECT ${lineColumns} FROM (SELECT * FROM enquiry e WHERE ${where} ORDER BY e.id DESC LIMIT ?) e ${lineJoins}
     ORDER BY e.id DESC`,
    ...parameters,
    filter.limit + 1,
  )
}

/**
 * One page: open ones by limit, closed and all newest first. `closed` is whatever nobody waits for any more.
 * Only open ones can be due, so an urgency narrows `all` to them and `closed` to nothing. A day of accepting or
 * closing narrows `closed` and `all`.
 */
export function listEnquiries(
  db: Database,
  filter: Filter,
  today: string,
): { rows: EnquiryLine[]; next: string | null; counts: Counts } {
  const counts = countOpen(db, today, filter)
  if (filter.state === 'closed' && filter.urgency) return { rows: [], next: null, counts }
  const byLimit = filter.state === 'open' || filter.urgency !== undefined
  const found = byLimit ? openPage(db, filter, today) : newestPage(db, filter)
  const lines = found.slice(0, filter.limit).map((line) => toLine(line, today))
  const last = found.length > filter.limit ? lines.at(-1)! : null
  const next = last && (byLimit ? `${last.dueDay}.${last.id}` : String(last.id))
  return { rows: lines, next, counts }
}
