import { row, rows, value, type Database } from '../../database/open.ts'
import { fail } from '../../workbench/errors.ts'
import { memberOn } from '../volunteers/lines.ts'
import { yearRow } from '../volunteers/pioneer-record.ts'

/** Whom a batch is for. */
export type Of =
  | { what: 'activity' | 'team'; id: number }
  | { what: 'pioneers'; year: number }
  | { what: 'volunteers'; ids: number[] }

const idsOf = (db: Database, text: string, ...parameters: unknown[]) =>
  rows<{ id: number }>(db, text, ...parameters).map(({ id }) => id)

/** Who served in it and was confirmed, by volunteer number. */
function ofActivity(db: Database, id: number): number[] {
  if (!value(db, 'SELECT 1 FROM activity WHERE id = ?', id)) fail('NOT_FOUND', { what: 'activity' })
  return idsOf(
    db,
    `SELECT DISTINCT v.id FROM service_record AS r CROSS JOIN volunteer AS v ON v.id = r.volunteer_id
     WHERE r.activity_id = ? AND r.counted = 1 ORDER BY v.number`,
    id,
  )
}

/** Who is in the team on this day, by volunteer number. */
function ofTeam(db: Database, id: number, day: string): number[] {
  if (!value(db, 'SELECT 1 FROM team WHERE id = ?', id)) fail('NOT_FOUND', { what: 'team' })
  return idsOf(
    db,
    `SELECT DISTINCT v.id FROM team_member AS m CROSS JOIN volunteer AS v ON v.id = m.volunteer_id
     WHERE m.team_id = @id AND ${memberOn} ORDER BY v.number`,
    { id, day },
  )
}

/** The frozen list of a year to its last place, in its order. CONFLICT `step` before it is frozen. */
function ofPioneers(db: Database, year: number): number[] {
  const found = yearRow(db, year) ?? fail('NOT_FOUND', { what: 'pioneer-year' })
  if (found.state !== 'frozen') fail('CONFLICT', { because: 'step' })
  return idsOf(
    db,
    `SELECT v.id FROM pioneer_rank AS r CROSS JOIN volunteer AS v ON v.id = r.volunteer_id
     WHERE r.year = ? AND r.rank <= ? ORDER BY r.rank, v.number`,
    year,
    found.places ?? Number.MAX_SAFE_INTEGER,
  )
}

function named(db: Database, ids: number[]): number[] {
  const distinct = [...new Set(ids)]
  const { count } = row<{ count: number }>(
    db,
    'SELECT count(*) AS count FROM volunteer WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify(distinct),
  )!
  return count === distinct.length ? distinct : fail('NOT_FOUND', { what: 'volunteer' })
}

/** The volunteers of a batch, each once, in its order. NOT_FOUND `activity`, `team`, `pioneer-year`, `volunteer`. */
export function membersOf(db: Database, of: Of, day: string): number[] {
  switch (of.what) {
    case 'activity':
      return ofActivity(db, of.id)
    case 'team':
      return ofTeam(db, of.id, day)
    case 'pioneers':
      return ofPioneers(db, of.year)
    case 'volunteers':
      return named(db, of.ids)
  }
}
