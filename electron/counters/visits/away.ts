import type { HouseholdVisits } from '../../contract/visit-records.ts'
import { write } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { settleAway, type AwayKind } from '../people/household-away.ts'
import { readHousehold } from '../people/households.ts'
import { todayOf } from '../people/record.ts'
import { awayOf, readHouseholdVisits } from './read-visits.ts'

/**
 * Takes a household out of the count, or back in with `kind` null. A merged one's goes to the one it became. CONFLICT `step`
 * with the household when it is so already.
 */
export function setAway(
  context: Context,
  { householdId, kind, reason }: { householdId: number; kind: AwayKind | null; reason: string },
): HouseholdVisits {
  const { desk } = context
  const today = todayOf(context)
  const operatorId = operatorOf(context).id
  const { id } = readHousehold(desk.db, householdId)
  const shown = () => readHouseholdVisits(context, { id, limit: 20 })
  act(
    context,
    { action: 'household.away', subject: `household:${id}`, reason, also: () => ['visit', 'today'] },
    (db, note) => {
      const before = awayOf(db, id)
      if ((before?.kind ?? null) === kind) fail('CONFLICT', { because: 'step', current: shown() })
      write(
        db,
        'UPDATE household_away SET until_day = max(from_day, ?) WHERE household_id = ? AND until_day IS NULL',
        today,
        id,
      )
      // That somebody is there again is a row of no day.
      write(
        db,
        `INSERT INTO household_away (household_id, kind, reason, from_day, until_day, operator_id, at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        id,
        kind ?? before!.kind,
        reason,
        today,
        kind === null ? today : null,
        operatorId,
        desk.clock().toISOString(),
      )
      settleAway(db, id)
      note({ away: before?.kind ?? null }, { away: kind })
    },
  )
  return shown()
}
