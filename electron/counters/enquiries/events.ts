import type { EnquiryState, EventDetail, Step } from '../../contract/enquiries.ts'
import { write, type WritableDatabase } from '../../database/open.ts'

export type Event = {
  enquiryId: number
  step: Step
  from: EnquiryState | null
  to: EnquiryState
  at: string
  operatorId: number
  text: string
  assignmentId?: number | null
  detail?: EventDetail
}

/** Writes down one step of an enquiry: who, when, from where to where, and why. Returns its id. */
export function writeEvent(db: WritableDatabase, event: Event): number {
  return write(
    db,
    `INSERT INTO enquiry_event (enquiry_id, step, from_state, to_state, at, operator_id, text, assignment_id, detail)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    event.enquiryId,
    event.step,
    event.from,
    event.to,
    event.at,
    event.operatorId,
    event.text,
    event.assignmentId ?? null,
    JSON.stringify(event.detail ?? {}),
  ).id
}
