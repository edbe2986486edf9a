import { expect, it } from 'vitest'
import { checkCode } from '../../electron/counters/certificates/check.ts'
import { listCertificates } from '../../electron/counters/certificates/list.ts'
import { readCertificate } from '../../electron/counters/certificates/record.ts'
import { readCertificateSettings } from '../../electron/counters/certificates/settings.ts'
import { value } from '../../electron/database/open.ts'
import { PaperProblem, type Host } from '../../electron/workbench/host.ts'
import { issueDemoCertificates, loadDemo } from '../../seeds/demo/load.ts'
import { pdfOf } from '../counters/certificates/pdf-of.ts'
import { openTestDesk, paperlessHost } from '../fixture.ts'

const start = '2026-11-23T02:30:00.000Z'

function demo(toPdf: Host['toPdf']) {
  const test = openTestDesk({ start, host: { ...paperlessHost, toPdf } })
  loadDemo(test.context('manager'))
  return test
}

it('names an invented body with a seal that the house drew', () => {
  const { db } = demo(() => Promise.reject(new PaperProblem('no-browser')))
  expect(readCertificateSettings(db)).toMatchObject({
    body: '演示社区居民委员会',
    seal: { name: '演示印章.jpg', width: 600, height: 600 },
  })
})

it('issues a few as the desk does: collected, printed again, void and replaced, one that waits', async () => {
  const test = demo(({ html }) => Promise.resolve(pdfOf(html)))
  const context = test.context('clerk')
  await issueDemoCertificates(context)
  const { rows } = listCertificates(context, { query: '', limit: 30 })
  expect(rows.map(({ kind, standing, copies, collected }) => [kind, standing, copies, !!collected])).toEqual([
    ['thanks', 'valid', 1, false],
    ['record', 'valid', 1, false],
    ['record', 'superseded', 1, false],
    ['record', 'valid', 2, false],
    ['record', 'valid', 1, true],
  ])
  for (const { id, number } of rows) {
    const { sound, statement } = readCertificate(context, id)
    expect(sound, number).toBe(true)
    expect(checkCode(context, statement), number).toMatchObject({ result: 'good', certificateId: id })
  }
})

it('has no certificate where no browser makes its PDF, and no number is used', async () => {
  const test = demo(() => Promise.reject(new PaperProblem('no-browser')))
  await expect(issueDemoCertificates(test.context('clerk'))).rejects.toMatchObject({ code: 'PRINTER' })
  expect(value(test.db, 'SELECT count(*) FROM certificate')).toBe(0)
  expect(value(test.db, "SELECT count(*) FROM sequence WHERE kind IN ('ZM', 'RY')")).toBe(0)
})
