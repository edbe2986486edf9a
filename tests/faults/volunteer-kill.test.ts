import { expect, it } from 'vitest'
import { verifyAudit } from '../../electron/database/audit.ts'
import { readAuditKey } from '../../electron/database/folder.ts'
import { row, rows, value, type Database } from '../../electron/database/open.ts'
import { addDays } from '../../electron/workbench/calendar.ts'
import { addActivity, addPointRule, addVolunteers, sql } from '../counters/volunteers/service.ts'
import { temporaryFolder } from '../fixture.ts'
import { signIn, type Client, type Tokens } from '../hosts/desk-process.ts'
import { openFile, startClockedDesk } from '../hosts/noon-desk.ts'
import { addClerk, everNegative, managerId, openScreensOf, sheetOf } from '../hosts/volunteer-desk.ts'

const kills = 30
/** Activities that a kill finds unrecorded, more than it will ever reach. */
const activities = 80
const sheetSize = 10
const now = '2026-11-23T04:00:00.000Z'

/** What the screens were told. */
type Acknowledged = {
  records: Map<number, number>
  confirmed: Set<number>
  reversals: Map<number, number>
  redemptions: Map<number, string>
}
/** A refusal: the desk was there, and said no. Being gone is no refusal. */
const isRefusal = (error: unknown) =>
  ['INVALID', 'CONFLICT', 'FORBIDDEN', 'NOT_FOUND', 'TROUBLE'].includes(
    String((error as { code?: unknown }).code),
  )

type Seats = { clerk: Client; manager: Client; giftId: number }

/** One sheet from the door to the gift: entered twice at once by an impatient finger, confirmed, spent, some taken back. */
async function workOn(
  { clerk, manager, giftId }: Seats,
  { activityId, volunteerIds, nth }: { activityId: number; volunteerIds: number[]; nth: number },
  told: Acknowledged,
): Promise<void> {
  const sheet = { ticket: crypto.randomUUID(), activityId, lines: sheetOf(volunteerIds) }
  const [one, two] = await Promise.all([
    clerk.volunteers.saveRollCall(sheet),
    clerk.volunteers.saveRollCall(sheet),
  ])
  expect(two.recordIds).toEqual(one.recordIds)
  for (const id of one.recordIds) told.records.set(id, activityId)
  const { confirmed } = await manager.volunteers.confirmRecords({ activityId, recordIds: null })
  for (const id of confirmed) told.confirmed.add(id)
  const { redemption } = await clerk.volunteers.redeem({
    ticket: crypto.randomUUID(),
    volunteerId: volunteerIds[0]!,
    giftId,
    amount: 1,
    points: 5,
    collector: '',
  })
  told.redemptions.set(redemption.id, redemption.number)
  if (nth % 3 > 0) return
  // Of the first the points are half spent, of the last they are all there.
  const recordId = one.recordIds.at(nth % 2 === 0 ? 0 : -1)!
  const { reversal } = await manager.volunteers.reverseRecord({ recordId, reason: '替人签到' })
  told.reversals.set(reversal.id, recordId)
}

/** Works on one activity after the other until the desk is gone. Returns what it was refused, which is nothing. */
async function workUntilGone(
  seats: Seats,
  works: { activityId: number; volunteerIds: number[]; nth: number }[],
  told: Acknowledged,
  began: () => void,
): Promise<unknown[]> {
  try {
    for (const work of works) {
      await workOn(seats, work, told)
      began()
    }
    return ['all activities were recorded before the kill']
  } catch (error) {
    began()
    return isRefusal(error) || !(error instanceof Error) || error.name === 'AssertionError' ? [error] : []
  }
}

const idsOf = (db: Database, text: string) => new Set(rows<{ id: number }>(db, text).map(({ id }) => id))

