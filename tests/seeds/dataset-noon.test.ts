import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase, rows, value, type Database } from '../../electron/database/open.ts'
import { isWorkingDay, localDay } from '../../electron/workbench/calendar.ts'
import { writeDataset } from '../../seeds/dataset/dataset.ts'
import { planOf } from '../../seeds/dataset/plan.ts'
import { root } from '../fixture.ts'

/** Two years of a class of thirty, at a counter that has little else to do. Written once, for reading only. */
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
/** Attendance that stands, with the day's other rows of the child. */
const standing = 'attendance a WHERE a.voided = 0'
const sameDay = (kind: string) =>
  `(SELECT 1 FROM attendance b WHERE b.child_id = a.child_id AND b.day = a.day AND b.kind = '${kind}' AND b.voided = 0)`

describe('the noons of a generated folder', () => {
  it('come and go 38,000 times a year for a class of a hundred', () => {
    const perYear = count("attendance WHERE voided = 0 AND kind <> 'absence'") / options.years
    expect(perYear).toBeGreaterThan(38_000 * options.scale * 0.9)
    expect(perYear).toBeLessThan(38_000 * options.scale * 1.1)
    expect(planOf({ years: 10, stress: true }).children / planOf({ years: 10 }).children).toBeCloseTo(
      1_200_000 / 380_000,
      1,
    )
  })

  it('hand over whoever came, and nobody who did not, later than they came', () => {
    expect(count(`${standing} AND a.kind = 'departure' AND NOT EXISTS ${sameDay('arrival')}`)).toBe(0)
    expect(count(`${standing} AND a.kind = 'arrival' AND NOT EXISTS ${sameDay('departure')}`)).toBe(0)
    expect(count(`${standing} AND a.kind = 'absence' AND EXISTS ${sameDay('arrival')}`)).toBe(0)
    expect(
      count(
        `attendance a JOIN attendance b USING (child_id, day)
         WHERE a.kind = 'arrival' AND b.kind = 'departure' AND a.voided = 0 AND b.at <= a.at`,
      ),
    ).toBe(0)
  })

  it('lie on school days of the term, in the group of the enrolment', () => {
    const days = rows<{ day: string; at: string }>(
      db,
      'SELECT day, min(at) AS at FROM attendance GROUP BY day',
    )
    expect(days.length).toBeGreaterThan(360)
    expect(days.length).toBeLessThan(400)
    for (const { day, at } of days) {
      expect(isWorkingDay(day), day).toBe(true)
      expect(localDay(new Date(at))).toBe(day)
    }
    expect(count('attendance JOIN term_day_off USING (day)')).toBe(0)
    expect(
      count(
        `attendance a WHERE NOT EXISTS
           (SELECT 1 FROM enrolment e JOIN term t ON t.id = e.term_id
            WHERE e.child_id = a.child_id AND e.group_id = a.group_id AND a.day >= e.from_day
              AND (e.left_day IS NULL OR a.day < e.left_day) AND a.day BETWEEN t.first_day AND t.last_day)`,
      ),
    ).toBe(0)
  })

  it('give a child only to who may take it', () => {
    const collected = "attendance a WHERE a.kind = 'departure' AND a.pickup_id IS NOT NULL"
    expect(count(collected)).toBeGreaterThan(1000)
    expect(
      count(
        `${collected} AND NOT EXISTS
           (SELECT 1 FROM pickup_person p WHERE p.id = a.pickup_id AND p.child_id = a.child_id
              AND p.kind = 'authorised' AND p.from_day <= a.day)`,
      ),
    ).toBe(0)
    expect(count(`${collected} AND a.collected_by = ''`)).toBe(0)
    expect(count("pickup_person WHERE kind = 'forbidden' AND reason <> ''")).toBeGreaterThan(0)
    expect(count("pickup_person WHERE kind = 'forbidden' AND reason = ''")).toBe(0)
  })

  it('expect nobody who is on leave, and were told of it before noon', () => {
    expect(count('child_leave')).toBeGreaterThan(100)
    expect(
      count(
        'attendance a JOIN child_leave l ON l.child_id = a.child_id AND a.day BETWEEN l.from_day AND l.to_day',
      ),
    ).toBe(0)
    for (const { at, day } of rows<{ at: string; day: string }>(
      db,
      'SELECT at, from_day AS day FROM child_leave',
    )) {
      expect(at < `${day}T04:00:00.000Z`, at).toBe(true)
    }
  })

  it('know a guardian who can be called and a consent of every child, and one enrolment at a time', () => {
    expect(count('child')).toBeGreaterThan(25)
    expect(
      count("child c WHERE NOT EXISTS (SELECT 1 FROM guardian g WHERE g.child_id = c.id AND g.phone <> '')"),
    ).toBe(0)
    expect(
      count(
        "child c WHERE NOT EXISTS (SELECT 1 FROM consent s WHERE s.person_id = c.person_id AND purpose = '午间课堂')",
      ),
    ).toBe(0)
    expect(
      count(
        `enrolment e JOIN enrolment f ON f.child_id = e.child_id AND f.term_id = e.term_id AND f.id > e.id
         WHERE e.left_day IS NULL OR f.from_day < e.left_day`,
      ),
    ).toBe(0)
    expect(
      count(
        `class_group g WHERE capacity < (SELECT count(*) FROM enrolment WHERE group_id = g.id AND left_day IS NULL)`,
      ),
    ).toBe(0)
  })

  it('keep what was taken back, with who took it back', () => {
    expect(count('attendance_void')).toBeGreaterThan(0)
    expect(count('attendance WHERE voided = 1')).toBe(count('attendance_void'))
    expect(
      count('attendance JOIN attendance_void v ON v.attendance_id = attendance.id WHERE voided = 0'),
    ).toBe(0)
  })

  it('look at the tray of every allergic child that came, and write late entries down with both times', () => {
    expect(count('tray_check')).toBeGreaterThan(100)
    expect(count("tray_check JOIN child ON child.id = child_id WHERE allergies = ''")).toBe(0)
    expect(
      count(
        `tray_check t WHERE NOT EXISTS (SELECT 1 FROM attendance a
           WHERE a.child_id = t.child_id AND a.day = t.day AND a.kind = 'arrival' AND voided = 0)`,
      ),
    ).toBe(0)
    expect(count("attendance WHERE how = 'paper'")).toBeGreaterThan(0)
    expect(count("attendance WHERE how = 'paper' AND entered_at <= at")).toBe(0)
    expect(count("attendance WHERE how <> 'paper' AND entered_at <> at")).toBe(0)
  })

  it('sign incidents off by a manager and count them without a gap', () => {
    const numbers = rows<{ number: string }>(db, 'SELECT number FROM incident ORDER BY id')
    expect(numbers.length).toBeGreaterThan(3)
    const last = value<number>(db, "SELECT sum(last) FROM sequence WHERE kind = 'SJ'")
    expect(last).toBe(numbers.length)
    expect(
      count("incident_sign_off s JOIN operator o ON o.id = s.operator_id WHERE o.role <> 'manager'"),
    ).toBe(0)
    // What was added is read with what it adds to.
    expect(
      count(
        `incident i JOIN incident_sign_off s ON s.incident_id = i.follows
         WHERE i.id NOT IN (SELECT incident_id FROM incident_sign_off)`,
      ),
    ).toBe(0)
  })
})
