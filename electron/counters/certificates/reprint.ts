import type { Certificate } from '../../contract/certificate-records.ts'
import type { PrintJob } from '../../contract/print-job.ts'
import { row, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fileNameOf, frozenTemplate, issueDocument, readDocument } from '../../workbench/documents.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import { keepPdf } from '../../workbench/files.ts'
import { missingSigns } from '../../workbench/fonts.ts'
import type { Context } from '../../workbench/workbench.ts'
import { insertJob } from '../documents/print-jobs.ts'
import { jobOf, type Print } from './issue.ts'
import { pdfOfPage } from './make-sheet.ts'
import { readCertificate, topicsOf } from './record.ts'
import { renderSheet } from './render.ts'
import type { Snapshot } from './sheet.ts'
import { inTurn } from './turn.ts'

type Asked = { id: number; ticket: string; reason: string; print: Print }
type Copied = { documentId: number; jobId: number | null; isNew: boolean }

/** What a second click on the same wish gets. */
function copiedBefore(db: Database, { ticket }: Asked): Copied | null {
  const found = row<Omit<Copied, 'isNew'>>(
    db,
    `SELECT document_id AS documentId,
       (SELECT min(id) FROM print_job WHERE document_id = r.document_id) AS jobId
     FROM certificate_reprint AS r WHERE ticket = ?`,
    ticket,
  )
  return found ? { ...found, isNew: false } : null
}

/** The certificate, of which a copy may be made: valid, and what was issued. CONFLICT `step` otherwise. */
function copyable(context: Context, id: number): Certificate {
  const found = readCertificate(context, id)
  return found.standing === 'valid' && found.sound ? found : fail('CONFLICT', { because: 'step' })
}

type Copy = { copy: number; templateId: number; title: string; snapshot: Snapshot; pdf: Buffer }

/** The frozen sheet once more, with the mark of the next copy. */
async function makeCopy(context: Context, { id, reason }: Asked): Promise<Copy> {
  const { desk } = context
  const { copies: copy, documentId } = copyable(context, id)
  if (missingSigns(desk.root, reason).length > 0) invalid('reason', 'glyph')
  const { data, title, templateId } = readDocument(desk.db, documentId)
  const snapshot: Snapshot = { ...(data as Snapshot), reprint: { copy, reason } }
  const page = () => renderSheet(desk, frozenTemplate(desk.db, templateId!), snapshot)
  const pdf = await pdfOfPage(desk, page)
  return { copy, templateId: templateId!, title: `${title} 补打第${copy}次`, snapshot, pdf }
}

function writeCopy(
  context: Context,
  { id, ticket, reason, print }: Asked,
  { copy, templateId, title, snapshot }: Copy,
  insertFile: (db: WritableDatabase) => number,
  pdfSha256: string,
): Copied {
  const { db: file, clock } = context.desk
  const operatorId = operatorOf(context).id
  const at = clock().toISOString()
  const subject = `certificate:${id}`
  const what = { action: 'certificate.reprint', subject, reason, also: () => topicsOf(file, id) }
  return act(context, what, (db, note) => {
    // In between it may have been voided; another copy comes in its turn.
    if (copyable(context, id).copies !== copy) fail('CONFLICT', { because: 'step' })
    const kept = { templateId, fileId: insertFile(db) }
    const subjectOfPaper = `certificate:${snapshot.number}`
    const paper = { kind: `certificate-${snapshot.kind}`, title, subject: subjectOfPaper, data: snapshot }
    const documentId = issueDocument(db, { ...paper, operatorId, at, kept })
    write(
      db,
      `INSERT INTO certificate_reprint (certificate_id, copy, reason, document_id, pdf_sha256, at, operator_id, ticket)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      copy,
      reason,
      documentId,
      pdfSha256,
      at,
      operatorId,
      ticket,
    )
    const jobId = print && insertJob(db, context, { documentId, ...print })
    note(null, { copy, documentId, pdfSha256, jobId })
    return { documentId, jobId, isNew: true }
  })
}

/**
 * The same number and content once more, marked 补打 第N次. The same ticket twice is one copy; CONFLICT `step`; INVALID `reason`
 * `glyph`, for it stands on the copy.
 */
export async function reprintCertificate(
  context: Context,
  asked: Asked,
): Promise<{ certificate: Certificate; documentId: number; job: PrintJob | null }> {
  operatorOf(context)
  const copied = await inTurn(context.desk, async () => {
    const before = copiedBefore(context.desk.db, asked)
    if (before) return before
    const copy = await makeCopy(context, asked)
    const file = { name: fileNameOf(copy.title), bytes: copy.pdf }
    return keepPdf(context, file, (insertFile, sha) => writeCopy(context, asked, copy, insertFile, sha))
  })
  const job = await jobOf(context, copied)
  return { certificate: readCertificate(context, asked.id), documentId: copied.documentId, job }
}
