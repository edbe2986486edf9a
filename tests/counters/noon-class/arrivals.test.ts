import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Role } from '../../../electron/contract/access.ts'
import { closeAbsence } from '../../../electron/counters/noon-class/absence.ts'
import { arriveChildren, scanBadge, undoAttendance } from '../../../electron/counters/noon-class/arrivals.ts'
import { readTile } from '../../../electron/counters/noon-class/board.ts'
import { releaseChild } from '../../../electron/counters/noon-class/release.ts'
import { row, rows, value } from '../../../electron/database/open.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { refusal } from '../enquiries/counter.ts'
import { addLeave, at, badgeOf, classOf, sql, today } from './fill.ts'

type Input = Parameters<typeof arriveChildren>[1]
const arrive = (desk: TestDesk, childIds: number[], changed: Partial<Input> = {}, role: Role = 'clerk') =>
  arriveChildren(desk.context(role), { childIds, day: today, how: 'tap', at: null, ...changed })
const undo = (desk: TestDesk, attendanceIds: number[], reason = '撤销') =>
  undoAttendance(desk.context(), { attendanceIds, reason })
const scan = (desk: TestDesk, badge: string, role: Role = 'clerk') =>
  scanBadge(desk.context(role), { badge, day: today })
const collect = (desk: TestDesk, childId: number, pickupId: number | null) =>
  releaseChild(desk.context(), { childId, day: today, pickupId, escort: '', at: null })
const tileOf = (desk: TestDesk, childId: number) => readTile(desk.context(), today, childId)!
const count = (desk: TestDesk, table: 'attendance' | 'audit') =>
  value<number>(desk.db, `SELECT count(*) FROM ${table}`)!

const step = (childId: number, state: string) => ({
  code: 'CONFLICT',
  data: { because: 'step', current: { childId, state } },
})
const invalidAt = (problem: string) => ({ code: 'INVALID', data: { fields: [{ path: 'at', problem }] } })
const outside = { code: 'INVALID', data: { fields: [{ path: 'day', problem: 'outside' }] } }
const noChild = { code: 'NOT_FOUND', data: { what: 'child' } }
const noBadge = { code: 'NOT_FOUND', data: { what: 'badge' } }

