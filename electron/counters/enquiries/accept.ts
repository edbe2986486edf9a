import type { Enquiry, EnquiryLine } from '../../contract/enquiries.ts'
import { value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { addWorkingDays, localDay } from '../../workbench/calendar.ts'
import { fail } from '../../workbench/errors.ts'
import { nextNumber } from '../../workbench/numbering.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readAsking, type Asking } from './asking.ts'
import { writeEvent } from './events.ts'
import { keepingFlags, personsOf } from './open-business.ts'
import { enquiryOfTicket, readEnquiry } from './record.ts'

/** Without a matter: five working days, as the ordinance on Weifang's 12345 line has it (domain 1.4). */
const usualLimitDays = 5

/** What is asked, as the screen sends it. */
export type What = Asking & {
  title: string
  words: string
  matterId: number | null
  channel: EnquiryLine['channel']
}

/** Working days for the answer; NOT_FOUND for a matter that is not in the catalogue. */
export function limitDaysOf(db: Database, matterId: number | null): number {
  if (matterId === null) return usualLimitDays
  const days = value<number>(db, 'SELECT limit_days FROM matter WHERE id = ?', matterId)
  return days ?? fail('NOT_FOUND', { what: 'matter' })
}

type Accepted = { id: number; persons: number[] }

/**
 * Accepts an enquiry: number, limit, door and first event in one act; with an answer it is closed in the same one
 * (当场办结). A ticket that was seen before gives the enquiry it became.
 */
export function acceptEnquiry(context: Context, input: What & { answer: string; ticket: string }): Enquiry {
  const { desk } = context
  const operator = operatorOf(context)
  const now = desk.clock()
  const today = localDay(now)
  const at = now.toISOString()
  const seen = enquiryOfTicket(desk.db, input.ticket)
  if (seen !== undefined) return readEnquiry(desk.db, seen, operator.role, today)

  const { id } = act<Accepted>(
    context,
    {
      action: 'enquiry.accept',
      subject: (made) => `enquiry:${made.id}`,
      also: ({ persons }) => [...persons.map((person) => `person:${person}`), 'today'],
    },
    (db, note) => {
      const asking = readAsking(db, input)
      const dueDay = addWorkingDays(today, limitDaysOf(db, input.matterId))
      const row = { ...input, ...asking, dueDay, today, at, operatorId: operator.id }
      const persons = personsOf(db, asking)
      const made = keepingFlags(db, persons, () => insert(db, row))
      const event = { enquiryId: made, at, operatorId: operator.id }
      writeEvent(db, { ...event, step: 'accept', from: null, to: 'accepted', text: '' })
      if (input.answer) {
        writeEvent(db, { ...event, step: 'close', from: 'accepted', to: 'closed', text: input.answer })
      }
      const { matterId, channel } = input
      const { askerId, subjectId, householdId, anonymous } = asking
      note(null, {
        matterId,
        channel,
        askerId,
        subjectId,
        householdId,
        anonymous,
        dueDay,
        closed: !!input.answer,
      })
      return { id: made, persons }
    },
  )
  return readEnquiry(desk.db, id, operator.role, today)
}

type NewRow = What & {
  householdId: number | null
  ticket: string
  answer: string
  dueDay: string
  today: string
  at: string
  operatorId: number
}

function insert(db: WritableDatabase, made: NewRow): number {
  return write(
    db,
    `INSERT INTO enquiry (number, ticket, title, words, matter_id, channel, asker_id, given_name, given_phone,
       anonymous, subject_id, household_id, state, accepted_at, accepted_day, due_day, closed_day, answer, operator_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
    made.subjectId,
    made.householdId,
    made.answer ? 'closed' : 'accepted',
    made.at,
    made.today,
    made.dueDay,
    made.answer ? made.today : null,
    made.answer,
    made.operatorId,
  ).id
}
