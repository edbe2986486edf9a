import type { Registration } from '../../contract/visit-registration.ts'
import { row, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import { maskIdNumber, maskPhone } from '../../workbench/masking.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readRecord } from '../people/fields.ts'
import { membersOf, readHousehold } from '../people/households.ts'
import { todayOf } from '../people/record.ts'
import { readExtras, saveMembers, type MemberFields } from './registration-members.ts'

type Head = Pick<Registration, 'kind' | 'tenure'> & { checkedDay: string | null }

const readHead = (db: Database, householdId: number): Head =>
  row<Head>(
    db,
    'SELECT kind, tenure, checked_day AS checkedDay FROM household_registration WHERE household_id = ?',
    householdId,
  ) ?? { kind: '', tenure: '', checkedDay: null }

/** The form as it stands, masked, and its members under age; not audited: see `readRegistration`. */
export function formOf(
  db: Database,
  householdId: number,
  today: string,
): { form: Registration; minors: number[] } {
  const { id, door, version, note } = readHousehold(db, householdId)
  const lines = membersOf(db, id, today)
  const members = lines.map((line): Registration['members'][number] => {
    const record = readRecord(db, line.id)!
    const { name, sex, birth, registeredElsewhere, keyGroups, departure } = record
    return {
      id: record.id,
      version: record.version,
      name,
      sex,
      birth,
      relation: record.relation as Registration['members'][number]['relation'],
      registeredElsewhere,
      keyGroups,
      departure,
      ...readExtras(db, record.id),
      idNumber: record.idNumber === '' ? null : maskIdNumber(record.idNumber),
      phones: record.phones.map(maskPhone),
    }
  })
  return {
    form: { householdId: id, door, version, note, ...readHead(db, id), members },
    minors: lines.filter(({ minor }) => minor).map((line) => line.id),
  }
}

/** Writes down that minors' records were opened (条例 36: a log of each access), as at their own page. */
export function noteMinors(context: Context, minors: readonly number[]): void {
  for (const id of minors) act(context, { action: 'person.read', subject: `minor-read:${id}` }, () => {})
}

/** The form as it stands; a merged household's is that of the one it became. NOT_FOUND `household`. */
export function readRegistration(context: Context, householdId: number): Registration {
  const { form, minors } = formOf(context.desk.db, householdId, todayOf(context))
  noteMinors(context, minors)
  return form
}

export type RegistrationFields = Pick<
  Registration,
  'householdId' | 'version' | 'kind' | 'tenure' | 'note'
> & {
  checkedDay: string
  members: MemberFields[]
  notTheSame: number[]
}

/** CONFLICT `changed` with the form as it stands when anybody saved the household or one of these people in between. */
function checkUnchanged(db: Database, { householdId, version, members }: RegistrationFields, today: string) {
  const { form } = formOf(db, householdId, today)
  const changed = () => fail('CONFLICT', { because: 'changed', current: form })
  // Merged away meanwhile: the form that stands now is another door's.
  if (form.householdId !== householdId || form.version !== version) changed()
  members.forEach((member, index) => {
    if (member.id === null) return
    if (members.findIndex(({ id }) => id === member.id) < index) invalid(`members.${index}.id`, 'duplicate')
    const record = readRecord(db, member.id) ?? fail('NOT_FOUND', { what: 'person' })
    if (record.version !== member.version || record.mergedInto !== null) changed()
    if (record.householdId !== householdId) invalid(`members.${index}.id`, 'other-door')
  })
  return form
}

function writeHousehold(db: WritableDatabase, fields: RegistrationFields): void {
  const { householdId, kind, tenure, note, checkedDay } = fields
  write(db, 'UPDATE household SET note = ?, version = version + 1 WHERE id = ?', note, householdId)
  write(
    db,
    `INSERT INTO household_registration (household_id, kind, tenure, checked_day) VALUES (?, ?, ?, ?)
     ON CONFLICT (household_id) DO UPDATE SET kind = excluded.kind, tenure = excluded.tenure,
       checked_day = excluded.checked_day`,
    householdId,
    kind,
    tenure,
    checkedDay,
  )
}

/**
 * Saves the whole form in one act: household, members, new ones, who left. People on it who say what stands already are not
 * touched, and who is left out of it neither. The contract names the errors; after any of them nothing was written.
 */
export function saveRegistration(context: Context, fields: RegistrationFields): Registration {
  const { desk } = context
  const today = todayOf(context)
  const at = desk.clock().toISOString()
  const { householdId, checkedDay, members, notTheSame } = fields
  if (checkedDay > today) invalid('checkedDay', 'future')
  let persons: number[] = []
  act(
    context,
    {
      action: 'household.registration',
      subject: `household:${householdId}`,
      also: () => [...persons.map((id) => `person:${id}`), 'visit'],
    },
    (db, note) => {
      const before = checkUnchanged(db, fields, today)
      writeHousehold(db, fields)
      const touched = saveMembers(db, members, { householdId, at, today, notTheSame })
      persons = touched.map(({ personId }) => personId)
      const head = ({ kind, tenure, note, checkedDay }: Head & { note: string }) => ({
        kind,
        tenure,
        note,
        checkedDay,
      })
      note({ ...head(before), touched: [] }, { ...head(fields), touched })
    },
  )
  return formOf(desk.db, householdId, today).form
}
