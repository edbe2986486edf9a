import { describe, expect, test } from 'vitest'
import { arriveChildren } from '../../../electron/counters/noon-class/arrivals.ts'
import { authoriseOnce } from '../../../electron/counters/noon-class/once.ts'
import { readTile } from '../../../electron/counters/noon-class/board.ts'
import {
  listCollectors,
  releaseChild,
  releaseWithEscort,
} from '../../../electron/counters/noon-class/release.ts'
import { row, rows, value } from '../../../electron/database/open.ts'
import { openTestDesk, pin, type TestDesk } from '../../fixture.ts'
import { refusal } from '../enquiries/counter.ts'
import { at, classOf, sql, today } from './fill.ts'

/** A class of six who are all in at 12:00: each third is collected, goes with the escort, goes alone. */
function classThatIsIn(desk: TestDesk) {
  const filled = classOf(desk)
  arriveChildren(desk.context(), { childIds: filled.childIds, day: today, how: 'tap', at: null })
  const [collected, escorted, alone] = filled.childIds as [number, number, number]
  return { ...filled, collected, escorted, alone, pickupId: filled.pickupIds[0]! }
}

type Input = Parameters<typeof releaseChild>[1]
const release = (desk: TestDesk, changed: Partial<Input> & { childId: number }) =>
  releaseChild(desk.context(), { day: today, pickupId: null, escort: '', at: null, ...changed })

function addPickup(
  desk: TestDesk,
  childId: number,
  pickup: { kind?: string; name?: string; fromDay?: string; toDay?: string | null; reason?: string },
): number {
  const { kind = 'authorised', name = '周姨', fromDay = today, toDay = null, reason = '' } = pickup
  return sql(
    desk,
    `INSERT INTO pickup_person (child_id, kind, name, relation, reason, from_day, to_day, operator_id, created_at)
     VALUES (?, ?, ?, '邻居', ?, ?, ?, 1, ?)`,
    childId,
    kind,
    name,
    reason,
    fromDay,
    toDay,
    at('08:00'),
  )
}

const forbidden = { code: 'FORBIDDEN' }
const invalid = (path: string, problem: string) => ({
  code: 'INVALID',
  data: { fields: [{ path, problem }] },
})
const step = (childId: number, state: string) => ({
  code: 'CONFLICT',
  data: { because: 'step', current: { childId, state } },
})

