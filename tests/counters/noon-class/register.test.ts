import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readBoard } from '../../../electron/counters/noon-class/board.ts'
import { dayTotals, readRegister } from '../../../electron/counters/noon-class/register.ts'
import { registerSheet } from '../../../electron/counters/noon-class/register-sheet.ts'
import { rows } from '../../../electron/database/open.ts'
import { cellText } from '../../../electron/workbench/sheets.ts'
import { openTestDesk, temporaryFolder, type TestDesk } from '../../fixture.ts'
import { refusal } from '../enquiries/counter.ts'
import { fact, moment, rename } from './facts.ts'
import { addLeave, classOf, sql, today } from './fill.ts'

// The term of the class goes from Friday 11-13 to Thursday 12-03; the desk stands at Monday 11-23, 12:00.
const month = '2026-11'
const schoolDays = [13, 16, 17, 18, 19, 20, 23, 24, 25, 26, 27, 30].map((day) => `${month}-${day}`)

function open(children = 2) {
  const desk = openTestDesk()
  const filled = classOf(desk, { groups: 1, children })
  return { desk, ...filled, groupId: filled.groupIds[0]! }
}

const register = (desk: TestDesk, groupId: number) => readRegister(desk.context(), { groupId, month })

/** The marks of a child by day. */
function marksOf(desk: TestDesk, groupId: number, childId: number): Record<string, string> {
  const { days, rows: children } = register(desk, groupId)
  const { marks } = children.find((child) => child.childId === childId)!
  return Object.fromEntries(days.map((day, index) => [day, marks[index]!]))
}

