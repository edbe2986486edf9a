import { describe, expect, test } from 'vitest'
import { splitEarlier, type Earlier } from '../../renderer/counters/enquiries/repeat.ts'

const found = (id: number, because: Earlier['because']) => ({ id, because }) as Earlier

describe('what came before', () => {
  test('offers at most three that may be the same, in the order of the desk', () => {
    const { repeats, near } = splitEarlier([
      found(9, 'person'),
      found(4, 'household'),
      found(8, 'person'),
      found(2, 'person'),
    ])
    expect(repeats.map(({ id }) => id)).toEqual([9, 4, 8])
    expect(near).toEqual([])
  })

  test('keeps those next door apart: they are handled together, not asked about', () => {
    const { repeats, near } = splitEarlier([found(9, 'near'), found(4, 'person'), found(8, 'near')])
    expect(repeats.map(({ id }) => id)).toEqual([4])
    expect(near.map(({ id }) => id)).toEqual([9, 8])
  })
})
