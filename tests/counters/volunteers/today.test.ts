import { describe, expect, test } from 'vitest'
import { departPerson } from '../../../electron/counters/people/persons.ts'
import { reverseRecord } from '../../../electron/counters/volunteers/reverse.ts'
import { readToday } from '../../../electron/counters/volunteers/today.ts'
import type { TestDesk } from '../../fixture.ts'
import {
  addActivity,
  addVolunteer,
  addVolunteers,
  confirm,
  line,
  openTestDesk,
  personOf,
  save,
  serve,
  sql,
  today,
} from './service.ts'

const read = (desk: TestDesk) => readToday(desk.context())
const named = (lines: { name: string }[]) => lines.map(({ name }) => name)

describe('今日 of the volunteers', () => {
  test('shows today’s activities by their start, and what waits by its deadline', () => {
    const desk = openTestDesk()
    const one = addVolunteer(desk.db)
    addActivity(desk.db, { name: '下午', starts: '14:00', ends: '16:00' })
    addActivity(desk.db, { name: '上午' })
    addActivity(desk.db, { name: '取消', state: 'cancelled' })
    addActivity(desk.db, { name: '后天', day: '2026-11-25' })
    addActivity(desk.db, { name: '昨天', day: '2026-11-22' })
    addActivity(desk.db, { name: '上月', day: '2026-10-28' })
    const waits = (name: string, day: string) => {
      const id = addActivity(desk.db, { name, day })
      save(desk, id, [line(one)])
      return id
    }
    waits('等确认', '2026-11-20')
    waits('早该确认', '2026-10-20')
    confirm(desk, waits('已确认', '2026-11-19'))
    const shown = read(desk)
    expect(named(shown.activities)).toEqual(['上午', '下午'])
    expect(named(shown.toRecord)).toEqual(['上月', '昨天'])
    expect(named(shown.toConfirm)).toEqual(['早该确认', '等确认'])
    expect(shown.waiting).toEqual({ toRecord: 2, toConfirm: 2, overdue: 2 })
    expect(shown.nearestDeadline).toBe(shown.toConfirm[0]!.confirmBy)
  })

  test('shows thirty of a kind and counts all of them', () => {
    const desk = openTestDesk()
    for (let nth = 0; nth < 31; nth += 1) addActivity(desk.db, { day: '2026-11-20' })
    const shown = read(desk)
    expect(shown.toRecord).toHaveLength(30)
    expect(shown.waiting.toRecord).toBe(31)
  })

  test('has nothing to show where nothing is', () => {
    expect(read(openTestDesk())).toEqual({
      ...{ day: today, activities: [], toRecord: [], toConfirm: [] },
      waiting: { toRecord: 0, toConfirm: 0, overdue: 0 },
      ...{ nearestDeadline: null, birthdays: [], anniversaries: [], stars: [], pioneerYear: null },
    })
  })

  test('congratulates on birthdays without the year, but neither who left nor who died', () => {
    const desk = openTestDesk()
    const born = { birth: '1950-11-23' }
    const [kept] = [
      addVolunteer(desk.db, { ...born, name: '王芳' }),
      addVolunteer(desk.db, { ...born, leftDay: today }),
    ]
    const dead = addVolunteer(desk.db, born)
    departPerson(desk.context(), {
      ...{ id: personOf(desk.db, dead), version: 1, departure: 'dead', day: today, reason: '家属告知' },
    })
    addVolunteer(desk.db, { birth: '1950-11-24' })
    addVolunteer(desk.db, { birth: null })
    const { birthdays } = read(desk)
    expect(birthdays).toEqual([{ volunteerId: kept, number: 'ZY-2026-000001', name: '王芳' }])
    expect(JSON.stringify(birthdays)).not.toContain('1950')
  })

  test.each([
    ['2026-02-28', true],
    ['2028-02-28', false],
    ['2028-02-29', true],
    ['2026-03-01', false],
  ])('keeps the birthday of 29 February on %s: %s', (day, kept) => {
    const desk = openTestDesk()
    addVolunteer(desk.db, { birth: '2000-02-29', joinedDay: '2024-02-29' })
    desk.clock.set(`${day}T01:00:00.000Z`)
    const { birthdays, anniversaries } = read(desk)
    expect(birthdays).toHaveLength(kept ? 1 : 0)
    expect(anniversaries).toHaveLength(kept ? 1 : 0)
  })

  test('counts the years since somebody joined, not on the day itself', () => {
    const desk = openTestDesk()
    addVolunteer(desk.db, { name: '新人', joinedDay: today })
    addVolunteer(desk.db, { name: '一年', joinedDay: '2025-11-23' })
    addVolunteer(desk.db, { name: '六年', joinedDay: '2020-11-23' })
    expect(read(desk).anniversaries.map(({ name, years }) => [name, years])).toEqual([
      ['六年', 6],
      ['一年', 1],
    ])
  })

  test('shows a star once it was reached by what was confirmed this month, on that day, and no more when that is taken back', () => {
    const desk = openTestDesk({ start: '2026-10-31T15:59:00.000Z' })
    const [old, fresh, near] = addVolunteers(desk.db, 3) as [number, number, number]
    const hours = (id: number, count: number) =>
      Array.from({ length: count / 20 }, (_, nth) =>
        serve(desk, id, 1200, { day: `2026-0${(nth % 9) + 1}-0${Math.floor(nth / 9) + 1}` }),
      )
    hours(old, 100)
    hours(fresh, 80)
    hours(near, 60)
    expect(read(desk).stars).toMatchObject([{ volunteerId: old, star: 1, day: '2026-10-31' }])
    desk.clock.set('2026-10-31T16:00:00.000Z')
    expect(read(desk).stars).toEqual([])
    const last = serve(desk, fresh, 1200, { day: '2026-10-28' })
    serve(desk, near, 1200, { day: '2026-10-28' })
    serve(desk, old, 60, { day: '2026-10-28' })
    expect(read(desk).stars).toMatchObject([{ volunteerId: fresh, star: 1, day: '2026-11-01' }])
    reverseRecord(desk.context('manager'), { recordId: last, reason: '录错了' })
    expect(read(desk).stars).toEqual([])
  })

  test('reminds of a year whose objections are over, until it is frozen', () => {
    const desk = openTestDesk()
    const publish = (objectionsUntil: string) =>
      sql(
        desk.db,
        `INSERT OR REPLACE INTO pioneer_year (year, state, until_day, unconfirmed, places, published_day, objections_until,
           locked_at, locked_by) VALUES (2025, 'published', '2025-12-31', 0, 1, '2026-11-01', ?, 'x', 1)`,
        objectionsUntil,
      )
    publish(today)
    expect(read(desk).pioneerYear).toBeNull()
    desk.clock.set('2026-11-24T01:00:00.000Z')
    expect(read(desk).pioneerYear).toBe(2025)
    sql(desk.db, "UPDATE pioneer_year SET state = 'frozen', frozen_at = 'x', frozen_by = 1")
    expect(read(desk).pioneerYear).toBeNull()
  })
})
