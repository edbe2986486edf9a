import type { CertificateKind, Wanted } from '../../contract/certificate-records.ts'
import { consentPurposes } from '../../contract/volunteer-fields.ts'
import { row, rows, type Database } from '../../database/open.ts'
import { ageOn } from '../../workbench/calendar.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import { adultAge, survivor } from '../people/lines.ts'
import { yearRow } from '../volunteers/pioneer-record.ts'
import type { PeriodRecord } from '../volunteers/records-of-period.ts'
import { readVolunteerRules, starOf } from '../volunteers/rules.ts'
import { consentedOn, numbersOfPerson, personsBehind, type Numbered } from '../volunteers/same-person.ts'
import { serviceOf } from './service.ts'

/** Who gets it: the person after merges, and where they serve all numbers under which they do. */
export type Recipient = {
  personId: number
  numbers: Numbered[]
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

/** Only thanks go to people who are no volunteers; they say what for in the clerk's words. */
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
  return { personId, numbers: volunteerId === null ? [] : numbersOfPerson(db, personId), ...person }
}

/** All numbers as they stand on the sheet; null for who is no volunteer. */
export const numbersText = ({ numbers }: Pick<Recipient, 'numbers'>): string | null =>
  numbers.length === 0 ? null : numbers.map(({ number }) => number).join('、')

const idsOf = ({ numbers }: Pick<Recipient, 'numbers'>) => numbers.map(({ id }) => id)

/** Makes sure that who is thanked is told what for: INVALID `words` `required`. */
export function checkWords({ kind, words }: Pick<Wanted, 'kind' | 'words'>): void {
  if (givenToAnybody.includes(kind) && words === '') invalid('words', 'required')
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

const figuresOf = (records: readonly PeriodRecord[]) => ({
  minutes: records.reduce((sum, { minutes }) => sum + minutes, 0),
  activities: new Set(records.map(({ activityId }) => activityId)).size,
})

function recordFacts(db: Database, ids: readonly number[], from: string | null, to: string | null): Facts {
  const records = from !== null && to !== null ? serviceOf(db, ids, from, to) : []
  return { ...nothing, records, ...figuresOf(records), reached: records.length > 0 }
}

/** Before every record. */
const firstDay = '0000-01-01'

/** All confirmed own service to this day (MZ/T 061-2015 counts from the first one). */
function starFacts(db: Database, ids: readonly number[], today: string): Facts {
  const figures = figuresOf(serviceOf(db, ids, firstDay, today))
  const star = starOf(figures.minutes, readVolunteerRules(db))
  return { ...nothing, ...figures, star, reached: star > 0 }
}

/**
 * Figures and rank of the frozen list, under whichever of their numbers the person stands in it (the better place where they
 * were one only afterwards); whoever stands behind its last place was not named a pioneer.
 */
function pioneerFacts(db: Database, ids: readonly number[], from: string | null): Facts {
  const year = from === null ? null : Number(from.slice(0, 4))
  const frozen = year === null ? undefined : yearRow(db, year)
  if (year === null || frozen?.state !== 'frozen') return { ...nothing, year, reached: false }
  const [found] = rows<{ minutes: number; activities: number; rank: number | null }>(
    db,
    `SELECT minutes, activities, rank FROM pioneer_rank
     WHERE year = ? AND volunteer_id IN (SELECT value FROM json_each(?)) ORDER BY rank IS NULL, rank LIMIT 1`,
    year,
    JSON.stringify(ids),
  )
  if (!found) return { ...nothing, year, reached: false }
  const named = found.rank !== null && (frozen.places === null || found.rank <= frozen.places)
  return { ...nothing, ...found, year, reached: named }
}

/** What the desk knows for a wish, of this day. */
export function factsOf(
  db: Database,
  wanted: Pick<Wanted, 'kind' | 'from' | 'to'>,
  recipient: Pick<Recipient, 'numbers'>,
  today: string,
): Facts {
  const ids = idsOf(recipient)
  if (ids.length === 0) return nothing
  switch (wanted.kind) {
    case 'record':
      return recordFacts(db, ids, wanted.from, wanted.to)
    case 'star':
      return starFacts(db, ids, today)
    case 'pioneer':
      return pioneerFacts(db, ids, wanted.from)
    default:
      return nothing
  }
}
