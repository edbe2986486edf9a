import type { Person } from '../../contract/people.ts'
import { row, rows, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { personAndMerged, survivor } from './lines.ts'
import { readPerson, todayOf } from './record.ts'

/** A volunteer may be named, or a minor may serve, by a consent. That counter stands above and is never imported here. */
const volunteerTopics = (db: Database, personId: number) =>
  rows<{ id: number }>(
    db,
    'SELECT id FROM volunteer WHERE person_id IN (SELECT value FROM json_each(?))',
    JSON.stringify(personAndMerged(db, personId)),
  ).map(({ id }) => `volunteer:${id}`)

/** Records who agreed to what, when and to which wording (PIPL 14, 31). */
export function recordConsent(
  context: Context,
  input: { personId: number; purpose: string; givenBy: string; givenDay: string; wording: string },
): Person {
  const today = todayOf(context)
  if (input.givenDay > today) invalid('givenDay', 'future')
  const id = survivor(context.desk.db, input.personId) ?? fail('NOT_FOUND', { what: 'person' })
  const also = () => volunteerTopics(context.desk.db, id)
  return act(context, { action: 'person.consent', subject: `person:${id}`, also }, (db, note) => {
    write(
      db,
      'INSERT INTO consent (person_id, purpose, given_by, given_day, wording) VALUES (?, ?, ?, ?, ?)',
      id,
      input.purpose,
      input.givenBy,
      input.givenDay,
      input.wording,
    )
    note(null, { purpose: input.purpose, givenDay: input.givenDay, wording: input.wording })
    return readPerson(db, id, today)
  })
}

/** Takes a consent back from a day on; what was given stays on record. */
export function withdrawConsent(
  context: Context,
  input: { id: number; day: string; reason: string },
): Person {
  const today = todayOf(context)
  if (input.day > today) invalid('day', 'future')
  const { db: file } = context.desk
  const given =
    row<{ personId: number; givenDay: string }>(
      file,
      'SELECT person_id AS personId, given_day AS givenDay FROM consent WHERE id = ?',
      input.id,
    ) ?? fail('NOT_FOUND', { what: 'consent' })
  if (input.day < given.givenDay) invalid('day', 'before-given')
  const id = survivor(file, given.personId)!
  const also = () => volunteerTopics(file, id)
  const what = { action: 'person.withdraw-consent', subject: `person:${id}`, reason: input.reason, also }
  return act(context, what, (db, note) => {
    const { changes } = write(
      db,
      'UPDATE consent SET withdrawn_day = ? WHERE id = ? AND withdrawn_day IS NULL',
      input.day,
      input.id,
    )
    if (changes === 0) fail('CONFLICT', { because: 'step' })
    note({ withdrawnDay: null }, { withdrawnDay: input.day })
    return readPerson(db, id, today)
  })
}
