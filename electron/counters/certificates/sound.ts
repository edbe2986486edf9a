import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { row } from '../../database/open.ts'
import { findFile, pathsOf } from '../../workbench/files.ts'
import type { Workbench } from '../../workbench/workbench.ts'

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

type Kept = Sealed & { mac: Uint8Array; data: string; fileId: number | null }

/** Whether snapshot and PDF of a certificate are what was issued; false too where the PDF is gone. */
export function isSound({ db, folder, auditKey }: Workbench, certificateId: number): boolean {
  const kept = row<Kept>(
    db,
    `SELECT c.number, c.kind, c.person_id AS personId, c.minutes, c.day, c.statement,
       c.snapshot_sha256 AS snapshotSha256, c.pdf_sha256 AS pdfSha256, c.mac, d.data, d.file_id AS fileId
     FROM certificate AS c CROSS JOIN document AS d ON d.id = c.document_id WHERE c.id = ?`,
    certificateId,
  )
  if (!kept || kept.fileId === null) return false
  const mac = sealOf(auditKey, kept)
  if (kept.mac.length !== mac.length || !timingSafeEqual(kept.mac, mac)) return false
  if (sha256(kept.data) !== kept.snapshotSha256) return false
  const { whole } = pathsOf(folder, findFile(db, kept.fileId))
  return existsSync(whole) && sha256(readFileSync(whole)) === kept.pdfSha256
}
