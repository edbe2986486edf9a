import type { PersonLine } from '../../contract/people.ts'
import { rows, value, type Database } from '../../database/open.ts'
import { personLines } from './lines.ts'

export type PeopleFilter = {
  gridId?: number | undefined
  keyGroup?: string | undefined
  before?: number | undefined
  limit: number
}

/** The community's people, newest record first, paged by id; `total` counts the whole set. */
export function listPeople(
  db: Database,
  filter: PeopleFilter,
  today: string,
): { rows: PersonLine[]; total: number } {
  const joins: string[] = []
  const parameters: unknown[] = []
  if (filter.gridId !== undefined) {
    joins.push('JOIN household ON household.id = person.household_id AND household.grid_id = ?')
    parameters.push(filter.gridId)
  }
  if (filter.keyGroup !== undefined) {
    joins.push('JOIN person_key_group AS tag ON tag.person_id = person.id AND tag.key_group = ?')
    parameters.push(filter.keyGroup)
  }
  const from = `FROM person ${joins.join(' ')} WHERE person.merged_into IS NULL`
  const ids = rows<{ id: number }>(
    db,
    `SELECT person.id ${from} AND person.id < ? ORDER BY person.id DESC LIMIT ?`,
    ...parameters,
    filter.before ?? Number.MAX_SAFE_INTEGER,
    filter.limit,
  )
  return {
    rows: personLines(
      db,
      ids.map((person) => person.id),
      today,
    ),
    total:
      joins.length === 0 ? countAll(db) : (value<number>(db, `SELECT count(*) ${from}`, ...parameters) ?? 0),
  }
}

/** Counting everything less the merged-away reads two small indexes instead of the whole table. */
function countAll(db: Database): number {
  return (
    value<number>(
      db,
      `SELECT (SELECT count(*) FROM person) - (SELECT count(*) FROM person WHERE merged_into IS NOT NULL)`,
    ) ?? 0
  )
}