describe('a pick-up', () => {
  test('keeps who collected as they were called then', () => {
    const desk = openTestDesk()
    const { collected, pickupId } = classThatIsIn(desk)
    desk.clock.set(at('12:40'))
    expect(release(desk, { childId: collected, pickupId })).toMatchObject({
      state: 'out',
      at: at('12:40'),
      note: '妈妈 家长1接走',
    })
    sql(desk, "UPDATE pickup_person SET name = '别人', relation = '' WHERE id = ?", pickupId)
    expect(row(desk.db, "SELECT pickup_id, collected_by FROM attendance WHERE kind = 'departure'")).toEqual({
      pickup_id: pickupId,
      collected_by: '妈妈 家长1',
    })
    expect(value(desk.db, "SELECT changes FROM audit WHERE action = 'noon.release'")).not.toContain('家长')
  })

  test('is possible once, and only of a child that is in', () => {
    const desk = openTestDesk()
    const { childIds, pickupIds } = classOf(desk)
    const [childId, pickupId] = [childIds[0]!, pickupIds[0]!]
    expect(refusal(() => release(desk, { childId, pickupId }))).toMatchObject(step(childId, 'expected'))
    arriveChildren(desk.context(), { childIds: [childId], day: today, how: 'tap', at: null })
    release(desk, { childId, pickupId })
    expect(refusal(() => release(desk, { childId, pickupId }))).toMatchObject(step(childId, 'out'))
    expect(value(desk.db, "SELECT count(*) FROM attendance WHERE kind = 'departure'")).toBe(1)
  })

  test('is refused to whoever is not authorised on that day', () => {
    const desk = openTestDesk()
    const { collected, pickupIds } = classThatIsIn(desk)
    const no = [
      addPickup(desk, collected, { name: '明天的人', fromDay: '2026-11-24' }),
      addPickup(desk, collected, { name: '昨天的人', fromDay: '2026-11-20', toDay: '2026-11-22' }),
      addPickup(desk, collected, { name: '不许的人', kind: 'forbidden' }),
    ]
    for (const pickupId of no) {
      expect(refusal(() => release(desk, { childId: collected, pickupId }))).toMatchObject(forbidden)
    }
    for (const pickupId of [pickupIds[1]!, 999]) {
      expect(refusal(() => release(desk, { childId: collected, pickupId }))).toMatchObject({
        code: 'NOT_FOUND',
        data: { what: 'pickup' },
      })
    }
    const today1 = addPickup(desk, collected, { name: '今天的人', fromDay: today, toDay: today })
    expect(release(desk, { childId: collected, pickupId: today1 }).note).toBe('邻居 今天的人接走')
  })

  test('is refused to somebody of a forbidden name, however it is written, and their button is not offered', () => {
    const desk = openTestDesk()
    const { collected } = classThatIsIn(desk)
    const twice = addPickup(desk, collected, { name: '周　姨Ａ' })
    addPickup(desk, collected, { name: '周姨A', kind: 'forbidden', reason: '法院判决' })
    expect(refusal(() => release(desk, { childId: collected, pickupId: twice }))).toMatchObject(forbidden)
    const { pickups } = listCollectors(desk.context('teacher'), { childId: collected, day: today })
    expect(pickups.map(({ kind, name, reason }) => [kind, name, reason])).toEqual([
      ['authorised', '家长1', ''],
      ['forbidden', '周姨A', '法院判决'],
    ])
  })

  test('that is over, or not yet, forbids nobody', () => {
    const desk = openTestDesk()
    const { collected, pickupId } = classThatIsIn(desk)
    addPickup(desk, collected, {
      name: '家长1',
      kind: 'forbidden',
      fromDay: '2026-01-01',
      toDay: '2026-11-22',
    })
    addPickup(desk, collected, { name: '家长1', kind: 'forbidden', fromDay: '2026-11-24' })
    expect(release(desk, { childId: collected, pickupId }).state).toBe('out')
  })

  test('alone or with the escort is only for those whose record says so', () => {
    const desk = openTestDesk()
    const { collected, escorted, alone } = classThatIsIn(desk)
    for (const childId of [collected, escorted]) {
      expect(refusal(() => release(desk, { childId }))).toMatchObject(invalid('pickupId', 'required'))
    }
    for (const childId of [collected, alone]) {
      expect(refusal(() => release(desk, { childId, escort: '王老师' }))).toMatchObject(
        invalid('escort', 'not-allowed'),
      )
    }
    expect(release(desk, { childId: alone }).note).toBe('自己离开')
    expect(release(desk, { childId: escorted, escort: '王老师' }).note).toBe('王老师护送')
  })

  test('of a late entry cannot lie before the arrival; a clock that was set back makes no negative stay', () => {
    const desk = openTestDesk()
    const { collected, pickupId } = classThatIsIn(desk)
    expect(
      refusal(() => release(desk, { childId: collected, pickupId, at: '2026-11-23T03:59:00.000Z' })),
    ).toMatchObject(invalid('at', 'before-arrival'))
    desk.clock.set(at('11:00'))
    release(desk, { childId: collected, pickupId })
    expect(
      rows(desk.db, 'SELECT kind, at, entered_at FROM attendance WHERE child_id = ? ORDER BY id', collected),
    ).toEqual([
      { kind: 'arrival', at: at('12:00'), entered_at: at('12:00') },
      { kind: 'departure', at: at('12:00'), entered_at: at('11:00') },
    ])
  })

  test('of another group’s child does not exist for a teacher', () => {
    const desk = openTestDesk()
    const { childIds, pickupIds } = classThatIsIn(desk)
    const call = () =>
      releaseChild(desk.context('teacher'), {
        childId: childIds[3]!,
        day: today,
        pickupId: pickupIds[3]!,
        escort: '',
        at: null,
      })
    expect(refusal(call)).toMatchObject({ code: 'NOT_FOUND', data: { what: 'child' } })
    const look = () => listCollectors(desk.context('teacher'), { childId: childIds[3]!, day: today })
    expect(refusal(look)).toMatchObject({ code: 'NOT_FOUND' })
  })
})

