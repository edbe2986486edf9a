import { api, by } from '../../workbench/api.ts'
import { recordConsent, withdrawConsent } from './consents.ts'
import { findDuplicates } from './duplicates.ts'
import { listGrids, listKeyGroups, saveGrid } from './grids.ts'
import { addHousehold, changeHousehold, membersOf, readHousehold } from './households.ts'
import { mergeHouseholds } from './household-merge.ts'
import { listPeople } from './lists.ts'
import { mergePersons, unmergePersons } from './merge.ts'
import { changePerson, departPerson, openPerson, registerPerson, revealField } from './persons.ts'
import { todayOf } from './record.ts'

export const people = api.people.router({
  get: api.people.get.handler(({ context, input }) => openPerson(context, input.id)),
  duplicates: api.people.duplicates.handler(({ context, input }) =>
    findDuplicates(context.desk.db, input, todayOf(context)),
  ),
  register: api.people.register.handler(by(registerPerson)),
  change: api.people.change.handler(by(changePerson)),
  depart: api.people.depart.handler(by(departPerson)),
  reveal: api.people.reveal.handler(by(revealField)),
  merge: api.people.merge.handler(by(mergePersons)),
  unmerge: api.people.unmerge.handler(by(unmergePersons)),
  consent: api.people.consent.handler(by(recordConsent)),
  withdrawConsent: api.people.withdrawConsent.handler(by(withdrawConsent)),
  list: api.people.list.handler(({ context, input }) => listPeople(context.desk.db, input, todayOf(context))),
  household: api.people.household.handler(({ context, input }) => {
    const household = readHousehold(context.desk.db, input.id)
    return { household, members: membersOf(context.desk.db, household.id, todayOf(context)) }
  }),
  addHousehold: api.people.addHousehold.handler(by(addHousehold)),
  changeHousehold: api.people.changeHousehold.handler(by(changeHousehold)),
  mergeHouseholds: api.people.mergeHouseholds.handler(by(mergeHouseholds)),
  grids: api.people.grids.handler(({ context }) => listGrids(context.desk.db, todayOf(context))),
  saveGrid: api.people.saveGrid.handler(by(saveGrid)),
  keyGroups: api.people.keyGroups.handler(({ context }) => listKeyGroups(context.desk.db)),
})
