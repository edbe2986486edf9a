import { randomUUID } from 'node:crypto'
import type { Visit } from '../../../electron/contract/visit-records.ts'
import { listGrids } from '../../../electron/counters/people/grids.ts'
import { addHousehold } from '../../../electron/counters/people/households.ts'
import { insertPerson } from '../../../electron/counters/people/persons.ts'
import type { NewNeed } from '../../../electron/counters/visits/needs.ts'
import { addVisit, type NewVisit, type VisitFields } from '../../../electron/counters/visits/visits.ts'
import { saveVisitor } from '../../../electron/counters/visits/visitors.ts'
import { rows, value, write } from '../../../electron/database/open.ts'
import { act } from '../../../electron/workbench/act.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'

/** The day of the test clock, a Monday. */
export const today = '2026-11-23'

/** What a call is refused with when one field is wrong. */
export const invalidField = (path: string, problem: string) => ({
  code: 'INVALID',
  data: { fields: [{ path, problem }] },
})

export const gridOf = (test: TestDesk) => listGrids(test.db, today)[0]!.id

/** A door of the first grid; returns its id. */
export const addDoor = (test: TestDesk, door: string, gridId: number | null = gridOf(test)): number =>
  addHousehold(test.context(), { gridId, estate: '', door, note: '' }).id

/** Somebody who goes from door to door; returns their id. */
export const addVisitor = (test: TestDesk, name: string): number =>
  saveVisitor(test.context('manager'), {
    id: null,
    version: null,
    name,
    kind: 'staff',
    phone: '',
    operatorId: null,
    active: true,
  }).id

/** Registers an invented person at a door; returns their id. */
export function addMember(
  test: TestDesk,
  householdId: number,
  name: string,
  known: Partial<Parameters<typeof insertPerson>[1]> = {},
): number {
  const at = test.desk.clock().toISOString()
  return act(test.context(), { action: 'person.register', subject: 'person' }, (db) =>
    insertPerson(
      db,
      {
        name,
        sex: 0,
        birth: null,
        relation: '其他',
        householdId,
        registeredElsewhere: false,
        keyGroups: [],
        note: '',
        idNumber: '',
        phones: [],
        ...known,
      },
      at,
    ),
  )
}

/** A photo that waits for its visit; returns its id. Only its rows: nobody opens it here. */
export const addPhoto = (test: TestDesk, name: string): number =>
  act(test.context(), { action: 'visit-photo.take', subject: 'visit-photo' }, (db) => {
    const at = test.desk.clock().toISOString()
    const file = write(
      db,
      `INSERT INTO file (sha256, kind, name, bytes, width, height, operator_id, created_at)
       VALUES (?, 'image', ?, 358400, 800, 600, 1, ?)`,
      name,
      name,
      at,
    ).id
    return write(
      db,
      'INSERT INTO visit_photo (file_id, source_sha256, operator_id, at) VALUES (?, ?, 1, ?)',
      file,
      name,
      at,
    ).id
  })

/** A desk with one door, where 王英 (户主) and 王阳 live, and one visitor. */
export function openDoor(options: { start?: string } = {}) {
  const test = openTestDesk(options)
  const door = addDoor(test, '3栋2单元501')
  const mother = addMember(test, door, '王英', { relation: '户主', phones: ['19900004417'] })
  const son = addMember(test, door, '王阳', { relation: '子女' })
  return { ...test, door, mother, son, visitor: addVisitor(test, '李网格') }
}
export type Opened = ReturnType<typeof openDoor>

/** A knock at the door today at which nobody was in. */
export const knocking = (test: Opened, changed: Partial<NewVisit> = {}): NewVisit => ({
  ticket: randomUUID(),
  householdId: test.door,
  roundId: null,
  day: today,
  time: null,
  outcome: 'nobody',
  visitorIds: [test.visitor],
  metIds: [],
  metOthers: '',
  themes: [],
  note: changed.outcome === 'vacant' || changed.outcome === 'moved' ? '邻居说没人住' : '',
  followUpDay: null,
  needs: [],
  photoIds: [],
  again: false,
  ...changed,
})

export const knock = (test: Opened, changed: Partial<NewVisit> = {}): Visit =>
  addVisit(test.context(), knocking(test, changed))

/** Somebody was in. */
export const meet = (test: Opened, changed: Partial<NewVisit> = {}): Visit =>
  knock(test, { outcome: 'met', ...changed })

/** A visit as its form gives it back. */
export const asSeen = (visit: Visit): VisitFields & { id: number; version: number } => ({
  id: visit.id,
  version: visit.version,
  day: visit.day,
  time: visit.time,
  outcome: visit.outcome,
  visitorIds: visit.visitors.map(({ id }) => id),
  metIds: visit.met.map(({ id }) => id),
  metOthers: visit.metOthers,
  themes: visit.themes,
  note: visit.note,
  followUpDay: visit.followUpDay,
})

/** The lamp in the stairwell is out; taken up as an enquiry unless `enquiry` says otherwise. */
export const lamp = (changed: Partial<NewNeed> = {}): NewNeed => ({
  theme: '安全',
  text: '二单元楼道灯坏了三天',
  enquiry: { title: '楼道灯不亮', matterId: null, askerId: null },
  ...changed,
})

export const count = (test: TestDesk, table: string): number =>
  value<number>(test.db, `SELECT count(*) FROM ${table}`)!

/** What the audit says of visits, newest last. */
export const audited = (test: TestDesk) =>
  rows<{ action: string; subject: string; reason: string | null; changes: string | null }>(
    test.db,
    'SELECT action, subject, reason, changes FROM audit ORDER BY id',
  )
