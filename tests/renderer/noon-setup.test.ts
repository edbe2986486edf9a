import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  isSound,
  termDraft,
  termInput,
  termName,
  termProblems,
} from '../../renderer/counters/noon-class/setup/term-form.ts'
import { standingOf, termFor, warningsInWords } from '../../renderer/counters/noon-class/setup/terms.ts'

const autumn = { name: '秋', firstDay: '2026-09-01', lastDay: '2027-01-25' }
const spring = { name: '春', firstDay: '2027-02-20', lastDay: '2027-07-05' }

describe('the term that is worked with', () => {
  it.each([
    ['2026-11-23', '秋'],
    ['2027-01-25', '秋'],
    // Between two terms one prepares the next.
    ['2027-02-01', '春'],
    ['2026-08-01', '秋'],
    // After the last one it is still looked at.
    ['2027-08-01', '春'],
  ])('on %s is %s', (day, name) => {
    expect(termFor([spring, autumn], day)?.name).toBe(name)
  })
  it('is none before the first was made', () => {
    expect(termFor([], '2026-11-23')).toBeNull()
  })
  it('has begun on its first day and is over after its last', () => {
    expect(standingOf(autumn, '2026-09-01')).toBe('now')
    expect(standingOf(autumn, '2027-01-26')).toBe('over')
  })
})

test.each([
  ['2026-09-01', '2026年秋季学期'],
  ['2027-02-20', '2027年春季学期'],
])('a term that begins on %s is called %s', (day, name) => {
  expect(termName(day)).toBe(name)
})

describe('the form of a term', () => {
  const draft = () => ({
    ...termDraft(null),
    name: '秋季学期',
    firstDay: '2026-09-01' as string | null,
    lastDay: '2027-01-25' as string | null,
  })
  it('wants a name and both days in their order', () => {
    expect(Object.keys(termProblems(termDraft(null)))).toEqual(
      expect.arrayContaining(['name', 'firstDay', 'lastDay']),
    )
    expect(termProblems({ ...draft(), lastDay: '2026-08-31' }).lastDay).toBe('最后一天要在第一天之后')
  })
  it('takes days off inside the term only, each once, with a reason', () => {
    const term = {
      ...draft(),
      daysOff: [
        { day: '2026-08-31', reason: '报到' },
        { day: '2026-12-04', reason: '运动会' },
        { day: '2026-12-04', reason: '' },
      ],
    }
    expect(termProblems(term).daysOff).toEqual([
      { day: '不在这个学期里' },
      { day: '这一天写了两次' },
      { day: '这一天写了两次', reason: '请写原因' },
    ])
  })
  it('hands in no row that was left empty', () => {
    const term = {
      ...draft(),
      daysOff: [
        { day: null, reason: '' },
        { day: '2026-12-04', reason: '运动会' },
      ],
    }
    expect(isSound(termProblems(term))).toBe(true)
    expect(termInput(term).daysOff).toEqual([{ day: '2026-12-04', reason: '运动会' }])
  })
})

describe('the warnings of a group', () => {
  const group = { children: 31, ratio: 15, capacity: 30, teachers: [{}, {}] }
  it('say how many teachers are missing and how many places', () => {
    expect(warningsInWords({ ...group, warnings: ['ratio', 'capacity'] })).toEqual([
      '31 个学生要 3 位老师，现在 2 位',
      '在读 31 人，超过了 30 个名额',
    ])
  })
  it('name a missing teacher once', () => {
    expect(warningsInWords({ ...group, teachers: [], warnings: ['no-teacher', 'ratio'] })).toEqual([
      '还没有安排老师',
    ])
  })
  it('never ask for fewer teachers than the ratio needs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 60 }), (children, ratio) => {
        const [said] = warningsInWords({ ...group, children, ratio, warnings: ['ratio'] })
        const needed = Number(/要 (\d+) 位/.exec(said!)![1])
        expect(needed * ratio).toBeGreaterThanOrEqual(children)
        expect((needed - 1) * ratio).toBeLessThan(children)
      }),
    )
  })
})
