import { randomInt } from 'node:crypto'

/** No look-alikes (0 O, 1 I L): a code that no scanner reads is typed by hand. */
const signs = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const length = 12

/** 59 random bits that say nothing of what they stand for and that nobody guesses. */
export function randomCode(): string {
  return Array.from({ length }, () => signs[randomInt(signs.length)]).join('')
}
