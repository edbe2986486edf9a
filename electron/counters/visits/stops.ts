import type { Outcome } from '../../contract/visit-rounds.ts'
import { rows, type Database } from '../../database/open.ts'

export type StopRow = { roundId: number; position: number; householdId: number; because: string }
export type RoundVisit = { id: number; outcome: Outcome; day: string; needs: number }

/**
 * The doors of rounds in their order. One that was merged into another since stands as the one it became; two that became
 * one stand once, where the first stood.
 */
export function stopsOf(db: Database, roundIds: readonly number[]): Map<number, StopRow[]> {
  const found = rows<StopRow>(
    db,
    `WITH RECURSIVE now (round_id, position, id, because) AS (
       SELECT s.round_id, s.position, s.household_id, s.because
       FROM json_each(?) AS wanted CROSS JOIN visit_round_stop AS s ON s.round_id = wanted.value
       UNION ALL
       SELECT now.round_id, now.position, h.merged_into, now.because
       FROM now JOIN household AS h ON h.id = now.id WHERE h.merged_into IS NOT NULL)
     SELECT now.round_id AS roundId, now.position, h.id AS householdId, now.because
     FROM now CROSS JOIN household AS h ON h.id = now.id AND h.merged_into IS NULL
     ORDER BY now.round_id, now.position`,
    JSON.stringify(roundIds),
  )
  const stops = new Map<number, StopRow[]>(roundIds.map((id) => [id, []]))
  const seen = new Set<string>()
  for (const stop of found) {
    const key = `${stop.roundId} ${stop.householdId}`
    if (!seen.has(key)) stops.get(stop.roundId)!.push(stop)
    seen.add(key)
  }
  return stops
}

/** What was entered of rounds, by door: the meeting where there was one, otherwise the last knock. Void ones are none. */
export function visitsOf(db: Database, roundIds: readonly number[]): Map<number, Map<number, RoundVisit>> {
  const found = rows<RoundVisit & { roundId: number; householdId: number }>(
    db,
    `SELECT v.round_id AS roundId, v.household_id AS householdId, v.id, v.outcome, v.day,
       (SELECT count(*) FROM visit_need AS n WHERE n.visit_id = v.id) AS needs
     FROM json_each(?) AS wanted CROSS JOIN visit AS v ON v.round_id = wanted.value
     WHERE v.voided = 0 ORDER BY v.outcome = 'met', v.day, v.id`,
    JSON.stringify(roundIds),
  )
  const visits = new Map<number, Map<number, RoundVisit>>(roundIds.map((id) => [id, new Map()]))
  for (const { roundId, householdId, id, outcome, day, needs } of found) {
    visits.get(roundId)!.set(householdId, { id, outcome, day, needs })
  }
  return visits
}
