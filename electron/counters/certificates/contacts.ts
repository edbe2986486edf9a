import type { CertificateLine } from '../../contract/certificate-records.ts'
import type { Contact } from '../../contract/overview.ts'
import { rows, type Database } from '../../database/open.ts'
import { kindTitles } from './numbers.ts'
import { standingSql } from './record.ts'

type Row = Pick<CertificateLine, 'id' | 'number' | 'kind' | 'purpose' | 'standing'> & {
  at: string
  operator: string
  collected: 0 | 1
}

/** How a sheet stands, in words. */
function standingWords({ standing, collected }: Row): string {
  if (standing === 'superseded') return '已作废，另开了一份'
  if (standing === 'void') return '已作废'
  return collected === 1 ? '已领取' : ''
}

/** Certificates of a person, newest first; one that nobody has collected yet is open. `after` = the id of the last one seen. */
export function certificateContacts(
  db: Database,
  { personIds }: { personIds: readonly number[] },
  after: number | null,
  most: number,
): Contact[] {
  return personIds
    .flatMap((personId) =>
      rows<Row>(
        db,
        `SELECT c.id, c.number, c.kind, c.purpose, c.issued_at AS at, o.name AS operator,
           ${standingSql} AS standing,
           EXISTS (SELECT 1 FROM certificate_collection WHERE certificate_id = c.id) AS collected
         FROM certificate AS c INDEXED BY certificate_person
         CROSS JOIN operator AS o ON o.id = c.operator_id
         LEFT JOIN certificate_void AS w ON w.certificate_id = c.id
         WHERE c.person_id = ? AND c.id < ? ORDER BY c.id DESC LIMIT ?`,
        personId,
        after ?? Number.MAX_SAFE_INTEGER,
        most,
      ),
    )
    .sort((one, other) => other.id - one.id)
    .slice(0, most)
    .map((found) => ({
      kind: 'certificate' as const,
      ...{ id: found.id, at: found.at, day: null, householdId: null, volunteerId: null },
      title: kindTitles[found.kind],
      detail: [found.number, found.purpose, standingWords(found)].filter(Boolean).join('，'),
      who: found.operator,
      open: found.standing === 'valid' && found.collected === 0,
    }))
}
