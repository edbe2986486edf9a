import type { Enquiry } from '../../../electron/contract/enquiries.ts'
import {
  answerEnquiry,
  arrive,
  dispatchEnquiry,
  remind,
  report,
} from '../../../electron/counters/enquiries/dispatch.ts'
import { followUp } from '../../../electron/counters/enquiries/follow-up.ts'
import { noteEnquiry } from '../../../electron/counters/enquiries/life.ts'
import { issuePaper } from '../../../electron/counters/enquiries/paper.ts'
import { acceptPromise, giveNotice } from '../../../electron/counters/enquiries/papers.ts'
import { changeCommunity, readCommunity } from '../../../electron/counters/settings/community.ts'
import { saveDepartment } from '../../../electron/counters/settings/departments.ts'
import { write } from '../../../electron/database/open.ts'
import { act } from '../../../electron/workbench/act.ts'
import { readDocument, renderDocument } from '../../../electron/workbench/documents.ts'
import type { TestDesk } from '../../fixture.ts'
import { accept, addDoor, register } from './counter.ts'

export const community = {
  name: '测试社区党群服务中心',
  phone: '0000-1990 0000',
  address: '示范路 1 号',
  hours: '周一至周五 9:00—17:30',
  lockMinutes: 10,
  textSize: 'standard' as const,
}

/** The community as it signs its papers. */
export function settle(test: TestDesk): void {
  changeCommunity(test.context('manager'), { ...community, version: readCommunity(test.db).version })
}

export type Paper = Parameters<typeof issuePaper>[1]['paper']

/** Issues a paper and gives it as the page that is printed. */
export function page(test: TestDesk, id: number, paper: Paper, assignmentId: number | null = null): string {
  return renderDocument(
    test.desk,
    readDocument(test.db, issuePaper(test.context(), { id, paper, assignmentId })),
  ).html
}

/** What a reader sees: the page without its styles and tags. */
export const wordsOf = (html: string) =>
  html
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

export function addDepartment(test: TestDesk, name: string): number {
  return saveDepartment(test.context('manager'), {
    id: null,
    version: null,
    kind: 'other',
    name,
    contact: '值班室',
    phone: '0000-19901234',
    note: '',
    active: true,
  }).id
}

/** A file's row without its bytes: papers only name it. */
export function addFile(test: TestDesk, name: string): number {
  return act(test.context(), { action: 'file.add', subject: 'file' }, (db) => {
    return write(
      db,
      `INSERT INTO file (sha256, kind, name, bytes, width, height, operator_id, created_at)
       VALUES (?, 'image', ?, 358400, 800, 600, 1, ?)`,
      name,
      name,
      test.desk.clock().toISOString(),
    ).id
  })
}

/** A son reports the leak at his mother's door; she is the subject. */
export function leak(test: TestDesk, changed: Parameters<typeof accept>[1] = {}): Enquiry {
  const mother = register(test, '王小英', addDoor(test, '3栋2单元501'))
  return accept(test, {
    title: '楼道顶棚漏水',
    words: '三楼到五楼的楼道顶棚一直滴水，下雨天更厉害，王小英出门滑倒过一次，电话 199 0000 4417',
    askerId: register(test, '王阳'),
    subjectId: mother,
    channel: '电话',
    ...changed,
  })
}

/** The same, sent out as a whistle: the property company leads, two departments assist. */
export function whistle(test: TestDesk, changed: Parameters<typeof accept>[1] = {}): Enquiry {
  const { id, version } = leak(test, changed)
  return dispatchEnquiry(test.context(), {
    id,
    version,
    leadId: addDepartment(test, '安居物业公司'),
    assistIds: [addDepartment(test, '街道建设办'), addDepartment(test, '房屋维修中心')],
    task: '查清漏点并修好，通知住户，联系电话13812345678',
    fileIds: [],
  })
}

/** The whistle to its end: late arrival, reminder, answers, call-back. */
export function wholeCase(test: TestDesk, result: 'content' | 'discontent' = 'content'): Enquiry {
  const context = test.context()
  let now = whistle(test)
  const [lead, assist] = now.assignments
  const seen = () => ({ id: now.id, version: now.version })
  now = noteEnquiry(context, {
    ...seen(),
    text: '网格员到现场看过，漏点在六楼',
    fileIds: [addFile(test, '楼道.jpg')],
  })
  test.clock.set('2026-11-24T01:00:00.000Z')
  now = remind(context, { ...seen(), assignmentId: lead!.id, via: '电话', text: '请尽快报到' })
  now = arrive(context, { ...seen(), assignmentId: lead!.id, via: '微信', text: '李工已到' })
  now = report(context, {
    ...seen(),
    assignmentId: assist!.id,
    via: '纸质',
    text: '已核对维修资金',
    fileIds: [addFile(test, '核对表.jpg')],
  })
  test.clock.set('2026-11-26T08:00:00.000Z')
  now = answerEnquiry(context, {
    ...seen(),
    kind: 'solved',
    via: '微信',
    text: '六楼水管已换，有事请拨打物业 0000-19901234',
    fileIds: [],
  })
  const text = result === 'content' ? '不漏了，谢谢' : '又漏了'
  return followUp(context, { ...seen(), result, text })
}

/** A question with papers: one brought, the others missing in writing. */
export function noticed(test: TestDesk, changed: { missing?: string[]; text?: string } = {}): Enquiry {
  const { id, version } = accept(test, { askerId: register(test, '王阳'), words: '替母亲问' })
  return giveNotice(test.context(), {
    id,
    version,
    brought: ['身份证原件及复印件'],
    missing: ['户口簿原件及复印件', '银行卡复印件'],
    text: '复印件可在服务台免费复印',
    ...changed,
  })
}

/** The same, accepted on a promise. */
export function promised(test: TestDesk, papers = ['户口簿原件及复印件', '银行卡复印件']): Enquiry {
  const { id, version } = accept(test, {
    askerId: register(test, '王阳'),
    subjectId: register(test, '王小英'),
  })
  return acceptPromise(test.context(), {
    id,
    version,
    brought: ['身份证原件及复印件'],
    promised: papers,
    until: '2026-12-01',
    consequence: '退回申请，不再保留受理时间。',
  })
}
