import { api, by, done } from '../../workbench/api.ts'
import { closeAbsence } from './absence.ts'
import { listAlarms, logCall } from './alarms.ts'
import { arriveChildren, scanBadge, undoAttendance } from './arrivals.ts'
import { readBoard } from './board.ts'
import { listChildren, openChild, saveChild } from './children.ts'
import { changeGroup, enrolChild, newBadge, withdrawChild } from './enrolments.ts'
import { listGroups, saveGroup } from './groups.ts'
import { listIncidents, reportIncident, signOffIncident } from './incidents.ts'
import { addLeave, cancelLeave } from './leaves.ts'
import { noticeText } from './notice-text.ts'
import { authoriseOnce } from './once.ts'
import { issueNoonPaper } from './paper.ts'
import { addPickup, endPickup, revealPhone } from './pickups.ts'
import { readRegister } from './register.ts'
import { registerSheet } from './register-sheet.ts'
import { listCollectors, releaseChild, releaseWithEscort } from './release.ts'
import { readReport, reportRows } from './report.ts'
import { listStaffChecks, saveStaffCheck } from './staff-checks.ts'
import { listTerms, saveTerm } from './terms.ts'
import { checkTray } from './trays.ts'

const { noonClass: contract } = api

export const noonClass = contract.router({
  terms: contract.terms.handler(({ context }) => listTerms(context.desk.db)),
  saveTerm: contract.saveTerm.handler(by(saveTerm)),
  groups: contract.groups.handler(({ input, context }) => listGroups(context, input.termId)),
  saveGroup: contract.saveGroup.handler(by(saveGroup)),
  staffChecks: contract.staffChecks.handler(({ context }) => listStaffChecks(context)),
  saveStaffCheck: contract.saveStaffCheck.handler(by(saveStaffCheck)),

  children: contract.children.handler(by(listChildren)),
  child: contract.child.handler(({ input, context }) => openChild(context, input.id)),
  saveChild: contract.saveChild.handler(by(saveChild)),
  addPickup: contract.addPickup.handler(by(addPickup)),
  endPickup: contract.endPickup.handler(by(endPickup)),
  enrol: contract.enrol.handler(by(enrolChild)),
  changeGroup: contract.changeGroup.handler(by(changeGroup)),
  withdraw: contract.withdraw.handler(by(withdrawChild)),
  newBadge: contract.newBadge.handler(by(newBadge)),
  revealPhone: contract.revealPhone.handler(by(revealPhone)),
  addLeave: contract.addLeave.handler(by(addLeave)),
  cancelLeave: contract.cancelLeave.handler(({ input, context }) => {
    cancelLeave(context, input.leaveId)
    return {}
  }),

  board: contract.board.handler(by(readBoard)),
  arrive: contract.arrive.handler(by(arriveChildren)),
  scan: contract.scan.handler(by(scanBadge)),
  undo: contract.undo.handler(done(undoAttendance)),
  collectors: contract.collectors.handler(by(listCollectors)),
  release: contract.release.handler(by(releaseChild)),
  releaseWithEscort: contract.releaseWithEscort.handler(by(releaseWithEscort)),
  authoriseOnce: contract.authoriseOnce.handler(by(authoriseOnce)),
  closeAbsence: contract.closeAbsence.handler(by(closeAbsence)),
  alarms: contract.alarms.handler(({ input, context }) => listAlarms(context, input.day)),
  logCall: contract.logCall.handler(by(logCall)),
  checkTray: contract.checkTray.handler(by(checkTray)),

  incidents: contract.incidents.handler(by(listIncidents)),
  reportIncident: contract.reportIncident.handler(by(reportIncident)),
  signOffIncident: contract.signOffIncident.handler(by(signOffIncident)),
  register: contract.register.handler(by(readRegister)),
  registerSheet: contract.registerSheet.handler(by(registerSheet)),
  report: contract.report.handler(by(readReport)),
  reportRows: contract.reportRows.handler(by(reportRows)),
  paper: contract.paper.handler(({ input, context }) => ({ documentId: issueNoonPaper(context, input) })),
  noticeText: contract.noticeText.handler(({ input, context }) => ({ text: noticeText(context, input) })),
})
