import { expect, test } from 'vitest'
import type { Wanted } from '../../../electron/contract/certificate-records.ts'
import { readBatch, startBatch } from '../../../electron/counters/certificates/batches.ts'
import { readDraft } from '../../../electron/counters/certificates/draft.ts'
import { issueCertificate } from '../../../electron/counters/certificates/issue.ts'
import { mergePersons } from '../../../electron/counters/people/merge.ts'
import { readDocument } from '../../../electron/workbench/documents.ts'
import { addActivity, addVolunteers, confirm, line, personOf, save, sql } from '../volunteers/service.ts'
import { issueRecord, openCertificateDesk, orderOf, recordOf, type CertificateDesk } from './issuing.ts'

/** Two records of one resident, each with a number and service of its own, before anybody noticed. */
function registeredTwice() {
  const test = openCertificateDesk()
  const [one, two] = addVolunteers(test.db, 2, { name: '王芳' }) as [number, number]
  const served = (id: number, day: string, starts: string, ends: string) => {
    const activityId = addActivity(test.db, { day, starts, ends })
    save(test, activityId, [line(id, { arrived: starts, left: ends })])
    confirm(test, activityId)
    return activityId
  }
  served(one, '2026-11-02', '09:00', '11:00')
  served(two, '2026-11-03', '14:00', '15:30')
  const merge = () =>
    mergePersons(test.context('manager'), {
      ...{ into: personOf(test.db, one), from: personOf(test.db, two), reason: '登记了两次' },
    })
  return { test, one, two, served, merge }
}

const draftOf = (test: CertificateDesk, volunteerId: number, changed: Partial<Wanted> = {}) =>
  readDraft(test.context(), recordOf(volunteerId, changed))

test('a person of two volunteer numbers has all of their service on one sheet, under both numbers', async () => {
  const { test, one, two, merge } = registeredTwice()
  expect([draftOf(test, one).minutes, draftOf(test, two).minutes]).toEqual([120, 90])
  merge()
  for (const id of [one, two]) {
    const draft = draftOf(test, id)
    expect(draft).toMatchObject({ minutes: 210, activities: 2, problems: [] })
    expect(draft.volunteerNumber).toMatch(/^ZY-2026-\d{6}、ZY-2026-\d{6}$/)
    expect(draft.lines.map(({ day }) => day)).toEqual(['2026-11-02', '2026-11-03'])
  }
  const { documentId, minutes } = await issueRecord(test, two)
  expect(minutes).toBe(210)
  expect(readDocument(test.db, documentId).data).toMatchObject({ hours: '3 小时 30 分', activities: '2' })
})

test('hours that were written under both numbers are certified once, the longer of the two', () => {
  const { test, one, two, merge } = registeredTwice()
  const activityId = addActivity(test.db, { day: '2026-11-05', starts: '09:00', ends: '12:00' })
  save(test, activityId, [line(one, { left: '10:00', reason: '先走' }), line(two, { left: '12:00' })])
  confirm(test, activityId)
  merge()
  expect(draftOf(test, one)).toMatchObject({ minutes: 210 + 180, activities: 3 })
})

test('shifts of one activity under two numbers are both certified, the activity counted once', () => {
  const { test, one, two, merge } = registeredTwice()
  const activityId = addActivity(test.db, { day: '2026-11-05', starts: '09:00', ends: '12:00' })
  save(test, activityId, [
    line(one, { left: '10:00', reason: '上半场' }),
    line(two, { arrived: '10:00', left: '12:00', reason: '下半场' }),
  ])
  confirm(test, activityId)
  merge()
  expect(draftOf(test, one)).toMatchObject({ minutes: 210 + 180, activities: 3 })
})

test('what waits for a second person is named under either number', () => {
  const { test, one, two, merge } = registeredTwice()
  const waiting = addActivity(test.db, { day: '2026-11-20', name: '还没核对' })
  save(test, waiting, [line(two)])
  merge()
  expect(draftOf(test, one).open).toMatchObject([{ activityId: waiting, name: '还没核对' }])
})

test('a certificate of before the merge is told as an earlier one, under either number', async () => {
  const { test, one, two, merge } = registeredTwice()
  const before = await issueRecord(test, two)
  expect(draftOf(test, one).earlier).toEqual([])
  merge()
  for (const id of [one, two]) expect(draftOf(test, id).earlier).toMatchObject([{ number: before.number }])
})

test('a pioneer is found on the frozen list under whichever number the list has', () => {
  const { test, one, two, merge } = registeredTwice()
  merge()
  sql(
    test.db,
    `INSERT INTO pioneer_year (year, state, until_day, unconfirmed, places, published_day, objections_until, locked_at,
       locked_by, frozen_at, frozen_by)
     VALUES (2026, 'locked', '2026-11-22', 0, 3, NULL, NULL, '2026-11-22T01:00:00.000Z', 1, NULL, NULL)`,
  )
  sql(test.db, 'INSERT INTO pioneer_rank VALUES (2026, ?, 2, 210, 2, 0, 0)', one)
  sql(
    test.db,
    `UPDATE pioneer_year SET state = 'frozen', published_day = '2026-11-22', frozen_at = '2026-11-23T01:00:00.000Z',
       frozen_by = 1`,
  )
  for (const id of [one, two])
    expect(draftOf(test, id, { kind: 'pioneer', from: '2026-01-01', to: '2026-12-31' })).toMatchObject({
      rank: 2,
      minutes: 210,
      problems: [],
    })
})

test('a batch gives a person of two numbers one sheet', async () => {
  const { test, one, two, merge } = registeredTwice()
  merge()
  const { volunteerId, personId, ...wanted } = recordOf(one)
  expect([volunteerId, personId]).toEqual([one, null])
  const asked = { ticket: crypto.randomUUID(), title: '两个编号', wanted }
  const { id, total } = startBatch(test.context(), { ...asked, of: { what: 'volunteers', ids: [two, one] } })
  expect(total).toBe(1)
  while (readBatch(test.context(), id).state === 'running')
    await new Promise((resolve) => setImmediate(resolve))
  expect(readBatch(test.context(), id)).toMatchObject({ state: 'done', issued: 1 })
})

test('the statement of an honour never names days in which its hours were not given', async () => {
  const { test, one } = registeredTwice()
  const problemsOf = (kind: Wanted['kind'], from: string | null, to: string | null) =>
    draftOf(test, one, { kind, from, to }).problems
  expect(problemsOf('star', '2026-11-01', '2026-11-02')).toContain('period')
  expect(problemsOf('star', null, null)).not.toContain('period')
  for (const [from, to] of [
    ['2026-03-01', '2026-03-02'],
    ['2026-12-31', '2026-01-01'],
    ['2025-01-01', '2026-12-31'],
    ['2026-01-01', null],
  ] as const)
    expect(problemsOf('pioneer', from, to), `${from} ${to}`).toContain('period')
  expect(problemsOf('pioneer', '2026-01-01', '2026-12-31')).not.toContain('period')
  await expect(
    issueCertificate(test.context(), orderOf(recordOf(one, { kind: 'thanks', from: null, to: null }))),
  ).rejects.toMatchObject({ code: 'INVALID', data: { fields: [{ path: 'words', problem: 'required' }] } })
})
