import type { ActivityLine } from '../../contract/volunteer-activities.ts'
import { rows, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { addDays } from '../../workbench/calendar.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from '../people/record.ts'
import { checkFields, insertActivity, type ActivityFields } from './activities.ts'
import { activityLines } from './activity-lines.ts'
import { topicsOf } from './lines.ts'

type Series = { seriesId: number; activities: ActivityLine[] }

/** More months than this are not planned at once. */
const mostMonths = 24

const nextMonth = (month: string) => addDays(`${month}-28`, 4).slice(0, 7)

/** Every month from the first to the last; INVALID `toMonth` `before-from`, `too-long`. */
function monthsOf(fromMonth: string, toMonth: string): string[] {
  if (toMonth < fromMonth) return invalid('toMonth', 'before-from')
  const months = []
  for (let month = fromMonth; month <= toMonth; month = nextMonth(month)) {
    if (months.length === mostMonths) return invalid('toMonth', 'too-long')
    months.push(month)
  }
  return months
}

/** Day N of a month; where the month is shorter, its last day. */
function dayIn(month: string, dayOfMonth: number): string {
  const last = addDays(`${nextMonth(month)}-01`, -1)
  const wanted = `${month}-${String(dayOfMonth).padStart(2, '0')}`
  return wanted < last ? wanted : last
}

/** The series of this name that has activities in these months; cancelled ones bar nothing. */
function standing(
  db: Database,
  name: string,
  [fromMonth, toMonth]: [string, string],
  today: string,
): Series | null {
  const found = rows<{ id: number; seriesId: number }>(
    db,
    `SELECT a.id, s.id AS seriesId FROM activity_series AS s JOIN activity AS a ON a.series_id = s.id
     WHERE s.name = ? AND a.state <> 'cancelled' AND a.day BETWEEN ? || '-01' AND ? || '-31'
     ORDER BY s.id DESC, a.day, a.id`,
    name,
    fromMonth,
    toMonth,
  )
  const seriesId = found[0]?.seriesId
  if (seriesId === undefined) return null
  const ids = found.filter((one) => one.seriesId === seriesId).map(({ id }) => id)
  return { seriesId, activities: activityLines(db, ids, today) }
}

type Wanted = ActivityFields & { dayOfMonth: number; fromMonth: string; toMonth: string }

/**
 * One activity each month, all in one act. INVALID as an activity, `toMonth` `before-from`, `too-long`; NOT_FOUND `team`;
 * CONFLICT `duplicate` with the series of this name that has activities in these months.
 */
export function createSeries(
  context: Context,
  { dayOfMonth, fromMonth, toMonth, ...fields }: Wanted,
): Series {
  const today = todayOf(context)
  const months = monthsOf(fromMonth, toMonth)
  const at = context.desk.clock().toISOString()
  const operatorId = operatorOf(context).id
  let made: number[] = []
  return act(
    context,
    {
      action: 'volunteer.create-series',
      subject: ({ seriesId }: Series) => `activity-series:${seriesId}`,
      also: () => ['today', ...topicsOf('activity', made)],
    },
    (db, note) => {
      checkFields(db, fields)
      const stands = standing(db, fields.name, [fromMonth, toMonth], today)
      if (stands) fail('CONFLICT', { because: 'duplicate', current: stands })
      const { id: seriesId } = write(
        db,
        `INSERT INTO activity_series (name, day_of_month, from_month, to_month, operator_id, created_at)
         VALUES (?, ?, ?, ?, ?, ?)`,
        fields.name,
        dayOfMonth,
        fromMonth,
        toMonth,
        operatorId,
        at,
      )
      made = months.map((month) =>
        insertActivity(db, fields, {
          day: dayIn(month, dayOfMonth),
          ticket: null,
          seriesId,
          at,
          today,
          operatorId,
        }),
      )
      note(null, { dayOfMonth, fromMonth, toMonth, activityIds: made })
      return { seriesId, activities: activityLines(db, made, today) }
    },
  )
}