/** Of what was told, all that the file does not have. */
function lostOf(db: Database, told: Acknowledged) {
  const records = new Map(
    rows<{ id: number; activityId: number }>(
      db,
      'SELECT id, activity_id AS activityId FROM service_record',
    ).map(({ id, activityId }) => [id, activityId]),
  )
  const confirmed = idsOf(db, 'SELECT id FROM service_record WHERE confirmed_at IS NOT NULL')
  const reversals = new Map(
    rows<{ id: number; reverses: number }>(
      db,
      'SELECT id, reverses FROM service_record WHERE reverses IS NOT NULL',
    ).map(({ id, reverses }) => [id, reverses]),
  )
  const redemptions = new Map(
    rows<{ id: number; number: string }>(db, 'SELECT id, number FROM redemption').map(({ id, number }) => [
      id,
      number,
    ]),
  )
  return {
    records: [...told.records].filter(([id, activityId]) => records.get(id) !== activityId),
    confirmed: [...told.confirmed].filter((id) => !confirmed.has(id)),
    reversals: [...told.reversals].filter(([id, recordId]) => reversals.get(id) !== recordId),
    redemptions: [...told.redemptions].filter(([id, number]) => redemptions.get(id) !== number),
  }
}

/** Counts that are nought in a whole file: whatever was cut in half would stand in one of them. */
const halves = {
  'sheets without all of their people': `SELECT count(*) FROM (
    SELECT r.id FROM roll_call AS r LEFT JOIN service_record AS s ON s.roll_call_id = r.id
    GROUP BY r.id HAVING count(s.id) <> ${sheetSize})`,
  'activities entered twice': `SELECT count(*) FROM (
    SELECT activity_id FROM roll_call GROUP BY activity_id HAVING count(*) > 1)`,
  'activities entered and not held': `SELECT count(*) FROM activity
    WHERE (state = 'held') <> (id IN (SELECT activity_id FROM roll_call))`,
  'activities half confirmed': `SELECT count(*) FROM (
    SELECT activity_id FROM service_record WHERE reverses IS NULL GROUP BY activity_id
    HAVING count(confirmed_at) NOT IN (0, ${sheetSize}))`,
  'records confirmed and not paid once': `SELECT count(*) FROM service_record AS r
    WHERE r.reverses IS NULL AND (r.confirmed_at IS NOT NULL) <> (
      SELECT count(*) FROM point_entry WHERE record_id = r.id AND cause = 'service' AND points = 10)`,
  'reversals whose points were not taken back': `SELECT count(*) FROM service_record AS r
    WHERE r.reverses IS NOT NULL AND 1 <> (SELECT count(*) FROM point_entry
      WHERE record_id = r.id AND cause = 'service-reversal' AND points - written_off = -10)`,
  'records reversed without a second row': `SELECT count(*) FROM service_record AS r
    WHERE r.reversed <> (SELECT count(*) FROM service_record WHERE reverses = r.id)`,
  'redemptions without their points or their gift': `SELECT count(*) FROM redemption AS d
    WHERE 1 <> (SELECT count(*) FROM point_entry WHERE redemption_id = d.id AND points = -d.points)
      OR 1 <> (SELECT count(*) FROM gift_move WHERE redemption_id = d.id AND amount = -d.amount)`,
} as const

