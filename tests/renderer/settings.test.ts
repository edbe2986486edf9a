import { ORPCError } from '@orpc/client'
import { describe, expect, it } from 'vitest'
import type { Matter } from '../../electron/contract/matters.ts'
import { termWords } from '../../renderer/components/formats.ts'
import { calendarGap } from '../../renderer/counters/settings/calendar-gap.ts'
import { byCategory, mattersWith, papersOf } from '../../renderer/counters/settings/matter-groups.ts'
import { minutesOfDay, tidyTime } from '../../renderer/counters/settings/times.ts'
import { sentenceFor } from '../../renderer/shell/sentences.ts'

describe('the warning about a year without a calendar', () => {
  const on = (day: string, through: number) => calendarGap(through, new Date(`${day}T12:00:00.000+08:00`))

  it('comes in the last quarter for the next year, and while the present one is unknown', () => {
    expect(on('2026-09-30', 2026)).toBeNull()
    expect(on('2026-10-01', 2026)).toBe(2027)
    expect(on('2026-12-31', 2026)).toBe(2027)
    expect(on('2027-01-01', 2026)).toBe(2027)
    expect(on('2027-11-01', 2026)).toBe(2027)
  })

  it('goes when the program knows the year', () => {
    expect(on('2026-12-31', 2027)).toBeNull()
    expect(on('2027-09-30', 2027)).toBeNull()
  })

  it('goes by the day in Shanghai', () => {
    expect(calendarGap(2026, new Date('2026-09-30T15:59:59.999Z'))).toBeNull()
    expect(calendarGap(2026, new Date('2026-09-30T16:00:00.000Z'))).toBe(2027)
  })
})

describe('working hours as they are typed', () => {
  it.each([
    ['8:30', '08:30'],
    ['830', '08:30'],
    ['0830', '08:30'],
    ['1730', '17:30'],
    ['８：３０', '08:30'],
    ['8.30', '08:30'],
    ['9', '09:00'],
    ['9点', '09:00'],
    ['8点半', '08:30'],
    ['13时30分', '13:30'],
    ['', ''],
    ['24:00', '24:00'],
    ['8:75', '8:75'],
    ['早上', '早上'],
  ])('%s is kept as %s', (typed, kept) => {
    expect(tidyTime(typed)).toBe(kept)
  })

  it('add up to a day once every span is whole', () => {
    const morning = { from: '08:30', to: '12:00' }
    expect(minutesOfDay([morning, { from: '13:30', to: '17:30' }])).toBe(450)
    expect(minutesOfDay([morning, { from: '13:30', to: '' }])).toBeNull()
    expect(minutesOfDay([morning, { from: '17:30', to: '13:30' }])).toBeNull()
  })
})

describe('the catalogue in 设置', () => {
  const matter = (
    id: number,
    code: string,
    name: string,
    category: string,
    initials: string,
    pinyin: string,
  ) => ({ id, code, name, category, initials, pinyin }) as Matter
  const matters = [
    matter(1, 'LN01', '高龄津贴申请', '老年服务', 'gljtsq', 'gaolingjintieshenqing'),
    matter(2, 'MZ05', '医疗救助申请', '民政救助', 'yljzsq', 'yiliaojiuzhushenqing'),
    matter(3, 'LN02', '老年人优待证', '老年服务', 'lnrydz', 'laonianrenyoudaizheng'),
  ]
  const found = (typed: string) => mattersWith(matters, typed).map(({ id }) => id)

  it('is found by a piece of the name, by category, initials, pinyin and code', () => {
    expect(found('津贴')).toEqual([1])
    expect(found('老年')).toEqual([1, 3])
    expect(found('jtsq')).toEqual([1])
    expect(found('yiliao')).toEqual([2])
    expect(found('ln0')).toEqual([1, 3])
    expect(found('没有的')).toEqual([])
    expect(found('')).toEqual([1, 2, 3])
  })

  it('stands under its categories in the order of the catalogue', () => {
    expect(
      byCategory(matters).map(({ category, entries }) => [category, entries.map(({ id }) => id)]),
    ).toEqual([
      ['老年服务', [1, 3]],
      ['民政救助', [2]],
    ])
  })

  it('takes papers one per line, without empty lines', () => {
    expect(papersOf(' 身份证 \n\n户口簿\r\n')).toEqual(['身份证', '户口簿'])
    expect(papersOf('')).toEqual([])
  })
})

describe('limits and rules in words', () => {
  it('says working days and working hours', () => {
    expect(termWords({ amount: 5, unit: 'day' })).toBe('5 个工作日')
    expect(termWords({ amount: 4, unit: 'hour' })).toBe('4 个工作小时')
  })

  it('names a time by the end of the span it is, and never by another form’s field', () => {
    const refused = (path: string, problem: string) =>
      sentenceFor(new ORPCError('INVALID', { status: 422, data: { fields: [{ path, problem }] } }))
    expect(refused('workHours.1.from', 'invalid_format')).toBe('上班时间：格式不对。还没有保存。')
    expect(refused('workHours.0.to', 'ends-too-early')).toBe('下班时间：结束要晚于开始。还没有保存。')
    expect(refused('workHours', 'overlap')).toBe('工作时间：几段时间重叠了，请从早到晚填。还没有保存。')
    expect(refused('notOurs.3.channel', 'required')).toBe('去处：不能为空。还没有保存。')
    expect(refused('from', 'same')).toBe('要并入的档案：是同一份档案，请另选一份。还没有保存。')
  })
})
