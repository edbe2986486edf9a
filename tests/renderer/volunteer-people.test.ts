import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { consentPurposes as counted } from '../../electron/contract/volunteer-fields.ts'
import { consentPurposes } from '../../renderer/counters/volunteers/people/consent-words.ts'
import {
  conditionsOf,
  readFilter,
  writeFilter,
  type Narrowing,
} from '../../renderer/counters/volunteers/people/filters.ts'
import { nextStarWords, starShare, yearBars } from '../../renderer/counters/volunteers/people/stars.ts'
import {
  changedFields,
  consentsGiven,
  emptyVolunteer,
  usualServiceKinds,
  valueWords,
  volunteerInput,
  volunteerProblems,
} from '../../renderer/counters/volunteers/people/volunteer-form.ts'
import {
  gapsByPlace,
  isPast,
  memberWords,
  readWords,
  warningsOf,
} from '../../renderer/counters/volunteers/people/volunteer-words.ts'
import { colourOrder } from '../../renderer/counters/volunteers/words.ts'

const today = '2026-11-24'
const now = new Date('2026-11-24T01:41:00.000Z')
const starHours = [100, 300, 600, 1000, 1500]

describe('the way to the next star', () => {
  it('says how many hours are left, and to which star', () => {
    expect(nextStarWords({ star: 3, minutesLeft: 23 * 60 + 30 })).toBe('还差 23 小时 30 分到三星')
    expect(nextStarWords({ star: 1, minutesLeft: 45 })).toBe('还差 45 分钟到一星')
    expect(nextStarWords(null)).toBe('已经是最高的五星')
  })

  it('is measured from the present star, not from nought', () => {
    expect(starShare(50 * 60, 0, starHours)).toBe(0.5)
    expect(starShare(100 * 60, 1, starHours)).toBe(0)
    expect(starShare(200 * 60, 1, starHours)).toBe(0.5)
    expect(starShare(1500 * 60, 5, starHours)).toBe(1)
  })

  it('stays between nothing and all, whatever the rules were when the star was reached', () => {
    fc.assert(
      fc.property(fc.nat(200_000), fc.integer({ min: 0, max: 5 }), (minutes, star) => {
        const share = starShare(minutes, star, starHours)
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('draws the years against the longest one', () => {
    const years = [
      { year: 2026, minutes: 60, activities: 1 },
      { year: 2025, minutes: 240, activities: 3 },
      { year: 2024, minutes: 0, activities: 0 },
    ]
    expect(yearBars(years).map(({ share }) => share)).toEqual([0.25, 1, 0])
    expect(yearBars([{ year: 2026, minutes: 0, activities: 0 }])[0]!.share).toBe(0)
  })
})

describe('what a volunteer lacks', () => {
  it('is named by where it is filled in', () => {
    expect(gapsByPlace(['birth', 'phone', 'skills'])).toEqual({
      volunteer: ['专业技能'],
      person: ['出生日期', '联系方式'],
    })
  })

  it('begins with the consent without which a minor may not serve', () => {
    const complete = { consentMissing: false, gaps: [], mayPublish: true, leftDay: null, leftReason: '' }
    expect(warningsOf(complete)).toEqual([])
    const warnings = warningsOf({ ...complete, consentMissing: true, gaps: ['skills'] })
    expect(warnings).toHaveLength(2)
    expect(warnings[0]).toContain('监护人同意')
    expect(warnings[1]).toContain('专业技能')
  })
})

describe('a membership', () => {
  it('still counts on its last day', () => {
    expect(isPast({ toDay: '2026-11-24' }, today)).toBe(false)
    expect(isPast({ toDay: '2026-11-23' }, today)).toBe(true)
    expect(isPast({ toDay: null }, today)).toBe(false)
  })

  it('says from when to when', () => {
    expect(memberWords({ fromDay: '2026-03-01', toDay: null }, now)).toBe('3月1日起')
    expect(memberWords({ fromDay: '2025-03-01', toDay: '2026-09-30' }, now)).toBe('2025年3月1日 至 9月30日')
  })
})

describe('skills and kinds of service', () => {
  it('are parted however a clerk types a list', () => {
    expect(readWords('电工、急救, 书法；电工  ')).toEqual(['电工', '急救', '书法'])
    expect(readWords(' ，、 ')).toEqual([])
  })

  it('are never more, longer or more often than the core takes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (typed) => {
        const words = readWords(typed)
        expect(words.length).toBeLessThanOrEqual(20)
        expect(new Set(words).size).toBe(words.length)
        expect(words.every((word) => word.length > 0 && word.length <= 20)).toBe(true)
      }),
    )
  })

  it('offer what the seven teams do', () => {
    expect(usualServiceKinds).toHaveLength(7)
    expect(usualServiceKinds).toContain('家电维修')
  })
})

describe('the form of a volunteer', () => {
  it('is ready to be saved as it opens: all but the day may come later', () => {
    expect(volunteerProblems(emptyVolunteer(today), today)).toEqual({})
  })

  it('wants a day of joining that is no later than today', () => {
    const draft = emptyVolunteer(today)
    expect(volunteerProblems({ ...draft, joinedDay: null }, today)).toHaveProperty('joinedDay')
    expect(volunteerProblems({ ...draft, joinedDay: '2026-11-25' }, today)).toHaveProperty('joinedDay')
    expect(volunteerProblems({ ...draft, nationalDay: '2026-11-25' }, today)).toHaveProperty('nationalDay')
  })

  it('loses no day that cannot be read', () => {
    const draft = { ...emptyVolunteer(today), unread: { joinedDay: false, nationalDay: true } }
    expect(volunteerProblems(draft, today)).toHaveProperty('nationalDay')
  })

  it('tells which fields another screen changed', () => {
    const before = emptyVolunteer(today)
    const after = { ...before, skills: ['电工'], partyMember: true }
    expect(changedFields(before, after)).toEqual(['skills', 'partyMember'])
    expect(valueWords(after, 'skills')).toBe('电工')
    expect(valueWords(after, 'partyMember')).toBe('是')
    expect(valueWords(before, 'note')).toBe('（空）')
    expect(changedFields(before, before)).toEqual([])
  })

  it('hands over copies: what is typed next changes nothing that was sent', () => {
    const draft = { ...emptyVolunteer(today), skills: ['电工'] }
    const sent = volunteerInput(draft)
    draft.skills.push('急救')
    expect(sent.skills).toEqual(['电工'])
    expect(sent).not.toHaveProperty('joinedDay')
  })
})

describe('consents at registering', () => {
  const all = { givenBy: '王芳', publish: true, guardian: true }

  it('ask for a guardian only of a minor', () => {
    expect(consentsGiven(all, true)).toEqual(['guardian', 'publish'])
    expect(consentsGiven(all, false)).toEqual(['publish'])
  })

  it('write nothing down without the name of who gave them', () => {
    expect(consentsGiven({ ...all, givenBy: ' ' }, true)).toEqual([])
    expect(consentsGiven({ givenBy: '王芳', publish: false, guardian: false }, true)).toEqual([])
  })

  it('say exactly what the core looks for', () => {
    expect(consentPurposes).toEqual(counted)
  })
})

describe('the filter of the list', () => {
  const narrowing: fc.Arbitrary<Narrowing> = fc
    .record(
      {
        state: fc.constantFrom('present' as const, 'left' as const, 'all' as const),
        colour: fc.constantFrom(...colourOrder),
        teamId: fc.integer({ min: 1, max: 9999 }),
        star: fc.integer({ min: 0, max: 5 }),
        partyMember: fc.constant(true),
        lacks: fc.constantFrom('guardian-consent' as const, 'facts' as const),
      },
      { requiredKeys: ['state'] },
    )
    .map((filter) => filter as Narrowing)

  it('comes back from the address as it went in', () => {
    fc.assert(
      fc.property(narrowing, (filter) => {
        expect(readFilter(writeFilter(filter))).toEqual(filter)
      }),
    )
  })

  it('leaves out what no choice is', () => {
    const address = { colour: 'gold', star: '6', lacks: 'everything', state: 'gone', team: '-1', party: 'no' }
    expect(readFilter(address)).toEqual({ state: 'present' })
    expect(conditionsOf(readFilter({}))).toBe(0)
    expect(conditionsOf(readFilter({ star: '0', party: 'yes' }))).toBe(2)
  })
})