describe('an arrival', () => {
  test('is one row with its time, told to everybody and written down with ids only', () => {
    const desk = openTestDesk()
    const [child] = classOf(desk).childIds as [number]
    const answer = arrive(desk, [child])
    expect(answer).toEqual({ arrived: [{ childId: child, attendanceId: 1 }], already: [] })
    expect(row(desk.db, 'SELECT * FROM attendance')).toMatchObject({
      child_id: child,
      day: today,
      kind: 'arrival',
      at: at('12:00'),
      entered_at: at('12:00'),
      how: 'tap',
      voided: 0,
    })
    expect(tileOf(desk, child)).toMatchObject({ state: 'in', at: at('12:00'), attendanceId: 1 })
    expect(desk.published).toEqual([{ topic: 'noon', id: child }])
    const { subject, changes } = row<{ subject: string; changes: string }>(
      desk.db,
      "SELECT subject, changes FROM audit WHERE action = 'noon.arrive'",
    )!
    expect(subject).toBe(`noon:${child}`)
    expect(JSON.parse(changes)).toEqual({
      day: [null, today],
      how: [null, 'tap'],
      children: [null, [child]],
      attendance: [null, [1]],
    })
  })

  test('of a whole group is one act; who was in is told and not entered twice', () => {
    const desk = openTestDesk()
    const { childIds } = classOf(desk)
    arrive(desk, childIds.slice(0, 2))
    const before = count(desk, 'audit')
    const { arrived, already } = arrive(desk, [...childIds, childIds[5]!])
    expect(arrived.map(({ childId }) => childId)).toEqual(childIds.slice(2))
    expect(already).toEqual(childIds.slice(0, 2))
    expect([count(desk, 'attendance'), count(desk, 'audit') - before]).toEqual([6, 1])
    expect(desk.published.slice(-5)).toEqual([
      { topic: 'noon', id: null },
      ...childIds.slice(2).map((id) => ({ topic: 'noon', id })),
    ])
  })

  test('of more than twenty is told in one word', () => {
    const desk = openTestDesk()
    const { childIds } = classOf(desk, { children: 21 })
    arrive(desk, childIds)
    expect(desk.published).toEqual([{ topic: 'noon', id: null }])
  })

  test('tapped twice is one arrival, and the second tap is no event', () => {
    const desk = openTestDesk()
    const [child] = classOf(desk).childIds as [number]
    arrive(desk, [child])
    const rest = [count(desk, 'audit'), desk.published.length]
    expect(arrive(desk, [child], {}, 'teacher')).toEqual({ arrived: [], already: [child] })
    expect(count(desk, 'attendance')).toBe(1)
    expect([count(desk, 'audit'), desk.published.length]).toEqual(rest)
  })

  test('of a late entry keeps the real time and the time of entry', () => {
    const desk = openTestDesk()
    const { childIds } = classOf(desk)
    desk.clock.set('2026-11-24T01:00:00.000Z')
    arrive(desk, [childIds[0]!], { at: at('12:07'), how: 'paper' })
    expect(row(desk.db, 'SELECT at, entered_at, how FROM attendance')).toEqual({
      at: at('12:07'),
      entered_at: '2026-11-24T01:00:00.000Z',
      how: 'paper',
    })
  })

  test('cannot lie ahead of the clock by more than a minute, nor on another day', () => {
    const desk = openTestDesk()
    const [child] = classOf(desk).childIds as [number]
    expect(refusal(() => arrive(desk, [child], { at: '2026-11-23T04:01:00.001Z' }))).toMatchObject(
      invalidAt('future'),
    )
    expect(refusal(() => arrive(desk, [child], { at: '2026-11-22T04:00:00.000Z' }))).toMatchObject(
      invalidAt('other-day'),
    )
    for (const day of ['2026-11-20', '2026-11-24']) {
      expect(
        refusal(() => arrive(desk, [child], { day })),
        day,
      ).toMatchObject(invalidAt('other-day'))
    }
    expect(count(desk, 'attendance')).toBe(0)
    expect(arrive(desk, [child], { at: '2026-11-23T04:01:00.000Z' }).arrived).toHaveLength(1)
  })

  test('after the pick-up is refused with the child as it stands, and nobody of that call comes in', () => {
    const desk = openTestDesk()
    const { childIds, pickupIds } = classOf(desk)
    const [gone, other] = childIds as [number, number]
    arrive(desk, [gone])
    collect(desk, gone, pickupIds[0]!)
    expect(refusal(() => arrive(desk, [other, gone]))).toMatchObject(step(gone, 'out'))
    expect(tileOf(desk, other).state).toBe('expected')
  })

  test('ends a leave for that day, and takes an explained absence back', () => {
    const desk = openTestDesk()
    const [away, ill] = classOf(desk).childIds as [number, number]
    addLeave(desk, away)
    closeAbsence(desk.context(), { childId: ill, day: today, reason: '病了', text: '' })
    arrive(desk, [away, ill])
    expect([away, ill].map((child) => tileOf(desk, child).state)).toEqual(['in', 'in'])
    expect(rows(desk.db, 'SELECT attendance_id, reason FROM attendance_void')).toEqual([
      { attendance_id: 1, reason: '到了' },
    ])
    undo(desk, [2, 3])
    expect([away, ill].map((child) => tileOf(desk, child).state)).toEqual(['leave', 'expected'])
  })

  test('of a child that is not enrolled on that day is refused', () => {
    const desk = openTestDesk()
    const { childIds } = classOf(desk)
    const [left, other] = childIds as [number, number]
    sql(desk, 'UPDATE enrolment SET left_day = ? WHERE child_id = ?', today, left)
    expect(refusal(() => arrive(desk, [other, left]))).toMatchObject(outside)
    expect(refusal(() => arrive(desk, [999]))).toMatchObject(noChild)
    expect(refusal(() => arrive(desk, [other], { day: '2026-12-25' }))).toMatchObject(outside)
    expect(count(desk, 'attendance')).toBe(0)
  })

  test('of another group’s child does not exist for a teacher', () => {
    const desk = openTestDesk()
    const { childIds } = classOf(desk)
    expect(refusal(() => arrive(desk, [childIds[0]!, childIds[3]!], {}, 'teacher'))).toMatchObject(noChild)
    arrive(desk, [childIds[3]!])
    expect(
      refusal(() => undoAttendance(desk.context('teacher'), { attendanceIds: [1], reason: '撤销' })),
    ).toMatchObject(noChild)
    expect(arrive(desk, [childIds[0]!], {}, 'teacher').arrived).toHaveLength(1)
  })
})

