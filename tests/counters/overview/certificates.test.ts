import { describe, expect, it } from 'vitest'
import { collectCertificate } from '../../../electron/counters/certificates/collect.ts'
import { issueCertificate } from '../../../electron/counters/certificates/issue.ts'
import { decideRequest, requestCertificate } from '../../../electron/counters/certificates/requests.ts'
import { voidCertificate } from '../../../electron/counters/certificates/void.ts'
import { readContacts } from '../../../electron/counters/overview/contacts.ts'
import { search } from '../../../electron/counters/overview/search.ts'
import { readToday } from '../../../electron/counters/overview/today.ts'
import { value } from '../../../electron/database/open.ts'
import { nowOf } from '../../../electron/counters/enquiries/limits.ts'
import { issueRecord, openCertificateDesk, orderOf, recordOf } from '../certificates/issuing.ts'

const sees = { certificates: true }

async function twoIssued() {
  const test = openCertificateDesk()
  const one = await issueRecord(test, test.volunteerId, { purpose: '应聘' })
  const two = await issueRecord(test, test.volunteerId, { purpose: '升学' })
  const found = (typed: string, of = sees) =>
    search(test.db, typed, nowOf(test.desk), of).certificates.map(({ certificate, numberMarks }) => ({
      number: certificate.number,
      numberMarks,
    }))
  const counts = () => readToday(test.db, nowOf(test.desk), 'clerk', null).certificates
  return { test, one, two, found, counts }
}

describe('certificates across the counters', () => {
  it('are found by number, by its end and by what a scanner read', async () => {
    const { test, one, two, found } = await twoIssued()
    const whole = [{ number: one.number, numberMarks: [[0, one.number.length]] }]
    expect(found(one.number)).toEqual(whole)
    expect(found(`zm ${one.number.slice(3, 7)} ${Number(one.number.slice(-6))}`)).toEqual(whole)
    const code = value<string>(test.db, 'SELECT statement FROM certificate WHERE id = ?', one.id)!
    expect(found(code)).toEqual(whole)
    const end = one.number.length
    expect(found(one.number.slice(-4))).toEqual([{ number: one.number, numberMarks: [[end - 4, end]] }])
    expect(found(two.number.slice(-1))).toEqual([])
    expect(found(one.number, { certificates: false })).toEqual([])
  })

  it('stand in the history of their person, open until they are collected', async () => {
    const { test, one, two } = await twoIssued()
    const personId = value<number>(test.db, 'SELECT person_id FROM certificate WHERE id = ?', one.id)!
    const history = (of = sees) =>
      readContacts(test.db, { personId, householdId: null, limit: 20 }, of).rows.filter(
        ({ kind }) => kind === 'certificate',
      )
    expect(history()).toMatchObject([
      { id: two.id, title: '志愿服务记录证明', detail: `${two.number}，升学`, open: true },
      { id: one.id, detail: `${one.number}，应聘`, open: true },
    ])
    collectCertificate(test.context(), { id: one.id, collector: '王大山', relation: '父亲' })
    voidCertificate(test.context(), { id: two.id, reason: '用途写错', sheet: 'returned' })
    expect(history()).toMatchObject([
      { detail: `${two.number}，升学，已作废`, open: false },
      { detail: `${one.number}，应聘，已领取`, open: false },
    ])
    expect(history({ certificates: false })).toEqual([])
    const first = readContacts(test.db, { personId, householdId: null, limit: 1 }, sees)
    const query = { personId, householdId: null, limit: 1, before: first.next! }
    expect(first.rows[0]!.id).toBe(two.id)
    expect(readContacts(test.db, query, sees).rows[0]!.id).toBe(one.id)
  })

  it('wait in 今日 until they are collected or void, each counted once', async () => {
    const { test, one, two, counts } = await twoIssued()
    expect(counts()).toEqual({ toCollect: 2, toApprove: 0, toIssue: 0 })
    collectCertificate(test.context(), { id: one.id, collector: '王大山', relation: '父亲' })
    expect(counts()).toEqual({ toCollect: 1, toApprove: 0, toIssue: 0 })
    voidCertificate(test.context(), { id: one.id, reason: '用途写错', sheet: 'returned' })
    voidCertificate(test.context(), { id: two.id, reason: '用途写错', sheet: 'returned' })
    expect(counts()).toEqual({ toCollect: 0, toApprove: 0, toIssue: 0 })
    expect(readToday(test.db, nowOf(test.desk), 'teacher', null).certificates).toBeNull()
  })

  it('wait in 今日 for a second person, and then for who issues them', async () => {
    const test = openCertificateDesk({ approval: ['record'] })
    const counts = () => readToday(test.db, nowOf(test.desk), 'clerk', null).certificates
    const wanted = recordOf(test.volunteerId)
    const { id } = requestCertificate(test.context(), { ticket: crypto.randomUUID(), wanted })
    expect(counts()).toEqual({ toCollect: 0, toApprove: 1, toIssue: 0 })
    decideRequest(test.context('manager'), { id, approve: true, reason: '' })
    expect(counts()).toEqual({ toCollect: 0, toApprove: 0, toIssue: 1 })
    await issueCertificate(test.context(), { ...orderOf(wanted), requestId: id })
    expect(counts()).toEqual({ toCollect: 1, toApprove: 0, toIssue: 0 })
  })
})
