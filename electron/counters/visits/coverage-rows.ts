import type { z } from 'zod'
import type { coverageRow } from '../../contract/visit-coverage.ts'
import { readTogether, rows, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import type { Context } from '../../workbench/workbench.ts'
import { hitsOf, type Asked, type Found, type Hit } from './coverage-hits.ts'
import { periodOf } from './coverage-period.ts'
import { doorSheet } from './door-sheet.ts'
import { doorsToVisit, readDoors } from './doors.ts'
import { coverageWords } from './paper-words.ts'

type CoverageRow = z.infer<typeof coverageRow>

const mostOnSheet = 10_000

type VisitOfRow = NonNullable<CoverageRow['visit']>

function readRows(db: Database, today: string, hits: readonly Hit[]): CoverageRow[] {
  const ids = hits.flatMap(({ visitId }) => (visitId === null ? [] : [visitId]))
  const visits = new Map(
    rows<VisitOfRow>(
      db,
      `SELECT v.id, v.day, v.outcome, v.entered_at AS at
       FROM json_each(?) AS wanted CROSS JOIN visit AS v ON v.id = wanted.value`,
      JSON.stringify(ids),
    ).map((visit) => [visit.id, visit]),
  )
  const doors = [...new Map(hits.map(({ door }) => [door.id, door])).values()]
  // What a row says of its door is of today, also where a past year is counted.
  const now = new Map(
    readDoors(
      db,
      today,
      doors.map(({ id }) => id),
    ).map((door) => [door.id, door]),
  )
  const shown = new Map(doorsToVisit(db, [...now.values()], today).map((door) => [door.householdId, door]))
  return hits.map(({ door, visitId }) => ({
    ...shown.get(door.id)!,
    visit: visitId === null ? null : visits.get(visitId)!,
    awayReason: door.away?.reason ?? '',
    awaySince: door.away?.fromDay ?? null,
  }))
}

/** The hits after those of the door `after`: `limit` of them, and whatever else the last of their doors has. */
function pageOf({ doors, hits }: Found, after: number | undefined, limit: number): Hit[] {
  const place = new Map(doors.map(({ id }, index) => [id, index]))
  const from = after === undefined ? -1 : (place.get(after) ?? -1)
  const rest = hits.filter(({ door }) => place.get(door.id)! > from)
  const last = rest[limit - 1]?.door.id
  return rest.filter(({ door }, index) => index < limit || door.id === last)
}

/**
 * The rows behind a number, in the order in which one walks; `total` is the number. A door in vain on two days stands
 * twice, and all of its rows on one page. INVALID `month` `future`.
 */
export function listCoverageRows(
  context: Context,
  { after, limit, ...asked }: Asked & { after?: number | undefined; limit: number },
): { rows: CoverageRow[]; total: number } {
  const { db } = context.desk
  const period = periodOf(context, asked.month)
  return readTogether(db, () => {
    const found = hitsOf(db, period, asked)
    return { rows: readRows(db, period.today, pageOf(found, after, limit)), total: found.hits.length }
  })
}

/** The same rows as a spreadsheet, names masked; what leaves the desk is written down. INVALID `month` `future`. */
export async function coverageSheet(
  context: Context,
  asked: Asked,
): Promise<{ fileName: string; base64: string }> {
  const { db } = context.desk
  const period = periodOf(context, asked.month)
  const list = readTogether(db, () =>
    readRows(db, period.today, hitsOf(db, period, asked).hits.slice(0, mostOnSheet)),
  )
  const made = await doorSheet(`${coverageWords[asked.what]} ${asked.month}`, list, false)
  act(context, { action: 'visit.export', subject: 'visit-export' }, (_db, note) =>
    note(null, { ...asked, keyGroup: null, rows: list.length, whole: false }),
  )
  return made
}
