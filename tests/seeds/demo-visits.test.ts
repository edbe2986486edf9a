import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readCoverage } from '../../electron/counters/visits/coverage.ts'
import { listCoverageRows } from '../../electron/counters/visits/coverage-rows.ts'
import { listWaitingPhotos } from '../../electron/counters/visits/photos.ts'
import { readPatrolMonth } from '../../electron/counters/visits/patrol-month.ts'
import { readHouseholdVisits } from '../../electron/counters/visits/read-visits.ts'
import { listRounds } from '../../electron/counters/visits/rounds.ts'
import { countVisits } from '../../electron/counters/visits/today.ts'
import { rows, value } from '../../electron/database/open.ts'
import { addDays, localDay } from '../../electron/workbench/calendar.ts'
import { findFile, pathsOf } from '../../electron/workbench/files.ts'
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

describe('the visits of the demo', () => {
  it('cover a part of the year, with a goal that does not reach all of it', () => {
    const { manager, count } = demoAt(monday)
    const { all, byGrid } = readCoverage(manager, '2026-11')
    expect(all.covered / all.households).toBeGreaterThan(0.55)
    expect(all.covered / all.households).toBeLessThan(0.8)
    expect(all.reachedByGoal).toBeLessThan(all.households)
    expect(all.needed).toBeGreaterThan(all.monthGoal)
    expect(all.away).toBe(3)
    expect(byGrid.filter(({ visitors }) => visitors.length === 0)).toEqual([])
    for (const outcome of ['met', 'nobody', 'refused', 'vacant', 'moved']) {
      expect(count(`visit WHERE outcome = '${outcome}'`), outcome).toBeGreaterThan(0)
    }
    expect(count('visit WHERE voided = 1')).toBe(1)
    expect(count('household_registration')).toBeGreaterThanOrEqual(5)
  })

  it('have a round of today, half entered', () => {
    const { manager, today } = demoAt(monday)
    const [round] = listRounds(manager, { visitorId: null, limit: 1 })
    expect(round).toMatchObject({ day: today, stops: 8, done: 4, met: 3 })
    expect(demoAt('2026-11-23T00:10:00.000Z').count("visit WHERE day = '2026-11-23'")).toBe(0)
  })

  it('show at the next visit what became of what was asked for', () => {
    const { manager, db } = demoAt(monday)
    const door = (name: string) => value<number>(db, 'SELECT household_id FROM person WHERE name = ?', name)!
    const needs = (name: string) =>
      readHouseholdVisits(manager, { id: door(name), limit: 20 }).visits.flatMap((visit) => visit.needs)
    expect(needs('王秀兰')).toMatchObject([{ theme: '健康', enquiry: { state: 'closed' } }])
    expect(needs('贺春生')).toMatchObject([{ enquiry: { state: 'accepted' } }])
    expect(needs('单国强')).toMatchObject([{ enquiry: null }])
  })

  it('have photos at their visits and photos that wait, all lying in their place', () => {
    const { manager, db, desk, count } = demoAt(monday)
    const { photos, total } = listWaitingPhotos(manager, { limit: 60 })
    expect(total).toBe(3)
    expect(photos.filter(({ proposals }) => proposals.length > 0)).toHaveLength(2)
    expect(photos.filter(({ timeProblem }) => timeProblem === 'none')).toHaveLength(1)
    expect(count("visit_photo WHERE visit_id IS NOT NULL AND mark = 'child'")).toBe(1)
    for (const { id } of rows<{ id: number }>(db, 'SELECT file_id AS id FROM visit_photo')) {
      const { whole, small } = pathsOf(desk.folder, findFile(db, id))
      expect(existsSync(whole) && existsSync(small!)).toBe(true)
    }
  })

  it('walk the property companies, with a day missed, findings and two still to walk today', () => {
    const { manager, db, today, count } = demoAt(monday)
    const { rows: companies, days } = readPatrolMonth(manager, '2026-11')
    expect(companies.map(({ missed }) => missed)).toContain(1)
    expect(companies.some(({ findings }) => findings > 0)).toBe(true)
    const place = days.findIndex(({ day }) => day === today)
    expect(companies.map(({ cells }) => cells[place]).sort()).toEqual(['done', 'today', 'today'])
    expect(count('patrol_tick WHERE enquiry_id IS NOT NULL')).toBe(1)
    expect(countVisits(db, today)).toMatchObject({ patrols: 2 })
  })

  it.each([
    monday,
    '2026-10-03T10:00:00.000Z',
    '2026-02-23T00:05:00.000Z',
    '2027-01-05T16:30:00.000Z',
    '2028-02-29T03:00:00.000Z',
  ])(
    'count the same on 今日 as on the coverage page, and have follow-ups and families due, on %s',
    (start) => {
      const { manager, db, today, count } = demoAt(start)
      const numbers = countVisits(db, today)
      const { all } = readCoverage(manager, today.slice(0, 7))
      const behind = (what: 'follow-up' | 'key-overdue') =>
        listCoverageRows(manager, { what, month: today.slice(0, 7), gridId: null, visitorId: null, limit: 1 })
          .total
      expect(numbers).toMatchObject({ monthMet: all.monthMet, monthGoal: all.monthGoal })
      expect(numbers.followUp).toBeGreaterThan(0)
      expect(numbers.followUp).toBe(behind('follow-up'))
      expect(numbers.keyOverdue).toBeGreaterThan(0)
      expect(numbers.keyOverdue).toBe(behind('key-overdue'))
      expect(count(`visit WHERE day > '${today}'`)).toBe(0)
      expect(count(`visit WHERE day < '${addDays(today, -365)}'`)).toBe(0)
    },
  )
})
