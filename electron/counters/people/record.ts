import type { Person } from '../../contract/people.ts'
import { rows, type Database } from '../../database/open.ts'
import { localDay } from '../../workbench/calendar.ts'
import { fail } from '../../workbench/errors.ts'
import { maskIdNumber, maskPhone } from '../../workbench/masking.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readRecord } from './fields.ts'
import { membersOf, readHousehold } from './households.ts'
import { personAndMerged, personLine } from './lines.ts'

/** The local day of a call. */
export const todayOf = (context: Context) => localDay(context.desk.clock())

/** The whole record, masked. A merged-away id gives its survivor; NOT_FOUND otherwise. Not audited: see openPerson. */
export function readPerson(db: Database, id: number, today: string): Person {
  const line = personLine(db, id, today) ?? fail('NOT_FOUND', { what: 'person' })
  const record = readRecord(db, line.id)!
  return {
    ...line,
    keyGroups: record.keyGroups,
    idNumber: record.idNumber === '' ? null : maskIdNumber(record.idNumber),
    phones: record.phones.map(maskPhone),
    registeredElsewhere: record.registeredElsewhere,
    departureDay: record.departureDay,
    note: record.note,
    version: record.version,
    household: record.householdId === null ? null : readHousehold(db, record.householdId),
    members: record.householdId === null ? [] : membersOf(db, record.householdId, today, record.id),
    consents: consentsOf(db, record.id),
    merged: rows<Person['merged'][number]>(
      db,
      `SELECT person_merge.id AS mergeId, from_id AS personId, person.name, at
       FROM person_merge JOIN person ON person.id = from_id
       WHERE into_id = ? AND undone_at IS NULL ORDER BY person_merge.id`,
      record.id,
    ),
  }
}

/** Consents of a person, those given under a merged-away record too. */
function consentsOf(db: Database, personId: number): Person['consents'] {
  return rows(
    db,
    `SELECT id, purpose, given_by AS givenBy, given_day AS givenDay, wording, withdrawn_day AS withdrawnDay
     FROM consent WHERE person_id IN (SELECT value FROM json_each(?)) ORDER BY id`,
    JSON.stringify(personAndMerged(db, personId)),
  )
}
