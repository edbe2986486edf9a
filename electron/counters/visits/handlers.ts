import { api, by, done } from '../../workbench/api.ts'
import { setAway } from './away.ts'
import { listCompanies, saveCompany } from './companies.ts'
import { readCoverage } from './coverage.ts'
import { coverageSheet, listCoverageRows } from './coverage-rows.ts'
import { readDoorMap } from './door-map.ts'
import { addNeed, raiseNeed } from './needs.ts'
import { originOfEnquiry } from './origin.ts'
import { raiseFinding, readPatrol, savePatrol } from './patrols.ts'
import { readPatrolMonth } from './patrol-month.ts'
import { dropPhotos, knownPhotos, listWaitingPhotos, markPhotos, placePhotos, takePhotos } from './photos.ts'
import { addPost, endPost } from './posts.ts'
import { issueRegistrationPaper } from './registration-paper.ts'
import { readRegistration, saveRegistration } from './registration.ts'
import { issueRoundPaper } from './round-paper.ts'
import { roundSheet } from './round-sheet.ts'
import { findRound, listRounds, planRound, readRound } from './rounds.ts'
import { changeVisitRules, readVisitRules } from './rules.ts'
import { suggestDoors } from './suggest.ts'
import { readHouseholdVisits, readVisit, visitsOfDay } from './read-visits.ts'
import { addVisit, changeVisit, voidVisit } from './visits.ts'
import { listVisitors, saveVisitor } from './visitors.ts'

const { visits: contract } = api

export const visits = contract.router({
  visitors: contract.visitors.handler(({ context }) => listVisitors(context.desk.db)),
  saveVisitor: contract.saveVisitor.handler(by(saveVisitor)),
  addPost: contract.addPost.handler(by(addPost)),
  endPost: contract.endPost.handler(by(endPost)),
  rules: contract.rules.handler(({ context }) => readVisitRules(context.desk.db)),
  changeRules: contract.changeRules.handler(by(changeVisitRules)),

  suggest: contract.suggest.handler(by(suggestDoors)),
  planRound: contract.planRound.handler(by(planRound)),
  rounds: contract.rounds.handler(by(listRounds)),
  round: contract.round.handler(({ input, context }) => readRound(context, input.id)),
  findRound: contract.findRound.handler(({ input, context }) => ({
    id: findRound(context.desk.db, input.code),
  })),
  roundPaper: contract.roundPaper.handler(({ input, context }) => ({
    documentId: issueRoundPaper(context, input.id),
  })),
  roundSheet: contract.roundSheet.handler(by(roundSheet)),

  household: contract.household.handler(by(readHouseholdVisits)),
  visit: contract.visit.handler(({ input, context }) => readVisit(context, input.id)),
  addVisit: contract.addVisit.handler(by(addVisit)),
  changeVisit: contract.changeVisit.handler(by(changeVisit)),
  voidVisit: contract.voidVisit.handler(by(voidVisit)),
  addNeed: contract.addNeed.handler(by(addNeed)),
  raiseNeed: contract.raiseNeed.handler(by(raiseNeed)),
  setAway: contract.setAway.handler(by(setAway)),
  originOfEnquiry: contract.originOfEnquiry.handler(({ input, context }) =>
    originOfEnquiry(context.desk.db, input.enquiryId),
  ),

  registration: contract.registration.handler(({ input, context }) =>
    readRegistration(context, input.householdId),
  ),
  saveRegistration: contract.saveRegistration.handler(by(saveRegistration)),
  registrationPaper: contract.registrationPaper.handler(({ input, context }) => ({
    documentId: issueRegistrationPaper(context, input.householdId),
  })),

  knownPhotos: contract.knownPhotos.handler(({ input, context }) => ({
    known: knownPhotos(context.desk.db, input.hashes),
  })),
  takePhotos: contract.takePhotos.handler(by(takePhotos)),
  waitingPhotos: contract.waitingPhotos.handler(by(listWaitingPhotos)),
  placePhotos: contract.placePhotos.handler(done(placePhotos)),
  markPhotos: contract.markPhotos.handler(done(markPhotos)),
  dropPhotos: contract.dropPhotos.handler(done(dropPhotos)),
  visitsOfDay: contract.visitsOfDay.handler(({ input, context }) => visitsOfDay(context.desk.db, input.day)),

  coverage: contract.coverage.handler(({ input, context }) => readCoverage(context, input.month)),
  doorMap: contract.doorMap.handler(({ input, context }) => readDoorMap(context, input.gridId)),
  coverageRows: contract.coverageRows.handler(by(listCoverageRows)),
  coverageSheet: contract.coverageSheet.handler(by(coverageSheet)),

  companies: contract.companies.handler(({ context }) => listCompanies(context.desk.db)),
  saveCompany: contract.saveCompany.handler(by(saveCompany)),
  patrolMonth: contract.patrolMonth.handler(({ input, context }) => readPatrolMonth(context, input.month)),
  patrol: contract.patrol.handler(by(readPatrol)),
  savePatrol: contract.savePatrol.handler(by(savePatrol)),
  raiseFinding: contract.raiseFinding.handler(by(raiseFinding)),
})
