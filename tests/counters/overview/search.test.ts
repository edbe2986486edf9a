import { describe, expect, test } from 'vitest'
import { search } from '../../../electron/counters/overview/search.ts'
import { addHousehold } from '../../../electron/counters/people/households.ts'
import { departPerson, openPerson } from '../../../electron/counters/people/persons.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { accept, nowAt } from '../enquiries/counter.ts'
import { idNumberOf, register, today } from '../people/people.ts'

const ask = (test: TestDesk, query: string) => search(test.db, query, nowAt(today))
const names = (test: TestDesk, query: string) => ask(test, query).people.map(({ person }) => person.name)
const home = (test: TestDesk, door: string, estate = '') =>
  addHousehold(test.context(), { gridId: null, estate, door, note: '' }).id

function add(test: TestDesk, name: string, known: Partial<Parameters<typeof register>[1]> = {}) {
  return register(test.context(), { name, ...known }).id
}

function leave(test: TestDesk, id: number, departure: 'moved' | 'dead') {
  const { version } = openPerson(test.context(), id)
  departPerson(test.context(), { id, version, departure, day: today, reason: '网格上报' })
}

/** The marked parts of a text. */
const marked = (text: string, marks: [number, number][]) => marks.map(([from, to]) => text.slice(from, to))

describe('a person', () => {
  const spellings: [string, string, string, string[]][] = [
    // what is typed, what matched, whose, what is marked
    ['张三丰', 'name', '张三丰', ['张三丰']],
    ['张　三 丰', 'name', '张三丰', ['张三丰']],
    ['三丰', 'name', '张三丰', ['三丰']],
    ['丰', 'name', '张三丰', ['丰']],
    ['zhangsanfeng', 'pinyin', '张三丰', ['张三丰']],
    ['Zhang San', 'pinyin', '张三丰', ['张三']],
    ['ｓａｎｆｅｎｇ', 'pinyin', '张三丰', ['三丰']],
    ['zsf', 'initials', '张三丰', ['张三丰']],
    ['sf', 'initials', '张三丰', ['三丰']],
    ['zhangsf', 'pinyin', '张三丰', ['张三丰']],
    ['张san', 'name', '张三丰', ['张三']],
    ['张s', 'name', '张三丰', ['张三']],
    ['zhang三', 'name', '张三丰', ['张三']],
    ['z三f', 'name', '张三丰', ['张三丰']],
    ['shan', 'pinyin', '单小红', ['单']],
    ['dan', 'pinyin', '单小红', ['单']],
    ['zengjie', 'pinyin', '曾杰', ['曾杰']],
    ['zha', 'pinyin', '查良', ['查']],
    ['qiuying', 'pinyin', '仇英', ['仇英']],
    ['yuchi', 'pinyin', '尉迟恭', ['尉迟']],
    ['lv', 'pinyin', '吕布', ['吕']],
    ['lü', 'pinyin', '吕布', ['吕']],
    ['gulimai', 'pinyin', '阿依古丽·买买提', ['古丽', '买']],
    ['smith', 'name', 'John Smith', ['Smith']],
    ['john s', 'name', 'John Smith', ['John', 'Smith']],
  ]

  test('is found by name, pinyin, initials and any mixture, with what matched marked', () => {
    const desk = openTestDesk()
    for (const name of new Set(spellings.map(([, , name]) => name))) add(desk, name)
    for (const [typed, matched, name, parts] of spellings) {
      const hit = ask(desk, typed).people.find(({ person }) => person.name === name)
      expect([typed, hit?.matched, hit && marked(name, hit.nameMarks)]).toEqual([typed, matched, parts])
    }
  })

  test('张wei finds 张伟 and 张维国, and not 章伟', () => {
    const desk = openTestDesk()
    for (const name of ['张伟', '张维国', '章伟', '王伟', '章伟张']) add(desk, name)
    expect(names(desk, '张wei')).toEqual(['张伟', '张维国'])
    expect(names(desk, '张w')).toEqual(['张伟', '张维国'])
    expect(names(desk, 'wei')).toHaveLength(5)
  })

  test('is found by the end of a phone, and the mask shows where', () => {
    const desk = openTestDesk()
    add(desk, '王芳', { phones: ['19900111111', '19900125678'] })
    for (const typed of ['678', '5678', '19900125678', '199-0012-5678', '+86 199 0012 5678']) {
      const [hit] = ask(desk, typed).people
      expect([typed, hit?.matched, hit?.fact?.text]).toEqual([typed, 'phone', '199****5678'])
    }
    const [hit] = ask(desk, '5678').people
    expect(marked(hit!.fact!.text, hit!.fact!.marks)).toEqual(['5678'])
    expect(ask(desk, '78').people).toEqual([])
    expect(JSON.stringify(ask(desk, '5678'))).not.toContain('19900125678')
  })

  test('is found by the end of an ID number, the small x too', () => {
    const desk = openTestDesk()
    const idNumber = Array.from({ length: 99 }, (_, order) => idNumberOf('1950-03-04', order)).find(
      (number) => number.endsWith('X'),
    )!
    add(desk, '王芳', { idNumber })
    for (const typed of [idNumber.slice(-4), idNumber.slice(-4).toLowerCase(), idNumber]) {
      const [hit] = ask(desk, typed).people
      expect([hit?.matched, hit?.fact?.text.slice(-4)]).toEqual(['idNumber', idNumber.slice(-4)])
    }
  })

  test('is told from a name-sake by the end of a phone', () => {
    const desk = openTestDesk()
    add(desk, '王芳', { phones: ['19900125678'] })
    const other = add(desk, '王芳', { phones: ['19900120000'] })
    const { people } = ask(desk, '王芳 0000')
    expect(people).toMatchObject([{ person: { id: other }, matched: 'name', fact: { text: '199****0000' } }])
  })

  test('stays found under the new name after a change, and is masked wherever they stand', () => {
    const desk = openTestDesk()
    add(desk, '王芳', { phones: ['19900125678'], idNumber: idNumberOf('1950-03-04', 2) })
    expect(ask(desk, 'wangfang').people[0]?.person.phone).toBe('199****5678')
    expect(JSON.stringify(ask(desk, 'wangfang'))).not.toMatch(/19900125678|99999919500304/)
  })
})

