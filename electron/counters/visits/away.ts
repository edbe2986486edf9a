import type { HouseholdVisits, Visit } from '../../contract/visit-records.ts'
import { row, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readHousehold } from '../people/households.ts'
import { todayOf } from '../people/record.ts'
import { awayOf, readHouseholdVisits } from './read-visits.ts'

export type AwayKind = NonNullable<HouseholdVisits['away']>['kind']

/** A visit as far as it says whether somebody lives there. */
export type Seen = Pick<Visit, 'id' | 'householdId' | 'day' | 'outcome'>
type Mark = { reason: string; operatorId: number; at: string }

/** When something else is known of this door after a visit that is entered late; undefined when it is the last news. */
const nextNews = (db: Database, { id, householdId, day }: Seen) =>
  row<{ day: string; visitId: number | null }>(
    db,
    `SELECT day, visitId FROM (
       SELECT day, id AS visitId FROM visit
       WHERE household_id = ? AND voided = 0 AND outcome = 'met' AND day > ? AND id <> ?
       UNION ALL
       SELECT until_day, NULL FROM household_away WHERE household_id = ? AND until_day > ? AND until_day > from_day)
     ORDER BY day, visitId IS NULL LIMIT 1`,
    householdId,
    day,
    id,
    householdId,
    day,
  )

/**
 * What a visit says of who lives there: an empty or moved door leaves the count from that day on, one where somebody is met
 * comes back on that day. Part of the visit's own act.
 */
export function markByVisit(db: WritableDatabase, seen: Seen, mark: Mark): void {
  const { id, outcome, householdId, day } = seen
  if (outcome !== 'met' && outcome !== 'vacant' && outcome !== 'moved') return
  const running = row<{ id: number; kind: AwayKind; fromDay: string }>(
    db,
    'SELECT id, kind, from_day AS fromDay FROM household_away WHERE household_id = ? AND until_day IS NULL',
    householdId,
  )
  // A mark of a later day, or the same one, stands; only an earlier one of another kind ends with what was seen now.
  if (running && (running.fromDay > day || running.kind === outcome)) return
  if (running) {
    write(db, 'UPDATE household_away SET until_day = ?, ended_by = ? WHERE id = ?', day, id, running.id)
  }
  if (outcome === 'met') return
  const news = nextNews(db, seen)
  write(
    db,
    `INSERT INTO household_away
       (household_id, kind, reason, from_day, until_day, visit_id, ended_by, operator_id, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    householdId,
    outcome,
    mark.reason,
    day,
    news?.day ?? null,
    id,
    news?.visitId ?? null,
    mark.operatorId,
    mark.at,
  )
}

type Confirming = { id: number; day: string; outcome: AwayKind; note: string }

/**
 * The visit that said the same as a mark while it ran, and so left it as it was. It stands for the mark when that is taken
 * back, with its own day and note.
 */
const confirming = (db: Database, { id, householdId }: Seen): (Confirming & Mark) | undefined =>
  row<Confirming & Mark>(
    db,
    `SELECT v.id, v.day, v.outcome, v.note, v.note AS reason, v.operator_id AS operatorId, v.entered_at AS at
     FROM household_away a CROSS JOIN visit v ON v.household_id = ? AND v.voided = 0 AND v.id <> ?
       AND v.outcome = a.kind AND v.day >= a.from_day AND (a.until_day IS NULL OR v.day < a.until_day)
     WHERE a.visit_id = ? AND NOT EXISTS (SELECT 1 FROM household_away own WHERE own.visit_id = v.id)
     ORDER BY v.day, v.id LIMIT 1`,
    householdId,
    id,
    id,
  )

/**
 * Takes back what a visit said: its own mark lasts no day any more, unless another visit saw the same; one that it ended
 * runs on, until somebody else was met there. The visit itself is left out of every question here. `anew`: what it will say
 * in its next words, where it is only corrected.
 */
export function unmarkByVisit(db: WritableDatabase, seen: Seen, anew?: Pick<Seen, 'day' | 'outcome'>): void {
  const { id, householdId } = seen
  const other = confirming(db, seen)
  write(db, 'UPDATE household_away SET until_day = from_day, ended_by = NULL WHERE visit_id = ?', id)
  const saidFirst = other && anew && anew.outcome === other.outcome && anew.day <= other.day
  if (other && !saidFirst) markByVisit(db, { ...other, householdId }, other)
  const ended = row<{ id: number; fromDay: string }>(
    db,
    `SELECT id, from_day AS fromDay FROM household_away WHERE ended_by = ?
     AND NOT EXISTS (SELECT 1 FROM household_away now WHERE now.household_id = ? AND now.until_day IS NULL)
     ORDER BY from_day DESC, id DESC LIMIT 1`,
    id,
    householdId,
  )
  if (!ended) return
  const met = row<{ id: number; day: string }>(
    db,
    `SELECT id, day FROM visit WHERE household_id = ? AND voided = 0 AND outcome = 'met' AND day >= ? AND id <> ?
     ORDER BY day, id LIMIT 1`,
    householdId,
    ended.fromDay,
    id,
  )
  write(
    db,
    'UPDATE household_away SET until_day = ?, ended_by = ? WHERE id = ?',
    met?.day ?? null,
    met?.id ?? null,
    ended.id,
  )
}

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
      if (kind !== null) {
        write(
          db,
          `INSERT INTO household_away (household_id, kind, reason, from_day, operator_id, at)
           VALUES (?, ?, ?, ?, ?, ?)`,
          id,
          kind,
          reason,
          today,
          operatorId,
          desk.clock().toISOString(),
        )
      }
      note({ away: before?.kind ?? null }, { away: kind })
    },
  )
  return shown()
}
