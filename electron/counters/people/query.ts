import { parseDoor } from '../../contract/door.ts'
import { tidyPhone, units } from './names.ts'

/** A piece of a typed name: one Han character, or all Latin letters up to the next one. */
export type NamePiece = { text: string; han: boolean }

/** What somebody typed into the one box, as the counters understand it. Nothing of it is ever query syntax. */
export type Query = {
  /** Folded (NFKC, lower case) and cut to a length that no name, door or number reaches. */
  text: string
  /** All that may be part of a name, in order, blanks or not: `张 wei ming` is 张 and weiming. */
  name: NamePiece[]
  /** Runs of three and more digits (an ID tail may end in x): tails of phones or ID numbers. */
  tails: string[]
  /** True for a text that can only be a door or an enquiry number, so that its digits are no tails. */
  notAPerson: boolean
}

const longest = 64
/** Digits, with the x that ends some ID numbers. */
const digitRuns = /\d+x(?![a-z])|\d+/g
const enquiryNumber = /^[a-z]{1,4}-?\d{4}-?\d+$|^\d{4}-\d{4,}$/

export function readQuery(typed: string): Query {
  // Cut before folding: NFKC of a megabyte takes its time, and one character may become eighteen.
  const text = typed
    .slice(0, longest)
    .toWellFormed()
    .normalize('NFKC')
    .toLowerCase()
    .slice(0, longest)
    .toWellFormed()
    .trim()
  const compact = text.replace(/[\s　]/g, '')
  // 199-0012-5678 could be a door of block 199; nobody means that.
  const isPhone = /^1\d{10}$/.test(compact.replaceAll('-', ''))
  const isDoor = !isPhone && /\D/.test(compact.replace(/\d+x$/, '')) && parseDoor(compact) !== null
  const name: NamePiece[] = []
  for (const { text: piece, han } of units(text.replace(digitRuns, ' '))) {
    const last = name.at(-1)
    // ü is typed as v; the tokens are spelled that way.
    const folded = han ? piece : piece.replaceAll('ü', 'v')
    if (last && !last.han && !han) last.text += folded
    else name.push({ text: folded, han })
  }
  // 199 0012 3456 and 199-0012-3456 are one number.
  const joined = text.replace(/(?<=\d)[\s-]+(?=\d)/g, '')
  const tails = [...joined.matchAll(digitRuns)]
    .map((match) => tidyPhone(match[0]))
    .filter((tail) => tail.length >= 3)
  return { text, name, tails, notAPerson: isDoor || enquiryNumber.test(compact) }
}