test('whoever hands a child over sees names and photos, and numbers only behind a mask', () => {
  const desk = openTestDesk()
  const { collected, guardianIds, pickupId } = classThatIsIn(desk)
  const told = listCollectors(desk.context('teacher'), { childId: collected, day: today })
  expect(told).toMatchObject({
    leaves: 'collected',
    pickups: [
      { id: pickupId, kind: 'authorised', name: '家长1', relation: '妈妈', photoId: null, once: false },
    ],
    guardians: [{ id: guardianIds[0], name: '家长1', relation: '妈妈', phone: '199****4417' }],
  })
  expect(told.pickups[0]!.idTail).toMatch(/^\*+\s?123X$/)
  expect(JSON.stringify(told)).not.toContain('19900004417')
})

describe('the escort', () => {
  const escort = (desk: TestDesk, childIds: number[]) =>
    releaseWithEscort(desk.context(), { childIds, day: today, escort: '王老师', at: null })

  test('takes a list of children in one act', () => {
    const desk = openTestDesk()
    const { escorted, childIds } = classThatIsIn(desk)
    const acts = value<number>(desk.db, 'SELECT count(*) FROM audit')!
    expect(escort(desk, [escorted, childIds[4]!, escorted])).toEqual({ released: [escorted, childIds[4]] })
    expect(
      rows(desk.db, "SELECT child_id, pickup_id, collected_by FROM attendance WHERE kind = 'departure'"),
    ).toEqual([
      { child_id: escorted, pickup_id: null, collected_by: '王老师' },
      { child_id: childIds[4], pickup_id: null, collected_by: '王老师' },
    ])
    expect(value<number>(desk.db, 'SELECT count(*) FROM audit')! - acts).toBe(1)
    expect(value(desk.db, "SELECT changes FROM audit WHERE action = 'noon.escort'")).not.toContain('王')
  })

  test('takes all or none', () => {
    const desk = openTestDesk()
    const { collected, escorted, alone, childIds } = classThatIsIn(desk)
    expect(refusal(() => escort(desk, [escorted, collected, alone]))).toMatchObject({
      code: 'INVALID',
      data: {
        fields: [
          { path: 'childIds.1', problem: 'not-allowed' },
          { path: 'childIds.2', problem: 'not-allowed' },
        ],
      },
    })
    escort(desk, [escorted])
    expect(refusal(() => escort(desk, [childIds[4]!, escorted]))).toMatchObject(step(escorted, 'out'))
    expect(readTile(desk.context(), today, childIds[4]!)!.state).toBe('in')
  })
})

