import type { Role } from '../../contract/access.ts'
import {
  eventDetail,
  type AnswerKind,
  type Enquiry,
  type EnquiryEvent,
  type FollowUp,
  type Paper,
} from '../../contract/enquiries.ts'
import { row, rows, value, type Database } from '../../database/open.ts'
import { fail } from '../../workbench/errors.ts'
import { maskPhone } from '../../workbench/masking.ts'
import { personLine, survivor } from '../people/lines.ts'
import { readAssignments } from './assignments.ts'
import { filesOf } from './attachments.ts'
import type { Now } from './limits.ts'
import { lineColumns, lineJoins, readLines, toLine, type LineRow } from './lines.ts'
import { allowedSteps } from './steps.ts'

type EnquiryRow = LineRow & {
  matter_id: number | null
  words: string
  id_refused: number
  asker_id: number | null
  subject_id: number | null
  given_phone: string
  answer: string
  answer_kind: AnswerKind | null
  answered_day: string | null
  extended: number
  waiting_since: string | null
  follow_up: FollowUp | null
  promise_day: string | null
  promise_consequence: string
  group_id: number | null
  version: number
}

const enquirySql = `
  SELECT ${lineColumns}, e.matter_id, e.words, e.id_refused, e.asker_id, e.subject_id, e.given_phone, e.answer,
    e.answer_kind, e.answered_day, e.extended, e.waiting_since, e.follow_up, e.promise_day, e.promise_consequence,
    e.group_id, e.version
  FROM enquiry e ${lineJoins} WHERE e.id = ?`

type EventRow = {
  id: number
  step: EnquiryEvent['step']
  from_state: Enquiry['state'] | null
  to_state: Enquiry['state']
  at: string
  operator: string
  text: string
  assignment_id: number | null
  detail: string
}

const eventsSql = `
  SELECT v.id, v.step, v.from_state, v.to_state, v.at, o.name AS operator, v.text, v.assignment_id, v.detail
  FROM enquiry_event v JOIN operator o ON o.id = v.operator_id WHERE v.enquiry_id = ? ORDER BY v.id`

/** Whoever this person is today, after merges; the line shows them as they are now. */
function keptPerson(db: Database, id: number | null, today: string) {
  const keptId = id === null ? null : survivor(db, id)
  return { id: keptId, person: keptId === null ? null : personLine(db, keptId, today) }
}

function readEvents(
  db: Database,
  id: number,
  assignments: ReturnType<typeof readAssignments>,
): EnquiryEvent[] {
  const files = filesOf(db, id)
  return rows<EventRow>(db, eventsSql, id).map((event) => ({
    id: event.id,
    step: event.step,
    from: event.from_state,
    to: event.to_state,
    at: event.at,
    operator: event.operator,
    text: event.text,
    // A step is about one department, or has called several.
    departments: assignments
      .filter((one) => one.id === event.assignment_id || one.eventId === event.id)
      .map((one) => one.department),
    detail: event.detail === '{}' ? {} : eventDetail.parse(JSON.parse(event.detail)),
    files: files.get(event.id) ?? [],
  }))
}

/** The papers of a case in the order in which they were named. */
export function readPapers(db: Database, enquiryId: number): Paper[] {
  return rows<Paper>(
    db,
    'SELECT id, name, state FROM enquiry_paper WHERE enquiry_id = ? ORDER BY id',
    enquiryId,
  )
}

/** So many stand on the screen of one of them; the list shows all. */
const mostShown = 20

/** The group of an enquiry with the others in it, newest first; null without one. */
function readGroup(db: Database, groupId: number | null, except: number, now: Now): Enquiry['group'] {
  if (groupId === null) return null
  const { title } = row<{ title: string }>(db, 'SELECT title FROM enquiry_group WHERE id = ?', groupId)!
  const ids = rows<{ id: number }>(
    db,
    'SELECT id FROM enquiry WHERE group_id = ? AND id <> ? ORDER BY id DESC LIMIT ?',
    groupId,
    except,
    mostShown,
  ).map(({ id }) => id)
  const count = value<number>(db, 'SELECT count(*) FROM enquiry WHERE group_id = ?', groupId)!
  return { id: groupId, title, count, others: readLines(db, ids, now) }
}

type RatingRow = { level: number; reasons: string; words: string; way: 'screen' | 'slip' }

/** How it was rated, for those who oversee; those who handle it learn only that it was. */
function readRating(db: Database, id: number, role: Role): Pick<Enquiry, 'rated' | 'rating'> {
  if (role !== 'manager' && role !== 'auditor') {
    return { rated: value(db, 'SELECT 1 FROM rating WHERE enquiry_id = ?', id) !== undefined, rating: null }
  }
  const found = row<RatingRow>(db, 'SELECT level, reasons, words, way FROM rating WHERE enquiry_id = ?', id)
  return {
    rated: found !== undefined,
    rating: found ? { ...found, reasons: JSON.parse(found.reasons) as string[] } : null,
  }
}

/** One enquiry with its whole life and what this role may do with it now; NOT_FOUND without it. */
export function readEnquiry(db: Database, id: number, role: Role, now: Now): Enquiry {
  const found = row<EnquiryRow>(db, enquirySql, id)
  if (!found) fail('NOT_FOUND', { what: 'enquiry' })
  const asker = keptPerson(db, found.asker_id, now.today)
  const subject = keptPerson(db, found.subject_id, now.today)
  // While the clock stands, nobody becomes late.
  const assignments = readAssignments(db, id, found.waiting_since ?? now.at)
  return {
    ...toLine(found, now),
    matterId: found.matter_id,
    words: found.words,
    anonymous: found.anonymous === 1,
    idRefused: found.id_refused === 1,
    askerId: asker.id,
    askerPerson: asker.person,
    subjectId: subject.id,
    subjectPerson: subject.person,
    givenName: found.given_name,
    givenPhone: found.given_phone && maskPhone(found.given_phone),
    answer: found.answer,
    answerKind: found.answer_kind,
    answeredDay: found.answered_day,
    answerDueAt: found.answer_due_at,
    extended: found.extended,
    waitingSince: found.waiting_since,
    followUp: found.follow_up,
    promise:
      found.promise_day === null ? null : { day: found.promise_day, consequence: found.promise_consequence },
    papers: readPapers(db, id),
    assignments: assignments.map(({ eventId: _, ...one }) => one),
    group: readGroup(db, found.group_id, id, now),
    ...readRating(db, id, role),
    version: found.version,
    events: readEvents(db, id, assignments),
    allowed: allowedSteps(found.state, found.waiting === 1, role),
  }
}

/** The enquiry that this ticket of a screen already became, if it did. */
export function enquiryOfTicket(db: Database, ticket: string): number | undefined {
  return value<number>(db, 'SELECT id FROM enquiry WHERE ticket = ?', ticket)
}
