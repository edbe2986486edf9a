import { pointsOf } from '../../electron/counters/volunteers/ledger.ts'
import { liveFigures, rankAll } from '../../electron/counters/volunteers/ranking.ts'
import { value, write, type WritableDatabase } from '../../electron/database/open.ts'
import { addDays, localDay } from '../../electron/workbench/calendar.ts'
import { nextNumber } from '../../electron/workbench/numbering.ts'
import { volunteerShares } from './plan.ts'
import type { Random } from './random.ts'
import { instantOf, workingDays, type Happening } from './schedule.ts'
import type { VolunteerPeople } from './volunteer-people.ts'
import { gifts } from './volunteer-words.ts'
import type { Writer } from './writer.ts'

const delivery = 200

/** Rules of points, gifts and redemptions, and each year's 志愿先锋 from lock to final list. */
export function openVolunteerPoints(writer: Writer, random: Random, people: VolunteerPeople) {
  const { audit } = writer
  const giftIds: { id: number; points: number }[] = []

  function deliver(db: WritableDatabase, at: string, giftId: number): void {
    const operatorId = random.pick(writer.managers)
    write(
      db,
      "INSERT INTO gift_move (gift_id, amount, cause, at, operator_id) VALUES (?, ?, 'delivery', ?, ?)",
      giftId,
      delivery,
      at,
      operatorId,
    )
    audit(db, { at, operatorId, action: 'volunteer.move-stock', subject: `gift:${giftId}` })
  }

  function redeem(db: WritableDatabase, at: string, volunteerId: number): void {
    const balance = pointsOf(db, volunteerId)
    const able = giftIds.filter(({ points }) => points <= balance)
    if (able.length === 0) return
    const { id: giftId, points } = random.pick(able)
    const stock = value<number>(
      db,
      'SELECT coalesce(sum(amount), 0) FROM gift_move WHERE gift_id = ?',
      giftId,
    )!
    if (stock < 1) deliver(db, at, giftId)
    const operatorId = random.pick(writer.clerks)
    const day = localDay(new Date(at))
    const year = Number(day.slice(0, 4))
    const { id } = write(
      db,
      `INSERT INTO redemption (number, ticket, volunteer_id, gift_id, amount, points, collector, day, at, operator_id)
       VALUES (?, ?, ?, ?, 1, ?, '', ?, ?, ?)`,
      nextNumber(db, 'DH', year),
      random.uuid(),
      volunteerId,
      giftId,
      points,
      day,
      at,
      operatorId,
    )
    write(
      db,
      `INSERT INTO gift_move (gift_id, amount, cause, redemption_id, at, operator_id)
       VALUES (?, -1, 'redemption', ?, ?, ?)`,
      giftId,
      id,
      at,
      operatorId,
    )
    write(
      db,
      `INSERT INTO point_entry (volunteer_id, points, cause, redemption_id, year, day, at, operator_id)
       VALUES (?, ?, 'redemption', ?, ?, ?, ?, ?)`,
      volunteerId,
      0 - points,
      id,
      year,
      day,
      at,
      operatorId,
    )
    audit(db, { at, operatorId, action: 'volunteer.redeem', subject: `volunteer:${volunteerId}` })
  }

  /** Locks a year; nothing where nobody has a confirmed hour. */
  function lock(db: WritableDatabase, at: string, year: number): void {
    const ranked = rankAll(liveFigures(db, year, `${year}-12-31`))
    if (ranked.length === 0) return
    const operatorId = random.pick(writer.managers)
    const unconfirmed = value<number>(
      db,
      `SELECT count(*) FROM service_record WHERE year = ? AND own = 1 AND kind = 'service' AND confirmed_at IS NULL
         AND reversed = 0 AND reverses IS NULL`,
      year,
    )
    write(
      db,
      `INSERT INTO pioneer_year (year, state, until_day, unconfirmed, locked_at, locked_by)
       VALUES (?, 'locked', ?, ?, ?, ?)`,
      year,
      `${year}-12-31`,
      unconfirmed,
      at,
      operatorId,
    )
    for (const line of ranked) {
      write(
        db,
        `INSERT INTO pioneer_rank (year, volunteer_id, rank, minutes, activities, rating_sum, ratings)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        year,
        line.volunteerId,
        line.rank,
        line.minutes,
        line.activities,
        line.ratingSum,
        line.ratings,
      )
    }
    audit(db, { at, operatorId, action: 'volunteer.lock-year', subject: `pioneer:${year}` })
  }

  function publish(db: WritableDatabase, at: string, year: number): void {
    const operatorId = random.pick(writer.managers)
    const day = localDay(new Date(at))
    write(
      db,
      `UPDATE pioneer_year SET state = 'published', places = min(20, (SELECT count(*) FROM pioneer_rank WHERE year = @year)),
         published_day = @day, objections_until = @until, version = version + 1 WHERE year = @year AND state = 'locked'`,
      { year, day, until: addDays(day, 7) },
    )
    audit(db, { at, operatorId, action: 'volunteer.publish-year', subject: `pioneer:${year}` })
  }

  function freeze(db: WritableDatabase, at: string, year: number): void {
    const operatorId = random.pick(writer.managers)
    write(
      db,
      `UPDATE pioneer_year SET state = 'frozen', frozen_at = ?, frozen_by = ?, version = version + 1
       WHERE year = ? AND state = 'published'`,
      at,
      operatorId,
      year,
    )
    audit(db, { at, operatorId, action: 'volunteer.freeze-year', subject: `pioneer:${year}` })
  }

  return {
    /** On the first day: what an hour gives, and what is in the cupboard. */
    setUp(db: WritableDatabase, at: string, day: string): void {
      const operatorId = writer.managers[0]!
      const rule = `INSERT INTO point_rule (kind, per_hour, per_attendance, from_day, operator_id, created_at)
        VALUES (?, ?, ?, ?, ?, ?)`
      write(db, rule, 'service', 2, 0, day, operatorId, at)
      write(db, rule, 'training', 0, 1, day, operatorId, at)
      audit(db, { at, operatorId, action: 'volunteer.add-point-rule', subject: 'volunteer-setup' })
      for (const { name, points } of gifts) {
        const { id } = write(db, 'INSERT INTO gift (name, points) VALUES (?, ?)', name, points)
        audit(db, { at, operatorId, action: 'volunteer.save-gift', subject: `gift:${id}` })
        deliver(db, at, id)
        giftIds.push({ id, points })
      }
    },

    /** One afternoon a month the cupboard is open. */
    redeemAll(db: WritableDatabase, at: string): void {
      const count = Math.round(people.serving.length * volunteerShares.redeem)
      for (let nth = 0; nth < count; nth += 1) redeem(db, at, random.pick(people.serving).id)
    },

    /** What becomes of the year before in the next weeks, when `day` is the first working day of a year. */
    pioneersOf(day: string): Happening[] {
      const year = Number(day.slice(0, 4)) - 1
      const days = workingDays(day, addDays(day, 50))
      const at = (nth: number) => instantOf(days[nth]!, 15.5 * 3_600_000)
      return [
        { at: at(14), write: (db, when) => lock(db, when, year) },
        { at: at(15), write: (db, when) => publish(db, when, year) },
        { at: at(24), write: (db, when) => freeze(db, when, year) },
      ]
    },
  }
}
