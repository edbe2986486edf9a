import { parseDoor } from '../../contract/door.ts'
import type { Household } from '../../contract/people.ts'
import { rows, type Database } from '../../database/open.ts'
import { readHouseholds } from './households.ts'
import { mostHits } from './search.ts'

type Part = 'estate' | 'building' | 'unit' | 'number'
/** One way to read what was typed as a door or its beginning. */
type Reading = { building?: string; unit?: string; number?: string; begins?: string }

export type DoorHit = { household: Household; marks: [number, number][] }
export type DoorHits = {
  hits: DoorHit[]
  /** Those whose whole door, or whole door number, was typed. */
  exact: number[]
}

const piece = '[0-9]{1,5}[A-Z]?|[A-Z][0-9]{0,4}'
const building = new RegExp(`^(${piece})(?:栋|幢|座|号楼|#|楼|-)$`)
const unit = new RegExp(`^(${piece})(?:栋|幢|座|号楼|#|楼|-)-?(${piece})(?:单元|门|梯|-)$`)
const dashed = new RegExp(`^(${piece})-(${piece})$`)
const bare = new RegExp(`^(?:${piece})$`)
const plain = (text: string) => text.replace(/^0+(?=\d)/, '')

/** All readings of a door, whole ones first: `3-2` may be door 2 of block 3, or its unit 2 before the door is typed. */
function readDoor(typed: string): Reading[] {
  const made: Reading[] = []
  const whole = parseDoor(typed)
  if (whole) {
    const place = { building: whole.building, ...(whole.unit ? { unit: whole.unit } : {}) }
    made.push({ ...place, number: whole.door }, { ...place, begins: whole.door })
  }
  const twoParts = dashed.exec(typed)
  if (twoParts) made.push({ building: plain(twoParts[1]!), unit: plain(twoParts[2]!) })
  const toUnit = unit.exec(typed)
  if (toUnit) made.push({ building: plain(toUnit[1]!), unit: plain(toUnit[2]!) })
  const toBuilding = building.exec(typed)
  if (toBuilding) made.push({ building: plain(toBuilding[1]!) })
  if (bare.test(typed) && /\d/.test(typed)) {
    made.push({ number: plain(typed) })
    // Fewer than three digits begin every door.
    if (typed.length >= 3) made.push({ begins: plain(typed) })
  }
  return made
}

/** Everything that begins with `text`, for an index in code-point order. */
const upTo = (text: string) => `${text}\u{10FFFF}`

function idsOf(db: Database, estate: string, reading: Reading): number[] {
  // A door that was merged into another one is found as that one alone.
  const conditions: string[] = ['merged_into IS NULL']
  const parameters: string[] = []
  const add = (condition: string, ...values: string[]) => {
    conditions.push(condition)
    parameters.push(...values)
  }
  if (reading.building !== undefined) add('building = ?', reading.building)
  if (reading.unit !== undefined) add('unit = ?', reading.unit)
  if (reading.number !== undefined) add('number = ?', reading.number)
  if (reading.begins !== undefined) add('number >= ? AND number < ?', reading.begins, upTo(reading.begins))
  if (estate !== '') add('estate >= ? AND estate < ?', estate, upTo(estate))
  return rows<{ id: number }>(
    db,
    `SELECT id FROM household WHERE ${conditions.join(' AND ')} LIMIT ${mostHits}`,
    ...parameters,
  ).map((household) => household.id)
}

/** The typed parts of a door as it is written on the screen. */
function mark(household: Household, estate: string, reading: Reading): [number, number][] {
  const marks: [number, number][] = []
  const start = household.door.length - household.number.length
  const first = household.estate === '' ? 0 : household.estate.length + 1
  const places: Record<Part, [number, number]> = {
    estate: [0, estate.length],
    building: [first, first + household.building.length],
    unit: [
      first + household.building.length + 1,
      first + household.building.length + 1 + household.unit.length,
    ],
    number: [start, start + (reading.number ?? reading.begins ?? '').length],
  }
  if (estate !== '') marks.push(places.estate)
  if (reading.building !== undefined) marks.push(places.building)
  if (reading.unit !== undefined) marks.push(places.unit)
  if (reading.number !== undefined || reading.begins !== undefined) marks.push(places.number)
  return marks.filter(([from, to]) => to > from)
}

/**
 * Households for the one search: a door or its beginning, a door number alone, the compound's name in front or
 * alone. Answered by the indexes of the household table.
 */
export function findDoors(db: Database, text: string): DoorHits {
  const typed = text
    .replace(/[\s　]/g, '')
    .replace(/[—–－_‐−]/g, '-')
    .toUpperCase()
  const split = /^([\p{Script=Han}·]*?)((?:[A-Z]?\d|[A-Z][栋幢座-]).*)?$/u.exec(typed)
  if (!split) return { hits: [], exact: [] }
  const [, estate = '', door = ''] = split
  // The compound alone; one character of it is more likely a surname.
  const asked: Reading[] = door === '' ? ([...estate].length >= 2 ? [{}] : []) : readDoor(door)
  const found = new Map<number, Reading>()
  for (const reading of asked) {
    for (const id of idsOf(db, estate, reading)) {
      if (!found.has(id) && found.size < mostHits) found.set(id, reading)
    }
    if (found.size === mostHits) break
  }
  const households = readHouseholds(db, [...found.keys()])
  return {
    hits: households.map((household) => ({
      household,
      marks: mark(household, estate, found.get(household.id)!),
    })),
    exact: households.map(({ id }) => id).filter((id) => found.get(id)!.number !== undefined),
  }
}
