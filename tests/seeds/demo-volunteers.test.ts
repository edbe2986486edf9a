import { describe, expect, it } from 'vitest'
import { readYear } from '../../electron/counters/volunteers/pioneer-record.ts'
import { readReport } from '../../electron/counters/volunteers/report.ts'
import { readToday } from '../../electron/counters/volunteers/today.ts'
import { value } from '../../electron/database/open.ts'
import { localDay } from '../../electron/workbench/calendar.ts'
import { loadDemo } from '../../seeds/demo/load.ts'
import { openTestDesk } from '../fixture.ts'

function demoAt(start: string) {
  const test = openTestDesk({ start })
  const manager = test.context('manager')
  loadDemo(manager)
  const today = localDay(test.clock())
  const count = (text: string) => value<number>(test.db, `SELECT count(*) FROM ${text}`)!
  return { ...test, manager, today, count }
}
const monday = '2026-11-23T02:30:00.000Z'

describe('the volunteers of the demo', () => {
  it('serve in seven teams with a leader each, and some of them have stars', () => {
    const { manager, today, count } = demoAt(monday)
    expect(count('volunteer')).toBeGreaterThan(35)
    expect(count('team WHERE leader_id IS NOT NULL')).toBe(7)
    const { total, byColour, byAge, stars } = readReport(manager, { from: '2026-01-01', to: today })
    expect(total.attendances).toBeGreaterThan(150)
    expect(byColour.filter(({ minutes }) => minutes > 0).length).toBe(7)
    expect(byAge.filter(({ minutes }) => minutes > 0).length).toBeGreaterThan(3)
    expect(stars.filter((many) => many > 0).length).toBeGreaterThanOrEqual(3)
    expect(count('service_record WHERE reversed = 1')).toBe(1)
    for (const beside of ["kind = 'training'", "kind = 'party-duty'", 'own = 0']) {
      expect(count(`service_record WHERE ${beside}`), beside).toBeGreaterThan(0)
    }
  })

  it('have gifts and points that add up, with a last one in the cupboard and one brought back', () => {
    const { count } = demoAt(monday)
    expect(count('redemption')).toBe(4)
    expect(count('redemption_reversal')).toBe(1)
    expect(
      count('(SELECT gift_id, sum(amount) AS stock FROM gift_move GROUP BY gift_id) WHERE stock IN (0, 1)'),
    ).toBeGreaterThanOrEqual(1)
    expect(
      count('(SELECT sum(points) AS points FROM point_entry GROUP BY volunteer_id) WHERE points >= 30'),
    ).toBeGreaterThan(3)
  })

  it.each([
    monday,
    '2026-10-03T10:00:00.000Z',
    '2026-02-23T00:05:00.000Z',
    '2027-01-05T16:30:00.000Z',
    '2028-02-29T03:00:00.000Z',
    '2026-12-28T03:00:00.000Z',
  ])('wait for a sheet and for a second person, one of them soon and one with flags, on %s', (start) => {
    const { manager, db, today, count } = demoAt(start)
    const { waiting, nearestDeadline, toConfirm, anniversaries } = readToday(manager)
    expect(waiting.toRecord).toBeGreaterThan(0)
    expect(waiting.toConfirm).toBeGreaterThanOrEqual(2)
    expect(waiting.overdue).toBe(0)
    expect(nearestDeadline! >= today).toBe(true)
    expect(toConfirm.map(({ name }) => name)).toContain('平安夜巡')
    expect(count('service_record WHERE overlap = 1 AND confirmed_at IS NULL')).toBeGreaterThan(0)
    expect(count('service_record WHERE beyond = 1 AND confirmed_at IS NULL')).toBeGreaterThan(0)
    expect(anniversaries).toHaveLength(1)
    const final = value<number>(db, "SELECT year FROM pioneer_year WHERE state = 'frozen'")!
    expect(readYear(db, final, today)).toMatchObject({ state: 'frozen', places: 10 })
    expect(readYear(db, final, today).corrections).toMatchObject([{ kind: 'no-change' }])
    expect(readYear(db, final + 1, today).volunteers).toBeGreaterThan(10)
    expect(count(`activity WHERE state = 'held' AND day > '${today}'`)).toBe(0)
  })
})
