import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Child, ChildLine, PickupPerson } from '../../electron/contract/noon-children.ts'
import {
  changedFields,
  childInput,
  childProblems,
  draftOf,
  emptyChild,
  emptyGuardian,
  isSound,
  relationTo,
} from '../../renderer/counters/noon-class/children/child-form.ts'
import {
  byGroup,
  consentInForce,
  enrolmentWords,
  pickupsByTime,
  presentEnrolments,
  validWords,
} from '../../renderer/counters/noon-class/children/child-words.ts'

const today = '2026-11-23'

const child: Child = {
  id: 1,
  personId: 9,
  name: '孩子甲',
  sameName: false,
  mark: '',
  school: '某小学',
  class: '三(2)班',
  grade: '三年级',
  className: '2班',
  photoId: 7,
  allergies: '花生',
  health: '',
  groupId: 1,
  group: '第一组',
  birth: null,
  leaves: 'collected',
  insurance: '',
  agreementDay: null,
  badge: 'X',
  guardians: [{ id: 3, name: '家长甲', relation: '妈妈', phone: '199****0001' }],
  pickups: [],
  enrolments: [],
  leavesAhead: [],
  consents: [],
  version: 1,
}

describe('the form of a child', () => {
  it('takes no child without a guardian who can be called', () => {
    const draft = emptyChild()
    expect(childProblems(draft).guardians).toContain('监护人')
    draft.guardians = [{ ...emptyGuardian(), name: '家长甲', relation: '妈妈' }]
    expect(isSound(childProblems(draft))).toBe(false)
    draft.guardians[0]!.phone = '199 0000 0001'
    expect(isSound(childProblems(draft))).toBe(true)
  })

  it('counts a number on file as one that can be called, and leaves it as it is', () => {
    const draft = draftOf(child)
    expect(isSound(childProblems(draft))).toBe(true)
    expect(childInput(draft).guardians).toEqual([{ id: 3, name: '家长甲', relation: '妈妈', phone: '' }])
  })

  it('leaves out an empty new row, but not one that is half filled in', () => {
    const draft = draftOf(child)
    draft.guardians.push(emptyGuardian())
    expect(isSound(childProblems(draft))).toBe(true)
    expect(childInput(draft).guardians).toHaveLength(1)
    draft.guardians[1]!.phone = '不记得'
    expect(childProblems(draft).rows[1]).toEqual({
      name: '请写姓名',
      relation: '请写关系',
      phone: '不像电话号码，请核对',
    })
  })

  it('tells which fields another screen changed, and nothing else', () => {
    expect(changedFields(draftOf(child), draftOf(child))).toEqual([])
    const after = { ...child, allergies: '', photoId: null, guardians: [] }
    expect(changedFields(draftOf(child), draftOf(after))).toEqual(['photo', 'allergies', 'guardians'])
  })

  it('hands in what stood there when nothing was typed', () => {
    const { school, grade, className, mark, photoId, allergies, health, leaves } = child
    expect(childInput(draftOf(child))).toMatchObject({
      school,
      grade,
      className,
      mark,
      photoId,
      allergies,
      health,
      leaves,
    })
  })

  it.each([
    ['子女', '户主', 2, '妈妈'],
    ['子女', '配偶', 1, '爸爸'],
    ['子女', '父母', 2, ''],
    // An uncle is a child of the head, too.
    ['孙辈', '子女', 1, ''],
    ['子女', '户主', 0, ''],
  ] as const)('a %s and the %s of sex %i at one door: “%s”', (of, relation, sex, said) => {
    expect(relationTo({ relation: of }, { relation, sex })).toBe(said)
  })
})

describe('the consent for the noon class', () => {
  const given = {
    purpose: '午间课堂',
    givenBy: '家长甲',
    givenDay: '2026-09-01',
    wording: '第1版',
    withdrawnDay: null,
  }
  it('is in force until the day on which it is withdrawn', () => {
    expect(consentInForce([given], today)).toBe(given)
    expect(consentInForce([{ ...given, withdrawnDay: '2026-11-24' }], today)).not.toBeNull()
    expect(consentInForce([{ ...given, withdrawnDay: today }], today)).toBeNull()
  })
  it('is not one for something else, nor one of tomorrow', () => {
    expect(consentInForce([{ ...given, purpose: '入户走访照片' }], today)).toBeNull()
    expect(consentInForce([{ ...given, givenDay: '2026-11-24' }], today)).toBeNull()
  })
})

describe('a place in a group', () => {
  const place = {
    id: 1,
    termId: 1,
    term: '秋季学期',
    groupId: 1,
    group: '第一组',
    fromDay: '2026-09-01',
    leftDay: null as string | null,
    leftReason: '',
  }
  it('is left on the day of leaving, not the day after', () => {
    const left = { ...place, leftDay: today, leftReason: '转学' }
    expect(presentEnrolments([left], '2026-11-22')).toEqual([left])
    expect(presentEnrolments([left], today)).toEqual([])
    expect(enrolmentWords(left)).toMatch(/起，.*离开：转学$/)
  })
})

const pickup = (more: Partial<PickupPerson>): PickupPerson => ({
  id: 1,
  kind: 'authorised',
  name: '家长甲',
  relation: '妈妈',
  phone: '',
  idTail: '',
  photoId: null,
  reason: '',
  fromDay: '2026-09-01',
  toDay: null,
  valid: true,
  once: false,
  ...more,
})

describe('who may collect a child', () => {
  it('stands forbidden first, and who is over apart', () => {
    const parts = pickupsByTime(
      [
        pickup({ id: 1 }),
        pickup({ id: 2, kind: 'forbidden' }),
        pickup({ id: 3, toDay: today }),
        pickup({ id: 4, kind: 'forbidden', toDay: '2026-11-22' }),
      ],
      today,
    )
    expect(parts.forbidden.map(({ id }) => id)).toEqual([2])
    expect(parts.authorised.map(({ id }) => id)).toEqual([1, 3])
    expect(parts.over.map(({ id }) => id)).toEqual([4])
  })
  it('says for how long', () => {
    const year = '2020'
    expect(validWords(pickup({ fromDay: `${year}-09-01` }))).toBe('2020年9月1日起一直有效')
    expect(validWords(pickup({ fromDay: `${year}-09-01`, toDay: `${year}-09-30` }))).toBe(
      '2020年9月1日 至 2020年9月30日',
    )
    expect(validWords(pickup({ fromDay: `${year}-09-01`, toDay: `${year}-09-01`, once: true }))).toBe(
      '只限2020年9月1日',
    )
  })
})

test('the list loses no child, and groups stand in their own order with no group at the end', () => {
  const lines: fc.Arbitrary<ChildLine[]> = fc
    .array(fc.constantFrom('第三组', '第二组', '第一组', null, '别的'))
    .map((groups) => groups.map((group, id) => ({ ...child, id, group })))
  const order = ['第一组', '第二组', '第三组']
  fc.assert(
    fc.property(lines, (given) => {
      const parts = byGroup(given, order)
      expect(parts.flatMap((part) => part.lines.map(({ id }) => id)).sort((a, b) => a - b)).toEqual(
        given.map(({ id }) => id),
      )
      const places = parts.map(({ group }) => [...order, '别的', null].indexOf(group))
      expect(places).toEqual([...places].sort((a, b) => a - b))
    }),
  )
})
