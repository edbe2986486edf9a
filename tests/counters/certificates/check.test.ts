import { describe, expect, test } from 'vitest'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CertificateSettings } from '../../../electron/contract/certificate-templates.ts'
import { checkCode } from '../../../electron/counters/certificates/check.ts'
import {
  changeCertificateSettings,
  readCertificateSettings,
} from '../../../electron/counters/certificates/settings.ts'
import { issueCertificate } from '../../../electron/counters/certificates/issue.ts'
import { rotateKey } from '../../../electron/counters/certificates/keys.ts'
import { verifyPage } from '../../../electron/counters/certificates/verify-page.ts'
import { voidCertificate } from '../../../electron/counters/certificates/void.ts'
import { value } from '../../../electron/database/open.ts'
import { findFile, pathsOf } from '../../../electron/workbench/files.ts'
import { root, temporaryFolder } from '../../fixture.ts'
import { edit, issueRecord, openCertificateDesk, orderOf, recordOf, type CertificateDesk } from './issuing.ts'

const keptOf = (desk: CertificateDesk) => toSave(readCertificateSettings(desk.db))
const toSave = ({ logo: _, seal: __, ...settings }: CertificateSettings) => settings

describe('the desk checks a certificate', () => {
  test('by its code, and by its number as it is typed', async () => {
    const desk = openCertificateDesk()
    const issued = await issueRecord(desk, desk.volunteerId)
    const good = {
      result: 'good',
      certificateId: issued.id,
      standing: 'valid',
      voidReason: '',
      replacedBy: null,
    }
    expect(checkCode(desk.context(), issued.statement)).toMatchObject(good)
    expect(checkCode(desk.context('auditor'), ` ${issued.number.toLowerCase()} `)).toMatchObject(good)
    for (const typed of ['ＺＭ－２０２６－００００01', 'zm2026000001', 'ZM—2026—1', 'ZM 2026 000001'])
      expect(checkCode(desk.context(), typed), typed).toMatchObject(good)
    expect(checkCode(desk.context(), `https://old.example/verify.html#${issued.statement}`)).toMatchObject(
      good,
    )
    expect(checkCode(desk.context(), issued.statement).statement).toMatchObject({
      number: issued.number,
      name: '王*明',
      minutes: 120,
      from: '2026-11-01',
      to: '2026-11-22',
    })
  })

  test('as void with its reason, and as superseded once another stands for it', async () => {
    const desk = openCertificateDesk()
    const issued = await issueRecord(desk, desk.volunteerId)
    voidCertificate(desk.context(), { id: issued.id, reason: '时间写错', sheet: 'returned' })
    const found = () => checkCode(desk.context(), issued.statement)
    expect(found()).toMatchObject({
      result: 'good',
      standing: 'void',
      voidReason: '时间写错',
      replacedBy: null,
    })
    const order = { ...orderOf(recordOf(desk.volunteerId)), replacesId: issued.id }
    const { certificate: newer } = await issueCertificate(desk.context(), order)
    expect(found()).toMatchObject({ result: 'good', standing: 'superseded', replacedBy: newer.number })
  })

  test('as unknown when its row is not in the file, unreadable when it is no code', async () => {
    const desk = openCertificateDesk()
    const issued = await issueRecord(desk, desk.volunteerId)
    edit(desk.db, 'UPDATE certificate SET number = ? WHERE id = ?', 'ZM-2026-009999', issued.id)
    expect(checkCode(desk.context(), issued.statement)).toMatchObject({
      result: 'unknown',
      certificateId: null,
    })
    expect(checkCode(desk.context(), 'ZM-2026-000001')).toMatchObject({ result: 'unknown', statement: null })
    for (const text of ['', '王小明', 'https://example.org/'])
      expect(checkCode(desk.context(), text)).toMatchObject({ result: 'unreadable', statement: null })
  })

  test('as altered or foreign, without repeating what it claims', async () => {
    const desk = openCertificateDesk()
    const { statement } = await issueRecord(desk, desk.volunteerId)
    const [prefix, payload, signature] = statement.split('.')
    const more = Buffer.from(payload!, 'base64url').toString().replace(',120,', ',920,')
    const altered = [prefix, Buffer.from(more).toString('base64url'), signature].join('.')
    expect(checkCode(desk.context(), altered)).toMatchObject({ result: 'altered', statement: null })
    const elsewhere = openCertificateDesk()
    expect(checkCode(elsewhere.context(), statement)).toMatchObject({ result: 'foreign', statement: null })
  })

  test.each([
    ['its snapshot', `UPDATE document SET data = replace(data, '2 小时', '9 小时')`],
    ['its hours in the register', 'UPDATE certificate SET minutes = 900'],
    ['its hash', `UPDATE certificate SET pdf_sha256 = 'aa'`],
    ['its code', `UPDATE certificate SET statement = 'OSC1.a.b'`],
  ])('as edited when somebody changed %s in the data file', async (_, change) => {
    const desk = openCertificateDesk()
    const { statement } = await issueRecord(desk, desk.volunteerId)
    edit(desk.db, change)
    expect(checkCode(desk.context(), statement)).toMatchObject({ result: 'edited', standing: 'valid' })
  })

  test('as edited when its PDF was changed or is gone', async () => {
    const desk = openCertificateDesk()
    const { statement } = await issueRecord(desk, desk.volunteerId)
    const fileId = value<number>(desk.db, 'SELECT file_id FROM document WHERE file_id IS NOT NULL')!
    const { whole } = pathsOf(desk.folder, findFile(desk.db, fileId))
    writeFileSync(whole, `${readFileSync(whole, 'latin1')}\n% more`)
    expect(checkCode(desk.context(), statement)).toMatchObject({ result: 'edited' })
  })

  test('after a new key signs, old ones still', async () => {
    const desk = openCertificateDesk()
    const before = await issueRecord(desk, desk.volunteerId)
    rotateKey(desk.context('manager'), { reason: '例行更换' })
    const after = await issueRecord(desk, desk.volunteerId)
    for (const { statement } of [before, after])
      expect(checkCode(desk.context(), statement)).toMatchObject({ result: 'good' })
  })

  test('within twenty milliseconds', async () => {
    const desk = openCertificateDesk()
    const { statement } = await issueRecord(desk, desk.volunteerId)
    checkCode(desk.context(), statement)
    const times = Array.from({ length: 31 }, () => {
      const before = performance.now()
      checkCode(desk.context(), statement)
      return performance.now() - before
    })
    expect(times.toSorted((one, other) => one - other)[15]).toBeLessThan(20)
  })
})

