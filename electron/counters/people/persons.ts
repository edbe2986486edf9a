import type { Person, PersonLine } from '../../contract/people.ts'
import { value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { findDuplicates } from './duplicates.ts'
import {
  checkReferences,
  distinctPhones,
  readRecord,
  writeKeyGroups,
  writePhones,
  type PersonRecord,
} from './fields.ts'
import { settleIdentity } from './identity.ts'
import { householdSurvivor } from './households.ts'
import { personLine, survivor } from './lines.ts'
import { tidyName } from './names.ts'
import { readPerson, todayOf } from './record.ts'
import { indexPerson } from './search-index.ts'

export type PersonFields = {
  name: string
  sex: PersonLine['sex']
  birth: string | null
  relation: string
  householdId: number | null
  registeredElsewhere: boolean
  keyGroups: string[]
  note: string
}

/** Opens a record at the counter. A minor's is written to the audit (条例 36: a log of each access). */
export function openPerson(context: Context, id: number): Person {
  const found = readPerson(context.desk.db, id, todayOf(context))
  if (!found.minor) return found
  // A subject of its own: `person:ID` would make the very screen that shows it load, and log, again and again.
  return act(context, { action: 'person.read', subject: `minor-read:${found.id}` }, (db) =>
    readPerson(db, found.id, todayOf(context)),
  )
}

/** Writes a new person with phones, key groups and search index; the caller has checked everything. */
export function insertPerson(
  db: WritableDatabase,
  person: PersonFields & { idNumber: string; phones: string[] },
  at: string,
): number {
  const { id } = write(
    db,
    `INSERT INTO person (household_id, name, sex, birth, id_number, relation, registered_elsewhere, note, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    person.householdId,
    tidyName(person.name),
    person.sex,
    person.birth,
    person.idNumber,
    person.relation,
    person.registeredElsewhere ? 1 : 0,
    person.note,
    at,
  )
  writePhones(db, id, person.phones)
  writeKeyGroups(db, id, person.keyGroups)
  indexPerson(db, id)
  return id
}

function checkedName(typed: string): string {
  const name = tidyName(typed)
  // A name needs something that can be read and found: a letter or a Han character.
  if (!/\p{L}|\p{Co}/u.test(name)) invalid('name', 'required')
  return name
}

const householdSubjects = (ids: (number | null)[]) =>
  [...new Set(ids)].filter((id) => id !== null).map((id) => `household:${id}`)

/** Where somebody lives: a door that another screen merged away meanwhile is the one that it went into. */
const homeOf = (db: Database, householdId: number | null) =>
  householdId === null ? null : householdSurvivor(db, householdId)

type NewPerson = PersonFields & { idNumber: string; phones: string[]; notTheSame: number[] }

/**
 * Registers a person inside a running act. CONFLICT `duplicate` with the list of matches unless each of them is in
 * `notTheSame`; INVALID for a name, birth or sex that cannot be, or a key group that is not on the list.
 */
export function registerWithin(
  db: WritableDatabase,
  input: NewPerson,
  { at, today }: { at: string; today: string },
): number {
  const name = checkedName(input.name)
  const { birth, sex } = settleIdentity(input, today)
  checkReferences(db, input)
  const like = { name, birth, idNumber: input.idNumber, phones: input.phones }
  const matches = findDuplicates(db, like, today)
  if (matches.some(({ person }) => !input.notTheSame.includes(person.id))) {
    fail('CONFLICT', { because: 'duplicate', current: matches })
  }
  return insertPerson(db, { ...input, name, birth, sex, householdId: homeOf(db, input.householdId) }, at)
}

/** Registers a person; CONFLICT `duplicate` with the list of matches unless each of them is in `notTheSame`. */
export function registerPerson(context: Context, input: NewPerson): PersonLine {
  const today = todayOf(context)
  const at = context.desk.clock().toISOString()
  return act(
    context,
    {
      action: 'person.register',
      subject: (made: PersonLine) => `person:${made.id}`,
      also: (made) => householdSubjects([made.householdId]),
    },
    (db, note) => {
      const id = registerWithin(db, input, { at, today })
      note(null, readRecord(db, id))
      return personLine(db, id, today)!
    },
  )
}

type ChangedPerson = PersonFields & {
  id: number
  version: number
  idNumber?: string | undefined
  phones?: string[] | undefined
}

/**
 * Saves changes inside a running act; gives the record before. CONFLICT `changed` when somebody saved in between,
 * `duplicate` for the ID number of somebody else; INVALID as when registering.
 */
export function changeWithin(db: WritableDatabase, input: ChangedPerson, today: string): PersonRecord {
  const name = checkedName(input.name)
  const before = currentRecord(db, input, today)
  const idNumber = input.idNumber ?? before.idNumber
  const { birth, sex } = settleIdentity({ ...input, idNumber }, today)
  checkReferences(db, input)
  if (idNumber !== '' && idNumber !== before.idNumber) {
    const like = { name: '', birth: null, idNumber, phones: [], except: input.id }
    const matches = findDuplicates(db, like, today)
    if (matches.length > 0) fail('CONFLICT', { because: 'duplicate', current: matches })
  }
  write(
    db,
    `UPDATE person SET household_id = ?, name = ?, sex = ?, birth = ?, id_number = ?, relation = ?,
       registered_elsewhere = ?, note = ?, version = version + 1 WHERE id = ?`,
    homeOf(db, input.householdId),
    name,
    sex,
    birth,
    idNumber,
    input.relation,
    input.registeredElsewhere ? 1 : 0,
    input.note,
    input.id,
  )
  if (input.phones) writePhones(db, input.id, distinctPhones(input.phones))
  writeKeyGroups(db, input.id, input.keyGroups)
  indexPerson(db, input.id)
  return before
}

/** Saves changes; phones and ID number only where they are given, for the screen knows only their masks. */
export function changePerson(context: Context, input: ChangedPerson): Person {
  const today = todayOf(context)
  let households: (number | null)[] = []
  return act(
    context,
    { action: 'person.change', subject: `person:${input.id}`, also: () => householdSubjects(households) },
    (db, note) => {
      const before = changeWithin(db, input, today)
      const after = readRecord(db, input.id)!
      households = [before.householdId, after.householdId]
      note(before, after)
      return readPerson(db, input.id, today)
    },
  )
}

/** The record about to be changed. CONFLICT `changed` when somebody saved, or merged it away, in between. */
function currentRecord(db: Database, seen: { id: number; version: number }, today: string) {
  const record = readRecord(db, seen.id) ?? fail('NOT_FOUND', { what: 'person' })
  if (record.version !== seen.version || record.mergedInto !== null) {
    fail('CONFLICT', { because: 'changed', current: readPerson(db, seen.id, today) })
  }
  return record
}

type Departing = {
  id: number
  version: number
  departure: PersonLine['departure']
  day: string | null
}

/** Marks inside a running act; gives the record before. INVALID `day` `required`, `future`, `before-birth`. */
export function departWithin(db: WritableDatabase, input: Departing, today: string): PersonRecord {
  const day = input.departure === null ? null : (input.day ?? invalid('day', 'required'))
  if (day !== null && day > today) invalid('day', 'future')
  const before = currentRecord(db, input, today)
  if (day !== null && before.birth !== null && day < before.birth) invalid('day', 'before-birth')
  write(
    db,
    'UPDATE person SET departure = ?, departure_day = ?, version = version + 1 WHERE id = ?',
    input.departure,
    day,
    input.id,
  )
  indexPerson(db, input.id)
  return before
}

/** Marks as moved away or dead on a day, or takes the mark back. */
export function departPerson(context: Context, input: Departing & { reason: string }): Person {
  const today = todayOf(context)
  let households: (number | null)[] = []
  return act(
    context,
    {
      action: 'person.depart',
      subject: `person:${input.id}`,
      reason: input.reason,
      also: () => householdSubjects(households),
    },
    (db, note) => {
      const before = departWithin(db, input, today)
      households = [before.householdId]
      note(before, readRecord(db, input.id))
      return readPerson(db, input.id, today)
    },
  )
}

/** One masked field whole, for a reason that stays in the audit; which field is noted, its value never. */
export function revealField(
  context: Context,
  input: { id: number; field: 'phone' | 'idNumber'; position: number; reason: string },
): { value: string } {
  const { db } = context.desk
  const id = survivor(db, input.id) ?? fail('NOT_FOUND', { what: 'person' })
  // Not `person:ID`: nothing changed, so no screen has to load again.
  const what = { action: 'person.reveal', subject: `person-reveal:${id}`, reason: input.reason }
  return act(context, what, (file, note) => {
    const revealed =
      input.field === 'phone'
        ? value<string>(
            file,
            'SELECT number FROM person_phone WHERE person_id = ? ORDER BY position LIMIT 1 OFFSET ?',
            id,
            input.position,
          )
        : value<string>(file, "SELECT id_number FROM person WHERE id = ? AND id_number <> ''", id)
    if (revealed === undefined) fail('NOT_FOUND', { what: input.field })
    note(null, { field: input.field, position: input.position })
    return { value: revealed }
  })
}
