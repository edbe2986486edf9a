import type { DoorToVisit, Round, RoundLine } from '../../contract/visit-rounds.ts'
import { readTogether, row, rows, value, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { localDay } from '../../workbench/calendar.ts'
import { randomCode } from '../../workbench/codes.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import { nextNumber } from '../../workbench/numbering.ts'
import type { Context } from '../../workbench/workbench.ts'
import { householdSurvivor } from '../people/households.ts'
import { becauseOf, doorsToVisit, readDoors } from './doors.ts'
import { stopsOf, visitsOf, type RoundVisit, type StopRow } from './stops.ts'

/** Before the code, so that a scanner's line says what it is. */
export const codePrefix = 'ZFD'

export type Plan = {
  ticket: string
  day: string
  gridId: number | null
  visitorIds: number[]
  householdIds: number[]
}

function makeCode(db: Database): string {
  for (;;) {
    const code = randomCode()
    if (value(db, 'SELECT 1 FROM visit_round WHERE code = ?', code) === undefined) return code
  }
}

/** The households that these became by merging, each once, in the same order; NOT_FOUND for one that does not exist. */
function standing(db: Database, ids: readonly number[]): number[] {
  const found = ids.map((id) => householdSurvivor(db, id) ?? fail('NOT_FOUND', { what: 'household' }))
  return [...new Set(found)]
}

function check(db: Database, { gridId, visitorIds, householdIds }: Plan): void {
  if (gridId !== null && value(db, 'SELECT 1 FROM grid WHERE id = ?', gridId) === undefined) {
    fail('NOT_FOUND', { what: 'grid' })
  }
  const visitors = new Set(visitorIds)
  const active = value<number>(
    db,
    'SELECT count(*) FROM visitor WHERE active = 1 AND id IN (SELECT value FROM json_each(?))',
    JSON.stringify([...visitors]),
  )
  if (active !== visitors.size) invalid('visitorIds', 'unknown')
  if (new Set(householdIds).size !== householdIds.length) invalid('householdIds', 'duplicate')
}

/**
 * Makes a round of these doors in this order, with why each is on it. The same `ticket` twice is one round. INVALID
 * `visitorIds` `unknown`, `householdIds` `duplicate`; NOT_FOUND `household`, `grid`.
 */
export function planRound(context: Context, plan: Plan): Round {
  const { db, clock } = context.desk
  const operator = operatorOf(context)
  const made = value<number>(db, 'SELECT id FROM visit_round WHERE ticket = ?', plan.ticket)
  if (made !== undefined) return readRound(context, made)
  const at = clock()
  const today = localDay(at)
  const id = act(
    context,
    // What is on paper is suggested to nobody else: their plans ask again.
    { action: 'visit.plan', subject: (roundId: number) => `round:${roundId}`, also: () => ['visit'] },
    (file, note) => {
      check(file, plan)
      const householdIds = standing(file, plan.householdIds)
      const doors = new Map(readDoors(file, today, householdIds).map((door) => [door.id, door]))
      const number = nextNumber(file, 'ZF', Number(today.slice(0, 4)))
      const roundId = write(
        file,
        `INSERT INTO visit_round (number, code, ticket, day, grid_id, operator_id, at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        number,
        makeCode(file),
        plan.ticket,
        plan.day,
        plan.gridId,
        operator.id,
        at.toISOString(),
      ).id
      for (const visitorId of new Set(plan.visitorIds)) {
        write(
          file,
          'INSERT INTO visit_round_visitor (round_id, visitor_id) VALUES (?, ?)',
          roundId,
          visitorId,
        )
      }
      householdIds.forEach((householdId, index) => {
        write(
          file,
          'INSERT INTO visit_round_stop (round_id, position, household_id, because) VALUES (?, ?, ?, ?)',
          roundId,
          index + 1,
          householdId,
          JSON.stringify(becauseOf(doors.get(householdId)!, today)),
        )
      })
      note(null, {
        round: number,
        day: plan.day,
        gridId: plan.gridId,
        visitorIds: plan.visitorIds,
        householdIds,
      })
      return roundId
    },
  )
  return readRound(context, id)
}

type RoundRow = Pick<RoundLine, 'id' | 'number' | 'day' | 'grid'> & {
  gridId: number | null
  at: string
  operator: string
}

const roundColumns = `
  r.id, r.number, r.day, r.grid_id AS gridId, g.name AS grid, r.at, o.name AS operator
  FROM visit_round AS r LEFT JOIN grid AS g ON g.id = r.grid_id JOIN operator AS o ON o.id = r.operator_id`

function visitorsOf(db: Database, roundIds: readonly number[]): Map<number, RoundLine['visitors']> {
  const found = rows<{ roundId: number; id: number; name: string }>(
    db,
    `SELECT v.round_id AS roundId, visitor.id, visitor.name
     FROM json_each(?) AS wanted CROSS JOIN visit_round_visitor AS v ON v.round_id = wanted.value
     CROSS JOIN visitor ON visitor.id = v.visitor_id ORDER BY wanted.key, visitor.id`,
    JSON.stringify(roundIds),
  )
  const byRound = Map.groupBy(found, ({ roundId }) => roundId)
  return new Map([...byRound].map(([id, list]) => [id, list.map(({ id, name }) => ({ id, name }))]))
}

type Parts = { stops: Map<number, StopRow[]>; visits: Map<number, Map<number, RoundVisit>> }

function partsOf(db: Database, ids: readonly number[]): Parts {
  const stops = stopsOf(db, ids)
  return { stops, visits: visitsOf(db, stops) }
}

function lineOf(
  round: RoundRow,
  visitors: Map<number, RoundLine['visitors']>,
  { stops, visits }: Parts,
): RoundLine {
  const { id, number, day, grid } = round
  const doors = stops.get(id) ?? []
  const seen = doors.flatMap(({ householdId }) => visits.get(id)?.get(householdId) ?? [])
  return {
    id,
    number,
    day,
    grid,
    visitors: visitors.get(id) ?? [],
    stops: doors.length,
    done: seen.length,
    met: seen.filter(({ outcome }) => outcome === 'met').length,
  }
}

function linesOf(db: Database, found: readonly RoundRow[]): RoundLine[] {
  const ids = found.map(({ id }) => id)
  const visitors = visitorsOf(db, ids)
  const parts = partsOf(db, ids)
  return found.map((round) => lineOf(round, visitors, parts))
}

/** One round as a line, for the search. */
export function readRoundLine(db: Database, id: number): RoundLine {
  return linesOf(db, rows<RoundRow>(db, `SELECT ${roundColumns} WHERE r.id = ?`, id))[0]!
}

/** Newest first; `visitorId` null: of everybody. */
export function listRounds(
  context: Context,
  { visitorId, before, limit }: { visitorId: number | null; before?: number | undefined; limit: number },
): RoundLine[] {
  const { db } = context.desk
  return readTogether(db, () => {
    const found = rows<RoundRow>(
      db,
      `SELECT ${roundColumns}
       WHERE r.id < @before AND (@visitorId IS NULL OR EXISTS (
         SELECT 1 FROM visit_round_visitor AS v WHERE v.round_id = r.id AND v.visitor_id = @visitorId))
       ORDER BY r.id DESC LIMIT @limit`,
      { visitorId, before: before ?? Number.MAX_SAFE_INTEGER, limit },
    )
    return linesOf(db, found)
  })
}

/** A round with its doors as they are today, and what was entered of each; NOT_FOUND `round`. */
export function readRound(context: Context, id: number): Round {
  const { db, clock } = context.desk
  const today = localDay(clock())
  return readTogether(db, () => {
    const found =
      row<RoundRow>(db, `SELECT ${roundColumns} WHERE r.id = ?`, id) ?? fail('NOT_FOUND', { what: 'round' })
    const parts = partsOf(db, [id])
    const stops = parts.stops.get(id) ?? []
    const doors = readDoors(
      db,
      today,
      stops.map(({ householdId }) => householdId),
    )
    const shown = new Map(doorsToVisit(db, doors, today).map((door) => [door.householdId, door]))
    const away = new Map(doors.map((door) => [door.id, door.away?.kind ?? null]))
    return {
      ...lineOf(found, visitorsOf(db, [id]), parts),
      gridId: found.gridId,
      at: found.at,
      operator: found.operator,
      list: stops.map(({ position, householdId, because }) => ({
        ...shown.get(householdId)!,
        because: JSON.parse(because) as DoorToVisit['because'],
        position,
        visit: parts.visits.get(id)?.get(householdId) ?? null,
        away: away.get(householdId) ?? null,
      })),
    }
  })
}

/** What a scanner typed from a printed round (`ZFD` and the code), or the round's number; NOT_FOUND `round`. */
export function findRound(db: Database, typed: string): number {
  const code = typed
    .normalize('NFKC')
    .replace(/[\s\p{Cc}\p{Cf}]/gu, '')
    .replace(/\p{Pd}/gu, '-')
    .toUpperCase()
  const found = code.startsWith(codePrefix)
    ? value<number>(db, 'SELECT id FROM visit_round WHERE code = ?', code.slice(codePrefix.length))
    : value<number>(db, 'SELECT id FROM visit_round WHERE number = ?', code)
  return found ?? fail('NOT_FOUND', { what: 'round' })
}
