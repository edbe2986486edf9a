import type { Visit } from '../../contract/visit-records.ts'
import { value, type Database } from '../../database/open.ts'
import { invalid } from '../../workbench/errors.ts'
import { survivor } from '../people/lines.ts'

/** A visit as the screen sends it. */
export type VisitFields = Pick<
  Visit,
  'day' | 'time' | 'outcome' | 'metOthers' | 'themes' | 'note' | 'followUpDay'
> & { visitorIds: number[]; metIds: number[] }

const aYearBefore = (day: string) => `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`

/** Who of a door may have been met: those registered there, and those who stand on the visit already. */
function checkMet(
  db: Database,
  { metIds, outcome }: VisitFields,
  householdId: number,
  before: number[],
): void {
  if (metIds.length === 0) return
  if (outcome !== 'met' && outcome !== 'refused') invalid('metIds', 'not-met')
  for (const id of metIds) {
    const kept = survivor(db, id)
    if (kept !== null && before.includes(kept)) continue
    const home = kept && value<number | null>(db, 'SELECT household_id FROM person WHERE id = ?', kept)
    if (home !== householdId) invalid('metIds', 'other-door')
  }
}

/** All that is wrong with a visit at this door. `before` = the visit as it stands when it is corrected. */
export function checkFields(
  db: Database,
  fields: VisitFields,
  householdId: number,
  today: string,
  before?: Visit,
): void {
  const { day, followUpDay, visitorIds, themes, outcome, note } = fields
  if (day > today) invalid('day', 'future')
  // One that stands may keep its day, however old it is.
  if (day < aYearBefore(today) && day !== before?.day) invalid('day', 'too-old')
  if (followUpDay !== null && followUpDay < day) invalid('followUpDay', 'before-visit')
  if ((outcome === 'vacant' || outcome === 'moved') && note.length < 2) invalid('note', 'required')
  if (new Set(themes.map(({ theme }) => theme)).size < themes.length) invalid('themes', 'duplicate')
  for (const id of visitorIds) {
    if (!value(db, 'SELECT 1 FROM visitor WHERE id = ?', id)) invalid('visitorIds', 'unknown')
  }
  checkMet(db, fields, householdId, before?.met.map(({ id }) => id) ?? [])
}

/** Nobody can be in vain where nobody lives: INVALID `outcome` `away`. */
export function checkAway(db: Database, { day, outcome }: VisitFields, householdId: number): void {
  if (outcome !== 'nobody' && outcome !== 'refused') return
  const away = value(
    db,
    `SELECT 1 FROM household_away
     WHERE household_id = ? AND from_day <= ? AND (until_day IS NULL OR until_day > ?)`,
    householdId,
    day,
    day,
  )
  if (away !== undefined) invalid('outcome', 'away')
}
