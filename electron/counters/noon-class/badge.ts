import { randomInt } from 'node:crypto'
import { value, type Database } from '../../database/open.ts'

/** No look-alikes (0 O, 1 I L): a badge whose code is scratched is typed by hand. */
const signs = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const length = 12

/** A new badge, 59 random bits that say nothing of the child and that nobody guesses; never one that was given out. */
export function makeBadge(db: Database): string {
  for (;;) {
    const badge = Array.from({ length }, () => signs[randomInt(signs.length)]).join('')
    if (value(db, 'SELECT 1 FROM child WHERE badge = ?', badge) === undefined) return badge
  }
}
