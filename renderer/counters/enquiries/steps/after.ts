import type { Assignment, Enquiry } from '../../../../electron/contract/enquiries.ts'
import { sheetsOf, type PaperKind, type Sheet } from '../print.ts'

export type After = {
  said: string
  /** Departments that have just been called: their slips go out now. */
  assignments: Assignment[]
  sheets: Sheet[]
  rate: boolean
}

/** Whether the resident can be asked to rate now (好差评): after the answer, once. */
export function mayRate({ state, rated }: Pick<Enquiry, 'state' | 'rated'>): boolean {
  return !rated && (state === 'answered' || state === 'closed')
}

/** What is usually done right after the last step; null when there is nothing to hand out. */
export function afterOf(enquiry: Enquiry): After | null {
  const last = enquiry.events.at(-1)
  if (!last) return null
  const printed = (paper: PaperKind) => sheetsOf(enquiry).filter((sheet) => sheet.paper === paper)
  const none = { assignments: [], sheets: [], rate: false }
  switch (last.step) {
    case 'dispatch':
    case 'call-in':
    case 'transfer': {
      const assignments = enquiry.assignments.filter((one) => one.sentAt === last.at)
      return { ...none, said: '把派单单交给对方', assignments }
    }
    case 'notice':
      return { ...none, said: '把单子交给居民', sheets: printed('one-time-notice') }
    case 'promise':
      return { ...none, said: '请居民签承诺书', sheets: printed('conditional-acceptance') }
    case 'close':
    case 'follow-up':
      if (!mayRate(enquiry) || enquiry.followUp === 'unreachable' || enquiry.followUp === 'no-contact')
        return null
      return { ...none, said: '还可以请居民评价', sheets: printed('rating-slip'), rate: true }
    default:
      return null
  }
}
