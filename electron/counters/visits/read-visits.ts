import { themes, type HouseholdVisits, type Need, type Visit } from '../../contract/visit-records.ts'
import type { Outcome } from '../../contract/visit-rounds.ts'
import type { EnquiryState } from '../../contract/enquiries.ts'
import type { Attachment } from '../../contract/files.ts'
import { row, rows, type Database } from '../../database/open.ts'
import { localDay } from '../../workbench/calendar.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { nowOf, shownLimit, type Now } from '../enquiries/limits.ts'
import { membersOf, readHousehold } from '../people/households.ts'
import { doorText, nameNow, survivor } from '../people/lines.ts'
import { todayOf } from '../people/record.ts'
import { readDoors } from './doors.ts'

type Row = {
  id: number
  householdId: number
  estate: string
  building: string
  unit: string
  number: string
  day: string
  time: string | null
  outcome: Outcome
  metOthers: string
  note: string
  followUpDay: string | null
  roundId: number | null
  roundNumber: string | null
  operator: string
  enteredAt: string
  version: number
  voidedAt: string | null
  voidedReason: string
  voidedBy: string
}

const visitSql = `SELECT v.id, v.household_id AS householdId, h.estate, h.building, h.unit, h.number, v.day, v.time,
    v.outcome, v.met_others AS metOthers, v.note, v.follow_up_day AS followUpDay, v.round_id AS roundId,
    r.number AS roundNumber, o.name AS operator, v.entered_at AS enteredAt, v.version,
    w.at AS voidedAt, w.reason AS voidedReason, wo.name AS voidedBy
  FROM json_each(?) AS wanted
  CROSS JOIN visit v ON v.id = wanted.value
  CROSS JOIN household h ON h.id = v.household_id
  CROSS JOIN operator o ON o.id = v.operator_id
  LEFT JOIN visit_round r ON r.id = v.round_id
  LEFT JOIN visit_void w ON w.visit_id = v.id
  LEFT JOIN operator wo ON wo.id = w.operator_id
  ORDER BY wanted.key`

type OfVisit = { visitId: number }

/** Rows of one of a visit's tables, by visit; without the key that sorted them. */
function byVisit<Found extends OfVisit>(found: Found[]): (visitId: number) => Omit<Found, 'visitId'>[] {
  const sorted = Map.groupBy(found, ({ visitId }) => visitId)
  return (visitId) => (sorted.get(visitId) ?? []).map(({ visitId: _, ...rest }) => rest)
}

type NeedRow = OfVisit & {
  id: number
  theme: Need['theme']
  text: string
  enquiryId: number | null
  number: string
  state: EnquiryState
  answer: string
  dueAt: string
  answerDueAt: string
  waiting: 0 | 1
}

const needColumns = `n.visit_id AS visitId, n.id, n.theme, n.text, n.enquiry_id AS enquiryId, e.number, e.state,
  e.answer, e.due_at AS dueAt, e.answer_due_at AS answerDueAt, e.waiting`

function toNeed({ id, theme, text, enquiryId, ...of }: Omit<NeedRow, 'visitId'>, now: Now): Need {
  if (enquiryId === null) return { id, theme, text, enquiry: null }
  const { number, state, answer } = of
  const { dueDay } = shownLimit({ ...of, waiting: of.waiting === 1 }, now)
  return { id, theme, text, enquiry: { id: enquiryId, number, state, answer, dueDay } }
}

/** Whom somebody met, under the record that stands for them now, each once. */
function metOf(db: Database, ids: string) {
  const found = rows<OfVisit & { id: number; name: string; merged: 0 | 1 }>(
    db,
    `SELECT m.visit_id AS visitId, p.id, ${nameNow('p')} AS name, p.merged_into IS NOT NULL AS merged
     FROM json_each(?) AS wanted CROSS JOIN visit_met_person m ON m.visit_id = wanted.value
     CROSS JOIN person p ON p.id = m.person_id ORDER BY p.id`,
    ids,
  ).map(({ visitId, id, name, merged }) => ({ visitId, id: merged ? survivor(db, id)! : id, name }))
  return found.filter(
    (one, index) =>
      found.findIndex((other) => other.visitId === one.visitId && other.id === one.id) === index,
  )
}

type PhotoRow = OfVisit &
  Omit<Attachment, 'id'> & {
    id: number
    fileId: number
    takenAt: string | null
    mark: '' | 'id-card' | 'child'
  }

const photosOf = (db: Database, ids: string) =>
  rows<PhotoRow>(
    db,
    `SELECT p.visit_id AS visitId, p.id, p.taken_at AS takenAt, p.mark, f.id AS fileId, f.name, f.kind, f.bytes,
       f.width, f.height
     FROM json_each(?) AS wanted CROSS JOIN visit_photo p ON p.visit_id = wanted.value
     CROSS JOIN file f ON f.id = p.file_id ORDER BY p.taken_at IS NULL, p.taken_at, p.id`,
    ids,
  )

