import { randomUUID } from 'node:crypto'
import { ORPCError } from '@orpc/server'
import { acceptEnquiry, type What } from '../../../electron/counters/enquiries/accept.ts'
import { addHousehold } from '../../../electron/counters/people/households.ts'
import { insertPerson } from '../../../electron/counters/people/persons.ts'
import { act } from '../../../electron/workbench/act.ts'
import type { Department } from '../../../electron/contract/departments.ts'
import { saveDepartment } from '../../../electron/counters/settings/departments.ts'
import { nowOf, type Now } from '../../../electron/counters/enquiries/limits.ts'
import { issuePaper } from '../../../electron/counters/enquiries/paper.ts'
import { readEnquiry } from '../../../electron/counters/enquiries/record.ts'
import type { Enquiry } from '../../../electron/contract/enquiries.ts'
import type { Role } from '../../../electron/contract/access.ts'
import type { Context } from '../../../electron/workbench/workbench.ts'
import type { TestDesk } from '../../fixture.ts'

/** An anonymous question at the window, with whatever the test is about changed. */
export const asking = (changed: Partial<What> = {}): What => ({
  title: '高龄津贴怎么办',
  words: '',
  matterId: null,
  channel: '窗口',
  askerId: null,
  givenName: '',
  givenPhone: '',
  anonymous: !changed.askerId && !changed.givenName,
  subjectId: null,
  ...changed,
})

/** Accepts an enquiry as the front desk does. */
export function accept(
  test: TestDesk,
  changed: Partial<What & { answer: string; ticket: string }> = {},
  role: 'clerk' | 'manager' = 'clerk',
) {
  const { answer = '', ticket = randomUUID(), ...what } = changed
  return acceptEnquiry(test.context(role), { ...asking(what), answer, ticket })
}

/** Registers an invented person; returns their id. */
export function register(test: TestDesk, name: string, householdId: number | null = null): number {
  const { desk } = test
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
        phones: ['19900004417'],
      },
      desk.clock().toISOString(),
    ),
  )
}

export function addDoor(test: TestDesk, door: string): number {
  return addHousehold(test.context(), { gridId: null, estate: '', door, note: '' }).id
}

/** The code and data that a call ended with; fails the test when it did not end with one. */
export function refusal(call: () => unknown): { code: string; data: unknown } {
  try {
    call()
  } catch (error) {
    if (error instanceof ORPCError) return { code: String(error.code), data: error.data as unknown }
    throw error
  }
  throw new Error('the call was not refused')
}

/** Nine o'clock in the morning of a local day, 临期 from one working day before. */
export const nowAt = (day: string): Now => ({ at: `${day}T01:00:00.000Z`, today: day, soonDays: 1 })

/** The enquiry as somebody sees it at the moment of the desk's clock. */
export const look = (test: TestDesk, id: number, role: Role = 'clerk'): Enquiry =>
  readEnquiry(test.db, id, role, nowOf(test.desk))

/** A department that can be called; returns its id. */
export function addDepartment(test: TestDesk, name: string, kind: Department['kind'] = 'functional'): number {
  return saveDepartment(test.context('manager'), {
    id: null,
    version: null,
    kind,
    name,
    contact: '',
    phone: '',
    note: '',
    active: true,
  }).id
}

/** Issues the receipt of an enquiry as it stands; the id of the document. */
export const issueReceipt = (context: Context, id: number): number =>
  issuePaper(context, { id, paper: 'receipt', assignmentId: null })
