import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { visits } from '../../electron/contract/visits.ts'
import type { Visit } from '../../electron/contract/visit-records.ts'
import { outcomes } from '../../electron/contract/visit-rounds.ts'
import {
  emptyNeed,
  emptyVisit,
  isTouched,
  likelyAsker,
  needsOf,
  nextStop,
  outcomeOfKey,
  problemsOf,
  themesToggled,
  typedOf,
  visitFieldsOf,
  type VisitTyped,
} from '../../renderer/counters/visits/entry.ts'
import { offered } from '../../renderer/counters/visits/photo-field.ts'
import { savedWords } from '../../renderer/counters/visits/saving.ts'
import { themeOrder } from '../../renderer/counters/visits/words.ts'

const today = '2026-11-23'
const outing = { day: today, visitorIds: [3] }
const typed = (more: Partial<VisitTyped> = {}): VisitTyped => ({ ...emptyVisit(), ...more })
const need = (more = {}) => ({ ...emptyNeed(), ...more })

describe('a row of the printed round', () => {
  test('takes its outcome with one key', () => {
    expect(['1', '2', '3', '4', '5'].map(outcomeOfKey)).toEqual(outcomes)
    for (const key of ['0', '6', '12', 'a', 'Enter', '']) expect(outcomeOfKey(key)).toBeNull()
  })

  test('is ready with the outcome alone where somebody lives', () => {
    expect(problemsOf(typed(), outing, today)).toHaveProperty('outcome')
    for (const outcome of ['met', 'nobody', 'refused'] as const)
      expect(problemsOf(typed({ outcome }), outing, today)).toEqual({})
  })

  test.each(['vacant', 'moved'] as const)(
    'takes a %s door out of the count with the reason alone',
    (outcome) => {
      expect(problemsOf(typed({ outcome, note: ' ' }), outing, today)).toHaveProperty('note')
      const why = typed({ outcome, note: '邻居说上月搬走' })
      expect(problemsOf(why, outing, today)).toEqual({})
      expect(visitFieldsOf(why, outing).note).toBe('邻居说上月搬走')
    },
  )

  test.each([
    ['1020', '10:20'],
    ['9:05', '09:05'],
    ['９点半', '09:30'],
    ['', null],
  ])('reads the time %s as %s', (time, kept) => {
    expect(problemsOf(typed({ outcome: 'met', time }), outing, today)).toEqual({})
    expect(visitFieldsOf(typed({ outcome: 'met', time }), outing).time).toBe(kept)
  })

  test('says what cannot be saved instead of dropping it', () => {
    const wrong = typed({
      outcome: 'met',
      time: '25:00',
      themes: [{ theme: '健康', text: ' ' }],
      needs: [need({ text: '灯坏了，晚上看不见' })],
      followUpDay: '2026-11-22',
    })
    expect(Object.keys(problemsOf(wrong, outing, today)).sort()).toEqual([
      ...['followUpDay', 'needs', 'themes', 'time'],
    ])
    expect(problemsOf(typed({ outcome: 'met' }), { day: '2026-11-24', visitorIds: [] }, today)).toEqual({
      day: '不能晚于今天',
      visitors: '谁去的？点一下名字',
    })
    expect(problemsOf(typed({ outcome: 'met' }), { day: null, visitorIds: [1] }, today)).toHaveProperty('day')
  })

  test('names nobody as met where nobody was', () => {
    const all = { metIds: [1], metOthers: '租客', themes: [{ theme: '居住', text: '漏水' } as const] }
    expect(visitFieldsOf(typed({ ...all, outcome: 'nobody' }), outing)).toMatchObject({
      ...{ metIds: [], metOthers: '', themes: [] },
    })
    expect(visitFieldsOf(typed({ ...all, outcome: 'met' }), outing)).toMatchObject(all)
  })

  test('is something to lose as soon as anything stands in it, whatever its ticket', () => {
    expect(isTouched(undefined)).toBe(false)
    expect(isTouched(typed({ ticket: 'x' }))).toBe(false)
    expect(isTouched(typed({ note: '门口有狗' }))).toBe(true)
    expect(isTouched(typed({ outcome: 'nobody' }))).toBe(true)
  })

  test('is followed by the nearest empty one, at the end by the first that was skipped', () => {
    const stops = (...done: boolean[]) =>
      done.map((visit, index) => ({ householdId: index + 1, visit: visit || null }))
    expect(nextStop(stops(false, false, false), 1)).toBe(2)
    expect(nextStop(stops(false, true, false), 1)).toBe(3)
    expect(nextStop(stops(false, true, false), 3)).toBe(1)
    expect(nextStop(stops(true, false, true), 2)).toBeNull()
  })

  test('leads through every empty row once, in whatever order one begins', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), fc.nat(), (done, start) => {
        const stops = done.map((visit, index) => ({ householdId: index + 1, visit: visit || null }))
        const empty = stops.filter(({ visit }) => !visit).length
        let here: number | null = (start % stops.length) + 1
        let entered = 0
        while (here !== null) {
          const stop = stops[here - 1]!
          if (!stop.visit) entered += 1
          stop.visit = true
          here = nextStop(stops, here)
        }
        expect(entered).toBe(empty)
      }),
    )
  })
})

