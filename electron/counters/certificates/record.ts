import type { Certificate, CertificateLine } from '../../contract/certificate-records.ts'
import { row, rows, type Database } from '../../database/open.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { isSound } from './sound.ts'

export type LineRow = Omit<CertificateLine, 'collected'> & {
  collector: string | null
  relation: string | null
  collectedAt: string | null
}

/** How a certificate stands: void once it was voided, superseded when a newer one cites it as well. */
export const standingSql = `CASE
  WHEN w.certificate_id IS NULL THEN 'valid'
  WHEN EXISTS (SELECT 1 FROM certificate AS newer WHERE newer.replaces_id = c.id) THEN 'superseded'
  ELSE 'void' END`

// The name as it stands on the sheet: what a person is called today is another matter.
export const lineColumns = `c.id, c.number, c.kind, json_extract(d.data, '$.name') AS name, v.number AS volunteerNumber,
  c.from_day AS "from", c.to_day AS "to", c.minutes, c.purpose, c.issued_at AS issuedAt, ${standingSql} AS standing,
  1 + (SELECT count(*) FROM certificate_reprint WHERE certificate_id = c.id) AS copies,
  t.collector, t.relation, t.at AS collectedAt`

export const lineTables = `certificate AS c
  CROSS JOIN document AS d ON d.id = c.document_id
  LEFT JOIN volunteer AS v ON v.id = c.volunteer_id
  LEFT JOIN certificate_void AS w ON w.certificate_id = c.id
  LEFT JOIN certificate_collection AS t ON t.certificate_id = c.id`

export function toLine({ collector, relation, collectedAt, ...line }: LineRow): CertificateLine {
  const collected =
    collectedAt === null ? null : { collector: collector!, relation: relation!, at: collectedAt }
  return { ...line, collected }
}

/** Lines in the order of these ids. */
export function certificateLines(db: Database, ids: readonly number[]): CertificateLine[] {
  return rows<LineRow>(
    db,
    `SELECT ${lineColumns} FROM json_each(?) AS wanted
     CROSS JOIN ${lineTables.replace('certificate AS c', 'certificate AS c ON c.id = wanted.value')}
     ORDER BY wanted.key`,
    JSON.stringify(ids),
  ).map(toLine)
}

type Facts = Pick<
  Certificate,
  'personId' | 'volunteerId' | 'documentId' | 'pdfSha256' | 'statement' | 'operator' | 'approvedBy'
>

const citing = (
  db: Database,
  where: 'id = (SELECT replaces_id FROM certificate WHERE id = ?)' | 'replaces_id = ?',
  id: number,
) => row<{ id: number; number: string }>(db, `SELECT id, number FROM certificate WHERE ${where}`, id) ?? null

/** One certificate with all that became of it, its person through merges; NOT_FOUND `certificate`. */
export function readCertificate({ desk }: Pick<Context, 'desk'>, id: number): Certificate {
  const { db } = desk
  const [line] = certificateLines(db, [id])
  if (!line) fail('NOT_FOUND', { what: 'certificate' })
  const facts = row<Facts>(
    db,
    `WITH RECURSIVE kept (id, into_id) AS (
       SELECT p.id, p.merged_into FROM certificate AS c CROSS JOIN person AS p ON p.id = c.person_id WHERE c.id = @id
       UNION SELECT p.id, p.merged_into FROM kept AS k CROSS JOIN person AS p ON p.id = k.into_id)
     SELECT (SELECT id FROM kept WHERE into_id IS NULL) AS personId, c.volunteer_id AS volunteerId,
       c.document_id AS documentId, c.pdf_sha256 AS pdfSha256, c.statement, o.name AS operator,
       (SELECT a.name FROM certificate_request AS r CROSS JOIN operator AS a ON a.id = r.decided_by
        WHERE r.id = c.request_id) AS approvedBy
     FROM certificate AS c CROSS JOIN operator AS o ON o.id = c.operator_id WHERE c.id = @id`,
    { id },
  )!
  return {
    ...line,
    ...facts,
    replaces: citing(db, 'id = (SELECT replaces_id FROM certificate WHERE id = ?)', id),
    replacedBy: citing(db, 'replaces_id = ?', id),
    voided:
      row<NonNullable<Certificate['voided']>>(
        db,
        `SELECT w.reason, w.sheet, w.at, o.name AS operator
         FROM certificate_void AS w CROSS JOIN operator AS o ON o.id = w.operator_id WHERE w.certificate_id = ?`,
        id,
      ) ?? null,
    reprints: rows<Certificate['reprints'][number]>(
      db,
      `SELECT r.copy, r.reason, r.document_id AS documentId, r.at, o.name AS operator
       FROM certificate_reprint AS r CROSS JOIN operator AS o ON o.id = r.operator_id
       WHERE r.certificate_id = ? ORDER BY r.copy`,
      id,
    ),
    sound: isSound(desk, id),
  }
}

/** Topics of a certificate beside its own: whose volunteer it is of. */
export function topicsOf(db: Database, id: number): string[] {
  const found = row<{ volunteerId: number | null }>(
    db,
    'SELECT volunteer_id AS volunteerId FROM certificate WHERE id = ?',
    id,
  )
  return found?.volunteerId ? [`volunteer:${found.volunteerId}`, 'today'] : ['today']
}
