import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Department } from '../../electron/contract/departments.ts'
import {
  assignmentStates,
  enquiryStates,
  paperStates,
  steps,
  type Assignment,
  type Enquiry,
  type EnquiryEvent,
  type Step,
} from '../../electron/contract/enquiries.ts'
import { factsOf, isWhistle } from '../../renderer/counters/enquiries/event-words.ts'
import { sheetsOf } from '../../renderer/counters/enquiries/print.ts'
import { standingWords } from '../../renderer/counters/enquiries/standing-words.ts'
import { actionsOf, stepsOf } from '../../renderer/counters/enquiries/steps/actions.ts'
import { afterOf } from '../../renderer/counters/enquiries/steps/after.ts'
import { choices } from '../../renderer/counters/enquiries/steps/departments.ts'
import { paperRows, split, withPaper } from '../../renderer/counters/enquiries/steps/papers.ts'

/** Monday, half past ten in the morning. */
const now = new Date('2026-11-23T02:30:00.000Z')

const assignment: Assignment = {
  id: 1,
  departmentId: 17,
  department: '物业公司',
  contact: '',
  phone: '',
  part: 'lead',
  state: 'sent',
  task: '',
  sentAt: '2026-11-23T01:00:00.000Z',
  arriveDueAt: '2026-11-23T06:00:00.000Z',
  late: false,
  arrivedAt: null,
  endedAt: null,
  text: '',
}
const helper: Assignment = {
  ...assignment,
  id: 2,
  departmentId: 4,
  department: '城管中队',
  part: 'assist',
}

const enquiry: Enquiry = {
  id: 1,
  number: 'ZX-2026-000001',
  title: '楼道渗水',
  matter: null,
  channel: '窗口',
  state: 'accepted',
  acceptedAt: '2026-11-23T01:00:00.000Z',
  acceptedDay: '2026-11-23',
  dueAt: '2026-11-27T15:59:59.999Z',
  dueDay: '2026-11-27',
  dueWhat: 'answer',
  workingDaysLeft: 4,
  urgency: 'normal',
  asker: null,
  subject: null,
  door: null,
  lead: null,
  operator: '王主任',
  matterId: null,
  words: '',
  anonymous: true,
  idRefused: false,
  askerId: null,
  askerPerson: null,
  subjectId: null,
  subjectPerson: null,
  givenName: '',
  givenPhone: '',
  answer: '',
  answerKind: null,
  answeredDay: null,
  answerDueAt: '2026-11-27T15:59:59.999Z',
  extended: 0,
  waitingSince: null,
  followUp: null,
  promise: null,
  papers: [],
  assignments: [],
  group: null,
  rated: false,
  rating: null,
  version: 1,
  events: [],
  allowed: [],
}
const event: EnquiryEvent = {
  id: 1,
  step: 'note',
  from: 'accepted',
  to: 'accepted',
  at: '2026-11-23T01:00:00.000Z',
  operator: '王主任',
  text: '',
  departments: [],
  detail: {},
  files: [],
}

describe('what stands at the bottom of a case', () => {
  const arbitrary = fc.record({
    state: fc.constantFrom(...enquiryStates),
    allowed: fc.uniqueArray(fc.constantFrom(...steps)),
    waitingSince: fc.constantFrom(null, '2026-11-20T01:00:00.000Z'),
    papers: fc.array(fc.record({ id: fc.nat(), name: fc.string(), state: fc.constantFrom(...paperStates) })),
    group: fc.constant(null),
  })
  /** These stand in the head, beside a department, in the form of the call-back, on the group. */
  const elsewhere: Step[] = [
    'accept',
    'edit',
    'arrive',
    'report',
    'return',
    'decline',
    'remind',
    'call',
    'unlink',
  ]

  test('is allowed, and nothing that is allowed is left out or offered twice', () => {
    fc.assert(
      fc.property(arbitrary, (one) => {
        const { next, beside, more, grave } = actionsOf(one)
        const offered = [...(next ? [next] : []), ...beside, ...more, ...grave]
        expect(new Set(offered).size).toBe(offered.length)
        const owed = one.papers.some(({ state }) => state !== 'brought')
        const wanted = one.allowed.filter((step) => !elsewhere.includes(step) && (step !== 'bring' || owed))
        expect(offered.sort()).toEqual(wanted.sort())
      }),
    )
  })

  test('begins with the likely next step', () => {
    const next = (change: Partial<Enquiry>) => actionsOf({ ...enquiry, allowed: [...steps], ...change }).next
    expect(next({ state: 'accepted' })).toBe('close')
    expect(next({ state: 'dispatched' })).toBe(null)
    expect(next({ state: 'working' })).toBe('answer')
    expect(next({ state: 'answered' })).toBe('follow-up')
    const waiting = { waitingSince: '2026-11-20T01:00:00.000Z' }
    expect(next(waiting)).toBe('resume')
    expect(next({ ...waiting, papers: [{ id: 1, name: '户口簿', state: 'missing' }] })).toBe('bring')
  })

  test('beside a department is what that department may do next', () => {
    const all = [...steps]
    expect(stepsOf(assignment, all)).toEqual(['arrive', 'answer', 'remind', 'return'])
    expect(stepsOf({ ...helper, state: 'arrived' }, all)).toEqual(['report', 'remind', 'decline'])
    for (const state of assignmentStates.slice(2)) expect(stepsOf({ ...assignment, state }, all)).toEqual([])
  })
})

