import type { Enquiry, EventDetail, Step } from '../../contract/enquiries.ts'
import type { Rules } from '../../contract/rules.ts'
import type { WritableDatabase } from '../../database/open.ts'
import { act, type Noted } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { localDay } from '../../workbench/calendar.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import { attachFiles } from './attachments.ts'
import { delayArrivals, mayMove, pendingArrival, readAssignment, recallAll } from './assignments.ts'
import { writeEvent } from './events.ts'
import { nextDue, nowOf, runOn } from './limits.ts'
import { keepingFlags, personsOf } from './open-business.ts'
import { readEnquiry } from './record.ts'
import { readRules } from '../settings/rules.ts'
import { readStanding, saveStanding, type Changed, type Standing } from './standing.ts'
import { findStep, isOpen, type StepRule } from './steps.ts'
import type { Context } from '../../workbench/workbench.ts'

/** What a step looks at while it changes things. */
export type Taken = {
  db: WritableDatabase
  standing: Standing
  /** The event of this step, for the rows that cite it. */
  eventId: number
  now: Date
  today: string
  rules: Rules
}

export type Taking = {
  id: number
  version: number
  step: Step
  /** What was said; stands in the event. */
  text?: string
  /** Why, where the table wants it; stands in the event and in the audit. */
  reason?: string
  detail?: EventDetail
  /** The department that this step is about, and where its task must still be able to go. */
  assignment?: { id: number; to: 'arrived' | 'answered' | 'returned' }
  fileIds?: readonly number[] | undefined
  /** Fields that this step changes; other rows of the case are written here too. */
  change?: (taken: Taken) => Changed
}

/** The table's row for this step, or the error that says why not. Nothing was changed then. */
function ruleFor(
  context: Context,
  { step, version, reason, assignment }: Taking,
  standing: Standing,
): StepRule {
  const current = () => readNow(context, standing.id)
  if (standing.version !== version) fail('CONFLICT', { because: 'changed', current: current() })
  const rule = findStep(step, standing.state, standing.waitingSince !== null)
  if (!rule) fail('CONFLICT', { because: 'step', current: current() })
  if (!rule.roles.includes(operatorOf(context).role)) fail('FORBIDDEN')
  if (rule.needsReason && !reason) invalid('reason', 'required')
  if (assignment) {
    // The table allows it, but this department's task is over: CONFLICT as well.
    const task = readAssignment(context.desk.db, standing.id, assignment.id)
    if (!mayMove(task, assignment.to)) fail('CONFLICT', { because: 'step', current: current() })
  }
  return rule
}

/** The enquiry as this caller sees it at this moment. */
export function readNow(context: Context, id: number): Enquiry {
  const { desk } = context
  return readEnquiry(desk.db, id, operatorOf(context).role, nowOf(desk))
}

/**
 * Takes one step of the table inside a running act: event, changed fields, limit, attachments. A step that leads to
 * another state lets a standing clock run again; one that ends the work recalls the departments still called.
 */
export function applyStep(
  context: Context,
  db: WritableDatabase,
  taking: Taking,
): { before: Standing; after: Standing } {
  const { id, step, text, reason, change, detail, assignment, fileIds = [] } = taking
  const now = context.desk.clock()
  const today = localDay(now)
  const rules = readRules(db)
  const standing = readStanding(db, id)
  const { from, to } = ruleFor(context, taking, standing)
  const eventId = writeEvent(db, {
    enquiryId: id,
    step,
    from,
    to,
    at: now.toISOString(),
    operatorId: operatorOf(context).id,
    text: reason ?? text ?? '',
    assignmentId: assignment?.id ?? null,
    ...(detail ? { detail } : {}),
  })
  const resumed = to === from ? standing : { ...standing, ...runOn(standing, now, rules) }
  const changed = change?.({ db, standing: resumed, eventId, now, today, rules }) ?? {}
  attachFiles(db, eventId, fileIds)
  const after: Standing = { ...resumed, ...changed, state: to, version: standing.version + 1 }
  if (to !== from && (to === 'accepted' || !isOpen(to))) recallAll(db, id, now.toISOString())
  if (standing.waitingSince !== null && after.waitingSince === null) {
    delayArrivals(db, id, { since: standing.waitingSince, now, rules })
  }
  // Of one that nobody waits for any more, the limit stands as it was; a call-back keeps its day when the rules change.
  const stands = !isOpen(to) || (from === 'answered' && to === 'answered')
  if (!stands) after.dueAt = nextDue({ ...after, arriveDueAt: pendingArrival(db, id) }, rules)
  saveStanding(db, standing, after)
  return { before: standing, after }
}

/**
 * Takes one step in an act of its own. CONFLICT `changed` when another screen saved first, CONFLICT `step` when the
 * table has no such row, both with the enquiry as it stands.
 */
export function takeStep(context: Context, taking: Taking): Enquiry {
  const { id, step, reason } = taking
  act(
    context,
    {
      action: `enquiry.${step}`,
      subject: `enquiry:${id}`,
      ...(reason === undefined ? {} : { reason }),
      also: (persons: number[]) => touched(persons),
    },
    (db, note) => withFlags(db, note, id, () => applyStep(context, db, taking)),
  )
  return readNow(context, id)
}

/** Screens that show the people of an enquiry, and 今日. */
export const touched = (persons: number[]) => [...persons.map((person) => `person:${person}`), 'today']

/** Runs steps of one enquiry, keeps the search flags of its people, and notes what changed. Returns the people. */
export function withFlags(
  db: WritableDatabase,
  note: Noted,
  id: number,
  work: () => { before: Standing; after: Standing },
): number[] {
  const standing = readStanding(db, id)
  const { after } = keepingFlags(db, personsOf(db, standing), work, (done) => personsOf(db, done.after))
  note(standing, after)
  return personsOf(db, standing, after)
}

/** An enquiry as a screen showed it, and the files that the step brings along. */
export type Seen = { id: number; version: number; fileIds?: readonly number[] | undefined }
