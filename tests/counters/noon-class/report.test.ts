import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reportIncident } from '../../../electron/counters/noon-class/incidents.ts'
import { readRegister } from '../../../electron/counters/noon-class/register.ts'
import { readReport, reportRows } from '../../../electron/counters/noon-class/report.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { refusal } from '../enquiries/counter.ts'
import { fact, moment } from './facts.ts'
import { addLeave, classOf, today } from './fill.ts'

const november = { from: '2026-11-01', to: '2026-11-30', groupId: null }
const schoolDays = ['13', '16', '17', '18', '19', '20'].map((day) => `2026-11-${day}`)
type What = Parameters<typeof reportRows>[1]['what']

/** Two groups of three children; the teacher looks after the first. Today does not count yet. */
function open() {
  const desk = openTestDesk()
  const filled = classOf(desk)
  desk.clock.set(moment(today, '09:00'))
  const groupOf = (child: number) => filled.groupIds[child < 3 ? 0 : 1]!
  const come = (child: number, day: string, leftAt: string | null = null) => {
    const where = { childId: filled.childIds[child]!, groupId: groupOf(child), day }
    fact(desk, { ...where, kind: 'arrival' })
    if (leftAt)
      fact(desk, {
        ...where,
        kind: 'departure',
        time: leftAt,
        pickupId: filled.pickupIds[child]!,
        by: '妈妈',
      })
  }
  const stayAway = (child: number, day: string) =>
    fact(desk, {
      childId: filled.childIds[child]!,
      groupId: groupOf(child),
      day,
      kind: 'absence',
      reason: '病了',
    })
  return { desk, ...filled, come, stayAway }
}

const rowsOf = (desk: TestDesk, what: What) => reportRows(desk.context('auditor'), { ...november, what })

describe('the report', () => {
  test('counts expected, present, on leave, absent and unexplained by group and month', () => {
    const { desk, come, stayAway, childIds, groupIds } = open()
    for (const day of schoolDays) come(0, day)
    come(3, '2026-11-13')
    stayAway(4, '2026-11-13')
    addLeave(desk, childIds[5]!, '2026-11-13')
    const { byGroup, byMonth } = readReport(desk.context(), november)
    expect(byGroup).toEqual([
      {
        groupId: groupIds[0],
        name: '第1组',
        expected: 18,
        present: 6,
        leave: 0,
        absent: 0,
        unexplained: 12,
      },
      {
        groupId: groupIds[1],
        name: '第2组',
        expected: 17,
        present: 1,
        leave: 1,
        absent: 1,
        unexplained: 15,
      },
    ])
    expect(byMonth).toEqual([
      { month: '2026-11', expected: 35, present: 7, leave: 1, absent: 1, unexplained: 27 },
    ])
  })

  test('counts as without notice whoever was not there and had not told', () => {
    const { desk, stayAway, childIds } = open()
    const day = { from: '2026-11-13', to: '2026-11-13', groupId: null }
    stayAway(0, '2026-11-13')
    // Told beforehand, and explained at noon all the same.
    addLeave(desk, childIds[1]!, '2026-11-13')
    stayAway(1, '2026-11-13')
    addLeave(desk, childIds[2]!, '2026-11-13')
    const report = readReport(desk.context(), day)
    expect(report.byMonth[0]).toMatchObject({ absent: 2, leave: 1, unexplained: 3 })
    expect(report.withoutNotice).toBe(4)
  })

  test('counts as late whoever was handed over after the closing time, not at it', () => {
    const { desk, come } = open()
    come(0, '2026-11-13', '14:00')
    come(1, '2026-11-13', '14:01')
    expect(readReport(desk.context(), november).latePickups).toBe(1)
    expect(rowsOf(desk, 'late-pickup')).toEqual([
      {
        childId: expect.any(Number) as number,
        name: '学生002',
        class: expect.stringContaining('2') as string,
        group: '第1组',
        day: '2026-11-13',
        state: 'out',
        at: moment('2026-11-13', '14:01'),
        note: '妈妈接走',
      },
    ])
  })

  test('counts incidents once, whatever was added to them', () => {
    const { desk, childIds, groupIds } = open()
    const happened = (follows: number | null) =>
      reportIncident(desk.context(), {
        childId: childIds[0]!,
        groupId: null,
        follows,
        kind: 'quarrel',
        happenedAt: moment('2026-11-20', '12:30'),
        what: '争玩具',
        measures: '',
        called: [],
        fileIds: [],
      })
    happened(happened(null).id)
    expect(readReport(desk.context(), november).incidents).toBe(1)
    expect(readReport(desk.context(), { ...november, groupId: groupIds[0]! }).incidents).toBe(1)
    expect(readReport(desk.context(), { ...november, groupId: groupIds[1]! }).incidents).toBe(0)
    expect(readReport(desk.context(), { ...november, to: '2026-11-19' }).incidents).toBe(0)
  })

  test('is of their groups for a teacher, of one group where it is asked for', () => {
    const { desk, groupIds } = open()
    const [own, other] = groupIds as [number, number]
    const groups = (context: ReturnType<typeof desk.context>, groupId: number | null) =>
      readReport(context, { ...november, groupId }).byGroup.map((group) => group.groupId)
    expect(groups(desk.context('teacher'), null)).toEqual([own])
    expect(groups(desk.context('auditor'), null)).toEqual([own, other])
    expect(groups(desk.context('auditor'), other)).toEqual([other])
    const teacher = desk.context('teacher')
    for (const call of [
      () => readReport(teacher, { ...november, groupId: other }),
      () => reportRows(teacher, { ...november, groupId: other, what: 'present' }),
    ]) {
      expect(refusal(call)).toEqual({ code: 'NOT_FOUND', data: { what: 'group' } })
    }
  })

  test.each([
    ['ends before it begins', { from: '2026-11-02', to: '2026-11-01' }, 'before-from'],
    ['is longer than any page', { from: '2020-01-01', to: '2026-11-01' }, 'too-long'],
  ])('of a time that %s is refused', (_what, days, problem) => {
    const { desk } = open()
    expect(refusal(() => readReport(desk.context(), { ...days, groupId: null }))).toMatchObject({
      code: 'INVALID',
      data: { fields: [{ path: 'to', problem }] },
    })
  })
})

