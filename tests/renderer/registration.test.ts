import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Registration } from '../../electron/contract/visit-registration.ts'
import { changesOf, rebase, settle } from '../../renderer/counters/visits/registration/changes.ts'
import {
  changedMembers,
  formOf,
  inputOf,
  isBlank,
  nextMember,
  phonesIn,
  type Form,
  type Member,
} from '../../renderer/counters/visits/registration/form.ts'
import { problemsIn } from '../../renderer/counters/visits/registration/registration.ts'

type Known = Registration['members'][number]
const person = (id: number, facts: Partial<Known> = {}): Known => ({
  id,
  version: 1,
  name: `住户${id}`,
  sex: 2,
  birth: '1950-03-01',
  relation: '户主',
  registeredElsewhere: false,
  keyGroups: [],
  ethnicity: '汉族',
  marriage: '',
  education: '',
  political: '',
  workplace: '',
  occupation: '',
  movedIn: '',
  idNumber: '430***********1234',
  phones: ['138****5678'],
  departure: null,
  ...facts,
})
const registration = (members: Known[], facts: Partial<Registration> = {}): Registration => ({
  householdId: 7,
  door: '3栋2单元501',
  version: 3,
  kind: '家庭户',
  tenure: '',
  note: '',
  checkedDay: null,
  members,
  ...facts,
})
const day = '2026-11-23'
const open = (...members: Known[]) => formOf(registration(members), day)
/** The form with something typed into the line of one person. */
const typed = (form: Form, key: string, facts: Partial<Member>): Form => ({
  ...form,
  members: form.members.map((member) => (member.key === key ? { ...member, ...facts } : member)),
})

test('an untouched form hands in nobody and says that nothing changes', () => {
  const form = open(person(1), person(2))
  expect(changesOf(form, form)).toEqual([])
  expect(inputOf(form, form)).toEqual({
    householdId: 7,
    version: 3,
    kind: '家庭户',
    tenure: '',
    note: '',
    notTheSame: [],
    checkedDay: day,
    members: [],
  })
})

test('a correction is shown old and new, and only that person is handed in', () => {
  const base = open(person(1), person(2))
  const form = typed(base, '2', { occupation: '退休', sex: 1 })
  expect(changesOf(base, form)).toEqual([
    {
      key: '2',
      who: '住户2',
      isNew: false,
      changes: [
        { label: '性别', old: '女', now: '男' },
        { label: '职业', old: '（空）', now: '退休' },
      ],
    },
  ])
  expect(inputOf(base, form).members.map(({ id }) => id)).toEqual([2])
})

test('the household’s own fields stand first', () => {
  const base = open(person(1))
  const form = { ...base, tenure: '租住' as const, note: ' ' }
  expect(changesOf(base, form)).toEqual([
    {
      key: 'household',
      who: '这一户',
      isNew: false,
      changes: [{ label: '房屋性质', old: '（空）', now: '租住' }],
    },
  ])
})

describe('what is only known masked', () => {
  const base = open(person(1))
  it('is not handed in unless it was typed anew', () => {
    const input = inputOf(base, typed(base, '1', { movedIn: '2019年从株洲' }))
    expect(input.members[0]).not.toHaveProperty('idNumber')
    expect(input.members[0]).not.toHaveProperty('phones')
  })
  it('is handed in as it was typed, several numbers apart', () => {
    const form = typed(base, '1', { phones: '13800000001、0731-8555 1234' })
    expect(inputOf(base, form).members[0]!.phones).toEqual(['13800000001', '0731-8555 1234'])
    expect(changesOf(base, form)[0]!.changes).toEqual([
      { label: '电话', old: '138****5678', now: '13800000001、0731-8555 1234' },
    ])
  })
  it('can be emptied', () => {
    const form = typed(base, '1', { idNumber: '' })
    expect(changesOf(base, form)[0]!.changes).toEqual([
      { label: '身份证号', old: '430***********1234', now: '（空）' },
    ])
    expect(inputOf(base, form).members[0]!.idNumber).toBe('')
  })
})

