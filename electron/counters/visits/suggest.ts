import type { DoorToVisit } from '../../contract/visit-rounds.ts'
import { readTogether, value } from '../../database/open.ts'
import { localDay } from '../../workbench/calendar.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { becauseOf, buildingText, doorsToVisit, longAgoOn, readDoors, type Door } from './doors.ts'
import { doorsOnRounds } from './stops.ts'

export type Wanted = {
  gridId: number | null
  building?: string | undefined
  only?: DoorToVisit['because'][number] | undefined
  keyGroup?: string | undefined
  limit: number
}

/** One step of urgency: smaller is sooner. Of those that are equal the doors stand as one walks. */
type Urgency = { step: number; ago: string; attempts: number }

/**
 * Never met this year (with a key group or a follow-up that is due first), then what is due, then open needs, then the
 * longest ago. Families not met this year are told apart by the year alone: among hundreds of them legs count for more.
 */
function urgencyOf(door: Door, because: DoorToVisit['because']): Urgency {
  const due = because.includes('key-group') || because.includes('follow-up')
  const ago = door.lastMetDay ?? ''
  const { attempts } = door
  if (because.includes('never-this-year')) return { step: due ? 0 : 1, ago: ago.slice(0, 4), attempts }
  return { step: due ? 2 : because.includes('open-need') ? 3 : 4, ago, attempts }
}

const byUrgency = (one: Urgency, other: Urgency) =>
  one.step - other.step ||
  (one.ago < other.ago ? -1 : Number(one.ago > other.ago)) ||
  one.attempts - other.attempts

/** Doors to visit: the most urgent `limit` of them, in the order in which one walks. NOT_FOUND `grid`. */
export function suggestDoors(
  context: Context,
  { gridId, building, only, keyGroup, limit }: Wanted,
): { doors: DoorToVisit[]; total: number; onRounds: number } {
  const { db, clock } = context.desk
  const today = localDay(clock())
  const longAgo = longAgoOn(today)
  return readTogether(db, () => {
    if (gridId !== null && value(db, 'SELECT 1 FROM grid WHERE id = ?', gridId) === undefined) {
      fail('NOT_FOUND', { what: 'grid' })
    }
    const onRounds = doorsOnRounds(db, today)
    const all = readDoors(db, today)
      .map((door, place) => ({ door, place, because: becauseOf(door, today, longAgo) }))
      .filter(
        ({ door, because }) =>
          because.length > 0 &&
          door.away === null &&
          (gridId === null || door.gridId === gridId) &&
          (building === undefined || buildingText(door) === building) &&
          (only === undefined || because.includes(only)) &&
          (keyGroup === undefined || door.keyGroups.some(({ name }) => name === keyGroup)),
      )
    const wanted = all.filter(({ door }) => !onRounds.has(door.id))
    const first = wanted
      .map((one) => ({ ...one, urgency: urgencyOf(one.door, one.because) }))
      .toSorted((one, other) => byUrgency(one.urgency, other.urgency))
      .slice(0, limit)
      .sort((one, other) => one.place - other.place)
    return {
      doors: doorsToVisit(
        db,
        first.map(({ door }) => door),
        today,
      ),
      total: wanted.length,
      onRounds: all.length - wanted.length,
    }
  })
}
