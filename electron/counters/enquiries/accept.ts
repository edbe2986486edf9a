import type { Enquiry, EnquiryLine } from '../../contract/enquiries.ts'
import type { Limit } from '../../contract/rules.ts'
import { value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { localDay } from '../../workbench/calendar.ts'
import { nextNumber } from '../../workbench/numbering.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readAsking, type Asking } from './asking.ts'
import { readRules } from '../settings/rules.ts'
import { writeEvent } from './events.ts'
import { dueAfter } from './limits.ts'
import { limitOf } from './matters.ts'
import { keepingFlags, personsOf } from './open-business.ts'
import { enquiryOfTicket } from './record.ts'
import { readNow, touched } from './take.ts'

/** What is asked, as the screen sends it. */
export type What = Asking & {
  title: string
  words: string
  matterId: number | null
  channel: EnquiryLine['channel']
  /** Would not show a card. */
  idRefused?: boolean
}

/** The grid that a door lies in now. */
export const gridOf = (db: Database, householdId: number | null): number | null =>
  value<number | null>(db, 'SELECT grid_id FROM household WHERE id = ?', householdId) ?? null

type Accepted = { id: number; persons: number[] }

/** An enquiry on its way in. `answer` empty: the work begins. */
export type ToAccept = What & { answer: string; ticket: string }

/**
 * Accepts an enquiry inside a running act: number, limit, door, first event, and the search flags of its people. `door` is
 * where it was asked when that is known otherwise than by who asks. `noted` is what the audit keeps of it.
 */
export function acceptWithin(
  db: WritableDatabase,
  input: ToAccept,
  { now, operatorId, door = null }: { now: Date; operatorId: number; door?: number | null },
): Accepted & { noted: Record<string, unknown> } {
  const typed = readAsking(db, input)
  const asking = door === null ? typed : { ...typed, householdId: door }
  const rules = readRules(db)
  const limit = limitOf(db, input.matterId, rules)
  const dueAt = dueAfter(now, limit, rules)
  const at = now.toISOString()
  const row = { ...input, ...asking, dueAt, limitUnit: limit.unit, today: localDay(now), at, operatorId }
  const persons = personsOf(db, asking)
  const id = keepingFlags(db, persons, () => insertEnquiry(db, row))
  const event = { enquiryId: id, at, operatorId }
  writeEvent(db, { ...event, step: 'accept', from: null, to: 'accepted', text: '' })
  if (input.answer) {
    writeEvent(db, { ...event, step: 'close', from: 'accepted', to: 'closed', text: input.answer })
  }
  const { matterId, channel } = input
  const { askerId, subjectId, householdId, anonymous } = asking
  const closed = !!input.answer
  const noted = { matterId, channel, askerId, subjectId, householdId, anonymous, dueAt, closed }
  return { id, persons, noted }
}

/**
 * Accepts an enquiry: number, limit, door and first event in one act; with an answer it is closed in the same one
 * (当场办结). A ticket that was seen before gives the enquiry it became.
 */
export function acceptEnquiry(context: Context, input: ToAccept): Enquiry {
  const { desk } = context
  const operatorId = operatorOf(context).id
  const seen = enquiryOfTicket(desk.db, input.ticket)
  if (seen !== undefined) return readNow(context, seen)

  const { id } = act<Accepted>(
    context,
    {
      action: 'enquiry.accept',
      subject: (made) => `enquiry:${made.id}`,
      also: ({ persons }) => touched(persons),
    },
    (db, note) => {
      const { noted, ...made } = acceptWithin(db, input, { now: desk.clock(), operatorId })
      note(null, noted)
      return made
    },
  )
  return readNow(context, id)
}

type NewRow = What & {
  householdId: number | null
  ticket: string
  answer: string
  dueAt: string
  limitUnit: Limit['unit']
  today: string
  at: string
  operatorId: number
}

/** Writes a new enquiry under the next number of its year; part of the caller's act. Returns its id. */
export function insertEnquiry(db: WritableDatabase, made: NewRow): number {
  const atOnce = made.answer !== ''
  return write(
    db,
    `INSERT INTO enquiry (number, ticket, title, words, matter_id, channel, asker_id, given_name, given_phone,
       anonymous, id_refused, subject_id, household_id, grid_id, state, open, accepted_at, accepted_day, answer_due_at,
       limit_unit, due_at, answer, answer_kind, answered_day, answer_days, late, closed_day, operator_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    nextNumber(db, 'ZX', Number(made.today.slice(0, 4))),
    made.ticket,
    made.title,
    made.words,
    made.matterId,
    made.channel,
    made.askerId,
    made.givenName,
    made.givenPhone,
    made.anonymous ? 1 : 0,
    made.idRefused ? 1 : 0,
    made.subjectId,
    made.householdId,
    gridOf(db, made.householdId),
    atOnce ? 'closed' : 'accepted',
    atOnce ? 0 : 1,
    made.at,
    made.today,
    made.dueAt,
    made.limitUnit,
    made.dueAt,
    made.answer,
    atOnce ? 'solved' : null,
    atOnce ? made.today : null,
    atOnce ? 0 : null,
    atOnce ? 0 : null,
    atOnce ? made.today : null,
    made.operatorId,
  ).id
}
