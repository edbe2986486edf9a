import { describe, expect, test } from 'vitest'
import { steps, enquiryStates } from '../../electron/contract/enquiries.ts'
import {
  limitTone,
  limitWords,
  stateWords,
  stepWords,
  type Limited,
} from '../../renderer/counters/enquiries/words.ts'

/** Monday, half past ten in the morning. */
const now = new Date('2026-11-23T02:30:00.000Z')
const normal: Limited = {
  state: 'working',
  urgency: 'normal',
  workingDaysLeft: 2,
  dueAt: '2026-11-25T15:59:59.999Z',
  dueDay: '2026-11-25',
  dueWhat: 'answer',
}
const words = (change: Partial<Limited>) => limitWords({ ...normal, ...change }, now)

describe('a limit in words', () => {
  test('in days it tells the working days that are left', () => {
    expect(words({})).toBe('还剩 2 个工作日')
    expect(words({ workingDaysLeft: 0, urgency: 'today', dueDay: '2026-11-23' })).toBe('今天到期')
    expect(words({ workingDaysLeft: -1, urgency: 'overdue' })).toBe('超期 1 个工作日')
  })

  test('in hours it tells the time of day as soon as it is near', () => {
    const today = { dueAt: '2026-11-23T08:30:00.000Z', dueDay: '2026-11-23', workingDaysLeft: 0 }
    expect(words({ ...today, urgency: 'today' })).toBe('今天 16:30 到期')
    const tomorrow = { dueAt: '2026-11-24T01:00:00.000Z', dueDay: '2026-11-24', workingDaysLeft: 1 }
    expect(words({ ...tomorrow, urgency: 'soon' })).toBe('明天 09:00 到期')
    const past = { dueAt: '2026-11-23T02:00:00.000Z', dueDay: '2026-11-23', workingDaysLeft: 0 }
    expect(words({ ...past, urgency: 'overdue' })).toBe('10:00 已超期')
  })

  test('over a weekend no working day is lost, and it is late all the same', () => {
    const saturday = { dueAt: '2026-11-21T15:59:59.999Z', dueDay: '2026-11-21', workingDaysLeft: 0 }
    expect(words({ ...saturday, urgency: 'overdue' })).toBe('已超期')
  })

  test('it says for what: the arrival of a department, the call-back', () => {
    expect(words({ state: 'answered', dueWhat: 'follow-up' })).toBe('待回访，还剩 2 个工作日')
    const arrival = { state: 'dispatched', dueWhat: 'arrival', workingDaysLeft: 0, urgency: 'today' } as const
    expect(words({ ...arrival, dueAt: '2026-11-23T06:00:00.000Z', dueDay: '2026-11-23' })).toBe(
      '待报到，今天 14:00 到期',
    )
  })

  test('while the resident is waited for the clock stands, and afterwards nothing is due', () => {
    const none = { workingDaysLeft: null, dueAt: null, dueDay: null, dueWhat: null }
    expect(words({ ...none, urgency: 'waiting' })).toBe('等居民，已停表')
    expect(words({ ...none, urgency: 'none', state: 'closed' })).toBe('已办结')
    expect(words({ ...none, urgency: 'none', state: 'referred' })).toBe('已上报')
  })

  test('colours stand for how urgent it is, not for which step is next', () => {
    expect(limitTone({ state: 'answered', urgency: 'overdue' })).toBe('bad')
    expect(limitTone({ state: 'answered', urgency: 'normal' })).toBe('ok')
    expect(limitTone({ state: 'dispatched', urgency: 'soon' })).toBe('warn')
    expect(limitTone({ state: 'working', urgency: 'normal' })).toBe('')
  })
})

test('every state and every step has a word of its own', () => {
  expect(new Set(enquiryStates.map((state) => stateWords[state])).size).toBe(enquiryStates.length)
  expect(new Set(steps.map((step) => stepWords[step])).size).toBe(steps.length)
})