it(
  `loses nothing acknowledged and cuts nothing in half in ${kills} kills amid sheets, confirmations and gifts`,
  async () => {
    const folder = temporaryFolder()
    const told: Acknowledged = {
      records: new Map(),
      confirmed: new Set(),
      reversals: new Map(),
      redemptions: new Map(),
    }
    const refused: unknown[] = []
    const tokens: Tokens = { device: '', session: '' }
    const first = await startClockedDesk(folder, now)
    await signIn(first, tokens)
    const clerkId = addClerk(folder)
    const { volunteerIds, giftId } = openFile(folder, (db) => {
      addPointRule(db, { perHour: 5, fromDay: '1999-01-01' })
      const made = sql(db, "INSERT INTO gift (name, points) VALUES ('大米', 5)")
      sql(
        db,
        `INSERT INTO gift_move (gift_id, amount, cause, at, operator_id) VALUES (?, 100000, 'delivery', ?, 1)`,
        made,
        now,
      )
      return { giftId: made, volunteerIds: addVolunteers(db, 4 * sheetSize, { joinedDay: '1999-01-01' }) }
    })
    await first.end('SIGTERM')

    let nth = 0
    for (let kill = 0; kill < kills; kill += 1) {
      // A day of its own for each activity, so that nobody is in two at once.
      const works = openFile(folder, (db) =>
        Array.from({ length: activities }, () => {
          const activityId = addActivity(db, { day: addDays('2000-01-01', nth) })
          const from = (nth % 4) * sheetSize
          return { activityId, nth: nth++, volunteerIds: volunteerIds.slice(from, from + sheetSize) }
        }),
      )
      const desk = await startClockedDesk(folder, now)
      const clerks = await openScreensOf(desk, { device: tokens.device, operatorId: clerkId }, 2)
      const [manager] = await openScreensOf(desk, { device: tokens.device, operatorId: managerId }, 1)
      const shares = clerks.map((_, seat) => works.filter((_work, place) => place % 2 === seat))
      let work: Promise<unknown[]>[] = []
      await new Promise<void>((began) => {
        work = clerks.map((clerk, seat) =>
          workUntilGone({ clerk, manager: manager!, giftId }, shares[seat]!, told, began),
        )
      })
      // 20 to 200 ms into the work, spread evenly so that a run can be repeated.
      await new Promise((resolve) => setTimeout(resolve, 20 + ((kill * 37) % 180)))
      expect(await desk.end('SIGKILL')).toBe('SIGKILL')
      refused.push(...(await Promise.all(work)).flat())
    }

    openFile(folder, (db) => {
      expect(refused).toEqual([])
      expect(lostOf(db, told)).toEqual({ records: [], confirmed: [], reversals: [], redemptions: [] })
      const cut = Object.fromEntries(Object.entries(halves).map(([what, text]) => [what, value(db, text)]))
      expect(cut).toEqual(Object.fromEntries(Object.keys(halves).map((what) => [what, 0])))
      expect(everNegative(db)).toEqual([])

      // Hours are what was confirmed less what was taken back of it.
      const hours = row<{ counted: number; confirmed: number; back: number }>(
        db,
        `SELECT sum(r.minutes) FILTER (WHERE r.counted = 1) AS counted,
           sum(r.minutes) FILTER (WHERE r.confirmed_at IS NOT NULL) AS confirmed,
           sum(r.minutes) FILTER (WHERE r.reverses IS NOT NULL) AS back
         FROM service_record AS r`,
      )!
      expect(hours.counted).toBe(hours.confirmed + hours.back)

      // Each act and its audit row stand or fall together.
      const acts = (action: string) =>
        value<number>(db, 'SELECT count(*) FROM audit WHERE action = ?', action)
      const count = (text: string) => value<number>(db, `SELECT count(*) FROM ${text}`)
      expect(acts('volunteer.roll-call')).toBe(count('roll_call'))
      expect(acts('volunteer.reverse-record')).toBe(count('service_record WHERE reverses IS NOT NULL'))
      expect(acts('volunteer.redeem')).toBe(count('redemption'))
      expect(acts('volunteer.confirm')).toBe(
        value(db, 'SELECT count(DISTINCT activity_id) FROM service_record WHERE confirmed_at IS NOT NULL'),
      )
      expect(verifyAudit(db, readAuditKey(folder))).toMatchObject({ firstBad: null })
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
      expect(db.pragma('foreign_key_check')).toEqual([])
      for (const heard of [told.records, told.confirmed, told.reversals, told.redemptions]) {
        expect(heard.size).toBeGreaterThan(kills / 3)
      }
      console.log(
        `kills ${kills}, acknowledged ${told.records.size} records, ${told.confirmed.size} confirmed, ` +
          `${told.reversals.size} reversals, ${told.redemptions.size} redemptions, lost 0`,
      )
    })
  },
  10 * 60_000,
)