describe('the register of a month', () => {
  test('says of each school day who came, was on leave, was absent, and who is not explained', () => {
    const { desk, groupId, childIds } = open()
    const [childId, other] = childIds as [number, number]
    fact(desk, { childId, groupId, day: '2026-11-13', kind: 'arrival' })
    fact(desk, { childId, groupId, day: '2026-11-16', kind: 'arrival' })
    fact(desk, { childId, groupId, day: '2026-11-16', kind: 'departure', by: '妈妈 家长1' })
    addLeave(desk, childId, '2026-11-17')
    fact(desk, { childId, groupId, day: '2026-11-18', kind: 'absence', reason: '有事' })
    const found = register(desk, groupId)
    expect([found.month, found.group, found.days]).toEqual([month, '第1组', schoolDays])
    expect(found.rows.map((row) => row.childId)).toEqual([childId, other])
    expect(found.rows[0]).toMatchObject({ name: '学生001', present: 2, leave: 1, absent: 1, unexplained: 2 })
    expect(found.rows[0]!.marks.slice(0, 7)).toEqual([
      'present',
      'present',
      'leave',
      'absent',
      'unexplained',
      'unexplained',
      'none',
    ])
    expect(dayTotals(found).slice(0, 3)).toEqual([1, 1, 0])
  })

  test('has no mark for today until the group’s time has come, and none for days to come', () => {
    const { desk, groupId, childIds } = open(1)
    const [childId] = childIds as [number]
    addLeave(desk, childId, '2026-11-24')
    const todays = () => marksOf(desk, groupId, childId)[today]
    desk.clock.set(moment(today, '12:09'))
    expect(todays()).toBe('none')
    desk.clock.set(moment(today, '12:10'))
    expect(todays()).toBe('unexplained')
    fact(desk, { childId, groupId, day: today, kind: 'arrival', time: '12:11' })
    expect(todays()).toBe('present')
    expect(marksOf(desk, groupId, childId)['2026-11-24']).toBe('none')
  })

  test('says of a child that came or is on leave so before the group’s time too', () => {
    const { desk, groupId, childIds } = open()
    const [came, away] = childIds as [number, number]
    fact(desk, { childId: came, groupId, day: today, kind: 'arrival', time: '11:58' })
    addLeave(desk, away, today)
    expect(marksOf(desk, groupId, came)[today]).toBe('present')
    expect(marksOf(desk, groupId, away)[today]).toBe('leave')
  })

  test('leaves out days off, and has a day without school on which a child came all the same', () => {
    const { desk, groupId, childIds, termId } = open()
    const [childId, other] = childIds as [number, number]
    sql(desk, 'INSERT INTO term_day_off VALUES (?, ?, ?)', termId, '2026-11-17', '校运动会')
    fact(desk, { childId, groupId, day: '2026-11-21', kind: 'arrival' })
    const { days } = register(desk, groupId)
    expect(days).not.toContain('2026-11-17')
    expect(days).toContain('2026-11-21')
    expect(marksOf(desk, groupId, childId)['2026-11-21']).toBe('present')
    expect(marksOf(desk, groupId, other)['2026-11-21']).toBe('none')
  })

  test('counts neither what was taken back nor a leave that was cancelled', () => {
    const { desk, groupId, childIds } = open(1)
    const [childId] = childIds as [number]
    fact(desk, { childId, groupId, day: '2026-11-16', kind: 'arrival', voided: 1 })
    const leave = addLeave(desk, childId, '2026-11-17')
    sql(desk, 'UPDATE child_leave SET cancelled_at = ? WHERE id = ?', desk.clock().toISOString(), leave)
    const marks = marksOf(desk, groupId, childId)
    expect([marks['2026-11-16'], marks['2026-11-17']]).toEqual(['unexplained', 'unexplained'])
  })

  test('has a child that changed the group in both registers, each day in one', () => {
    const desk = openTestDesk()
    const { groupIds, childIds, termId } = classOf(desk, { groups: 2, children: 2 })
    const [first, second] = groupIds as [number, number]
    const [childId] = childIds as [number]
    // Entered late: on the 18th it still came to the first group's board.
    fact(desk, { childId, groupId: first, day: '2026-11-16', kind: 'arrival' })
    fact(desk, { childId, groupId: first, day: '2026-11-18', kind: 'arrival' })
    sql(desk, "UPDATE enrolment SET left_day = '2026-11-18' WHERE child_id = ?", childId)
    sql(
      desk,
      "INSERT INTO enrolment (child_id, term_id, group_id, from_day) VALUES (?, ?, ?, '2026-11-18')",
      childId,
      termId,
      second,
    )
    const [before, after] = [marksOf(desk, first, childId), marksOf(desk, second, childId)]
    expect([before['2026-11-16'], before['2026-11-17'], before['2026-11-18']]).toEqual([
      'present',
      'unexplained',
      'none',
    ])
    expect([after['2026-11-17'], after['2026-11-18'], after['2026-11-19']]).toEqual([
      'none',
      'present',
      'unexplained',
    ])
  })

  test('does not lose a day on which a child came that left the class with an earlier day', () => {
    const { desk, groupId, childIds } = open(1)
    const [childId] = childIds as [number]
    fact(desk, { childId, groupId, day: '2026-11-19', kind: 'arrival' })
    sql(desk, "UPDATE enrolment SET left_day = '2026-11-18' WHERE child_id = ?", childId)
    const marks = marksOf(desk, groupId, childId)
    expect([marks['2026-11-17'], marks['2026-11-18'], marks['2026-11-19']]).toEqual([
      'unexplained',
      'none',
      'present',
    ])
  })

  test('is of a group that the caller may see', () => {
    const desk = openTestDesk()
    const { groupIds } = classOf(desk)
    const [own, other] = groupIds as [number, number]
    expect(readRegister(desk.context('teacher'), { groupId: own, month }).rows).toHaveLength(3)
    expect(readRegister(desk.context('auditor'), { groupId: other, month }).rows).toHaveLength(3)
    const nothing = { code: 'NOT_FOUND', data: { what: 'group' } }
    expect(refusal(() => readRegister(desk.context('teacher'), { groupId: other, month }))).toEqual(nothing)
    expect(refusal(() => readRegister(desk.context(), { groupId: 99, month }))).toEqual(nothing)
  })

  test('is empty in a month without the term', () => {
    const { desk, groupId } = open()
    expect(readRegister(desk.context(), { groupId, month: '2026-05' })).toMatchObject({ days: [], rows: [] })
  })
})

const marks = { in: 'present', out: 'present', leave: 'leave', absent: 'absent', expected: 'unexplained' }

test('whatever happened, the register says of each day what its board says once it is over', () => {
  const event = fc.record({
    child: fc.nat(2),
    day: fc.nat(schoolDays.length - 1),
    what: fc.constantFrom('arrival', 'departure', 'absence', 'leave', 'void'),
  })
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const { desk, groupId, childIds } = open(3)
      const seen = new Set<string>()
      for (const { child, day, what } of events) {
        const key = `${child} ${day} ${what}`
        if (seen.has(key)) continue
        seen.add(key)
        const where = { childId: childIds[child]!, groupId, day: schoolDays[day]! }
        if (what === 'leave') addLeave(desk, where.childId, where.day)
        else if (what === 'void') fact(desk, { ...where, kind: 'arrival', voided: 1 })
        else fact(desk, { ...where, kind: what })
      }
      desk.clock.set(moment('2026-12-01', '09:00'))
      const found = register(desk, groupId)
      for (const [index, day] of found.days.entries()) {
        const { tiles } = readBoard(desk.context(), { day, groupId })
        for (const { childId, state } of tiles) {
          const row = found.rows.find((child) => child.childId === childId)!
          expect(row.marks[index]).toBe(marks[state])
        }
      }
    }),
    { numRuns: 15 },
  )
})

