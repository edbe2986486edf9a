import type { Assignment, Enquiry, EnquiryEvent, EnquiryState, Step } from '../../contract/enquiries.ts'
import type { Attachment } from '../../contract/files.ts'
import { headOf, type Draft, type Given } from './issue.ts'
import {
  listed,
  partNames,
  spelledDay,
  spelledLimit,
  spelledMoment,
  withoutIds,
  withoutNumbers,
} from './paper-words.ts'
import { isOpen } from './steps.ts'

/** States and steps as the screens name them (renderer/counters/enquiries/words.ts); a test holds them together. */
export const stateNames: Record<EnquiryState, string> = {
  accepted: '已受理',
  dispatched: '已派单',
  working: '办理中',
  answered: '待回访',
  closed: '已办结',
  archived: '已归档',
  withdrawn: '已撤回',
  referred: '已上报',
}

export const stepNames: Record<Step, string> = {
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
  withdraw: '撤回这件事',
  refer: '不属本社区',
  reopen: '重办',
  archive: '归档',
  link: '并到同一件事',
  unlink: '移出同一件事',
}

const kinds = { solved: '解决了', explained: '解释说明', refused: '不予办理' } as const
const results = {
  content: '满意',
  discontent: '不满意',
  unreachable: '联系不上',
  'no-contact': '没留电话，无法回访',
} as const
const paperStates = { brought: '已收到', missing: '还缺', promised: '容缺' } as const
const assignmentStates = {
  sent: '未报到',
  arrived: '已报到',
  answered: '已反馈',
  returned: '已退回',
  recalled: '已撤回',
} as const

const sizeOf = (bytes: number) =>
  bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`

const fileOf = ({ name, kind, bytes }: Attachment) =>
  `${name}（${kind === 'image' ? '照片' : 'PDF'}，${sizeOf(bytes)}）`

/** What a step carries beside its words, as short lines. */
function detailOf({ step, detail, departments }: EnquiryEvent): string[] {
  const { via, kind, until, papers, consequence, rule, channel, group } = detail
  return [
    departments.length > 0 && `单位：${departments.join('、')}`,
    via && `方式：${via}`,
    kind && `答复性质：${kinds[kind]}`,
    papers && papers.length > 0 && `材料：${papers.join('、')}`,
    until && `期限：${spelledDay(until)}`,
    consequence && `逾期后果：${withoutNumbers(consequence)}`,
    rule && `依据：${rule}`,
    channel && `${step === 'refer' ? '去向' : '渠道'}：${channel}`,
    detail.result && `结果：${results[detail.result]}`,
    group && `同一件事：${group}`,
  ].filter((line): line is string => typeof line === 'string' && line !== '')
}

/** Its words on paper: the answer stands above already. */
function textOf({ step, text }: EnquiryEvent, { answer }: Enquiry): string {
  if (step !== 'answer' && step !== 'close') return withoutNumbers(text)
  // A phone in an answer is there to be called.
  return text === answer ? '答复全文见上' : withoutIds(text)
}

/** A step with its place in the life of the case. */
function eventOf(event: EnquiryEvent, index: number, enquiry: Enquiry) {
  return {
    place: index + 1,
    at: spelledMoment(event.at),
    step: stepNames[event.step],
    state: event.from === event.to ? '' : stateNames[event.to],
    operator: event.operator,
    text: textOf(event, enquiry),
    details: detailOf(event),
    files: listed(event.files.map(fileOf)),
  }
}

/** One department's task. What the timeline or the answer says already in the same words is not said twice. */
function departmentOf(assignment: Assignment, { answer, events }: Enquiry) {
  const { department, contact, part, state, task, sentAt, arriveDueAt, arrivedAt, endedAt, text } = assignment
  return {
    department,
    contact,
    part: partNames[part],
    state: assignmentStates[state],
    task: events.some((event) => event.text === task) ? '' : withoutNumbers(task),
    sentOn: spelledMoment(sentAt),
    arriveBy: spelledLimit(arriveDueAt),
    arrivedOn: arrivedAt ? spelledMoment(arrivedAt) : '',
    arrivedLate: arrivedAt !== null && arrivedAt > arriveDueAt,
    endedOn: endedAt ? spelledMoment(endedAt) : '',
    text: text === answer ? '' : withoutNumbers(text),
  }
}

/** Result of the call-back with what was said; the rating is a secret of the box and stands nowhere here. */
function followUpOf(enquiry: Enquiry) {
  const event = enquiry.events.findLast(({ step }) => step === 'follow-up')
  if (!enquiry.followUp) return null
  return {
    result: results[enquiry.followUp],
    text: withoutNumbers(event?.text ?? ''),
    by: event ? `${event.operator}　${spelledMoment(event.at)}` : '',
  }
}

/**
 * The whole case (卷宗) on A4. It stays in the cabinet: names stand whole, phones masked, nobody's ID number. What was
 * issued is of its last step, so the same case gives the same file.
 */
export function caseFile(given: Given): Draft {
  const { enquiry, limit } = given
  return {
    kind: 'case-file',
    title: `卷宗 ${enquiry.number}`,
    subject: `enquiry:${enquiry.id}`,
    data: {
      ...headOf(given),
      title: withoutNumbers(enquiry.title),
      subject: enquiry.subjectPerson?.name ?? '',
      subjectPhone: enquiry.subjectPerson?.phone ?? '',
      idRefused: enquiry.idRefused,
      door: enquiry.door ?? '',
      state: stateNames[enquiry.state],
      words: withoutNumbers(enquiry.words),
      operator: enquiry.operator,
      limit,
      dueOn: spelledLimit(enquiry.answerDueAt),
      extended: enquiry.extended > 0 ? enquiry.extended : '',
      waitingSince: isOpen(enquiry.state) && enquiry.waitingSince ? spelledMoment(enquiry.waitingSince) : '',
      lead: enquiry.lead ?? '',
      group: enquiry.group ? { title: enquiry.group.title, count: enquiry.group.count } : null,
      papers: listed(enquiry.papers.map(({ name, state }) => ({ name, state: paperStates[state] }))),
      promise: enquiry.promise && {
        until: spelledDay(enquiry.promise.day),
        consequence: withoutNumbers(enquiry.promise.consequence),
      },
      departments: listed(enquiry.assignments.map((one) => departmentOf(one, enquiry))),
      answer: enquiry.answer
        ? {
            text: withoutIds(enquiry.answer),
            kind: enquiry.answerKind ? kinds[enquiry.answerKind] : '',
            day: enquiry.answeredDay ? spelledDay(enquiry.answeredDay) : '',
          }
        : null,
      followUp: followUpOf(enquiry),
      events: enquiry.events.map((event, index) => eventOf(event, index, enquiry)),
      fileCount: enquiry.events.reduce((sum, { files }) => sum + files.length, 0),
      upTo: spelledMoment(enquiry.events.at(-1)?.at ?? enquiry.acceptedAt),
    },
  }
}
