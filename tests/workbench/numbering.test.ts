import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { act } from '../../electron/workbench/act.ts'
import { nextNumber } from '../../electron/workbench/numbering.ts'
import { openTestDesk } from '../fixture.ts'
import { openHouse } from '../house.ts'

describe('numbers', () => {
  it('of each kind and year go up by one, and a failed act takes none', () => {
    const { context } = openTestDesk()
    const given = new Map<string, string[]>()
    const take = fc.record({
      kind: fc.constantFrom('ZX', 'ZS'),
      year: fc.integer({ min: 2026, max: 2028 }),
      fails: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(take, { maxLength: 30 }), (takes) => {
        for (const { kind, year, fails } of takes) {
          try {
            const number = act(context(), { action: 'test.number', subject: 'thing:1' }, (db) => {
              const taken = nextNumber(db, kind, year)
              if (fails) throw new Error('the record did not stand')
              return taken
            })
            given.set(`${kind}-${year}`, [...(given.get(`${kind}-${year}`) ?? []), number])
          } catch {
            // Nothing was given.
          }
        }
        for (const [sequence, numbers] of given) {
          expect(numbers).toEqual(
            numbers.map((_, index) => `${sequence}-${String(index + 1).padStart(6, '0')}`),
          )
        }
      }),
      { numRuns: 40 },
    )
  })

  it('asked for by many screens at once are each given once, without a gap', async () => {
    const house = await openHouse()
    const tokens = [await house.signIn('clerk'), await house.signIn('manager')]
    const asked = Array.from({ length: 200 }, (_, index) =>
      house.call(
        'enquiries/accept',
        {
          title: '同时来的人',
          words: '',
          matterId: null,
          channel: '窗口',
          askerId: null,
          givenName: '',
          givenPhone: '',
          anonymous: true,
          subjectId: null,
          answer: '',
          ticket: randomUUID(),
        },
        tokens[index % 2],
      ),
    )
    const numbers = (await Promise.all(asked)).map(({ body }) => (body as { number: string }).number)
    const sorted = [...numbers].sort()
    expect(sorted.map((number) => Number(number.slice(-6)))).toEqual(sorted.map((_, index) => index + 1))
  })
})
