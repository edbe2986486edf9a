import { readIdNumber } from '../../contract/id-number.ts'
import type { Person } from '../../contract/people.ts'
import { row, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readRecord, writeKeyGroups, writePhones, type PersonRecord } from './fields.ts'
import { survivor } from './lines.ts'
import { readPerson, todayOf } from './record.ts'
import { indexPerson } from './search-index.ts'

/** Columns a merge may fill, by field. Names come from this list only, never from outside. */
const columns = {
  sex: 'sex',
  birth: 'birth',
  idNumber: 'id_number',
  householdId: 'household_id',
  relation: 'relation',
  note: 'note',
} as const
type Field = keyof typeof columns
type Filled = {
  fields: Partial<Record<Field, { was: string | number | null; is: string | number | null }>>
  phones: string[]
  keyGroups: string[]
  /** What a person has once and moved on: its row. */
  child?: number
  volunteer?: number
  /** The facts of the registration form moved on. */
  registration?: true
}

/** A record shows ten phones at the most; the rest stays readable once the merge is undone. */
const mostPhones = 10

/** What the survivor lacks and the other record knows. */
function fillings(into: PersonRecord, from: PersonRecord): Filled {
  const fields: Filled['fields'] = {}
  const fill = (field: Field, empty: boolean) => {
    if (empty && from[field] !== into[field]) fields[field] = { was: into[field], is: from[field] }
  }
  const told = readIdNumber(from.idNumber)
  const birth = into.birth ?? from.birth
  const sexOf = (record: PersonRecord) => (record.sex === 1 || record.sex === 2 ? record.sex : null)
  const sex = sexOf(into) ?? sexOf(from)
  fill('sex', sexOf(into) === null && sexOf(from) !== null)
  fill('birth', into.birth === null && from.birth !== null)
  // A number that contradicts what is known of the survivor is not taken over: one of the two was wrong.
  fill('idNumber', into.idNumber === '' && told?.birth === birth && told?.sex === sex)
  fill('householdId', into.householdId === null && from.householdId !== null)
  fill('relation', fields.householdId !== undefined)
  fill('note', into.note === '' && from.note !== '')
  return {
    fields,
    phones: from.phones
      .filter((phone) => !into.phones.includes(phone))
      .slice(0, Math.max(0, mostPhones - into.phones.length)),
    keyGroups: from.keyGroups.filter((keyGroup) => !into.keyGroups.includes(keyGroup)),
  }
}

function setField(db: WritableDatabase, id: number, field: Field, to: string | number | null): void {
  write(db, `UPDATE person SET ${columns[field]} = ? WHERE id = ?`, to, id)
}

/**
 * Once in a person's life a child of the noon class, a volunteer: the record goes over to `into`, unless `into` has one of its
 * own; then both stand, and their counters see to it. Those counters stand above and are never imported here.
 */
const once = {
  child: {
    find: 'SELECT id FROM child WHERE person_id = ?',
    move: 'UPDATE child SET person_id = ? WHERE id = ? AND person_id = ?',
  },
  volunteer: {
    find: 'SELECT id FROM volunteer WHERE person_id = ?',
    move: 'UPDATE volunteer SET person_id = ? WHERE id = ? AND person_id = ?',
  },
} as const
type Once = keyof typeof once

function moveOnce(db: WritableDatabase, what: Once, from: number, into: number): number | undefined {
  const moved = value<number>(db, once[what].find, from)
  if (moved === undefined || value<number>(db, once[what].find, into) !== undefined) return undefined
  write(db, once[what].move, into, moved, from)
  return moved
}

/** What the registration form knows of a person goes over likewise; true when it did. */
function moveRegistration(db: WritableDatabase, from: number, into: number): boolean {
  const has = (id: number) =>
    value(db, 'SELECT 1 FROM person_registration WHERE person_id = ?', id) !== undefined
  if (!has(from) || has(into)) return false
  write(db, 'UPDATE person_registration SET person_id = ? WHERE person_id = ?', into, from)
  return true
}

/** Everything of `from` that a person has once, and `into` has not. */
function moveAll(db: WritableDatabase, from: number, into: number): Pick<Filled, Once | 'registration'> {
  const child = moveOnce(db, 'child', from, into)
  const volunteer = moveOnce(db, 'volunteer', from, into)
  return {
    ...(child !== undefined && { child }),
    ...(volunteer !== undefined && { volunteer }),
    ...(moveRegistration(db, from, into) && { registration: true }),
  }
}

/** Takes it back to `from`, where it is still the survivor's. */
function moveBack(
  db: WritableDatabase,
  { from, into, filled }: { from: number; into: number; filled: Filled },
): void {
  const { child, volunteer, registration } = filled
  if (child !== undefined) write(db, once.child.move, from, child, into)
  if (volunteer !== undefined) write(db, once.volunteer.move, from, volunteer, into)
  if (registration && !value(db, 'SELECT 1 FROM person_registration WHERE person_id = ?', from)) {
    write(db, 'UPDATE person_registration SET person_id = ? WHERE person_id = ?', from, into)
  }
}

