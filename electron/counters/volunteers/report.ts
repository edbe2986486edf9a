import { ageBands, type VolunteerReport } from '../../contract/volunteer-reports.ts'
import { colours } from '../../contract/volunteer-fields.ts'
import { readTogether, row, type Database } from '../../database/open.ts'
import type { Context } from '../../workbench/workbench.ts'
import {
  checkPeriod,
  readBeside,
  readCounted,
  readRecords,
  readRedeemed,
  type Beside,
  type Period,
  type RecordHit,
} from './report-hits.ts'

/** Of these records: volunteers and activities once each. */
const counted = (hits: readonly RecordHit[]) => ({
  minutes: hits.reduce((sum, { minutes }) => sum + minutes, 0),
  volunteers: new Set(hits.map(({ volunteerId }) => volunteerId)).size,
  activities: new Set(hits.map(({ activityId }) => activityId)).size,
  attendances: hits.length,
})

/** Every month that has a day of the period. */
function monthsOf({ from, to }: Period): string[] {
  const months = []
  let [year, month] = from.split('-').map(Number) as [number, number]
  for (let at = from.slice(0, 7); at <= to.slice(0, 7);) {
    months.push(at)
    ;[year, month] = month === 12 ? [year + 1, 1] : [year, month + 1]
    at = `${year}-${String(month).padStart(2, '0')}`
  }
  return months
}

function beside(db: Database, period: Period, which: Beside): { records: number; minutes: number } {
  const hits = readBeside(db, period, which)
  return { records: hits.length, minutes: counted(hits).minutes }
}

function pointsIn(db: Database, period: Period): VolunteerReport['points'] {
  const posted = row<{ earned: number; expired: number }>(
    db,
    `SELECT coalesce(sum(points) FILTER (WHERE cause IN ('service', 'service-reversal')), 0) AS earned,
       coalesce(sum(-points) FILTER (WHERE cause = 'expiry'), 0) AS expired
     FROM point_entry WHERE day BETWEEN @from AND @to`,
    { from: period.from, to: period.to },
  )!
  const redeemed = readRedeemed(db, period)
  return {
    earned: posted.earned,
    redeemed: redeemed.reduce((sum, { points }) => sum + points!, 0),
    expired: posted.expired,
    redemptions: redeemed.length,
  }
}

function reportOf(db: Database, period: Period): VolunteerReport {
  const people = readCounted(db, period)
  const records = readRecords(db, period)
  const all = [...people.values()]
  const registered = all.filter((one) => one.registered)
  const within = (day: string | null) => day !== null && day >= period.from && day <= period.to
  const byColour = Map.groupBy(records, ({ colour }) => colour ?? null)
  const byMonth = Map.groupBy(records, ({ day }) => day.slice(0, 7))
  const byBand = Map.groupBy(records, ({ volunteerId }) => people.get(volunteerId)!.band)
  return {
    total: counted(records),
    byColour: [...colours, null].map((colour) => ({ colour, ...counted(byColour.get(colour) ?? []) })),
    byMonth: monthsOf(period).map((month) => ({ month, ...counted(byMonth.get(month) ?? []) })),
    byAge: ageBands.map((band) => ({
      band,
      registered: registered.filter((one) => one.band === band).length,
      ...counted(byBand.get(band) ?? []),
    })),
    registered: registered.length,
    joined: all.filter(({ joinedDay }) => within(joinedDay)).length,
    left: all.filter(({ leftDay }) => within(leftDay)).length,
    stars: [0, 1, 2, 3, 4, 5].map((star) => registered.filter((one) => one.star === star).length),
    active: { year: Number(period.to.slice(0, 4)), volunteers: all.filter(({ active }) => active).length },
    beside: {
      unconfirmed: beside(db, period, 'unconfirmed'),
      elsewhere: beside(db, period, 'elsewhere'),
      training: beside(db, period, 'training'),
      partyDuty: beside(db, period, 'party-duty'),
    },
    points: pointsIn(db, period),
  }
}

/**
 * What volunteers did from one day to another, both included: hours are confirmed own service, ages and stars those of the
 * last day. Points are counted on the day on which they were posted, gifts as they were handed over and not taken back.
 * INVALID `to` `before-from`, `too-long`.
 */
export function readReport({ desk }: Context, { from, to }: Period): VolunteerReport {
  checkPeriod({ from, to })
  return readTogether(desk.db, () => reportOf(desk.db, { from, to }))
}
