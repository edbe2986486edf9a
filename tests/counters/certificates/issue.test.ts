import { existsSync, readFileSync, rmSync } from 'node:fs'
import { basename } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCode } from '../../../electron/contract/certificate-code.ts'
import { checkCode } from '../../../electron/counters/certificates/check.ts'
import { issueCertificate } from '../../../electron/counters/certificates/issue.ts'
import { readCertificate } from '../../../electron/counters/certificates/record.ts'
import {
  changeCertificateSettings,
  readCertificateSettings,
} from '../../../electron/counters/certificates/settings.ts'
import { voidCertificate } from '../../../electron/counters/certificates/void.ts'
import { mergePersons } from '../../../electron/counters/people/merge.ts'
import { readJob } from '../../../electron/counters/documents/print-jobs.ts'
import { reverseRecord } from '../../../electron/counters/volunteers/reverse.ts'
import { rows, value } from '../../../electron/database/open.ts'
import { findFile, pathsOf, storeFile } from '../../../electron/workbench/files.ts'
import { readDocument } from '../../../electron/workbench/documents.ts'
import { PaperProblem } from '../../../electron/workbench/host.ts'
import { filesOnDisk, jpeg } from '../../workbench/sample-files.ts'
import {
  addVolunteer,
  addVolunteers,
  conflict,
  invalidFields,
  notFound,
  personOf,
  serve,
  sql,
} from '../volunteers/service.ts'
import {
  issueRecord,
  lastUsed,
  numbersOf,
  numbersTo,
  openCertificateDesk,
  orderOf,
  recordOf,
  serveDays,
} from './issuing.ts'

