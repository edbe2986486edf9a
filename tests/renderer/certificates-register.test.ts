import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verdictOf, type Checked } from '../../renderer/counters/certificates/check/verdict.ts'
import {
  readFilter,
  viewOf,
  viewOrder,
  withView,
  writeFilter,
  type Narrowing,
} from '../../renderer/counters/certificates/register/filters.ts'
import { tabs } from '../../renderer/counters/certificates/tabs.ts'
import { kindOrder } from '../../renderer/counters/certificates/words.ts'

const narrowings = fc.record<Narrowing>(
  {
    kind: fc.constantFrom(...kindOrder),
    standing: fc.constantFrom('valid', 'void', 'superseded'),
    waiting: fc.constant(true),
    volunteerId: fc.integer({ min: 1, max: 100_000 }),
  },
  { requiredKeys: [] },
)

describe('what narrows the register', () => {
  it('comes back from the address as it was written', () => {
    fc.assert(
      fc.property(narrowings, (narrowing) => {
        expect(readFilter(writeFilter(narrowing))).toEqual(narrowing)
      }),
    )
  })

  it('is nothing where the address says what is no choice', () => {
    expect(readFilter({ kind: 'toString', standing: ['void'], waiting: 'yes', of: '-1' })).toEqual({})
    expect(readFilter({ waiting: '1' })).toEqual({ waiting: true })
  })

  it('shows one view at a time, and keeps the kind and the volunteer', () => {
    fc.assert(
      fc.property(narrowings, fc.constantFrom(...viewOrder), (narrowing, view) => {
        const after = withView(narrowing, view)
        expect(viewOf(after)).toBe(view)
        expect([after.kind, after.volunteerId]).toEqual([narrowing.kind, narrowing.volunteerId])
      }),
    )
  })
})

describe('a checked code', () => {
  const good: Checked = {
    result: 'good',
    statement: null,
    certificateId: 1,
    standing: 'valid',
    voidReason: '',
    replacedBy: null,
  }

  it('is good only where it is ours, unaltered and valid', () => {
    for (const result of ['good', 'unreadable', 'altered', 'foreign', 'unknown', 'edited'] as const) {
      for (const standing of ['valid', 'void', 'superseded'] as const) {
        const { tone } = verdictOf({ ...good, result, standing })
        expect(tone === 'ok').toBe(result === 'good' && standing === 'valid')
      }
    }
  })

  it('of a void one says why, and which one stands for it', () => {
    const replacedBy = 'ZM-2026-000002'
    const { title, todo } = verdictOf({ ...good, standing: 'superseded', voidReason: '姓名写错', replacedBy })
    expect(title).toBe('已作废，已换发')
    expect(todo).toContain('姓名写错')
    expect(todo).toContain(replacedBy)
  })
})

describe('the tabs', () => {
  it('mark one page for each address', () => {
    for (const address of ['', '/new', '/12', '/batches', '/batches/3', '/requests', '/check']) {
      const path = `/certificates${address}`
      expect(tabs.filter(({ on }) => on.test(path)).length, path).toBe(1)
    }
  })
})
