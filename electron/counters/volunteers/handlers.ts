import { api } from '../../workbench/api.ts'
import type { Context } from '../../workbench/workbench.ts'
import { cancelActivity, markNational, openActivity, saveActivity, setActivityFiles } from './activities.ts'
import { listActivities } from './activity-list.ts'
import { checkRollCall } from './check-roll-call.ts'
import { confirmRecords } from './confirm.ts'
import { expiryPreview, runExpiry } from './expiry.ts'
import { listGifts, moveStock, saveGift } from './gifts.ts'
import { readBalance, readStatement } from './ledger.ts'
import { listVolunteers } from './list.ts'
import { issueVolunteerPaper } from './paper.ts'
import { correctYear, freezeYear, lockYear, publishYear } from './pioneer.ts'
import { listPioneerYears, readPioneerYear } from './pioneer-record.ts'
import { addPointRule, endPointRule, listPointRules } from './point-rules.ts'
import { readRanking } from './ranking.ts'
import { listRecords } from './records.ts'
import { redeem } from './redeem.ts'
import { listRedemptions, reverseRedemption } from './redemptions.ts'
import { readReport } from './report.ts'
import { reportRows } from './report-rows.ts'
import { reportSheet } from './report-sheet.ts'
import { reverseRecord } from './reverse.ts'
import { saveRollCall } from './roll-call.ts'
import { changeVolunteerRules, readVolunteerRules } from './rules.ts'
import { createSeries } from './series.ts'
import { cancelSignUp, signUpVolunteers } from './sign-ups.ts'
import { addMembers, endMember, listMembers } from './team-members.ts'
import { listTeams, saveTeam } from './teams.ts'
import { readToday } from './today.ts'
import { openVolunteer, volunteerOfPerson } from './volunteer-record.ts'
import { changeVolunteer, leaveService, registerVolunteer, rejoinService } from './volunteers.ts'

type Call<Input> = { input: Input; context: Context }

/** A procedure that is one function of the counter. */
const by =
  <Input, Output>(answer: (context: Context, input: Input) => Output) =>
  ({ input, context }: Call<Input>) =>
    answer(context, input)

const { volunteers: contract } = api

export const volunteers = contract.router({
  rules: contract.rules.handler(({ context }) => readVolunteerRules(context.desk.db)),
  changeRules: contract.changeRules.handler(by(changeVolunteerRules)),

  list: contract.list.handler(by(listVolunteers)),
  volunteer: contract.volunteer.handler(({ input, context }) => openVolunteer(context, input.id)),
  ofPerson: contract.ofPerson.handler(({ input, context }) => volunteerOfPerson(context, input.personId)),
  register: contract.register.handler(by(registerVolunteer)),
  change: contract.change.handler(by(changeVolunteer)),
  leave: contract.leave.handler(by(leaveService)),
  rejoin: contract.rejoin.handler(by(rejoinService)),

  teams: contract.teams.handler(({ context }) => listTeams(context)),
  saveTeam: contract.saveTeam.handler(by(saveTeam)),
  members: contract.members.handler(by(listMembers)),
  addMembers: contract.addMembers.handler(by(addMembers)),
  endMember: contract.endMember.handler(by(endMember)),

  activities: contract.activities.handler(by(listActivities)),
  activity: contract.activity.handler(({ input, context }) => openActivity(context, input.id)),
  saveActivity: contract.saveActivity.handler(by(saveActivity)),
  createSeries: contract.createSeries.handler(by(createSeries)),
  cancelActivity: contract.cancelActivity.handler(by(cancelActivity)),
  signUp: contract.signUp.handler(by(signUpVolunteers)),
  cancelSignUp: contract.cancelSignUp.handler(by(cancelSignUp)),
  setFiles: contract.setFiles.handler(by(setActivityFiles)),
  markNational: contract.markNational.handler(by(markNational)),

  checkRollCall: contract.checkRollCall.handler(by(checkRollCall)),
  saveRollCall: contract.saveRollCall.handler(by(saveRollCall)),
  confirmRecords: contract.confirmRecords.handler(by(confirmRecords)),
  reverseRecord: contract.reverseRecord.handler(by(reverseRecord)),
  records: contract.records.handler(by(listRecords)),

  pointRules: contract.pointRules.handler(({ context }) => listPointRules(context.desk.db)),
  addPointRule: contract.addPointRule.handler(by(addPointRule)),
  endPointRule: contract.endPointRule.handler(by(endPointRule)),
  balance: contract.balance.handler(({ input, context }) => readBalance(context, input.volunteerId)),
  statement: contract.statement.handler(by(readStatement)),
  gifts: contract.gifts.handler(by(listGifts)),
  saveGift: contract.saveGift.handler(by(saveGift)),
  moveStock: contract.moveStock.handler(by(moveStock)),
  redeem: contract.redeem.handler(by(redeem)),
  reverseRedemption: contract.reverseRedemption.handler(by(reverseRedemption)),
  redemptions: contract.redemptions.handler(by(listRedemptions)),
  expiryPreview: contract.expiryPreview.handler(({ input, context }) => expiryPreview(context, input.year)),
  runExpiry: contract.runExpiry.handler(by(runExpiry)),

  pioneerYears: contract.pioneerYears.handler(({ context }) => listPioneerYears(context)),
  pioneerYear: contract.pioneerYear.handler(({ input, context }) => readPioneerYear(context, input.year)),
  ranking: contract.ranking.handler(by(readRanking)),
  lockYear: contract.lockYear.handler(by(lockYear)),
  publishYear: contract.publishYear.handler(by(publishYear)),
  correctYear: contract.correctYear.handler(by(correctYear)),
  freezeYear: contract.freezeYear.handler(by(freezeYear)),

  report: contract.report.handler(by(readReport)),
  reportRows: contract.reportRows.handler(by(reportRows)),
  reportSheet: contract.reportSheet.handler(by(reportSheet)),
  today: contract.today.handler(({ context }) => readToday(context)),
  paper: contract.paper.handler(({ input, context }) => ({
    documentId: issueVolunteerPaper(context, input),
  })),
})
