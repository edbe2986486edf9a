import { describe, expect, test } from 'vitest'
import { ratingReasons } from '../../electron/contract/ratings.ts'
import {
  levels,
  levelWords,
  readNumber,
  reasonsFor,
} from '../../renderer/counters/enquiries/rating/levels.ts'

describe('the five levels', () => {
  test('stand best first, in the words of the standard', () => {
    expect(levels.map(({ level }) => level)).toEqual([5, 4, 3, 2, 1])
    expect([1, 2, 3, 4, 5].map(levelWords)).toEqual(['非常不满意', '不满意', '基本满意', '满意', '非常满意'])
  })

  test('ask what was good from 基本满意 up, and what was not below', () => {
    expect([5, 4, 3].map(reasonsFor)).toEqual([ratingReasons.good, ratingReasons.good, ratingReasons.good])
    expect([2, 1].map(reasonsFor)).toEqual([ratingReasons.bad, ratingReasons.bad])
  })
})

describe('a number typed off a slip', () => {
  test.each([
    ['ZX-2026-000123', 'ZX-2026-000123'],
    [' zx-2025-000123 ', 'ZX-2025-000123'],
    ['ＺＸ２０２５０００１２３', 'ZX-2025-000123'],
    ['2025-123', 'ZX-2025-000123'],
    ['zx 2025 000123', 'ZX-2025-000123'],
    ['123', 'ZX-2026-000123'],
    ['000123', 'ZX-2026-000123'],
    ['２６', 'ZX-2026-000026'],
  ])('%j is %s', (typed, number) => expect(readNumber(typed, 2026)).toBe(number))

  test.each(['', '王芳', 'ZX-2026', 'WB-2026-000001', '1234567', '12 34 567890123', "1' OR '1'='1"])(
    '%j stays as it is, for the desk to refuse',
    (typed) => expect(readNumber(typed, 2026)).toBe(typed.trim()),
  )
})
