import type { Enquiry, EnquiryLine, EnquiryState, Step } from '../../../electron/contract/enquiries.ts'

export const stateWords: Record<EnquiryState, string> = {
  accepted: '办理中',
  closed: '已办结',
  withdrawn: '已撤回',
}

export const stepWords: Record<Step, string> = {
  accept: '受理',
  note: '记进展',
  edit: '修改',
  close: '答复并办结',
  withdraw: '撤回',
  reopen: '重办',
}

type Limit = Pick<EnquiryLine, 'state' | 'urgency' | 'workingDaysLeft'>
export type Tone = '' | 'ok' | 'warn' | 'bad'

/** The limit in words: 超期 1 个工作日, 今天到期, 还剩 2 个工作日; for what is finished, how it ended. */
export function limitWords(enquiry: Limit): string {
  if (enquiry.state !== 'accepted') return stateWords[enquiry.state]
  const left = enquiry.workingDaysLeft
  if (left === null) return '不限时'
  if (enquiry.urgency === 'overdue') return left < 0 ? `超期 ${-left} 个工作日` : '已超期'
  return left === 0 ? '今天到期' : `还剩 ${left} 个工作日`
}

export function limitTone(enquiry: Limit): Tone {
  if (enquiry.state === 'closed') return 'ok'
  if (enquiry.state !== 'accepted') return ''
  if (enquiry.urgency === 'overdue') return 'bad'
  return enquiry.urgency === 'today' || enquiry.urgency === 'soon' ? 'warn' : ''
}

/** Who came: the registered name, the name they gave, or 匿名. */
export function askerWords(enquiry: Pick<Enquiry, 'asker' | 'anonymous'>): string {
  return enquiry.asker || (enquiry.anonymous ? '匿名' : '未留姓名')
}
