import { randomUUID } from 'node:crypto'
import type { Outcome } from '../../../electron/contract/visit-rounds.ts'
import { addHousehold, changeHousehold, readHousehold } from '../../../electron/counters/people/households.ts'
import { addPost } from '../../../electron/counters/visits/posts.ts'
import { planRound, type Plan } from '../../../electron/counters/visits/rounds.ts'
import { addVisit, type NewVisit } from '../../../electron/counters/visits/visits.ts'
import { rows, write } from '../../../electron/database/open.ts'
import { act } from '../../../electron/workbench/act.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { addMember, addVisitor } from './knock.ts'

export { today } from './knock.ts'

/** A desk with the grids of the reference data, and two who go from door to door; the first answers for the first grid. */
export function openWalks() {
  const test = openTestDesk()
  const gridIds = rows<{ id: number }>(test.db, 'SELECT id FROM grid ORDER BY id').map(({ id }) => id)
  const visitorIds = [addVisitor(test, '李网格'), addVisitor(test, '周社工')]
  answerFor(test, visitorIds[0]!, gridIds[0]!)
  return { ...test, gridIds, visitorIds }
}
export type Walks = ReturnType<typeof openWalks>

/** 包片 of a grid, since New Year. */
export function answerFor(test: TestDesk, visitorId: number, gridId: number, fromDay = '2026-01-01'): void {
  addPost(test.context('manager'), { visitorId, kind: 'area', gridId, duty: '网格员', fromDay, toDay: null })
}

export const addDoor = (test: TestDesk, door: string, gridId: number | null, estate = ''): number =>
  addHousehold(test.context(), { gridId, estate, door, note: '' }).id

/** Somebody who lives there, the head of the household unless `known` says so; returns their id. */
export const moveIn = (
  test: TestDesk,
  householdId: number,
  name: string,
  known: Parameters<typeof addMember>[3] = {},
): number => addMember(test, householdId, name, { relation: '户主', ...known })

/** A knock by the first visitor, entered as the screen does; returns the visit. */
export const knock = (
  test: Walks,
  householdId: number,
  day: string,
  outcome: Outcome = 'met',
  changed: Partial<NewVisit> = {},
) =>
  addVisit(test.context(), {
    ticket: randomUUID(),
    householdId,
    roundId: null,
    day,
    time: null,
    outcome,
    visitorIds: [test.visitorIds[0]!],
    metIds: [],
    metOthers: '',
    themes: [],
    note: outcome === 'vacant' || outcome === 'moved' ? '邻居说没人住' : '',
    followUpDay: null,
    needs: [],
    photoIds: [],
    again: true,
    ...changed,
  })

/** Puts a door into another grid, as the household's form does. */
export function moveToGrid(walks: Walks, id: number, gridId: number | null): void {
  const { estate, note, version, building, unit, number } = readHousehold(walks.db, id)
  const door = unit ? `${building}栋${unit}单元${number}` : `${building}栋${number}`
  changeHousehold(walks.context(), { id, version, gridId, estate, door, note })
}

/** A need that becomes an enquiry. */
export const need = (text: string): NewVisit['needs'][number] => ({
  theme: '居住',
  text,
  enquiry: { title: text, matterId: null, askerId: null },
})

/** A visit that lies longer back than the screen takes one; returns its id. */
export const longAgo = (test: Walks, householdId: number, day: string, outcome: Outcome = 'met'): number =>
  act(test.context(), { action: 'visit.add', subject: 'visit' }, (db) => {
    const { id } = write(
      db,
      `INSERT INTO visit (ticket, household_id, grid_id, day, outcome, operator_id, entered_at)
       SELECT ?, id, grid_id, ?, ?, 1, ? FROM household WHERE id = ?`,
      randomUUID(),
      day,
      outcome,
      `${day}T03:00:00.000Z`,
      householdId,
    )
    write(db, 'INSERT INTO visit_visitor (visit_id, visitor_id) VALUES (?, ?)', id, test.visitorIds[0]!)
    return id
  })

/** A round of tomorrow by the first visitor. */
export const plan = (test: Walks, householdIds: number[], changed: Partial<Plan> = {}) =>
  planRound(test.context(), {
    ticket: randomUUID(),
    day: '2026-11-24',
    gridId: null,
    visitorIds: [test.visitorIds[0]!],
    householdIds,
    ...changed,
  })
