import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HarmReport } from '../../electron/contract/harm.ts'
import { casesOf } from '../../renderer/counters/enquiries/harm/log.ts'
import { instantOf } from '../../renderer/counters/enquiries/harm/moments.ts'
import { problemsOf } from '../../renderer/counters/enquiries/harm/report.ts'

const now = new Date('2026-11-23T01:41:30.000Z')

describe('when somebody was told', () => {
  test.each([
    ['2026-11-23', '09:41', '2026-11-23T01:41:00.000Z'],
    ['2026-11-23', '９：４１', '2026-11-23T01:41:00.000Z'],
    ['2026-11-23', '9点41', '2026-11-23T01:41:00.000Z'],
    ['2026-11-23', '00:00', '2026-11-22T16:00:00.000Z'],
  ])('%s %s by the desk’s clock is %s', (day, typed, instant) => {
    expect(instantOf(day, typed)).toBe(instant)
  })

  test.each([
    [null, '09:41'],
    ['2026-11-23', ''],
    ['2026-11-23', '24:00'],
    ['2026-11-23', '9:61'],
    ['2026-11-23', '现在'],
  ])('is nothing yet while it reads %s %j', (day, typed) => expect(instantOf(day, typed)).toBeNull())
})

describe('a report', () => {
  const whole = {
    child: '三年级男生',
    seen: '手臂有淤青',
    told: ['公安机关（110）' as const],
    day: '2026-11-23',
    time: '09:41',
  }

  test('can be written down once somebody was told', () => {
    expect(problemsOf(whole, now)).toEqual({})
    expect(Object.keys(problemsOf({ ...whole, told: [] }, now))).toEqual(['told'])
  })

  test('asks first for who was told: calling comes before writing', () => {
    expect(Object.keys(problemsOf({ child: ' ', seen: '', told: [], day: null, time: '' }, now))).toEqual([
      'told',
      'toldAt',
      'child',
      'seen',
    ])
  })

  test('is not of something that is yet to happen', () => {
    expect(problemsOf({ ...whole, time: '09:42' }, now)).toEqual({ toldAt: '不能晚于现在' })
  })
})

describe('the log', () => {
  const report = (id: number, follows: number | null = null) => ({ id, follows }) as HarmReport
  const order = (reports: HarmReport[]) =>
    casesOf(reports).map(({ id, additions }) => [id, additions.map((one) => one.id)])

  test('shows the newest report first, and what was added under it as it came', () => {
    expect(order([report(5, 1), report(4), report(3, 1), report(2), report(1)])).toEqual([
      [4, []],
      [2, []],
      [1, [3, 5]],
    ])
  })

  test('loses no report, whatever adds to what', () => {
    const logs = fc
      .array(fc.option(fc.nat({ max: 12 })), { maxLength: 12 })
      .map((follows) =>
        follows.map((index, at) => report(at + 1, index !== null && index < at ? index + 1 : null)),
      )
    fc.assert(
      fc.property(logs, (log) => {
        // The core makes every addition one to the first report.
        const roots = log.map((one) => {
          let root = one
          while (root.follows !== null) root = log[root.follows - 1]!
          return root === one ? one : report(one.id, root.id)
        })
        const shown = casesOf(roots).flatMap(({ id, additions }) => [id, ...additions.map((one) => one.id)])
        expect(shown.toSorted((a, b) => a - b)).toEqual(log.map(({ id }) => id))
      }),
    )
  })

  test('shows an addition whose report is not here on its own', () => {
    expect(order([report(7, 3)])).toEqual([[7, []]])
  })
})
