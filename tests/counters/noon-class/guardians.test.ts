import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { endPickup, revealPhone } from '../../../electron/counters/noon-class/pickups.ts'
import { transact, value, write } from '../../../electron/database/open.ts'
import { openTestDesk } from '../../fixture.ts'
import { audited, refusal } from '../people/people.ts'
import {
  addChild,
  addCollector,
  addGroup,
  change,
  enrolled,
  invalidField,
  look,
  openClass,
  today,
} from './class.ts'

describe('guardians', () => {
  it.each([
    ['nobody', []],
    ['somebody without a phone', [{ id: null, name: '王芳', relation: '妈妈', phone: '' }]],
  ])('are never %s', (_, guardians) => {
    const desk = openTestDesk()
    const { id } = addChild(desk, '陈雨涵')
    const required = invalidField('guardians', 'required')
    expect(refusal(() => addChild(desk, '李梓轩', { guardians }))).toEqual(required)
    expect(refusal(() => change(desk, id, { guardians }))).toEqual(required)
    expect(look(desk, id).guardians).toHaveLength(2)
  })

  it('with a number on file keep it behind its mask, and get another when one is typed', () => {
    const desk = openTestDesk()
    const { id, guardians } = addChild(desk, '陈雨涵')
    const [mother, father] = guardians as [(typeof guardians)[0], (typeof guardians)[0]]
    const after = change(desk, id, {
      guardians: [
        { ...father, phone: '＋86 199 0000-4444' },
        { ...mother, phone: '', relation: '母亲' },
      ],
    })
    expect(after.guardians).toEqual([
      { ...father, phone: '199****4444' },
      { ...mother, relation: '母亲' },
    ])
    expect(
      revealPhone(desk.context(), { childId: id, guardianId: mother.id, pickupId: null, reason: '联系' }),
    ).toEqual({ phone: '19900001111' })
    // The mask itself is no number: a screen that sends it back is told, and nothing is lost.
    const masked = { guardians: [{ ...mother }, { ...father }] }
    expect(refusal(() => change(desk, id, masked))).toEqual(invalidField('guardians.0.phone', 'phone'))
    expect(look(desk, id)).toEqual(after)
  })

  it('who are taken off are called no more, and stay for the calls that name them', () => {
    const desk = openTestDesk()
    const { id, guardians } = addChild(desk, '陈雨涵')
    const [mother, father] = guardians as [(typeof guardians)[0], (typeof guardians)[0]]
    transact(desk.db, (db) =>
      write(
        db,
        `INSERT INTO noon_call (child_id, day, guardian_id, result, at, operator_id) VALUES (?, ?, ?, 'reached', ?, 1)`,
        id,
        today,
        father.id,
        desk.clock().toISOString(),
      ),
    )
    const after = change(desk, id, { guardians: [{ ...mother, phone: '' }] })
    expect(after.guardians).toEqual([mother])
    expect(value(desk.db, 'SELECT ended_day FROM guardian WHERE id = ?', father.id)).toBe(today)
    const back = () =>
      change(desk, id, {
        guardians: [
          { ...mother, phone: '' },
          { ...father, phone: '' },
        ],
      })
    expect(refusal(back)).toEqual({ code: 'NOT_FOUND', data: { what: 'guardian' } })
    const reveal = () =>
      revealPhone(desk.context(), { childId: id, guardianId: father.id, pickupId: null, reason: '联系' })
    expect(refusal(reveal)).toEqual({ code: 'NOT_FOUND', data: { what: 'phone' } })
  })

  it('of another child are not this one’s, and one stands on the form once', () => {
    const desk = openTestDesk()
    const [one, other] = ['陈雨涵', '李梓轩'].map((name) => addChild(desk, name))
    const foreign = () => change(desk, one!.id, { guardians: other!.guardians })
    expect(refusal(foreign)).toEqual({ code: 'NOT_FOUND', data: { what: 'guardian' } })
    const [mother] = one!.guardians
    const twice = () =>
      change(desk, one!.id, { guardians: [mother!, mother!].map((it) => ({ ...it, phone: '' })) })
    expect(refusal(twice)).toEqual(invalidField('guardians', 'duplicate'))
  })

  test('whatever is changed in whatever order, somebody can be called', () => {
    const phones = fc.constantFrom('', '', '19900005555', '0000-8899', 'nonsense', '199****1111')
    const guardian = fc.record({ keep: fc.option(fc.nat(4), { nil: null }), phone: phones })
    fc.assert(
      fc.property(fc.array(fc.array(guardian, { maxLength: 4 }), { maxLength: 6 }), (changes) => {
        const desk = openTestDesk()
        const { id } = addChild(desk, '陈雨涵')
        for (const given of changes) {
          const { guardians } = look(desk, id)
          const before = look(desk, id)
          try {
            change(desk, id, {
              guardians: given.map(({ keep, phone }) => ({
                id: keep === null ? null : (guardians[keep]?.id ?? 99),
                name: '王芳',
                relation: '妈妈',
                phone,
              })),
            })
          } catch {
            expect(look(desk, id)).toEqual(before)
          }
          const reachable = value<number>(
            desk.db,
            "SELECT count(*) FROM guardian WHERE child_id = ? AND ended_day IS NULL AND phone <> ''",
            id,
          )
          expect(reachable).toBeGreaterThan(0)
        }
      }),
      { numRuns: 12 },
    )
  })
})