test('the rows behind a number stand newest first', () => {
  const { desk, come } = open()
  for (const day of schoolDays) come(0, day)
  expect(rowsOf(desk, 'present').map(({ day }) => day)).toEqual([...schoolDays].reverse())
})

test('whatever happened, as many rows stand behind each number as it says, and the registers agree', () => {
  const event = fc.record({
    child: fc.nat(5),
    day: fc.constantFrom(...schoolDays),
    what: fc.constantFrom('in', 'out', 'late', 'absent', 'leave'),
  })
  fc.assert(
    fc.property(fc.array(event, { maxLength: 30 }), (events) => {
      const { desk, come, stayAway, childIds, groupIds } = open()
      const seen = new Set<string>()
      for (const { child, day, what } of events) {
        if (seen.has(`${child} ${day}`)) continue
        seen.add(`${child} ${day}`)
        if (what === 'absent') stayAway(child, day)
        else if (what === 'leave') addLeave(desk, childIds[child]!, day)
        else come(child, day, what === 'in' ? null : what === 'late' ? '14:30' : '13:30')
      }
      const report = readReport(desk.context(), november)
      const sum = (
        what: 'expected' | 'present' | 'leave' | 'absent' | 'unexplained',
        list = report.byGroup,
      ) => list.reduce((total, one) => total + one[what], 0)
      for (const what of ['present', 'leave', 'absent', 'unexplained'] as const) {
        expect(rowsOf(desk, what)).toHaveLength(sum(what))
        expect(report.byMonth.reduce((total, one) => total + one[what], 0)).toBe(sum(what))
        const inRegisters = groupIds
          .flatMap((groupId) => readRegister(desk.context(), { groupId, month: '2026-11' }).rows)
          .reduce((total, row) => total + row[what], 0)
        expect(inRegisters).toBe(sum(what))
      }
      expect(sum('expected')).toBe(sum('present') + sum('absent') + sum('unexplained'))
      expect(sum('expected') + sum('leave')).toBe(6 * schoolDays.length)
      expect(rowsOf(desk, 'without-notice')).toHaveLength(report.withoutNotice)
      expect(rowsOf(desk, 'late-pickup')).toHaveLength(report.latePickups)
      expect(report.latePickups).toBe(
        events.filter(
          ({ child, day, what }, index) =>
            what === 'late' &&
            events.findIndex((other) => other.child === child && other.day === day) === index,
        ).length,
      )
    }),
    { numRuns: 15 },
  )
})
