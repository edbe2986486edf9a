import type { Contact } from '../../contract/overview.ts'
import { row, type Database } from '../../database/open.ts'
import { localDay } from '../../workbench/calendar.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import { certificateContacts } from '../certificates/contacts.ts'
import { enquiryContacts, type Whose } from '../enquiries/contacts.ts'
import { householdSurvivor } from '../people/households.ts'
import { personAndMerged, survivor } from '../people/lines.ts'
import { visitContacts } from '../visits/contacts.ts'
import { redemptionContacts, serviceContacts } from '../volunteers/contacts.ts'
import type { Sees } from './roles.ts'

export type ContactsQuery = {
  personId: number | null
  householdId: number | null
  before?: string | undefined
  limit: number
}

/** What one counter knows of a person or a household: lines newest first, after the one whose key is given. */
type Source = {
  /** Its letter in the keys of pages. */
  letter: string
  read: (db: Database, whose: Whose, after: string | null, most: number) => Contact[]
  keyOf: (contact: Contact) => string
}

const enquiries: Source = {
  letter: 'e',
  read: (db, whose, after, most) =>
    enquiryContacts(db, whose, after === null ? null : numberIn(after, /^(\d{1,15})$/), most),
  keyOf: ({ id }) => String(id),
}

const visits: Source = {
  letter: 'v',
  read: (db, whose, after, most) => visitContacts(db, whose, placeIn(after), most),
  keyOf: placeKey,
}

const service: Source = {
  letter: 's',
  read: (db, whose, after, most) => serviceContacts(db, whose, placeIn(after), most),
  keyOf: placeKey,
}

const redemptions: Source = {
  letter: 'd',
  read: (db, whose, after, most) =>
    redemptionContacts(db, whose, after === null ? null : numberIn(after, /^(\d{1,15})$/), most),
  keyOf: ({ id }) => String(id),
}

const certificates: Source = {
  letter: 'c',
  read: (db, whose, after, most) =>
    certificateContacts(db, whose, after === null ? null : numberIn(after, /^(\d{1,15})$/), most),
  keyOf: ({ id }) => String(id),
}

/** The local day of a visit or a record is the one its instant lies in. */
function placeKey({ id, at }: Contact): string {
  return `${localDay(new Date(at))}.${id}`
}

function placeIn(after: string | null): { day: string; id: number } | null {
  return after === null ? null : { day: after.slice(0, 10), id: numberIn(after.slice(10), /^\.(\d{1,15})$/) }
}

function numberIn(key: string, shape: RegExp): number {
  const found = shape.exec(key)?.[1]
  return found === undefined ? invalid('before', 'key') : Number(found)
}

/** The records whose history this is: a person with what was merged into them and their door, or a door alone. */
function readWhose(db: Database, { personId, householdId }: ContactsQuery): Whose {
  const door =
    householdId === null
      ? null
      : (householdSurvivor(db, householdId) ?? fail('NOT_FOUND', { what: 'household' }))
  if (personId === null) return { personIds: [], householdId: door }
  const kept = survivor(db, personId) ?? fail('NOT_FOUND', { what: 'person' })
  const home = row<{ household_id: number | null }>(db, 'SELECT household_id FROM person WHERE id = ?', kept)
  return { personIds: personAndMerged(db, kept), householdId: door ?? home?.household_id ?? null }
}

/** How far each source was read by the pages before: `e123~v2026-11-20.45`. */
function readKeys(before: string | undefined, sources: readonly Source[]): Map<Source, string> {
  const keys = new Map<Source, string>()
  for (const part of before?.split('~') ?? []) {
    const source = sources.find(({ letter }) => part.startsWith(letter)) ?? invalid('before', 'key')
    keys.set(source, part.slice(source.letter.length))
  }
  return keys
}

/**
 * One page out of several sources, newest first. Each is asked for a page and one line more, by its own index, and keeps
 * its own order; the next page begins in each of them where this one left it.
 */
function mergePage(
  db: Database,
  whose: Whose,
  sources: readonly Source[],
  { before, limit }: Pick<ContactsQuery, 'before' | 'limit'>,
): { rows: Contact[]; next: string | null } {
  const keys = readKeys(before, sources)
  const waiting = sources.map((source) => ({
    source,
    lines: source.read(db, whose, keys.get(source) ?? null, limit + 1),
  }))
  const newest = () =>
    waiting.reduce((best, one) =>
      one.lines[0] && (!best.lines[0] || one.lines[0].at > best.lines[0].at) ? one : best,
    )
  const page: Contact[] = []
  while (page.length < limit) {
    const { source, lines } = newest()
    const line = lines.shift()
    if (!line) return { rows: page, next: null }
    page.push(line)
    keys.set(source, source.keyOf(line))
  }
  if (!newest().lines[0]) return { rows: page, next: null }
  return { rows: page, next: [...keys].map(([{ letter }, key]) => letter + key).join('~') }
}

/**
 * History of a person or a household, newest first, with what is open of the same door; of what the caller's role sees.
 * INVALID `before` `key`.
 */
export function readContacts(
  db: Database,
  query: ContactsQuery,
  sees: Sees = {},
): { rows: Contact[]; next: string | null } {
  const sources = [enquiries]
  if (sees.visits) sources.push(visits)
  if (sees.volunteers) sources.push(service, redemptions)
  if (sees.certificates) sources.push(certificates)
  return mergePage(db, readWhose(db, query), sources, query)
}