describe('what a family asks for', () => {
  test('is a numbered enquiry by its title alone', () => {
    expect(needsOf(typed({ needs: [need({ title: '楼道灯不亮', askerId: 9 })] }))).toEqual([
      { theme: '其他', text: '楼道灯不亮', enquiry: { title: '楼道灯不亮', matterId: null, askerId: 9 } },
    ])
  })

  test('is only noted when it shall not be taken up', () => {
    const noted = need({ theme: '建议', title: '', text: '多放几个凳子', raise: false })
    expect(needsOf(typed({ needs: [noted] }))).toEqual([
      { theme: '建议', text: '多放几个凳子', enquiry: null },
    ])
  })

  test('left empty is no need', () => {
    expect(needsOf(typed({ needs: [need(), need({ title: '  ' })] }))).toEqual([])
    expect(problemsOf(typed({ outcome: 'met', needs: [need()] }), outing, today)).toEqual({})
  })

  test('comes from the one who was met, or from the door', () => {
    expect(likelyAsker([])).toBeNull()
    expect(likelyAsker([4])).toBe(4)
    expect(likelyAsker([4, 5])).toBeNull()
  })
})

test('a theme is chosen once and taken out again', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...themeOrder), { maxLength: 30 }), (presses) => {
      const chosen = presses.reduce(themesToggled, [] as VisitTyped['themes']).map(({ theme }) => theme)
      expect(new Set(chosen).size).toBe(chosen.length)
      for (const theme of themeOrder) {
        const odd = presses.filter((one) => one === theme).length % 2 === 1
        expect(chosen.includes(theme)).toBe(odd)
      }
    }),
  )
})

const visit: Visit = {
  id: 1,
  householdId: 5,
  door: '3栋2单元501',
  day: '2026-11-20',
  time: '10:20',
  outcome: 'met',
  visitors: [{ id: 3, name: '彭秀' }],
  met: [{ id: 8, name: '王秀兰' }],
  metOthers: '',
  themes: [{ theme: '健康', text: '腿脚不便' }],
  note: '上门前先打电话',
  needs: [],
  followUpDay: '2026-12-01',
  photos: [],
  round: null,
  operator: '周敏',
  enteredAt: '2026-11-20T08:00:00.000Z',
  late: false,
  voided: null,
  version: 2,
}

test('a visit opened to be corrected and saved unchanged stays what it was', () => {
  const { typed: again, outing: when } = typedOf(visit)
  const fields = visitFieldsOf(again, when)
  expect(fields).toEqual({
    ...{ day: visit.day, time: visit.time, outcome: 'met', visitorIds: [3], metIds: [8], metOthers: '' },
    ...{ themes: visit.themes, note: visit.note, followUpDay: visit.followUpDay },
  })
  const { inputSchema } = visits.changeVisit['~orpc']
  const { issues } = inputSchema!['~standard'].validate({ id: 1, version: 2, ...fields }) as {
    issues?: unknown
  }
  expect(issues).toBeUndefined()
})

test('what was saved is told with door, outcome and numbers', () => {
  expect(savedWords(visit)).toBe('已记 3栋2单元501：见面')
  const enquiry = { id: 1, number: 'ZX-2026-000012', state: 'accepted', answer: '', dueDay: null } as const
  const needs: Visit['needs'] = [
    { id: 1, theme: '居住', text: '漏水', enquiry },
    { id: 2, theme: '建议', text: '凳子', enquiry: null },
  ]
  expect(savedWords({ ...visit, needs })).toBe('已记 3栋2单元501：见面，诉求编号 ZX-2026-000012')
  const now = new Date('2026-11-23T08:30:00.000Z')
  const late = { ...visit, day: '2026-10-20', late: true }
  expect(savedWords(late, now)).toBe('已补记 10月20日 3栋2单元501：见面')
})

test('photos of the day are offered, and chosen ones stay when the day is changed', () => {
  const photo = (id: number, takenAt: string | null) =>
    ({ id, takenAt }) as Parameters<typeof offered>[0][number]
  // 23:30 UTC is the next day in China.
  const waiting = [photo(1, '2026-11-22T23:30:00.000Z'), photo(2, '2026-11-22T02:00:00.000Z'), photo(3, null)]
  const ids = (day: string | null, chosen: number[]) => offered(waiting, day, chosen).map(({ id }) => id)
  expect(ids('2026-11-23', [])).toEqual([1])
  expect(ids('2026-11-23', [3])).toEqual([1, 3])
  expect(ids(null, [])).toEqual([])
  expect(ids('2026-11-22', [1])).toEqual([1, 2])
})
