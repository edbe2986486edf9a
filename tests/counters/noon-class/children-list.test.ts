import { describe, expect, it } from 'vitest'
import { listChildren } from '../../../electron/counters/noon-class/children.ts'
import { classWords } from '../../../electron/counters/noon-class/class-words.ts'
import { transact, write } from '../../../electron/database/open.ts'
import { openTestDesk } from '../../fixture.ts'
import { refusal } from '../people/people.ts'
import { addChild, addGroup, addTerm, enrolled, look, openClass, today } from './class.ts'

describe('the list of children', () => {
  const namesOf = (lines: { name: string }[]) => lines.map(({ name }) => name)
  const all = { termId: null, groupId: null, query: '' }

  it('is read as a register is read out, of a term, a group or all', () => {
    const desk = openTestDesk()
    const { term, group } = openClass(desk, ['张三', '李梓轩', '陈雨涵'])
    const moon = addGroup(desk, term.id, { name: '月亮班' })
    enrolled(desk, '白杨', moon.id)
    addChild(desk, '赵一诺')
    const list = (asked: { termId?: number; groupId?: number }) =>
      namesOf(listChildren(desk.context(), { ...all, ...asked }))
    expect(list({})).toEqual(['白杨', '陈雨涵', '李梓轩', '张三', '赵一诺'])
    expect(list({ termId: term.id })).toEqual(['白杨', '陈雨涵', '李梓轩', '张三'])
    expect(list({ termId: term.id, groupId: group.id })).toEqual(['陈雨涵', '李梓轩', '张三'])
    expect(refusal(() => list({ termId: 99 })).data).toEqual({ what: 'term' })
  })

  it.each([
    ['陈', ['陈雨涵']],
    ['雨涵', ['陈雨涵']],
    ['chenyuhan', ['陈雨涵']],
    ['cyh', ['陈雨涵']],
    ['zhao', ['赵一诺']],
    ['  ', ['陈雨涵', '赵一诺']],
    ['王', []],
    ['123', []],
    ['%', []],
    ["'; DROP TABLE child; --", []],
  ])('finds %j by name, pinyin or initials', (query, found) => {
    const desk = openTestDesk()
    openClass(desk, ['陈雨涵', '赵一诺'])
    expect(namesOf(listChildren(desk.context(), { ...all, query }))).toEqual(found)
  })

  it('is a teacher’s own children only, with none of those who left', () => {
    const desk = openTestDesk()
    const { term, group, teacher } = openClass(desk, ['陈雨涵'])
    const moon = addGroup(desk, term.id, { name: '月亮班' })
    enrolled(desk, '李梓轩', moon.id)
    addChild(desk, '赵一诺')
    for (const termId of [null, term.id]) {
      expect(namesOf(listChildren(teacher, { ...all, termId }))).toEqual(['陈雨涵'])
      expect(listChildren(teacher, { ...all, termId, groupId: moon.id })).toEqual([])
    }
    transact(desk.db, (db) =>
      write(db, 'UPDATE enrolment SET left_day = ? WHERE group_id = ?', today, group.id),
    )
    expect(listChildren(teacher, all)).toEqual([])
  })

  it('marks who bears the name of another child of the term, in whatever group, and nobody else', () => {
    const desk = openTestDesk()
    const { term, teacher, children } = openClass(desk, ['陈雨涵', '李梓轩'])
    const moon = addGroup(desk, term.id, { name: '月亮班' })
    const twin = enrolled(desk, '陈雨涵', moon.id, { mark: '高个子', className: '1班' })
    addChild(desk, '李梓轩')
    const marked = (lines: { id: number; sameName: boolean }[]) =>
      lines.filter(({ sameName }) => sameName).map(({ id }) => id)
    const both = [children[0]!.id, twin.id]
    expect(marked(listChildren(desk.context(), { ...all, termId: term.id }))).toEqual(both)
    expect(marked(listChildren(desk.context(), all))).toEqual(both)
    // The teacher sees only one of the two, who looks like another all the same.
    expect(marked(listChildren(teacher, all))).toEqual([children[0]!.id])
    expect(look(desk, twin.id)).toMatchObject({ sameName: true, mark: '高个子', class: '三(1)班' })
    expect(look(desk, children[1]!.id).sameName).toBe(false)
  })

  it('shows a past term as it ended and one to come as it is filled', () => {
    const desk = openTestDesk()
    const { term } = openClass(desk, ['陈雨涵'])
    const spring = addTerm(desk, {
      name: '2027年春季学期',
      firstDay: '2027-02-22',
      lastDay: '2027-07-05',
      daysOff: [],
    })
    enrolled(desk, '李梓轩', addGroup(desk, spring.id).id, { fromDay: '2027-02-22' })
    const inTerm = (termId: number) => namesOf(listChildren(desk.context(), { ...all, termId }))
    expect(inTerm(spring.id)).toEqual(['李梓轩'])
    desk.clock.set('2027-07-20T04:00:00.000Z')
    expect(inTerm(term.id)).toEqual(['陈雨涵'])
    expect(inTerm(spring.id)).toEqual(['李梓轩'])
    expect(listChildren(desk.context(), all).map(({ group }) => group)).toEqual([null, null])
  })
})

describe('a class', () => {
  it.each([
    ['三年级', '2班', '三(2)班'],
    ['三年级', '2', '三(2)班'],
    ['三年级', '(2)班', '三(2)班'],
    ['三年级', '（2）', '三(2)班'],
    ['三', '12班', '三(12)班'],
    ['三年级', '三(2)班', '三(2)班'],
    ['三年级', '三（2）班', '三（2）班'],
    ['三年级', '二班', '三年级二班'],
    ['三年级', '', '三年级'],
    ['', '2班', '2班'],
    ['', '向日葵班', '向日葵班'],
    ['', '', ''],
  ])('%j and %j is said %j', (grade, className, said) => {
    expect(classWords({ grade, className })).toBe(said)
  })
})
