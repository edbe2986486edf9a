import type { AnswerKind, Enquiry, Via } from '../../contract/enquiries.ts'
import { workingDaysBetween } from '../../workbench/calendar.ts'
import { invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { assistAtWork, callDepartment, leadAtWork, moveAssignment, readAssignment } from './assignments.ts'
import type { Changed } from './standing.ts'
import { takeStep, type Seen, type Taken } from './take.ts'

/** Sends an enquiry out: one department leads, others assist. INVALID `duplicate` when one is named twice. */
export function dispatchEnquiry(
  context: Context,
  {
    id,
    version,
    fileIds,
    leadId,
    assistIds,
    task,
  }: Seen & { leadId: number; assistIds: number[]; task: string },
): Enquiry {
  return takeStep(context, {
    id,
    version,
    fileIds,
    step: 'dispatch',
    text: task,
    change: (taken) => {
      const call = { ...taken, enquiryId: id, task }
      callDepartment(taken.db, leadId, 'lead', call)
      for (const assistId of assistIds) callDepartment(taken.db, assistId, 'assist', call)
      return { leadId }
    },
  })
}

/** Calls further departments to assist. */
export function callIn(
  context: Context,
  { id, version, fileIds, assistIds, task }: Seen & { assistIds: number[]; task: string },
): Enquiry {
  return takeStep(context, {
    id,
    version,
    fileIds,
    step: 'call-in',
    text: task,
    change: (taken) => {
      for (const assistId of assistIds)
        callDepartment(taken.db, assistId, 'assist', { ...taken, enquiryId: id, task })
      return {}
    },
  })
}

type OfAssignment = Seen & { assignmentId: number; via: Via }

/** Moves the task of the department that this step is about; `takeStep` has asked whether it may. */
function moved(
  { db, standing, now }: Taken,
  assignmentId: number,
  to: 'arrived' | 'answered' | 'returned',
  text = '',
): Changed {
  moveAssignment(db, readAssignment(db, standing.id, assignmentId), to, { at: now.toISOString(), text })
  return {}
}

/** A department has reported (报到). */
export function arrive(
  context: Context,
  { id, version, fileIds, assignmentId, via, text }: OfAssignment & { text: string },
): Enquiry {
  const change = (taken: Taken) => moved(taken, assignmentId, 'arrived')
  const assignment = { id: assignmentId, to: 'arrived' } as const
  return takeStep(context, {
    id,
    version,
    fileIds,
    step: 'arrive',
    text,
    assignment,
    detail: { via },
    change,
  })
}

/** What an assisting department answered; the leading one's word is the answer itself: INVALID `lead`. */
export function report(
  context: Context,
  { id, version, fileIds, assignmentId, via, text }: OfAssignment & { text: string },
): Enquiry {
  const change = (taken: Taken) => {
    if (readAssignment(taken.db, id, assignmentId).part === 'lead') invalid('assignmentId', 'lead')
    return moved(taken, assignmentId, 'answered', text)
  }
  return takeStep(context, {
    id,
    version,
    fileIds,
    step: 'report',
    text,
    assignment: { id: assignmentId, to: 'answered' },
    detail: { via },
    change,
  })
}

/** A department gives its task back; when it leads, the enquiry is the desk's again and the others are recalled. */
export function giveBack(
  context: Context,
  { id, version, fileIds, assignmentId, via, reason }: OfAssignment & { reason: string },
): Enquiry {
  const { part } = readAssignment(context.desk.db, id, assignmentId)
  const step = part === 'lead' ? 'return' : 'decline'
  const change = (taken: Taken) => ({
    ...moved(taken, assignmentId, 'returned', reason),
    ...(part === 'lead' ? { leadId: null } : {}),
  })
  const assignment = { id: assignmentId, to: 'returned' } as const
  return takeStep(context, { id, version, fileIds, step, reason, assignment, detail: { via }, change })
}

/** Another department leads from now on; the former one's task is over, those that assist stay. */
export function transfer(
  context: Context,
  { id, version, fileIds, leadId, task, reason }: Seen & { leadId: number; task: string; reason: string },
): Enquiry {
  return takeStep(context, {
    id,
    version,
    fileIds,
    step: 'transfer',
    reason,
    change: (taken) => {
      const former = leadAtWork(taken.db, id)
      if (former?.departmentId === leadId) invalid('leadId', 'same-department')
      // One that assists may come to lead: its task as an assistant ends with that.
      const assisting = assistAtWork(taken.db, id, leadId)
      const at = taken.now.toISOString()
      for (const over of [former, assisting]) {
        if (over) moveAssignment(taken.db, over, 'recalled', { at, text: reason })
      }
      callDepartment(taken.db, leadId, 'lead', { ...taken, enquiryId: id, task })
      return { leadId }
    },
  })
}

/** The desk takes it back from all departments. */
export function recall(
  context: Context,
  { id, version, fileIds, reason }: Seen & { reason: string },
): Enquiry {
  return takeStep(context, { id, version, fileIds, step: 'recall', reason, change: () => ({ leadId: null }) })
}

/** Urges a department that has not ended its task. */
export function remind(
  context: Context,
  { id, version, fileIds, assignmentId, via, text }: OfAssignment & { text: string },
): Enquiry {
  const assignment = { id: assignmentId, to: 'answered' } as const
  return takeStep(context, { id, version, fileIds, step: 'remind', text, assignment, detail: { via } })
}

/** Facts of the moment of answering: the day, the working days it took without the pauses, and whether it was late. */
export function answered({ standing, now, today }: Taken, text: string, kind: AnswerKind): Changed {
  return {
    answer: text,
    answerKind: kind,
    answeredDay: today,
    answerDays: Math.max(0, workingDaysBetween(standing.acceptedDay, today) - standing.pausedDays),
    late: now.toISOString() > standing.answerDueAt,
  }
}

/**
 * The answer: the desk's own, or the leading department's as it came, whose task it ends. Departments that assist may
 * still be at work: it is the lead who says when.
 */
export function answerEnquiry(
  context: Context,
  { id, version, fileIds, kind, via, text }: Seen & { kind: AnswerKind; via: Via; text: string },
): Enquiry {
  return takeStep(context, {
    id,
    version,
    fileIds,
    step: 'answer',
    text,
    detail: { via, kind },
    change: (taken) => {
      const lead = leadAtWork(taken.db, id)
      if (lead) moveAssignment(taken.db, lead, 'answered', { at: taken.now.toISOString(), text })
      return answered(taken, text, kind)
    },
  })
}
