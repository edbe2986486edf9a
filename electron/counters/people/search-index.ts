import { row, rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { openEnquiriesOf, personAndMerged, survivor } from './lines.ts'
import { personTokens } from './tokens.ts'

type IndexTable = 'person_search' | 'person_search_gone' | 'person_search_open'
type Wanted = { tokens: string; gone: boolean }

function wantedTokens(db: Database, id: number): Wanted | null {
  const person = row<{ name: string; idNumber: string; gone: 0 | 1 }>(
    db,
    `SELECT name, id_number AS idNumber, departure IS NOT NULL AS gone
     FROM person WHERE id = ? AND merged_into IS NULL`,
    id,
  )
  if (!person) return null
  const phones = rows<{ number: string }>(
    db,
    'SELECT number FROM person_phone WHERE person_id = ? ORDER BY position',
    id,
  )
  const { name, idNumber } = person
  const tokens = personTokens({ name, idNumber, phones: phones.map((phone) => phone.number) })
  return { tokens, gone: person.gone === 1 }
}

/** Brings one row of one index to what it should be (null: no row); touches nothing when it is so already. */
function put(db: WritableDatabase, table: IndexTable, id: number, tokens: string | null): void {
  const current = value<string>(db, `SELECT tokens FROM ${table} WHERE rowid = ?`, id) ?? null
  if (current === tokens) return
  if (current !== null) write(db, `DELETE FROM ${table} WHERE rowid = ?`, id)
  if (tokens !== null) write(db, `INSERT INTO ${table} (rowid, tokens) VALUES (?, ?)`, id, tokens)
}

/**
 * Makes the one search find this person as the tables now stand; a merged-away person is found no more. Everything
 * that inserts or changes a person calls it, the demo and the dataset too.
 */
export function indexPerson(db: WritableDatabase, id: number): void {
  const wanted = wantedTokens(db, id)
  const open = wanted !== null && openEnquiriesOf(db, personAndMerged(db, id)) > 0
  put(db, 'person_search', id, wanted && !wanted.gone ? wanted.tokens : null)
  put(db, 'person_search_gone', id, wanted?.gone ? wanted.tokens : null)
  put(db, 'person_search_open', id, open ? wanted.tokens : null)
}

/**
 * Lists a person among those with open business, or takes them off when no enquiry of theirs is open any more.
 * Called by the counter whose business it is, after its own rows are written.
 */
export function markOpenBusiness(db: WritableDatabase, personId: number, open: boolean): void {
  const id = survivor(db, personId)
  if (id === null) return
  const listed = open || openEnquiriesOf(db, personAndMerged(db, id)) > 0
  put(db, 'person_search_open', id, listed ? (wantedTokens(db, id)?.tokens ?? null) : null)
}
