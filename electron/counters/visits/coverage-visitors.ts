import type { Coverage } from '../../contract/visit-coverage.ts'
import { rows, type Database } from '../../database/open.ts'
import { inMonth, type Counted, type Period } from './coverage-period.ts'
import { daysByDoor, readVisitorsByVisit, type Knock } from './knocks.ts'

/** Who answers for which grid (包片) on one day. */
export type Areas = {
  /** Names, by grid. */
  visitorsByGrid: Map<number, string[]>
  gridsByVisitor: Map<number, number[]>
}

/** Posts that run on `day`; two of one visitor in one grid are one. */
export function readAreas(db: Database, day: string): Areas {
  const found = rows<{ gridId: number; visitorId: number; name: string }>(
    db,
    `SELECT DISTINCT p.grid_id AS gridId, v.id AS visitorId, v.name
     FROM grid_post AS p JOIN visitor AS v ON v.id = p.visitor_id
     WHERE p.kind = 'area' AND (p.from_day IS NULL OR p.from_day <= @day) AND (p.to_day IS NULL OR p.to_day >= @day)
     ORDER BY p.grid_id, v.id`,
    { day },
  )
  const group = <Key extends 'gridId' | 'visitorId', Value>(
    key: Key,
    of: (area: (typeof found)[number]) => Value,
  ): Map<number, Value[]> =>
    new Map([...Map.groupBy(found, (area) => area[key])].map(([id, areas]) => [id, areas.map(of)]))
  return {
    visitorsByGrid: group('gridId', ({ name }) => name),
    gridsByVisitor: group('visitorId', ({ gridId }) => gridId),
  }
}

/** The knocks of each visitor; one on which two went along is of both. */
export function knocksByVisitor(db: Database, { newYear, last }: Period, knocks: readonly Knock[]) {
  const visitors = readVisitorsByVisit(db, newYear, last)
  const own = new Map<number, Knock[]>()
  for (const knock of knocks) {
    for (const visitorId of visitors.get(knock.id) ?? []) {
      const theirs = own.get(visitorId)
      if (theirs) theirs.push(knock)
      else own.set(visitorId, [knock])
    }
  }
  return own
}

/**
 * What each visitor did, whatever became of the family since. A knock in vain at a door where somebody else met the
 * family on the same day is no attempt in vain.
 */
export function countByVisitor(
  db: Database,
  period: Period,
  { doors, knocks, days }: Counted,
  { gridsByVisitor }: Areas,
  goal: number,
): Coverage['byVisitor'] {
  const own = knocksByVisitor(db, period, knocks)
  const standing = new Set(doors.map(({ id }) => id))
  const people = rows<{ id: number; name: string; kind: Coverage['byVisitor'][number]['kind'] }>(
    db,
    'SELECT id, name, kind FROM visitor ORDER BY id',
  )
  return people
    .filter(({ id }) => own.has(id) || gridsByVisitor.has(id))
    .map(({ id, name, kind }) => {
      const line = { monthMet: 0, monthMeetings: 0, monthInVain: 0, yearMet: 0 }
      for (const [householdId, theirs] of daysByDoor(own.get(id) ?? [])) {
        if (!standing.has(householdId)) continue
        if (theirs.some(({ met }) => met)) line.yearMet += 1
        const month = theirs.filter((day) => inMonth(period, day))
        const meetings = month.filter(({ met }) => met).length
        line.monthMeetings += meetings
        if (meetings > 0) line.monthMet += 1
        const allDays = days.get(householdId)!
        line.monthInVain += month.filter(
          ({ day, met }) => !met && !allDays.some((other) => other.day === day && other.met),
        ).length
      }
      return {
        visitorId: id,
        name,
        kind,
        ...line,
        monthGoal: goal * (gridsByVisitor.get(id)?.length ?? 0),
      }
    })
}
