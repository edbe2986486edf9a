import type { Enquiry } from '../../contract/enquiries.ts'
import { deskWords, headOf, lastStep, papersIn, residentWords, type Draft, type Given } from './issue.ts'
import {
  denseFrom,
  fit,
  linesOf,
  linesOfLists,
  listed,
  signs,
  spelledDay,
  spelledLimit,
} from './paper-words.ts'
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
  return { rule, channel, reason: fit(deskWords(enquiry, event.text), 4) }
}

function extensionOf(enquiry: Enquiry) {
  const event = enquiry.extended > 0 ? lastStep(enquiry, 'extend') : undefined
  return event ? { reason: fit(deskWords(enquiry, event.text), 3, signs.cell) } : null
}

/** Lines that are left on the sheet for what was said and answered, beside all that must stand on it. */
function roomOn(title: string, cells: string[], lists: string[][]): number {
  const sheet = 24
  const heads = lists.filter((names) => names.length > 0).length
  // A row and a heading take half a line of white; a title is set larger.
  const rows = cells.filter((cell) => cell !== '').map((cell) => linesOf(cell, signs.cell) + 0.4)
  const taken = linesOf(title, signs.cell) * 1.2 + rows.reduce((sum, lines) => sum + lines, 0) + heads * 1.6
  return Math.floor(sheet - taken - linesOfLists(...lists))
}

/** All that stands on a receipt. It is handed to the asker. */
function receiptData(given: Given) {
  const { enquiry, matterPapers, limit } = given
  const { promise } = enquiry
  const head = headOf(given)
  const waitsForAnswer = isOpen(enquiry.state) && enquiry.state !== 'answered'
  const lead = isOpen(enquiry.state) ? (enquiry.lead ?? '') : ''
  const extension = waitsForAnswer ? extensionOf(enquiry) : null
  const missing = enquiry.papers.length > 0 ? papersIn(enquiry, 'missing') : matterPapers
  const papers = enquiry.answer ? [] : missing
  const brought = papersIn(enquiry, 'brought')
  const promised = papersIn(enquiry, 'promised')
  const cells = [head.asker + head.askerPhone + head.subject, head.matter, head.acceptedOn, lead]
  const room = roomOn(
    head.title,
    [...cells, waitsForAnswer ? `期限\n${extension?.reason ?? ''}` : ''],
    [papers, brought, promised],
  )
  const answer = answerOf(enquiry, Math.max(4, room - 3))
  return {
    ...head,
    words: fit(
      residentWords(enquiry, enquiry.words),
      Math.max(1, Math.min(10, room - linesOf(answer?.text ?? ''))),
    ),
    limit,
    inHours: limit.endsWith('小时'),
    dueOn: waitsForAnswer ? spelledLimit(enquiry.answerDueAt) : '',
    waiting: waitsForAnswer && enquiry.waitingSince !== null,
    extension,
    lead,
    operator: enquiry.operator,
    papers: listed(papers),
    brought: listed(brought),
    promised: promise && promised.length > 0 ? { list: promised, until: spelledDay(promise.day) } : null,
    answer,
    referral: referralOf(enquiry),
    dense: linesOfLists(papers, brought, promised) > denseFrom,
  }
}

/** The receipt (受理回执); null once the enquiry was withdrawn: nothing was accepted then. */
export function receipt(given: Given): Draft | null {
  const { id, number } = given.enquiry
  if (endOf(given.enquiry) === 'withdrawn') return null
  return { kind: 'receipt', title: `受理回执 ${number}`, subject: `enquiry:${id}`, data: receiptData(given) }
}
