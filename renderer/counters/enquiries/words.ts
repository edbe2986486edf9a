import type {
  AnswerKind,
  Assignment,
  Enquiry,
  EnquiryLine,
  EnquiryState,
  FollowUp,
  Paper,
  Step,
} from '../../../electron/contract/enquiries.ts'
import { dayWords, limitWords as daysWords, timeWords } from '../../components/formats.ts'

export const stateWords: Record<EnquiryState, string> = {
  accepted: '已受理',
  dispatched: '已派单',
  working: '办理中',
  answered: '待回访',
  closed: '已办结',
  archived: '已归档',
  withdrawn: '已撤回',
  referred: '已上报',
}

export const stepWords: Record<Step, string> = {
  accept: '受理',
  edit: '修改',
  note: '记进展',
  ask: '再次来问',
  notice: '一次性告知',
  promise: '容缺受理',
  bring: '补交材料',
  wait: '等居民',
  resume: '继续办理',
  extend: '延期',
  dispatch: '派单',
  'call-in': '增派协办',
  arrive: '报到',
  report: '反馈',
  return: '退回',
  decline: '协办退回',
  transfer: '转派',
  recall: '撤回派单',
  remind: '催办',
  answer: '答复',
  call: '未接通',
  'follow-up': '回访',
  close: '答复并办结',
  // Beside 撤回派单 in the menu: the whole case, not its dispatch.
  withdraw: '撤回这件事',
  refer: '不属本社区',
  reopen: '重办',
  archive: '归档',
  link: '并到同一件事',
  unlink: '移出同一件事',
}

export const answerKindWords: Record<AnswerKind, string> = {
  solved: '解决了',
  explained: '解释说明',
  refused: '不予办理',
}

export const followUpWords: Record<FollowUp, string> = {
  content: '满意',
  discontent: '不满意',
  unreachable: '联系不上',
  'no-contact': '没留电话，无法回访',
}

export const assignmentStateWords: Record<Assignment['state'], string> = {
  sent: '已派，没报到',
  arrived: '已报到',
  answered: '已反馈',
  returned: '已退回',
  recalled: '已撤回',
}

export const partWords: Record<Assignment['part'], string> = { lead: '主办', assist: '协办' }

export const paperStateWords: Record<Paper['state'], string> = {
  brought: '已带',
  missing: '还缺',
  promised: '容缺',
}

export const dueWords: Record<NonNullable<EnquiryLine['dueWhat']>, string> = {
  arrival: '报到',
  answer: '答复',
  'follow-up': '回访',
}

export type Limited = Pick<
  EnquiryLine,
  'state' | 'urgency' | 'workingDaysLeft' | 'dueAt' | 'dueDay' | 'dueWhat'
>
export type Tone = '' | 'ok' | 'warn' | 'bad' | 'info'

/** The time of day at which a limit in hours ends; empty for one that ends with its day. */
function hourOf(dueAt: string | null): string {
  const time = dueAt ? timeWords(dueAt) : ''
  return time === '23:59' ? '' : time
}

/** Until when, as it is said: 今天 16:30, 明天, 11月28日. */
export function untilWords(dueAt: string, dueDay: string, now = new Date()): string {
  return [dayWords(dueDay, now), hourOf(dueAt)].filter(Boolean).join(' ')
}

/** Before when: 今天 16:30 前, 11月28日前. */
export function beforeWords(dueAt: string, dueDay: string, now = new Date()): string {
  return `${untilWords(dueAt, dueDay, now)}${hourOf(dueAt) ? ' ' : ''}前`
}

/** The limit itself: 超期 1 个工作日, 今天 16:30 到期, 今天到期, 还剩 2 个工作日. */
function leftWords({ urgency, workingDaysLeft, dueAt, dueDay }: Limited, now: Date): string {
  if (workingDaysLeft === null || !dueAt || !dueDay) return '不限时'
  const hour = hourOf(dueAt)
  if (urgency === 'overdue') {
    if (workingDaysLeft < 0) return daysWords(workingDaysLeft)
    return hour && dayWords(dueDay, now) === '今天' ? `${hour} 已超期` : '已超期'
  }
  // Of a limit in hours that ends on the next day "1 个工作日" would promise too much.
  if (hour && workingDaysLeft <= 1) return `${untilWords(dueAt, dueDay, now)} 到期`
  return daysWords(workingDaysLeft)
}

/** How it stands now: what is due and how urgent, for what is finished how it ended. */
export function limitWords(enquiry: Limited, now = new Date()): string {
  if (enquiry.urgency === 'waiting') return '等居民，已停表'
  if (enquiry.urgency === 'none') return stateWords[enquiry.state]
  const left = leftWords(enquiry, now)
  if (enquiry.dueWhat === 'follow-up') return `待回访，${left}`
  return enquiry.dueWhat === 'arrival' ? `待报到，${left}` : left
}

export function limitTone({ state, urgency }: Pick<EnquiryLine, 'state' | 'urgency'>): Tone {
  if (urgency === 'waiting') return 'info'
  if (urgency === 'overdue') return 'bad'
  if (urgency === 'today' || urgency === 'soon') return 'warn'
  return state === 'answered' || state === 'closed' || state === 'archived' ? 'ok' : ''
}

/** Who came: the registered name, the name they gave, or 匿名. */
export function askerWords(enquiry: Pick<Enquiry, 'asker' | 'anonymous'>): string {
  return enquiry.asker || (enquiry.anonymous ? '匿名' : '未留姓名')
}