test('numbers in one field are told apart by whatever stands between them', () => {
  expect(phonesIn('13800000001， 139 0000 0002/0731-85551234')).toEqual([
    '13800000001',
    '139 0000 0002',
    '0731-85551234',
  ])
  expect(phonesIn(' ')).toEqual([])
})

describe('somebody new', () => {
  const base = open(person(1))
  const line = nextMember(base)
  it('has a line of their own, and is no head where there is one', () => {
    expect(line).toMatchObject({ key: 'new-1', id: null, relation: '其他' })
    expect(nextMember({ ...base, members: [...base.members, line] }).key).toBe('new-2')
    expect(nextMember(open()).relation).toBe('户主')
  })
  it('is nobody while the line is blank', () => {
    expect(isBlank(line)).toBe(true)
    const form = { ...base, members: [...base.members, line] }
    expect(changedMembers(base, form)).toEqual([])
    expect(problemsIn(base, form, true, day, false).members).toEqual({})
  })
  it('is shown with what was filled in', () => {
    const form = {
      ...base,
      members: [...base.members, { ...line, name: ' 小满 ', education: '小学' as const }],
    }
    expect(changesOf(base, form)).toEqual([
      {
        key: 'new-1',
        who: '小满',
        isNew: true,
        changes: [
          { label: '与户主关系', old: '', now: '其他' },
          { label: '文化程度', old: '', now: '小学' },
        ],
      },
    ])
  })
})

describe('leaving', () => {
  const base = open(person(1))
  it('asks for its day, which is not to come and not before birth', () => {
    const left = typed(base, '1', { departure: 'moved' })
    const problemOf = (form: Form) => problemsIn(base, form, true, day, false).members['1']?.['departureDay']
    expect(problemOf(left)).toBe('请填写日期')
    expect(problemOf(typed(left, '1', { departureDay: '2026-11-24' }))).toBe('不能晚于今天')
    expect(problemOf(typed(left, '1', { departureDay: '1950-02-01' }))).toBe('不能早于出生日期')
    expect(problemOf(typed(left, '1', { departureDay: '2026-11-01' }))).toBeUndefined()
  })
  it('asks for no day of who had left before', () => {
    const gone = open(person(1, { departure: 'dead' }))
    expect(problemsIn(gone, typed(gone, '1', { occupation: '退休' }), true, day, false).members).toEqual({})
  })
  it('that is taken back hands in no day', () => {
    const form = typed(typed(base, '1', { departure: 'moved', departureDay: day }), '1', { departure: null })
    expect(changesOf(base, form)).toEqual([])
  })
})

test('a day at the door that is to come is wrong, one left out is asked for', () => {
  const base = open(person(1))
  expect(problemsIn(base, { ...base, checkedDay: '2026-11-24' }, false, day, false).checkedDay).toBeTruthy()
  expect(problemsIn(base, { ...base, checkedDay: null }, false, day, false).checkedDay).toBeUndefined()
  expect(problemsIn(base, { ...base, checkedDay: null }, true, day, false).checkedDay).toBeTruthy()
})

