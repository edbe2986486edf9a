import type { Found } from '../../contract/overview.ts'
import { rows, type Database } from '../../database/open.ts'
import { mostHits } from '../people/search.ts'
import { numberTyped } from './list.ts'
import { certificateLines } from './record.ts'

/** Fewer digits are the end of too many numbers. */
const leastTail = 3

/** Certificates by number, by its end, or by what a scanner read from the QR code; newest first. */
export function findCertificates(db: Database, typed: string): Found['certificates'] {
  const number = numberTyped(typed)
  if (number === null || ('tail' in number && number.tail.length < leastTail)) return []
  const ids =
    'whole' in number
      ? rows<{ id: number }>(db, 'SELECT id FROM certificate WHERE number = ?', number.whole)
      : rows<{ id: number }>(
          db,
          'SELECT id FROM certificate WHERE substr(number, -?) = ? ORDER BY id DESC LIMIT ?',
          number.tail.length,
          number.tail,
          mostHits,
        )
  const lines = certificateLines(
    db,
    ids.map(({ id }) => id),
  )
  return lines.map((certificate) => {
    const { length } = certificate.number
    return { certificate, numberMarks: [['tail' in number ? length - number.tail.length : 0, length]] }
  })
}
