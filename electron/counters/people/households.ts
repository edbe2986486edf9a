import { parseDoor } from '../../contract/door.ts'
import type { Household, PersonLine } from '../../contract/people.ts'
import { rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { doorText, personLines } from './lines.ts'

export type HouseholdFields = { gridId: number | null; estate: string; door: string; note: string }
type Place = { estate: string; building: string; unit: string; number: string }

/** These households in the order of `ids`; unknown ids are left out. */
export function readHouseholds(db: Database, ids: number[]): Household[] {
  if (ids.length === 0) return []
  return rows<Omit<Household, 'door'>>(
    db,
    `SELECT household.id, grid_id AS gridId, grid.name AS grid, estate, building, unit, number, note, version
     FROM json_each(?) AS wanted
     CROSS JOIN household ON household.id = wanted.value
     LEFT JOIN grid ON grid.id = household.grid_id
     ORDER BY wanted.key`,
    JSON.stringify(ids),
  ).map((household) => ({ ...household, door: doorText(household) }))
}

/** The door that stands for this one now: itself, or the one at the end of its merges. Null when there is none. */
export function householdSurvivor(db: Database, id: number): number | null {
  return (
    value<number>(
      db,
      `WITH RECURSIVE same (id, into_id) AS (
         SELECT id, merged_into FROM household WHERE id = ?
         UNION SELECT household.id, household.merged_into FROM same JOIN household ON household.id = same.into_id)
       SELECT id FROM same WHERE into_id IS NULL`,
      id,
    ) ?? null
  )
}

/** One household; a door that was merged away gives its survivor. NOT_FOUND `household` without it. */
export function readHousehold(db: Database, id: number): Household {
  const kept = householdSurvivor(db, id)
  return (
    (kept === null ? undefined : readHouseholds(db, [kept])[0]) ?? fail('NOT_FOUND', { what: 'household' })
  )
}

/** Those living at the door, head of household first, then the oldest; the moved and dead last. */
export function membersOf(db: Database, householdId: number, today: string, except?: number): PersonLine[] {
  const ids = rows<{ id: number }>(
    db,
    `SELECT id FROM person WHERE household_id = ? AND merged_into IS NULL AND id IS NOT ?
     ORDER BY departure IS NOT NULL, relation <> '户主', birth IS NULL, birth, id LIMIT 100`,
    householdId,
    except ?? null,
  )
  return personLines(
    db,
    ids.map((person) => person.id),
    today,
  )
}

function standingAt(db: Database, place: Place): number | undefined {
  return value<number>(
    db,
    'SELECT id FROM household WHERE estate = ? AND building = ? AND unit = ? AND number = ?',
    place.estate,
    place.building,
    place.unit,
    place.number,
  )
}

/** The door's parts, or INVALID; NOT_FOUND for a grid that is none. */
function readFields(db: Database, fields: HouseholdFields): Place {
  const door = parseDoor(fields.door) ?? invalid('door', 'door')
  if (fields.gridId !== null && !value(db, 'SELECT 1 FROM grid WHERE id = ?', fields.gridId)) {
    fail('NOT_FOUND', { what: 'grid' })
  }
  const estate = fields.estate.normalize('NFKC').replace(/\s+/g, '')
  return { estate, building: door.building, unit: door.unit, number: door.door }
}

/** Writes a household; CONFLICT `duplicate` with the standing one when the door is taken. */
function insertHousehold(db: WritableDatabase, fields: HouseholdFields, at: string): number {
  const place = readFields(db, fields)
  const standing = standingAt(db, place)
  if (standing) fail('CONFLICT', { because: 'duplicate', current: readHousehold(db, standing) })
  return write(
    db,
    `INSERT INTO household (grid_id, estate, building, unit, number, note, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    fields.gridId,
    place.estate,
    place.building,
    place.unit,
    place.number,
    fields.note,
    at,
  ).id
}

export function addHousehold(context: Context, fields: HouseholdFields): Household {
  const { clock } = context.desk
  return act(
    context,
    { action: 'household.add', subject: (made: Household) => `household:${made.id}` },
    (db, note) => {
      const made = readHousehold(db, insertHousehold(db, fields, clock().toISOString()))
      note(null, made)
      return made
    },
  )
}

/** Changes grid, door or note. People stay in the household: it is the door that was wrong or renamed. */
export function changeHousehold(
  context: Context,
  input: HouseholdFields & { id: number; version: number },
): Household {
  return act(context, { action: 'household.change', subject: `household:${input.id}` }, (db, note) => {
    const before = readHousehold(db, input.id)
    // Merged away meanwhile: what stands now is another door.
    if (before.id !== input.id || before.version !== input.version)
      fail('CONFLICT', { because: 'changed', current: before })
    const place = readFields(db, input)
    const standing = standingAt(db, place)
    const other = standing === input.id ? undefined : standing
    if (other !== undefined) {
      if (householdSurvivor(db, other) !== input.id) {
        fail('CONFLICT', { because: 'duplicate', current: readHousehold(db, other) })
      }
      // The writing of a door merged into this one: the two change places, and this row makes way first.
      write(db, "UPDATE household SET number = number || '/' || id WHERE id = ?", other)
    }
    write(
      db,
      `UPDATE household SET grid_id = ?, estate = ?, building = ?, unit = ?, number = ?, note = ?,
         version = version + 1 WHERE id = ?`,
      input.gridId,
      place.estate,
      place.building,
      place.unit,
      place.number,
      input.note,
      input.id,
    )
    if (other !== undefined) {
      write(
        db,
        'UPDATE household SET estate = ?, building = ?, unit = ?, number = ? WHERE id = ?',
        before.estate,
        before.building,
        before.unit,
        before.number,
        other,
      )
    }
    const after = readHousehold(db, input.id)
    note(before, after)
    return after
  })
}

/** Names at these doors, for lines of the search: those who live there now. */
export function namesAt(db: Database, householdIds: number[]): Map<number, string[]> {
  const names = new Map<number, string[]>(householdIds.map((id) => [id, []]))
  if (names.size === 0) return names
  const found = rows<{ household: number; name: string }>(
    db,
    `SELECT household_id AS household, name FROM json_each(?) AS wanted
     CROSS JOIN person ON person.household_id = wanted.value
     WHERE merged_into IS NULL AND departure IS NULL
     ORDER BY wanted.key, relation <> '户主', person.id`,
    JSON.stringify(householdIds),
  )
  for (const { household, name } of found) names.get(household)?.push(name)
  return names
}