describe('an adult who is not on the list', () => {
  type Once = Parameters<typeof authoriseOnce>[1]

  /** The clerk is signed in; `second` confirms. */
  function atTheDoor(desk: TestDesk) {
    const filled = classThatIsIn(desk)
    const asked: Once = {
      childId: filled.collected,
      day: today,
      guardianId: filled.guardianIds[0]!,
      name: '周姨',
      relation: '邻居',
      idTail: '123X',
      confirmedBy: desk.context('teacher').operator!.id,
      pin,
    }
    const ask = (changed: Partial<Once> = {}) => authoriseOnce(desk.context(), { ...asked, ...changed })
    return { ...filled, ask }
  }

  const refused = async (call: Promise<unknown>) =>
    call.then(
      () => 'nothing',
      ({ code, data }: { code: string; data: unknown }) => ({ code, data }),
    )
  const added = (desk: TestDesk) => [
    value(desk.db, 'SELECT count(*) FROM pickup_person WHERE confirmed_by IS NOT NULL'),
    value(desk.db, 'SELECT count(*) FROM noon_call'),
  ]

  test('may take the child that day when a guardian agreed and a second member of staff confirmed', async () => {
    const desk = openTestDesk()
    const { collected, ask, guardianIds } = atTheDoor(desk)
    const { pickupId } = await ask()
    expect(row(desk.db, 'SELECT * FROM pickup_person WHERE id = ?', pickupId)).toMatchObject({
      kind: 'authorised',
      name: '周姨',
      from_day: today,
      to_day: today,
      called_guardian_id: guardianIds[0],
      confirmed_by: desk.context('teacher').operator!.id,
      operator_id: desk.context().operator!.id,
    })
    expect(row(desk.db, 'SELECT child_id, day, guardian_id, result FROM noon_call')).toEqual({
      child_id: collected,
      day: today,
      guardian_id: guardianIds[0],
      result: 'reached',
    })
    const audit = rows<{ action: string; changes: string | null }>(
      desk.db,
      'SELECT action, changes FROM audit ORDER BY id DESC LIMIT 2',
    )
    expect(audit.map(({ action }) => action)).toEqual(['noon.authorise-once', 'session.confirm'])
    expect(JSON.stringify(audit)).not.toMatch(/周|123X|246810/)
    const { pickups } = listCollectors(desk.context(), { childId: collected, day: today })
    expect(pickups.map(({ id, once }) => [id, once])).toContainEqual([pickupId, true])
    expect(release(desk, { childId: collected, pickupId }).note).toBe('邻居 周姨接走')
    // On the next day it is nothing any more.
    expect(
      listCollectors(desk.context(), { childId: collected, day: '2026-11-24' }).pickups.map(({ id }) => id),
    ).not.toContain(pickupId)
  })

  test('is not confirmed by oneself, by the auditor, by who left or by nobody', async () => {
    const desk = openTestDesk()
    const { ask } = atTheDoor(desk)
    const [clerk, auditor, teacher] = (['clerk', 'auditor', 'teacher'] as const).map(
      (role) => desk.context(role).operator!.id,
    ) as [number, number, number]
    sql(desk, 'UPDATE operator SET active = 0 WHERE id = ?', teacher)
    for (const confirmedBy of [clerk, auditor, teacher, 999]) {
      expect(await refused(ask({ confirmedBy }))).toMatchObject(forbidden)
    }
    expect(added(desk)).toEqual([0, 0])
  })

  test('is not let in by a wrong PIN, which counts as at sign-in', async () => {
    const desk = openTestDesk()
    const { ask } = atTheDoor(desk)
    const answers: unknown[] = []
    for (let tries = 0; tries < 4; tries += 1) answers.push(await refused(ask({ pin: '000000' })))
    expect(answers).toMatchObject([
      { code: 'WRONG_PIN', data: { seconds: 0 } },
      { code: 'WRONG_PIN', data: { seconds: 0 } },
      { code: 'WRONG_PIN', data: { seconds: 5 } },
      { code: 'WAIT', data: { seconds: 5 } },
    ])
    expect(await refused(ask())).toMatchObject({ code: 'WAIT' })
    desk.clock.advance(5)
    await ask()
    expect(added(desk)).toEqual([1, 1])
  })

  test('is refused when the name is forbidden, also when it is forbidden while the PIN is looked at', async () => {
    const desk = openTestDesk()
    const { collected, ask } = atTheDoor(desk)
    const asked = refused(ask())
    addPickup(desk, collected, { name: '周 姨', kind: 'forbidden' })
    expect(await asked).toMatchObject(forbidden)
    expect(await refused(ask())).toMatchObject(forbidden)
    expect(added(desk)).toEqual([0, 0])
  })

  test('needs the word of this child’s own guardian', async () => {
    const desk = openTestDesk()
    const { ask, guardianIds } = atTheDoor(desk)
    const noGuardian = { code: 'NOT_FOUND', data: { what: 'guardian' } }
    for (const guardianId of [guardianIds[1]!, 999]) {
      expect(await refused(ask({ guardianId }))).toMatchObject(noGuardian)
    }
    sql(desk, 'UPDATE guardian SET ended_day = ? WHERE id = ?', today, guardianIds[0])
    expect(await refused(ask())).toMatchObject(noGuardian)
  })
})
