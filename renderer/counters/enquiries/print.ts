import type { Enquiry } from '../../../electron/contract/enquiries.ts'
import type { enquiryPapers } from '../../../electron/contract/enquiries.ts'

export type PaperKind = (typeof enquiryPapers)[number]
export type Sheet = { paper: PaperKind; assignmentId: number | null; label: string }

type Printed = Pick<Enquiry, 'papers' | 'promise' | 'assignments' | 'answeredDay' | 'rated' | 'state'>

/** Papers that there is something to put on now, the receipt first. */
export function sheetsOf({ papers, promise, assignments, answeredDay, rated, state }: Printed): Sheet[] {
  const sheet = (paper: PaperKind, label: string, assignmentId: number | null = null) => ({
    paper,
    label,
    assignmentId,
  })
  const has = (wanted: 'missing' | 'promised') => papers.some((paper) => paper.state === wanted)
  return [
    sheet('receipt', '受理回执'),
    ...(has('missing') ? [sheet('one-time-notice', '一次性告知单')] : []),
    ...(promise && has('promised') ? [sheet('conditional-acceptance', '容缺受理承诺书')] : []),
    ...assignments
      .filter((one) => one.state !== 'recalled' && one.state !== 'returned')
      .map((one) => sheet('dispatch-slip', `派单单 · ${one.department}`, one.id)),
    ...(answeredDay && !rated && state !== 'withdrawn' ? [sheet('rating-slip', '评价单')] : []),
    sheet('case-file', '全部卷宗'),
  ]
}
