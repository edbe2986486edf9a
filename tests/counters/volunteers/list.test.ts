import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { consentPurposes } from '../../../electron/contract/volunteer-fields.ts'
import { mergePersons } from '../../../electron/counters/people/merge.ts'
import { departPerson } from '../../../electron/counters/people/persons.ts'
import { listVolunteers, type Wanted } from '../../../electron/counters/volunteers/list.ts'
import { changeVolunteerRules, readVolunteerRules } from '../../../electron/counters/volunteers/rules.ts'
import { addMembers, endMember } from '../../../electron/counters/volunteers/team-members.ts'
import type { TestDesk } from '../../fixture.ts'
import { refusal } from '../people/people.ts'
import {
  addConsent,
  addVolunteer,
  addVolunteers,
  invalidFields,
  openTestDesk,
  personOf,
  serve,
  sql,
  today,
} from './service.ts'

const list = (desk: TestDesk, wanted: Partial<Wanted> = {}) =>
  listVolunteers(desk.context(), { query: '', state: 'present', limit: 30, ...wanted })
const ids = (desk: TestDesk, wanted: Partial<Wanted> = {}) => list(desk, wanted).rows.map(({ id }) => id)

/** Every page of it, in their order. */
function allPages(desk: TestDesk, wanted: Partial<Wanted>): number[] {
  const found: number[] = []
  for (let after: string | undefined; ;) {
    const page = list(desk, { ...wanted, after })
    found.push(...page.rows.map(({ id }) => id))
    if (page.next === null) return found
    after = page.next
  }
}

describe('the list of volunteers', () => {
  test('stands by number, page by page, with its total', () => {
    const desk = openTestDesk()
    const added = addVolunteers(desk.db, 7)
    for (const limit of [1, 2, 7, 8]) expect(allPages(desk, { limit })).toEqual(added)
    expect(list(desk, { limit: 2 })).toMatchObject({ total: 7, next: 'ZY-2026-000002' })
  })

  test('shows who is there, who left, or all', () => {
    const desk = openTestDesk()
    const there = addVolunteer(desk.db)
    const left = addVolunteer(desk.db, { leftDay: '2026-01-01' })
    expect(ids(desk)).toEqual([there])
    expect(ids(desk, { state: 'left' })).toEqual([left])
    expect(ids(desk, { state: 'all' })).toEqual([there, left])
  })

  test('is narrowed by team and colour as they are today', () => {
    const desk = openTestDesk()
    const [one, two] = addVolunteers(desk.db, 3) as [number, number]
    addMembers(desk.context(), { teamId: 1, volunteerIds: [one, two], fromDay: '2026-01-01' })
    endMember(desk.context(), { teamId: 1, volunteerId: two, toDay: '2026-11-22' })
    expect(ids(desk, { teamId: 1 })).toEqual([one])
    expect(ids(desk, { colour: 'red' })).toEqual([one])
    expect(list(desk, { colour: 'blue' })).toEqual({ rows: [], next: null, total: 0 })
  })

  test('is narrowed by stars, each with its own hours and no others', () => {
    const desk = openTestDesk()
    const rules = readVolunteerRules(desk.db)
    changeVolunteerRules(desk.context('manager'), { ...rules, starHours: [1, 2, 3, 4, 5] })
    const minutes = [59, 60, 119, 120, 300, 600]
    const [none, one, still, two, five, more] = addVolunteers(desk.db, 6)
    const added = [none!, one!, still!, two!, five!, more!]
    added.forEach((id, nth) => serve(desk, id, minutes[nth]!))
    expect([0, 1, 2, 3, 5].map((star) => ids(desk, { star }))).toEqual([
      ...[[none], [one, still], [two], [], [five, more]],
    ])
    for (const star of [0, 1, 2, 5]) {
      expect(list(desk, { star }).rows.every((line) => line.star === star)).toBe(true)
    }
  })

  test('shows minors without their guardian’s consent of today', () => {
    const desk = openTestDesk()
    const born = (birth: string) => addVolunteer(desk.db, { birth })
    const [minor, eighteen, consented, withdrawn] = [
      '2008-11-24',
      '2008-11-23',
      '2010-01-01',
      '2010-01-01',
    ].map(born)
    addConsent(desk.db, consented!, consentPurposes.guardian, today)
    addConsent(desk.db, withdrawn!, consentPurposes.guardian, '2026-01-01', today)
    expect(ids(desk, { lacks: 'guardian-consent' })).toEqual([minor, withdrawn])
    expect(
      list(desk)
        .rows.filter((line) => line.consentMissing)
        .map(({ id }) => id),
    ).toEqual([minor, withdrawn])
    expect(ids(desk)).toContain(eighteen)
  })

  test('shows those who may not be named, stand in no national system, or are known too little of', () => {
    const desk = openTestDesk()
    const [one, two] = addVolunteers(desk.db, 2) as [number, number]
    addConsent(desk.db, one, consentPurposes.publish, '2026-01-01')
    sql(desk.db, "UPDATE volunteer SET national_number = '43', party_member = 1 WHERE id = ?", two)
    expect(ids(desk, { lacks: 'publish-consent' })).toEqual([two])
    expect(ids(desk, { lacks: 'national-number' })).toEqual([one])
    expect(ids(desk, { lacks: 'facts' })).toEqual([one, two])
    expect(ids(desk, { partyMember: true })).toEqual([two])
    expect(ids(desk, { partyMember: false })).toEqual([one])
  })

  test('counts the consent of a person as that of whom it was merged into', () => {
    const desk = openTestDesk()
    const [one, two] = addVolunteers(desk.db, 2) as [number, number]
    addConsent(desk.db, two, consentPurposes.publish, '2026-01-01')
    mergePersons(desk.context(), {
      into: personOf(desk.db, one),
      from: personOf(desk.db, two),
      reason: '登记了两次',
    })
    expect(ids(desk, { lacks: 'publish-consent' })).toEqual([])
    expect(list(desk).rows.map((line) => line.mayPublish)).toEqual([true, true])
  })

  test('is refused a foreign key', () => {
    const desk = openTestDesk()
    for (const wanted of [{ after: '1 ZY-2026-000001' }, { query: '王', after: 'ZY-2026-000001' }]) {
      expect(refusal(() => list(desk, wanted))).toEqual(invalidFields(['after', 'key']))
    }
  })
})

