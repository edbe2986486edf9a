import { row, rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import { tidyPhone } from './names.ts'

/** A person's own row, phones and key groups, unmasked: only for this counter's rules, never for a reply. */
export type PersonRecord = {
  id: number
  name: string
  sex: 0 | 1 | 2 | 9
  birth: string | null
  idNumber: string
  phones: string[]
  relation: string
  householdId: number | null
  registeredElsewhere: boolean
  departure: 'moved' | 'dead' | null
  departureDay: string | null
  keyGroups: string[]
  note: string
  mergedInto: number | null
  version: number
}

type Row = Omit<PersonRecord, 'phones' | 'keyGroups' | 'registeredElsewhere'> & { registeredElsewhere: 0 | 1 }

export function phonesOf(db: Database, id: number): string[] {
  return rows<{ number: string }>(
    db,
    'SELECT number FROM person_phone WHERE person_id = ? ORDER BY position',
    id,
  ).map((phone) => phone.number)
}

/** Key groups of a person in the order of the list they are chosen from. */
function keyGroupsOf(db: Database, id: number): string[] {
  return rows<{ name: string }>(
    db,
    `SELECT key_group.name FROM person_key_group JOIN key_group ON key_group.name = person_key_group.key_group
     WHERE person_id = ? ORDER BY key_group.position`,
    id,
  ).map((group) => group.name)
}

export function readRecord(db: Database, id: number): PersonRecord | null {
  const found = row<Row>(
    db,
    `SELECT id, name, sex, birth, id_number AS idNumber, relation, household_id AS householdId,
       registered_elsewhere AS registeredElsewhere, departure, departure_day AS departureDay, note,
       merged_into AS mergedInto, version
     FROM person WHERE id = ?`,
    id,
  )
  if (!found) return null
  return {
    ...found,
    registeredElsewhere: found.registeredElsewhere === 1,
    phones: phonesOf(db, id),
    keyGroups: keyGroupsOf(db, id),
  }
}

export function writePhones(db: WritableDatabase, id: number, phones: string[]): void {
  write(db, 'DELETE FROM person_phone WHERE person_id = ?', id)
  distinctPhones(phones).forEach((phone, position) => {
    write(db, 'INSERT INTO person_phone (person_id, position, number) VALUES (?, ?, ?)', id, position, phone)
  })
}

export function distinctPhones(phones: string[]): string[] {
  return [...new Set(phones.map(tidyPhone))]
}

export function writeKeyGroups(db: WritableDatabase, id: number, keyGroups: string[]): void {
  write(db, 'DELETE FROM person_key_group WHERE person_id = ?', id)
  for (const keyGroup of new Set(keyGroups)) {
    write(db, 'INSERT INTO person_key_group (person_id, key_group) VALUES (?, ?)', id, keyGroup)
  }
}

/** INVALID for a key group that is not on the list, NOT_FOUND for a household that does not stand. */
export function checkReferences(
  db: Database,
  fields: { householdId: number | null; keyGroups: string[] },
): void {
  if (fields.householdId !== null && !value(db, 'SELECT 1 FROM household WHERE id = ?', fields.householdId)) {
    fail('NOT_FOUND', { what: 'household' })
  }
  fields.keyGroups.forEach((keyGroup, index) => {
    if (!value(db, 'SELECT 1 FROM key_group WHERE name = ?', keyGroup))
      invalid(`keyGroups.${index}`, 'unknown')
  })
}
