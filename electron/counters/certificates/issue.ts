import { ORPCError } from '@orpc/server'
import type { Certificate, Draft, Wanted } from '../../contract/certificate-records.ts'
import type { PrintJob } from '../../contract/print-job.ts'
import { row, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fileNameOf, issueDocument } from '../../workbench/documents.ts'
import { fail } from '../../workbench/errors.ts'
import { keepPdf } from '../../workbench/files.ts'
import { nextNumber } from '../../workbench/numbering.ts'
import type { Context } from '../../workbench/workbench.ts'
import { asSeen, insertJob, readJob } from '../documents/print-jobs.ts'
import { sendJob } from '../documents/print.ts'
import { isPresent, makeSheet, personOf, soundDraft, type Sheet } from './make-sheet.ts'
import { kindTitles, prefixOf } from './numbers.ts'
import { readCertificate } from './record.ts'
import { checkRequest } from './requests.ts'
import { sealOf, sha256 } from './sound.ts'
import { documentKind, useTemplate } from './templates.ts'
import { inTurn } from './turn.ts'

export type Print = { printer: string; copies: number } | null

export type Order = {
  ticket: string
  wanted: Wanted
  requestId: number | null
  replacesId: number | null
  print: Print
  /** One of a batch; its item is marked in the same act. */
  batch?: { id: number; position: number }
}

export type Issued = { id: number; documentId: number; jobId: number | null; isNew: boolean }

/** What stands already under this ticket: an impatient second click is the first one. */
function issuedBefore(db: Database, ticket: string): Issued | null {
  const found = row<{ id: number; documentId: number; jobId: number | null }>(
    db,
    `SELECT id, document_id AS documentId,
       (SELECT min(id) FROM print_job WHERE document_id = certificate.document_id) AS jobId
     FROM certificate WHERE ticket = ?`,
    ticket,
  )
  return found ? { ...found, isNew: false } : null
}

/** Whether this one may stand for another: that is void, of the same kind and person, and nothing stands for it yet. */
function checkReplaced(context: Context, { wanted, replacesId }: Order): void {
  if (replacesId === null) return
  const { kind, personId, standing } = readCertificate(context, replacesId)
  const same = kind === wanted.kind && personId === personOf(context, wanted)
  if (standing !== 'void' || !same) fail('CONFLICT', { because: 'step' })
}

/** A manager's batch is approved by being started, asked again for each: the settings may ask for it only since then. */
const isApprovedBatch = (context: Context, { batch }: Order) =>
  batch !== undefined && operatorOf(context).role === 'manager'

/** All that must hold, before the sheet is made and again inside the act. Returns what will stand on it. */
function checkOrder(context: Context, order: Order): Draft {
  const draft = soundDraft(context, order.wanted)
  checkReplaced(context, order)
  if (order.requestId !== null) checkRequest(context.desk.db, order.requestId, order.wanted)
  else if (draft.needsApproval && !isApprovedBatch(context, order)) fail('CONFLICT', { because: 'step' })
  return draft
}

function insertCertificate(
  db: WritableDatabase,
  context: Context,
  order: Order,
  sheet: Sheet,
  { documentId, pdfSha256 }: { documentId: number; pdfSha256: string },
): number {
  const { wanted } = order
  const { number, personId, statement, day } = sheet
  const snapshotSha256 = sha256(sheet.data)
  const { minutes } = sheet.draft
  const sealed = { number, kind: wanted.kind, personId, minutes, day, statement, snapshotSha256, pdfSha256 }
  return write(
    db,
    `INSERT INTO certificate (number, ticket, kind, person_id, volunteer_id, from_day, to_day, minutes, activities,
       purpose, issued_at, day, document_id, snapshot_sha256, pdf_sha256, mac, key_id, statement, request_id,
       replaces_id, operator_id)
     VALUES (@number, @ticket, @kind, @personId, @volunteerId, @from, @to, @minutes, @activities,
       @purpose, @at, @day, @documentId, @snapshotSha256, @pdfSha256, @mac, @keyId, @statement, @requestId,
       @replacesId, @operatorId)`,
    {
      ...sealed,
      ticket: order.ticket,
      volunteerId: wanted.volunteerId,
      from: wanted.from,
      to: wanted.to,
      activities: sheet.draft.activities,
      purpose: wanted.purpose,
      at: sheet.at,
      documentId,
      mac: sealOf(context.desk.auditKey, sealed),
      keyId: sheet.keyId,
      requestId: order.requestId,
      replacesId: order.replacesId,
      operatorId: operatorOf(context).id,
    },
  ).id
}

