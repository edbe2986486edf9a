import type { Contact } from '../../contract/overview.ts'
import { row, value, type Database } from '../../database/open.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import { enquiryContacts, type Whose } from '../enquiries/contacts.ts'
import { personAndMerged, survivor } from '../people/lines.ts'

export type ContactsQuery = {
  personId: number | null
  householdId: number | null
  before?: string | undefined
  limit: number
}

/** The records whose history this is: a person with what was merged into them and their door, or a door alone. */
function readWhose(db: Database, { personId, householdId }: ContactsQuery): Whose {
  if (
    householdId !== null &&
    value<number>(db, 'SELECT 1 FROM household WHERE id = ?', householdId) === undefined
  ) {
    fail('NOT_FOUND', { what: 'household' })
  }
  if (personId === null) return { personIds: [], householdId }
  const kept = survivor(db, personId) ?? fail('NOT_FOUND', { what: 'person' })
  const home = row<{ household_id: number | null }>(db, 'SELECT household_id FROM person WHERE id = ?', kept)
  return { personIds: personAndMerged(db, kept), householdId: householdId ?? home?.household_id ?? null }
}

/** History of a person or a household, newest first, with what is open of the same door. */
export function readContacts(db: Database, query: ContactsQuery): { rows: Contact[]; next: string | null } {
  const { before, limit } = query
  if (before !== undefined && !/^\d{1,15}$/.test(before)) invalid('before', 'key')
  const { rows, next } = enquiryContacts(
    db,
    readWhose(db, query),
    before === undefined ? null : Number(before),
    limit,
  )
  return { rows, next: next === null ? null : String(next) }
}