describe('a volunteer is found', () => {
  test('by characters, pinyin, initials, a half of either, or the number in any spelling', () => {
    const desk = openTestDesk()
    addVolunteers(desk.db, 2)
    const wanted = addVolunteer(desk.db, { name: '单雄信' })
    for (const query of [
      ...['单雄信', '雄', 'shanxiongxin', 'shanx', 'sxx', 'xx', '单xiong', 'danxiong', ' 单 雄 信 '],
      ...['ZY-2026-000003', 'zy2026000003', '2026-3', '000003', '3', 'ＺＹ－2026－000003'],
    ]) {
      expect(ids(desk, { query }), query).toEqual([wanted])
    }
  })

  test('best first: the whole name, its beginning, its end; then by number, page by page', () => {
    const desk = openTestDesk()
    const [middle, begins, exact, alsoBegins] = ['李小明', '小明明', '小明', '小明亮'].map((name) =>
      addVolunteer(desk.db, { name }),
    )
    const inOrder = [exact, begins, alsoBegins, middle]
    for (const limit of [1, 2, 3, 10]) {
      expect(allPages(desk, { query: '小明', limit })).toEqual(inOrder)
      expect(allPages(desk, { query: 'xiaoming', limit })).toEqual(inOrder)
    }
    expect(list(desk, { query: '小明', limit: 1 }).total).toBe(4)
  })

  test('by the end of a number, the very number first', () => {
    const desk = openTestDesk()
    const added = addVolunteers(desk.db, 112)
    expect(ids(desk, { query: '12' })).toEqual([added[11], added[111]])
    expect(ids(desk, { query: '112' })).toEqual([added[111]])
  })

  test('under the name of today after a merge, and after they moved away, if that is asked for', () => {
    const desk = openTestDesk()
    const [one, two] = [addVolunteer(desk.db, { name: '王芳' }), addVolunteer(desk.db, { name: '王方' })]
    mergePersons(desk.context(), {
      into: personOf(desk.db, one),
      from: personOf(desk.db, two),
      reason: '登记了两次',
    })
    expect(ids(desk, { query: '王芳' })).toEqual([one, two])
    expect(ids(desk, { query: '王方' })).toEqual([])
    const moved = addVolunteer(desk.db, { name: '赵云' })
    departPerson(desk.context(), {
      ...{ id: personOf(desk.db, moved), version: 1, departure: 'moved', day: today, reason: '迁出' },
    })
    expect(ids(desk, { query: 'zhaoyun' })).toEqual([moved])
    sql(desk.db, 'UPDATE volunteer SET left_day = ? WHERE id = ?', today, moved)
    expect(ids(desk, { query: 'zhaoyun' })).toEqual([])
    expect(ids(desk, { query: 'zhaoyun', state: 'left' })).toEqual([moved])
  })

  test('never by a phone, an ID number or a sign that means something to SQL', () => {
    const desk = openTestDesk()
    const id = addVolunteer(desk.db, { name: '王芳' })
    sql(
      desk.db,
      "INSERT INTO person_phone (person_id, position, number) VALUES (?, 0, '19900125678')",
      personOf(desk.db, id),
    )
    for (const query of [
      '5678',
      '19900125678',
      '%',
      '_',
      '*',
      '"',
      "' OR 1=1 --",
      'name:王',
      '3栋2单元501',
    ]) {
      expect(ids(desk, { query }), query).toEqual([])
    }
  })

  test('or not, whatever is typed: any text is a question', () => {
    const desk = openTestDesk()
    addVolunteers(desk.db, 3)
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (query) => {
        const { rows, total } = list(desk, { query })
        expect(rows.length).toBeLessThanOrEqual(total)
      }),
      { numRuns: 300 },
    )
  })
})
