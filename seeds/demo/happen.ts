import type { AnswerKind, FollowUp, Via } from '../../electron/contract/enquiries.ts'
import type { Rating } from '../../electron/contract/ratings.ts'
import {
  answerEnquiry,
  arrive,
  dispatchEnquiry,
  giveBack,
  remind,
  report,
  transfer,
} from '../../electron/counters/enquiries/dispatch.ts'
import { followUp, logCall } from '../../electron/counters/enquiries/follow-up.ts'
import { linkEnquiries } from '../../electron/counters/enquiries/groups.ts'
import {
  askAgain,
  closeEnquiry,
  noteEnquiry,
  referEnquiry,
  reopenEnquiry,
  withdrawEnquiry,
} from '../../electron/counters/enquiries/life.ts'
import {
  acceptPromise,
  extendEnquiry,
  giveNotice,
  waitForResident,
} from '../../electron/counters/enquiries/papers.ts'
import { rateBySlip } from '../../electron/counters/enquiries/ratings.ts'
import { readNow } from '../../electron/counters/enquiries/take.ts'
import { readRules } from '../../electron/counters/settings/rules.ts'
import { row, value } from '../../electron/database/open.ts'
import { addWorkingDays, localDay } from '../../electron/workbench/calendar.ts'
import type { Context } from '../../electron/workbench/workbench.ts'

/** What happens to an enquiry of the demo. Departments by name; days are counted in working days. */
export type Happened =
  | { note: string }
  | { ask: string; channel?: string }
  | { close: string }
  | { withdraw: string }
  | { reopen: string }
  /** The task of the desk's list that it is. */
  | { refer: string; reason: string }
  | { dispatch: string; assist?: string[]; task: string }
  | { arrive: string; via?: Via }
  | { report: string; text: string }
  | { giveBack: string; reason: string }
  | { transfer: string; reason: string }
  | { remind: string; text: string }
  | { wait: string }
  /** So many days beyond the present limit. */
  | { extend: number; reason: string }
  | { answer: string; kind?: AnswerKind }
  | { call: string }
  | { followUp: FollowUp; text: string }
  | { rate: number; reasons?: Rating['reasons'] }
  /** So many of the matter's papers are missing, or promised for today. */
  | { notice: number }
  | { promise: number; consequence: string }
  /** Title of the group, and of the enquiries that belong into it too. */
  | { link: string; with: string[] }

export type Desk = {
  clerk: Context
  manager: Context
  /** The day on which the demo is loaded. */
  today: string
  /** An enquiry of the demo by its title. */
  idOf: (title: string) => number
}

/** Lets it happen through the counter's own functions. */
export function happen({ clerk, manager, today, idOf }: Desk, id: number, what: Happened): void {
  const { db } = clerk.desk
  const { version, number, answerDueAt, matterId } = readNow(clerk, id)
  const seen = { id, version }
  const fileIds: number[] = []
  const departmentId = (name: string) =>
    value<number>(db, 'SELECT id FROM department WHERE name = ?', name) ?? missing(name)
  const via: Via = '电话'
  /** The step is about this department's task here. */
  const of = (name: string) => ({
    ...seen,
    via,
    assignmentId:
      value<number>(
        db,
        'SELECT id FROM assignment WHERE enquiry_id = ? AND department_id = ? ORDER BY id DESC LIMIT 1',
        id,
        departmentId(name),
      ) ?? missing(name),
  })
  const papers = () => {
    const found = row<{ papers: string }>(db, 'SELECT papers FROM matter WHERE id = ?', matterId)
    return JSON.parse(found?.papers ?? '[]') as string[]
  }

  if ('note' in what) noteEnquiry(clerk, { ...seen, text: what.note })
  else if ('ask' in what) askAgain(clerk, { ...seen, channel: what.channel ?? '窗口', text: what.ask })
  else if ('close' in what) closeEnquiry(clerk, { ...seen, answer: what.close })
  else if ('withdraw' in what) withdrawEnquiry(clerk, { ...seen, reason: what.withdraw })
  else if ('reopen' in what) reopenEnquiry(manager, { ...seen, reason: what.reopen })
  else if ('refer' in what) {
    const { rule, channel } =
      readRules(db).notOurs.find(({ task }) => task === what.refer) ?? missing(what.refer)
    referEnquiry(manager, { ...seen, rule, channel, reason: what.reason })
  } else if ('dispatch' in what) {
    const assistIds = (what.assist ?? []).map(departmentId)
    dispatchEnquiry(clerk, {
      ...seen,
      leadId: departmentId(what.dispatch),
      assistIds,
      task: what.task,
      fileIds,
    })
  } else if ('arrive' in what) arrive(clerk, { ...of(what.arrive), via: what.via ?? via, text: '' })
  else if ('report' in what) report(clerk, { ...of(what.report), text: what.text, fileIds })
  else if ('giveBack' in what) giveBack(clerk, { ...of(what.giveBack), reason: what.reason })
  else if ('transfer' in what) {
    transfer(clerk, { ...seen, leadId: departmentId(what.transfer), task: '', reason: what.reason })
  } else if ('remind' in what) remind(clerk, { ...of(what.remind), text: what.text })
  else if ('wait' in what) waitForResident(clerk, { ...seen, reason: what.wait })
  else if ('extend' in what) {
    const until = addWorkingDays(localDay(new Date(answerDueAt)), what.extend)
    extendEnquiry(manager, { ...seen, until, reason: what.reason })
  } else if ('answer' in what) {
    answerEnquiry(clerk, { ...seen, kind: what.kind ?? 'solved', via, text: what.answer, fileIds })
  } else if ('call' in what) logCall(clerk, { ...seen, text: what.call })
  else if ('followUp' in what) followUp(clerk, { ...seen, result: what.followUp, text: what.text })
  else if ('rate' in what) {
    rateBySlip(manager, { number, level: what.rate, reasons: what.reasons ?? [], words: '' })
  } else if ('notice' in what) {
    const all = papers()
    giveNotice(clerk, {
      ...seen,
      brought: all.slice(what.notice),
      missing: all.slice(0, what.notice),
      text: '',
    })
  } else if ('promise' in what) {
    const [all, { promise: count, consequence }] = [papers(), what]
    const papersOf = { brought: all.slice(count), promised: all.slice(0, count) }
    acceptPromise(clerk, { ...seen, ...papersOf, until: today, consequence })
  } else linkEnquiries(clerk, { ...seen, groupId: null, title: what.link, withIds: what.with.map(idOf) })
}

export function missing(what: string): never {
  throw new Error(`the demo names ${what}, which it does not have`)
}
