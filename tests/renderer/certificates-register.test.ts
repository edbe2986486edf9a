import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verdictOf, type Checked } from '../../renderer/counters/certificates/check/check.ts'
import {
  handedWords,
  lacksReason,
  readFilter,
  spanProblem,
  stepsOf,
  writeFilter,
  type Narrowing,
} from '../../renderer/counters/certificates/register/register.ts'
import { tabs } from '../../renderer/counters/certificates/tabs.ts'
import { kindOrder } from '../../renderer/counters/certificates/words.ts'

const handed = { collector: '甲', relation: '本人', at: '2026-11-24T01:00:00.000Z' }
const newer = { id: 2, number: 'ZM-2026-000002' }
const fresh = { standing: 'valid', sound: true, collected: null, replacedBy: null } as const

describe('what narrows the register', () => {
  it('comes back from the address as it was written', () => {
    fc.assert(
      fc.property(
        fc.record<Narrowing>(
          {
            kind: fc.constantFrom(...kindOrder),
            standing: fc.constantFrom('valid', 'void', 'superseded'),
            waiting: fc.constant(true),
          },
          { requiredKeys: [] },
        ),
        (narrowing) => {
          expect(readFilter(writeFilter(narrowing))).toEqual(narrowing)
        },
      ),
    )
  })

  it('is nothing where the address says what is no choice', () => {
    expect(readFilter({ kind: 'toString', standing: ['void'], waiting: 'yes' })).toEqual({})
    expect(readFilter({ waiting: '1' })).toEqual({ waiting: true })
  })
})

describe('the steps of a certificate', () => {
  it('are all there for one that is valid and still lies at the desk', () => {
    expect(stepsOf(fresh)).toEqual({ reprint: true, collect: true, void: true, replace: false })
  })

  it('leave out the handing over of one that was handed over', () => {
    expect(stepsOf({ ...fresh, collected: handed })).toMatchObject({ collect: false, reprint: true })
  })

  it('print nothing of one that was edited in the file, but let it be made void', () => {
    expect(stepsOf({ ...fresh, sound: false })).toMatchObject({ reprint: false, void: true })
  })

  it('are only the replacement of one that is void, and that once', () => {
    expect(stepsOf({ ...fresh, standing: 'void' })).toEqual({
      reprint: false,
      collect: false,
      void: false,
      replace: true,
    })
    expect(stepsOf({ ...fresh, standing: 'superseded', replacedBy: newer }).replace).toBe(false)
  })

  it('ask for a reason of two characters that are not blanks', () => {
    expect(lacksReason(' 错 ')).toBe(true)
    expect(lacksReason('遗失')).toBe(false)
  })
})

describe('a line of the register', () => {
  it('says whether it was handed over while it is valid, and else that it is not', () => {
    expect(handedWords({ standing: 'valid', collected: null })).toBe('待领取')
    expect(handedWords({ standing: 'valid', collected: handed })).toBe('已领取')
    expect(handedWords({ standing: 'void', collected: handed })).toBe('已作废')
    expect(handedWords({ standing: 'superseded', collected: null })).toBe('已作废，已换发')
  })
})

describe('the span of the register on paper', () => {
  it('needs both its days, the last not before the first', () => {
    expect(spanProblem('2026-01-01', '2026-01-01')).toBe('')
    expect(spanProblem('2026-01-02', '2026-01-01')).not.toBe('')
    expect(spanProblem(null, '2026-01-01')).not.toBe('')
    expect(spanProblem('2026-01-01', null)).not.toBe('')
  })
})

describe('a checked code', () => {
  const good = { result: 'good', standing: 'valid', voidReason: '', replacedBy: null } as const

  it('is good only where it is ours, unaltered and valid', () => {
    const results = ['good', 'unreadable', 'altered', 'foreign', 'unknown', 'edited'] as const
    const standings = ['valid', 'void', 'superseded', null] as const
    for (const result of results) {
      for (const standing of standings) {
        const asked: Pick<Checked, 'result' | 'standing' | 'voidReason' | 'replacedBy'> = {
          ...good,
          result,
          standing,
        }
        expect(verdictOf(asked).tone === 'ok').toBe(result === 'good' && standing === 'valid')
      }
    }
  })

  it('of a void one says why, and which one stands for it', () => {
    const { words, hint } = verdictOf({
      ...good,
      standing: 'superseded',
      voidReason: '姓名写错',
      replacedBy: newer.number,
    })
    expect(words).toBe('已作废，已换发')
    expect(hint).toContain('姓名写错')
    expect(hint).toContain(newer.number)
  })
})

describe('the tabs', () => {
  it('mark one page for each address', () => {
    const addresses = ['issue', '', '12', 'batches', 'batches/3', 'requests', 'check']
    for (const address of addresses) {
      const path = `/certificates${address && `/${address}`}`
      expect(tabs.filter(({ on }) => on.test(path)).length, path).toBe(1)
    }
  })
})
