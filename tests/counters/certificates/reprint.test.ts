import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readCertificate } from '../../../electron/counters/certificates/record.ts'
import { reprintCertificate } from '../../../electron/counters/certificates/reprint.ts'
import { saveTemplate, templateFor } from '../../../electron/counters/certificates/templates.ts'
import { voidCertificate } from '../../../electron/counters/certificates/void.ts'
import { value } from '../../../electron/database/open.ts'
import { readDocument } from '../../../electron/workbench/documents.ts'
import { findFile, pathsOf } from '../../../electron/workbench/files.ts'
import { addVolunteer, conflict, invalidFields, notFound } from '../volunteers/service.ts'
import { edit, issueRecord, lastUsed, openCertificateDesk, type CertificateDesk } from './issuing.ts'

const asked = (id: number, reason = '纸张破损') => ({ id, ticket: crypto.randomUUID(), reason, print: null })

/** What the kept PDF of a document says. */
function pageOf(test: CertificateDesk, documentId: number): string {
  const { fileId } = readDocument(test.db, documentId)
  return readFileSync(pathsOf(test.folder, findFile(test.db, fileId!)).whole, 'utf8')
}

it('keeps number and content and counts the copies', async () => {
  const test = openCertificateDesk()
  const first = await issueRecord(test, test.volunteerId)
  const { documentId, certificate } = await reprintCertificate(test.context(), asked(first.id, '纸张破损'))
  await reprintCertificate(test.context(), asked(first.id, '又要一份'))
  expect(certificate).toMatchObject({ number: first.number, copies: 2, pdfSha256: first.pdfSha256 })
  expect(readCertificate(test.context(), first.id).reprints).toMatchObject([
    { copy: 1, reason: '纸张破损', documentId, operator: '前台' },
    { copy: 2, reason: '又要一份' },
  ])
  const { reprint: mark, ...same } = readDocument(test.db, documentId).data as Record<string, unknown>
  const { reprint: none, ...frozen } = readDocument(test.db, first.documentId).data as Record<string, unknown>
  expect([none, mark]).toEqual([null, { copy: 1, reason: '纸张破损' }])
  expect(same).toEqual(frozen)
  expect(pageOf(test, documentId)).toMatch(/补打/)
  expect(pageOf(test, first.documentId)).not.toMatch(/补打\s*第/)
  expect(lastUsed(test.db)).toBe(1)
})

it('is one copy however often the same wish is sent', async () => {
  const test = openCertificateDesk()
  const { id } = await issueRecord(test, test.volunteerId)
  const wish = { ...asked(id), print: { printer: 'front', copies: 1 } }
  const all = await Promise.all([1, 2, 3].map(() => reprintCertificate(test.context(), wish)))
  expect(new Set(all.map(({ documentId }) => documentId)).size).toBe(1)
  expect(test.maker.sent).toHaveLength(1)
  expect(readCertificate(test.context(), id).copies).toBe(2)
})

it('is made from the template of the day of issue, whatever serves today', async () => {
  const test = openCertificateDesk()
  const { id } = await issueRecord(test, test.volunteerId)
  const html = templateFor(test.desk, 'record').replace('</body>', '<p>今日新增一句</p></body>')
  saveTemplate(test.context('manager'), { kind: 'record', html })
  const { documentId } = await reprintCertificate(test.context(), asked(id))
  expect(pageOf(test, documentId)).not.toContain('今日新增一句')
  const next = await issueRecord(test, test.volunteerId)
  expect(pageOf(test, next.documentId)).toContain('今日新增一句')
})

it('names no reason that cannot be printed', async () => {
  const test = openCertificateDesk()
  const { id } = await issueRecord(test, test.volunteerId)
  await expect(reprintCertificate(test.context(), asked(id, '𠮷先生遗失'))).rejects.toMatchObject(
    invalidFields(['reason', 'glyph']),
  )
  expect(readCertificate(test.context(), id).copies).toBe(1)
  await reprintCertificate(test.context(), asked(id, '本人遗失'))
})

it('is refused of a void certificate, and of none', async () => {
  const test = openCertificateDesk()
  const { id } = await issueRecord(test, test.volunteerId)
  voidCertificate(test.context(), { id, reason: '姓名写错', sheet: 'lost' })
  await expect(reprintCertificate(test.context(), asked(id))).rejects.toMatchObject(conflict('step'))
  await expect(reprintCertificate(test.context(), asked(99))).rejects.toMatchObject(notFound('certificate'))
})

it('is refused when it was voided while the copy was made, and leaves nothing behind', async () => {
  const test = openCertificateDesk()
  const { id } = await issueRecord(test, test.volunteerId)
  test.maker.before = () => void voidCertificate(test.context(), { id, reason: '姓名写错', sheet: 'lost' })
  await expect(reprintCertificate(test.context(), asked(id))).rejects.toMatchObject(conflict('step'))
  expect(value(test.db, 'SELECT count(*) FROM certificate_reprint')).toBe(0)
  expect(value(test.db, 'SELECT count(*) FROM file')).toBe(1)
})

it.each([
  ['the name in the snapshot', `UPDATE document SET data = json_set(data, '$.name', '王大明')`],
  ['the hours in the snapshot', `UPDATE document SET data = json_set(data, '$.hours', '200 小时')`],
  ['the minutes of the certificate', 'UPDATE certificate SET minutes = 12000'],
  ['the number', `UPDATE certificate SET number = 'ZM-2026-000009'`],
  ['whose it is', 'UPDATE certificate SET person_id = (SELECT max(id) FROM person)'],
  ['the hash of the PDF', `UPDATE certificate SET pdf_sha256 = '${'0'.repeat(64)}'`],
  ['the seal itself', 'UPDATE certificate SET mac = zeroblob(32)'],
])('is refused when somebody edited %s in the data file', async (_, text) => {
  const test = openCertificateDesk()
  // Somebody else, to whom it might be given.
  addVolunteer(test.db)
  await issueRecord(test, test.volunteerId)
  const { id } = await issueRecord(test, test.volunteerId)
  edit(test.db, `${text} WHERE id = ${text.startsWith('UPDATE document') ? 2 : id}`)
  expect(readCertificate(test.context(), id).sound).toBe(false)
  await expect(reprintCertificate(test.context(), asked(id))).rejects.toMatchObject(conflict('step'))
})

it('is refused when its PDF was exchanged or is gone', async () => {
  const test = openCertificateDesk()
  const { id, pdfSha256 } = await issueRecord(test, test.volunteerId)
  const { whole } = pathsOf(test.folder, { kind: 'pdf', sha256: pdfSha256 })
  const bytes = readFileSync(whole)
  writeFileSync(whole, Buffer.concat([bytes, Buffer.from(' ')]))
  expect(readCertificate(test.context(), id).sound).toBe(false)
  await expect(reprintCertificate(test.context(), asked(id))).rejects.toMatchObject(conflict('step'))
  rmSync(whole)
  expect(readCertificate(test.context(), id).sound).toBe(false)
  writeFileSync(whole, bytes)
  expect(readCertificate(test.context(), id).sound).toBe(true)
})
