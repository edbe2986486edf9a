import { readings, units } from './names.ts'

export type Findable = {
  name: string
  phones: string[]
  /** '' when not known. */
  idNumber: string
}

/** Before a token that is a whole name: so the beginning of a name is told from the beginning of its end. */
export const wholeMark = '1'
/** Before a token that is a phone or ID number backwards: a tail becomes a prefix, which the index finds at once. */
export const tailMark = '0'

export function reversed(text: string): string {
  return [...text.toLowerCase()].reverse().join('')
}

/** 'zhang san feng' -> ['1zhangsanfeng', 'zhangsanfeng', 'sanfeng', 'feng']. */
function wholeAndEnds(pieces: string[]): string[] {
  const whole = pieces.join('')
  if (whole === '') return []
  return [wholeMark + whole, ...pieces.map((_, index) => pieces.slice(index).join('')).filter(Boolean)]
}

/** What the search index keeps of a person (migrations/020-people.sql). */
export function personTokens(person: Findable): string {
  const spellings = readings(person.name)
  const tails = [...person.phones.map((phone) => phone.replace(/\D/g, '')), person.idNumber]
  const tokens = [
    units(person.name).map((unit) => unit.text),
    ...spellings,
    ...spellings.map((spelling) => spelling.map((syllable) => syllable.charAt(0))),
  ].flatMap(wholeAndEnds)
  tokens.push(...tails.filter(Boolean).map((tail) => tailMark + reversed(tail)))
  return [...new Set(tokens)].join(' ')
}