describe('a badge', () => {
  test('brings its child in once, however the scanner types it', () => {
    const desk = openTestDesk()
    const { childIds } = classOf(desk)
    expect(scan(desk, badgeOf(0))).toMatchObject({
      arrived: true,
      tile: { childId: childIds[0], state: 'in' },
    })
    expect(scan(desk, '　ｎｏｏｎ－000000 \r\n')).toMatchObject({ arrived: false, tile: { state: 'in' } })
    expect(rows(desk.db, 'SELECT how FROM attendance')).toEqual([{ how: 'badge' }])
  })

  test('that is forged, of a child who left or of another group opens nothing and is written down nowhere', () => {
    const desk = openTestDesk()
    const { childIds } = classOf(desk)
    sql(desk, 'UPDATE enrolment SET left_day = ? WHERE child_id = ?', today, childIds[0])
    const before = count(desk, 'audit')
    const forged = [
      '',
      ' ',
      'NOON',
      `${badgeOf(1)}1`,
      "' OR 1=1 --",
      '\0',
      '<script>',
      '%',
      badgeOf(0),
      badgeOf(900),
    ]
    for (const badge of forged)
      expect(
        refusal(() => scan(desk, badge)),
        badge,
      ).toMatchObject(noBadge)
    expect(refusal(() => scan(desk, badgeOf(3), 'teacher'))).toMatchObject(noBadge)
    expect([count(desk, 'attendance'), count(desk, 'audit')]).toEqual([0, before])
  })

  test('after the pick-up is refused with the child as it stands', () => {
    const desk = openTestDesk()
    const { childIds, pickupIds } = classOf(desk)
    scan(desk, badgeOf(0))
    collect(desk, childIds[0]!, pickupIds[0]!)
    expect(refusal(() => scan(desk, badgeOf(0)))).toMatchObject(step(childIds[0]!, 'out'))
  })
})

describe('an undo', () => {
  test('keeps the row and says by whom and why; the child may come again', () => {
    const desk = openTestDesk()
    const [child] = classOf(desk).childIds as [number]
    arrive(desk, [child])
    undo(desk, [1])
    expect(tileOf(desk, child)).toMatchObject({ state: 'expected', at: null, attendanceId: null })
    expect(row(desk.db, 'SELECT * FROM attendance_void')).toEqual({
      attendance_id: 1,
      at: at('12:00'),
      reason: '撤销',
      operator_id: desk.context().operator!.id,
    })
    expect(arrive(desk, [child]).arrived).toEqual([{ childId: child, attendanceId: 2 }])
    expect(rows(desk.db, 'SELECT id, voided FROM attendance')).toEqual([
      { id: 1, voided: 1 },
      { id: 2, voided: 0 },
    ])
  })

  test('of what was undone already, on another screen perhaps, is refused as a whole', () => {
    const desk = openTestDesk()
    const [child, other] = classOf(desk).childIds as [number, number]
    arrive(desk, [child, other])
    undo(desk, [1])
    expect(refusal(() => undo(desk, [2, 1]))).toMatchObject(step(child, 'expected'))
    expect(tileOf(desk, other).state).toBe('in')
    expect(refusal(() => undo(desk, [99]))).toMatchObject({ code: 'NOT_FOUND', data: { what: 'attendance' } })
  })

  test('of an arrival waits for its departure, or takes it along', () => {
    const desk = openTestDesk()
    const { childIds, pickupIds } = classOf(desk)
    const child = childIds[0]!
    arrive(desk, [child])
    collect(desk, child, pickupIds[0]!)
    expect(refusal(() => undo(desk, [1]))).toMatchObject(step(child, 'out'))
    undo(desk, [2])
    expect(tileOf(desk, child).state).toBe('in')
    collect(desk, child, pickupIds[0]!)
    undo(desk, [1, 3])
    expect(tileOf(desk, child).state).toBe('expected')
  })
})