/** The cells of the only sheet of a workbook, and how each is stored. */
function cellsOf(base64: string) {
  const file = join(temporaryFolder(), 'register.xlsx')
  writeFileSync(file, Buffer.from(base64, 'base64'))
  const part = (name: string) => execFileSync('unzip', ['-p', file, name], { encoding: 'utf8' })
  const sheet = part('xl/worksheets/sheet1.xml')
  const strings = [...part('xl/sharedStrings.xml').matchAll(/<t[^>]*>([\s\S]*?)<\/t>/g)].map(
    (match) => match[1]!,
  )
  const cells = [...sheet.matchAll(/<c ([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g)].map(([, attributes, body]) => ({
    type: /t="(\w+)"/.exec(attributes!)?.[1],
    body: body ?? '',
  }))
  return { sheet, strings, cells }
}

describe('the register as a spreadsheet', () => {
  const sheetOf = (desk: TestDesk, groupId: number, whole: boolean) =>
    registerSheet(desk.context('manager'), { groupId, month, whole, reason: whole ? '交学校备案' : '' })

  test('masks names unless they are asked for whole, and either way is written down', async () => {
    const { desk, groupId, childIds } = open()
    rename(desk, childIds[0]!, '欧阳小明')
    const masked = await sheetOf(desk, groupId, false)
    expect(masked.fileName).toBe('考勤表 第1组 2026-11.xlsx')
    const seen = cellsOf(masked.base64).strings
    expect(seen).toContain('欧**明')
    expect(seen.join()).not.toContain('欧阳小明')
    const whole = await sheetOf(desk, groupId, true)
    expect(cellsOf(whole.base64).strings).toContain('欧阳小明')
    const audited = rows<{ subject: string; reason: string | null; changes: string }>(
      desk.db,
      "SELECT subject, reason, changes FROM audit WHERE action = 'noon.export' ORDER BY id",
    )
    expect(audited.map(({ subject, reason }) => [subject, reason])).toEqual([
      [`noon-export:${groupId}`, null],
      [`noon-export:${groupId}`, '交学校备案'],
    ])
    expect(audited.map(({ changes }) => (JSON.parse(changes) as { whole: unknown[] }).whole[1])).toEqual([
      false,
      true,
    ])
  })

  test('with whole names takes a reason; without one nothing leaves and nothing is written down', async () => {
    const { desk, groupId } = open()
    const asked = { groupId, month, whole: true, reason: '' }
    await expect(registerSheet(desk.context(), asked)).rejects.toMatchObject({
      code: 'INVALID',
      data: { fields: [{ path: 'reason', problem: 'required' }] },
    })
    expect(rows(desk.db, "SELECT 1 FROM audit WHERE action = 'noon.export'")).toEqual([])
  })

  test('has text in every cell and no formula, whatever a child, a class or a group is called', async () => {
    const { desk, groupId, childIds } = open(6)
    const evil = ['=1+1', ' +SUM(A1)', '-2+3', '@SUM(A1)', '＝cmd', '<script>alert(1)</script>']
    evil.forEach((name, index) => rename(desk, childIds[index]!, name))
    sql(desk, "UPDATE child SET class = '=HYPERLINK(\"http://x\")', grade = ''")
    sql(desk, "UPDATE class_group SET name = '=第1组/[]:*?'")
    const { sheet, strings, cells } = cellsOf((await sheetOf(desk, groupId, true)).base64)
    expect(sheet).not.toMatch(/<f[ >]/)
    expect(cells.length).toBeGreaterThan(7 * 18)
    // An empty cell has no type; every other is a string.
    expect(new Set(cells.filter(({ body }) => body !== '').map(({ type }) => type))).toEqual(new Set(['s']))
    expect(strings.filter((text) => /^[\s　]*[=+\-@＝＋－＠]/.test(text))).toEqual([])
    expect(strings).toContain("'=1+1")
    expect(strings).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })

  test('marks what a spreadsheet would calculate, after any blanks, and nothing else', () => {
    const blanks = fc.stringMatching(/^[ \t\r\n　\u200b\ufeff]{0,4}$/)
    fc.assert(
      fc.property(blanks, fc.constantFrom(...'=+-@＝＋－＠'), fc.string(), (blank, sign, rest) => {
        expect(cellText(`${blank}${sign}${rest}`)).toBe(`'${blank}${sign}${rest}`)
      }),
    )
    for (const harmless of ['', '王小明', '三(2)班', '√', '？', 'a=b', '1-2']) {
      expect(cellText(harmless)).toBe(harmless)
    }
  })
})
