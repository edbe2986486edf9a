import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Draft } from '../../electron/contract/certificate-records.ts'
import {
  amountWords,
  daysOf,
  emptyForm,
  formProblems,
  goWords,
  isIssuable,
  kindsFor,
  quickOrder,
  takesWords,
  ticketFor,
  wantedOf,
  type IssueForm,
} from '../../renderer/counters/certificates/issue/issue-form.ts'
import { kindOrder, problemTells } from '../../renderer/counters/certificates/words.ts'

const today = '2026-11-24'
const volunteer = { volunteerId: 7, personId: null }
const resident = { volunteerId: null, personId: 9 }
const filled = (changes: Partial<IssueForm> = {}): IssueForm => ({
  ...emptyForm(today),
  purpose: '应聘',
  ...changes,
})
const draft: Draft = {
  name: '甲',
  volunteerNumber: 'V-000007',
  minutes: 150,
  activities: 2,
  ...{ lines: [], open: [], star: null, rank: null, problems: [], missing: [] },
  needsApproval: false,
  earlier: [],
}
const open = { recordId: 1, activityId: 2, name: '清洁日', day: '2026-11-20', minutes: 60, late: true }

/** Days of these years as they are written. */
const days = fc
  .date({ min: new Date('2015-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe('the quick choices of a period', () => {
  it('never end before they begin, nor after today', () => {
    fc.assert(
      fc.property(fc.constantFrom(...quickOrder), days, days, (quick, now, joined) => {
        const period = daysOf(quick, now, joined)
        expect(period === null).toBe(quick === 'own')
        if (!period) return
        expect(period.from <= period.to).toBe(true)
        expect(period.to <= now).toBe(true)
      }),
    )
  })

  it('take last year whole, and all from the first day of a volunteer', () => {
    expect(daysOf('last-year', today, today)).toEqual({ from: '2025-01-01', to: '2025-12-31' })
    expect(daysOf('all', today, '2019-03-05')).toEqual({ from: '2019-03-05', to: today })
  })
})

describe('what is asked of the core', () => {
  it('has a period of a record and of a pioneer only, and no words of a kind that takes none', () => {
    const form = filled({ words: '热心', year: 2024 })
    for (const kind of kindOrder) {
      const { from, to, words } = wantedOf({ ...form, kind }, volunteer)
      expect(from !== null && to !== null).toBe(kind === 'record' || kind === 'pioneer')
      expect(words).toBe(takesWords(kind) ? '热心' : '')
    }
    expect(wantedOf({ ...form, kind: 'pioneer' }, volunteer)).toMatchObject({
      from: '2024-01-01',
      to: '2024-12-31',
    })
  })

  it('leaves out another writing of the name where none was typed', () => {
    expect(wantedOf(filled({ writtenName: ' ' }), volunteer)).not.toHaveProperty('writtenName')
    expect(wantedOf(filled({ writtenName: ' 王y ' }), volunteer).writtenName).toBe('王y')
  })

  it('draws the same sheet whatever its purpose is, as that stands on none', () => {
    const asked = (purpose: string) => wantedOf(filled({ purpose }), volunteer, null)
    expect(asked('升学')).toEqual(asked(''))
  })

  it('of who is no volunteer is thanks alone', () => {
    expect(kindsFor(resident)).toEqual(['thanks', 'noon-helper'])
    expect(kindsFor(volunteer)).toEqual(kindOrder)
  })
})

describe('what is missing yet', () => {
  it('is nothing of a form that only lacked its purpose', () => {
    expect(Object.keys(formProblems(emptyForm(today), today))).toEqual(['purpose'])
    expect(formProblems(filled(), today)).toEqual({})
  })

  it('is a period that is whole, in order and not in the future, of a record alone', () => {
    const wrong = [
      { from: null },
      { to: null },
      { from: '2026-02-02', to: '2026-02-01' },
      { to: '2026-11-25' },
    ]
    for (const period of wrong) {
      expect(formProblems(filled(period), today)).not.toEqual({})
      expect(formProblems(filled({ ...period, kind: 'star' }), today)).toEqual({})
    }
  })

  it('is why somebody is thanked, as that stands on the sheet', () => {
    expect(formProblems(filled({ kind: 'thanks', words: ' ' }), today)).toHaveProperty('words')
    expect(formProblems(filled({ kind: 'thanks', words: '热心' }), today)).toEqual({})
  })

  it('is a number of copies that a printer takes', () => {
    for (const copies of [0, 21, 1.5, Number.NaN]) {
      expect(formProblems(filled({ copies }), today)).toHaveProperty('copies')
    }
  })
})

describe('the ticket of a certificate', () => {
  const fresh = (ticket: string) => () => ticket

  it('stays as long as the wish does, so that a second press issues nothing more', () => {
    const first = ticketFor(filled(), 'a', fresh('one'))
    expect(ticketFor(filled(first), 'a', fresh('two'))).toEqual(first)
  })

  it('is another one for another wish', () => {
    const first = ticketFor(filled(), 'a', fresh('one'))
    expect(ticketFor(filled(first), 'b', fresh('two'))).toEqual({ ticket: 'two', asked: 'b' })
  })
})

describe('the red button', () => {
  it('says what one press does', () => {
    expect(goWords(draft, '')).toBe('开具')
    expect(goWords(draft, '前台')).toBe('开具并打印')
    expect(goWords({ ...draft, needsApproval: true }, '前台')).toBe('送第二人审批')
  })

  it('says that unconfirmed hours stay out, and that it is one more', () => {
    const earlier = [{ id: 1, number: 'ZM-2026-000001', day: today }]
    expect(goWords({ ...draft, open: [open] }, '')).toBe('只按已确认的开')
    expect(goWords({ ...draft, open: [open], earlier }, '')).toBe('再开一份')
  })
})

describe('what a draft says of itself', () => {
  it('is hours and activities of a record, stars and rank of the honours', () => {
    expect(amountWords(draft, 'record')).toContain('2 次活动')
    expect(amountWords({ ...draft, star: 3 }, 'star')).toBe('三星')
    expect(amountWords({ ...draft, rank: 4 }, 'pioneer')).toBe('第 4 名')
    expect(amountWords({ ...draft, rank: null }, 'pioneer')).toBe('')
  })

  it('tells of every problem what to do', () => {
    for (const { why, todo } of Object.values(problemTells)) {
      expect(why).toMatch(/\p{Script=Han}/u)
      expect(todo).toMatch(/\p{Script=Han}/u)
    }
  })
})

describe('an approved wish', () => {
  it('is issued once, and not before somebody said yes', () => {
    expect(isIssuable({ state: 'approved', certificateId: null })).toBe(true)
    expect(isIssuable({ state: 'approved', certificateId: 3 })).toBe(false)
    expect(isIssuable({ state: 'waiting', certificateId: null })).toBe(false)
    expect(isIssuable({ state: 'refused', certificateId: null })).toBe(false)
  })
})
