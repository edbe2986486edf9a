import { expect, it } from 'vitest'
import { collectCertificate } from '../../../electron/counters/certificates/collect.ts'
import { issueCertificate } from '../../../electron/counters/certificates/issue.ts'
import { issueRegisterPaper, registerSheet } from '../../../electron/counters/certificates/register.ts'
import { reprintCertificate } from '../../../electron/counters/certificates/reprint.ts'
import { voidCertificate } from '../../../electron/counters/certificates/void.ts'
import { confirmJob } from '../../../electron/counters/documents/queue.ts'
import { rows } from '../../../electron/database/open.ts'
import { readDocument, renderDocument } from '../../../electron/workbench/documents.ts'
import { cellsOf } from '../visits/sheets.ts'
import { conflict, invalidFields } from '../volunteers/service.ts'
import { issueRecord, openCertificateDesk, orderOf, recordOf } from './issuing.ts'

const today = { from: '2026-11-23', to: '2026-11-23' }

async function fillRegister() {
  const test = openCertificateDesk()
  const one = await issueRecord(test, test.volunteerId, { purpose: '应聘' })
  const two = await issueRecord(test, test.volunteerId, { purpose: '升学' })
  collectCertificate(test.context(), { id: one.id, collector: '王大山', relation: '父亲' })
  voidCertificate(test.context(), { id: two.id, reason: '用途写错', sheet: 'returned' })
  return { test, one, two }
}

it('prints everything issued in a span, void ones as that, with room for the signature', async () => {
  const { test, one, two } = await fillRegister()
  const id = issueRegisterPaper(test.context(), today)
  expect(issueRegisterPaper(test.context(), today)).toBe(id)
  const document = readDocument(test.db, id)
  expect(document.data).toMatchObject({
    count: 2,
    lines: [
      {
        number: one.number,
        name: '王小明',
        hours: '2:00',
        purpose: '应聘',
        collector: '王大山（父亲）2026-11-23',
        remark: '',
      },
      { number: two.number, purpose: '升学', collector: '', remark: '作废：用途写错', isVoid: true },
    ],
  })
  const { html: page } = renderDocument(test.desk, document)
  expect(page).toContain('领取人签字')
  expect(page).not.toMatch(/\{\{/)
  expect(() => issueRegisterPaper(test.context(), { from: '2026-11-01', to: '2026-11-02' })).toThrow(
    expect.objectContaining(conflict('step')),
  )
  expect(() => issueRegisterPaper(test.context(), { from: '2026-11-23', to: '2026-11-01' })).toThrow(
    expect.objectContaining(invalidFields(['to', 'before-from'])),
  )
})

it('counts the sheets of paper that went out, those that a printer did not take left aside', async () => {
  const test = openCertificateDesk()
  const print = (copies: number) => ({ printer: 'front', copies })
  const order = { ...orderOf(recordOf(test.volunteerId)), print: print(3) }
  const { certificate } = await issueCertificate(test.context(), order)
  const again = (copies: number | null) =>
    reprintCertificate(test.context(), {
      ...{ id: certificate.id, ticket: crypto.randomUUID(), reason: '多交一份' },
      print: copies === null ? null : print(copies),
    })
  await again(2)
  await again(null)
  const { job } = await issueCertificate(test.context(), {
    ...order,
    ticket: crypto.randomUUID(),
    print: print(5),
  })
  await confirmJob(test.context(), { jobId: job!.id, printed: false })
  const { data } = readDocument(test.db, issueRegisterPaper(test.context(), today))
  const { lines } = data as { lines: { copies: number }[] }
  expect(lines.map(({ copies }) => copies)).toEqual([3 + 2 + 1, 1])
})

it('leaves the desk as a spreadsheet with masked names, and with whole ones for a reason', async () => {
  const { test, one } = await fillRegister()
  const sheetOf = (whole: boolean, reason = '') => registerSheet(test.context(), { ...today, whole, reason })
  const text = async (whole: boolean, reason?: string) =>
    cellsOf((await sheetOf(whole, reason)).base64).join(' ')
  const masked = await text(false)
  expect(masked).toContain(one.number)
  expect(masked).toContain('王*明')
  expect(masked).toContain('王*山')
  expect(masked).not.toContain('王小明')
  await expect(sheetOf(true)).rejects.toMatchObject(invalidFields(['reason', 'required']))
  expect(await text(true, '民政部门抽查')).toContain('王小明')
  expect(
    rows<{ reason: string | null }>(test.db, "SELECT reason FROM audit WHERE action = 'certificate.export'"),
  ).toEqual([{ reason: null }, { reason: '民政部门抽查' }])
})
