import { readings, units } from './names.ts'

/** The columns of `person_search` and `person_search_open` (migrations/020-people.sql), except the rowid. */
export type Tokens = {
  characters: string
  whole: string
  pinyin: string
  initials: string
  reversed: string
  state: string
}

export type Findable = {
  name: string
  phones: string[]
  /** '' when not known. */
  idNumber: string
  /** Moved away or dead. */
  gone: boolean
}

/** Backwards, so that a tail becomes a prefix, which the index finds at once. */
export function reversed(text: string): string {
  return [...text.toLowerCase()].reverse().join('')
}

/** 'zhang san feng' -> ['zhangsanfeng', 'sanfeng', 'feng']: every end of the name is the start of some token. */
function ends(pieces: string[]): string[] {
  return pieces.map((_, index) => pieces.slice(index).join(''))
}

const distinct = (texts: string[]) => [...new Set(texts.filter((text) => text !== ''))].join(' ')

/** What the search index keeps of a person. Full spellings come first, so that `^` in a query means the surname. */
export function personTokens(person: Findable): Tokens {
  const parts = units(person.name).map((unit) => unit.text)
  const spellings = readings(person.name)
  return {
    characters: parts.join(' '),
    whole: parts.join(''),
    pinyin: distinct(spellings.flatMap(ends)),
    initials: distinct(
      spellings.map((spelling) => spelling.map((syllable) => syllable.charAt(0))).flatMap(ends),
    ),
    reversed: distinct(
      [...person.phones.map((phone) => phone.replace(/\D/g, '')), person.idNumber].map(reversed),
    ),
    state: person.gone ? 'gone' : '',
  }
}
