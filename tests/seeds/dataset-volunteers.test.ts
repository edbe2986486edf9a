import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase, rows, value, type Database } from '../../electron/database/open.ts'
import { rankAll, liveFigures } from '../../electron/counters/volunteers/ranking.ts'
import { isWorkingDay } from '../../electron/workbench/calendar.ts'
import { writeDataset } from '../../seeds/dataset/dataset.ts'
import { planOf } from '../../seeds/dataset/plan.ts'
import { root } from '../fixture.ts'

/** Two years and a half of a small alliance. Written once, for reading only. */
const options = { years: 2.5, scale: 0.2 }
let db: Database
const folder = mkdtempSync(join(tmpdir(), 'desk-test-'))
beforeAll(() => {
  writeDataset(folder, root, options, () => {})
  db = openDatabase(join(folder, 'desk.sqlite3'))
})
afterAll(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

const count = (text: string) => value<number>(db, `SELECT count(*) FROM ${text}`)!
const share = (part: string, whole: string) => count(part) / count(whole)

describe('the volunteers of a generated folder', () => {
  it('are as many as the sizing says, and so are their records', () => {
    const { volunteers, newVolunteers, serviceRecords } = planOf(options)
    const [registered, served] = [count('volunteer'), count('service_record WHERE reverses IS NULL')]
    expect(registered).toBeGreaterThan((volunteers + newVolunteers * options.years) * 0.9)
    expect(registered).toBeLessThan((volunteers + newVolunteers * options.years) * 1.1)
    expect(served).toBeGreaterThan(serviceRecords * options.years * 0.8)
    expect(served).toBeLessThan(serviceRecords * options.years * 1.15)
  })

  it('are planned as 2,500 with 40,000 records in ten years, and 10,000 with 200,000 in the stress test', () => {
    const sizeOf = (stress: boolean) => {
      const { volunteers, newVolunteers, serviceRecords } = planOf({ years: 10, stress })
      return [volunteers + newVolunteers * 10, serviceRecords * 10]
    }
    expect(sizeOf(false)).toEqual([2500, 40_000])
    expect(sizeOf(true)).toEqual([10_000, 200_000])
  })

  it('have a number each without a gap, one team at least, and no leader who left', () => {
    expect(count('volunteer')).toBe(value<number>(db, "SELECT sum(last) FROM sequence WHERE kind = 'ZY'"))
    expect(
      count('volunteer v WHERE NOT EXISTS (SELECT 1 FROM team_member m WHERE m.volunteer_id = v.id)'),
    ).toBe(0)
    expect(count('volunteer WHERE left_day IS NOT NULL')).toBeGreaterThan(5)
    expect(count('team t JOIN volunteer v ON v.id = t.leader_id WHERE v.left_day IS NOT NULL')).toBe(0)
    expect(count('team WHERE leader_id IS NOT NULL')).toBeGreaterThan(4)
  })

  it('meet on every 28th in all seven colours, whatever day of the week it is', () => {
    const days = rows<{ day: string; teams: number }>(
      db,
      `SELECT day, count(DISTINCT colour) AS teams FROM activity WHERE series_id IS NOT NULL GROUP BY day`,
    )
    expect(days.length).toBeGreaterThan(28)
    for (const { day, teams } of days) {
      expect(day.slice(8), day).toBe('28')
      expect(teams, day).toBe(7)
    }
    expect(days.some(({ day }) => !isWorkingDay(day))).toBe(true)
  })
})

describe('the service records of a generated folder', () => {
  it('lie within the time of the volunteer, and come from a sheet of a working day after the activity', () => {
    expect(
      count(
        `service_record r JOIN volunteer v ON v.id = r.volunteer_id
         WHERE r.day < v.joined_day OR r.day > coalesce(v.left_day, '9999')`,
      ),
    ).toBe(0)
    for (const { day } of rows<{ day: string }>(
      db,
      "SELECT DISTINCT date(at, '+8 hours') AS day FROM roll_call",
    )) {
      expect(isWorkingDay(day), day).toBe(true)
    }
    expect(count("service_record WHERE date(entered_at, '+8 hours') <= day")).toBe(0)
    expect(
      count(
        `service_record r JOIN volunteer v ON v.id = r.volunteer_id JOIN person p ON p.id = v.person_id
         WHERE p.birth > date(r.day, '-18 years') AND NOT EXISTS (SELECT 1 FROM consent c
           WHERE c.person_id = p.id AND c.purpose = '未成年人参加志愿服务' AND c.given_day <= r.day)`,
      ),
    ).toBe(0)
  })

  it('are minutes between coming and going, with a reason wherever one is owed', () => {
    const minutes = (time: string) => `(substr(${time}, 1, 2) * 60 + substr(${time}, 4, 2))`
    expect(
      count(
        `service_record WHERE reverses IS NULL
           AND minutes <> ${minutes('left')} - ${minutes('arrived')} - break_minutes`,
      ),
    ).toBe(0)
    expect(
      count(
        `service_record r JOIN activity a ON a.id = r.activity_id WHERE r.reverses IS NULL
           AND ((r.how IN ('late', 'late-and-left-early')) <> (r.arrived > a.starts)
             OR (r.how IN ('left-early', 'late-and-left-early')) <> (r.left < a.ends))`,
      ),
    ).toBe(0)
    for (const flag of ['overlap', 'long_day', 'beyond']) {
      expect(count(`service_record WHERE ${flag} = 1`), flag).toBeGreaterThan(0)
    }
  })

  it('are flagged exactly where they lie over what was entered before', () => {
    const earlier = `service_record o WHERE o.volunteer_id = r.volunteer_id AND o.day = r.day AND o.id < r.id
      AND o.reverses IS NULL AND o.arrived < r.left AND o.left > r.arrived`
    expect(count(`service_record r WHERE overlap = 1 AND NOT EXISTS (SELECT 1 FROM ${earlier})`)).toBe(0)
    expect(
      count(
        `service_record r WHERE reverses IS NULL AND overlap = 0 AND EXISTS
           (SELECT 1 FROM ${earlier} AND o.reversed = 0)`,
      ),
    ).toBe(0)
  })

  it('were confirmed by a second person, mostly within ten working days', () => {
    expect(count('service_record WHERE confirmed_by = entered_by')).toBe(0)
    expect(share('service_record WHERE confirmed_at IS NOT NULL', 'service_record')).toBeGreaterThan(0.9)
    const late = `service_record r JOIN activity a ON a.id = r.activity_id
      WHERE date(r.confirmed_at, '+8 hours') > a.confirm_by`
    expect(count(late)).toBeGreaterThan(0)
    expect(share(late, 'service_record')).toBeLessThan(0.12)
  })

  it('count only where they are our own service, confirmed and not taken back', () => {
    for (const kind of ['service', 'training', 'party-duty']) {
      expect(count(`service_record WHERE kind = '${kind}'`), kind).toBeGreaterThan(0)
    }
    expect(count('service_record WHERE own = 0')).toBeGreaterThan(0)
    expect(count('service_record WHERE reversed = 1')).toBeGreaterThan(0)
    expect(
      count(
        `service_record WHERE counted <> (own = 1 AND kind = 'service' AND confirmed_at IS NOT NULL AND reversed = 0
           AND reverses IS NULL)`,
      ),
    ).toBe(0)
    expect(
      count(
        `service_record r JOIN volunteer v ON v.id = r.volunteer_id WHERE kind = 'party-duty' AND v.party_member = 0`,
      ),
    ).toBe(0)
  })
})

describe('the points of a generated folder', () => {
  it('are never negative, and come from confirmed records of our own alone', () => {
    expect(
      count('(SELECT sum(points) AS balance FROM point_entry GROUP BY volunteer_id) WHERE balance < 0'),
    ).toBe(0)
    expect(
      count(
        `point_entry p JOIN service_record r ON r.id = p.record_id WHERE p.cause = 'service'
           AND (r.confirmed_at IS NULL OR r.own = 0 OR p.points <> iif(r.kind = 'training', 1, r.minutes * 2 / 60))`,
      ),
    ).toBe(0)
  })

  it('buy gifts that were there', () => {
    expect(count('redemption')).toBeGreaterThan(20)
    expect(count('(SELECT sum(amount) AS stock FROM gift_move GROUP BY gift_id) WHERE stock < 0')).toBe(0)
    expect(count('redemption')).toBe(value<number>(db, "SELECT sum(last) FROM sequence WHERE kind = 'DH'"))
  })
})

describe('the pioneers of a generated folder', () => {
  it('are final for every whole year before, in the order of the rule, and open for this one', () => {
    const years = rows<{ year: number; state: string; places: number }>(
      db,
      'SELECT year, state, places FROM pioneer_year ORDER BY year',
    )
    expect(years.map(({ year, state }) => [year, state])).toEqual([
      [2024, 'frozen'],
      [2025, 'frozen'],
    ])
    for (const { year, places } of years) {
      expect(places).toBe(20)
      const ranks = rows<{ volunteerId: number; rank: number }>(
        db,
        'SELECT volunteer_id AS volunteerId, rank FROM pioneer_rank WHERE year = ?',
        year,
      )
      expect(ranks.length).toBeGreaterThan(50)
      expect(ranks.filter(({ rank }) => rank === 1).length).toBeGreaterThan(0)
    }
    expect(
      count(
        "pioneer_year WHERE published_day < date(locked_at, '+8 hours') OR objections_until >= date(frozen_at, '+8 hours')",
      ),
    ).toBe(0)
    expect(rankAll(liveFigures(db, 2026, '2026-12-31')).length).toBeGreaterThan(50)
  })
})
