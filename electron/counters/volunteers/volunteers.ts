import type { Volunteer } from '../../contract/volunteer-people.ts'
import { row, rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act, type Noted } from '../../workbench/act.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import { nextNumber } from '../../workbench/numbering.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readRecord } from '../people/fields.ts'
import { survivor } from '../people/lines.ts'
import { todayOf } from '../people/record.ts'
import { topicsOf, volunteerLine } from './lines.ts'
import { personsBehind, type VolunteerPerson } from './same-person.ts'
import { readVolunteer, volunteerOf } from './volunteer-record.ts'

type Fields = Pick<
  Volunteer,
  'joinedDay' | 'nationalNumber' | 'nationalDay' | 'skills' | 'serviceKinds' | 'partyMember' | 'note'
>

const writtenOf = ({ skills, serviceKinds, ...fields }: Fields) => [
  fields.joinedDay,
  fields.nationalNumber,
  fields.nationalDay,
  JSON.stringify([...new Set(skills)]),
  JSON.stringify([...new Set(serviceKinds)]),
  fields.partyMember ? 1 : 0,
  fields.note,
]

/** What the audit is told; it leaves out the values of what is personal. */
const notedOf = (fields: Fields) => ({
  joinedDay: fields.joinedDay,
  nationalNumber: fields.nationalNumber,
  nationalDay: fields.nationalDay,
  skills: fields.skills,
  serviceKinds: fields.serviceKinds,
  partyMember: fields.partyMember,
  note: fields.note,
})

/** INVALID `joinedDay` `future`, `before-birth`; `nationalDay` `future`. */
function checkDays({ joinedDay, nationalDay }: Fields, birth: string | null, today: string): void {
  if (joinedDay > today) invalid('joinedDay', 'future')
  if (birth !== null && joinedDay < birth) invalid('joinedDay', 'before-birth')
  if (nationalDay !== null && nationalDay > today) invalid('nationalDay', 'future')
}

function enterTeams(db: WritableDatabase, id: number, teamIds: readonly number[], fromDay: string): void {
  teamIds.forEach((teamId, nth) => {
    const active = value<0 | 1>(db, 'SELECT active FROM team WHERE id = ?', teamId)
    if (active === undefined) fail('NOT_FOUND', { what: 'team' })
    if (!active) invalid(`teamIds.${nth}`, 'inactive')
  })
  for (const teamId of new Set(teamIds)) {
    write(
      db,
      'INSERT INTO team_member (team_id, volunteer_id, from_day) VALUES (?, ?, ?)',
      teamId,
      id,
      fromDay,
    )
  }
}

/**
 * Makes a volunteer of a person, with a number that is never the ID number. CONFLICT `duplicate` with the line of the one
 * that they are; NOT_FOUND `person`, `team`; INVALID `joinedDay` `future`, `before-birth`, `nationalDay` `future`, `personId`
 * `departed` for one who is dead, `teamIds.N` `inactive`.
 */
