import { desk, type Role } from '../../contract/access.ts'
import type { EnquiryState, Step } from '../../contract/enquiries.ts'

/** One row of the life of an enquiry: who may take which step from where to where. */
export type StepRule = {
  step: Step
  /** Null: the enquiry begins with this step. */
  from: EnquiryState | null
  to: EnquiryState
  roles: readonly Role[]
  /** A reason of the operator's own stands in the event and in the audit. */
  needsReason: boolean
  /** Only while the clock stands for the resident (true), or only while it runs (false). */
  waiting?: boolean
}

type Way = Pick<StepRule, 'needsReason' | 'waiting'> & { roles?: readonly Role[] }
const plain: Way = { needsReason: false }
const reasoned: Way = { needsReason: true }
/** The manager answers for it towards the resident and the street. */
const byManager: readonly Role[] = ['manager']

const from = (step: Step, states: readonly EnquiryState[], to: EnquiryState, way: Way): StepRule[] =>
  states.map((state) => ({ step, from: state, to, roles: desk, ...way }))

/** Steps that leave an enquiry where it is. */
const within = (step: Step, states: readonly EnquiryState[], way: Way): StepRule[] =>
  states.flatMap((state) => from(step, [state], state, way))

const out = ['dispatched', 'working'] as const
const unanswered = ['accepted', ...out] as const
const open = [...unanswered, 'answered'] as const

/** The whole life of an enquiry. A new step is a new row; nothing else decides what is allowed. */
export const stepTable: readonly StepRule[] = [
  { step: 'accept', from: null, to: 'accepted', roles: desk, ...plain },

  // Whoever asks again is told how it stands and gets no second enquiry (北京接诉即办条例).
  ...within('note', [...open, 'closed'], plain),
  ...within('ask', [...open, 'closed', 'archived', 'referred'], plain),
  // Answered at once in three fields: the rest is filled in afterwards.
  ...within('edit', [...open, 'closed'], plain),
  ...within('link', [...open, 'closed'], plain),
  ...within('unlink', [...open, 'closed'], plain),

  // The desk and the resident: papers, waiting, limits.
  ...within('notice', ['accepted'], plain),
  ...within('promise', ['accepted'], plain),
  // Promised papers may come after the answer.
  ...within('bring', [...open, 'closed'], plain),
  ...within('wait', ['accepted', 'working'], { ...reasoned, waiting: false }),
  ...within('resume', ['accepted', 'working'], { ...plain, waiting: true }),
  ...within('extend', unanswered, { ...reasoned, roles: byManager, waiting: false }),

  // Out to departments and back.
  ...from('dispatch', ['accepted'], 'dispatched', plain),
  ...within('call-in', out, plain),
  ...from('arrive', out, 'working', plain),
  ...from('report', out, 'working', plain),
  ...within('report', ['answered'], plain),
  ...from('return', out, 'accepted', reasoned),
  ...within('decline', out, reasoned),
  ...from('transfer', out, 'dispatched', reasoned),
  ...from('recall', out, 'accepted', reasoned),
  ...within('remind', out, plain),

  // Answer, call-back, end.
  ...from('answer', unanswered, 'answered', plain),
  ...within('call', ['answered'], plain),
  ...from('follow-up', ['answered'], 'closed', plain),
  ...from('close', ['accepted'], 'closed', plain),
  ...from('withdraw', unanswered, 'withdrawn', reasoned),
  ...from('refer', ['accepted'], 'referred', { ...reasoned, roles: byManager }),
  // Withdrawn by a slip of the hand: nothing at the counter is final before it is archived.
  ...from('reopen', ['answered', 'closed', 'withdrawn', 'referred'], 'accepted', reasoned),
  ...from('archive', ['closed', 'withdrawn', 'referred'], 'archived', { ...plain, roles: byManager }),
]

/** States in which somebody still waits for something. The column `open` of the table says the same. */
const openStates: readonly EnquiryState[] = open

export const isOpen = (state: EnquiryState): boolean => openStates.includes(state)

/** The row that allows this step from this state while the clock runs or stands, or null. */
export function findStep(step: Step, state: EnquiryState | null, waiting = false): StepRule | null {
  const rule = stepTable.find((one) => one.step === step && one.from === state)
  return rule && (rule.waiting ?? waiting) === waiting ? rule : null
}

/** The steps that an operator of this role may take now, in the order of the table. */
export function allowedSteps(state: EnquiryState, waiting: boolean, role: Role): Step[] {
  return stepTable
    .filter(
      (rule) => rule.from === state && rule.roles.includes(role) && (rule.waiting ?? waiting) === waiting,
    )
    .map((rule) => rule.step)
}