/** Topics of an issue beside the certificate's own. */
const topicsOf = ({ wanted, requestId, replacesId, batch }: Order) => [
  ...(wanted.volunteerId === null ? [] : [`volunteer:${wanted.volunteerId}`]),
  ...(requestId === null ? [] : ['certificate-request']),
  ...(replacesId === null ? [] : [`certificate:${replacesId}`]),
  ...(batch ? [`certificate-batch:${batch.id}`] : []),
  'today',
]

/** The one transaction: number, snapshot, PDF, certificate, print job, audit. CONFLICT `changed` when the sheet is old. */
function writeIssue(
  context: Context,
  order: Order,
  sheet: Sheet,
  insertFile: (db: WritableDatabase) => number,
  pdfSha256: string,
): Issued {
  const { at, day, number, data } = sheet
  const { wanted, batch, print } = order
  const operatorId = operatorOf(context).id
  const what = {
    action: 'certificate.issue',
    subject: ({ id }: Issued) => `certificate:${id}`,
    also: () => topicsOf(order),
  }
  return act(context, what, (db, note) => {
    checkOrder(context, order)
    const taken = nextNumber(db, prefixOf(wanted.kind), Number(day.slice(0, 4)))
    if (taken !== number || !isPresent(context, wanted, sheet)) fail('CONFLICT', { because: 'changed' })
    const fileId = insertFile(db)
    const templateId = useTemplate(db, wanted.kind, sheet.template, { at, operatorId })
    const documentId = issueDocument(db, {
      kind: documentKind(wanted.kind),
      title: titleOf(sheet, wanted),
      subject: `certificate:${number}`,
      data: JSON.parse(data) as object,
      operatorId,
      at,
      kept: { templateId, fileId },
    })
    const id = insertCertificate(db, context, order, sheet, { documentId, pdfSha256 })
    if (batch) {
      write(
        db,
        `UPDATE certificate_batch_item SET certificate_id = ?, problem = '' WHERE batch_id = ? AND position = ?`,
        id,
        batch.id,
        batch.position,
      )
    }
    const jobId = print && insertJob(db, context, { documentId, ...print })
    note(null, {
      certificate: number,
      kind: wanted.kind,
      documentId,
      snapshotSha256: sha256(data),
      pdfSha256,
      requestId: order.requestId,
      replacesId: order.replacesId,
      jobId,
    })
    return { id, documentId, jobId, isNew: true }
  })
}

const titleOf = ({ number, draft }: Sheet, { kind }: Wanted) => `${kindTitles[kind]} ${number} ${draft.name}`

/** Something on the sheet changes in the moment of its making now and then, never again and again. */
const mostTries = 4

const isOld = (error: unknown) =>
  error instanceof ORPCError &&
  error.code === 'CONFLICT' &&
  (error.data as { because?: unknown }).because === 'changed'

/**
 * Issues one certificate, without sending anything to a printer. Killed at any point, either all of it stands or nothing: at
 * the most a PDF lies in the folder that the next sweep sets aside, and no number is used.
 */
export function issueSheet(context: Context, order: Order): Promise<Issued> {
  operatorOf(context)
  return inTurn(context.desk, async () => {
    for (let tries = 1; ; tries += 1) {
      const before = issuedBefore(context.desk.db, order.ticket)
      if (before) return before
      const draft = checkOrder(context, order)
      const sheet = await makeSheet(context, order.wanted, draft, order.replacesId)
      const file = { name: fileNameOf(titleOf(sheet, order.wanted)), bytes: sheet.pdf }
      try {
        return await keepPdf(context, file, (insertFile, pdfSha256) =>
          writeIssue(context, order, sheet, insertFile, pdfSha256),
        )
      } catch (error) {
        if (!isOld(error) || tries === mostTries) throw error
      }
    }
  })
}

/** Sends a job that was queued with a paper. Whether it went stands in the job: the paper is issued either way. */
async function sendQueued(context: Context, jobId: number): Promise<void> {
  await sendJob(context, readJob(context.desk.db, jobId)).catch(() => {})
}

/** How the job of a paper stands, after it was sent if that is still to be done; null where there is none. */
export async function jobOf(
  context: Context,
  { jobId, isNew }: Pick<Issued, 'jobId' | 'isNew'>,
): Promise<PrintJob | null> {
  if (jobId === null) return null
  if (isNew) await sendQueued(context, jobId)
  return asSeen(context.desk, readJob(context.desk.db, jobId))
}

/** Issues a certificate and sends its first sheet to the printer, where one was named; as the contract says. */
export async function issueCertificate(
  context: Context,
  order: Omit<Order, 'batch'>,
): Promise<{ certificate: Certificate; job: PrintJob | null }> {
  const issued = await issueSheet(context, order)
  const job = await jobOf(context, issued)
  return { certificate: readCertificate(context, issued.id), job }
}
