import type { Role } from '../../contract/access.ts'
import type { Enquiry, EnquiryState, Step } from '../../contract/enquiries.ts'
import { row, write, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { addWorkingDays, localDay } from '../../workbench/calendar.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { limitDaysOf, type What } from './accept.ts'
import { readAsking, type AskingColumns } from './asking.ts'
import { writeEvent } from './events.ts'
import { keepingFlags, personsOf } from './open-business.ts'
import { readEnquiry } from './record.ts'
import { findStep } from './steps.ts'

/** An enquiry as its own row has it, as far as steps look at it. */
type Standing = AskingColumns & {
  id: number
  state: EnquiryState
  version: number
  title: string
  words: string
  matterId: number | null
  channel: string
  acceptedDay: string
  dueDay: string | null
  closedDay: string | null
  answer: string
}

type Changed = Partial<Omit<Standing, 'id' | 'state' | 'version' | 'acceptedDay'>>

const columns = {
  title: 'title',
  words: 'words',
  matterId: 'matter_id',
  channel: 'channel',
  askerId: 'asker_id',
  givenName: 'given_name',
  givenPhone: 'given_phone',
  anonymous: 'anonymous',
  subjectId: 'subject_id',
  householdId: 'household_id',
  dueDay: 'due_day',
  closedDay: 'closed_day',
  answer: 'answer',
} as const satisfies Record<keyof Changed, string>

function readStanding(db: WritableDatabase, id: number): Standing {
  const found = row<Omit<Standing, 'anonymous'> & { anonymous: number }>(
    db,
    `SELECT id, state, version, title, words, matter_id AS matterId, channel, asker_id AS askerId,
       given_name AS givenName, given_phone AS givenPhone, anonymous, subject_id AS subjectId,
       household_id AS householdId, accepted_day AS acceptedDay, due_day AS dueDay,
       closed_day AS closedDay, answer
     FROM enquiry WHERE id = ?`,
    id,
  )
  if (!found) fail('NOT_FOUND', { what: 'enquiry' })
  return { ...found, anonymous: found.anonymous === 1 }
}

type Taking = {
  id: number
  version: number
  step: Step
  /** What was said; stands in the event. */
  text?: string
  /** Why, where the table wants it; stands in the event and in the audit. */
  reason?: string
  /** Fields that this step changes, from the enquiry as it stands. */
  change?: (standing: Standing, db: WritableDatabase, today: string) => Changed
}

/** The table's row for this step, or the error that says why not. Nothing was changed then. */
function ruleFor({ step, version, reason }: Taking, standing: Standing, role: Role, current: () => Enquiry) {
  if (standing.version !== version) fail('CONFLICT', { because: 'changed', current: current() })
  const rule = findStep(step, standing.state)
  if (!rule) fail('CONFLICT', { because: 'step', current: current() })
  if (!rule.roles.includes(role)) fail('FORBIDDEN')
  if (rule.needsReason && !reason) invalid('reason', 'required')
  return rule
}

/**
 * Takes one step of the table: the change, its event, the search flags and the audit in one act. CONFLICT `changed`
 * when another screen saved first, CONFLICT `step` when the table has no such row, both with the enquiry as it stands.
 */
function takeStep(context: Context, taking: Taking): Enquiry {
  const { id, step, text, reason, change } = taking
  const { desk } = context
  const operator = operatorOf(context)
  const now = desk.clock()
  const today = localDay(now)
  const current = () => readEnquiry(desk.db, id, operator.role, today)
  act(
    context,
    {
      action: `enquiry.${step}`,
      subject: `enquiry:${id}`,
      ...(reason === undefined ? {} : { reason }),
      also: (persons: number[]) => [...persons.map((person) => `person:${person}`), 'today'],
    },
    (db, note) => {
      const standing = readStanding(db, id)
      const { from, to } = ruleFor(taking, standing, operator.role, current)
      const changed = change?.(standing, db, today) ?? {}
      const after = { ...standing, ...changed, state: to, version: standing.version + 1 }
      const persons = personsOf(db, standing, after)
      keepingFlags(db, persons, () => {
        save(db, after, Object.keys(changed) as (keyof Changed)[])
        const event = { enquiryId: id, step, from, to, at: now.toISOString(), operatorId: operator.id }
        writeEvent(db, { ...event, text: reason ?? text ?? '' })
      })
      note(standing, after)
      return persons
    },
  )
  return current()
}

function save(db: WritableDatabase, after: Standing, fields: (keyof Changed)[]): void {
  const stored = (value: unknown) => (typeof value === 'boolean' ? Number(value) : value)
  write(
    db,
    `UPDATE enquiry SET state = ?, version = ?${fields.map((field) => `, ${columns[field]} = ?`).join('')}
     WHERE id = ?`,
    after.state,
    after.version,
    ...fields.map((field) => stored(after[field])),
    after.id,
  )
}

type Seen = { id: number; version: number }

/** Logs progress on an open enquiry. */
export function noteEnquiry(context: Context, { id, version, text }: Seen & { text: string }): Enquiry {
  return takeStep(context, { id, version, step: 'note', text })
}

/** Answers and closes. */
export function closeEnquiry(context: Context, { id, version, answer }: Seen & { answer: string }): Enquiry {
  const change: Taking['change'] = (_standing, _db, today) => ({ answer, closedDay: today })
  return takeStep(context, { id, version, step: 'close', text: answer, change })
}

/** Taken back by the resident, or entered by mistake. */
export function withdrawEnquiry(
  context: Context,
  { id, version, reason }: Seen & { reason: string },
): Enquiry {
  return takeStep(context, { id, version, step: 'withdraw', reason })
}

/**
 * Opens it again. After an answer the limit runs anew from today (重办); taken back by mistake, the old one stands.
 * The former answer stays in the events.
 */
export function reopenEnquiry(context: Context, { id, version, reason }: Seen & { reason: string }): Enquiry {
  const change: Taking['change'] = (standing, db, today) =>
    standing.state === 'closed'
      ? { answer: '', closedDay: null, dueDay: addWorkingDays(today, limitDaysOf(db, standing.matterId)) }
      : {}
  return takeStep(context, { id, version, step: 'reopen', reason, change })
}

/** Saves details. A different matter moves the limit, counted from the day of asking. */
export function editEnquiry(context: Context, { id, version, ...what }: Seen & What): Enquiry {
  const change: Taking['change'] = (standing, db) => {
    const { title, words, matterId, channel } = what
    const dueDay =
      matterId === standing.matterId
        ? standing.dueDay
        : addWorkingDays(standing.acceptedDay, limitDaysOf(db, matterId))
    return { title, words, matterId, channel, ...readAsking(db, what, standing), dueDay }
  }
  return takeStep(context, { id, version, step: 'edit', change })
}
