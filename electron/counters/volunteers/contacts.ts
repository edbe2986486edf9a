import type { Contact } from '../../contract/overview.ts'
import { rows, type Database } from '../../database/open.ts'
import { momentOf } from '../../workbench/calendar.ts'

/** Where a record stands in a history: its day, and among those of a day its id. */
export type RecordPlace = { day: string; id: number }

/** The volunteers that these persons are or were registered as; a merge leaves the number where it was. */
const volunteersOf = (db: Database, personIds: readonly number[]): number[] =>
  rows<{ id: number }>(
    db,
    'SELECT v.id FROM json_each(?) AS wanted CROSS JOIN volunteer AS v ON v.person_id = wanted.value',
    JSON.stringify(personIds),
  ).map(({ id }) => id)

const newestFirst = (one: RecordPlace, other: RecordPlace) =>
  one.day === other.day ? other.id - one.id : one.day < other.day ? 1 : -1

const hoursWords = (minutes: number) => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return hours === 0 ? `${rest} 分钟` : rest === 0 ? `${hours} 小时` : `${hours} 小时 ${rest} 分`
}

type RecordRow = {
  id: number
  volunteerId: number
  day: string
  arrived: string | null
  minutes: number
  activity: string
  kind: 'service' | 'training' | 'party-duty'
  own: 0 | 1
  confirmed: 0 | 1
  points: number
}

/** Why minutes stand beside the hours, in words; empty for our own service. */
function besideWords({ kind, own }: RecordRow): string {
  if (!own) return '别的单位，不计入'
  return { service: '', training: '培训，不计入', 'party-duty': '党员义务，不计入' }[kind]
}

/**
 * Service of a person, newest first, `most` at the most; what was taken back is left out, what nobody confirmed is open.
 * A household alone has none. `after` = the place of the last one seen.
 */
export function serviceContacts(
  db: Database,
  { personIds }: { personIds: readonly number[] },
  after: RecordPlace | null,
  most: number,
): Contact[] {
  const { day, id } = after ?? { day: '9999-12-31', id: 0 }
  const places = volunteersOf(db, personIds).flatMap((volunteerId) =>
    rows<RecordPlace>(
      db,
      `SELECT day, id FROM service_record INDEXED BY service_record_volunteer
       WHERE volunteer_id = ? AND reversed = 0 AND reverses IS NULL AND (day, id) < (?, ?)
       ORDER BY day DESC, id DESC LIMIT ?`,
      volunteerId,
      day,
      id,
      most,
    ),
  )
  const ids = places.sort(newestFirst).slice(0, most)
  return rows<RecordRow>(
    db,
    `SELECT r.id, r.volunteer_id AS volunteerId, r.day, r.arrived, r.minutes, a.name AS activity, r.kind, r.own,
       r.confirmed_at IS NOT NULL AS confirmed,
       coalesce((SELECT points FROM point_entry WHERE record_id = r.id), 0) AS points
     FROM json_each(?) AS wanted
     CROSS JOIN service_record AS r ON r.id = wanted.value
     CROSS JOIN activity AS a ON a.id = r.activity_id
     ORDER BY wanted.key`,
    JSON.stringify(ids.map((place) => place.id)),
  ).map((found) => ({
    kind: 'volunteer' as const,
    id: found.id,
    // Somewhere in the middle of the day, where another organisation only told how long it was.
    at: new Date(momentOf(found.day, found.arrived ?? '12:00')).toISOString(),
    day: found.arrived === null ? found.day : null,
    householdId: null,
    volunteerId: found.volunteerId,
    title: `志愿服务：${found.activity}`,
    detail: [hoursWords(found.minutes), besideWords(found), found.points > 0 && `积分 +${found.points}`]
      .filter(Boolean)
      .join('，'),
    who: null,
    open: found.confirmed === 0,
  }))
}

type RedemptionRow = {
  id: number
  volunteerId: number
  number: string
  gift: string
  amount: number
  points: number
  at: string
  reversed: 0 | 1
}

/** Points that a person spent, newest first; those taken back are told as such. `after` = the id of the last one seen. */
export function redemptionContacts(
  db: Database,
  { personIds }: { personIds: readonly number[] },
  after: number | null,
  most: number,
): Contact[] {
  return volunteersOf(db, personIds)
    .flatMap((volunteerId) =>
      rows<RedemptionRow>(
        db,
        `SELECT r.id, r.volunteer_id AS volunteerId, r.number, g.name AS gift, r.amount, r.points, r.at,
           EXISTS (SELECT 1 FROM redemption_reversal WHERE redemption_id = r.id) AS reversed
         FROM redemption AS r INDEXED BY redemption_volunteer CROSS JOIN gift AS g ON g.id = r.gift_id
         WHERE r.volunteer_id = ? AND r.id < ? ORDER BY r.id DESC LIMIT ?`,
        volunteerId,
        after ?? Number.MAX_SAFE_INTEGER,
        most,
      ),
    )
    .sort((one, other) => other.id - one.id)
    .slice(0, most)
    .map(({ id, volunteerId, number, gift, amount, points, at, reversed }) => ({
      kind: 'redemption' as const,
      ...{ id, at, day: null, householdId: null, volunteerId },
      title: `积分兑换：${gift}${amount > 1 ? ` × ${amount}` : ''}`,
      detail: [number, reversed ? `${points} 分已退回` : `用去 ${points} 分`].join('，'),
      who: null,
      open: false,
    }))
}
