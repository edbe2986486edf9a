import { setImmediate } from 'node:timers/promises'
import { PDFDocument } from '@cantoo/pdf-lib'
import { rows } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fileNameOf } from '../../workbench/documents.ts'
import { fail } from '../../workbench/errors.ts'
import { readStored, type StoredFile } from '../../workbench/files.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readHead } from './batch-record.ts'

/** The kept PDFs as one, page by page as they were issued; in between others are served. */
async function join(folder: string, files: StoredFile[]): Promise<Uint8Array> {
  const whole = await PDFDocument.create()
  for (const file of files) {
    const bytes = (await readStored(folder, file)) ?? fail('PRINTER', { problem: 'pdf' })
    const one = await PDFDocument.load(bytes, { updateMetadata: false })
    for (const page of await whole.copyPages(one, one.getPageIndices())) whole.addPage(page)
    await setImmediate()
  }
  return whole.save()
}

/**
 * The sheets of a batch in one PDF, in its order, without those that are void by now. CONFLICT `step` when there is none;
 * PRINTER `pdf` where one is gone or is not the one that was issued.
 */
export async function batchPdf(
  context: Context,
  { id }: { id: number },
): Promise<{ fileName: string; base64: string }> {
  operatorOf(context)
  const { desk } = context
  const { title } = readHead(desk, id)
  const files = rows<StoredFile>(
    desk.db,
    `SELECT f.sha256, f.kind FROM certificate_batch_item AS i
     CROSS JOIN certificate AS c ON c.id = i.certificate_id
     CROSS JOIN document AS d ON d.id = c.document_id
     CROSS JOIN file AS f ON f.id = d.file_id
     WHERE i.batch_id = ? AND NOT EXISTS (SELECT 1 FROM certificate_void WHERE certificate_id = c.id)
     ORDER BY i.position`,
    id,
  )
  if (files.length === 0) fail('CONFLICT', { because: 'step' })
  const pdf = await join(desk.folder, files)
  // A word of its own: nothing of the batch has changed.
  act(context, { action: 'certificate.batch-pdf', subject: `certificate-export:${id}` }, (_db, note) =>
    note(null, { sheets: files.length }),
  )
  return { fileName: fileNameOf(title), base64: Buffer.from(pdf).toString('base64') }
}
