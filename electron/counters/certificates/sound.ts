import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { readCode } from '../../contract/certificate-code.ts'
import { row, rows, value, type Database } from '../../database/open.ts'
import { pathsOf } from '../../workbench/files.ts'
import type { Workbench } from '../../workbench/workbench.ts'
import type { Snapshot } from './sheet.ts'

export const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex')

/** What is fixed when a certificate is issued. */
export type Sealed = {
  number: string
  kind: string
  personId: number
  minutes: number | null
  day: string
  statement: string
  snapshotSha256: string
  pdfSha256: string
}

/** HMAC-SHA256 with the folder's audit key: whoever edits the data file cannot make it. */
export function sealOf(auditKey: Buffer, sealed: Sealed): Buffer {
  const { number, kind, personId, minutes, day, statement, snapshotSha256, pdfSha256 } = sealed
  const list = [number, kind, personId, minutes, day, statement, snapshotSha256, pdfSha256]
  return createHmac('sha256', auditKey).update(JSON.stringify(list)).digest()
}

type Kept = Sealed & {
  mac: Uint8Array
  data: string
  fileSha256: string | null
  from: string | null
  to: string | null
  /** The number that this one stands for, empty without one. */
  replaces: string
}

/** What the row says beside what is sealed in it: in the statement, and on the sheet. */
function agrees({ statement, data, from, to, replaces }: Kept): boolean {
  const told = readCode(statement)?.statement
  const sheet = JSON.parse(data) as Pick<Snapshot, 'replaces'>
  return told?.from === from && told.to === to && sheet.replaces === replaces
}

/** So often each of these happened, by the audit, whose chain shows where a row of its own was taken out. */
function agreesWithAudit(db: Database, id: number): boolean {
  return (
    value<number>(
      db,
      `SELECT (SELECT count(*) FROM certificate_void WHERE certificate_id = @id) = a.voids
         AND (SELECT count(*) FROM certificate_collection WHERE certificate_id = @id) = a.collections
         AND (SELECT count(*) FROM certificate_reprint WHERE certificate_id = @id) = a.reprints
       FROM (SELECT count(*) FILTER (WHERE action = 'certificate.void') AS voids,
           count(*) FILTER (WHERE action = 'certificate.collect') AS collections,
           count(*) FILTER (WHERE action = 'certificate.reprint') AS reprints
         FROM audit WHERE subject = @subject) AS a`,
      { id, subject: `certificate:${id}` },
    ) === 1
  )
}

const holds = (folder: string, sha: string) => {
  const { whole } = pathsOf(folder, { kind: 'pdf', sha256: sha })
  return existsSync(whole) && sha256(readFileSync(whole)) === sha
}

type Copy = { pdfSha256: string; fileSha256: string | null; data: string }

/** The first sheet with a mark, and nothing else of it changed. */
const isCopyOf = (data: string, copy: string): boolean =>
  JSON.stringify({ ...(JSON.parse(copy) as Snapshot), reprint: null }) === data

/**
 * Whether a certificate, its copies and what became of it are as they were issued and done: snapshots, PDFs, the row, and
 * as many voids, collections and copies as the audit knows of. False too where a PDF is gone.
 */
export function isSound({ db, folder, auditKey }: Workbench, certificateId: number): boolean {
  const kept = row<Kept>(
    db,
    `SELECT c.number, c.kind, c.person_id AS personId, c.minutes, c.day, c.statement,
       c.snapshot_sha256 AS snapshotSha256, c.pdf_sha256 AS pdfSha256, c.mac, c.from_day AS "from", c.to_day AS "to",
       d.data, f.sha256 AS fileSha256, coalesce(r.number, '') AS replaces
     FROM certificate AS c CROSS JOIN document AS d ON d.id = c.document_id
     LEFT JOIN file AS f ON f.id = d.file_id LEFT JOIN certificate AS r ON r.id = c.replaces_id WHERE c.id = ?`,
    certificateId,
  )
  if (!kept || kept.fileSha256 !== kept.pdfSha256) return false
  const mac = sealOf(auditKey, kept)
  if (kept.mac.length !== mac.length || !timingSafeEqual(kept.mac, mac)) return false
  if (sha256(kept.data) !== kept.snapshotSha256 || !agrees(kept)) return false
  if (!agreesWithAudit(db, certificateId) || !holds(folder, kept.pdfSha256)) return false
  return rows<Copy>(
    db,
    `SELECT r.pdf_sha256 AS pdfSha256, f.sha256 AS fileSha256, d.data FROM certificate_reprint AS r
     CROSS JOIN document AS d ON d.id = r.document_id LEFT JOIN file AS f ON f.id = d.file_id WHERE r.certificate_id = ?`,
    certificateId,
  ).every(
    ({ pdfSha256, fileSha256, data }) =>
      pdfSha256 === fileSha256 && isCopyOf(kept.data, data) && holds(folder, pdfSha256),
  )
}
