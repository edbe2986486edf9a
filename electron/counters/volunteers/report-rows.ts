import type { z } from 'zod'
import type { reportRow } from '../../contract/volunteer-reports.ts'
import { readTogether, rows, type Database } from '../../database/open.ts'
import { invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { nameNow } from '../people/lines.ts'
import { byNumber, checkPeriod, hitsOf, type Asked, type Hit } from './report-hits.ts'

export type ReportRow = z.infer<typeof reportRow>

type Named = { id: number; number: string; name: string }

const volunteersNamed = (db: Database, ids: readonly number[]) =>
  new Map(
    rows<Named>(
      db,
      `SELECT v.id, v.number, ${nameNow('p')} AS name FROM json_each(?) AS wanted
       CROSS JOIN volunteer AS v ON v.id = wanted.value
       CROSS JOIN person AS p ON p.id = v.person_id`,
      JSON.stringify([...new Set(ids)]),
    ).map((one) => [one.id, one]),
  )

const activitiesNamed = (db: Database, ids: readonly number[]) =>
  new Map(
    rows<Named>(
      db,
      `SELECT a.id, a.number, a.name FROM json_each(?) AS wanted CROSS JOIN activity AS a ON a.id = wanted.value`,
      JSON.stringify([...new Set(ids)]),
    ).map((one) => [one.id, one]),
  )

const known = (ids: readonly (number | null)[]) => ids.filter((id) => id !== null)

/** Hits with the names of today; of a row that is an activity, `number` is the activity's. */
export function toRows(db: Database, hits: readonly Hit[]): ReportRow[] {
  const volunteers = volunteersNamed(db, known(hits.map(({ volunteerId }) => volunteerId)))
  const activities = activitiesNamed(db, known(hits.map(({ activityId }) => activityId)))
  return hits.map(({ volunteerId, activityId, day, minutes, points, note }) => {
    const volunteer = volunteerId === null ? undefined : volunteers.get(volunteerId)
    const activity = activityId === null ? undefined : activities.get(activityId)
    return {
      volunteerId,
      number: volunteer?.number ?? activity?.number ?? null,
      name: volunteer?.name ?? null,
      activityId,
      activity: activity?.name ?? null,
      day,
      minutes,
      points,
      note,
    }
  })
}

function readKey(after: string): { by: string; id: number } {
  const match = /^(\S{1,40}) (\d{1,15})$/.exec(after)
  return match ? { by: match[1]!, id: Number(match[2]) } : invalid('after', 'key')
}

/** Those that stand after the row with this key. */
function rest(hits: Hit[], what: Asked['what'], after: string | undefined): Hit[] {
  if (after === undefined) return hits
  const { by, id } = readKey(after)
  const rising = byNumber(what)
  return hits.filter((hit) =>
    hit.by === by ? (rising ? hit.id > id : hit.id < id) : rising ? hit.by > by : hit.by < by,
  )
}

/** The rows behind a number, paged; `total` is that number. INVALID `to` `before-from`, `too-long`, `after` `key`. */
export function reportRows(
  { desk }: Context,
  { after, limit, ...asked }: Asked & { after?: string | undefined; limit: number },
): { rows: ReportRow[]; next: string | null; total: number } {
  checkPeriod(asked)
  return readTogether(desk.db, () => {
    const hits = hitsOf(desk.db, asked)
    const left = rest(hits, asked.what, after)
    const page = left.slice(0, limit)
    const last = page.at(-1)
    return {
      rows: toRows(desk.db, page),
      next: last && left.length > page.length ? `${last.by} ${last.id}` : null,
      total: hits.length,
    }
  })
}
