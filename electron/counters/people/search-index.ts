import { row, rows, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { openEnquiriesOf, personAndMerged, survivor } from './lines.ts'
import { personTokens, type Tokens } from './tokens.ts'

type IndexTable = 'person_search' | 'person_search_open'

function wantedTokens(db: Database, id: number): Tokens | null {
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
  return personTokens({
    name: person.name,
    phones: phones.map((phone) => phone.number),
    idNumber: person.idNumber,
    gone: person.gone === 1,
  })
}

/** Brings one row of one index to what it should be; touches nothing when it is so already. */
function put(db: WritableDatabase, table: IndexTable, id: number, wanted: Tokens | null): void {
  const current = row<Tokens>(db, `SELECT tokens, gone FROM ${table} WHERE rowid = ?`, id)
  if (JSON.stringify(current ?? null) === JSON.stringify(wanted)) return
  if (current) write(db, `DELETE FROM ${table} WHERE rowid = ?`, id)
  if (!wanted) return
  write(db, `INSERT INTO ${table} (rowid, tokens, gone) VALUES (?, ?, ?)`, id, wanted.tokens, wanted.gone)
}

/**
 * Makes the one search find this person as the tables now stand; a merged-away person is found no more. Everything
 * that inserts or changes a person calls it, the demo and the dataset too.
 */
export function indexPerson(db: WritableDatabase, id: number): void {
  const wanted = wantedTokens(db, id)
  put(db, 'person_search', id, wanted)
  const open = wanted !== null && openEnquiriesOf(db, personAndMerged(db, id)) > 0
  put(db, 'person_search_open', id, open ? wanted : null)
}

/**
 * Lists a person among those with open business, or takes them off when no enquiry of theirs is open any more.
 * Called by the counter whose business it is, after its own rows are written.
 */
export function markOpenBusiness(db: WritableDatabase, personId: number, open: boolean): void {
  const id = survivor(db, personId)
  if (id === null) return
  if (!open && openEnquiriesOf(db, personAndMerged(db, id)) === 0) {
    put(db, 'person_search_open', id, null)
    return
  }
  const listed = row<Tokens>(db, `SELECT tokens, gone FROM person_search WHERE rowid = ?`, id)
  put(db, 'person_search_open', id, listed ?? wantedTokens(db, id))
}