describe('who may collect', () => {
  it('holds from a day to a day, both included', () => {
    const desk = openTestDesk()
    const { id } = addChild(desk, '陈雨涵')
    const days: [string, string | null][] = [
      [today, today],
      ['2026-09-01', null],
      ['2026-11-24', null],
      ['2026-09-01', '2026-11-22'],
    ]
    days.forEach(([fromDay, toDay], nth) => addCollector(desk, id, { name: `阿姨${nth}`, fromDay, toDay }))
    expect(look(desk, id).pickups.map(({ valid }) => valid)).toEqual([true, true, false, false])
    expect(look(desk, id).pickups[0]).toMatchObject({
      phone: '199****3333',
      idTail: '****123X',
      once: false,
      kind: 'authorised',
    })
  })

  it('does not hold for a name that is forbidden, however it is spelled, while the ban holds', () => {
    const desk = openTestDesk()
    const { id } = addChild(desk, '陈雨涵')
    addCollector(desk, id, { name: '陈大海', relation: '爸爸' })
    addCollector(desk, id, { name: '王奶奶' })
    const ban = addCollector(desk, id, { kind: 'forbidden', name: '陈 大海', relation: '爸爸' })
    expect(look(desk, id).pickups.map(({ valid }) => valid)).toEqual([false, true, true])
    endPickup(desk.context('manager'), {
      ...look(desk, id),
      pickupId: ban,
      toDay: '2026-11-22',
      reason: '法院撤销',
    })
    expect(look(desk, id).pickups.map(({ valid }) => valid)).toEqual([true, true, false])
  })

  it('takes a reason to forbid, days in their order and a number that is one', () => {
    const desk = openTestDesk()
    const { id } = addChild(desk, '陈雨涵')
    const add = (changed: Parameters<typeof addCollector>[2]) =>
      refusal(() => addCollector(desk, id, changed))
    expect(add({ kind: 'forbidden', reason: '' })).toEqual(invalidField('reason', 'required'))
    expect(add({ fromDay: today, toDay: '2026-11-22' })).toEqual(invalidField('toDay', 'before-from'))
    expect(add({ phone: '12' })).toEqual(invalidField('phone', 'phone'))
    expect(look(desk, id).pickups).toEqual([])
  })

  it('is ended by a clerk, but a ban is lifted by a manager only', () => {
    const desk = openTestDesk()
    const { id } = addChild(desk, '陈雨涵')
    const allowed = addCollector(desk, id)
    const ban = addCollector(desk, id, { kind: 'forbidden', name: '陈大海' })
    const end = (pickupId: number, toDay: string, role: 'clerk' | 'manager' = 'clerk') =>
      endPickup(desk.context(role), { ...look(desk, id), pickupId, toDay, reason: '家长来电' })
    expect(refusal(() => end(ban, today)).code).toBe('FORBIDDEN')
    expect(end(ban, today, 'manager').pickups[1]).toMatchObject({ toDay: today, valid: true })
    expect(end(allowed, '2026-11-22').pickups[0]).toMatchObject({ toDay: '2026-11-22', valid: false })
    expect(refusal(() => end(allowed, '2026-11-21'))).toEqual({ code: 'CONFLICT', data: { because: 'step' } })
    expect(refusal(() => end(99, today)).data).toEqual({ what: 'pickup' })
  })

  it('is not made to hold longer by ending it', () => {
    const desk = openTestDesk()
    const { id } = addChild(desk, '陈雨涵')
    const pickupId = addCollector(desk, id, { fromDay: today, toDay: today })
    const end = (toDay: string) =>
      endPickup(desk.context('manager'), { ...look(desk, id), pickupId, toDay, reason: '明天也来' })
    expect(refusal(() => end('2027-01-01'))).toEqual(invalidField('toDay', 'not-earlier'))
    expect(end('2026-11-22').pickups[0]).toMatchObject({ valid: false })
  })

  it('is not added behind the back of who changed the record', () => {
    const desk = openTestDesk()
    const { id, version } = addChild(desk, '陈雨涵')
    addCollector(desk, id)
    expect(refusal(() => addCollector(desk, id, { version }))).toMatchObject({
      code: 'CONFLICT',
      data: { because: 'changed', current: look(desk, id) },
    })
    expect(look(desk, id).pickups).toHaveLength(1)
  })
})

