import type { Role } from '../../../electron/contract/access.ts'
import type { Child } from '../../../electron/contract/noon-children.ts'
import type { ClassGroup, Term } from '../../../electron/contract/noon-setup.ts'
import { readChild } from '../../../electron/counters/noon-class/child-record.ts'
import { saveChild } from '../../../electron/counters/noon-class/children.ts'
import { enrolChild } from '../../../electron/counters/noon-class/enrolments.ts'
import { saveGroup, type GroupFields } from '../../../electron/counters/noon-class/groups.ts'
import { addPickup } from '../../../electron/counters/noon-class/pickups.ts'
import { saveTerm, type TermFields } from '../../../electron/counters/noon-class/terms.ts'
import { insertPerson } from '../../../electron/counters/people/persons.ts'
import { todayOf } from '../../../electron/counters/people/record.ts'
import { createOperator } from '../../../electron/counters/session/operators.ts'
import { write } from '../../../electron/database/open.ts'
import { act } from '../../../electron/workbench/act.ts'
import type { Context } from '../../../electron/workbench/workbench.ts'
import { testPin, type TestDesk } from '../../fixture.ts'

/** The day of the test clock, a Monday with school. */
export const today = '2026-11-23'

/** The autumn of 2026: 国庆 lies in it, 2026-11-12 is off. */
export const autumn: TermFields = {
  id: null,
  version: null,
  name: '2026年秋季学期',
  firstDay: '2026-09-01',
  lastDay: '2027-01-22',
  daysOff: [{ day: '2026-11-12', reason: '家长会' }],
}

export const addTerm = (test: TestDesk, changed: Partial<TermFields> = {}): Term =>
  saveTerm(test.context('manager'), { ...autumn, ...changed })

/** 15 places, in by 12:10, collected by 13:30; nobody teaches it unless `teacherIds` says so. */
export const addGroup = (test: TestDesk, termId: number, changed: Partial<GroupFields> = {}): ClassGroup =>
  saveGroup(test.context('manager'), {
    id: null,
    version: null,
    termId,
    name: '阳光班',
    room: '二楼东',
    programmes: ['午休', '学习'],
    capacity: 15,
    ratio: 15,
    arriveBy: '12:10',
    leaveBy: '13:30',
    teacherIds: [],
    ...changed,
  })

/** Registers an invented minor; returns the person's id. */
export function registerMinor(test: TestDesk, name: string, birth: string | null = '2017-03-04'): number {
  return act(test.context(), { action: 'person.register', subject: 'person' }, (db) =>
    insertPerson(
      db,
      {
        name,
        sex: 0,
        birth,
        relation: '子女',
        householdId: null,
        registeredElsewhere: false,
        keyGroups: [],
        note: '',
        idNumber: '',
        phones: [],
      },
      test.desk.clock().toISOString(),
    ),
  )
}

export type ChildInput = Parameters<typeof saveChild>[1]

/** A child's record as the form hands it in: 妈妈 is called first, then 爸爸. */
export const childInput = (personId: number, changed: Partial<ChildInput> = {}): ChildInput => ({
  id: null,
  version: null,
  personId,
  school: '实验小学',
  grade: '三年级',
  className: '2班',
  mark: '',
  photoId: null,
  allergies: '',
  health: '',
  leaves: 'collected',
  insurance: '',
  agreementDay: null,
  guardians: [
    { id: null, name: '王芳', relation: '妈妈', phone: '19900001111' },
    { id: null, name: '陈建', relation: '爸爸', phone: '19900002222' },
  ],
  ...changed,
})

/** A registered child without a place. */
export const addChild = (test: TestDesk, name: string, changed: Partial<ChildInput> = {}): Child =>
  saveChild(test.context(), childInput(changed.personId ?? registerMinor(test, name), changed))

/** A child's record as it stands, read behind the counter: no opening is written down. */
export const look = (test: TestDesk, id: number): Child => readChild(test.db, id, todayOf(test.context()))

const seen = (test: TestDesk, id: number) => ({ id, version: look(test, id).version })

/** Saves a child as its form would after these changes: phones on file are known to it only masked, and so left empty. */
export function change(test: TestDesk, id: number, changed: Partial<ChildInput>) {
  const child = look(test, id)
  const guardians = child.guardians.map((guardian) => ({ ...guardian, phone: '' }))
  const { personId, version, school, grade, className, mark, photoId, allergies, health, leaves } = child
  const { insurance, agreementDay } = child
  return saveChild(test.context(), {
    ...{ id, version, personId, school, grade, className, mark, photoId, allergies, health, leaves },
    ...{ insurance, agreementDay, guardians },
    ...changed,
  })
}

/** What a call is refused with when one field is wrong. */
export const invalidField = (path: string, problem: string) => ({
  code: 'INVALID',
  data: { fields: [{ path, problem }] },
})

/** A registered child with a place in a group, from the first of September unless another day is named. */
export function enrolled(
  test: TestDesk,
  name: string,
  groupId: number,
  { fromDay = autumn.firstDay, ...changed }: Partial<ChildInput> & { fromDay?: string } = {},
): Child {
  const { id, version } = addChild(test, name, changed)
  return enrolChild(test.context(), { id, version, groupId, fromDay })
}

/** Somebody who may collect a child, or must not; returns the id of the entry. */
export function addCollector(
  test: TestDesk,
  childId: number,
  changed: Partial<Parameters<typeof addPickup>[1]> = {},
): number {
  const after = addPickup(test.context(), {
    ...seen(test, childId),
    kind: 'authorised',
    name: '王奶奶',
    relation: '奶奶',
    phone: '19900003333',
    idTail: '123X',
    photoId: null,
    reason: changed.kind === 'forbidden' ? '法院判决' : '',
    fromDay: autumn.firstDay,
    toDay: null,
    ...changed,
  })
  return after.pickups.at(-1)!.id
}

/** Another operator, signed in at a screen of their own. */
export function signIn(test: TestDesk, name: string, role: Role): Context & { operator: { id: number } } {
  const { desk } = test
  const { id } = act(test.context('manager'), { action: 'session.add-operator', subject: 'operator' }, (db) =>
    createOperator(db, { name, role, secret: testPin, at: desk.clock().toISOString() }),
  )
  return { desk, operator: { id, name, role }, deviceId: null }
}

/** A stored file's row without its bytes: records only name it. */
export function addPhoto(test: TestDesk, kind: 'image' | 'pdf' = 'image'): number {
  return act(test.context(), { action: 'file.add', subject: 'file' }, (db) => {
    return write(
      db,
      `INSERT INTO file (sha256, kind, name, bytes, width, height, operator_id, created_at)
       VALUES (lower(hex(randomblob(32))), ?, '照片.jpg', 3000, 300, 400, 1, ?)`,
      kind,
      test.desk.clock().toISOString(),
    ).id
  })
}

export type Class = { term: Term; group: ClassGroup; teacher: Context; children: Child[] }

/** A term with one group, taught by the desk's own teacher, and these children in it. */
export function openClass(
  test: TestDesk,
  names: readonly string[],
  changed: Partial<GroupFields> = {},
): Class {
  const teacher = test.context('teacher')
  const term = addTerm(test)
  const group = addGroup(test, term.id, {
    teacherIds: [teacher.operator!.id],
    capacity: Math.max(15, names.length),
    ...changed,
  })
  return { term, group, teacher, children: names.map((name) => enrolled(test, name, group.id)) }
}
