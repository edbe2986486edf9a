import { spanProblem, type activityKinds, type Colour } from '../../contract/volunteer-fields.ts'
import type { Activity, ActivityLine } from '../../contract/volunteer-activities.ts'
import { row, rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { addWorkingDays } from '../../workbench/calendar.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import { checkFiles } from '../../workbench/files.ts'
import { nextNumber } from '../../workbench/numbering.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from '../people/record.ts'
import { activityLines } from './activity-lines.ts'
import { changeActivity, openActivity, readActivity } from './activity-record.ts'
import { topicsOf } from './lines.ts'
import { readVolunteerRules } from './rules.ts'

export { openActivity } from './activity-record.ts'

/** What is told of an activity, but its day. */
export type ActivityFields = {
  name: string
  kind: (typeof activityKinds)[number]
  own: boolean
  starts: string
  ends: string
  place: string
  content: string
  organiser: string
  inCharge: string
  capacity: number | null
  colour: Colour | null
  teamId: number | null
}

/**
 * INVALID `ends` `before-start`, `across-midnight`; `teamId` `inactive` (unless it stood so before), `other-colour`. NOT_FOUND
 * `team`.
 */
export function checkFields(db: Database, fields: ActivityFields, teamBefore: number | null = null): void {
  const crooked = spanProblem(fields.starts, fields.ends)
  if (crooked) invalid('ends', crooked)
  if (fields.teamId === null) return
  const team =
    row<{ colour: Colour; active: 0 | 1 }>(
      db,
      'SELECT colour, active FROM team WHERE id = ?',
      fields.teamId,
    ) ?? fail('NOT_FOUND', { what: 'team' })
  if (!team.active && fields.teamId !== teamBefore) invalid('teamId', 'inactive')
  if (team.colour !== fields.colour) invalid('teamId', 'other-colour')
}

/** The last day for the confirmation, by the rules of today. */
const confirmByOf = (db: Database, day: string) => addWorkingDays(day, readVolunteerRules(db).confirmDays)

export type ActivityMade = {
  day: string
  ticket: string | null
  seriesId: number | null
  /** When it is entered, and by whom. */
  at: string
  today: string
  operatorId: number
}

/** Writes a new activity with its number inside a running act; the caller has checked its fields. */
export function insertActivity(db: WritableDatabase, fields: ActivityFields, made: ActivityMade): number {
  return write(
    db,
    `INSERT INTO activity (number, ticket, name, kind, own, day, starts, ends, place, content, organiser, in_charge, capacity,
       colour, team_id, series_id, confirm_by, operator_id, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    nextNumber(db, 'HD', Number(made.today.slice(0, 4))),
    made.ticket,
    fields.name,
    fields.kind,
    fields.own ? 1 : 0,
    made.day,
    fields.starts,
    fields.ends,
    fields.place,
    fields.content,
    fields.organiser,
    fields.inCharge,
    fields.capacity,
    fields.colour,
    fields.teamId,
    made.seriesId,
    confirmByOf(db, made.day),
    made.operatorId,
    made.at,
  ).id
}

/** What the audit is told of an activity. `name` is a person's there, so it stands under its own word. */
const notedOf = ({ day, ...fields }: ActivityFields & { day: string }) => ({
  activity: fields.name,
  kind: fields.kind,
  own: fields.own,
  day,
  starts: fields.starts,
  ends: fields.ends,
  place: fields.place,
  content: fields.content,
  organiser: fields.organiser,
  inCharge: fields.inCharge,
  capacity: fields.capacity,
  colour: fields.colour,
  teamId: fields.teamId,
})

type Saved = ActivityFields & {
  id: number | null
  version: number | null
  ticket: string | null
  day: string
}

function addActivity(context: Context, { ticket, day, ...fields }: Omit<Saved, 'id' | 'version'>): Activity {
  const { db, clock } = context.desk
  if (ticket === null) return invalid('ticket', 'required')
  const seen = value<number>(db, 'SELECT id FROM activity WHERE ticket = ?', ticket)
  if (seen !== undefined) return openActivity(context, seen)
  const today = todayOf(context)
  const made = {
    day,
    ticket,
    seriesId: null,
    today,
    at: clock().toISOString(),
    operatorId: operatorOf(context).id,
  }
  return act(
    context,
    {
      action: 'volunteer.add-activity',
      subject: ({ id }: Activity) => `activity:${id}`,
      also: () => ['today'],
    },
    (file, note) => {
      checkFields(file, fields)
      const id = insertActivity(file, fields, made)
      note(null, notedOf({ ...fields, day }))
      return readActivity(file, id, today)
    },
  )
}

/** Once a record was ever made its day and kind stay, while records stand its times too: CONFLICT `step`. */
function checkKept(db: Database, before: Activity, after: Saved): void {
  const [kept, fixed] = [
    before.day === after.day && before.kind === after.kind && before.own === after.own,
    before.starts === after.starts && before.ends === after.ends,
  ]
  if (before.records > 0 && !fixed) fail('CONFLICT', { because: 'step' })
  if (!kept && value(db, 'SELECT 1 FROM service_record WHERE activity_id = ? LIMIT 1', before.id)) {
    fail('CONFLICT', { because: 'step' })
  }
}

/**
 * Adds an activity (no id, a ticket: the same ticket again is the same activity) or changes one. INVALID `ends`
 * `before-start`, `across-midnight`; `teamId` `inactive`, `other-colour`; `capacity` `below-sign-ups`; `ticket`, `version`
 * `required`. CONFLICT `changed`, `step`; NOT_FOUND `activity`, `team`.
 */
export function saveActivity(context: Context, input: Saved): Activity {
  const { id, version, ticket, day, ...fields } = input
  if (id === null) return addActivity(context, { ticket, day, ...fields })
  if (version === null) return invalid('version', 'required')
  return changeActivity(
    context,
    { id, version },
    { action: 'volunteer.change-activity' },
    (db, before, note) => {
      checkFields(db, fields, before.team?.id ?? null)
      checkKept(db, before, input)
      if (fields.capacity !== null && fields.capacity < before.signedUp) invalid('capacity', 'below-sign-ups')
      write(
        db,
        `UPDATE activity SET name = ?, kind = ?, own = ?, day = ?, starts = ?, ends = ?, place = ?, content = ?, organiser = ?,
         in_charge = ?, capacity = ?, colour = ?, team_id = ?, confirm_by = ? WHERE id = ?`,
        fields.name,
        fields.kind,
        fields.own ? 1 : 0,
        day,
        fields.starts,
        fields.ends,
        fields.place,
        fields.content,
        fields.organiser,
        fields.inCharge,
        fields.capacity,
        fields.colour,
        fields.teamId,
        // Fixed when the day is set: rules that changed since then do not move it.
        day === before.day ? before.confirmBy : confirmByOf(db, day),
        id,
      )
      note(notedOf({ ...before, teamId: before.team?.id ?? null }), notedOf({ ...fields, day }))
    },
  )
}

/** The later planned ones of its series. */
const laterOnes = (db: Database, { id, day, seriesId }: Activity): number[] =>
  rows<{ id: number }>(
    db,
    `SELECT id FROM activity
     WHERE series_id IS NOT NULL AND series_id = ? AND state = 'planned' AND (day, id) > (?, ?) ORDER BY day, id`,
    seriesId,
    day,
    id,
  ).map((later) => later.id)

/**
 * Cancels an activity, with `rest` the later planned ones of its series too. CONFLICT `in-use` while records stand, `step`
 * when cancelled, `changed`; NOT_FOUND `activity`.
 */
export function cancelActivity(
  context: Context,
  { rest, reason, ...seen }: { id: number; version: number; reason: string; rest: boolean },
): Activity {
  let later: number[] = []
  const also = () => topicsOf('activity', later)
  const what = { action: 'volunteer.cancel-activity', reason, also }
  return changeActivity(context, seen, what, (db, before, note) => {
    if (before.records > 0) fail('CONFLICT', { because: 'in-use' })
    later = rest ? laterOnes(db, before) : []
    const cancel = "UPDATE activity SET state = 'cancelled', cancel_reason = ? WHERE id = ?"
    write(db, cancel, reason, seen.id)
    for (const id of later) {
      write(db, cancel, reason, id)
      write(db, 'UPDATE activity SET version = version + 1 WHERE id = ?', id)
    }
    note({ state: before.state }, { state: 'cancelled', ...(rest && { rest: later }) })
  })
}

/** The files of an activity as a whole. CONFLICT `changed`, `step` when cancelled; NOT_FOUND `activity`, `file`. */
export function setActivityFiles(
  context: Context,
  { fileIds, ...seen }: { id: number; version: number; fileIds: number[] },
): Activity {
  return changeActivity(context, seen, { action: 'volunteer.activity-files' }, (db, before, note) => {
    checkFiles(db, fileIds)
    write(db, 'DELETE FROM activity_file WHERE activity_id = ?', seen.id)
    for (const fileId of new Set(fileIds)) {
      write(db, 'INSERT INTO activity_file (activity_id, file_id) VALUES (?, ?)', seen.id, fileId)
    }
    note({ fileIds: before.files.map(({ id }) => id) }, { fileIds })
  })
}

/** INVALID `day` `before-activity`; CONFLICT `step` with its id for one without confirmed records, or with unconfirmed ones. */
function checkNational(line: ActivityLine, day: string): void {
  if (day < line.day) invalid('day', 'before-activity')
  if (line.unconfirmed > 0 || line.records === 0) fail('CONFLICT', { because: 'step', current: line.id })
}

/**
 * Marks activities as entered in the national system on a day (令67号 Art 4), or with null takes the mark back. INVALID `day`
 * `future`, `before-activity`; CONFLICT `step` (current = the id); NOT_FOUND `activity`.
 */
export function markNational(
  context: Context,
  input: { activityIds: number[]; day: string | null },
): ActivityLine[] {
  const today = todayOf(context)
  const { day } = input
  if (day !== null && day > today) invalid('day', 'future')
  const ids = [...new Set(input.activityIds)]
  const [subject = '', ...others] = topicsOf('activity', ids)
  const also = () => ['today', ...others]
  return act(context, { action: 'volunteer.mark-national', subject, also }, (db, note) => {
    const lines = activityLines(db, ids, today)
    if (lines.length < ids.length) fail('NOT_FOUND', { what: 'activity' })
    if (day !== null) for (const line of lines) checkNational(line, day)
    for (const id of ids) {
      write(db, 'UPDATE activity SET national_day = ?, version = version + 1 WHERE id = ?', day, id)
    }
    note(null, { activityIds: ids, nationalDay: day })
    return activityLines(db, ids, today)
  })
}
