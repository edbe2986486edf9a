import type { Enquiry } from '../../contract/enquiries.ts'
import type { Context } from '../../workbench/workbench.ts'
import {
  deskWords,
  headOf,
  issue,
  lastStep,
  papersIn,
  readGiven,
  residentWords,
  type Draft,
  type Given,
} from './issue.ts'
import { fit, linesOf, listed, spelledDay, spelledLimit } from './paper-words.ts'
import { isOpen } from './steps.ts'

/** How it stands, or how it stood when it went into the archive. */
const endOf = (enquiry: Enquiry) =>
  enquiry.state === 'archived' ? lastStep(enquiry, 'archive')?.from : enquiry.state

/** What the desk told the asker, and what that means for them. */
function answerOf(enquiry: Enquiry, lines: number) {
  if (!enquiry.answer || !['answered', 'closed', 'archived'].includes(enquiry.state)) return null
  return {
    heading: enquiry.state === 'answered' ? '已答复，将回访' : '已答复并办结',
    text: fit(deskWords(enquiry, enquiry.answer), lines),
  }
}

/** Not the community's task: the rule cited, and where to go instead. */
function referralOf(enquiry: Enquiry) {
  const event = endOf(enquiry) === 'referred' ? lastStep(enquiry, 'refer') : undefined
  if (!event) return null
  const { rule = '', channel = '' } = event.detail
  return { rule, channel, reason: fit(deskWords(enquiry, event.text), 3) }
}

function extensionOf(enquiry: Enquiry) {
  const event = enquiry.extended > 0 ? lastStep(enquiry, 'extend') : undefined
  return event ? { reason: fit(deskWords(enquiry, event.text), 3) } : null
}

/** All that stands on a receipt. It is handed to the asker. */
export function receiptData(given: Given) {
  const { enquiry, matterPapers, limit } = given
  const { promise } = enquiry
  const waitsForAnswer = isOpen(enquiry.state) && enquiry.state !== 'answered'
  const papers = enquiry.papers.length > 0 ? papersIn(enquiry, 'missing') : matterPapers
  const brought = papersIn(enquiry, 'brought')
  const promised = papersIn(enquiry, 'promised')
  // Two columns of papers take the room of what was said; the whole of it stands in the enquiry.
  const taken = [papers, brought, promised].reduce(
    (sum, names) => sum + Math.ceil(names.reduce((lines, name) => lines + linesOf(name, 14), 0) / 2),
    0,
  )
  return {
    ...headOf(given),
    words: fit(residentWords(enquiry, enquiry.words), Math.max(1, Math.min(5, 9 - taken))),
    limit,
    inHours: limit.endsWith('小时'),
    dueOn: waitsForAnswer ? spelledLimit(enquiry.answerDueAt) : '',
    waiting: waitsForAnswer && enquiry.waitingSince !== null,
    extension: waitsForAnswer ? extensionOf(enquiry) : null,
    lead: isOpen(enquiry.state) ? (enquiry.lead ?? '') : '',
    operator: enquiry.operator,
    papers: enquiry.answer ? null : listed(papers),
    brought: listed(brought),
    promised: promise && promised.length > 0 ? { list: promised, until: spelledDay(promise.day) } : null,
    answer: answerOf(enquiry, Math.max(4, 12 - taken)),
    referral: referralOf(enquiry),
  }
}

/** The receipt (受理回执); null once the enquiry was withdrawn: nothing was accepted then. */
export function receipt(given: Given): Draft | null {
  const { id, number } = given.enquiry
  if (endOf(given.enquiry) === 'withdrawn') return null
  return { kind: 'receipt', title: `受理回执 ${number}`, subject: `enquiry:${id}`, data: receiptData(given) }
}

/** Issues the receipt of an enquiry as it stands. */
export function issueReceipt(context: Context, id: number): number {
  const given = readGiven(context, id)
  return issue(context, given.enquiry, receipt(given))
}
