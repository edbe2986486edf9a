import { api } from '../../workbench/api.ts'
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
  register: api.people.register.handler(({ context, input }) => registerPerson(context, input)),
  change: api.people.change.handler(({ context, input }) => changePerson(context, input)),
  depart: api.people.depart.handler(({ context, input }) => departPerson(context, input)),
  reveal: api.people.reveal.handler(({ context, input }) => revealField(context, input)),
  merge: api.people.merge.handler(({ context, input }) => mergePersons(context, input)),
  unmerge: api.people.unmerge.handler(({ context, input }) => unmergePersons(context, input)),
  consent: api.people.consent.handler(({ context, input }) => recordConsent(context, input)),
  withdrawConsent: api.people.withdrawConsent.handler(({ context, input }) =>
    withdrawConsent(context, input),
  ),
  list: api.people.list.handler(({ context, input }) => listPeople(context.desk.db, input, todayOf(context))),
  household: api.people.household.handler(({ context, input }) => {
    const household = readHousehold(context.desk.db, input.id)
    return { household, members: membersOf(context.desk.db, household.id, todayOf(context)) }
  }),
  addHousehold: api.people.addHousehold.handler(({ context, input }) => addHousehold(context, input)),
  changeHousehold: api.people.changeHousehold.handler(({ context, input }) =>
    changeHousehold(context, input),
  ),
  mergeHouseholds: api.people.mergeHouseholds.handler(({ context, input }) =>
    mergeHouseholds(context, input),
  ),
  grids: api.people.grids.handler(({ context }) => listGrids(context.desk.db, todayOf(context))),
  saveGrid: api.people.saveGrid.handler(({ context, input }) => saveGrid(context, input)),
  keyGroups: api.people.keyGroups.handler(({ context }) => listKeyGroups(context.desk.db)),
})
