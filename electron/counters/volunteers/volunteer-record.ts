import { consentPurposes } from '../../contract/volunteer-fields.ts'
import { art5Facts, type Volunteer, type VolunteerLine } from '../../contract/volunteer-people.ts'
import { row, rows, value, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail } from '../../workbench/errors.ts'
import { maskIdNumber } from '../../workbench/masking.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readRecord } from '../people/fields.ts'
import { personAndMerged, personLine, survivor } from '../people/lines.ts'
import { todayOf } from '../people/record.ts'
import { pointsOf } from './ledger.ts'
import { volunteerLine, volunteerLines } from './lines.ts'
import { readVolunteerRules } from './rules.ts'
import { severalNumbers } from './same-person.ts'

type Own = Pick<Volunteer, 'leftReason' | 'nationalNumber' | 'nationalDay' | 'note' | 'version'> & {
  skills: string
  serviceKinds: string
}

const ownSql = `
  SELECT left_reason AS leftReason, national_number AS nationalNumber, national_day AS nationalDay, skills,
    service_kinds AS serviceKinds, note, version
  FROM volunteer WHERE id = ?`

/** The consent that counts: one that was not withdrawn before any other, the newest of them. */
function consentOf(db: Database, people: readonly number[], purpose: string): Volunteer['publishConsent'] {
  return (
    row<NonNullable<Volunteer['publishConsent']>>(
      db,
      `SELECT id, given_by AS givenBy, given_day AS givenDay, withdrawn_day AS withdrawnDay FROM consent
       WHERE person_id IN (SELECT value FROM json_each(?)) AND purpose = ?
       ORDER BY withdrawn_day IS NOT NULL, given_day DESC, id DESC LIMIT 1`,
      JSON.stringify(people),
      purpose,
    ) ?? null
  )
}

const membershipsOf = (db: Database, id: number): Volunteer['memberships'] =>
  rows(
    db,
    `SELECT t.id, t.colour, t.name, m.from_day AS fromDay, m.to_day AS toDay
     FROM team_member AS m JOIN team AS t ON t.id = m.team_id
     WHERE m.volunteer_id = ? ORDER BY m.from_day DESC, m.id DESC`,
    id,
  )

/** What counts, and what is noted beside: own service alone makes stars. */
function hoursOf(db: Database, id: number, year: number): Volunteer['hours'] {
  const byYear = rows<Volunteer['hours']['byYear'][number]>(
    db,
    `SELECT year, sum(minutes) AS minutes, count(*) AS activities FROM service_record
     WHERE counted = 1 AND volunteer_id = ? GROUP BY year ORDER BY year DESC`,
    id,
  )
  const beside = row<Pick<Volunteer['hours'], 'unconfirmed' | 'elsewhere' | 'training' | 'partyDuty'>>(
    db,
    `SELECT
       coalesce(sum(minutes) FILTER (WHERE own = 1 AND kind = 'service' AND confirmed_at IS NULL), 0) AS unconfirmed,
       coalesce(sum(minutes) FILTER (WHERE own = 0 AND confirmed_at IS NOT NULL), 0) AS elsewhere,
       coalesce(sum(minutes) FILTER (WHERE own = 1 AND kind = 'training' AND confirmed_at IS NOT NULL), 0) AS training,
       coalesce(sum(minutes) FILTER (WHERE own = 1 AND kind = 'party-duty' AND confirmed_at IS NOT NULL), 0) AS partyDuty
     FROM service_record WHERE volunteer_id = ? AND reversed = 0 AND reverses IS NULL`,
    id,
  )!
  return {
    confirmed: byYear.reduce((sum, { minutes }) => sum + minutes, 0),
    thisYear: byYear.find((one) => one.year === year)?.minutes ?? 0,
    activities: byYear.reduce((sum, { activities }) => sum + activities, 0),
    ...beside,
    byYear,
  }
}

/** The other numbers of the person, with their own counted minutes. */
function otherNumbersOf(db: Database, id: number, today: string): Volunteer['otherNumbers'] {
  const others = (severalNumbers(db).get(id) ?? []).filter((one) => one.id !== id).map((one) => one.id)
  return volunteerLines(db, others, today).map((line) => ({
    id: line.id,
    number: line.number,
    minutes: line.minutes,
  }))
}

function nextStarOf(db: Database, { star, minutes }: VolunteerLine): Volunteer['nextStar'] {
  const hours = readVolunteerRules(db).starHours[star]
  return hours === undefined ? null : { star: star + 1, minutesLeft: hours * 60 - minutes }
}

/** One volunteer's whole record, masked; NOT_FOUND `volunteer`. Not written down as read: see openVolunteer. */
export function readVolunteer(db: Database, id: number, today: string): Volunteer {
  const line = volunteerLine(db, id, today) ?? fail('NOT_FOUND', { what: 'volunteer' })
  const own = row<Own>(db, ownSql, id)!
  const person = personLine(db, line.personId, today)!
  const { idNumber } = readRecord(db, line.personId)!
  const people = personAndMerged(db, line.personId)
  const skills = JSON.parse(own.skills) as string[]
  const serviceKinds = JSON.parse(own.serviceKinds) as string[]
  const known: Record<(typeof art5Facts)[number], boolean> = {
    sex: person.sex === 1 || person.sex === 2,
    birth: person.birth !== null,
    idNumber: idNumber !== '',
    door: person.door !== null,
    phone: person.phone !== null,
    skills: skills.length > 0,
    serviceKinds: serviceKinds.length > 0,
  }
  return {
    ...line,
    ...own,
    otherNumbers: otherNumbersOf(db, id, today),
    skills,
    serviceKinds,
    birth: person.birth,
    phone: person.phone,
    idNumber: idNumber === '' ? null : maskIdNumber(idNumber),
    door: person.door,
    gaps: art5Facts.filter((fact) => !known[fact]),
    publishConsent: consentOf(db, people, consentPurposes.publish),
    guardianConsent: line.minor ? consentOf(db, people, consentPurposes.guardian) : null,
    memberships: membershipsOf(db, id),
    leads: rows(db, 'SELECT id, colour, name FROM team WHERE leader_id = ? ORDER BY position', id),
    hours: hoursOf(db, id, Number(today.slice(0, 4))),
    nextStar: nextStarOf(db, line),
    points: pointsOf(db, id),
  }
}

/** Opens a record. A minor's is written to the audit (条例 36: a log of each access). NOT_FOUND `volunteer`. */
export function openVolunteer(context: Context, id: number): Volunteer {
  const found = readVolunteer(context.desk.db, id, todayOf(context))
  if (!found.minor) return found
  // A subject of its own: `volunteer:ID` would make the very screen that shows it load, and log, again and again.
  return act(context, { action: 'volunteer.read', subject: `volunteer-read:${id}` }, (db) =>
    readVolunteer(db, id, todayOf(context)),
  )
}

/** The volunteer that a person is, also as one that was merged into it: of two numbers the first. Null without. */
export function volunteerOf(db: Database, personId: number): number | null {
  return (
    value<number>(
      db,
      'SELECT id FROM volunteer WHERE person_id IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT 1',
      JSON.stringify(personAndMerged(db, personId)),
    ) ?? null
  )
}

/** The line of the volunteer that a person is; null when they are none. NOT_FOUND `person`. */
export function volunteerOfPerson(context: Context, personId: number): VolunteerLine | null {
  const { db } = context.desk
  const kept = survivor(db, personId) ?? fail('NOT_FOUND', { what: 'person' })
  const id = volunteerOf(db, kept)
  return id === null ? null : volunteerLine(db, id, todayOf(context))
}