describe('a certificate', () => {
  it('is issued with number, frozen sheet, kept PDF, code and audit in one act', async () => {
    const test = openCertificateDesk()
    const { certificate, job } = await issueCertificate(test.context(), orderOf(recordOf(test.volunteerId)))
    expect(certificate).toMatchObject({
      number: 'ZM-2026-000001',
      kind: 'record',
      name: '王小明',
      minutes: 120,
      purpose: '应聘',
      standing: 'valid',
      copies: 1,
      sound: true,
      replaces: null,
      approvedBy: null,
      operator: '前台',
    })
    expect(job).toBeNull()
    expect(readCode(certificate.statement)?.statement).toMatchObject({
      number: 'ZM-2026-000001',
      name: '王*明',
      minutes: 120,
      day: '2026-11-23',
    })
    const paper = readDocument(test.db, certificate.documentId)
    expect(paper.data).toMatchObject({
      number: 'ZM-2026-000001',
      name: '王小明',
      code: certificate.statement,
    })
    const { whole } = pathsOf(test.folder, findFile(test.db, paper.fileId!))
    expect(readFileSync(whole, 'utf8')).toContain('王小明')
    expect(checkCode(test.context(), certificate.statement)).toMatchObject({
      result: 'good',
      standing: 'valid',
    })
    const audit = rows<{ changes: string }>(
      test.db,
      "SELECT changes FROM audit WHERE action = 'certificate.issue'",
    )
    expect(audit).toHaveLength(1)
    expect(audit[0]!.changes).toContain(certificate.pdfSha256)
    expect(audit[0]!.changes).not.toContain('王小明')
    expect(test.published).toContainEqual({ topic: 'certificate', id: certificate.id })
    expect(test.published).toContainEqual({ topic: 'volunteer', id: test.volunteerId })
  })

  it('is one however often the same wish is sent, even at once', async () => {
    const test = openCertificateDesk()
    const order = { ...orderOf(recordOf(test.volunteerId)), print: { printer: 'front', copies: 2 } }
    const all = await Promise.all(Array.from({ length: 5 }, () => issueCertificate(test.context(), order)))
    const late = await issueCertificate(test.context(), order)
    expect(new Set([...all, late].map(({ certificate }) => certificate.id)).size).toBe(1)
    expect(new Set([...all, late].map(({ job }) => job?.id)).size).toBe(1)
    expect(numbersOf(test.db)).toEqual(numbersTo(1))
    expect(test.maker.sent).toHaveLength(1)
    // Whoever looks into the spooler or its logs reads a number of the desk's and nobody's name.
    expect(basename(test.maker.sent[0]!)).toBe('document-1.pdf')
    expect(value(test.db, 'SELECT count(*) FROM print_job')).toBe(1)
  })

  it('counts records and honours apart, each without a gap, whatever fails in between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('record', 'thanks', 'broken', 'nobody'), { minLength: 1, maxLength: 8 }),
        async (steps) => {
          const test = openCertificateDesk()
          const issued = { record: 0, thanks: 0 }
          await Promise.all(
            steps.map(async (step) => {
              if (step === 'record' || step === 'thanks') issued[step] += 1
              const wanted =
                step === 'thanks'
                  ? recordOf(test.volunteerId, { kind: 'thanks', from: null, to: null, words: '帮助邻里' })
                  : recordOf(step === 'nobody' ? 999 : test.volunteerId, {
                      // Refused before and after a sheet is made.
                      ...(step === 'broken' && { from: '2026-10-01', to: '2026-10-31' }),
                    })
              const made = issueCertificate(test.context(), orderOf(wanted))
              if (step === 'record' || step === 'thanks') await made
              else await expect(made).rejects.toHaveProperty('code')
            }),
          )
          const numbers = numbersOf(test.db)
          expect(numbers.filter((number) => number.startsWith('ZM'))).toEqual(numbersTo(issued.record))
          expect(numbers.filter((number) => number.startsWith('RY'))).toEqual(numbersTo(issued.thanks, 'RY'))
        },
      ),
      { numRuns: 12 },
    )
  })

  it('does not exist, nor its number, when no PDF can be made', async () => {
    const test = openCertificateDesk()
    for (const [error, problem] of [
      [new PaperProblem('no-browser'), 'no-browser'],
      [new Error('Target page, context or browser has been closed'), 'pdf'],
    ] as const) {
      test.maker.before = () => Promise.reject(error)
      await expect(issueRecord(test, test.volunteerId)).rejects.toMatchObject({
        code: 'PRINTER',
        data: { problem },
      })
    }
    expect(numbersOf(test.db)).toEqual([])
    expect(lastUsed(test.db)).toBeUndefined()
    expect(filesOnDisk(test.folder)).toEqual([])
    test.maker.before = () => {}
    expect(await issueRecord(test, test.volunteerId)).toMatchObject({ number: 'ZM-2026-000001' })
  })

  it('does not exist without its seal, where the folder of files was lost', async () => {
    const test = openCertificateDesk()
    const seal = await storeFile(test.context('manager'), { name: '印章.jpg', bytes: await jpeg(40, 40) })
    const { logo: _logo, seal: _seal, ...settings } = readCertificateSettings(test.db)
    expect([_logo, _seal]).toEqual([null, null])
    changeCertificateSettings(test.context('manager'), { ...settings, sealId: seal.id })
    const { whole } = pathsOf(test.folder, findFile(test.db, seal.id))
    rmSync(whole)
    await expect(issueRecord(test, test.volunteerId, { seal: true })).rejects.toMatchObject({
      code: 'PRINTER',
      data: { problem: 'pdf' },
    })
    expect(lastUsed(test.db)).toBeUndefined()
    expect(await issueRecord(test, test.volunteerId)).toMatchObject({ number: 'ZM-2026-000001' })
  })

  it('says what is true when it is issued, not when its page was begun', async () => {
    const test = openCertificateDesk()
    const second = serve(test, test.volunteerId, 45, { day: '2026-11-21' })
    let times = 0
    test.maker.before = () => {
      times += 1
      if (times === 1) reverseRecord(test.context('manager'), { recordId: second, reason: '替人签到' })
    }
    const certificate = await issueRecord(test, test.volunteerId)
    expect(times).toBe(2)
    expect(certificate).toMatchObject({ number: 'ZM-2026-000001', minutes: 120, sound: true })
    expect(filesOnDisk(test.folder)).toHaveLength(1)
  })

  it('is refused where nothing was confirmed in the period, or no body is named', async () => {
    const test = openCertificateDesk()
    const idle = addVolunteer(test.db)
    await expect(issueRecord(test, idle)).rejects.toMatchObject(invalidFields(['from', 'nothing-confirmed']))
    await expect(
      issueRecord(test, test.volunteerId, { from: '2026-11-21', to: '2026-11-20' }),
    ).rejects.toMatchObject({ code: 'INVALID' })
    await expect(issueRecord(test, 4711)).rejects.toMatchObject(notFound('volunteer'))
    sql(test.db, "DELETE FROM setting WHERE key = 'certificates'")
    await expect(issueRecord(test, test.volunteerId)).rejects.toMatchObject(
      invalidFields(['kind', 'no-body']),
    )
    expect(lastUsed(test.db)).toBeUndefined()
  })

  it('carries two thousand activities of a period on one frozen sheet', async () => {
    const test = openCertificateDesk()
    const busy = addVolunteer(test.db, { name: '李勤' })
    serveDays(test.db, busy, 2000)
    const certificate = await issueRecord(test, busy, { from: '2020-01-01' })
    expect(certificate).toMatchObject({ minutes: 122_000, sound: true })
    const { data } = readDocument(test.db, certificate.documentId)
    expect((data as { details: { count: number; list: unknown[] } }).details.list).toHaveLength(2000)
  })

  it('stands for a void one of the same kind and person, once', async () => {
    const test = openCertificateDesk()
    const other = addVolunteer(test.db)
    serve(test, other, 60, { day: '2026-11-20' })
    const first = await issueRecord(test, test.volunteerId)
    const replacing = (volunteerId: number, id: number, ticket = crypto.randomUUID() as string) =>
      issueCertificate(test.context(), { ...orderOf(recordOf(volunteerId)), replacesId: id, ticket })

    await expect(replacing(test.volunteerId, first.id)).rejects.toMatchObject(conflict('step'))
    voidCertificate(test.context(), { id: first.id, reason: '姓名写错', sheet: 'returned' })
    await expect(replacing(other, first.id)).rejects.toMatchObject(conflict('step'))
    await expect(replacing(test.volunteerId, 4711)).rejects.toMatchObject(notFound('certificate'))

    const { certificate } = await replacing(test.volunteerId, first.id)
    expect(certificate).toMatchObject({
      number: 'ZM-2026-000002',
      replaces: { id: first.id, number: 'ZM-2026-000001' },
    })
    expect(readDocument(test.db, certificate.documentId).data).toMatchObject({ replaces: 'ZM-2026-000001' })
    expect(readCertificate(test.context(), first.id)).toMatchObject({
      standing: 'superseded',
      replacedBy: { id: certificate.id, number: 'ZM-2026-000002' },
      sound: true,
    })
    await expect(replacing(test.volunteerId, first.id)).rejects.toMatchObject(conflict('step'))
    expect(lastUsed(test.db)).toBe(2)
  })

  it('waits in the queue when the printer does not take it, and is not lost by that', async () => {
    const test = openCertificateDesk()
    test.desk.host.print = () => Promise.reject(new PaperProblem('queue'))
    const order = { ...orderOf(recordOf(test.volunteerId)), print: { printer: 'front', copies: 1 } }
    const { certificate, job } = await issueCertificate(test.context(), order)
    expect(certificate).toMatchObject({ standing: 'valid', sound: true })
    // Told with the certificate, so that no screen takes it for one that was not issued.
    expect(job).toMatchObject({ documentId: certificate.documentId, state: 'failed', problem: 'queue' })
    expect(readJob(test.db, job!.id)).toEqual(job)
    // The same wish again is told the same, and sends nothing by itself.
    expect(await issueCertificate(test.context(), order)).toMatchObject({
      certificate: { id: certificate.id },
      job: { id: job!.id, state: 'failed' },
    })
  })

  it('stays the survivor’s after a merge, and as it was issued', async () => {
    const test = openCertificateDesk()
    const twin = addVolunteer(test.db, { name: '王晓明' })
    const certificate = await issueRecord(test, test.volunteerId)
    const [from, into] = [personOf(test.db, test.volunteerId), personOf(test.db, twin)]
    mergePersons(test.context('manager'), { into, from, reason: '同一人' })
    expect(readCertificate(test.context(), certificate.id)).toMatchObject({
      personId: into,
      name: '王小明',
      sound: true,
    })
  })

  it('of eight wishes at once has eight numbers in a row', async () => {
    const test = openCertificateDesk()
    const eight = addVolunteers(test.db, 8)
    for (const volunteerId of eight) serve(test, volunteerId, 60, { day: '2026-11-20' })
    await Promise.all(eight.map((volunteerId) => issueRecord(test, volunteerId)))
    expect(numbersOf(test.db)).toEqual(numbersTo(8))
    for (const { sha256 } of rows<{ sha256: string }>(test.db, 'SELECT sha256 FROM file')) {
      expect(existsSync(pathsOf(test.folder, { kind: 'pdf', sha256 }).whole)).toBe(true)
    }
  })
})
