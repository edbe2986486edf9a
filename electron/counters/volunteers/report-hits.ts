import type { Colour } from '../../contract/volunteer-fields.ts'
import type { ageBands, reportWhats } from '../../contract/volunteer-reports.ts'
import { rows, type Database } from '../../database/open.ts'
import { addDays, ageOn } from '../../workbench/calendar.ts'
import { invalid } from '../../workbench/errors.ts'
import { withPerson } from './lines.ts'
import { readVolunteerRules, starOf } from './rules.ts'

export type Period = { from: string; to: string }
export type Band = (typeof ageBands)[number]
export type What = (typeof reportWhats)[number]
export type Asked = Period & {
  what: What
  colour?: Colour | null | undefined
  month?: string | undefined
  age?: Band | undefined
  star?: number | undefined
}

/** What stands behind a number, once each; `by` and `id` are its place in the list. */
export type Hit = {
  volunteerId: number | null
  activityId: number | null
  day: string | null
  minutes: number | null
  points: number | null
  note: string
  /** Undefined where there is no activity. */
  colour?: Colour | null
  by: string
  id: number
}

/** A record of the period, or a sum of some. */
export type RecordHit = Hit & { volunteerId: number; activityId: number; day: string; minutes: number }

/** A volunteer on the last day of the period. */
export type Counted = {
  id: number
  number: string
  joinedDay: string
  leftDay: string | null
  leftReason: string
  band: Band
  star: number
  registered: boolean
  active: boolean
  /** Of the calendar year of the last day, up to that day. */
  minutesOfYear: number
}

/** A year and a bit: more would hold up the desk. */
const mostDays = 400

/** INVALID `to` `before-from`, `too-long`. */
export function checkPeriod({ from, to }: Period): void {
  if (to < from) invalid('to', 'before-from')
  if (addDays(from, mostDays) < to) invalid('to', 'too-long')
}

function bandOf(birth: string | null, day: string): Band {
  // Born after the period: nobody's age then.
  if (birth === null || birth > day) return 'unknown'
  const age = ageOn(birth, day)
  return age < 18 ? 'under-18' : age < 35 ? '18-34' : age < 60 ? '35-59' : age < 70 ? '60-69' : '70-and-over'
}

type CountedRow = Omit<Counted, 'band' | 'star' | 'registered' | 'active'> & {
  birth: string | null
  minutes: number
}

/** Hours of a volunteer from one index. */
const minutesUpTo = (more: string) => `
  (SELECT coalesce(sum(minutes), 0) FROM service_record INDEXED BY service_record_hours
   WHERE counted = 1 AND volunteer_id = v.id AND day <= @to${more})`

/** All volunteers there ever were, by id, as they stood on the last day. */
export function readCounted(db: Database, { to }: Period): Map<number, Counted> {
  const rules = readVolunteerRules(db)
  const found = rows<CountedRow>(
    db,
    `SELECT v.id, v.number, p.birth, v.joined_day AS joinedDay, v.left_day AS leftDay, v.left_reason AS leftReason,
       ${minutesUpTo('')} AS minutes, ${minutesUpTo(' AND day >= @newYear')} AS minutesOfYear
     FROM ${withPerson()}`,
    { to, newYear: `${to.slice(0, 4)}-01-01` },
  )
  return new Map(
    found.map(({ birth, minutes, ...volunteer }) => [
      volunteer.id,
      {
        ...volunteer,
        band: bandOf(birth, to),
        star: starOf(minutes, rules),
        registered: volunteer.joinedDay <= to && (volunteer.leftDay === null || volunteer.leftDay >= to),
        active: volunteer.minutesOfYear > rules.activeHours * 60,
      },
    ]),
  )
}

type RecordRow = Omit<RecordHit, 'points' | 'by'>

const toHit = (record: RecordRow): RecordHit => ({ ...record, points: null, by: record.day })

/** Own service, confirmed, of the period: what all hours of the report are made of. */
export const readRecords = (db: Database, { from, to }: Period): RecordHit[] =>
  rows<RecordRow>(
    db,
    `SELECT r.id, r.volunteer_id AS volunteerId, r.activity_id AS activityId, r.day, r.minutes, r.reason AS note, a.colour
     FROM service_record AS r INDEXED BY service_record_day
     CROSS JOIN activity AS a ON a.id = r.activity_id
     WHERE r.counted = 1 AND r.day BETWEEN ? AND ?`,
    from,
    to,
  ).map(toHit)

/** Which standing records are told beside the hours, never in them. Constant texts. */
const besides = {
  unconfirmed: "r.own = 1 AND r.kind = 'service' AND r.confirmed_at IS NULL",
  elsewhere: 'r.own = 0 AND r.confirmed_at IS NOT NULL',
  training: "r.own = 1 AND r.kind = 'training' AND r.confirmed_at IS NOT NULL",
  'party-duty': "r.own = 1 AND r.kind = 'party-duty' AND r.confirmed_at IS NOT NULL",
} as const
export type Beside = keyof typeof besides

export const readBeside = (db: Database, { from, to }: Period, which: Beside): RecordHit[] =>
  rows<RecordRow>(
    db,
    `SELECT r.id, r.volunteer_id AS volunteerId, r.activity_id AS activityId, r.day, r.minutes, r.reason AS note, a.colour
     FROM activity AS a INDEXED BY activity_day
     CROSS JOIN service_record AS r INDEXED BY service_record_activity ON r.activity_id = a.id
     WHERE a.day BETWEEN ? AND ? AND r.reversed = 0 AND r.reverses IS NULL AND ${besides[which]}`,
    from,
    to,
  ).map(toHit)

