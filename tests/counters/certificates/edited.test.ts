import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { batchPdf } from '../../../electron/counters/certificates/batch-pdf.ts'
import { readBatch, startBatch } from '../../../electron/counters/certificates/batches.ts'
import { checkCode } from '../../../electron/counters/certificates/check.ts'
import { collectCertificate } from '../../../electron/counters/certificates/collect.ts'
import { issueCertificate } from '../../../electron/counters/certificates/issue.ts'
import { listCertificates } from '../../../electron/counters/certificates/list.ts'
import { readCertificate } from '../../../electron/counters/certificates/record.ts'
import { reprintCertificate } from '../../../electron/counters/certificates/reprint.ts'
import { voidCertificate } from '../../../electron/counters/certificates/void.ts'
import { printDocument } from '../../../electron/counters/documents/print.ts'
import { value } from '../../../electron/database/open.ts'
import { readDocument } from '../../../electron/workbench/documents.ts'
import { findFile, pathsOf } from '../../../electron/workbench/files.ts'
import { conflict } from '../volunteers/service.ts'
import { edit, issueRecord, openCertificateDesk, orderOf, recordOf, type CertificateDesk } from './issuing.ts'

/** One that was collected and copied, and one that was voided and replaced. */
async function openRegister() {
  const desk = openCertificateDesk()
  const one = await issueRecord(desk, desk.volunteerId)
  collectCertificate(desk.context(), { id: one.id, collector: '王小明', relation: '本人' })
  const asked = { id: one.id, ticket: crypto.randomUUID(), reason: '纸张破损', print: null }
  const { documentId } = await reprintCertificate(desk.context(), asked)
  const gone = await issueRecord(desk, desk.volunteerId, { to: '2026-11-21' })
  voidCertificate(desk.context(), { id: gone.id, reason: '时间写错', sheet: 'not-returned' })
  const order = { ...orderOf(recordOf(desk.volunteerId)), replacesId: gone.id }
  const { certificate: newer } = await issueCertificate(desk.context(), order)
  return { desk, one, gone, newer, copyId: documentId }
}

const resultOf = (desk: CertificateDesk, code: string) => checkCode(desk.context(), code).result

/** Writes a few bytes more behind a kept PDF, as somebody with another program would. */
function changePdf(desk: CertificateDesk, documentId: number): void {
  const { fileId } = readDocument(desk.db, documentId)
  const { whole } = pathsOf(desk.folder, findFile(desk.db, fileId!))
  writeFileSync(whole, Buffer.concat([readFileSync(whole), Buffer.from('% more\n')]))
}

test('what was issued, copied, collected, voided and replaced by the desk is sound', async () => {
  const { desk, one, gone, newer } = await openRegister()
  for (const { id, statement } of [one, gone, newer]) {
    expect(readCertificate(desk.context(), id).sound).toBe(true)
    expect(resultOf(desk, statement)).toBe('good')
  }
})

test.each([
  ['made valid again by taking out its voiding', 'DELETE FROM certificate_void', 'gone'],
  [
    'voided past the desk',
    "INSERT INTO certificate_void VALUES (1, '不要了', 'lost', '2026-11-23T02:00:00.000Z', 1)",
    'one',
  ],
  ['made as if nobody had collected it', 'DELETE FROM certificate_collection', 'one'],
  ['made as if it was never printed again', 'DELETE FROM certificate_reprint', 'one'],
  [
    'given another period in the register',
    "UPDATE certificate SET from_day = '2020-01-01' WHERE id = 1",
    'one',
  ],
  ['said to stand for nothing', 'UPDATE certificate SET replaces_id = NULL WHERE id = 3', 'newer'],
  ['named by another hash of its file', "UPDATE file SET sha256 = '../../x' WHERE id = 1", 'one'],
  [
    'given the file of another one',
    'UPDATE document SET file_id = (SELECT max(id) FROM file) WHERE id = 1',
    'one',
  ],
  [
    'given other words on a copy',
    `UPDATE document SET data = json_set(data, '$.hours', '200 小时') WHERE id = (SELECT document_id FROM certificate_reprint)`,
    'one',
  ],
] as const)('a certificate that was %s in the data file is told as edited', async (_, text, which) => {
  const opened = await openRegister()
  const { desk } = opened
  edit(desk.db, text)
  const { id, statement } = opened[which]
  expect(resultOf(desk, statement)).toBe('edited')
  expect(readCertificate(desk.context(), id).sound).toBe(false)
  // The register can still be read.
  expect(listCertificates(desk.context(), { query: '', limit: 30 }).rows).toHaveLength(3)
  if (which !== 'gone')
    await expect(
      reprintCertificate(desk.context(), {
        id,
        ticket: crypto.randomUUID(),
        reason: '纸张破损',
        print: null,
      }),
    ).rejects.toMatchObject(conflict('step'))
})

test('a kept PDF that was changed in the folder comes out of no printer, nor does a copy’s', async () => {
  const { desk, one, copyId } = await openRegister()
  for (const documentId of [one.documentId, copyId]) {
    changePdf(desk, documentId)
    await expect(printDocument(desk.context(), documentId, 'front', 1)).rejects.toMatchObject({
      code: 'PRINTER',
      data: { problem: 'pdf' },
    })
    expect(resultOf(desk, one.statement)).toBe('edited')
  }
  expect(desk.maker.sent).toEqual([])
})

test('the one PDF of a batch leaves out what is void by now, and holds no changed sheet', async () => {
  const desk = openCertificateDesk()
  const { volunteerId, personId, ...wanted } = recordOf(desk.volunteerId)
  expect(personId).toBeNull()
  const asked = { ticket: crypto.randomUUID(), title: '一批', wanted }
  const { id } = startBatch(desk.context(), { ...asked, of: { what: 'volunteers', ids: [volunteerId!] } })
  while (readBatch(desk.context(), id).state === 'running')
    await new Promise((resolve) => setImmediate(resolve))
  expect((await batchPdf(desk.context(), { id })).base64.length).toBeGreaterThan(100)
  const documentId = value<number>(desk.db, 'SELECT document_id FROM certificate')!
  const { whole } = pathsOf(desk.folder, findFile(desk.db, readDocument(desk.db, documentId).fileId!))
  const bytes = readFileSync(whole)
  changePdf(desk, documentId)
  await expect(batchPdf(desk.context(), { id })).rejects.toMatchObject({ data: { problem: 'pdf' } })
  writeFileSync(whole, bytes)
  voidCertificate(desk.context(), { id: 1, reason: '姓名写错', sheet: 'returned' })
  await expect(batchPdf(desk.context(), { id })).rejects.toMatchObject(conflict('step'))
})
