import { expect, it } from 'vitest'
import { checkCode } from '../../../electron/counters/certificates/check.ts'
import { collectCertificate } from '../../../electron/counters/certificates/collect.ts'
import { readCertificate } from '../../../electron/counters/certificates/record.ts'
import { voidCertificate } from '../../../electron/counters/certificates/void.ts'
import { value } from '../../../electron/database/open.ts'
import { conflict, notFound } from '../volunteers/service.ts'
import { issueRecord, numbersOf, numbersTo, openCertificateDesk } from './issuing.ts'

const voiding = (id: number) => ({ id, reason: '姓名写错', sheet: 'not-returned' as const })

it('voids a certificate once, with its reason, and never uses its number again', async () => {
  const test = openCertificateDesk()
  const { id, statement } = await issueRecord(test, test.volunteerId)
  expect(voidCertificate(test.context('manager'), voiding(id))).toMatchObject({
    standing: 'void',
    sound: true,
    voided: { reason: '姓名写错', sheet: 'not-returned', operator: '主任' },
  })
  expect(checkCode(test.context(), statement)).toMatchObject({
    result: 'good',
    standing: 'void',
    voidReason: '姓名写错',
  })
  expect(() => voidCertificate(test.context(), voiding(id))).toThrow(
    expect.objectContaining(conflict('step')),
  )
  expect(value(test.db, "SELECT count(*) FROM audit WHERE action = 'certificate.void'")).toBe(1)
  await issueRecord(test, test.volunteerId)
  expect(numbersOf(test.db)).toEqual(numbersTo(2))
  expect(test.published).toContainEqual({ topic: 'certificate', id })
})

it('hands a certificate out once, and no void one', async () => {
  const test = openCertificateDesk()
  const [one, two] = [await issueRecord(test, test.volunteerId), await issueRecord(test, test.volunteerId)]
  const by = { collector: '王小明', relation: '本人' }
  expect(collectCertificate(test.context(), { id: one.id, ...by })).toMatchObject({ collected: by })
  expect(() => collectCertificate(test.context(), { id: one.id, ...by })).toThrow(
    expect.objectContaining(conflict('step')),
  )
  voidCertificate(test.context(), voiding(two.id))
  expect(() => collectCertificate(test.context(), { id: two.id, ...by })).toThrow(
    expect.objectContaining(conflict('step')),
  )
  expect(readCertificate(test.context(), two.id).collected).toBeNull()
  // A collected one may turn out to be wrong.
  expect(voidCertificate(test.context(), voiding(one.id))).toMatchObject({ standing: 'void', collected: by })
})

it('knows no certificate that was never issued', () => {
  const test = openCertificateDesk()
  for (const call of [
    () => voidCertificate(test.context(), voiding(7)),
    () => collectCertificate(test.context(), { id: 7, collector: '王小明', relation: '本人' }),
    () => readCertificate(test.context(), 7),
  ]) {
    expect(call).toThrow(expect.objectContaining(notFound('certificate')))
  }
})

it('lets nobody change or remove what was issued', async () => {
  const test = openCertificateDesk()
  const { id } = await issueRecord(test, test.volunteerId)
  for (const text of [
    'UPDATE certificate SET minutes = 9999',
    'DELETE FROM certificate',
    'INSERT OR REPLACE INTO certificate SELECT * FROM certificate',
  ]) {
    expect(() => test.db.prepare(text).run()).toThrow(/certificates are never/)
  }
  expect(readCertificate(test.context(), id).sound).toBe(true)
})
