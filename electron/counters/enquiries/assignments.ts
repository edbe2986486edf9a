import type { Assignment } from '../../contract/enquiries.ts'
import type { Rules } from '../../contract/rules.ts'
import { row, rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { addWorkingMinutes, workingMinutesBetween } from '../../workbench/calendar.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import { readDepartment } from '../settings/departments.ts'
import { laterByMinutes } from './limits.ts'

type State = Assignment['state']

/** Where one department's task may go from where it is. */
const ways: Record<State, readonly State[]> = {
  sent: ['arrived', 'answered', 'returned', 'recalled'],
  arrived: ['answered', 'returned', 'recalled'],
  answered: [],
  returned: [],
  recalled: [],
}

export type AssignmentRow = {
  id: number
  enquiryId: number
  departmentId: number
  part: Assignment['part']
  state: State
}

/** One assignment of this enquiry; NOT_FOUND without it. */
export function readAssignment(db: Database, enquiryId: number, id: number): AssignmentRow {
  const found = row<AssignmentRow>(
    db,
    `SELECT id, enquiry_id AS enquiryId, department_id AS departmentId, part, state
     FROM assignment WHERE id = ? AND enquiry_id = ?`,
    id,
    enquiryId,
  )
  return found ?? fail('NOT_FOUND', { what: 'assignment' })
}

/** The task of the leading department while it has one. */
export function leadAtWork(db: Database, enquiryId: number): AssignmentRow | undefined {
  return row<AssignmentRow>(
    db,
    `SELECT id, enquiry_id AS enquiryId, department_id AS departmentId, part, state
     FROM assignment WHERE enquiry_id = ? AND part = 'lead' AND state IN ('sent', 'arrived') ORDER BY id DESC LIMIT 1`,
    enquiryId,
  )
}

/** The task of a department that assists, while it has one. */
export function assistAtWork(
  db: Database,
  enquiryId: number,
  departmentId: number,
): AssignmentRow | undefined {
  return row<AssignmentRow>(
    db,
    `SELECT id, enquiry_id AS enquiryId, department_id AS departmentId, part, state FROM assignment
     WHERE enquiry_id = ? AND department_id = ? AND part = 'assist' AND state IN ('sent', 'arrived')`,
    enquiryId,
    departmentId,
  )
}

/** Whether this task may go there. */
export const mayMove = (assignment: AssignmentRow, to: State): boolean => ways[assignment.state].includes(to)

/** Moves one department's task; the caller has asked `mayMove`. */
export function moveAssignment(
  db: WritableDatabase,
  assignment: AssignmentRow,
  to: State,
  { at, text = '' }: { at: string; text?: string },
): void {
  if (!mayMove(assignment, to)) throw new Error(`an assignment cannot go from ${assignment.state} to ${to}`)
  if (to === 'arrived') {
    write(db, 'UPDATE assignment SET state = ?, arrived_at = ? WHERE id = ?', to, at, assignment.id)
  } else {
    write(
      db,
      'UPDATE assignment SET state = ?, ended_at = ?, text = ? WHERE id = ?',
      to,
      at,
      text,
      assignment.id,
    )
  }
}

type Call = { enquiryId: number; eventId: number; task: string; now: Date; rules: Rules }

/** Calls one department. INVALID `inactive` for one that is not called any more, `duplicate` when it is at work here. */
export function callDepartment(
  db: WritableDatabase,
  departmentId: number,
  part: Assignment['part'],
  { enquiryId, eventId, task, now, rules }: Call,
): void {
  const path = part === 'lead' ? 'leadId' : 'assistIds'
  if (!readDepartment(db, departmentId).active) invalid(path, 'inactive')
  const atWork = value(
    db,
    "SELECT 1 FROM assignment WHERE enquiry_id = ? AND department_id = ? AND state IN ('sent', 'arrived')",
    enquiryId,
    departmentId,
  )
  if (atWork !== undefined) invalid(path, 'duplicate')
  write(
    db,
    `INSERT INTO assignment (enquiry_id, event_id, department_id, part, state, task, sent_at, arrive_due_at)
     VALUES (?, ?, ?, ?, 'sent', ?, ?, ?)`,
    enquiryId,
    eventId,
    departmentId,
    part,
    task,
    now.toISOString(),
    addWorkingMinutes(now, rules.arriveHours * 60, rules.workHours).toISOString(),
  )
}

/** Takes the task back from every department that still has it. */
export function recallAll(db: WritableDatabase, enquiryId: number, at: string): void {
  write(
    db,
    `UPDATE assignment SET state = 'recalled', ended_at = ? WHERE enquiry_id = ? AND state IN ('sent', 'arrived')`,
    at,
    enquiryId,
  )
}

/** Until when the leading department has to report; null once it has, or when nobody was called. */
export function pendingArrival(db: Database, enquiryId: number): string | null {
  return (
    value<string>(
      db,
      "SELECT arrive_due_at FROM assignment WHERE enquiry_id = ? AND part = 'lead' AND state = 'sent'",
      enquiryId,
    ) ?? null
  )
}

/** Lets those that have not reported report later by the working time that was waited for the resident. */
export function delayArrivals(
  db: WritableDatabase,
  enquiryId: number,
  { since, now, rules }: { since: string; now: Date; rules: Rules },
): void {
  for (const sent of rows<{ id: number; sentAt: string; arriveDueAt: string }>(
    db,
    `SELECT id, sent_at AS sentAt, arrive_due_at AS arriveDueAt FROM assignment
     WHERE enquiry_id = ? AND state = 'sent'`,
    enquiryId,
  )) {
    const from = new Date(sent.sentAt > since ? sent.sentAt : since)
    const waited = workingMinutesBetween(from, now, rules.workHours)
    const due = laterByMinutes(new Date(sent.arriveDueAt), waited, rules)
    write(db, 'UPDATE assignment SET arrive_due_at = ? WHERE id = ?', due, sent.id)
  }
}

/** All departments ever called to an enquiry, in order of the calls, the lead first; `late` as of that instant. */
export function readAssignments(
  db: Database,
  enquiryId: number,
  asOf: string,
): (Assignment & { eventId: number })[] {
  return rows<Omit<Assignment, 'late'> & { eventId: number }>(
    db,
    `SELECT a.id, a.event_id AS eventId, a.department_id AS departmentId, d.name AS department, d.contact, d.phone,
       a.part, a.state, a.task, a.sent_at AS sentAt, a.arrive_due_at AS arriveDueAt, a.arrived_at AS arrivedAt,
       a.ended_at AS endedAt, a.text
     FROM assignment a JOIN department d ON d.id = a.department_id
     WHERE a.enquiry_id = ? ORDER BY a.event_id, a.part = 'assist', a.id`,
    enquiryId,
  ).map((one) => ({ ...one, late: one.state === 'sent' && one.arriveDueAt < asOf }))
}
