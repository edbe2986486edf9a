import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { mustSeeChild, ownGroups } from '../../../electron/counters/noon-class/access.ts'
import { listGroups, saveGroup } from '../../../electron/counters/noon-class/groups.ts'
import { listStaffChecks, saveStaffCheck } from '../../../electron/counters/noon-class/staff-checks.ts'
import { listTerms, saveTerm, schoolDayOf } from '../../../electron/counters/noon-class/terms.ts'
import { changeOperator } from '../../../electron/counters/session/operators.ts'
import { addDays } from '../../../electron/workbench/calendar.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { audited, refusal } from '../people/people.ts'
import { addGroup, addTerm, autumn, enrolled, openClass, signIn, today } from './class.ts'

const spring = { name: '2027年春季学期', firstDay: '2027-02-22', lastDay: '2027-07-05', daysOff: [] }

const saveAs = (test: TestDesk, fields: Partial<Parameters<typeof saveTerm>[1]>) =>
  saveTerm(test.context('manager'), { ...autumn, ...fields })

describe('a term', () => {
  it('has the working days of the Chinese calendar without its days off', () => {
    const desk = openTestDesk()
    const week = { firstDay: '2026-11-09', lastDay: '2026-11-15', daysOff: [] }
    const { id, version, schoolDays } = addTerm(desk, week)
    expect(schoolDays).toBe(5)
    const off = [
      { day: '2026-11-14', reason: '周六本来就没有' },
      { day: '2026-11-12', reason: '家长会' },
    ]
    expect(saveAs(desk, { id, version, ...week, daysOff: off })).toMatchObject({
      schoolDays: 4,
      version: 2,
      daysOff: [off[1], off[0]],
    })
  })

  it('is school on a Sunday that is worked for a holiday, and not on the holiday', () => {
    const desk = openTestDesk()
    const { id } = addTerm(desk)
    // 2026: 国庆 from Thursday 1 to Wednesday 7 October, worked for on Sunday 20 September and Saturday 10 October.
    expect(schoolDayOf(desk.db, '2026-09-20')).toEqual({ termId: id, schoolDay: true, why: null })
    expect(schoolDayOf(desk.db, '2026-10-01')).toEqual({ termId: id, schoolDay: false, why: 'holiday' })
    expect(schoolDayOf(desk.db, '2026-10-10')).toMatchObject({ schoolDay: true })
    expect(schoolDayOf(desk.db, '2026-11-12')).toEqual({ termId: id, schoolDay: false, why: 'day-off' })
    expect(schoolDayOf(desk.db, '2026-08-31')).toEqual({ termId: null, schoolDay: false, why: 'no-term' })
    expect(schoolDayOf(desk.db, '2027-01-23')).toMatchObject({ why: 'no-term' })
  })

  test('counts as many school days as the days say of themselves, whatever its dates and days off', () => {
    const desk = openTestDesk()
    const { id } = addTerm(desk)
    let version = 1
    fc.assert(
      fc.property(
        fc.nat(200),
        fc.nat(120),
        fc.uniqueArray(fc.nat(120), { maxLength: 8 }),
        (start, length, off) => {
          const firstDay = addDays('2026-08-20', start)
          const lastDay = addDays(firstDay, length)
          const daysOff = off
            .filter((nth) => nth <= length)
            .map((nth) => ({ day: addDays(firstDay, nth), reason: '停课' }))
          const saved = saveAs(desk, { id, version, firstDay, lastDay, daysOff })
          version = saved.version
          let counted = 0
          for (let day = addDays(firstDay, -2); day <= addDays(lastDay, 2); day = addDays(day, 1)) {
            if (schoolDayOf(desk.db, day).schoolDay) counted += 1
          }
          expect(counted).toBe(saved.schoolDays)
        },
      ),
      { numRuns: 40 },
    )
  })

  it.each([
    ['ends before it begins', { lastDay: '2026-08-31', daysOff: [] }, 'lastDay', 'before-first'],
    ['is longer than a year', { lastDay: '2126-01-22' }, 'lastDay', 'too-long'],
    ['has a day off before it', { daysOff: [{ day: '2026-08-31', reason: '停课' }] }, 'daysOff', 'outside'],
    ['has a day off after it', { daysOff: [{ day: '2027-01-23', reason: '停课' }] }, 'daysOff', 'outside'],
    [
      'has one day off twice',
      { daysOff: ['家长会', '运动会'].map((reason) => ({ day: '2026-11-12', reason })) },
      'daysOff',
      'duplicate',
    ],
  ])('that %s is refused', (_, fields, path, problem) => {
    const desk = openTestDesk()
    expect(refusal(() => addTerm(desk, fields))).toEqual({
      code: 'INVALID',
      data: { fields: [{ path, problem }] },
    })
    expect(listTerms(desk.db)).toEqual([])
  })

  it('has a name and days of its own, the newest first', () => {
    const desk = openTestDesk()
    const first = addTerm(desk)
    expect(refusal(() => addTerm(desk, { ...spring, name: autumn.name }))).toEqual({
      code: 'CONFLICT',
      data: { because: 'duplicate', current: first },
    })
    expect(refusal(() => addTerm(desk, { ...spring, firstDay: first.lastDay }))).toEqual({
      code: 'CONFLICT',
      data: { because: 'overlap', current: first },
    })
    const second = addTerm(desk, { ...spring, firstDay: addDays(first.lastDay, 1) })
    expect(listTerms(desk.db)).toEqual([second, first])
    expect(refusal(() => saveAs(desk, { ...second, firstDay: first.firstDay })).code).toBe('CONFLICT')
  })

  it('is not overwritten by a screen that has not seen the newest one, and tells every board', () => {
    const desk = openTestDesk()
    const { id, version } = addTerm(desk)
    const current = saveAs(desk, { id, version, daysOff: [] })
    expect(refusal(() => saveAs(desk, { id, version }))).toEqual({
      code: 'CONFLICT',
      data: { because: 'changed', current },
    })
    expect(desk.published.slice(-3).map(({ topic }) => topic)).toEqual(['term', 'noon-setup', 'noon'])
    expect(refusal(() => saveAs(desk, { id: 99, version: 1, name: '没有' }))).toMatchObject({
      data: { what: 'term' },
    })
  })
})

