import type { ActivityLine } from '../../contract/volunteer-activities.ts'
import type { Colour } from '../../contract/volunteer-fields.ts'
import { rows, type Database } from '../../database/open.ts'
import { workingDaysLeft } from '../../workbench/calendar.ts'

type LineRow = Omit<ActivityLine, 'own' | 'team' | 'overdue' | 'workingDaysLeft'> & {
  own: 0 | 1
  teamId: number | null
  teamColour: Colour | null
  teamName: string | null
}

const standing = 'r.activity_id = a.id AND r.reversed = 0 AND r.reverses IS NULL'

const lineSql = `
  SELECT a.id, a.number, a.name, a.kind, a.own, a.day, a.starts, a.ends, a.place, a.colour, a.series_id AS seriesId,
    a.state, a.capacity, a.confirm_by AS confirmBy, a.national_day AS nationalDay,
    t.id AS teamId, t.colour AS teamColour, t.name AS teamName,
    (SELECT count(*) FROM activity_sign_up AS s WHERE s.activity_id = a.id AND s.cancelled_at IS NULL) AS signedUp,
    (SELECT count(*) FROM service_record AS r WHERE ${standing}) AS records,
    (SELECT count(*) FROM service_record AS r WHERE ${standing} AND r.confirmed_at IS NULL) AS unconfirmed,
    (SELECT coalesce(sum(r.minutes), 0) FROM service_record AS r
     WHERE ${standing} AND r.confirmed_at IS NOT NULL) AS minutes
  FROM json_each(?) AS wanted
  CROSS JOIN activity AS a ON a.id = wanted.value
  LEFT JOIN team AS t ON t.id = a.team_id
  ORDER BY wanted.key`

function toLine({ teamId, teamColour, teamName, ...line }: LineRow, today: string): ActivityLine {
  const waits = line.state === 'planned' || line.unconfirmed > 0
  return {
    ...line,
    own: line.own === 1,
    team: teamId === null ? null : { id: teamId, colour: teamColour!, name: teamName! },
    workingDaysLeft: workingDaysLeft(today, line.confirmBy),
    overdue: waits && line.state !== 'cancelled' && today > line.confirmBy,
  }
}

/** One line per activity, in the order of `ids`; one that does not exist gives none. */
export function activityLines(db: Database, ids: readonly number[], today: string): ActivityLine[] {
  if (ids.length === 0) return []
  return rows<LineRow>(db, lineSql, JSON.stringify(ids)).map((line) => toLine(line, today))
}
