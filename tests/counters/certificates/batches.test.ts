import { PDFDocument } from '@cantoo/pdf-lib'
import { expect, it } from 'vitest'
import type { Batch } from '../../../electron/contract/certificate-batches.ts'
import type { Wanted } from '../../../electron/contract/certificate-records.ts'
import { batchPdf } from '../../../electron/counters/certificates/batch-pdf.ts'
import {
  cancelBatch,
  listBatches,
  readBatch,
  resumeBatch,
  startBatch,
} from '../../../electron/counters/certificates/batches.ts'
import type { Of } from '../../../electron/counters/certificates/batch-members.ts'
import { rows, value } from '../../../electron/database/open.ts'
import { PaperProblem } from '../../../electron/workbench/host.ts'
import {
  addActivity,
  addVolunteer,
  addVolunteers,
  confirm,
  conflict,
  line,
  notFound,
  save,
  serve,
  sql,
} from '../volunteers/service.ts'
import {
  issueRecord,
  nameBody,
  numbersOf,
  numbersTo,
  openCertificateDesk,
  type CertificateDesk,
} from './issuing.ts'

const wanted: Omit<Wanted, 'volunteerId' | 'personId'> = {
  kind: 'record',
  from: '2026-11-01',
  to: '2026-11-22',
  layout: 'list',
  purpose: '应聘',
  words: '',
  seal: false,
}
const batchOf = (of: Of, changed: Partial<typeof wanted> = {}) => ({
  ticket: crypto.randomUUID() as string,
  title: '河边清洁',
  of,
  wanted: { ...wanted, ...changed },
})

/** So many volunteers with an hour each. */
function served(test: CertificateDesk, count: number): number[] {
  const ids = addVolunteers(test.db, count)
  for (const id of ids) serve(test, id, 60, { day: '2026-11-20' })
  return ids
}

