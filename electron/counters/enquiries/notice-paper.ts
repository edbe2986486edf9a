import type { Enquiry, Step } from '../../contract/enquiries.ts'
import { localDay } from '../../workbench/calendar.ts'
import { deskWords, headOf, lastStep, papersIn, type Draft, type Given } from './issue.ts'
import { denseFrom, linesOfLists, listed, spelledDay } from './paper-words.ts'

/** Day and clerk of the step that made the papers what they are. */
function signedAt(enquiry: Enquiry, ...steps: Step[]) {
  const event = lastStep(enquiry, ...steps)
  return {
    day: spelledDay(event ? localDay(new Date(event.at)) : enquiry.acceptedDay),
    clerk: event?.operator ?? enquiry.operator,
  }
}

/**
 * The one-time notice (一次性告知单): every paper that is missing, in writing, at once. Null when none is missing. No
 * paper is ever cut from it: a longer list goes on over the page.
 */
export function oneTimeNotice(given: Given): Draft | null {
  const { enquiry } = given
  const missing = papersIn(enquiry, 'missing')
  if (missing.length === 0) return null
  const { promise } = enquiry
  const promised = papersIn(enquiry, 'promised')
  const brought = papersIn(enquiry, 'brought')
  return {
    kind: 'one-time-notice',
    title: `一次性告知单 ${enquiry.number}`,
    subject: `enquiry:${enquiry.id}`,
    data: {
      ...headOf(given),
      addressee: enquiry.asker ?? '来访人',
      ...signedAt(enquiry, 'notice', 'bring'),
      count: missing.length,
      missing: { list: missing },
      brought: listed(brought),
      promised: promise && promised.length > 0 ? { list: promised, until: spelledDay(promise.day) } : null,
      note: deskWords(enquiry, lastStep(enquiry, 'notice')?.text ?? ''),
      waiting: enquiry.waitingSince !== null,
      dense: linesOfLists(missing, brought, promised) > denseFrom,
    },
  }
}

/** The promise of a conditional acceptance (容缺受理承诺书); null without a promise, or when all of it was kept. */
export function conditionalAcceptance(given: Given): Draft | null {
  const { enquiry } = given
  const promised = papersIn(enquiry, 'promised')
  if (!enquiry.promise || promised.length === 0) return null
  return {
    kind: 'conditional-acceptance',
    title: `容缺受理承诺书 ${enquiry.number}`,
    subject: `enquiry:${enquiry.id}`,
    data: {
      ...headOf(given),
      ...signedAt(enquiry, 'promise'),
      count: promised.length,
      promised: { list: promised },
      until: spelledDay(enquiry.promise.day),
      // The sentence on the paper has its own full stop.
      consequence: deskWords(enquiry, enquiry.promise.consequence).replace(/[。.；;，,\s]+$/, ''),
      dense: linesOfLists(promised) > denseFrom,
    },
  }
}
