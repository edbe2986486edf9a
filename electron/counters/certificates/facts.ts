import type { CertificateKind, Wanted } from '../../contract/certificate-records.ts'
import { consentPurposes } from '../../contract/volunteer-fields.ts'
import { row, value, type Database } from '../../database/open.ts'
import { ageOn } from '../../workbench/calendar.ts'
import { fail } from '../../workbench/errors.ts'
import { adultAge, survivor } from '../people/lines.ts'
import { yearRow } from '../volunteers/pioneer-record.ts'
import { confirmedRecordsOf, type PeriodRecord } from '../volunteers/records-of-period.ts'
import { readVolunteerRules, starOf } from '../volunteers/rules.ts'
import { consentedOn, personsBehind } from '../volunteers/same-person.ts'

/** Who gets it: the person after merges, and the volunteer number where they serve. */
export type Recipient = {
  personId: number
  volunteerId: number | null
  volunteerNumber: string | null
  name: string
  idNumber: string
  birth: string | null
}

/** What is reckoned for a sheet, before it is put in words. */
export type Facts = {
  /** Confirmed own service of the period; of an honour without lines. */
  records: PeriodRecord[]
  minutes: number | null
  activities: number | null
  star: number | null
  rank: number | null
  year: number | null
  /** Whether the honour was reached, the record has anything to say. */
  reached: boolean
}

/** Only thanks go to people who are no volunteers. */
const givenToAnybody: readonly CertificateKind[] = ['thanks', 'noon-helper']

/** NOT_FOUND `volunteer` or `person`; also where a kind needs a volunteer and none is named. */
export function recipientOf(
  db: Database,
  wanted: Pick<Wanted, 'kind' | 'volunteerId' | 'personId'>,
): Recipient {
  const { volunteerId } = wanted
  if (volunteerId === null && !givenToAnybody.includes(wanted.kind)) fail('NOT_FOUND', { what: 'volunteer' })
  const behind = volunteerId === null ? undefined : personsBehind(db, [volunteerId])[0]
  if (volunteerId !== null && !behind) fail('NOT_FOUND', { what: 'volunteer' })
  const named = wanted.personId === null ? null : survivor(db, wanted.personId)
  const personId = behind?.personId ?? named ?? fail('NOT_FOUND', { what: 'person' })
  const person = row<{ name: string; idNumber: string; birth: string | null }>(
    db,
    'SELECT name, id_number AS idNumber, birth FROM person WHERE id = ?',
    personId,
  )!
  const volunteerNumber =
    volunteerId === null ? null : value<string>(db, 'SELECT number FROM volunteer WHERE id = ?', volunteerId)!
  return { personId, volunteerId, volunteerNumber, ...person }
}

/** A minor without the guardian's consent on this day. */
export function lacksConsent(db: Database, { personId, birth }: Recipient, today: string): boolean {
  if (birth === null || ageOn(birth, today) >= adultAge) return false
  return !consentedOn(db, [personId], consentPurposes.guardian, today).has(personId)
}

const nothing: Facts = {
  records: [],
  minutes: null,
  activities: null,
  star: null,
  rank: null,
  year: null,
  reached: true,
}

const sumOf = (records: readonly PeriodRecord[]) => records.reduce((sum, { minutes }) => sum + minutes, 0)

function recordFacts(db: Database, volunteerId: number, from: string | null, to: string | null): Facts {
  const records = from !== null && to !== null ? confirmedRecordsOf(db, volunteerId, from, to) : []
  return {
    ...nothing,
    records,
    minutes: sumOf(records),
    activities: new Set(records.map(({ activityId }) => activityId)).size,
    reached: records.length > 0,
  }
}

/** All confirmed own service to this day (MZ/T 061-2015 counts from the first one). */
function starFacts(db: Database, volunteerId: number, today: string): Facts {
  const { minutes, activities } = row<{ minutes: number; activities: number }>(
    db,
    `SELECT coalesce(sum(minutes), 0) AS minutes, count(*) AS activities
     FROM service_record INDEXED BY service_record_hours
     WHERE counted = 1 AND volunteer_id = ? AND day <= ?`,
    volunteerId,
    today,
  )!
  const star = starOf(minutes, readVolunteerRules(db))
  return { ...nothing, minutes, activities, star, reached: star > 0 }
}

/** Figures and rank of the frozen list; whoever stands behind its last place was not named a pioneer. */
function pioneerFacts(db: Database, volunteerId: number, from: string | null): Facts {
  const year = from === null ? null : Number(from.slice(0, 4))
  const frozen = year === null ? undefined : yearRow(db, year)
  if (year === null || frozen?.state !== 'frozen') return { ...nothing, year, reached: false }
  const found = row<{ minutes: number; activities: number; rank: number | null }>(
    db,
    'SELECT minutes, activities, rank FROM pioneer_rank WHERE year = ? AND volunteer_id = ?',
    year,
    volunteerId,
  )
  if (!found) return { ...nothing, year, reached: false }
  const named = found.rank !== null && (frozen.places === null || found.rank <= frozen.places)
  return { ...nothing, ...found, year, reached: named }
}

/** What the desk knows for a wish, of this day. */
export function factsOf(
  db: Database,
  wanted: Pick<Wanted, 'kind' | 'from' | 'to'>,
  { volunteerId }: Pick<Recipient, 'volunteerId'>,
  today: string,
): Facts {
  if (volunteerId === null) return nothing
  switch (wanted.kind) {
    case 'record':
      return recordFacts(db, volunteerId, wanted.from, wanted.to)
    case 'star':
      return starFacts(db, volunteerId, today)
    case 'pioneer':
      return pioneerFacts(db, volunteerId, wanted.from)
    default:
      return nothing
  }
}
