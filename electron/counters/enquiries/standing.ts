import type { AnswerKind, EnquiryState, FollowUp } from '../../contract/enquiries.ts'
import type { Limit } from '../../contract/rules.ts'
import { row, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { fail } from '../../workbench/errors.ts'
import type { AskingColumns } from './asking.ts'
import { isOpen } from './steps.ts'

/** An enquiry as its own row has it, as far as steps look at it. Instants are UTC, days local. */
export type Standing = AskingColumns & {
  id: number
  number: string
  state: EnquiryState
  version: number
  title: string
  words: string
  matterId: number | null
  channel: string
  idRefused: boolean
  gridId: number | null
  acceptedAt: string
  acceptedDay: string
  answerDueAt: string
  limitUnit: Limit['unit']
  extended: number
  dueAt: string
  waitingSince: string | null
  pausedDays: number
  leadId: number | null
  answer: string
  answerKind: AnswerKind | null
  answeredDay: string | null
  answerDays: number | null
  late: boolean | null
  promiseDay: string | null
  promiseConsequence: string
  followUp: FollowUp | null
  reopenedByRating: boolean
  closedDay: string | null
  groupId: number | null
}

/** What a step may change; state and version follow from the table of steps. */
export type Changed = Partial<
  Omit<Standing, 'id' | 'number' | 'state' | 'version' | 'acceptedAt' | 'acceptedDay'>
>

const columns = {
  id: 'id',
  number: 'number',
  state: 'state',
  version: 'version',
  title: 'title',
  words: 'words',
  matterId: 'matter_id',
  channel: 'channel',
  askerId: 'asker_id',
  givenName: 'given_name',
  givenPhone: 'given_phone',
  anonymous: 'anonymous',
  idRefused: 'id_refused',
  subjectId: 'subject_id',
  householdId: 'household_id',
  gridId: 'grid_id',
  acceptedAt: 'accepted_at',
  acceptedDay: 'accepted_day',
  answerDueAt: 'answer_due_at',
  limitUnit: 'limit_unit',
  extended: 'extended',
  dueAt: 'due_at',
  waitingSince: 'waiting_since',
  pausedDays: 'paused_days',
  leadId: 'lead_id',
  answer: 'answer',
  answerKind: 'answer_kind',
  answeredDay: 'answered_day',
  answerDays: 'answer_days',
  late: 'late',
  promiseDay: 'promise_day',
  promiseConsequence: 'promise_consequence',
  followUp: 'follow_up',
  reopenedByRating: 'reopened_by_rating',
  closedDay: 'closed_day',
  groupId: 'group_id',
} as const satisfies Record<keyof Standing, string>

const fields = Object.keys(columns) as (keyof Standing)[]
const readSql = `SELECT ${fields.map((field) => `${columns[field]} AS ${field}`).join(', ')} FROM enquiry WHERE id = ?`
type Stored = Omit<Standing, 'anonymous' | 'idRefused' | 'late' | 'reopenedByRating'> &
  Record<'anonymous' | 'idRefused' | 'reopenedByRating', number> & { late: number | null }

/** The row of an enquiry; NOT_FOUND without it. */
export function readStanding(db: Database, id: number): Standing {
  const found = row<Stored>(db, readSql, id)
  if (!found) fail('NOT_FOUND', { what: 'enquiry' })
  return {
    ...found,
    anonymous: found.anonymous === 1,
    idRefused: found.idRefused === 1,
    late: found.late === null ? null : found.late === 1,
    reopenedByRating: found.reopenedByRating === 1,
  }
}

/** Writes the fields that differ; part of the caller's act. */
export function saveStanding(db: WritableDatabase, before: Standing, after: Standing): void {
  const changed = fields.filter((field) => before[field] !== after[field])
  if (changed.length === 0) return
  const stored = (value: unknown) => (typeof value === 'boolean' ? Number(value) : value)
  write(
    db,
    `UPDATE enquiry SET open = ?, waiting = ?, ${changed.map((field) => `${columns[field]} = ?`).join(', ')} WHERE id = ?`,
    isOpen(after.state) ? 1 : 0,
    after.waitingSince === null ? 0 : 1,
    ...changed.map((field) => stored(after[field])),
    after.id,
  )
}
