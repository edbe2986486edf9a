import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase, rows, value, type Database } from '../../electron/database/open.ts'
import { isWorkingDay } from '../../electron/workbench/calendar.ts'
import { writeDataset } from '../../seeds/dataset/dataset.ts'
import { planOf } from '../../seeds/dataset/plan.ts'
import { root } from '../fixture.ts'

/** Two years of visits to a quarter of a community. Written once, for reading only. */
const options = { years: 2, scale: 0.27 }
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

describe('the visits of a generated folder', () => {
  it('are as many as the sizing says, with three photos each', () => {
    const visits = count('visit')
    expect(visits).toBeGreaterThan(planOf(options).visits * options.years * 0.9)
    expect(visits).toBeLessThan(planOf(options).visits * options.years * 1.1)
    expect(count('visit_photo') / visits).toBeGreaterThan(2.7)
    expect(count('visit_photo') / visits).toBeLessThan(3.3)
    expect(count('visit_photo p JOIN file f ON f.id = p.file_id AND f.source_sha256 = p.source_sha256')).toBe(
      count('visit_photo'),
    )
    expect(planOf({ years: 10 }).visits * 10).toBe(35_000)
    expect(planOf({ years: 10, stress: true }).visits * 10).toBe(100_000)
  })

  it('meet about two of three, and cover a part of the families only', () => {
    const met = count("visit WHERE outcome = 'met' AND voided = 0") / count('visit')
    expect(met).toBeGreaterThan(0.55)
    expect(met).toBeLessThan(0.75)
    const year = '2026-01-01'
    const covered = value<number>(
      db,
      "SELECT count(DISTINCT household_id) FROM visit WHERE outcome = 'met' AND voided = 0 AND day >= ?",
      year,
    )!
    expect(covered / count('household')).toBeGreaterThan(0.45)
    expect(covered / count('household')).toBeLessThan(0.85)
    for (const outcome of ['nobody', 'refused', 'vacant', 'moved']) {
      expect(count(`visit WHERE outcome = '${outcome}'`), outcome).toBeGreaterThan(0)
    }
  })

  it('happen on working days, at doors of their round, in the grid of the door, by who has a post there', () => {
    for (const { day } of rows<{ day: string }>(db, 'SELECT DISTINCT day FROM visit')) {
      expect(isWorkingDay(day), day).toBe(true)
    }
    expect(
      count(
        `visit v WHERE NOT EXISTS (SELECT 1 FROM visit_round_stop s JOIN visit_round r ON r.id = s.round_id
           WHERE s.round_id = v.round_id AND s.household_id = v.household_id AND r.day = v.day)`,
      ),
    ).toBe(0)
    expect(count('visit v JOIN household h ON h.id = v.household_id WHERE h.grid_id IS NOT v.grid_id')).toBe(
      0,
    )
    expect(count('visit v WHERE NOT EXISTS (SELECT 1 FROM visit_visitor w WHERE w.visit_id = v.id)')).toBe(0)
    expect(
      count(
        `visit v JOIN visit_visitor w ON w.visit_id = v.id WHERE NOT EXISTS
           (SELECT 1 FROM grid_post p WHERE p.visitor_id = w.visitor_id AND p.grid_id = v.grid_id
              AND p.from_day <= v.day AND (p.to_day IS NULL OR p.to_day >= v.day))`,
      ),
    ).toBe(0)
  })

  it('meet people of that door only, and only when somebody opened', () => {
    expect(count('visit_met_person')).toBeGreaterThan(300)
    expect(count("visit_met_person m JOIN visit v ON v.id = m.visit_id WHERE v.outcome <> 'met'")).toBe(0)
    expect(
      count(
        `visit_met_person m JOIN visit v ON v.id = m.visit_id JOIN person p ON p.id = m.person_id
         WHERE p.household_id <> v.household_id`,
      ),
    ).toBe(0)
  })

  it('make numbered enquiries of what families want taken up, and leave the rest as notes', () => {
    const taken = 'visit_need n JOIN enquiry e ON e.id = n.enquiry_id'
    expect(count(taken)).toBeGreaterThan(10)
    expect(count('visit_need WHERE enquiry_id IS NULL')).toBeGreaterThan(0)
    expect(count(`${taken} WHERE e.channel <> '走访'`)).toBe(0)
    expect(
      count(`${taken} JOIN visit v ON v.id = n.visit_id WHERE e.household_id IS NOT v.household_id`),
    ).toBe(0)
    expect(count(`${taken} WHERE e.open = 0`)).toBeGreaterThan(0)
  })

  it('mark a door away from the knock that found it so until somebody is met again', () => {
    expect(count('household_away')).toBeGreaterThan(5)
    expect(
      count(
        `household_away a WHERE NOT EXISTS (SELECT 1 FROM visit v WHERE v.household_id = a.household_id
           AND v.id = a.visit_id AND v.day = a.from_day AND v.outcome = a.kind)`,
      ),
    ).toBe(0)
    expect(
      count(
        `household_away a WHERE until_day IS NOT NULL AND NOT EXISTS
           (SELECT 1 FROM visit v WHERE v.id = a.ended_by AND v.household_id = a.household_id
              AND v.day = a.until_day AND v.outcome = 'met')`,
      ),
    ).toBe(0)
  })

  it('keep what was crossed out, and know the numbers of rounds without a gap', () => {
    expect(count('visit WHERE voided = 1')).toBe(count('visit_void'))
    const last = value<number>(db, "SELECT sum(last) FROM sequence WHERE kind = 'ZF'")
    expect(count('visit_round')).toBe(last)
    expect(count("visit WHERE date(entered_at, '+8 hours') > day")).toBeGreaterThan(0)
    expect(count("visit WHERE date(entered_at, '+8 hours') < day")).toBe(0)
  })

  it('walk every property company on nearly every working day', () => {
    const days = count('(SELECT DISTINCT day FROM patrol)')
    expect(days).toBeGreaterThan(480)
    expect(count('patrol')).toBeGreaterThan(days * 3 * 0.9)
    expect(count('patrol')).toBeLessThan(days * 3)
    expect(count("patrol_tick WHERE fine = 1 AND finding <> ''")).toBe(0)
    expect(count("patrol_tick WHERE fine = 0 AND finding = ''")).toBe(0)
    expect(count('patrol_tick WHERE enquiry_id IS NOT NULL')).toBeGreaterThan(0)
  })
})