describe('a group', () => {
  it('says what is wrong with it: nobody teaches, too few do, more children than places', () => {
    const desk = openTestDesk()
    const { id: termId } = addTerm(desk)
    const teachers = ['李老师', '周老师'].map((name) => signIn(desk, name, 'teacher').operator.id)
    const made = addGroup(desk, termId, { capacity: 3, ratio: 1 })
    expect(made).toMatchObject({ children: 0, warnings: ['no-teacher'], teachers: [] })
    for (const name of ['陈雨涵', '李梓轩', '赵一诺']) enrolled(desk, name, made.id)
    const save = (fields: Partial<Parameters<typeof addGroup>[2]>) => {
      const { id, version } = listGroups(desk.context(), termId)[0]!
      return addGroup(desk, termId, { id, version, capacity: 3, ratio: 1, ...fields })
    }
    expect(save({ teacherIds: teachers })).toMatchObject({ children: 3, warnings: ['ratio'] })
    expect(save({ teacherIds: teachers, ratio: 2 })).toMatchObject({ warnings: [] })
    expect(save({ teacherIds: teachers, ratio: 2, capacity: 2 })).toMatchObject({ warnings: ['capacity'] })
    expect(save({ teacherIds: [teachers[0]!], capacity: 2 }).warnings).toEqual(['ratio', 'capacity'])
  })

  it('is not taught by who left the desk', () => {
    const desk = openTestDesk()
    const { term, teacher } = openClass(desk, [])
    const { id, name } = teacher.operator!
    expect(listGroups(desk.context(), term.id)[0]).toMatchObject({ teachers: [{ id, name }], warnings: [] })
    changeOperator(desk.context('manager'), { id, name, role: 'teacher', active: false, reason: '离职' })
    expect(listGroups(desk.context(), term.id)[0]).toMatchObject({ teachers: [], warnings: ['no-teacher'] })
    expect(refusal(() => addGroup(desk, term.id, { name: '月亮班', teacherIds: [id] }))).toEqual({
      code: 'INVALID',
      data: { fields: [{ path: 'teacherIds', problem: 'unknown' }] },
    })
  })

  it('is taught by teachers, clerks and managers, and by no auditor', () => {
    const desk = openTestDesk()
    const { id: termId } = addTerm(desk)
    const ids = (['teacher', 'clerk', 'manager'] as const).map((role) => desk.context(role).operator!.id)
    const made = addGroup(desk, termId, { teacherIds: [...ids, ids[0]!] })
    expect(made.teachers.map(({ id }) => id).sort()).toEqual(ids.sort())
    const auditor = desk.context('auditor').operator!.id
    expect(refusal(() => addGroup(desk, termId, { name: '月亮班', teacherIds: [auditor] })).code).toBe(
      'INVALID',
    )
  })

  it('is collected later than it arrives, named once in its term, and stays in it', () => {
    const desk = openTestDesk()
    const { id: termId } = addTerm(desk)
    const other = addTerm(desk, spring)
    expect(refusal(() => addGroup(desk, termId, { leaveBy: '12:10' })).data).toEqual({
      fields: [{ path: 'leaveBy', problem: 'ends-too-early' }],
    })
    const made = addGroup(desk, termId)
    expect(refusal(() => addGroup(desk, termId))).toEqual({
      code: 'CONFLICT',
      data: { because: 'duplicate', current: made },
    })
    expect(addGroup(desk, other.id).name).toBe(made.name)
    const { id, version } = made
    expect(refusal(() => addGroup(desk, other.id, { id, version })).data).toEqual({ what: 'group' })
    expect(refusal(() => addGroup(desk, 99)).data).toEqual({ what: 'term' })
    expect(refusal(() => listGroups(desk.context(), 99)).data).toEqual({ what: 'term' })
    saveGroup(desk.context('manager'), { ...made, teacherIds: [], room: '三楼' })
    expect(refusal(() => addGroup(desk, termId, { id, version }))).toMatchObject({
      data: { because: 'changed', current: { room: '三楼', version: 2 } },
    })
  })

  it('is in the audit by its fields, its teachers by their ids', () => {
    const desk = openTestDesk()
    const { teacher } = openClass(desk, [])
    const { subject, changes } = audited(desk.db).findLast(({ action }) => action === 'noon.save-group')!
    expect(subject).toBe('class-group:1')
    expect(JSON.parse(changes!)).toMatchObject({
      teacherIds: [null, [teacher.operator!.id]],
      name: 'changed',
      arriveBy: [null, '12:10'],
    })
  })
})