/** A child's or a volunteer's name may be another one now; a volunteer who stayed with `from` has another number beside it. */
const onceTopics = (db: Database, from: number, { child, volunteer }: Pick<Filled, Once>) => [
  ...(child === undefined ? [] : [`noon-child:${child}`, `noon:${child}`]),
  ...(volunteer === undefined ? [] : [`volunteer:${volunteer}`]),
  ...(volunteer === undefined && value(db, once.volunteer.find, from) !== undefined ? ['volunteer'] : []),
]

/**
 * Makes `from` part of `into`. Nothing of `from` is changed but where it points, so that its history stays its own
 * and shows under the survivor; what `into` lacked is filled in and remembered for the way back.
 */
export function mergePersons(
  context: Context,
  input: { into: number; from: number; reason: string },
): Person {
  const today = todayOf(context)
  const at = context.desk.clock().toISOString()
  const { id: operatorId } = operatorOf(context)
  const { db: file } = context.desk
  const into = survivor(file, input.into) ?? fail('NOT_FOUND', { what: 'person' })
  const from = survivor(file, input.from) ?? fail('NOT_FOUND', { what: 'person' })
  if (into === from) invalid('from', 'same')
  let moved: Pick<Filled, Once | 'registration'> = {}
  return act(
    context,
    {
      action: 'person.merge',
      subject: `person:${into}`,
      reason: input.reason,
      also: (merged) => [
        `person:${from}`,
        ...(merged.householdId ? [`household:${merged.householdId}`] : []),
        ...onceTopics(file, from, moved),
      ],
    },
    (db, note) => {
      const kept = readRecord(db, into)!
      const filled = fillings(kept, readRecord(db, from)!)
      moved = moveAll(db, from, into)
      Object.assign(filled, moved)
      for (const [field, { is }] of Object.entries(filled.fields)) setField(db, into, field as Field, is)
      writePhones(db, into, [...kept.phones, ...filled.phones])
      writeKeyGroups(db, into, [...kept.keyGroups, ...filled.keyGroups])
      write(db, 'UPDATE person SET version = version + 1 WHERE id = ?', into)
      write(db, 'UPDATE person SET merged_into = ?, version = version + 1 WHERE id = ?', into, from)
      write(
        db,
        'INSERT INTO person_merge (into_id, from_id, filled, at, operator_id) VALUES (?, ?, ?, ?, ?)',
        into,
        from,
        JSON.stringify(filled),
        at,
        operatorId,
      )
      indexPerson(db, from)
      indexPerson(db, into)
      note(null, {
        from,
        filled: [...Object.keys(filled.fields)],
        ...(moved.child !== undefined && { childId: moved.child }),
        ...(moved.volunteer !== undefined && { volunteerId: moved.volunteer }),
      })
      return readPerson(db, into, today)
    },
  )
}

/** Takes what was filled in back out, where it still stands as it was filled in. */
function takeBack(db: WritableDatabase, into: number, filled: Filled): void {
  const now = readRecord(db, into)!
  for (const [name, { was, is }] of Object.entries(filled.fields)) {
    const field = name as Field
    if (now[field] === is) setField(db, into, field, was)
  }
  writePhones(
    db,
    into,
    now.phones.filter((phone) => !filled.phones.includes(phone)),
  )
  writeKeyGroups(
    db,
    into,
    now.keyGroups.filter((keyGroup) => !filled.keyGroups.includes(keyGroup)),
  )
}

/** Takes a merge apart: `from` stands on its own again with all its own, and can be found again. */
export function unmergePersons(context: Context, input: { mergeId: number; reason: string }): Person {
  const today = todayOf(context)
  const at = context.desk.clock().toISOString()
  const merge =
    row<{ into: number; from: number; filled: string; undoneAt: string | null }>(
      context.desk.db,
      `SELECT into_id AS "into", from_id AS "from", filled, undone_at AS undoneAt FROM person_merge WHERE id = ?`,
      input.mergeId,
    ) ?? fail('NOT_FOUND', { what: 'merge' })
  const { into, from } = merge
  const filled = JSON.parse(merge.filled) as Filled
  return act(
    context,
    {
      action: 'person.unmerge',
      subject: `person:${into}`,
      reason: input.reason,
      also: (kept) => [
        `person:${from}`,
        ...(kept.householdId ? [`household:${kept.householdId}`] : []),
        ...onceTopics(context.desk.db, from, filled),
      ],
    },
    (db, note) => {
      // A merge whose survivor was merged on cannot be reached: first that one, then this one.
      if (merge.undoneAt !== null || survivor(db, into) !== into) fail('CONFLICT', { because: 'step' })
      takeBack(db, into, filled)
      moveBack(db, { from, into, filled })
      write(db, 'UPDATE person_merge SET undone_at = ? WHERE id = ?', at, input.mergeId)
      write(db, 'UPDATE person SET merged_into = NULL, version = version + 1 WHERE id = ?', from)
      write(db, 'UPDATE person SET version = version + 1 WHERE id = ?', into)
      indexPerson(db, from)
      indexPerson(db, into)
      note({ from }, null)
      return readPerson(db, into, today)
    },
  )
}