export function registerVolunteer(
  context: Context,
  { personId, teamIds, ...fields }: Fields & { personId: number; teamIds: number[] },
): Volunteer {
  const today = todayOf(context)
  return act(
    context,
    {
      action: 'volunteer.register',
      subject: (made: Volunteer) => `volunteer:${made.id}`,
      also: () => ['today', ...(teamIds.length > 0 ? ['volunteer-setup'] : [])],
    },
    (db, note) => {
      const kept = survivor(db, personId) ?? fail('NOT_FOUND', { what: 'person' })
      const stands = volunteerOf(db, kept)
      if (stands !== null) {
        fail('CONFLICT', { because: 'duplicate', current: volunteerLine(db, stands, today) })
      }
      const { birth, departure } = readRecord(db, kept)!
      if (departure === 'dead') invalid('personId', 'departed')
      checkDays(fields, birth, today)
      const { id } = write(
        db,
        `INSERT INTO volunteer (joined_day, national_number, national_day, skills, service_kinds, party_member, note,
           person_id, number, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...writtenOf(fields),
        kept,
        nextNumber(db, 'ZY', Number(today.slice(0, 4))),
        context.desk.clock().toISOString(),
      )
      enterTeams(db, id, teamIds, fields.joinedDay)
      note(null, { personId: kept, ...notedOf(fields), teamIds })
      return readVolunteer(db, id, today)
    },
  )
}

/** A volunteer as the caller last saw it. */
type Seen = { id: number; version: number }
type What = { action: string; reason?: string; also?: () => string[] }

/** One change of a volunteer's record: NOT_FOUND `volunteer`; CONFLICT `changed` with what stands now. */
function changeRecord(
  context: Context,
  { id, version }: Seen,
  what: What,
  change: (db: WritableDatabase, before: Volunteer, note: Noted) => void,
): Volunteer {
  const today = todayOf(context)
  const also = () => ['today', ...(what.also?.() ?? [])]
  return act(context, { ...what, subject: `volunteer:${id}`, also }, (db, note) => {
    const before = readVolunteer(db, id, today)
    if (before.version !== version) fail('CONFLICT', { because: 'changed', current: before })
    change(db, before, note)
    write(db, 'UPDATE volunteer SET version = version + 1 WHERE id = ?', id)
    return readVolunteer(db, id, today)
  })
}

/** The first and the last day with a standing record, of any kind. */
const servedDays = (db: Database, id: number) =>
  row<{ first: string | null; last: string | null }>(
    db,
    `SELECT min(day) AS first, max(day) AS last FROM service_record
     WHERE volunteer_id = ? AND reversed = 0 AND reverses IS NULL`,
    id,
  )!

/**
 * Saves changes. CONFLICT `changed`; NOT_FOUND `volunteer`; INVALID `joinedDay` `future`, `before-birth`, `after-record`,
 * `after-leaving`, `nationalDay` `future`.
 */
export function changeVolunteer(context: Context, { id, version, ...fields }: Seen & Fields): Volunteer {
  const today = todayOf(context)
  return changeRecord(context, { id, version }, { action: 'volunteer.change' }, (db, before, note) => {
    checkDays(fields, before.birth, today)
    const { first } = servedDays(db, id)
    if (first !== null && fields.joinedDay > first) invalid('joinedDay', 'after-record')
    if (before.leftDay !== null && fields.joinedDay > before.leftDay) invalid('joinedDay', 'after-leaving')
    write(
      db,
      `UPDATE volunteer SET joined_day = ?, national_number = ?, national_day = ?, skills = ?, service_kinds = ?,
         party_member = ?, note = ? WHERE id = ?`,
      ...writtenOf(fields),
      id,
    )
    note(notedOf(before), notedOf(fields))
  })
}

/** Ends teams, leadership and later sign-ups with the last day. Returns the activities that somebody is missing from. */
function endAll(db: WritableDatabase, id: number, leftDay: string, at: string): number[] {
  write(
    db,
    `UPDATE team_member SET to_day = max(from_day, @leftDay)
     WHERE volunteer_id = @id AND (to_day IS NULL OR to_day > @leftDay)`,
    { id, leftDay },
  )
  write(db, 'UPDATE team SET leader_id = NULL, version = version + 1 WHERE leader_id = ?', id)
  return rows<{ activityId: number }>(
    db,
    `UPDATE activity_sign_up SET cancelled_at = ?
     WHERE volunteer_id = ? AND cancelled_at IS NULL
       AND (SELECT day FROM activity WHERE activity.id = activity_id) > ?
     RETURNING activity_id AS activityId`,
    at,
    id,
    leftDay,
  ).map(({ activityId }) => activityId)
}

/**
 * Leaves on the last day on which service may be recorded. CONFLICT `step` when gone already, `changed`; NOT_FOUND
 * `volunteer`; INVALID `leftDay` `future`, `before-joining`, `before-record`.
 */
export function leaveService(
  context: Context,
  { leftDay, reason, ...seen }: Seen & { leftDay: string; reason: string },
): Volunteer {
  let activities: number[] = []
  const also = () => ['volunteer-setup', ...topicsOf('activity', activities)]
  const what = { action: 'volunteer.leave', reason, also }
  return changeRecord(context, seen, what, (db, before, note) => {
    if (before.leftDay !== null) fail('CONFLICT', { because: 'step' })
    if (leftDay > todayOf(context)) invalid('leftDay', 'future')
    if (leftDay < before.joinedDay) invalid('leftDay', 'before-joining')
    const { last } = servedDays(db, seen.id)
    if (last !== null && leftDay < last) invalid('leftDay', 'before-record')
    write(db, 'UPDATE volunteer SET left_day = ?, left_reason = ? WHERE id = ?', leftDay, reason, seen.id)
    activities = endAll(db, seen.id, leftDay, context.desk.clock().toISOString())
    note({ leftDay: null }, { leftDay })
  })
}

/** Comes back under the same number. CONFLICT `step` when not gone, `changed`; NOT_FOUND `volunteer`. */
export function rejoinService(context: Context, { reason, ...seen }: Seen & { reason: string }): Volunteer {
  return changeRecord(context, seen, { action: 'volunteer.rejoin', reason }, (db, before, note) => {
    if (before.leftDay === null) fail('CONFLICT', { because: 'step' })
    write(db, "UPDATE volunteer SET left_day = NULL, left_reason = '' WHERE id = ?", seen.id)
    note({ leftDay: before.leftDay }, { leftDay: null })
  })
}

/**
 * These volunteers in their order, with the days between which they serve. NOT_FOUND `volunteer`; INVALID `volunteerIds.N`
 * `twice` for the second of one person, also under another number.
 */
export function servingOnce(db: Database, ids: readonly number[]): VolunteerPerson[] {
  const known = new Map(personsBehind(db, ids).map((volunteer) => [volunteer.volunteerId, volunteer]))
  const before = new Set<number>()
  return ids.map((id, nth) => {
    const volunteer = known.get(id) ?? fail('NOT_FOUND', { what: 'volunteer' })
    if (before.has(volunteer.personId)) invalid(`volunteerIds.${nth}`, 'twice')
    before.add(volunteer.personId)
    return volunteer
  })
}