describe('the order', () => {
  test('is exact name, open business, beginning of the name, who lives here', () => {
    const desk = openTestDesk()
    const gone = add(desk, '李王芳')
    const plain = add(desk, '王芳华')
    const inside = add(desk, '李王芳芳')
    const moved = add(desk, '王芳')
    const exact = add(desk, '王芳')
    const exactOpen = add(desk, '王芳')
    const open = add(desk, '王芳菲')
    leave(desk, gone, 'dead')
    leave(desk, moved, 'moved')
    accept(desk, { askerId: exactOpen })
    accept(desk, { subjectId: open, givenName: '儿子' })
    const order = (typed: string) => ask(desk, typed).people.map(({ person }) => person.id)
    expect(order('王芳')).toEqual([exactOpen, exact, moved, open, plain, inside, gone])
    expect(order('wangfang')).toEqual([exactOpen, exact, moved, open, plain, inside, gone])
  })

  test('holds where there are more than can be shown', () => {
    const desk = openTestDesk()
    for (const given of '甲乙丙丁戊己庚辛壬癸子丑寅卯') add(desk, `李王${given}`)
    for (const given of '甲乙丙丁戊己庚辛壬癸子丑') add(desk, `王${given}芳`)
    const dead = add(desk, '王')
    const single = add(desk, '王')
    const open = add(desk, '赵王孙')
    leave(desk, dead, 'dead')
    accept(desk, { askerId: open })
    for (const typed of ['王', 'wang']) {
      const { people } = ask(desk, typed)
      expect(people).toHaveLength(8)
      expect(people.slice(0, 3).map(({ person }) => person.id)).toEqual([single, dead, open])
      expect(people.slice(3).every(({ person }) => person.name.startsWith('王'))).toBe(true)
    }
  })
})