/** These visits in the order of `ids`; unknown ids are left out. */
export function readVisits(db: Database, ids: readonly number[], now: Now): Visit[] {
  if (ids.length === 0) return []
  const wanted = JSON.stringify(ids)
  const visitors = byVisit(
    rows<OfVisit & { id: number; name: string }>(
      db,
      `SELECT w.visit_id AS visitId, v.id, v.name FROM json_each(?) AS wanted
       CROSS JOIN visit_visitor w ON w.visit_id = wanted.value CROSS JOIN visitor v ON v.id = w.visitor_id
       ORDER BY v.id`,
      wanted,
    ),
  )
  const met = byVisit(metOf(db, wanted))
  const said = byVisit(
    rows<OfVisit & Visit['themes'][number]>(
      db,
      `SELECT t.visit_id AS visitId, t.theme, t.text FROM json_each(?) AS wanted
       CROSS JOIN visit_theme t ON t.visit_id = wanted.value`,
      wanted,
    ),
  )
  const needs = byVisit(
    rows<NeedRow>(
      db,
      `SELECT ${needColumns} FROM json_each(?) AS wanted CROSS JOIN visit_need n ON n.visit_id = wanted.value
       LEFT JOIN enquiry e ON e.id = n.enquiry_id ORDER BY n.id`,
      wanted,
    ),
  )
  const photos = Map.groupBy(photosOf(db, wanted), ({ visitId }) => visitId)
  return rows<Row>(db, visitSql, wanted).map((found) => ({
    id: found.id,
    householdId: found.householdId,
    door: doorText(found),
    day: found.day,
    time: found.time,
    outcome: found.outcome,
    visitors: visitors(found.id),
    met: met(found.id),
    metOthers: found.metOthers,
    themes: said(found.id).sort((one, other) => themes.indexOf(one.theme) - themes.indexOf(other.theme)),
    note: found.note,
    needs: needs(found.id).map((need) => toNeed(need, now)),
    followUpDay: found.followUpDay,
    photos: (photos.get(found.id) ?? []).map(({ id, visitId, fileId, takenAt, mark, ...file }) => ({
      id,
      file: { ...file, id: fileId },
      takenAt,
      mark,
      visitId,
    })),
    round: found.roundId === null ? null : { id: found.roundId, number: found.roundNumber! },
    operator: found.operator,
    enteredAt: found.enteredAt,
    late: localDay(new Date(found.enteredAt)) > found.day,
    voided:
      found.voidedAt === null
        ? null
        : { at: found.voidedAt, reason: found.voidedReason, operator: found.voidedBy },
    version: found.version,
  }))
}

/** One visit; NOT_FOUND `visit` without it. */
export function readVisit({ desk }: Pick<Context, 'desk'>, id: number): Visit {
  return readVisits(desk.db, [id], nowOf(desk))[0] ?? fail('NOT_FOUND', { what: 'visit' })
}

type Away = NonNullable<HouseholdVisits['away']>

/** Why a household is out of the count now; null while it counts. */
export function awayOf(db: Database, householdId: number): Away | null {
  return (
    row<Away>(
      db,
      `SELECT a.kind, a.reason, a.from_day AS fromDay, o.name AS operator
       FROM household_away a JOIN operator o ON o.id = a.operator_id WHERE a.household_id = ? AND a.until_day IS NULL`,
      householdId,
    ) ?? null
  )
}

/** What is told at the door first: what is still open, and what has ended since somebody was last met there. */
function openNeedsOf(
  db: Database,
  householdId: number,
  lastMetDay: string | null,
  now: Now,
): HouseholdVisits['openNeeds'] {
  return rows<NeedRow & { day: string }>(
    db,
    `SELECT v.day, ${needColumns} FROM visit v CROSS JOIN visit_need n ON n.visit_id = v.id
     LEFT JOIN enquiry e ON e.id = n.enquiry_id
     WHERE v.household_id = ? AND v.voided = 0 AND (n.enquiry_id IS NULL OR e.open = 1 OR e.closed_day >= ?)
     ORDER BY v.day DESC, n.id DESC LIMIT 100`,
    householdId,
    lastMetDay ?? '',
  ).map(({ visitId, day, ...need }) => ({ ...toNeed(need, now), visitId, day }))
}

type Asked = { id: number; before?: string | undefined; limit: number }

/** The place after which the list goes on: day and id of the last visit seen. */
function placeOf(before: string | undefined): [string, number] {
  const [, day, id] = /^(\d{4}-\d{2}-\d{2}) (\d{1,15})$/.exec(before ?? '') ?? []
  return day === undefined ? ['9999-12-31', Number.MAX_SAFE_INTEGER] : [day, Number(id)]
}

/** A household as the visitor sees it, its visits newest first; a merged one gives the one it became. */
export function readHouseholdVisits(context: Context, { id, before, limit }: Asked): HouseholdVisits {
  const { db } = context.desk
  const now = nowOf(context.desk)
  const today = todayOf(context)
  const household = readHousehold(db, id)
  const { lastMetDay, dueDay, followUpDay } = readDoors(db, today, [household.id])[0]!
  const found = rows<{ id: number; day: string }>(
    db,
    `SELECT id, day FROM visit WHERE household_id = ? AND (day, id) < (?, ?) ORDER BY day DESC, id DESC LIMIT ?`,
    household.id,
    ...placeOf(before),
    limit + 1,
  )
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  const ids = shown.map((visit) => visit.id)
  return {
    household,
    members: membersOf(db, household.id, today),
    away: awayOf(db, household.id),
    lastMetDay,
    dueDay,
    followUpDay,
    openNeeds: openNeedsOf(db, household.id, lastMetDay, now),
    visits: readVisits(db, ids, now),
    next: last && found.length > limit ? `${last.day} ${last.id}` : null,
  }
}

/** Visits of a day to choose one from, in the order of the clock, those without a time last. */
export function visitsOfDay(
  db: Database,
  day: string,
): Pick<Visit, 'id' | 'householdId' | 'door' | 'time' | 'outcome' | 'visitors'>[] {
  const now = { at: '', today: day, soonDays: 0 }
  const ids = rows<{ id: number }>(
    db,
    'SELECT id FROM visit WHERE day = ? AND voided = 0 ORDER BY time IS NULL, time, id LIMIT 500',
    day,
  ).map(({ id }) => id)
  return readVisits(db, ids, now).map(({ id, householdId, door, time, outcome, visitors }) => ({
    ...{ id, householdId, door, time, outcome, visitors },
  }))
}
