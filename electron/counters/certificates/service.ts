import type { Database } from '../../database/open.ts'
import { atOnce } from '../volunteers/day-records.ts'
import { confirmedRecordsOf, openRecordsOf, type PeriodRecord } from '../volunteers/records-of-period.ts'

const byDay = (one: PeriodRecord, other: PeriodRecord) =>
  one.day < other.day ? -1 : one.day > other.day ? 1 : one.id - other.id

type Held = PeriodRecord & { volunteerId: number }

/** Nobody was in two places: what meets in time under two numbers of one person was given once, and the longer one counts. */
function givenOnce(records: readonly Held[]): PeriodRecord[] {
  const kept: Held[] = []
  for (const record of records.toSorted((one, other) => other.minutes - one.minutes || byDay(one, other))) {
    const meets = kept.some(
      (other) =>
        other.volunteerId !== record.volunteerId && other.day === record.day && atOnce(other, record),
    )
    if (!meets) kept.push(record)
  }
  return kept
}

/** Confirmed own service of a person in a period, both days included, under all of their numbers, by day. */
export function serviceOf(
  db: Database,
  volunteerIds: readonly number[],
  from: string,
  to: string,
): PeriodRecord[] {
  const [only, ...others] = volunteerIds
  if (only === undefined) return []
  if (others.length === 0) return confirmedRecordsOf(db, only, from, to)
  return givenOnce(
    volunteerIds.flatMap((volunteerId) =>
      confirmedRecordsOf(db, volunteerId, from, to).map((record) => ({ ...record, volunteerId })),
    ),
  ).toSorted(byDay)
}

/** The same of what waits for a second person. */
export const openServiceOf = (
  db: Database,
  volunteerIds: readonly number[],
  from: string,
  to: string,
): PeriodRecord[] =>
  volunteerIds.flatMap((volunteerId) => openRecordsOf(db, volunteerId, from, to)).toSorted(byDay)
