import type { Attachment } from '../../contract/files.ts'
import type { Incident } from '../../contract/noon-reports.ts'
import { row, rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { localDay } from '../../workbench/calendar.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import { checkFiles } from '../../workbench/files.ts'
import { nextNumber } from '../../workbench/numbering.ts'
import type { Context } from '../../workbench/workbench.ts'
import { mustSeeChild, mustSeeGroup, ownGroups } from './access.ts'

/** A screen's clock may run ahead of the desk's by so many milliseconds. */
const slack = 60_000

type Row = Omit<Incident, 'called' | 'files' | 'signedOff'> & {
  called: string
  signedAt: string | null
  signedBy: string | null
  signedText: string | null
}

const incidentSql = `
  SELECT i.id, i.number, i.child_id AS childId, p.name AS child, i.group_id AS groupId, g.name AS "group", i.follows,
    i.kind, i.happened_at AS happenedAt, i.day, i.what, i.measures, i.called, i.at, o.name AS operator,
    s.at AS signedAt, so.name AS signedBy, s.text AS signedText
  FROM incident i
  JOIN operator o ON o.id = i.operator_id
  LEFT JOIN child c ON c.id = i.child_id LEFT JOIN person p ON p.id = c.person_id
  LEFT JOIN class_group g ON g.id = i.group_id
  LEFT JOIN incident_sign_off s ON s.incident_id = i.id LEFT JOIN operator so ON so.id = s.operator_id`

/** Photos and PDFs of these incidents, by incident. */
function filesOf(db: Database, ids: number[]): Map<number, Attachment[]> {
  const found = rows<Attachment & { incidentId: number }>(
    db,
    `SELECT a.incident_id AS incidentId, f.id, f.name, f.kind, f.bytes, f.width, f.height
     FROM incident_file a JOIN file f ON f.id = a.file_id
     WHERE a.incident_id IN (SELECT value FROM json_each(?)) ORDER BY f.id`,
    JSON.stringify(ids),
  )
  const byIncident = new Map<number, Attachment[]>()
  for (const { incidentId, ...file } of found) {
    const list = byIncident.get(incidentId)
    if (list) list.push(file)
    else byIncident.set(incidentId, [file])
  }
  return byIncident
}

function asIncidents(db: Database, found: Row[]): Incident[] {
  const files = filesOf(
    db,
    found.map(({ id }) => id),
  )
  return found.map(({ called, signedAt, signedBy, signedText, ...rest }) => ({
    ...rest,
    called: JSON.parse(called) as Incident['called'],
    files: files.get(rest.id) ?? [],
    signedOff: signedAt === null ? null : { at: signedAt, operator: signedBy ?? '', text: signedText ?? '' },
  }))
}

function readIncident(db: Database, id: number): Incident {
  const found = row<Row>(db, `${incidentSql} WHERE i.id = ?`, id) ?? fail('NOT_FOUND', { what: 'incident' })
  return asIncidents(db, [found])[0]!
}

/**
 * Which first incidents `i` the caller may see, in SQL with its parameters: a teacher those of their groups, of children
 * of their groups where no group is named, and what they wrote themselves.
 */
export function seenIncidents(context: Context): { where: string; parameters: unknown[] } {
  const own = ownGroups(context)
  if (own === null) return { where: '1', parameters: [] }
  const groups = JSON.stringify([...own])
  return {
    where: `(i.operator_id = ? OR i.group_id IN (SELECT value FROM json_each(?))
      OR i.group_id IS NULL AND i.child_id IN
        (SELECT child_id FROM enrolment WHERE group_id IN (SELECT value FROM json_each(?))))`,
    parameters: [operatorOf(context).id, groups, groups],
  }
}

/** Incidents that happened in these days, newest first, each followed by what was added to it later. */
export function listIncidents(
  context: Context,
  { from, to, childId }: { from: string; to: string; childId: number | null },
): Incident[] {
  const { db } = context.desk
  if (to < from) invalid('to', 'before-from')
  if (childId !== null) mustSeeChild(context, childId)
  const seen = seenIncidents(context)
  return asIncidents(
    db,
    rows<Row>(
      db,
      `WITH first AS (
         SELECT i.id FROM incident i WHERE i.follows IS NULL AND i.day BETWEEN ? AND ? AND ${seen.where}
           AND (? IS NULL OR i.child_id = ? OR EXISTS
             (SELECT 1 FROM incident a WHERE a.follows = i.id AND a.child_id = ?)))
       ${incidentSql}
       WHERE i.id IN (SELECT id FROM first) OR i.follows IN (SELECT id FROM first)
       ORDER BY coalesce(i.follows, i.id) DESC, i.id`,
      from,
      to,
      ...seen.parameters,
      childId,
      childId,
      childId,
    ),
  )
}

/** All incidents of a child with what was added to them, oldest first: for the copy of its record. */
export function incidentsOfChild(db: Database, childId: number): Incident[] {
  return asIncidents(
    db,
    rows<Row>(db, `${incidentSql} WHERE i.child_id = ? ORDER BY coalesce(i.follows, i.id), i.id`, childId),
  )
}

type First = { id: number; childId: number | null; groupId: number | null }

/** The incident that this one adds to: what adds to an addition adds to the first. NOT_FOUND when the caller may not see it. */
function firstOf(context: Context, id: number): First {
  const seen = seenIncidents(context)
  return (
    row<First>(
      context.desk.db,
      `SELECT i.id, i.child_id AS childId, i.group_id AS groupId FROM incident i
       WHERE i.id = (SELECT coalesce(follows, id) FROM incident WHERE id = ?) AND ${seen.where}`,
      id,
      ...seen.parameters,
    ) ?? fail('NOT_FOUND', { what: 'incident' })
  )
}

/** The group of a child on a day; null when it was in none. */
const groupOn = (db: Database, childId: number, day: string): number | null =>
  value<number>(
    db,
    `SELECT group_id FROM enrolment WHERE child_id = ? AND from_day <= ? AND (left_day IS NULL OR left_day > ?)
     ORDER BY from_day DESC, id DESC LIMIT 1`,
    childId,
    day,
    day,
  ) ?? null

type Report = Pick<
  Incident,
  'childId' | 'groupId' | 'follows' | 'kind' | 'happenedAt' | 'what' | 'measures' | 'called'
> & { fileIds: number[] }

/** Whom and where it is about: an addition is about the first one's child unless it names another. */
function placeOf(context: Context, input: Report, first: First | null, day: string) {
  const { db } = context.desk
  const childId = input.childId ?? first?.childId ?? null
  if (input.childId !== null) mustSeeChild(context, input.childId)
  if (input.groupId !== null) mustSeeGroup(context, input.groupId)
  const ofChild = childId === null ? null : groupOn(db, childId, day)
  // A child of another group is not this group's incident.
  if (input.groupId !== null && ofChild !== null && ofChild !== input.groupId) invalid('groupId', 'outside')
  return { childId, groupId: input.groupId ?? ofChild ?? first?.groupId ?? null }
}

/**
 * Writes down what happened. It stays as it was written: more, or a correction, is another one that `follows` the first,
 * also after that was signed off. INVALID `happenedAt` `future`, `groupId` `outside` for a child of another group;
 * NOT_FOUND `child`, `group`, `incident`, `file`.
 */
export function reportIncident(context: Context, input: Report): Incident {
  const operator = operatorOf(context)
  const now = context.desk.clock()
  if (Date.parse(input.happenedAt) > now.getTime() + slack) invalid('happenedAt', 'future')
  const day = localDay(new Date(input.happenedAt))
  return act(
    context,
    { action: 'incident.report', subject: (made: Incident) => `incident:${made.id}` },
    (db, note) => {
      const first = input.follows === null ? null : firstOf(context, input.follows)
      const { childId, groupId } = placeOf(context, input, first, day)
      const { kind, happenedAt, what, measures } = input
      // Called twice is called.
      const called = [...new Set(input.called)]
      const { id } = write(
        db,
        `INSERT INTO incident (number, child_id, group_id, follows, kind, happened_at, day, what, measures, called, at,
           operator_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        nextNumber(db, 'SJ', Number(localDay(now).slice(0, 4))),
        childId,
        groupId,
        first?.id ?? null,
        kind,
        happenedAt,
        day,
        what,
        measures,
        JSON.stringify(called),
        now.toISOString(),
        operator.id,
      )
      fasten(db, id, input.fileIds)
      // Its kind may be an illness: that is no word for the audit (PIPL 28).
      const files = input.fileIds.length
      note(null, { childId, groupId, follows: first?.id ?? null, happenedAt, what, measures, called, files })
      return readIncident(db, id)
    },
  )
}

function fasten(db: WritableDatabase, incidentId: number, fileIds: number[]): void {
  if (fileIds.length === 0) return
  checkFiles(db, fileIds)
  for (const fileId of new Set(fileIds)) {
    write(db, 'INSERT INTO incident_file (incident_id, file_id) VALUES (?, ?)', incidentId, fileId)
  }
}

/** The manager has seen it and what was done. CONFLICT `step` when it is signed off already. */
export function signOffIncident(context: Context, { id, text }: { id: number; text: string }): Incident {
  const operator = operatorOf(context)
  return act(context, { action: 'incident.sign-off', subject: `incident:${id}` }, (db, note) => {
    const current = readIncident(db, id)
    if (current.signedOff) fail('CONFLICT', { because: 'step', current })
    write(
      db,
      'INSERT INTO incident_sign_off (incident_id, at, text, operator_id) VALUES (?, ?, ?, ?)',
      id,
      context.desk.clock().toISOString(),
      text,
      operator.id,
    )
    note({ signedOff: false }, { signedOff: true, text })
    return readIncident(db, id)
  })
}
