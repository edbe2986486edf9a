import type { Assignment, Enquiry, EnquiryState, Step } from '../../../../electron/contract/enquiries.ts'

/** What stands at the bottom of a case: the likely next step, a few beside it, the rest in a menu, grave ones last. */
export type Actions = { next: Step | null; beside: Step[]; more: Step[]; grave: Step[] }

/** Beside the next step, where there is room for three or four. */
const beside: Record<EnquiryState, Step[]> = {
  accepted: ['dispatch', 'notice', 'note'],
  dispatched: ['note', 'answer', 'call-in', 'transfer'],
  working: ['note', 'call-in', 'transfer'],
  answered: ['note', 'reopen'],
  closed: ['ask', 'note', 'reopen'],
  archived: ['ask'],
  withdrawn: ['reopen'],
  referred: ['ask', 'reopen'],
}
/** All others that a case itself may take, in the order of the menu; none may be missing here. */
const rest: Step[] = [
  'close',
  'answer',
  'follow-up',
  'dispatch',
  'promise',
  'notice',
  'bring',
  'ask',
  'note',
  'wait',
  'resume',
  'extend',
  'call-in',
  'transfer',
  'link',
  'reopen',
  'archive',
]
const grave: Step[] = ['recall', 'refer', 'withdraw']

type Seen = Pick<Enquiry, 'state' | 'allowed' | 'waitingSince' | 'papers' | 'group'>

function nextOf({ state, waitingSince, papers }: Seen): Step | null {
  if (waitingSince !== null) return papers.some((paper) => paper.state === 'missing') ? 'bring' : 'resume'
  // At the departments the next step stands beside each of them.
  const usual: Partial<Record<EnquiryState, Step>> = {
    accepted: 'close',
    working: 'answer',
    answered: 'follow-up',
  }
  return usual[state] ?? null
}

export function actionsOf(enquiry: Seen): Actions {
  const owed = enquiry.papers.some((paper) => paper.state !== 'brought')
  const may = (step: Step) => enquiry.allowed.includes(step) && (step !== 'bring' || owed)
  const next = nextOf(enquiry)
  const near = beside[enquiry.state].filter((step) => step !== next && may(step))
  return {
    next: next && may(next) ? next : null,
    beside: near,
    more: rest.filter((step) => step !== next && !near.includes(step) && may(step)),
    grave: grave.filter(may),
  }
}

/** The steps of one department, as they stand beside it. What the leading one says is the answer itself. */
export function stepsOf({ part, state }: Pick<Assignment, 'part' | 'state'>, allowed: Step[]): Step[] {
  if (state !== 'sent' && state !== 'arrived') return []
  const all: Step[] = [
    ...(state === 'sent' ? (['arrive'] as const) : []),
    part === 'lead' ? 'answer' : 'report',
    'remind',
    part === 'lead' ? 'return' : 'decline',
  ]
  return all.filter((step) => allowed.includes(step))
}

/** Departments that have a task and have not answered. */
export function atWork<One extends Pick<Assignment, 'state'>>(assignments: One[]): One[] {
  return assignments.filter(({ state }) => state === 'sent' || state === 'arrived')
}
