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

const roundVisit = `v.id, v.outcome, v.day,
  (SELECT count(*) FROM visit_need AS n WHERE n.visit_id = v.id) AS needs`

/**
 * What was entered of rounds, by door: the meeting where there was one, otherwise the last knock. Void ones are none. A row
 * whose door was met on the round's day is done whoever entered it and for which round; so is one with a knock of that day
 * that was entered after the planning and names no round.
 */
export function visitsOf(
  db: Database,
  stops: ReadonlyMap<number, readonly StopRow[]>,
): Map<number, Map<number, RoundVisit>> {
  const own = rows<RoundVisit & { roundId: number; householdId: number }>(
    db,
    `SELECT v.round_id AS roundId, v.household_id AS householdId, ${roundVisit}
     FROM json_each(?) AS wanted CROSS JOIN visit AS v ON v.round_id = wanted.value
     WHERE v.voided = 0 ORDER BY v.outcome = 'met', v.day, v.id`,
    JSON.stringify([...stops.keys()]),
  )
  const others = rows<RoundVisit & { roundId: number; householdId: number }>(
    db,
    `SELECT r.id AS roundId, v.household_id AS householdId, ${roundVisit}
     FROM json_each(?) AS wanted CROSS JOIN visit_round AS r ON r.id = wanted.value ->> 0
     CROSS JOIN visit AS v ON v.household_id = wanted.value ->> 1 AND v.day = r.day
     WHERE v.voided = 0 AND v.round_id IS NOT r.id
       AND (v.outcome = 'met' OR v.round_id IS NULL AND v.entered_at > r.at)
     ORDER BY v.outcome = 'met', v.id`,
    JSON.stringify(
      [...stops].flatMap(([roundId, doors]) => doors.map(({ householdId }) => [roundId, householdId])),
    ),
  )
  const visits = new Map<number, Map<number, RoundVisit>>([...stops.keys()].map((id) => [id, new Map()]))
  // Of the round itself after the others: its own entry is what its row shows.
  for (const { roundId, householdId, id, outcome, day, needs } of [...others, ...own]) {
    visits.get(roundId)!.set(householdId, { id, outcome, day, needs })
  }
  return visits
}

/** Doors on rounds of this day or later whose row is empty: somebody has them on paper. */
export function doorsOnRounds(db: Database, day: string): Set<number> {
  const roundIds = rows<{ id: number }>(db, 'SELECT id FROM visit_round WHERE day >= ?', day)
  const stops = stopsOf(
    db,
    roundIds.map(({ id }) => id),
  )
  const entered = visitsOf(db, stops)
  return new Set(
    [...stops].flatMap(([roundId, doors]) =>
      doors.map(({ householdId }) => householdId).filter((id) => !entered.get(roundId)!.has(id)),
    ),
  )
}

/** Rounds of a day on which this door stands: what is entered there shows in their rows too. */
export const roundsWith = (db: Database, householdId: number, day: string): number[] =>
  rows<{ id: number }>(
    db,
    `SELECT r.id FROM visit_round_stop AS s CROSS JOIN visit_round AS r ON r.id = s.round_id
     WHERE s.household_id = ? AND r.day = ? ORDER BY r.id`,
    householdId,
    day,
  ).map(({ id }) => id)