describe('a door', () => {
  test('is found in every spelling, with those who live there', () => {
    const desk = openTestDesk()
    const here = home(desk, '3-2-501')
    home(desk, '3-2-502')
    home(desk, '13-2-501')
    const head = add(desk, '王芳', { householdId: here, relation: '户主' })
    const moved = add(desk, '王小', { householdId: here })
    leave(desk, moved, 'moved')
    for (const typed of ['3-2-501', '3栋2单元501', '３栋２单元５０１室', '3 - 2 - 0501']) {
      const { people, households } = ask(desk, typed)
      expect(households).toMatchObject([{ household: { id: here, door: '3栋2单元501' }, members: ['王芳'] }])
      expect(people).toMatchObject([
        { person: { id: head }, matched: 'door' },
        { person: { id: moved }, matched: 'door' },
      ])
    }
    const [hit] = ask(desk, '3-2-501').households
    expect(marked(hit!.household.door, hit!.doorMarks)).toEqual(['3', '2', '501'])
  })

  test('grows while it is typed', () => {
    const desk = openTestDesk()
    for (const door of ['3-2-501', '3-2-502', '3-1-501', '3-1-2', '4-2-501']) home(desk, door)
    const doors = (typed: string) => ask(desk, typed).households.map(({ household }) => household.door)
    expect(doors('3栋')).toHaveLength(4)
    expect(doors('3-2').sort()).toEqual(['3栋1单元2', '3栋2单元501', '3栋2单元502'])
    expect(doors('3-2-')).toEqual(['3栋2单元501', '3栋2单元502'])
    expect(doors('3栋2单元')).toEqual(['3栋2单元501', '3栋2单元502'])
    expect(doors('3-2-50')).toEqual(['3栋2单元501', '3栋2单元502'])
    expect(doors('501')).toHaveLength(3)
    expect(doors('3栋501').sort()).toEqual(['3栋1单元501', '3栋2单元501'])
  })

  test('of two compounds is told apart by the compound’s name', () => {
    const desk = openTestDesk()
    const one = home(desk, '3-2-501', '桂花苑')
    const other = home(desk, '3-2-501', '荷花苑')
    const ids = (typed: string) => ask(desk, typed).households.map(({ household }) => household.id)
    expect(ids('3-2-501').sort()).toEqual([one, other])
    expect(ids('桂花苑3栋2单元501')).toEqual([one])
    expect(ids('荷花 3-2-501')).toEqual([other])
    expect(ids('桂花')).toEqual([one])
    const [hit] = ask(desk, '桂花苑3-2-501').households
    expect(marked(hit!.household.door, hit!.doorMarks)).toEqual(['桂花苑', '3', '2', '501'])
  })
})

describe('digits', () => {
  test('may be a phone, an ID number, a door and an enquiry at once', () => {
    const desk = openTestDesk()
    const here = home(desk, '3-2-101')
    add(desk, '王芳', { phones: ['19900125101'] })
    add(desk, '李强', { householdId: here })
    for (let count = 0; count < 101; count += 1) accept(desk)
    const { people, households, enquiries } = ask(desk, '101')
    expect(people.map(({ person, matched }) => [person.name, matched])).toEqual([
      ['王芳', 'phone'],
      ['李强', 'door'],
    ])
    expect(households).toMatchObject([{ household: { id: here }, doorMarks: [[5, 8]] }])
    expect(enquiries[0]).toMatchObject({ enquiry: { number: 'ZX-2026-000101' } })
  })

  test('an enquiry’s number finds the enquiry, and nobody whose phone ends so', () => {
    const desk = openTestDesk()
    add(desk, '王芳', { phones: ['19900000001'] })
    accept(desk)
    for (const typed of ['ZX-2026-000001', 'zx-2026-000001', 'ＺＸ－２０２６－０００００１']) {
      const { people, enquiries } = ask(desk, typed)
      expect([people.length, enquiries[0]?.enquiry.number]).toEqual([0, 'ZX-2026-000001'])
    }
  })
})

test('what is open of the people found is found with them', () => {
  const desk = openTestDesk()
  const id = add(desk, '王芳')
  const { number } = accept(desk, { askerId: id })
  accept(desk, { askerId: id, answer: '已答复' })
  expect(ask(desk, 'wf').enquiries.map(({ enquiry }) => enquiry.number)).toEqual([number])
})
