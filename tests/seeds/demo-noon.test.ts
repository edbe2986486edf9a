import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readBoard } from '../../electron/counters/noon-class/board.ts'
import { listAlarms } from '../../electron/counters/noon-class/alarms.ts'
import { listIncidents } from '../../electron/counters/noon-class/incidents.ts'
import { listStaffChecks } from '../../electron/counters/noon-class/staff-checks.ts'
import { rows, value } from '../../electron/database/open.ts'
import { addDays, localDay } from '../../electron/workbench/calendar.ts'
import { findFile, pathsOf } from '../../electron/workbench/files.ts'
import { loadDemo } from '../../seeds/demo/load.ts'
import { openTestDesk } from '../fixture.ts'

/** The demo as it stands when it is loaded at this moment, and its board of that day. */
function demoAt(instant: string) {
  const test = openTestDesk({ start: instant })
  const manager = test.context('manager')
  loadDemo(manager)
  const day = localDay(test.clock())
  return { ...test, manager, day, board: readBoard(manager, { day, groupId: null }) }
}

/** Monday 23 November 2026 at a local time. */
const monday = (time: string) => new Date(`2026-11-23T${time}:00+08:00`).toISOString()

describe('the noon class of the demo', () => {
  it('has three rooms with fifteen children each, each with photo, guardian and consent', () => {
    const { db, desk, board } = demoAt(monday('10:00'))
    const count = (text: string) => value<number>(db, `SELECT count(*) FROM ${text}`)!
    expect(board.groups).toHaveLength(3)
    for (const group of board.groups) {
      const { length } = board.tiles.filter(({ groupId }) => groupId === group.id)
      expect(length).toBeGreaterThanOrEqual(12)
      expect(length).toBeLessThanOrEqual(17)
      expect(group.teachers).toHaveLength(2)
    }
    const photos = board.tiles.map(({ photoId }) => findFile(db, photoId!))
    expect(new Set(photos.map(({ sha256 }) => sha256)).size).toBe(photos.length)
    for (const photo of photos) {
      const { whole, small } = pathsOf(desk.folder, photo)
      expect(existsSync(whole) && existsSync(small!)).toBe(true)
    }
    expect(
      count(
        "child c WHERE NOT EXISTS (SELECT 1 FROM guardian WHERE child_id = c.id AND phone LIKE '19900%')",
      ),
    ).toBe(0)
    expect(
      count(
        "child c WHERE NOT EXISTS (SELECT 1 FROM consent s WHERE s.person_id = c.person_id AND purpose = '午间课堂')",
      ),
    ).toBe(0)
  })

  it('has namesakes that are told apart, twins, allergies, every way to leave and one who must not collect', () => {
    const { db, board } = demoAt(monday('10:00'))
    const namesakes = board.tiles.filter(({ sameName }) => sameName)
    expect(namesakes.map(({ name }) => name)).toEqual(['王梓萱', '王梓萱'])
    expect(new Set(namesakes.map(({ class: of, mark }) => of + mark)).size).toBe(2)
    expect(namesakes.every(({ mark }) => mark !== '')).toBe(true)
    const births = rows(db, "SELECT DISTINCT birth FROM person WHERE name IN ('何奕晨', '何奕辰')")
    expect(births).toHaveLength(1)
    for (const allergy of ['花生', '牛奶', '鸡蛋']) {
      expect(board.tiles.some(({ allergies }) => allergies.includes(allergy))).toBe(true)
    }
    for (const way of ['collected', 'alone', 'escort'] as const) {
      expect(board.tiles.filter(({ leaves }) => leaves === way).length).toBeGreaterThan(5)
    }
    expect(rows(db, "SELECT name FROM pickup_person WHERE kind = 'forbidden' AND reason <> ''")).toHaveLength(
      1,
    )
    expect(
      value(
        db,
        "SELECT count(*) FROM pickup_person WHERE kind = 'authorised' AND relation IN ('爷爷', '奶奶')",
      ),
    ).toBeGreaterThan(5)
  })

  it.each([
    { time: '11:30', expected: [39, 44], present: 0, gone: 0, alarms: [] },
    { time: '12:15', expected: [2, 2], present: 38, gone: 0, alarms: ['missing', 'missing'] },
    { time: '14:05', expected: [0, 0], present: 1, gone: 38, alarms: ['not-collected'] },
    { time: '20:00', expected: [0, 0], present: 0, gone: 38, alarms: [] },
  ])('stands as a class does at $time', ({ time, expected, present, gone, alarms }) => {
    const { board, manager, day } = demoAt(monday(time))
    const inState = (state: string) => board.tiles.filter((tile) => tile.state === state).length
    expect(inState('leave')).toBe(1)
    expect(inState('expected')).toBeGreaterThanOrEqual(expected[0]!)
    expect(inState('expected')).toBeLessThanOrEqual(expected[1]!)
    if (present <= 1) expect(inState('in')).toBe(present)
    else expect(inState('in')).toBeGreaterThanOrEqual(present)
    if (gone === 0) expect(inState('out')).toBe(0)
    else expect(inState('out')).toBeGreaterThanOrEqual(gone)
    expect(listAlarms(manager, day).map(({ kind }) => kind)).toEqual(alarms)
  })

  it('has somebody on the phone about the missing at a quarter past twelve', () => {
    const { manager, day } = demoAt(monday('12:15'))
    expect(listAlarms(manager, day).some(({ calls }) => calls.length > 0)).toBe(true)
  })

  it('expects nobody on a Sunday, and shows Friday whole', () => {
    const { board, manager, day } = demoAt('2026-11-22T04:15:00.000Z')
    expect(board).toMatchObject({ schoolDay: false, why: 'holiday' })
    expect(board.tiles.every(({ at }) => at === null)).toBe(true)
    const friday = readBoard(manager, { day: addDays(day, -2), groupId: null })
    expect(friday.tiles.filter(({ state }) => state === 'out').length).toBeGreaterThan(38)
    expect(friday.tiles.every(({ state }) => state !== 'in' && state !== 'expected')).toBe(true)
  })

  it.each(['2026-01-26', '2026-02-16', '2026-07-11', '2026-09-01', '2026-10-03', '2026-12-31', '2027-02-20'])(
    'has a running term with four weeks behind it on %s',
    (day) => {
      const { db, board, manager } = demoAt(`${day}T10:00:00.000Z`)
      expect(board.why === 'no-term').toBe(false)
      expect(board.tiles.length).toBeGreaterThanOrEqual(38)
      expect(listAlarms(manager, day)).toEqual([])
      expect(
        value(db, 'SELECT count(DISTINCT day) FROM attendance WHERE day < ?', day),
      ).toBeGreaterThanOrEqual(20)
      expect(
        value(
          db,
          `SELECT count(*) FROM attendance a WHERE kind = 'arrival' AND voided = 0 AND NOT EXISTS
             (SELECT 1 FROM attendance b WHERE b.day = a.day AND b.child_id = a.child_id AND b.kind = 'departure')`,
        ),
      ).toBe(0)
    },
  )

  it('has one incident signed off with what was added, one open, and one background check due', () => {
    const { manager, day } = demoAt(monday('10:00'))
    const found = listIncidents(manager, { from: addDays(day, -60), to: day, childId: null })
    const [first, ...others] = found.filter(({ follows }) => follows === null).reverse()
    expect(first!.signedOff).not.toBeNull()
    expect(found.filter(({ follows }) => follows === first!.id)).toHaveLength(1)
    expect(others.map(({ signedOff }) => signedOff)).toEqual([null])
    const due = listStaffChecks(manager).filter(({ name, due }) => due && name.startsWith('演示'))
    expect(due.map(({ name }) => name)).toEqual(['演示助教'])
  })
})
