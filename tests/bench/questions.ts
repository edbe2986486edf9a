import { rows, type Database } from '../../electron/database/open.ts'
import { readings } from '../../electron/counters/people/names.ts'
import { reversed, tailMark, wholeMark } from '../../electron/counters/people/tokens.ts'
import { openRandom } from '../../seeds/dataset/random.ts'

export const kinds = ['name', 'pinyin', 'initials', 'phone-tail', 'door', 'hostile'] as const
export type Kind = (typeof kinds)[number]

/** What somebody types, and the question to the index that a hand-written statement would ask for it. */
export type Question = {
  typed: string
  match: string
  /** The same for those whose whole name was typed. */
  exact?: string
  door?: { estate: string; building: string; unit: string; number: string }
  digits?: string
}

type Person = {
  name: string
  phone: string | null
  estate: string
  building: string
  unit: string
  number: string
}

const begins = (token: string) => (token.trim() ? `"${token.replaceAll('"', '""')}" *` : '')

const hostile = [
  '',
  ' ',
  '%',
  '_',
  '"',
  "'",
  '*',
  '张*',
  '"张" OR "李"',
  'NEAR(张 三)',
  'characters : 张',
  '^',
  '(',
  ')',
  '-',
  '张 AND NOT 三',
  "'; DROP TABLE person; --",
  '王',
  'z',
  'a',
  '1',
  '19900',
  '😀',
  '😀张😀',
  '\0',
  '\ud800',
  '（全角）',
  '１３８',
  '%%%%%%%%',
  '张'.repeat(100),
  'zhang'.repeat(50),
  '1'.repeat(500),
  'x'.repeat(1000),
  '"'.repeat(300),
  'a OR '.repeat(200),
  '1'.repeat(1_000_000),
]

/** The same questions for the same data: real people, found whole and in part. */
export function questionsOf(db: Database, kind: Kind, count = 300): Question[] {
  if (kind === 'hostile') {
    // A hand-written statement would at best ask for the first word in it.
    return hostile.map((typed) => ({
      typed,
      match: begins(/[\p{L}\p{N}]+/u.exec(typed.slice(0, 64))?.[0] ?? ''),
    }))
  }
  const random = openRandom(7)
  const people = rows<Person>(
    db,
    `SELECT p.name, (SELECT number FROM person_phone WHERE person_id = p.id LIMIT 1) AS phone, h.estate, h.building, h.unit, h.number
     FROM person p JOIN household h ON h.id = p.household_id WHERE p.merged_into IS NULL ORDER BY p.id`,
  )
  const made: Question[] = []
  while (made.length < count) {
    const { name, phone, building, unit, number, ...place } = random.pick(people)
    const characters = [...name]
    const spelling = readings(name)[0]!
    if (kind === 'name') {
      // Whole names, and what stands after the second character is typed.
      const typed = random.chance(0.6) ? name : characters.slice(0, 2).join('')
      made.push({ typed, match: begins(typed), exact: `"${wholeMark}${typed}"` })
    } else if (kind === 'pinyin') {
      const typed = spelling.slice(0, random.chance(0.6) ? spelling.length : 2).join('')
      made.push({ typed, match: begins(typed), exact: `"${wholeMark}${typed}"` })
    } else if (kind === 'initials') {
      const typed = spelling.map((syllable) => syllable.charAt(0)).join('')
      made.push({ typed, match: begins(typed), exact: `"${wholeMark}${typed}"` })
    } else if (kind === 'phone-tail') {
      if (!phone) continue
      const typed = phone.slice(-random.int(4, 6))
      made.push({ typed, match: begins(tailMark + reversed(typed)), digits: typed })
    } else {
      const written = random.chance(0.5)
        ? `${building}栋${unit}单元${number}`
        : `${building}-${unit}-${number}`
      const estate = random.chance(0.3) ? place.estate : ''
      made.push({ typed: estate + written, match: '', door: { estate, building, unit, number } })
    }
  }
  return made
}
