import type { z } from 'zod'
import type { Role } from '../../contract/access.ts'
import type { Enquiry, enquiryEvent } from '../../contract/enquiries.ts'
import { row, rows, value, type Database } from '../../database/open.ts'
import { fail } from '../../workbench/errors.ts'
import { maskPhone } from '../../workbench/masking.ts'
import { personLine, survivor } from '../people/lines.ts'
import { lineColumns, lineJoins, toLine, type LineRow } from './lines.ts'
import { allowedSteps } from './steps.ts'

type EnquiryRow = LineRow & {
  matter_id: number | null
  words: string
  asker_id: number | null
  subject_id: number | null
  given_phone: string
  answer: string
  version: number
}

type EventRow = {
  id: number
  step: z.output<typeof enquiryEvent>['step']
  from_state: Enquiry['state'] | null
  to_state: Enquiry['state']
  at: string
  operator: string
  text: string
}

const enquirySql = `
  SELECT ${lineColumns}, e.matter_id, e.words, e.asker_id, e.subject_id, e.given_phone, e.answer, e.version
  FROM enquiry e ${lineJoins} WHERE e.id = ?`

const eventsSql = `
  SELECT v.id, v.step, v.from_state, v.to_state, v.at, o.name AS operator, v.text
  FROM enquiry_event v JOIN operator o ON o.id = v.operator_id WHERE v.enquiry_id = ? ORDER BY v.id`

/** Whoever this person is today, after merges; the line shows them as they are now. */
function keptPerson(db: Database, id: number | null, today: string) {
  const keptId = id === null ? null : survivor(db, id)
  return { id: keptId, person: keptId === null ? null : personLine(db, keptId, today) }
}

/** One enquiry with its events and what this role may do with it now; NOT_FOUND without it. */
export function readEnquiry(db: Database, id: number, role: Role, today: string): Enquiry {
  const found = row<EnquiryRow>(db, enquirySql, id)
  if (!found) fail('NOT_FOUND', { what: 'enquiry' })
  const events = rows<EventRow>(db, eventsSql, id)
  const asker = keptPerson(db, found.asker_id, today)
  const subject = keptPerson(db, found.subject_id, today)
  return {
    ...toLine(found, today),
    matterId: found.matter_id,
    words: found.words,
    anonymous: found.anonymous === 1,
    askerId: asker.id,
    askerPerson: asker.person,
    subjectId: subject.id,
    subjectPerson: subject.person,
    givenName: found.given_name,
    givenPhone: found.given_phone && maskPhone(found.given_phone),
    answer: found.answer,
    version: found.version,
    events: events.map(({ from_state, to_state, ...event }) => ({
      ...event,
      from: from_state,
      to: to_state,
    })),
    allowed: allowedSteps(found.state, role),
  }
}

/** The enquiry that this ticket of a screen already became, if it did. */
export function enquiryOfTicket(db: Database, ticket: string): number | undefined {
  return value<number>(db, 'SELECT id FROM enquiry WHERE ticket = ?', ticket)
}
