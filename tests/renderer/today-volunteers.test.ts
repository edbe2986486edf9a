import { describe, expect, it } from 'vitest'
import type { VolunteersToday } from '../../electron/contract/volunteer-reports.ts'
import { deadlineWords, gladOf } from '../../renderer/counters/overview/today-volunteers.ts'

const now = new Date('2026-11-23T02:00:00.000Z')
const of = (facts: Partial<VolunteersToday>): VolunteersToday => ({
  ...{ day: '2026-11-23', activities: [], toRecord: [], toConfirm: [] },
  ...{ waiting: { toRecord: 0, toConfirm: 0, overdue: 0 }, nearestDeadline: null },
  ...{ birthdays: [], anniversaries: [], stars: [], pioneerYear: null },
  ...facts,
})
const who = (id: number) => ({ volunteerId: id, number: `ZY-2026-${id}`, name: `志愿${id}` })

describe('the volunteers of 今日', () => {
  it('say when the nearest confirmation is due, or that it is late', () => {
    expect(deadlineWords(of({}), now)).toBe('')
    expect(deadlineWords(of({ nearestDeadline: '2026-11-24' }), now)).toBe('最近 明天 到期')
    expect(deadlineWords(of({ nearestDeadline: '2026-11-23' }), now)).toBe('最近 今天 到期')
    expect(deadlineWords(of({ nearestDeadline: '2026-11-20' }), now)).toBe('最早的 11月20日 已到期')
  })

  it('name birthdays, anniversaries and stars, and leave out what nobody has', () => {
    expect(gladOf(of({}))).toEqual([])
    const told = gladOf(
      of({ anniversaries: [{ ...who(1), years: 3 }], stars: [{ ...who(2), star: 2, day: '2026-11-05' }] }),
    )
    expect(told.map(({ label, names }) => [label, names.map(({ words }) => words)])).toEqual([
      ['加入周年', ['志愿1 3 年']],
      ['本月升星', ['志愿2 二星']],
    ])
  })

  it('name eight of a kind and count the others', () => {
    const [birthdays] = gladOf(of({ birthdays: Array.from({ length: 11 }, (_, nth) => who(nth + 1)) }))
    expect(birthdays).toMatchObject({ more: 3 })
    expect(birthdays!.names).toHaveLength(8)
  })
})
