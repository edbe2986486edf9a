import type { DoorMap } from '../../contract/visit-coverage.ts'
import { value } from '../../database/open.ts'
import { localDay } from '../../workbench/calendar.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readDoors, type Door } from './doors.ts'

/** Groups in the order in which their first member stands. */
function grouped<Group>(
  doors: readonly Door[],
  key: (door: Door) => string,
  make: (first: Door, members: Door[]) => Group,
): Group[] {
  return [...Map.groupBy(doors, key).values()].map((members) => make(members[0]!, members))
}

/** The doors of a grid by compound, building and unit, with the day on which somebody was met; NOT_FOUND `grid`. */
export function readDoorMap(context: Context, gridId: number): DoorMap {
  const { db, clock } = context.desk
  if (value(db, 'SELECT 1 FROM grid WHERE id = ?', gridId) === undefined) fail('NOT_FOUND', { what: 'grid' })
  const today = localDay(clock())
  const doors = readDoors(db, today).filter((door) => door.gridId === gridId)
  return grouped(
    doors,
    ({ estate, building }) => JSON.stringify([estate, building]),
    ({ estate, building }, ofBuilding) => ({
      estate,
      building,
      units: grouped(
        ofBuilding,
        ({ unit }) => unit,
        ({ unit }, ofUnit) => ({
          unit,
          doors: ofUnit.map((door) => ({
            householdId: door.id,
            number: door.number,
            lastMetDay: door.lastMetDay,
            away: door.away?.kind ?? null,
            keyGroup: door.keyGroups.length > 0,
            overdue: door.dueDay !== null && door.dueDay <= today,
          })),
        }),
      ),
    }),
  )
}