describe('how a case stands', () => {
  const words = (change: Partial<Enquiry>) => standingWords({ ...enquiry, ...change }, now)

  test('says who has it and until when', () => {
    expect(words({})).toBe('在前台 · 11月27日前答复')
    expect(words({ state: 'dispatched', assignments: [assignment, helper] })).toBe(
      '等 物业公司 报到，今天 14:00 前 · 11月27日前答复',
    )
    expect(words({ state: 'working', assignments: [{ ...assignment, state: 'arrived' }, helper] })).toBe(
      '物业公司 在办 · 1 家协办没有反馈 · 11月27日前答复',
    )
  })

  test('promises no day while the resident is waited for', () => {
    const waitingSince = '2026-11-20T01:00:00.000Z'
    expect(words({ waitingSince, papers: [{ id: 1, name: '户口簿', state: 'missing' }] })).toBe(
      '等居民补材料，停表自 11月20日',
    )
  })

  test('says after the answer what it was and how it ended', () => {
    expect(words({ state: 'answered', answerKind: 'explained', dueDay: '2026-11-26' })).toBe(
      '已答复：解释说明 · 11月26日前回访',
    )
    expect(words({ state: 'closed', answerKind: 'solved', followUp: 'content', rated: true })).toBe(
      '已办结 · 解决了 · 回访：满意 · 已评价',
    )
    expect(words({ state: 'withdrawn' })).toBe('已撤回')
  })
})

describe('a step in the timeline', () => {
  test('names the lead first when a whistle called several', () => {
    const dispatch = { ...event, step: 'dispatch' as const, departments: ['物业公司', '城管中队', '环卫所'] }
    expect(factsOf(dispatch, now)).toEqual(['主办 物业公司；协办 城管中队、环卫所'])
    expect(isWhistle(dispatch)).toBe(true)
    expect(isWhistle({ ...dispatch, departments: ['物业公司'] })).toBe(false)
  })

  test('tells what else it carries', () => {
    const detail = { until: '2026-11-30', papers: ['户口簿'], consequence: '按未受理处理' }
    expect(factsOf({ ...event, step: 'promise', detail }, now)).toEqual([
      '到 11月30日',
      '容缺：户口簿',
      '到期不补：按未受理处理',
    ])
    const refer = { rule: '民发〔2020〕20号', channel: '派出所' }
    expect(factsOf({ ...event, step: 'refer', detail: refer }, now)).toEqual([
      '依据：民发〔2020〕20号',
      '请到：派出所',
    ])
    expect(factsOf({ ...event, step: 'ask', detail: { channel: '电话' } }, now)).toEqual(['电话'])
    expect(
      factsOf({ ...event, departments: ['物业公司'], detail: { via: '微信', kind: 'solved' } }, now),
    ).toEqual(['物业公司 · 解决了 · 经微信'])
    expect(factsOf(event, now)).toEqual([])
  })
})

