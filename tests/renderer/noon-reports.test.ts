import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Board, Tile } from '../../electron/contract/noon-days.ts'
import type { Incident } from '../../electron/contract/noon-reports.ts'
import { isUnsigned, threadsOf } from '../../renderer/counters/noon-class/incidents/incidents.ts'
import { mealGroups } from '../../renderer/counters/noon-class/meals/meals.ts'
import { bytesOf } from '../../renderer/components/download.ts'
import { monthWords } from '../../renderer/components/months.ts'
import {
  monthIn,
  partsOf,
  rateOf,
  rateWords,
  sumOf,
} from '../../renderer/counters/noon-class/reports/report.ts'

describe('the attendance rate', () => {
  it('is none while nobody was expected', () => {
    expect(rateOf({ expected: 0, present: 0 })).toBeNull()
    expect(rateWords({ expected: 0, present: 0 })).toBe('—')
  })
  it('is a hundred only when nobody was missing', () => {
    expect(rateWords({ expected: 1000, present: 999 })).toBe('99%')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat({ max: 5000 }), (expected, present) => {
        const rate = rateOf({ expected, present: Math.min(present, expected) })!
        expect(rate === 100).toBe(present >= expected)
        expect(rate).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

test('the sum of the groups is the whole', () => {
  const counted = { expected: 4, present: 2, leave: 1, absent: 1, unexplained: 1 }
  const group = { groupId: 1, name: '第一组', ...counted }
  expect(sumOf([group, { ...group, groupId: 2 }])).toEqual({
    expected: 8,
    present: 4,
    leave: 2,
    absent: 2,
    unexplained: 2,
  })
})

test('who was expected is made of those who came, who were absent and who never explained', () => {
  expect(partsOf('expected')).toEqual(['present', 'absent', 'unexplained'])
  expect(partsOf('leave')).toEqual(['leave'])
})

describe('a month of a period', () => {
  const days = { from: '2026-09-10', to: '2026-11-23' }
  it.each([
    ['2026-09', '2026-09-10', '2026-09-30'],
    ['2026-10', '2026-10-01', '2026-10-31'],
    ['2026-11', '2026-11-01', '2026-11-23'],
  ])('%s has its days from %s to %s', (month, from, to) => {
    expect(monthIn(month, days)).toEqual({ from, to })
  })
  it('knows a leap year', () => {
    expect(monthIn('2028-02', { from: '2028-01-01', to: '2028-12-31' }).to).toBe('2028-02-29')
  })
  it('is named with its year when that is another one', () => {
    expect(monthWords('2026-11', '2026-11-23')).toBe('11月')
    expect(monthWords('2025-12', '2026-11-23')).toBe('2025年12月')
  })
})

test('a spreadsheet comes out of its letters byte by byte', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const letters = btoa(String.fromCharCode(...bytes))
      expect([...bytesOf(letters)]).toEqual([...bytes])
    }),
  )
})

describe('incidents', () => {
  const incident = (id: number, follows: number | null, signed: boolean): Incident => ({
    id,
    number: `SJ-2026-${id}`,
    childId: 1,
    child: '孩子甲',
    groupId: 1,
    group: '第一组',
    follows,
    kind: 'injury',
    happenedAt: '2026-11-23T04:30:00.000Z',
    day: '2026-11-23',
    what: '摔了',
    measures: '',
    called: [],
    files: [],
    at: '2026-11-23T04:31:00.000Z',
    operator: '老师',
    signedOff: signed ? { at: '2026-11-23T05:00:00.000Z', operator: '主任', text: '' } : null,
  })

  it('stand with what was added to them, oldest first, in the order of the desk', () => {
    const threads = threadsOf([
      incident(4, null, false),
      incident(1, null, true),
      incident(3, 1, true),
      incident(2, 1, true),
    ])
    expect(threads.map(({ first, additions }) => [first.id, additions.map(({ id }) => id)])).toEqual([
      [4, []],
      [1, [2, 3]],
    ])
  })
  it('wait for the manager again when something was added after the signature', () => {
    expect(isUnsigned({ first: incident(1, null, true), additions: [] })).toBe(false)
    expect(isUnsigned({ first: incident(1, null, true), additions: [incident(2, 1, false)] })).toBe(true)
  })
})

describe('the meal list', () => {
  const tile = (childId: number, more: Partial<Tile>): Tile => ({
    childId,
    groupId: 1,
    name: '孩子',
    sameName: false,
    mark: '',
    class: '',
    photoId: null,
    allergies: '',
    state: 'in',
    at: null,
    note: '',
    alarmSince: null,
    alarm: null,
    leaves: 'collected',
    trayChecked: false,
    attendanceId: null,
    ...more,
  })
  const group = (id: number): Board['groups'][number] => ({
    id,
    name: `第${id}组`,
    room: '',
    teachers: [],
    arriveBy: '12:10',
    leaveBy: '14:00',
    expected: 0,
    present: 0,
    onLeave: 0,
    gone: 0,
    alarms: 0,
    ratioBroken: false,
  })

  it('counts who is here or should still come, allergies apart, and no group without a tray', () => {
    const parts = mealGroups({
      groups: [group(1), group(2)],
      tiles: [
        tile(1, {}),
        tile(2, { allergies: '花生' }),
        tile(3, { state: 'expected' }),
        tile(4, { state: 'leave', allergies: '牛奶' }),
        tile(5, { state: 'out' }),
        tile(6, { groupId: 2, state: 'absent' }),
      ],
    })
    expect(parts.map((part) => part.group.id)).toEqual([1])
    expect(parts[0]!.allergic.map(({ childId }) => childId)).toEqual([2])
    expect(parts[0]!.others.map(({ childId }) => childId)).toEqual([1, 3])
  })
})