describe('what a teacher may see', () => {
  it('is the groups they teach, and everybody else sees all', () => {
    const desk = openTestDesk()
    const { term, group, teacher } = openClass(desk, ['陈雨涵'])
    const other = addGroup(desk, term.id, { name: '月亮班' })
    expect(ownGroups(teacher)).toEqual(new Set([group.id]))
    expect(listGroups(teacher, term.id).map(({ id }) => id)).toEqual([group.id])
    for (const role of ['clerk', 'manager', 'auditor'] as const) {
      expect(ownGroups(desk.context(role))).toBeNull()
      expect(listGroups(desk.context(role), term.id).map(({ id }) => id)).toEqual([group.id, other.id])
    }
  })

  it('is a child of theirs until it leaves, and after the term until another one begins', () => {
    const desk = openTestDesk()
    const { term, teacher, children } = openClass(desk, ['陈雨涵'])
    const childId = children[0]!.id
    const stranger = enrolled(desk, '李梓轩', addGroup(desk, term.id, { name: '月亮班' }).id)
    const hidden = (id: number) => {
      try {
        mustSeeChild(teacher, id)
        return false
      } catch {
        return true
      }
    }
    addTerm(desk, spring)
    expect([hidden(childId), hidden(stranger.id)]).toEqual([false, true])
    desk.clock.set('2027-02-21T04:00:00.000Z')
    expect(hidden(childId)).toBe(false)
    desk.clock.set('2027-02-22T04:00:00.000Z')
    expect(hidden(childId)).toBe(true)
    expect(refusal(() => mustSeeChild(teacher, childId))).toEqual({
      code: 'NOT_FOUND',
      data: { what: 'child' },
    })
    expect(refusal(() => mustSeeChild(desk.context(), 99)).data).toEqual({ what: 'child' })
  })
})

describe('a background check', () => {
  it('is due when there was none, and again from the same date of the next year', () => {
    const desk = openTestDesk()
    const { id, name } = desk.context('teacher').operator!
    const checkOf = () => listStaffChecks(desk.context('auditor')).find((one) => one.operatorId === id)
    expect(checkOf()).toEqual({ operatorId: id, name, checkedDay: null, due: true })
    const save = (checkedDay: string) =>
      saveStaffCheck(desk.context('manager'), { operatorId: id, checkedDay })
    save('2025-11-23')
    expect(checkOf()).toMatchObject({ checkedDay: '2025-11-23', due: true })
    save('2025-11-24')
    expect(checkOf()).toMatchObject({ due: false })
    desk.clock.set('2029-02-28T04:00:00.000Z')
    save('2028-02-29')
    expect(checkOf()).toMatchObject({ due: false })
    desk.clock.set('2029-03-01T04:00:00.000Z')
    expect(checkOf()).toMatchObject({ due: true })
  })

  it('is of everybody who works with children here: no auditor, nobody who left, nobody unknown', () => {
    const desk = openTestDesk()
    const gone = signIn(desk, '代课老师', 'teacher').operator.id
    const all = (['manager', 'clerk', 'teacher'] as const).map((role) => desk.context(role).operator!.id)
    const ids = () => listStaffChecks(desk.context('manager')).map(({ operatorId }) => operatorId)
    expect(ids()).toEqual([...all, gone])
    changeOperator(desk.context('manager'), {
      id: gone,
      name: '代课老师',
      role: 'teacher',
      active: false,
      reason: '代课结束',
    })
    expect(ids()).toEqual(all)
    for (const operatorId of [gone, desk.context('auditor').operator!.id, 99]) {
      const save = () => saveStaffCheck(desk.context('manager'), { operatorId, checkedDay: today })
      expect(refusal(save)).toEqual({ code: 'NOT_FOUND', data: { what: 'operator' } })
    }
  })

  it('of tomorrow is refused, and the day of one stands in the audit', () => {
    const desk = openTestDesk()
    const operatorId = desk.context('clerk').operator!.id
    const save = (checkedDay: string) => saveStaffCheck(desk.context('manager'), { operatorId, checkedDay })
    expect(refusal(() => save('2026-11-24')).data).toEqual({
      fields: [{ path: 'checkedDay', problem: 'future' }],
    })
    save(today)
    expect(audited(desk.db).at(-1)).toMatchObject({
      action: 'noon.check-staff',
      subject: `staff-check:${operatorId}`,
      changes: JSON.stringify({ checkedDay: [null, today] }),
    })
  })
})
