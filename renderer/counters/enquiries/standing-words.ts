import type { Enquiry } from '../../../electron/contract/enquiries.ts'
import { dayOf, dayWords, momentWords } from '../../components/formats.ts'
import { atWork } from './steps/actions.ts'
import { answerKindWords, beforeWords, followUpWords, stateWords } from './words.ts'

type Standing = Pick<
  Enquiry,
  | 'state'
  | 'waitingSince'
  | 'assignments'
  | 'papers'
  | 'answerDueAt'
  | 'answerKind'
  | 'dueDay'
  | 'followUp'
  | 'rated'
>

function limit({ answerDueAt }: Standing, now: Date): string {
  return `${beforeWords(answerDueAt, dayOf(answerDueAt), now)}答复`
}

/** Who has it now and whom it waits for. */
function holder({ assignments, papers, waitingSince }: Standing, now: Date): string[] {
  if (waitingSince !== null) {
    const what = papers.some((paper) => paper.state === 'missing') ? '等居民补材料' : '等居民'
    return [`${what}，停表自 ${momentWords(waitingSince, now)}`]
  }
  const called = atWork(assignments)
  const lead = called.find((one) => one.part === 'lead')
  if (!lead) return ['在前台']
  if (lead.state === 'sent')
    return [`等 ${lead.department} 报到，${beforeWords(lead.arriveDueAt, dayOf(lead.arriveDueAt), now)}`]
  const owing = called.filter((one) => one.part === 'assist').length
  return [`${lead.department} 在办`, owing ? `${owing} 家协办没有反馈` : '']
}

/** How a case stands, in one line: who has it, whom it waits for, what is due when. */
export function standingWords(enquiry: Standing, now = new Date()): string {
  const { state, waitingSince, answerKind, dueDay, followUp, rated } = enquiry
  const open = ['accepted', 'dispatched', 'working'].includes(state)
  if (open) {
    const due = waitingSince === null ? limit(enquiry, now) : ''
    return [...holder(enquiry, now), due].filter(Boolean).join(' · ')
  }
  const kind = answerKind && answerKindWords[answerKind]
  if (state === 'answered') {
    return [`已答复${kind ? `：${kind}` : ''}`, dueDay && `${dayWords(dueDay, now)}前回访`]
      .filter(Boolean)
      .join(' · ')
  }
  const ended = state === 'closed' || state === 'archived'
  return [
    stateWords[state],
    ended && kind,
    ended && followUp && `回访：${followUpWords[followUp]}`,
    ended && rated && '已评价',
  ]
    .filter(Boolean)
    .join(' · ')
}
