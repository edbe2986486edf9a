import type { WritableDatabase } from '../../database/open.ts'
import { openEnquiriesOf, personAndMerged, survivor } from '../people/lines.ts'
import { markOpenBusiness } from '../people/search-index.ts'

const hasOpenBusiness = (db: WritableDatabase, personId: number) =>
  openEnquiriesOf(db, personAndMerged(db, personId)) > 0

/** The people whose search flag a step may turn, as they are now: everyone named before or after it. */
export type Named = { askerId: number | null; subjectId: number | null }

export function personsOf(db: WritableDatabase, ...named: Named[]): number[] {
  const kept = named
    .flatMap(({ askerId, subjectId }) => [askerId, subjectId])
    .filter((id) => id !== null)
    .map((id) => survivor(db, id) ?? id)
  return [...new Set(kept)]
}

/**
 * Runs `change` and turns the search flag of those whose first open enquiry it opened or whose last it closed. The
 * index is touched only when the answer changed: most people who ask twice already stand first in the list. `also` names
 * people who only come up through the change itself, as when the asker is corrected.
 */
export function keepingFlags<Result>(
  db: WritableDatabase,
  persons: number[],
  change: () => Result,
  also: (result: Result) => number[] = () => [],
): Result {
  const before = persons.map((id) => hasOpenBusiness(db, id))
  const result = change()
  persons.forEach((id, index) => {
    const after = hasOpenBusiness(db, id)
    if (after !== before[index]) markOpenBusiness(db, id, after)
  })
  for (const id of also(result)) if (!persons.includes(id)) markOpenBusiness(db, id, false)
  return result
}
