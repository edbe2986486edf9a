import type { Duplicate } from '../../contract/people.ts'
import { tidyIdNumber } from '../../contract/id-number.ts'
import { rows, type Database } from '../../database/open.ts'
import { personLines, survivor } from './lines.ts'
import { tidyName, tidyPhone } from './names.ts'

export type Likeness = {
  name: string
  birth: string | null
  idNumber: string
  phones: string[]
  except?: number | undefined
}

type Match = Duplicate['matched'][number]
const strength: Match[] = ['idNumber', 'nameAndBirth', 'nameAndPhone']
const most = 20

/**
 * Who may be the same person, strongest match first: same ID number, same name and birth, same name and phone.
 * Never by name alone: three neighbours may be called 王芳. A match on a merged-away record shows its survivor.
 */
export function findDuplicates(db: Database, like: Likeness, today: string): Duplicate[] {
  const name = tidyName(like.name)
  const idNumber = tidyIdNumber(like.idNumber)
  const phones = like.phones.map(tidyPhone).filter((phone) => phone.length >= 5)
  const matched = new Map<number, Set<Match>>()
  const note = (match: Match, found: { id: number }[]) => {
    for (const { id } of found) {
      const standing = survivor(db, id)
      if (standing === null || standing === like.except) continue
      matched.set(standing, (matched.get(standing) ?? new Set()).add(match))
    }
  }
  if (idNumber !== '') {
    note(
      'idNumber',
      rows(db, "SELECT id FROM person WHERE id_number = ? AND id_number <> '' LIMIT ?", idNumber, most),
    )
  }
  if (name !== '' && like.birth !== null) {
    note(
      'nameAndBirth',
      rows(db, 'SELECT id FROM person WHERE name = ? AND birth = ? LIMIT ?', name, like.birth, most),
    )
  }
  if (name !== '' && phones.length > 0) {
    note(
      'nameAndPhone',
      rows(
        db,
        `SELECT person.id FROM person_phone JOIN person ON person.id = person_phone.person_id
         WHERE person_phone.number IN (SELECT value FROM json_each(?)) AND person.name = ? LIMIT ?`,
        JSON.stringify(phones),
        name,
        most,
      ),
    )
  }
  const rank = (matches: Set<Match>) =>
    strength.findIndex((match) => matches.has(match)) * strength.length - matches.size
  const ids = [...matched].sort((one, other) => rank(one[1]) - rank(other[1])).map(([id]) => id)
  return personLines(db, ids.slice(0, most), today).map((person) => ({
    person,
    matched: strength.filter((match) => matched.get(person.id)?.has(match)),
  }))
}
