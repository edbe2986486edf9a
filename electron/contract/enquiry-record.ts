import { z } from 'zod'
import { attachment } from './files.ts'
import { day, id, instant, version } from './fields.ts'
import { personLine } from './people.ts'

export const channels = ['窗口', '电话', '微信', 'QQ', '网格上报', '走访'] as const

/** How a department's word came to the desk: departments have no login. */
export const vias = ['电话', '微信', '纸质', '当面', '系统'] as const
export type Via = (typeof vias)[number]

/**
 * States of an enquiry: accepted 受理, dispatched 派单, working 办理中, answered 答复 (the call-back waits), closed 办结,
 * archived 归档, withdrawn 撤回, referred 上报 (not the community's task). The steps between them stand in
 * electron/counters/enquiries/steps.ts.
 */
export const enquiryStates = [
  'accepted',
  'dispatched',
  'working',
  'answered',
  'closed',
  'archived',
  'withdrawn',
  'referred',
] as const
export type EnquiryState = (typeof enquiryStates)[number]

export const steps = [
  'accept',
  'edit',
  'note',
  'ask',
  'notice',
  'promise',
  'bring',
  'wait',
  'resume',
  'extend',
  'dispatch',
  'call-in',
  'arrive',
  'report',
  'return',
  'decline',
  'transfer',
  'recall',
  'remind',
  'answer',
  'call',
  'follow-up',
  'close',
  'withdraw',
  'refer',
  'reopen',
  'archive',
  'link',
  'unlink',
] as const
export type Step = (typeof steps)[number]

/** What an answer was: 解决了, 解释说明 (not counted as solved), 不予办理. */
export const answerKinds = ['solved', 'explained', 'refused'] as const
export type AnswerKind = (typeof answerKinds)[number]

/** What the call-back brought. `no-contact`: nobody to call. */
export const followUps = ['content', 'discontent', 'unreachable', 'no-contact'] as const
export type FollowUp = (typeof followUps)[number]

/** How the next limit stands now: computed on reading, never stored. `waiting`: the clock stands. */
export const urgency = z.enum(['none', 'normal', 'soon', 'today', 'overdue', 'waiting'])

/** What is due next: a department's arrival (报到), the answer, or the call-back. */
export const dueWhats = ['arrival', 'answer', 'follow-up'] as const

export const enquiryLine = z.object({
  id,
  number: z.string(),
  title: z.string(),
  matter: z.string().nullable(),
  channel: z.enum(channels),
  state: z.enum(enquiryStates),
  acceptedAt: instant,
  acceptedDay: day,
  /** The instant at which the next thing is late, and its local day; null when nothing is due. */
  dueAt: instant.nullable(),
  dueDay: day.nullable(),
  dueWhat: z.enum(dueWhats).nullable(),
  /** Working days left (0 = today, negative = overdue); null when nothing is due. */
  workingDaysLeft: z.int().nullable(),
  urgency,
  /** The asker's name, the name they gave, or null for an anonymous asker. */
  asker: z.string().nullable(),
  subject: z.string().nullable(),
  door: z.string().nullable(),
  /** The department that leads (主办); null while the desk has it. */
  lead: z.string().nullable(),
  operator: z.string(),
})
export type EnquiryLine = z.infer<typeof enquiryLine>

/** What a step carries beside its words; each field belongs to a few steps. */
export const eventDetail = z.object({
  via: z.enum(vias).optional(),
  kind: z.enum(answerKinds).optional(),
  /** A limit that was set: an extension, a promise. */
  until: day.optional(),
  result: z.enum(followUps).optional(),
  /** Papers named by a notice or promise, or brought. */
  papers: z.array(z.string()).optional(),
  consequence: z.string().optional(),
  /** Rule cited for what is not the community's task, and where to go instead. */
  rule: z.string().optional(),
  channel: z.string().optional(),
  group: z.string().optional(),
})
export type EventDetail = z.infer<typeof eventDetail>

export const enquiryEvent = z.object({
  id,
  step: z.enum(steps),
  from: z.enum(enquiryStates).nullable(),
  to: z.enum(enquiryStates),
  at: instant,
  operator: z.string(),
  /** What was said or why. */
  text: z.string(),
  /** Departments that this step was about; for a dispatch the lead first. */
  departments: z.array(z.string()),
  detail: eventDetail,
  files: z.array(attachment),
})
export type EnquiryEvent = z.infer<typeof enquiryEvent>

export const assignmentStates = ['sent', 'arrived', 'answered', 'returned', 'recalled'] as const

/** One department called to an enquiry, with its own arrival (报到) and answer. */
export const assignment = z.object({
  id,
  departmentId: id,
  department: z.string(),
  contact: z.string(),
  phone: z.string(),
  part: z.enum(['lead', 'assist']),
  state: z.enum(assignmentStates),
  task: z.string(),
  sentAt: instant,
  arriveDueAt: instant,
  /** It should have reported and has not. */
  late: z.boolean(),
  arrivedAt: instant.nullable(),
  endedAt: instant.nullable(),
  text: z.string(),
})
export type Assignment = z.infer<typeof assignment>

export const paperStates = ['brought', 'missing', 'promised'] as const
export const paper = z.object({ id, name: z.string(), state: z.enum(paperStates) })
export type Paper = z.infer<typeof paper>

export const enquiry = enquiryLine.extend({
  matterId: id.nullable(),
  words: z.string(),
  anonymous: z.boolean(),
  /** Would not show a card. */
  idRefused: z.boolean(),
  askerId: id.nullable(),
  askerPerson: personLine.nullable(),
  subjectId: id.nullable(),
  subjectPerson: personLine.nullable(),
  /** Name and masked phone of an asker who is not registered. */
  givenName: z.string(),
  givenPhone: z.string(),
  answer: z.string(),
  answerKind: z.enum(answerKinds).nullable(),
  answeredDay: day.nullable(),
  /** The limit of the answer, whatever is due before it. */
  answerDueAt: instant,
  extended: z.int(),
  waitingSince: instant.nullable(),
  followUp: z.enum(followUps).nullable(),
  promise: z.object({ day, consequence: z.string() }).nullable(),
  papers: z.array(paper),
  assignments: z.array(assignment),
  /** `others`: the newest twenty at the most; `count`: all of them with this one. */
  group: z.object({ id, title: z.string(), count: z.int(), others: z.array(enquiryLine) }).nullable(),
  /** Whether the resident has rated; how is for the overseers only. */
  rated: z.boolean(),
  rating: z
    .object({
      level: z.int(),
      reasons: z.array(z.string()),
      words: z.string(),
      way: z.enum(['screen', 'slip']),
    })
    .nullable(),
  version,
  events: z.array(enquiryEvent),
  /** Steps that the signed-in operator may take now. */
  allowed: z.array(z.enum(steps)),
})
export type Enquiry = z.infer<typeof enquiry>