/** Gifts handed over in the period and not taken back since. */
export const readRedeemed = (db: Database, { from, to }: Period): Hit[] =>
  rows<Hit & { volunteerId: number; day: string; points: number }>(
    db,
    `SELECT r.id, r.volunteer_id AS volunteerId, r.day, r.points, r.number || ' ' || g.name || ' × ' || r.amount AS note,
       r.day AS "by", NULL AS activityId, NULL AS minutes
     FROM redemption AS r CROSS JOIN gift AS g ON g.id = r.gift_id
     WHERE r.day BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM redemption_reversal WHERE redemption_id = r.id)`,
    from,
    to,
  )

/** Which entries of the ledger make a number of points, those that moved any. Constant texts. */
const postings = {
  earned: "e.cause IN ('service', 'service-reversal') AND e.points <> 0",
  expired: "e.cause = 'expiry'",
} as const

/** Points that were posted in the period: what services gave, less what was taken back, or what expired. */
const readPosted = (db: Database, { from, to }: Period, which: keyof typeof postings): Hit[] =>
  rows<Hit & { volunteerId: number; day: string; points: number }>(
    db,
    `SELECT e.id, e.volunteer_id AS volunteerId, r.activity_id AS activityId, e.day, a.colour, e.day AS "by",
       iif(e.cause = 'expiry', -e.points, e.points) AS points, NULL AS minutes,
       iif(e.cause = 'expiry', e.year || '年及以前的积分', coalesce(x.reason, '')) AS note
     FROM point_entry AS e
     LEFT JOIN service_record AS r ON r.id = e.record_id
     LEFT JOIN activity AS a ON a.id = r.activity_id
     LEFT JOIN service_record AS x ON x.id = e.record_id AND e.cause = 'service-reversal'
     WHERE ${postings[which]} AND e.day BETWEEN ? AND ?`,
    from,
    to,
  )

const volunteerHit = (
  { id, number }: Counted,
  more: Partial<Pick<Hit, 'day' | 'minutes' | 'note' | 'by'>> = {},
): Hit => ({
  volunteerId: id,
  activityId: null,
  day: null,
  minutes: null,
  points: null,
  note: '',
  by: number,
  id,
  ...more,
})

const sumOf = (hits: readonly RecordHit[]) => hits.reduce((sum, { minutes }) => sum + minutes, 0)

/** Who served in these records, each once. */
const volunteersOf = (hits: readonly RecordHit[], people: ReadonlyMap<number, Counted>): Hit[] =>
  [...Map.groupBy(hits, ({ volunteerId }) => volunteerId)].map(([id, list]) =>
    volunteerHit(people.get(id)!, { minutes: sumOf(list) }),
  )

/** The activities of these records, each once. */
const activitiesOf = (hits: readonly RecordHit[]): Hit[] =>
  [...Map.groupBy(hits, ({ activityId }) => activityId)].map(([id, list]) => ({
    ...list[0]!,
    volunteerId: null,
    minutes: sumOf(list),
    note: '',
    id,
  }))

/** Hits of one kind before they are gathered to volunteers or activities. */
function found(db: Database, asked: Asked, people: ReadonlyMap<number, Counted>): Hit[] {
  const all = [...people.values()]
  const within = (day: string | null) => day !== null && day >= asked.from && day <= asked.to
  switch (asked.what) {
    case 'unconfirmed':
    case 'elsewhere':
    case 'training':
    case 'party-duty':
      return readBeside(db, asked, asked.what)
    case 'registered':
      return all.filter(({ registered }) => registered).map((one) => volunteerHit(one))
    case 'joined':
      return all
        .filter(({ joinedDay }) => within(joinedDay))
        .map((one) => volunteerHit(one, { day: one.joinedDay, by: one.joinedDay }))
    case 'left':
      return all
        .filter(({ leftDay }) => within(leftDay))
        .map((one) => volunteerHit(one, { day: one.leftDay, note: one.leftReason, by: one.leftDay! }))
    case 'active':
      return all
        .filter(({ active }) => active)
        .map((one) => volunteerHit(one, { minutes: one.minutesOfYear }))
    case 'redemptions':
      return readRedeemed(db, asked)
    case 'earned':
    case 'expired':
      return readPosted(db, asked, asked.what)
    default:
      return readRecords(db, asked)
  }
}

/** Whether a hit is of the colour, month, age and star that were asked for; what it does not have does not narrow it. */
function narrows({ colour, month, age, star }: Asked, hit: Hit, who: Counted | undefined): boolean {
  return (
    (colour === undefined || hit.colour === undefined || hit.colour === colour) &&
    (month === undefined || hit.day === null || hit.day.startsWith(month)) &&
    (age === undefined || who === undefined || who.band === age) &&
    (star === undefined || who === undefined || who.star === star)
  )
}

/** Newest first, or by volunteer number where the rows are volunteers. */
export const byNumber = (what: What) => what === 'volunteers' || what === 'registered' || what === 'active'

const later = (one: Hit, other: Hit) => (one.by === other.by ? other.id - one.id : one.by < other.by ? 1 : -1)

/** All that stands behind a number of the report, in the order of its list; as many as the number says. */
export function hitsOf(
  db: Database,
  asked: Asked,
  people: ReadonlyMap<number, Counted> = readCounted(db, asked),
): Hit[] {
  const { what } = asked
  const hits = found(db, asked, people).filter((hit) =>
    narrows(asked, hit, hit.volunteerId === null ? undefined : people.get(hit.volunteerId)),
  )
  const gathered =
    what === 'volunteers'
      ? volunteersOf(hits as RecordHit[], people)
      : what === 'activities'
        ? activitiesOf(hits as RecordHit[])
        : hits
  return gathered.sort(byNumber(what) ? (one, other) => later(other, one) : later)
}
