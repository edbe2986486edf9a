import { desk } from '../../contract/access.ts'
import type { ServiceRecord } from '../../contract/volunteer-records.ts'
import { rows, type Database } from '../../database/open.ts'
import { operatorOf } from '../../workbench/api.ts'
import { localDay } from '../../workbench/calendar.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { nameNow } from '../people/lines.ts'
import { todayOf } from '../people/record.ts'
import { flagsOfDays } from './day-records.ts'

type FlagsOfDay = ReturnType<typeof flagsOfDays> extends Map<number, infer Flags> ? Flags : never

type RecordRow = Omit<
  ServiceRecord,
  'own' | 'flags' | 'enteredBy' | 'confirmed' | 'late' | 'counted' | 'mayConfirm'
> & {
  own: 0 | 1
  overlap: 0 | 1
  longDay: 0 | 1
  beyond: 0 | 1
  enteredById: number
  enteredByName: string
  confirmedBy: string | null
  confirmedAt: string | null
  confirmBy: string
  counted: 0 | 1
}

const recordSql = `
  SELECT r.id, r.activity_id AS activityId, a.number AS activityNumber, a.name AS activity, r.kind, r.own, a.colour, r.day,
    r.volunteer_id AS volunteerId, v.number, ${nameNow('p')} AS name, r.arrived, r.left,
    r.break_minutes AS breakMinutes, r.minutes, r.how, r.overlap, r.long_day AS longDay, r.beyond, r.reason, r.rating,
    r.entered_by AS enteredById, e.name AS enteredByName, r.entered_at AS enteredAt,
    c.name AS confirmedBy, r.confirmed_at AS confirmedAt, a.confirm_by AS confirmBy,
    r.reverses, (SELECT id FROM service_record WHERE reverses = r.id) AS reversedBy, r.counted,
    coalesce((SELECT points FROM point_entry WHERE record_id = r.id), 0) AS points
  FROM service_record AS r
  CROSS JOIN activity AS a ON a.id = r.activity_id
  CROSS JOIN volunteer AS v ON v.id = r.volunteer_id
  CROSS JOIN person AS p ON p.id = v.person_id
  CROSS JOIN operator AS e ON e.id = r.entered_by
  LEFT JOIN operator AS c ON c.id = r.confirmed_by`

const isStanding = ({ reverses, reversedBy }: RecordRow) => reverses === null && reversedBy === null

function toRecord(found: RecordRow, flags: FlagsOfDay | undefined, context: Context): ServiceRecord {
  const {
    overlap,
    longDay,
    beyond,
    enteredById,
    enteredByName,
    confirmedBy,
    confirmedAt,
    confirmBy,
    ...rest
  } = found
  const stands = isStanding(found)
  const caller = operatorOf(context)
  return {
    ...rest,
    own: found.own === 1,
    flags: [
      ...(overlap || flags?.has('overlap') ? (['overlap'] as const) : []),
      ...(longDay || flags?.has('long-day') ? (['long-day'] as const) : []),
      ...(beyond ? (['beyond'] as const) : []),
    ],
    enteredBy: { id: enteredById, name: enteredByName },
    confirmed: confirmedAt === null ? null : { by: confirmedBy!, at: confirmedAt },
    late:
      confirmedAt === null
        ? stands && todayOf(context) > confirmBy
        : localDay(new Date(confirmedAt)) > confirmBy,
    counted: found.counted === 1,
    mayConfirm:
      stands &&
      confirmedAt === null &&
      enteredById !== caller.id &&
      desk.some((role) => role === caller.role),
  }
}

/** As this caller sees them, with the flags of saving and those that later records of the day brought. */
function toRecords(context: Context, found: readonly RecordRow[]): ServiceRecord[] {
  const flags = flagsOfDays(context.desk.db, found.filter(isStanding))
  return found.map((record) => toRecord(record, flags.get(record.id), context))
}

/** One record as this caller sees it. NOT_FOUND `record`. */
export function readRecord(context: Context, id: number): ServiceRecord {
  const found = rows<RecordRow>(context.desk.db, `${recordSql} WHERE r.id = ?`, id)
  return toRecords(context, found)[0] ?? fail('NOT_FOUND', { what: 'record' })
}

/** Constant texts: what was asked for only chooses among them. */
const states = {
  unconfirmed: ' AND r.confirmed_at IS NULL AND r.reversed = 0 AND r.reverses IS NULL',
  confirmed: ' AND r.confirmed_at IS NOT NULL AND r.reversed = 0 AND r.reverses IS NULL',
  standing: ' AND r.reversed = 0 AND r.reverses IS NULL',
  all: '',
} as const

export type RecordsInput = {
  activityId?: number | undefined
  volunteerId?: number | undefined
  from?: string | undefined
  to?: string | undefined
  state: keyof typeof states
  after?: string | undefined
  limit: number
}

/** The key of the last row seen: what it was sorted by, and its id. */
function readKey(after: string | undefined): { by: string; id: number } | null {
  if (after === undefined) return null
  const match = /^(\S{1,40}) (\d{1,15})$/.exec(after)
  return match ? { by: match[1]!, id: Number(match[2]) } : invalid('after', 'key')
}

function pageOfRecords(db: Database, input: RecordsInput): RecordRow[] {
  const { activityId, volunteerId, from, to, limit } = input
  const key = readKey(input.after)
  const ofActivity = activityId !== undefined
  const narrow = [
    volunteerId === undefined ? '' : ' AND r.volunteer_id = @volunteerId',
    from === undefined ? '' : ' AND r.day >= @from',
    to === undefined ? '' : ' AND r.day <= @to',
    states[input.state],
  ].join('')
  const text = ofActivity
    ? `${recordSql} WHERE r.activity_id = @activityId${narrow}${key ? ' AND (v.number, r.id) > (@by, @id)' : ''}
       ORDER BY v.number, r.id LIMIT @most`
    : `${recordSql} WHERE 1${narrow}${key ? ' AND (r.day, r.id) < (@by, @id)' : ''}
       ORDER BY r.day DESC, r.id DESC LIMIT @most`
  return rows<RecordRow>(db, text, {
    most: limit + 1,
    ...(ofActivity && { activityId }),
    ...(volunteerId !== undefined && { volunteerId }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...key,
  })
}

/**
 * Records of an activity by volunteer number, or of a volunteer newest first. INVALID `activityId` `required` without
 * either, `after` `key`; NOT_FOUND `activity`, `volunteer`.
 */
export function listRecords(
  context: Context,
  input: RecordsInput,
): { rows: ServiceRecord[]; next: string | null } {
  const { db } = context.desk
  const { activityId, volunteerId, limit } = input
  if (activityId === undefined && volunteerId === undefined) return invalid('activityId', 'required')
  if (activityId !== undefined) mustBe(db, 'SELECT 1 FROM activity WHERE id = ?', activityId, 'activity')
  if (volunteerId !== undefined) mustBe(db, 'SELECT 1 FROM volunteer WHERE id = ?', volunteerId, 'volunteer')
  const found = pageOfRecords(db, input)
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  return {
    rows: toRecords(context, shown),
    next:
      last && found.length > limit ? `${activityId === undefined ? last.day : last.number} ${last.id}` : null,
  }
}

function mustBe(db: Database, text: string, id: number, what: string): void {
  if (rows(db, text, id).length === 0) fail('NOT_FOUND', { what })
}
