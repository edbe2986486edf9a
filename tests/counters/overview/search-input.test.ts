import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { search } from '../../../electron/counters/overview/search.ts'
import { addHousehold } from '../../../electron/counters/people/households.ts'
import { openPerson } from '../../../electron/counters/people/persons.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { accept, nowAt } from '../enquiries/counter.ts'
import { register, today } from '../people/people.ts'

const ask = (test: TestDesk, query: string) => search(test.db, query, nowAt(today))
const names = (test: TestDesk, query: string) => ask(test, query).people.map(({ person }) => person.name)
const home = (test: TestDesk, door: string, estate: string) =>
  addHousehold(test.context(), { gridId: null, estate, door, note: '' }).id

function add(test: TestDesk, name: string, known: Partial<Parameters<typeof register>[1]> = {}) {
  return register(test.context(), { name, ...known }).id
}

describe('whatever is typed', () => {
  function populated() {
    const desk = openTestDesk()
    const here = home(desk, '3-2-501', '桂花苑')
    for (const name of [
      '张三丰',
      '王芳',
      'John Smith',
      '阿依古丽·买买提',
      '单小红',
      '𠮷野',
      'NEAR AND',
      '张张张',
    ]) {
      for (let count = 0; count < 3; count += 1)
        add(desk, name, { phones: [`1990000${1000 + count}`], householdId: here })
    }
    accept(desk, { askerId: 1 })
    return desk
  }

  const few = (desk: TestDesk, typed: string) => {
    const { people, households, enquiries } = ask(desk, typed)
    for (const { person, nameMarks, fact } of people) {
      for (const [from, to] of nameMarks)
        expect(from >= 0 && from < to && to <= person.name.length).toBe(true)
      for (const [from, to] of fact?.marks ?? [])
        expect(from >= 0 && from < to && to <= fact!.text.length).toBe(true)
    }
    for (const { household, doorMarks } of households) {
      for (const [from, to] of doorMarks)
        expect(from >= 0 && from < to && to <= household.door.length).toBe(true)
    }
    expect(Math.max(people.length, households.length, enquiries.length)).toBeLessThanOrEqual(8)
  }

  test('nothing asks for nothing', () => {
    const desk = populated()
    for (const typed of [
      '',
      ' ',
      '　',
      '\t\n',
      '%',
      '"',
      '*',
      '😀',
      "'",
      '-',
      '_',
      '(',
      '\0',
      '\ud800',
      '\udc00',
      '·',
    ]) {
      expect([typed, ask(desk, typed)]).toEqual([
        typed,
        {
          ...{ people: [], households: [], enquiries: [], rounds: [], volunteers: [], activities: [] },
          certificates: [],
        },
      ])
    }
  })

  test.each([
    'NEAR(张 三)',
    '张 AND 三',
    '张 OR 王',
    'NOT 张',
    '"张三丰"',
    '张*',
    'tokens:张',
    '{tokens} : 张',
    '^张',
    '张三" OR rowid > 0 --',
    "' OR 1=1; DROP TABLE person; --",
    '张%',
    '张_',
    '1张三丰',
    '01000',
    '张\0三',
    '张\ud800三',
    '🙂张三🙂',
    '\ufdfa'.repeat(1000),
    '张'.repeat(100_000),
    'a'.repeat(1_000_000),
    '9'.repeat(1_000_000),
    '3-2-501'.repeat(1000),
  ])('%# is a question like any other', (typed) => {
    const desk = populated()
    few(desk, typed)
    expect(names(desk, '王芳')).toHaveLength(3)
  })

  test('is never an error and never more than eight of a kind', () => {
    const desk = populated()
    const signs = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.string({
        unit: fc.constantFrom(
          ...'张三丰王芳单𠮷·zhangsfw0123456789x-栋单元室 %"*\'():^{}+;_\\\0',
          '\ud800',
          '\udfff',
          '😀',
          ' AND ',
          ' OR ',
          ' NOT ',
          'NEAR(',
        ),
        maxLength: 20,
      }),
      fc
        .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
        .map((units) => String.fromCharCode(...units)),
    )
    fc.assert(
      fc.property(signs, (typed) => few(desk, typed)),
      { numRuns: 3000 },
    )
  })

  test('any part of a name that stands there finds it', () => {
    const desk = openTestDesk()
    const letters = fc.string({
      unit: fc.constantFrom(...'张王李单曾查仇欧阳尉迟乐行吕三丰芳伟小红·'),
      minLength: 1,
      maxLength: 5,
    })
    fc.assert(
      fc.property(letters, fc.nat(), fc.nat(), (typed, from, length) => {
        fc.pre(/[^·]/.test(typed))
        const id = add(desk, typed)
        const { name } = openPerson(desk.context(), id)
        const characters = [...name].filter((character) => character !== '·')
        const start = from % characters.length
        const part = characters.slice(start, start + 1 + (length % (characters.length - start))).join('')
        const [hit] = ask(desk, part).people
        expect(hit?.person.name).toContain(part.slice(0, 1))
        expect(
          ask(desk, part).people.every(({ person }) => person.name.replaceAll('·', '').includes(part)),
        ).toBe(true)
      }),
      { numRuns: 100 },
    )
  })
})