/** The batch once nothing moves in it any more. */
async function over(test: CertificateDesk, id: number): Promise<Batch> {
  for (;;) {
    const batch = readBatch(test.context(), id)
    if (batch.state !== 'running') return batch
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const volunteersOf = (test: CertificateDesk) =>
  rows<{ id: number }>(test.db, 'SELECT volunteer_id AS id FROM certificate ORDER BY certificate.id').map(
    ({ id }) => id,
  )

it('issues everybody of an activity once, in order, and gives one PDF of all sheets', async () => {
  const test = openCertificateDesk()
  const ids = addVolunteers(test.db, 4)
  const activityId = addActivity(test.db, { day: '2026-11-20' })
  save(
    test,
    activityId,
    ids.slice(0, 3).map((id) => line(id)),
  )
  confirm(test, activityId)
  const asked = batchOf({ what: 'activity', id: activityId })
  const started = startBatch(test.context(), asked)
  expect(started).toMatchObject({ state: 'running', total: 3, issued: 0, failed: 0, title: '河边清洁' })
  expect(startBatch(test.context(), asked).id).toBe(started.id)
  const done = await over(test, started.id)
  expect(done).toMatchObject({ state: 'done', issued: 3, failed: 0, operator: '前台' })
  expect(done.items.map(({ certificate }) => certificate?.number)).toEqual(numbersTo(3))
  expect(volunteersOf(test)).toEqual(ids.slice(0, 3))
  expect(test.published).toContainEqual({ topic: 'certificate-batch', id: started.id })
  expect(listBatches(test.context())).toMatchObject([{ id: started.id, state: 'done', issued: 3 }])

  const { fileName, base64 } = await batchPdf(test.context(), { id: started.id })
  expect(fileName).toBe('河边清洁.pdf')
  expect((await PDFDocument.load(Buffer.from(base64, 'base64'))).getPageCount()).toBe(3)
  expect(() => cancelBatch(test.context(), { id: started.id })).toThrow(
    expect.objectContaining(conflict('step')),
  )
  expect(() => resumeBatch(test.context(), { id: started.id })).toThrow(
    expect.objectContaining(conflict('step')),
  )
})

it('means who is in a team today, the frozen pioneers in their order, or those who are named', async () => {
  const test = openCertificateDesk()
  const [one, two, three] = served(test, 3) as [number, number, number]
  sql(test.db, "INSERT INTO team_member (team_id, volunteer_id, from_day) VALUES (1, ?, '2026-01-01')", two)
  sql(
    test.db,
    "INSERT INTO team_member (team_id, volunteer_id, from_day, to_day) VALUES (1, ?, '2026-01-01', '2026-10-01')",
    one,
  )
  await over(test, startBatch(test.context(), batchOf({ what: 'team', id: 1 })).id)
  expect(volunteersOf(test)).toEqual([two])
  await over(test, startBatch(test.context(), batchOf({ what: 'volunteers', ids: [three, one, three] })).id)
  expect(volunteersOf(test)).toEqual([two, three, one])
  for (const [of, what] of [
    [{ what: 'team', id: 99 }, 'team'],
    [{ what: 'activity', id: 99 }, 'activity'],
    [{ what: 'pioneers', year: 2024 }, 'pioneer-year'],
    [{ what: 'volunteers', ids: [one, 99] }, 'volunteer'],
  ] as const) {
    expect(() => startBatch(test.context(), batchOf(of as Of))).toThrow(
      expect.objectContaining(notFound(what)),
    )
  }
  expect(() => startBatch(test.context(), batchOf({ what: 'team', id: 2 }))).toThrow(
    expect.objectContaining(conflict('step')),
  )
})

it('gives the pioneers of a frozen year their honour to the last place, in the order of the list', async () => {
  const test = openCertificateDesk()
  const ids = addVolunteers(test.db, 6)
  sql(
    test.db,
    `INSERT INTO pioneer_year (year, state, until_day, unconfirmed, places, published_day, objections_until, locked_at,
       locked_by) VALUES (2025, 'locked', '2025-12-31', 0, 4, NULL, NULL, '2026-01-05T01:00:00.000Z', 1)`,
  )
  // Two share the second place and two the fourth; one was taken off the list, and one stands behind its last place.
  const ranks = [4, 2, null, 1, 2, 4, 6]
  const last = addVolunteer(test.db)
  ;[...ids, last].forEach((id, nth) =>
    sql(test.db, 'INSERT INTO pioneer_rank VALUES (2025, ?, ?, ?, 3, 0, 0)', id, ranks[nth], 600 - 60 * nth),
  )
  const year = { kind: 'pioneer' as const, from: '2025-01-01', to: '2025-12-31' }
  const asked = () => batchOf({ what: 'pioneers', year: 2025 }, year)
  expect(() => startBatch(test.context(), asked())).toThrow(expect.objectContaining(conflict('step')))
  sql(
    test.db,
    `UPDATE pioneer_year SET state = 'frozen', published_day = '2026-01-06', frozen_at = '2026-01-20T01:00:00.000Z',
       frozen_by = 1`,
  )
  const done = await over(test, startBatch(test.context(), asked()).id)
  expect(done).toMatchObject({ state: 'done', total: 5, issued: 5, failed: 0 })
  expect(volunteersOf(test)).toEqual([ids[3], ids[1], ids[4], ids[0], ids[5]])
  expect(numbersOf(test.db)).toEqual(numbersTo(5, 'RY'))
  // What stands on each is the frozen list, whatever the records say since.
  const sheets = rows<{ data: string; minutes: number }>(
    test.db,
    'SELECT d.data, c.minutes FROM certificate AS c JOIN document AS d ON d.id = c.document_id ORDER BY c.id',
  ).map(({ data, minutes }) => ({ ...(JSON.parse(data) as { honour: string; sentence: string }), minutes }))
  expect(sheets.map(({ minutes }) => minutes)).toEqual([420, 540, 360, 600, 300])
  for (const { honour, sentence, minutes } of sheets) {
    expect(honour).toBe('2025年度志愿先锋')
    expect(sentence).toContain(`2025 年度志愿服务中奉献 ${minutes / 60} 小时`)
  }
})

it('stops after the one that is being made when cancelled, and goes on without gap or double', async () => {
  const test = openCertificateDesk()
  const ids = served(test, 6)
  const { id } = startBatch(test.context(), batchOf({ what: 'volunteers', ids }))
  test.maker.before = () => {
    if (test.maker.made === 2) cancelBatch(test.context(), { id })
  }
  expect(await over(test, id)).toMatchObject({ state: 'cancelled' })
  while (numbersOf(test.db).length < 3) await new Promise((resolve) => setImmediate(resolve))
  expect(() => cancelBatch(test.context(), { id })).toThrow(expect.objectContaining(conflict('step')))
  test.maker.before = () => {}
  resumeBatch(test.context(), { id })
  expect(await over(test, id)).toMatchObject({ state: 'done', issued: 6 })
  expect(numbersOf(test.db)).toEqual(numbersTo(6))
  expect(volunteersOf(test)).toEqual(ids)
})

it('names who could not get one and why, and takes them up again once that is mended', async () => {
  const test = openCertificateDesk()
  const [one, two] = served(test, 2) as [number, number]
  const idle = addVolunteer(test.db)
  test.maker.before = () => (test.maker.made === 1 ? Promise.reject(new PaperProblem('pdf')) : undefined)
  const { id } = startBatch(test.context(), batchOf({ what: 'volunteers', ids: [one, idle, two] }))
  const first = await over(test, id)
  expect(first).toMatchObject({ state: 'done', issued: 1, failed: 2 })
  expect(first.items.map(({ problem }) => problem)).toEqual(['', 'nothing-confirmed', 'pdf'])
  test.maker.before = () => {}
  serve(test, idle, 30, { day: '2026-11-19' })
  resumeBatch(test.context(), { id })
  expect(await over(test, id)).toMatchObject({ state: 'done', issued: 3, failed: 0 })
  expect(numbersOf(test.db)).toEqual(numbersTo(3))
})

it('stands aside for nobody and loses no number to a certificate issued at the desk meanwhile', async () => {
  const test = openCertificateDesk()
  const ids = served(test, 5)
  const { id } = startBatch(test.context(), batchOf({ what: 'volunteers', ids }))
  await Promise.all([issueRecord(test, test.volunteerId), issueRecord(test, test.volunteerId)])
  expect(await over(test, id)).toMatchObject({ state: 'done', issued: 5 })
  expect(numbersOf(test.db)).toEqual(numbersTo(7))
})

it('is started by a manager alone where a second person has to approve', async () => {
  const test = openCertificateDesk()
  const ids = served(test, 1)
  nameBody(test, ['record'])
  const asked = batchOf({ what: 'volunteers', ids })
  expect(() => startBatch(test.context(), asked)).toThrow(expect.objectContaining(conflict('step')))
  const { id } = startBatch(test.context('manager'), asked)
  expect(await over(test, id)).toMatchObject({ state: 'done', issued: 1 })
})

it('stops where it was when a second person has to approve from now on, and goes on by the manager’s word', async () => {
  const test = openCertificateDesk()
  const ids = served(test, 3)
  test.maker.before = () => {
    if (test.maker.made === 1) nameBody(test, ['record'])
  }
  const { id } = startBatch(test.context(), batchOf({ what: 'volunteers', ids }))
  expect(await over(test, id)).toMatchObject({ state: 'stopped', issued: 1, failed: 0 })
  test.maker.before = () => {}
  expect(() => resumeBatch(test.context(), { id })).toThrow(expect.objectContaining(conflict('step')))
  resumeBatch(test.context('manager'), { id })
  expect(await over(test, id)).toMatchObject({ state: 'done', issued: 3 })
  expect(numbersOf(test.db)).toEqual(numbersTo(3))
})

it('reads as stopped when the file was closed under it, and goes on in the next desk', async () => {
  const test = openCertificateDesk()
  const ids = served(test, 3)
  let closed = false
  const desk = { ...test.desk }
  const context = { ...test.context(), desk }
  test.maker.before = () => {
    if (test.maker.made === 1) closed = true
    // As after a restored backup: this desk is over, and whoever is making a page for it never comes back.
    return closed ? new Promise(() => {}) : undefined
  }
  const { id } = startBatch(context, batchOf({ what: 'volunteers', ids }))
  while (!closed) await new Promise((resolve) => setImmediate(resolve))
  test.maker.before = () => {}
  expect(readBatch(test.context(), id)).toMatchObject({ state: 'stopped', issued: 1 })
  resumeBatch(test.context(), { id })
  expect(await over(test, id)).toMatchObject({ state: 'done', issued: 3 })
  expect(numbersOf(test.db)).toEqual(numbersTo(3))
  expect(value(test.db, 'SELECT count(DISTINCT volunteer_id) FROM certificate')).toBe(3)
})
