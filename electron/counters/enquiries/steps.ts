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
}

const byDesk = { roles: desk, needsReason: false } as const
const byDeskWithReason = { roles: desk, needsReason: true } as const

/** The whole life of an enquiry. A new step is a new row; nothing else decides what is allowed. */
export const stepTable: readonly StepRule[] = [
  { step: 'accept', from: null, to: 'accepted', ...byDesk },
  { step: 'note', from: 'accepted', to: 'accepted', ...byDesk },
  { step: 'edit', from: 'accepted', to: 'accepted', ...byDesk },
  // Answered at once in three fields: the rest is filled in afterwards.
  { step: 'edit', from: 'closed', to: 'closed', ...byDesk },
  { step: 'close', from: 'accepted', to: 'closed', ...byDesk },
  { step: 'withdraw', from: 'accepted', to: 'withdrawn', ...byDeskWithReason },
  { step: 'reopen', from: 'closed', to: 'accepted', ...byDeskWithReason },
  // Withdrawn by a slip of the hand: nothing at the counter is final.
  { step: 'reopen', from: 'withdrawn', to: 'accepted', ...byDeskWithReason },
]

/** States in which somebody still waits for an answer. The partial index `enquiry_open_due` holds exactly these. */
const openStates: readonly EnquiryState[] = ['accepted']

export const isOpen = (state: EnquiryState): boolean => openStates.includes(state)

/** The row that allows this step from this state, or null. */
export function findStep(step: Step, from: EnquiryState | null): StepRule | null {
  return stepTable.find((rule) => rule.step === step && rule.from === from) ?? null
}

/** The steps that an operator of this role may take from this state, in the order of the table. */
export function allowedSteps(state: EnquiryState, role: Role): Step[] {
  return stepTable.filter((rule) => rule.from === state && rule.roles.includes(role)).map((rule) => rule.step)
}