describe('the exported page of checks', () => {
  /** The desk with a built page, as the build leaves it but for its script. */
  function exported(body: string) {
    const desk = openCertificateDesk()
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'out/verify'), { recursive: true })
    copyFileSync(join(root, 'verify/index.html'), join(folder, 'out/verify/verify.html'))
    changeCertificateSettings(desk.context('manager'), { ...keptOf(desk), body, phone: '0731-00000000' })
    // After midnight here, the evening before in Greenwich.
    desk.clock.set('2026-11-23T16:30:00.000Z')
    rotateKey(desk.context('manager'), { reason: '例行更换' })
    const context = { ...desk.context(), desk: { ...desk.desk, root: folder } }
    const { fileName, base64 } = verifyPage(context)
    expect(fileName).toBe('verify.html')
    return Buffer.from(base64, 'base64').toString()
  }
  const told = (page: string) =>
    JSON.parse(/<script type="application\/json" id="community">([^<]*)</.exec(page)![1]!) as {
      name: string
      phone: string
      keys: { madeAt: string; retiredAt: string | null }[]
    }

  test('knows the community and every key that ever signed', () => {
    const page = told(exported('测试社区居民委员会'))
    expect(page).toMatchObject({ name: '测试社区居民委员会', phone: '0731-00000000' })
    expect(page.keys.map(({ retiredAt }) => retiredAt)).toEqual([null, '2026-11-24'])
    expect(page.keys[0]).toMatchObject({ madeAt: '2026-11-24' })
  })

  test('takes a name as words, whatever stands in it', () => {
    const name = '</script><script>alert(1)</script><!--$&'
    const page = exported(name)
    expect(told(page).name).toBe(name)
    expect(page).not.toContain('alert(1)</script>')
  })
})
