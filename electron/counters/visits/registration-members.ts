import { ORPCError } from '@orpc/server'
import type { Registration } from '../../contract/visit-registration.ts'
import { row, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import { distinctPhones, readRecord, type PersonRecord } from '../people/fields.ts'
import { settleIdentity } from '../people/identity.ts'
import { tidyName } from '../people/names.ts'
import { changeWithin, departWithin, registerWithin } from '../people/persons.ts'

type Known = Registration['members'][number]

/** A member as the form sends it: masks stay out, what was typed anew is in. */
export type MemberFields = Omit<Known, 'id' | 'version' | 'idNumber' | 'phones'> & {
  id: number | null
  version: number | null
  idNumber?: string | undefined
  phones?: string[] | undefined
  departureDay: string | null
}

/** What the form asks of a person beside what the record of a resident holds anyway. */
export type Extras = Pick<
  Known,
  'ethnicity' | 'marriage' | 'education' | 'political' | 'workplace' | 'occupation' | 'movedIn'
>

const noExtras: Extras = {
  ethnicity: '',
  marriage: '',
  education: '',
  political: '',
  workplace: '',
  occupation: '',
  movedIn: '',
}

export function readExtras(db: Database, personId: number): Extras {
  return (
    row<Extras>(
      db,
      `SELECT ethnicity, marriage, education, political, workplace, occupation, moved_in AS movedIn
       FROM person_registration WHERE person_id = ?`,
      personId,
    ) ?? noExtras
  )
}

const extrasOf = (fields: Extras): Extras => ({
  ethnicity: fields.ethnicity,
  marriage: fields.marriage,
  education: fields.education,
  political: fields.political,
  workplace: fields.workplace,
  occupation: fields.occupation,
  movedIn: fields.movedIn,
})

function writeExtras(db: WritableDatabase, personId: number, extras: Extras): void {
  write(
    db,
    `INSERT INTO person_registration
       (person_id, ethnicity, marriage, education, political, workplace, occupation, moved_in)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (person_id) DO UPDATE SET ethnicity = excluded.ethnicity, marriage = excluded.marriage,
       education = excluded.education, political = excluded.political, workplace = excluded.workplace,
       occupation = excluded.occupation, moved_in = excluded.moved_in`,
    personId,
    extras.ethnicity,
    extras.marriage,
    extras.education,
    extras.political,
    extras.workplace,
    extras.occupation,
    extras.movedIn,
  )
}

/** Birth and sex that the line leads to. What it leaves as it stands is not judged again: old registers contradict themselves. */
function identityOf(record: PersonRecord, member: MemberFields, today: string) {
  const { birth, sex } = record
  const same = member.birth === birth && member.sex === sex && member.idNumber === undefined
  return same
    ? { birth, sex }
    : settleIdentity({ ...member, idNumber: member.idNumber ?? record.idNumber }, today)
}

/** Fields of the form that say something else than the record does; phones and ID number only where they were typed. */
function changedFields(record: PersonRecord, stored: Extras, member: MemberFields, today: string): string[] {
  const sorted = (list: readonly string[]) => [...new Set(list)].sort()
  const was = { ...record, ...stored, keyGroups: sorted(record.keyGroups) }
  const is = {
    ...extrasOf(member),
    ...identityOf(record, member, today),
    name: member.name === record.name ? record.name : tidyName(member.name),
    relation: member.relation,
    registeredElsewhere: member.registeredElsewhere,
    keyGroups: sorted(member.keyGroups),
    idNumber: member.idNumber ?? record.idNumber,
    phones: member.phones ? distinctPhones(member.phones) : record.phones,
  }
  return Object.entries(is)
    .filter(([field, value]) => JSON.stringify(was[field as keyof typeof is]) !== JSON.stringify(value))
    .map(([field]) => field)
}

/** Another departure than the record's, or another day of the same one; the form does not know the day that stands. */
const departs = (record: PersonRecord, { departure, departureDay }: MemberFields) =>
  departure !== record.departure ||
  (departure !== null && departureDay !== null && departureDay !== record.departureDay)

/** Runs `work` for the Nth member: what is wrong with a person is wrong with that line of the form. */
function atLine<Result>(index: number, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ORPCError) || error.code !== 'INVALID') throw error
    const { fields } = error.data as { fields: { path: string; problem: string }[] }
    return fail('INVALID', {
      fields: fields.map(({ path, problem }) => ({
        path: `members.${index}.${path === 'day' ? 'departureDay' : path}`,
        problem,
      })),
    })
  }
}

/** Who was touched and in which fields; `null` for somebody who stays as they are. */
export type Touched = { personId: number; fields: string[] } | null
type Saving = { householdId: number; at: string; today: string; notTheSame: number[] }

/** Registers a new member. INVALID `name` `duplicate` for somebody who stands on this very form as `made` already. */
function addMember(
  db: WritableDatabase,
  member: MemberFields,
  saving: Saving,
  made: ReadonlySet<number>,
): Touched {
  const { householdId, notTheSame } = saving
  const { idNumber = '', phones = [], departure, departureDay: day } = member
  let personId: number
  try {
    const person = { ...member, householdId, note: '', idNumber, phones, notTheSame }
    personId = registerWithin(db, person, saving)
  } catch (error) {
    const twice =
      error instanceof ORPCError &&
      error.code === 'CONFLICT' &&
      (error.data as { current: { person: { id: number } }[] }).current.some(({ person }) =>
        made.has(person.id),
      )
    if (twice) invalid('name', 'duplicate')
    throw error
  }
  writeExtras(db, personId, extrasOf(member))
  if (departure !== null) departWithin(db, { id: personId, version: 1, departure, day }, saving.today)
  return { personId, fields: ['registered'] }
}

function changeMember(
  db: WritableDatabase,
  member: MemberFields & { id: number },
  { householdId, today }: Saving,
): Touched {
  const { id, departure, departureDay: day } = member
  const record = readRecord(db, id)!
  const fields = changedFields(record, readExtras(db, id), member, today)
  if (fields.length > 0) {
    const { version, note } = record
    changeWithin(db, { ...member, id, version, householdId, note }, today)
    writeExtras(db, id, extrasOf(member))
  }
  const leaves = departs(record, member)
  if (leaves) departWithin(db, { id, version: readRecord(db, id)!.version, departure, day }, today)
  const all = leaves ? [...fields, 'departure'] : fields
  return all.length > 0 ? { personId: id, fields: all } : null
}

/**
 * Saves the lines of a form, those who stand there first and then the new ones; the caller has looked at the versions.
 * INVALID `members.N.field`; CONFLICT `duplicate`.
 */
export function saveMembers(
  db: WritableDatabase,
  members: readonly MemberFields[],
  saving: Saving,
): NonNullable<Touched>[] {
  const touched: Touched[] = []
  members.forEach((member, index) => {
    const { id } = member
    if (id !== null) touched.push(atLine(index, () => changeMember(db, { ...member, id }, saving)))
  })
  const made = new Set<number>()
  members.forEach((member, index) => {
    if (member.id !== null) return
    const added = atLine(index, () => addMember(db, member, saving, made))
    if (added) made.add(added.personId)
    touched.push(added)
  })
  return touched.filter((one) => one !== null)
}
