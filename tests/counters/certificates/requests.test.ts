import { expect, it } from 'vitest'
import { issueCertificate } from '../../../electron/counters/certificates/issue.ts'
import {
  decideRequest,
  listRequests,
  requestCertificate,
} from '../../../electron/counters/certificates/requests.ts'
import { addVolunteer, conflict, forbidden, invalidFields, notFound } from '../volunteers/service.ts'
import { numbersOf, openCertificateDesk, orderOf, recordOf } from './issuing.ts'

const approved = () => {
  const test = openCertificateDesk({ approval: ['record'] })
  const wanted = recordOf(test.volunteerId)
  const { id } = requestCertificate(test.context(), { ticket: crypto.randomUUID(), wanted })
  decideRequest(test.context('manager'), { id, approve: true, reason: '' })
  return { test, wanted, requestId: id }
}

it('asks a second person, and is issued once after the yes', async () => {
  const test = openCertificateDesk({ approval: ['record'] })
  const wanted = recordOf(test.volunteerId)
  await expect(issueCertificate(test.context(), orderOf(wanted))).rejects.toMatchObject(conflict('step'))
  const ticket = crypto.randomUUID()
  const asked = requestCertificate(test.context(), { ticket, wanted })
  expect(requestCertificate(test.context(), { ticket, wanted }).id).toBe(asked.id)
  expect(asked).toMatchObject({
    kind: 'record',
    name: '王小明',
    state: 'waiting',
    requestedBy: { name: '前台' },
    mayDecide: false,
    certificateId: null,
  })
  const order = { ...orderOf(wanted), requestId: asked.id }
  await expect(issueCertificate(test.context(), order)).rejects.toMatchObject(conflict('step'))

  expect(listRequests(test.context('manager'), { state: 'open' })).toMatchObject([{ mayDecide: true }])
  expect(listRequests(test.context('auditor'), { state: 'open' })).toMatchObject([{ mayDecide: false }])
  expect(decideRequest(test.context('manager'), { id: asked.id, approve: true, reason: '' })).toMatchObject({
    state: 'approved',
    decidedBy: '主任',
  })
  // The clerk who asked finds it where what is open stands, to issue it.
  expect(listRequests(test.context(), { state: 'open' })).toMatchObject([
    { id: asked.id, state: 'approved', mayDecide: false },
  ])

  const { certificate } = await issueCertificate(test.context(), order)
  expect(certificate).toMatchObject({ number: 'ZM-2026-000001', approvedBy: '主任' })
  await expect(
    issueCertificate(test.context(), { ...order, ticket: crypto.randomUUID() }),
  ).rejects.toMatchObject(conflict('step'))
  expect(listRequests(test.context(), { state: 'open' })).toEqual([])
  expect(listRequests(test.context(), { state: 'all' })).toMatchObject([{ certificateId: certificate.id }])
})

it('is never approved by who asked', () => {
  const test = openCertificateDesk({ approval: ['record'] })
  const wanted = recordOf(test.volunteerId)
  for (const role of ['clerk', 'manager'] as const) {
    const { id } = requestCertificate(test.context(role), { ticket: crypto.randomUUID(), wanted })
    for (const approve of [true, false]) {
      expect(() => decideRequest(test.context(role), { id, approve, reason: '核对过了' })).toThrow(
        expect.objectContaining(forbidden),
      )
    }
  }
  // Nor is it slipped past the counter.
  expect(() =>
    test.db.prepare("UPDATE certificate_request SET state = 'approved', decided_by = requested_by").run(),
  ).toThrow(/CHECK/)
})

it('is decided once, and a refusal has its reason', async () => {
  const test = openCertificateDesk({ approval: ['record'] })
  const wanted = recordOf(test.volunteerId)
  const { id } = requestCertificate(test.context(), { ticket: crypto.randomUUID(), wanted })
  const refuse = (reason: string) => decideRequest(test.context('manager'), { id, approve: false, reason })
  expect(() => refuse('')).toThrow(expect.objectContaining(invalidFields(['reason', 'required'])))
  expect(refuse('先补确认')).toMatchObject({ state: 'refused', reason: '先补确认' })
  expect(() => refuse('先补确认')).toThrow(expect.objectContaining(conflict('step')))
  await expect(issueCertificate(test.context(), { ...orderOf(wanted), requestId: id })).rejects.toMatchObject(
    conflict('step'),
  )
  expect(() => decideRequest(test.context('manager'), { id: 99, approve: true, reason: '' })).toThrow(
    expect.objectContaining(notFound('certificate-request')),
  )
})

it('is refused after all while nothing was issued, and waits for nobody then', async () => {
  const { test, wanted, requestId: id } = approved()
  const manager = test.context('manager')
  expect(() => decideRequest(manager, { id, approve: true, reason: '' })).toThrow(
    expect.objectContaining(conflict('step')),
  )
  expect(() => decideRequest(test.context(), { id, approve: false, reason: '不要了' })).toThrow(
    expect.objectContaining(forbidden),
  )
  expect(decideRequest(manager, { id, approve: false, reason: '本人不要了' })).toMatchObject({
    ...{ state: 'refused', reason: '本人不要了', mayDecide: false },
  })
  expect(listRequests(test.context(), { state: 'open' })).toEqual([])
  await expect(issueCertificate(test.context(), { ...orderOf(wanted), requestId: id })).rejects.toMatchObject(
    conflict('step'),
  )
})

it('is not refused any more once it is issued', async () => {
  const { test, wanted, requestId: id } = approved()
  await issueCertificate(test.context(), { ...orderOf(wanted), requestId: id })
  expect(() => decideRequest(test.context('manager'), { id, approve: false, reason: '本人不要了' })).toThrow(
    expect.objectContaining(conflict('step')),
  )
})

it.each([
  ['another period', { to: '2026-11-21' }],
  ['another purpose', { purpose: '升学' }],
  ['the seal', { seal: true }],
  ['totals alone', { layout: 'totals' as const }],
])('approves one wish, and not the same with %s', async (_, changed) => {
  const { test, wanted, requestId } = approved()
  await expect(
    issueCertificate(test.context(), { ...orderOf({ ...wanted, ...changed }), requestId }),
  ).rejects.toMatchObject(conflict('step'))
  expect(numbersOf(test.db)).toEqual([])
})

it('is not asked for where nobody has to approve, nor what could not be issued', () => {
  const free = openCertificateDesk()
  const ask = (test: typeof free, volunteerId: number) =>
    requestCertificate(test.context(), { ticket: crypto.randomUUID(), wanted: recordOf(volunteerId) })
  expect(() => ask(free, free.volunteerId)).toThrow(expect.objectContaining(conflict('step')))
  const strict = openCertificateDesk({ approval: ['record'] })
  expect(() => ask(strict, addVolunteer(strict.db))).toThrow(
    expect.objectContaining(invalidFields(['from', 'nothing-confirmed'])),
  )
})