describe('what can be printed', () => {
  const labels = (change: Partial<Enquiry>) => sheetsOf({ ...enquiry, ...change }).map(({ label }) => label)

  test('is the receipt and the file, always', () => {
    expect(labels({})).toEqual(['受理回执', '全部卷宗'])
  })

  test('follows the case', () => {
    expect(labels({ papers: [{ id: 1, name: '户口簿', state: 'missing' }] })).toContain('一次性告知单')
    const promise = { day: '2026-11-30', consequence: '按未受理处理' }
    expect(labels({ promise, papers: [{ id: 1, name: '户口簿', state: 'promised' }] })).toContain(
      '容缺受理承诺书',
    )
    expect(labels({ assignments: [assignment, { ...helper, state: 'recalled' }] })).toEqual([
      '受理回执',
      '派单单 · 物业公司',
      '全部卷宗',
    ])
    expect(labels({ state: 'answered', answeredDay: '2026-11-23' })).toContain('评价单')
    expect(labels({ state: 'closed', answeredDay: '2026-11-23', rated: true })).not.toContain('评价单')
  })
})

describe('right after a step', () => {
  const after = (step: Step, change: Partial<Enquiry>) =>
    afterOf({ ...enquiry, events: [{ ...event, step }], ...change })

  test('the slips of those who were called just now go out', () => {
    const earlier = { ...helper, id: 3, sentAt: '2026-11-20T01:00:00.000Z' }
    expect(after('dispatch', { assignments: [earlier, assignment, helper] })?.assignments).toEqual([
      assignment,
      helper,
    ])
  })

  test('the resident may rate, once, who could be reached', () => {
    expect(
      after('follow-up', { state: 'closed', followUp: 'content', answeredDay: '2026-11-23' }),
    ).toMatchObject({ rate: true, sheets: [{ paper: 'rating-slip' }] })
    expect(after('follow-up', { state: 'closed', followUp: 'content', rated: true })).toBe(null)
    expect(after('follow-up', { state: 'closed', followUp: 'unreachable' })).toBe(null)
    expect(after('note', {})).toBe(null)
  })
})

describe('departments to choose from', () => {
  const department = (id: number, kind: Department['kind'], name: string, note: string): Department => ({
    id,
    kind,
    name,
    note,
    contact: '',
    phone: '',
    active: true,
    version: 1,
  })
  const all = [
    department(1, 'street', '街道城管执法中队', '占道经营、油烟'),
    department(2, 'functional', '区住建局', '房屋安全、物业监管'),
    department(3, 'functional', '供水公司', '停水、水压'),
    department(4, 'property', '物业公司（一）', ''),
  ]
  const names = (about: string, typed: string) => choices(all, about, typed).map((one) => one.department.id)

  test('those who take care of what is told stand first, each once', () => {
    expect(choices(all, '小区停水两天了', '')[0]).toMatchObject({
      department: { id: 3 },
      group: '看起来归它管',
    })
    expect(names('小区停水两天了', '').sort()).toEqual([1, 2, 3, 4])
  })

  test('a name that is typed comes before a note that mentions it', () => {
    expect(names('', '物业')).toEqual([4, 2])
    expect(names('小区停水两天了', '城管')).toEqual([1])
    expect(names('', '职能 停水')).toEqual([3])
    expect(names('', '没有这家')).toEqual([])
  })

  test('a name is found by the initials of its pinyin', () => {
    expect(names('', 'gsgs')).toEqual([3])
    // What begins so stands before what holds it further on.
    const more = [department(5, 'functional', '市场监管所', ''), ...all]
    expect(choices(more, '', 'gs').map((one) => one.department.id)).toEqual([3, 5, 4])
    expect(names('', 'WY')).toEqual([4])
    // 区 is no surname here.
    expect(names('', 'qzjj')).toEqual([2])
    expect(names('', 'xyz')).toEqual([])
  })
})

describe('papers to tick', () => {
  test('are those of the case as they stand, then those of the matter', () => {
    const rows = paperRows([{ name: '户口簿', state: 'brought' }], ['身份证', '户口簿', '身份证'])
    expect(rows).toEqual([
      { name: '户口簿', brought: true },
      { name: '身份证', brought: false },
    ])
    expect(split(withPaper(rows, ' 银行卡 '))).toEqual({ brought: ['户口簿'], lacking: ['身份证', '银行卡'] })
  })

  test('never name one twice', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (ofMatter, typed) => {
        const rows = typed.reduce(withPaper, paperRows([], ofMatter))
        expect(new Set(rows.map((row) => row.name)).size).toBe(rows.length)
      }),
    )
  })
})
