import { ratingReasons, type Rating } from '../../../../electron/contract/ratings.ts'

export type Reason = Rating['reasons'][number]

/** 好差评 (GB/T 39734), best first as on screen and slip; the face is a mouth on the 24 grid of the house's icons. */
export const levels = [
  { level: 5, words: '非常满意', mouth: ['M7.500 13.500c.6 2.600 2.300 4 4.500 4s3.900-1.400 4.500-4z'] },
  { level: 4, words: '满意', mouth: ['M7.500 14c1 2 2.600 3 4.500 3s3.500-1 4.500-3'] },
  { level: 3, words: '基本满意', mouth: ['M8 15.500h8'] },
  { level: 2, words: '不满意', mouth: ['M8 16.800c.9-1.600 2.300-2.300 4-2.300s3.100.7 4 2.300'] },
  {
    level: 1,
    words: '非常不满意',
    mouth: [
      'M7.500 17.500c.8-2.500 2.400-3.500 4.500-3.500s3.700 1 4.500 3.500',
      'M7 6.800l2.500 1.200',
      'M17 6.800l-2.500 1.200',
    ],
  },
] as const

export const levelWords = (level: number): string => levels.find((one) => one.level === level)?.words ?? ''

/** Reasons to be ticked: from 基本满意 up what was good, below what was not. */
export function reasonsFor(level: number): readonly Reason[] {
  return level >= 3 ? ratingReasons.good : ratingReasons.bad
}

/**
 * A number as it is typed off a slip: `ZX-2026-000123`, `zx2026 123`, or only its last digits in the running year. What
 * cannot be read comes back as it was typed.
 */
export function readNumber(typed: string, year: number): string {
  const text = typed.normalize('NFKC').toUpperCase().replace(/\s/g, '')
  const whole = /^(?:(?:ZX-?)?(?:(\d{4})-(\d{1,6})|(\d{4})(\d{6}))|(\d{1,6}))$/.exec(text)
  if (!whole) return typed.trim()
  const digits = whole[2] ?? whole[4] ?? whole[5]!
  return `ZX-${whole[1] ?? whole[3] ?? year}-${digits.padStart(6, '0')}`
}
