import type { Change } from '../contract/session.ts'
import { appendAudit } from '../database/audit.ts'
import { transact, type WritableDatabase } from '../database/open.ts'
import { asStorageError } from './errors.ts'
import { idNumbers, phoneNumbers } from './masking.ts'
import type { Context } from './workbench.ts'

type Fields = Record<string, unknown>

/**
 * Fields whose values never enter the audit; that they changed does (reliability: no names, no ID numbers). Key groups
 * (残疾 …) and departures (dead …) too: the audit outlives a deletion on request, and they are sensitive (PIPL 28).
 */
const personal = new Set([
  'name',
  'idNumber',
  'phones',
  'phone',
  'birth',
  'keyGroups',
  'departure',
  'departureDay',
  'note',
  'words',
  'answer',
  'title',
  'givenName',
  'givenPhone',
  'door',
  'estate',
  'building',
  'unit',
  'number',
  'text',
  'staff',
  'givenBy',
  'address',
  'contact',
  'childProtection',
  'promiseConsequence',
  'child',
  'seen',
  'what',
  'measures',
  'school',
  'grade',
  'className',
  'mark',
  'allergies',
  'health',
  'insurance',
  'guardians',
  'metOthers',
  'situation',
  'ethnicity',
  'marriage',
  'education',
  'political',
  'workplace',
  'occupation',
  'movedIn',
  'tenure',
  'skills',
  'serviceKinds',
  'nationalNumber',
  'inCharge',
  'collector',
  'partyMember',
  'content',
])

/** What a change was, for the audit. Inside `act`, call it with the record before and after. */
export type Noted = (before: Fields | null, after: Fields | null) => void

export type Act<Result> = {
  /** `enquiry.accept`: counter and verb. */
  action: string
  /** `enquiry:12`; a function where the id is only known afterwards. Its word is also the topic of the change feed. */
  subject: string | ((result: Result) => string)
  reason?: string
  /** Other records whose screens should reload: `person:7`. */
  also?: (result: Result) => string[]
}

/** The operator's own words for the audit, which can never be corrected: without anybody's number. */
function reasonForAudit(reason: string | undefined): string | null {
  const stars = (number: string) => '*'.repeat(number.length)
  return reason?.replace(idNumbers, stars).replace(phoneNumbers, stars) ?? null
}

/** Before and after of the changed fields as the audit keeps them, personal ones only by name; null without any. */
export function describe(before: Fields | null, after: Fields | null): string | null {
  const changed: Record<string, unknown> = {}
  for (const field of new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])) {
    const [was, is] = [before?.[field], after?.[field]]
    if (JSON.stringify(was) === JSON.stringify(is)) continue
    changed[field] = personal.has(field) ? 'changed' : [was ?? null, is ?? null]
  }
  return Object.keys(changed).length > 0 ? JSON.stringify(changed) : null
}

function topic(subject: string): Change {
  const [word, number] = subject.split(':')
  return { topic: word!, id: number ? Number(number) : null }
}

/**
 * The only way to change anything: one immediate transaction with the change and its audit row, then the change
 * feed. When `change` throws, nothing stays, and a full or read-only disk arrives as its code of the contract.
 */
export function act<Result>(
  context: Context,
  what: Act<Result>,
  change: (db: WritableDatabase, note: Noted) => Result,
): Result {
  const { desk, operator, deviceId } = context
  let touched: string[] = []
  let result: Result
  try {
    result = transact(desk.db, (db) => {
      let changes: string | null = null
      const made = change(db, (before, after) => {
        changes = describe(before, after)
      })
      const subject = typeof what.subject === 'string' ? what.subject : what.subject(made)
      touched = [subject, ...(what.also?.(made) ?? [])]
      appendAudit(db, desk.auditKey, {
        at: desk.clock().toISOString(),
        operatorId: operator?.id ?? null,
        deviceId,
        action: what.action,
        subject,
        reason: reasonForAudit(what.reason),
        changes,
      })
      return made
    })
  } catch (error) {
    throw asStorageError(error)
  }
  desk.publish(touched.map(topic))
  return result
}
