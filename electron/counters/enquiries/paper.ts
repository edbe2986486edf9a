import type { Assignment, Enquiry, enquiryPapers } from '../../contract/enquiries.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { caseFile } from './case-file.ts'
import { dispatchSlip, dispatchWords } from './dispatch-slip.ts'
import { issue, readGiven, type Draft, type Given } from './issue.ts'
import { conditionalAcceptance, oneTimeNotice } from './notice-paper.ts'
import { ratingSlip } from './rating-slip.ts'
import { receipt } from './receipt.ts'

type Paper = (typeof enquiryPapers)[number]

/** Papers of the enquiry itself; the dispatch slip is one department's. */
const papers: Record<Exclude<Paper, 'dispatch-slip'>, (given: Given) => Draft | null> = {
  receipt,
  'one-time-notice': oneTimeNotice,
  'conditional-acceptance': conditionalAcceptance,
  'rating-slip': ratingSlip,
  'case-file': caseFile,
}

function assignmentOf({ assignments }: Enquiry, id: number): Assignment {
  return assignments.find((one) => one.id === id) ?? fail('NOT_FOUND', { what: 'assignment' })
}

/**
 * Issues a paper of an enquiry as it stands and returns the document's id. CONFLICT `step` when there is nothing to put
 * on it; INVALID `assignmentId` for a dispatch slip of no department.
 */
export function issuePaper(
  context: Context,
  { id, paper, assignmentId }: { id: number; paper: Paper; assignmentId: number | null },
): number {
  const given = readGiven(context, id)
  if (paper !== 'dispatch-slip') return issue(context, given.enquiry, papers[paper](given))
  if (assignmentId === null) invalid('assignmentId', 'required')
  return issue(context, given.enquiry, dispatchSlip(given, assignmentOf(given.enquiry, assignmentId)))
}

/** The dispatch slip of one department as text for WeChat; CONFLICT `step` when the task is no longer its own. */
export function dispatchText(
  context: Context,
  { id, assignmentId }: { id: number; assignmentId: number },
): string {
  const given = readGiven(context, id)
  const { enquiry } = given
  return (
    dispatchWords(given, assignmentOf(enquiry, assignmentId)) ??
    fail('CONFLICT', { because: 'step', current: enquiry })
  )
}