describe('a phone', () => {
  it('is shown whole for a reason that stays, to who may see the child, and the number stays nowhere', () => {
    const desk = openTestDesk()
    const { teacher, children } = openClass(desk, ['陈雨涵'])
    const { id: childId, guardians } = children[0]!
    const pickupId = addCollector(desk, childId)
    const before = desk.published.length
    const of = (who: { guardianId?: number; pickupId?: number }) => ({
      ...{ childId, guardianId: null, pickupId: null, reason: '孩子没到' },
      ...who,
    })
    expect(revealPhone(teacher, of({ guardianId: guardians[0]!.id })).phone).toBe('19900001111')
    expect(revealPhone(teacher, of({ pickupId })).phone).toBe('19900003333')
    expect(audited(desk.db).slice(-2)).toEqual([
      {
        action: 'noon.reveal',
        subject: `child-reveal:${childId}`,
        reason: '孩子没到',
        changes: JSON.stringify({ guardianId: [null, guardians[0]!.id] }),
      },
      {
        action: 'noon.reveal',
        subject: `child-reveal:${childId}`,
        reason: '孩子没到',
        changes: JSON.stringify({ pickupId: [null, pickupId] }),
      },
    ])
    expect(desk.published.slice(before).map(({ topic }) => topic)).toEqual(['child-reveal', 'child-reveal'])
    expect(refusal(() => revealPhone(teacher, of({}))).code).toBe('INVALID')
    expect(refusal(() => revealPhone(teacher, of({ guardianId: 1, pickupId }))).code).toBe('INVALID')
  })

  it('of another child’s guardian is not found, nor is one of another group', () => {
    const desk = openTestDesk()
    const { term, teacher, children } = openClass(desk, ['陈雨涵'])
    const other = enrolled(desk, '李梓轩', addGroup(desk, term.id, { name: '月亮班' }).id)
    const mother = { guardianId: other.guardians[0]!.id, pickupId: null, reason: '孩子没到' }
    const at = (childId: number) => refusal(() => revealPhone(teacher, { childId, ...mother })).data
    expect(at(children[0]!.id)).toEqual({ what: 'phone' })
    expect(at(other.id)).toEqual({ what: 'child' })
    expect(audited(desk.db).some(({ action }) => action === 'noon.reveal')).toBe(false)
  })
})