describe('another screen saved first', () => {
  const base = open(person(1), person(2))

  it('and nothing clashes where each changed something else', () => {
    const mine = typed(base, '1', { occupation: '退休' })
    const theirs = formOf(
      registration([person(1, { version: 2, marriage: '丧偶' }), person(2)], { version: 4, tenure: '公房' }),
      day,
    )
    const { form, clashes, theirs: told, gone } = rebase(base, mine, theirs)
    expect(clashes).toEqual([])
    expect(gone).toEqual([])
    expect(told.map(({ who, changes }) => [who, changes.map(({ now }) => now)])).toEqual([
      ['这一户', ['公房']],
      ['住户1', ['丧偶']],
    ])
    expect(form).toMatchObject({ version: 4, tenure: '公房' })
    expect(form.members[0]).toMatchObject({ version: 2, occupation: '退休', marriage: '丧偶' })
    expect(changesOf(theirs, form).map(({ changes }) => changes)).toEqual([
      [{ label: '职业', old: '（空）', now: '退休' }],
    ])
  })

  it('and the clerk decides what both changed; until then mine stands in the form', () => {
    const mine = typed(base, '1', { occupation: '退休', departure: 'moved', departureDay: '2026-11-02' })
    const theirs = formOf(registration([person(1, { version: 2, occupation: '教师' }), person(2)]), day)
    const { form, clashes } = rebase(base, mine, theirs)
    expect(clashes).toMatchObject([
      { who: '住户1', label: '职业', mine: '退休', theirs: '教师', choice: null },
    ])
    expect(form.members[0]).toMatchObject({ occupation: '退休', departureDay: '2026-11-02' })
    const decided = clashes.map((clash) => ({ ...clash, choice: 'theirs' as const }))
    expect(settle(form, decided, theirs).members[0]).toMatchObject({
      occupation: '教师',
      departure: 'moved',
      departureDay: '2026-11-02',
    })
    expect(settle(form, clashes, theirs)).toEqual(form)
  })

  it('and a phone retyped here clashes with one that was changed there, told by its mask', () => {
    const mine = typed(base, '1', { phones: '13800000001' })
    const theirs = formOf(registration([person(1, { version: 2, phones: ['139****0002'] }), person(2)]), day)
    expect(rebase(base, mine, theirs).clashes).toMatchObject([
      { label: '电话', mine: '13800000001', theirs: '139****0002' },
    ])
  })

  it('and a door merged into another meanwhile hands my lines to the one it became', () => {
    const mine = typed(base, '1', { occupation: '退休' })
    const theirs = formOf(registration([person(1, { version: 2 })], { householdId: 8, version: 2 }), day)
    const { form } = rebase(base, mine, theirs)
    expect(inputOf(theirs, form)).toMatchObject({
      householdId: 8,
      version: 2,
      members: [{ id: 1, version: 2 }],
    })
  })

  it('and who was taken out of the household is named with what was typed for them', () => {
    const mine = typed(base, '2', { occupation: '退休' })
    const { form, gone } = rebase(base, mine, formOf(registration([person(1)], { version: 4 }), day))
    expect(form.members.map(({ key }) => key)).toEqual(['1'])
    expect(gone).toMatchObject([{ who: '住户2', changes: [{ label: '职业', now: '退休' }] }])
  })

  it('and a new line stays, beside one that the other registered', () => {
    const mine = { ...base, members: [...base.members, { ...nextMember(base), name: '小满' }] }
    const theirs = formOf(registration([person(1), person(2), person(9)], { version: 4 }), day)
    expect(rebase(base, mine, theirs).form.members.map(({ name }) => name)).toEqual([
      '住户1',
      '住户2',
      '住户9',
      '小满',
    ])
  })

  it('and no field that was typed here is lost: it stands in the form or is asked about', () => {
    const words = fc.constantFrom('', '退休', '教师', '工人')
    const facts = fc.record({ occupation: words, workplace: words, ethnicity: words })
    fc.assert(
      fc.property(facts, facts, facts, (old, my, their) => {
        const base = open(person(1, old))
        const mine = typed(base, '1', my)
        const theirs = formOf(registration([person(1, { ...their, version: 2 })]), day)
        const { form, clashes } = rebase(base, mine, theirs)
        for (const field of ['occupation', 'workplace', 'ethnicity'] as const) {
          const both = my[field] !== old[field] && their[field] !== old[field] && my[field] !== their[field]
          expect(clashes.some((clash) => clash.field === field)).toBe(both)
          expect(form.members[0]![field]).toBe(my[field] !== old[field] ? my[field] : their[field])
        }
      }),
    )
  })
})