type Model = { arrival: boolean; departure: boolean; absence: boolean; leave: boolean }
const modelState = ({ arrival, departure, absence, leave }: Model) =>
  departure ? 'out' : arrival ? 'in' : absence ? 'absent' : leave ? 'leave' : 'expected'

/** What a child's day comes to by the book: whether the step is allowed, and what stands afterwards. */
const book: Record<string, (day: Model) => Model | null> = {
  arrive: (day) => (day.departure ? null : { ...day, arrival: true, absence: false }),
  release: (day) => (modelState(day) === 'in' ? { ...day, departure: true } : null),
  absence: (day) => (modelState(day) === 'expected' ? { ...day, absence: true } : null),
  leave: (day) => ({ ...day, leave: true }),
  'cancel-leave': (day) => ({ ...day, leave: false }),
  // The last row that stands: the departure before the arrival.
  undo: (day) => {
    if (day.departure) return { ...day, departure: false }
    if (day.arrival) return { ...day, arrival: false }
    return day.absence ? { ...day, absence: false } : null
  },
}

function take(desk: TestDesk, what: string, childId: number, pickupId: number): void {
  if (what === 'arrive') arrive(desk, [childId])
  if (what === 'release') collect(desk, childId, pickupId)
  if (what === 'absence') closeAbsence(desk.context(), { childId, day: today, reason: '有事', text: '' })
  if (what === 'leave') addLeave(desk, childId)
  if (what === 'cancel-leave') {
    sql(desk, 'UPDATE child_leave SET cancelled_at = ? WHERE child_id = ?', at('12:00'), childId)
  }
  if (what === 'undo') {
    const last = value<number>(
      desk.db,
      'SELECT max(id) FROM attendance WHERE child_id = ? AND voided = 0',
      childId,
    )
    undo(desk, [last ?? 999_999])
  }
}

test('whatever is done in whatever order, a child’s day is as the book says and no row stands twice', () => {
  const steps = fc.array(fc.tuple(fc.constantFrom(...Object.keys(book)), fc.nat({ max: 1 })), {
    maxLength: 25,
  })
  fc.assert(
    fc.property(steps, (taken) => {
      const desk = openTestDesk()
      const { childIds, pickupIds } = classOf(desk, { children: 2, groups: 1 })
      const days: Model[] = childIds.map(() => ({
        arrival: false,
        departure: false,
        absence: false,
        leave: false,
      }))
      for (const [what, who] of taken) {
        const after = book[what]!(days[who]!)
        const call = () => take(desk, what, childIds[who]!, pickupIds[who]!)
        if (after) {
          call()
          days[who] = after
        } else {
          refusal(call)
        }
        expect(tileOf(desk, childIds[who]!).state, `${what} of ${JSON.stringify(days[who])}`).toBe(
          modelState(days[who]!),
        )
      }
      const twice = rows(
        desk.db,
        'SELECT child_id, kind FROM attendance WHERE voided = 0 GROUP BY day, child_id, kind HAVING count(*) > 1',
      )
      const unsaid = rows(
        desk.db,
        'SELECT id FROM attendance WHERE voided <> (id IN (SELECT attendance_id FROM attendance_void))',
      )
      expect([twice, unsaid]).toEqual([[], []])
    }),
    { numRuns: 40 },
  )
}, 120_000)
