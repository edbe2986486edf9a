import type { EnquiryLine, EnquiryState } from '../../contract/enquiries.ts'
import { rows, type Database } from '../../database/open.ts'
import { doorText, nameNow } from '../people/lines.ts'
import { shownLimit, type Now } from './limits.ts'

export type LineRow = {
  id: number
  number: string
  title: string
  matter: string | null
  channel: EnquiryLine['channel']
  state: EnquiryState
  accepted_at: string
  accepted_day: string
  answer_due_at: string
  due_at: string
  waiting: number
  anonymous: number
  given_name: string
  asker: string | null
  subject: string | null
  estate: string | null
  building: string | null
  unit: string | null
  door: string | null
  lead: string | null
  operator: string
}

/** Columns and joins of a line; `e` is the enquiry. A merged person's line carries the name of who remains. */
export const lineColumns = `
  e.id, e.number, e.title, m.name AS matter, e.channel, e.state, e.accepted_at, e.accepted_day, e.answer_due_at,
  e.due_at, e.waiting,
  e.anonymous, e.given_name,
  ${nameNow('ask')} AS asker, ${nameNow('sub')} AS subject,
  h.estate, h.building, h.unit, h.number AS door, d.name AS lead, o.name AS operator`

export const lineJoins = `
  JOIN operator o ON o.id = e.operator_id
  LEFT JOIN department d ON d.id = e.lead_id
  LEFT JOIN matter m ON m.id = e.matter_id
  LEFT JOIN person ask ON ask.id = e.asker_id
  LEFT JOIN person sub ON sub.id = e.subject_id
  LEFT JOIN household h ON h.id = e.household_id`

function doorOf({ estate, building, unit, door }: LineRow): string | null {
  return building === null ? null : doorText({ estate: estate!, building, unit: unit!, number: door! })
}

export function toLine(row: LineRow, now: Now): EnquiryLine {
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    matter: row.matter,
    channel: row.channel,
    state: row.state,
    acceptedAt: row.accepted_at,
    acceptedDay: row.accepted_day,
    ...shownLimit(
      { state: row.state, dueAt: row.due_at, answerDueAt: row.answer_due_at, waiting: row.waiting === 1 },
      now,
    ),
    asker: row.asker ?? (row.given_name || null),
    subject: row.subject,
    door: doorOf(row),
    lead: row.lead,
    operator: row.operator,
  }
}

/** The lines of these enquiries, in this order; ids that do not exist are left out. */
export function readLines(db: Database, ids: readonly number[], now: Now): EnquiryLine[] {
  if (ids.length === 0) return []
  const found = rows<LineRow>(
    db,
    `SELECT ${lineColumns} FROM json_each(?) wanted CROSS JOIN enquiry e ON e.id = wanted.value ${lineJoins}
     ORDER BY wanted.key`,
    JSON.stringify(ids),
  )
  return found.map((row) => toLine(row, now))
}
