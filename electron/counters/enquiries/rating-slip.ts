import { ratingReasons } from '../../contract/ratings.ts'
import { spelledDay } from './paper-words.ts'
import type { Draft, Given } from './issue.ts'

/** 好差评, five levels as GB/T 39734 words them, the best first. */
const levels = ['非常满意', '满意', '基本满意', '不满意', '非常不满意']

/**
 * The rating slip (评价单): a number and no name, for the box. Null before the answer and once it is rated: there is one
 * rating per case.
 */
export function ratingSlip({ community, enquiry }: Given): Draft | null {
  const answered = ['answered', 'closed', 'archived'].includes(enquiry.state) && enquiry.answer !== ''
  if (!answered || enquiry.rated) return null
  return {
    kind: 'rating-slip',
    title: `评价单 ${enquiry.number}`,
    subject: `enquiry:${enquiry.id}`,
    data: {
      community,
      number: enquiry.number,
      acceptedOn: spelledDay(enquiry.acceptedDay),
      answeredOn: enquiry.answeredDay ? spelledDay(enquiry.answeredDay) : '',
      levels,
      good: ratingReasons.good,
      bad: ratingReasons.bad,
    },
  }
}
