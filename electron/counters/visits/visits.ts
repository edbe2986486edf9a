import type { Visit } from '../../contract/visit-records.ts'
import { row, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { localDay } from '../../workbench/calendar.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { settleAway } from '../people/household-away.ts'
import { readHousehold } from '../people/households.ts'
import { survivor } from '../people/lines.ts'
import { insertNeed, raisedTopics, type NewNeed, type Raised } from './needs.ts'
import { readVisit } from './read-visits.ts'
import { roundsWith, stopsOf } from './stops.ts'
import { checkAway, checkFields, type VisitFields } from './visit-checks.ts'

export type { VisitFields }

/** A new visit as the screen sends it. */
export type NewVisit = VisitFields & {
  ticket: string
  householdId: number
  roundId: number | null
  needs: NewNeed[]
  photoIds: number[]
  again: boolean
}

function writePeople(db: WritableDatabase, id: number, { visitorIds, metIds, themes }: VisitFields): void {
  for (const visitorId of new Set(visitorIds)) {
    write(db, 'INSERT INTO visit_visitor (visit_id, visitor_id) VALUES (?, ?)', id, visitorId)
  }
  for (const personId of new Set(metIds.map((met) => survivor(db, met)))) {
    write(db, 'INSERT INTO visit_met_person (visit_id, person_id) VALUES (?, ?)', id, personId)
  }
  for (const { theme, text } of themes) {
    write(db, 'INSERT INTO visit_theme (visit_id, theme, text) VALUES (?, ?, ?)', id, theme, text)
  }
}

/** Photos that wait become this visit's; NOT_FOUND `photo` for one that is none, or another visit's meanwhile. */
function takeOver(db: WritableDatabase, id: number, photoIds: number[]): void {
  for (const photoId of new Set(photoIds)) {
    const { changes } = write(
      db,
      'UPDATE visit_photo SET visit_id = ? WHERE id = ? AND visit_id IS NULL',
      id,
      photoId,
    )
    if (changes === 0) fail('NOT_FOUND', { what: 'photo' })
  }
}

const visitOfTicket = (db: Database, ticket: string) =>
  value<number>(db, 'SELECT id FROM visit WHERE ticket = ?', ticket)

/** A visit as the audit has it: what was said never enters. */
const noted = (visit: Visit) => ({
  householdId: visit.householdId,
  day: visit.day,
  time: visit.time,
  outcome: visit.outcome,
  visitorIds: visit.visitors.map(({ id }) => id),
  metIds: visit.met.map(({ id }) => id),
  metOthers: visit.metOthers,
  situation: visit.themes,
  note: visit.note,
  followUpDay: visit.followUpDay,
  version: visit.version,
})

type Made = { id: number; householdId: number; raised: Raised[] }

/** Writes the row of a visit with the grid that its door lies in now. */
function insertVisit(
  db: WritableDatabase,
  visit: NewVisit & { gridId: number | null; operatorId: number; at: string },
): number {
  return write(
    db,
    `INSERT INTO visit (ticket, household_id, grid_id, day, time, outcome, met_others, note, follow_up_day, round_id,
       operator_id, entered_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    visit.ticket,
    visit.householdId,
    visit.gridId,
    visit.day,
    visit.time,
    visit.outcome,
    visit.metOthers,
    visit.note,
    visit.followUpDay,
    visit.roundId,
    visit.operatorId,
    visit.at,
  ).id
}

/** NOT_FOUND `round`; INVALID `roundId` `not-on-round`: its paper has no row for this door. */
function checkRound(db: Database, roundId: number | null, householdId: number): void {
  if (roundId === null) return
  if (!value(db, 'SELECT 1 FROM visit_round WHERE id = ?', roundId)) fail('NOT_FOUND', { what: 'round' })
  const doors = stopsOf(db, [roundId]).get(roundId) ?? []
  if (!doors.some((door) => door.householdId === householdId)) invalid('roundId', 'not-on-round')
}

/** Its own round, and every other one in whose rows a visit of this door and day shows. */
const roundTopics = (db: Database, householdId: number, day: string, roundId: number | null): string[] =>
  [...new Set([...(roundId === null ? [] : [roundId]), ...roundsWith(db, householdId, day)])].map(
    (id) => `round:${id}`,
  )

/** Another knock at this door on the same day, unless that is what was meant. */
function checkDuplicate(context: Context, { day, again }: NewVisit, householdId: number): void {
  if (again) return
  const standing = row<{ id: number }>(
    context.desk.db,
    'SELECT id FROM visit WHERE household_id = ? AND day = ? AND voided = 0 ORDER BY id DESC LIMIT 1',
    householdId,
    day,
  )
  if (standing) fail('CONFLICT', { because: 'duplicate', current: readVisit(context, standing.id) })
}

/**
 * Writes a visit with its people, what they said, needs as numbered enquiries, photos, and whether the door still counts:
 * one act. A ticket that was seen before gives the visit it became; a merged household's goes to the one it became. The
 * contract names the errors.
 */
export function addVisit(context: Context, input: NewVisit): Visit {
  const { desk } = context
  const now = desk.clock()
  const by = { now, operatorId: operatorOf(context).id }
  const at = now.toISOString()
  const seen = visitOfTicket(desk.db, input.ticket)
  if (seen !== undefined) return readVisit(context, seen)

  const { id } = act<Made>(
    context,
    {
      action: 'visit.add',
      subject: (made) => `visit:${made.id}`,
      also: ({ householdId, raised }) => [
        `household:${householdId}`,
        ...raisedTopics(raised),
        ...roundTopics(desk.db, householdId, input.day, input.roundId),
        ...(input.photoIds.length > 0 ? ['visit-photo'] : []),
        'today',
      ],
    },
    (db, note) => {
      const { id: householdId, gridId } = readHousehold(db, input.householdId)
      checkRound(db, input.roundId, householdId)
      checkFields(db, input, householdId, localDay(now))
      checkAway(db, input, householdId)
      checkDuplicate(context, input, householdId)
      const made = insertVisit(db, { ...input, householdId, gridId, operatorId: by.operatorId, at })
      writePeople(db, made, input)
      takeOver(db, made, input.photoIds)
      settleAway(db, householdId)
      const visit = { id: made, householdId }
      const raised = input.needs.map((need) => insertNeed(db, visit, need, by)).filter((one) => one !== null)
      note(null, {
        ...noted(readVisit(context, made)),
        roundId: input.roundId,
        needs: input.needs.length,
        enquiries: raised.map(({ enquiryId, noted }) => ({ enquiryId, ...noted })),
        photos: input.photoIds.length,
      })
      return { ...visit, raised }
    },
  )
  return readVisit(context, id)
}

/** The visit about to be changed; CONFLICT `changed` when another screen saved first, `step` when it is void. */
function currentVisit(context: Context, id: number, version: number | null): Visit {
  const current = readVisit(context, id)
  if (current.voided) fail('CONFLICT', { because: 'step', current })
  if (version !== null && current.version !== version) fail('CONFLICT', { because: 'changed', current })
  return current
}

const topicsOf = (db: Database, { householdId, round, day }: Visit) => [
  `household:${householdId}`,
  ...roundTopics(db, householdId, day, round?.id ?? null),
  'today',
]

/** Corrects a visit; its needs and photos stay. What it said of who lives there is as if it had been so from the first. */
export function changeVisit(
  context: Context,
  { id, version, ...fields }: VisitFields & { id: number; version: number },
): Visit {
  const { desk } = context
  const now = desk.clock()
  act(
    context,
    {
      action: 'visit.change',
      subject: `visit:${id}`,
      also: (both: Visit[]) => [...new Set(both.flatMap((visit) => topicsOf(desk.db, visit)))],
    },
    (db, note) => {
      const before = currentVisit(context, id, version)
      const { householdId } = before
      checkFields(db, fields, householdId, localDay(now), before)
      write(
        db,
        `UPDATE visit SET day = ?, time = ?, outcome = ?, met_others = ?, note = ?, follow_up_day = ?,
           version = version + 1 WHERE id = ?`,
        fields.day,
        fields.time,
        fields.outcome,
        fields.metOthers,
        fields.note,
        fields.followUpDay,
        id,
      )
      for (const table of ['visit_visitor', 'visit_met_person', 'visit_theme']) {
        write(db, `DELETE FROM ${table} WHERE visit_id = ?`, id)
      }
      writePeople(db, id, fields)
      const another = fields.outcome !== before.outcome || fields.day !== before.day
      if (another || fields.note !== before.note) settleAway(db, householdId)
      if (another) checkAway(db, fields, householdId)
      const after = readVisit(context, id)
      note(noted(before), noted(after))
      return [before, after]
    },
  )
  return readVisit(context, id)
}

/**
 * Crosses a visit out: it stays and counts no more; what it said of who lives there is taken back, and its photos wait again
 * for the visit that they really are of. CONFLICT `step` when void.
 */
export function voidVisit(context: Context, { id, reason }: { id: number; reason: string }): Visit {
  const at = context.desk.clock().toISOString()
  const operatorId = operatorOf(context).id
  act(
    context,
    {
      action: 'visit.void',
      subject: `visit:${id}`,
      reason,
      also: (before: Visit) => [
        ...topicsOf(context.desk.db, before),
        ...(before.photos.length > 0 ? ['visit-photo'] : []),
      ],
    },
    (db, note) => {
      const before = currentVisit(context, id, null)
      write(db, 'UPDATE visit SET voided = 1, version = version + 1 WHERE id = ?', id)
      write(
        db,
        'INSERT INTO visit_void (visit_id, at, reason, operator_id) VALUES (?, ?, ?, ?)',
        id,
        at,
        reason,
        operatorId,
      )
      write(db, 'UPDATE visit_photo SET visit_id = NULL WHERE visit_id = ?', id)
      settleAway(db, before.householdId)
      const freed = before.photos.length
      note({ void: false }, { void: true, ...(freed > 0 && { photos: freed }) })
      return before
    },
  )
  return readVisit(context, id)
}
