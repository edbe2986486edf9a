import { ORPCError } from '@orpc/server'
import { idNumberCheck } from '../../../electron/contract/id-number.ts'
import type { Person, PersonLine } from '../../../electron/contract/people.ts'
import { registerPerson } from '../../../electron/counters/people/persons.ts'
import { rows, type Database } from '../../../electron/database/open.ts'
import type { Context } from '../../../electron/workbench/workbench.ts'

export const today = '2026-11-23'

type Registered = Parameters<typeof registerPerson>[1]

/** Registers somebody of whom only these things are known. */
export function register(context: Context, known: Partial<Registered> & { name: string }): PersonLine {
  return registerPerson(context, {
    sex: 0,
    birth: null,
    relation: '其他',
    householdId: null,
    registeredElsewhere: false,
    keyGroups: [],
    note: '',
    idNumber: '',
    phones: [],
    notTheSame: [],
    ...known,
  })
}

/** A record as a screen gives it back: phones and ID number are known to it only masked, and so left out. */
export function asSeen(person: Person) {
  const { id, version, name, sex, birth, relation, householdId, registeredElsewhere, keyGroups, note } =
    person
  return { id, version, name, sex, birth, relation, householdId, registeredElsewhere, keyGroups, note }
}

/** A valid number of nobody: area 999999. `order` is odd for men. */
export function idNumberOf(birth: string, order = 1): string {
  const head = `999999${birth.replaceAll('-', '')}${String(order).padStart(3, '0')}`
  return head + idNumberCheck(head)
}

/** What the audit says, newest last: action, subject, reason, changes. */
export function audited(db: Database) {
  return rows<{ action: string; subject: string; reason: string | null; changes: string | null }>(
    db,
    'SELECT action, subject, reason, changes FROM audit ORDER BY id',
  )
}

/** The code and data that a call was refused with; fails the test when it was not. */
export function refusal(call: () => unknown): { code: string; data: unknown } {
  try {
    call()
  } catch (error) {
    if (error instanceof ORPCError) return { code: String(error.code), data: error.data as unknown }
    throw error
  }
  throw new Error('the call was not refused')
}
