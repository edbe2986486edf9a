import fc from 'fast-check'
import { expect, test } from 'vitest'
import { saveCompany } from '../../../electron/counters/visits/companies.ts'
import { readPatrolMonth } from '../../../electron/counters/visits/patrol-month.ts'
import { savePatrol } from '../../../electron/counters/visits/patrols.ts'
import { addDays, isWorkingDay } from '../../../electron/workbench/calendar.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'

const add = (test: TestDesk, name: string, fromDay: string, toDay: string | null = null): number =>
  saveCompany(test.context('manager'), {
    ...{ id: null, version: null, contact: '', phone: '' },
    ...{ name, fromDay, toDay },
  }).id

const walk = (test: TestDesk, companyId: number, day: string, findings = 0) =>
  savePatrol(test.context(), {
    companyId,
    day,
    version: null,
    visitorId: null,
    ticks: ['消防通道', '电梯运行', '环境卫生'].map((item, index) => ({
      item,
      fine: index >= findings,
      finding: index < findings ? '不好' : '',
    })),
    note: '',
    fileIds: [],
  })

/** The cells of a company as signs: v done, ! findings, x missed, o due today, · nothing. */
function signs(test: TestDesk, month: string, name = '安居物业'): string {
  const { rows } = readPatrolMonth(test.context(), month)
  const sign = { done: 'v', findings: '!', missed: 'x', today: 'o', none: '·' }
  return rows
    .find(({ company }) => company === name)!
    .cells.map((cell) => sign[cell])
    .join('')
}

test('a working day that passed without a patrol is missed; days off and days ahead are nothing', () => {
  const desk = openTestDesk()
  const id = add(desk, '安居物业', '2026-11-02')
  walk(desk, id, '2026-11-02')
  walk(desk, id, '2026-11-04', 2)
  // Sunday the first; Monday the 23rd is today.
  expect(signs(desk, '2026-11')).toBe('·vx!xx··xxxxx··xxxxx··o·······')
  expect(readPatrolMonth(desk.context(), '2026-11').rows).toMatchObject([
    { companyId: id, missed: 13, findings: 2 },
  ])
  walk(desk, id, '2026-11-23')
  expect(signs(desk, '2026-11').slice(20)).toBe('··v·······')
})

test('holidays are off and the weekends worked for them are due, by the calendar with 调休', () => {
  const desk = openTestDesk()
  add(desk, '安居物业', '2026-01-01')
  const { days, rows } = readPatrolMonth(desk.context(), '2026-10')
  const working = new Map(days.map(({ day, working }) => [day, working]))
  // 2026: 1-7 October off, Saturday 10 October worked.
  expect([working.get('2026-10-01'), working.get('2026-10-07'), working.get('2026-10-10')]).toEqual([
    false,
    false,
    true,
  ])
  expect([rows[0]!.cells[0], rows[0]!.cells[9]]).toEqual(['none', 'missed'])
})

test('a patrol on a day off counts as walked', () => {
  const desk = openTestDesk()
  const id = add(desk, '安居物业', '2026-11-01')
  walk(desk, id, '2026-11-08')
  expect(signs(desk, '2026-11')[7]).toBe('v')
})

test('a company is due from its first to its last day, and stands in no month outside', () => {
  const desk = openTestDesk()
  add(desk, '安居物业', '2026-11-04', '2026-11-10')
  expect(signs(desk, '2026-11')).toBe('···xxx··xx····················')
  for (const month of ['2026-10', '2026-12']) {
    expect(readPatrolMonth(desk.context(), month).rows).toEqual([])
  }
})

test('a patrol that was walked stays, though the days of its company were corrected', () => {
  const desk = openTestDesk()
  const id = add(desk, '安居物业', '2026-10-01')
  walk(desk, id, '2026-10-12')
  saveCompany(desk.context('manager'), {
    ...{ id, version: 1, name: '安居物业', contact: '', phone: '' },
    ...{ fromDay: '2026-11-02', toDay: null },
  })
  expect(signs(desk, '2026-10')).toBe('···········v···················')
})

test('each company has its own line, and a month has all its days', () => {
  const desk = openTestDesk()
  const [one, other] = [add(desk, '安居物业', '2026-02-01'), add(desk, '新城物业', '2026-02-01')]
  walk(desk, one, '2026-02-03')
  const { days, rows } = readPatrolMonth(desk.context(), '2026-02')
  expect([days[0]!.day, days.at(-1)!.day, days.length]).toEqual(['2026-02-01', '2026-02-28', 28])
  expect(rows.map(({ companyId, cells }) => [companyId, cells[2]])).toEqual([
    [one, 'done'],
    [other, 'missed'],
  ])
})

test('whatever was walked, each working day of the past is done or missed, and nothing else is', () => {
  const desk = openTestDesk()
  const day = fc.integer({ min: 0, max: 120 }).map((ago) => addDays('2026-11-23', -ago))
  let turn = 0
  fc.assert(
    fc.property(day, day, fc.boolean(), fc.array(day, { maxLength: 12 }), (one, other, ends, walked) => {
      const [fromDay, last] = one < other ? [one, other] : [other, one]
      const toDay = ends ? last : null
      const name = `物业${(turn += 1)}`
      const id = add(desk, name, fromDay, toDay)
      const runs = (at: string) => at >= fromDay && (toDay === null || at <= toDay)
      const done = new Set(walked.filter(runs))
      for (const at of done) walk(desk, id, at)
      let missed = 0
      for (const month of ['2026-07', '2026-08', '2026-09', '2026-10', '2026-11']) {
        missed +=
          readPatrolMonth(desk.context(), month).rows.find(({ company }) => company === name)?.missed ?? 0
      }
      let expected = 0
      for (let at = fromDay; at < '2026-11-23' && runs(at); at = addDays(at, 1)) {
        if (isWorkingDay(at) && !done.has(at)) expected += 1
      }
      expect(missed).toBe(expected)
    }),
    { numRuns: 25 },
  )
})
