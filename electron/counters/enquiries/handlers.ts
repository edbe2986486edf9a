import { api, by, done, operatorOf } from '../../workbench/api.ts'
import { acceptEnquiry } from './accept.ts'
import { revealPhone } from './asking.ts'
import {
  answerEnquiry,
  arrive,
  callIn,
  dispatchEnquiry,
  giveBack,
  recall,
  remind,
  report,
  transfer,
} from './dispatch.ts'
import { followUp, logCall } from './follow-up.ts'
import { linkEnquiries, unlinkEnquiry } from './groups.ts'
import { listHarmReports, reportHarm } from './harm.ts'
import {
  archiveClosed,
  archiveEnquiry,
  askAgain,
  closeEnquiry,
  editEnquiry,
  noteEnquiry,
  referEnquiry,
  reopenEnquiry,
  withdrawEnquiry,
} from './life.ts'
import { nowOf } from './limits.ts'
import { listEnquiries } from './list.ts'
import { readMatters, saveMatter } from './matters.ts'
import { dispatchText, issuePaper } from './paper.ts'
import {
  acceptPromise,
  bringPapers,
  extendEnquiry,
  giveNotice,
  resumeEnquiry,
  waitForResident,
} from './papers.ts'
import { inviteRating, rateBySlip, rateOnScreen, satisfaction } from './ratings.ts'
import { deleteFilter, savedFilters, saveFilter } from './saved-filters.ts'
import { findSimilar } from './similar.ts'
import { readSupervision } from './supervision.ts'
import { readNow } from './take.ts'

const { enquiries: contract } = api

export const enquiries = contract.router({
  matters: contract.matters.handler(({ context }) => readMatters(context.desk.db)),
  saveMatter: contract.saveMatter.handler(by(saveMatter)),

  accept: contract.accept.handler(by(acceptEnquiry)),
  get: contract.get.handler(({ input, context }) => readNow(context, input.id)),
  edit: contract.edit.handler(by(editEnquiry)),
  revealPhone: contract.revealPhone.handler(by(revealPhone)),
  similar: contract.similar.handler(({ input, context: { desk } }) =>
    findSimilar(desk.db, input, nowOf(desk)),
  ),

  note: contract.note.handler(by(noteEnquiry)),
  ask: contract.ask.handler(by(askAgain)),
  close: contract.close.handler(by(closeEnquiry)),
  withdraw: contract.withdraw.handler(by(withdrawEnquiry)),
  reopen: contract.reopen.handler(by(reopenEnquiry)),
  refer: contract.refer.handler(by(referEnquiry)),
  archive: contract.archive.handler(by(archiveEnquiry)),
  archiveClosed: contract.archiveClosed.handler(({ input, context }) => ({
    count: archiveClosed(context, input.upTo),
  })),

  notice: contract.notice.handler(by(giveNotice)),
  promise: contract.promise.handler(by(acceptPromise)),
  bring: contract.bring.handler(by(bringPapers)),
  wait: contract.wait.handler(by(waitForResident)),
  resume: contract.resume.handler(by(resumeEnquiry)),
  extend: contract.extend.handler(by(extendEnquiry)),

  dispatch: contract.dispatch.handler(by(dispatchEnquiry)),
  callIn: contract.callIn.handler(by(callIn)),
  arrive: contract.arrive.handler(by(arrive)),
  report: contract.report.handler(by(report)),
  giveBack: contract.giveBack.handler(by(giveBack)),
  transfer: contract.transfer.handler(by(transfer)),
  recall: contract.recall.handler(by(recall)),
  remind: contract.remind.handler(by(remind)),

  answer: contract.answer.handler(by(answerEnquiry)),
  call: contract.call.handler(by(logCall)),
  followUp: contract.followUp.handler(by(followUp)),
  link: contract.link.handler(by(linkEnquiries)),
  unlink: contract.unlink.handler(by(unlinkEnquiry)),

  list: contract.list.handler(({ input, context }) =>
    listEnquiries(context.desk.db, input, nowOf(context.desk), operatorOf(context).role),
  ),
  savedFilters: contract.savedFilters.handler(({ context }) => savedFilters(context)),
  saveFilter: contract.saveFilter.handler(by(saveFilter)),
  deleteFilter: contract.deleteFilter.handler(({ input, context }) => {
    deleteFilter(context, input.id)
    return {}
  }),
  supervision: contract.supervision.handler(({ input, context: { desk } }) =>
    readSupervision(desk.db, input, nowOf(desk)),
  ),

  inviteRating: contract.inviteRating.handler(({ input, context }) => inviteRating(context, input.id)),
  rate: contract.rate.handler(done(rateOnScreen)),
  rateBySlip: contract.rateBySlip.handler(done(rateBySlip)),
  satisfaction: contract.satisfaction.handler(({ input, context: { desk } }) => satisfaction(desk.db, input)),

  reportHarm: contract.reportHarm.handler(by(reportHarm)),
  harmReports: contract.harmReports.handler(({ context }) => listHarmReports(context)),

  paper: contract.paper.handler(({ input, context }) => ({ documentId: issuePaper(context, input) })),
  dispatchText: contract.dispatchText.handler(({ input, context }) => ({
    text: dispatchText(context, input),
  })),
})
