import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { openHouse, type House } from '../../house.ts'
import { fakeHost } from './fake-host.ts'

/** A desk as a host runs it, with one receipt issued by the clerk. */
async function open() {
  const host = fakeHost()
  const house = await openHouse({ host, clock: () => new Date('2026-11-23T01:41:00.000Z') })
  const clerk = await house.signIn('clerk')
  const made = await house.call(
    'enquiries/accept',
    {
      title: '高龄津贴怎么办',
      words: '',
      matterId: null,
      channel: '窗口',
      askerId: null,
      givenName: '',
      givenPhone: '',
      anonymous: true,
      subjectId: null,
      answer: '',
      ticket: randomUUID(),
    },
    clerk,
  )
  const { id } = made.body as { id: number }
  const paper = { id, paper: 'receipt', assignmentId: null }
  const { documentId } = (await house.call('enquiries/paper', paper, clerk)).body as { documentId: number }
  return { house, host, clerk, documentId }
}

const fetched = (house: House, path: string) => house.desk.fetch(new Request(`http://127.0.0.1${path}`))

test('a receipt is shown as a page and saved as a PDF, each once', async () => {
  const { house, clerk, documentId } = await open()
  const shown = (await house.call('documents/show', { id: documentId }, clerk)).body as Record<string, string>
  expect(shown).toMatchObject({ title: '受理回执 ZX-2026-000001', fileName: '受理回执 ZX-2026-000001.pdf' })
  for (const [path, type] of [
    [shown.html!, 'text/html; charset=utf-8'],
    [shown.pdf!, 'application/pdf'],
  ] as const) {
    const response = await fetched(house, path)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type])
    expect((await fetched(house, path)).status).toBe(404)
  }
})

test('a receipt opens in the system by its own name', async () => {
  const { house, host, clerk, documentId } = await open()
  expect((await house.call('documents/open', { id: documentId }, clerk)).status).toBe(200)
  expect(host.opened.map((path) => [basename(path), existsSync(path)])).toEqual([
    ['受理回执 ZX-2026-000001.pdf', true],
  ])
})

test('a printed receipt waits for the look of a clerk', async () => {
  const { house, clerk, documentId } = await open()
  const job = await house.call('documents/print', { id: documentId, printer: '前台' }, clerk)
  expect(job.body).toMatchObject({ state: 'spooled', copies: 1 })
  expect((await house.call('documents/pending', {}, clerk)).body).toEqual([job.body])
  const confirmed = await house.call('documents/confirm', { jobId: 1, printed: false }, clerk)
  expect(confirmed.body).toMatchObject({ state: 'failed', problem: 'no-paper' })
  expect((await house.call('documents/pending', {}, clerk)).body).toEqual([])
})

test('the auditor may look at a document but not print it', async () => {
  const { house, documentId } = await open()
  const auditor = await house.signIn('auditor')
  expect((await house.call('documents/show', { id: documentId }, auditor)).status).toBe(200)
  const refused = await house.call('documents/print', { id: documentId, printer: '前台' }, auditor)
  expect(refused.code).toBe('FORBIDDEN')
})

test('a teacher sees receipts, and of the papers of visits, volunteers and certificates not that they are there', async () => {
  const { house, host, clerk, documentId } = await open()
  const home = { gridId: null, estate: '', door: '3栋2单元501', note: '' }
  const { id: householdId } = (await house.call('people/addHousehold', home, clerk)).body as { id: number }
  const made = await house.call('visits/registrationPaper', { householdId }, clerk)
  const { documentId: form } = made.body as { documentId: number }
  const teacher = await house.signIn('teacher')
  expect((await house.call('documents/show', { id: documentId }, teacher)).status).toBe(200)
  for (const way of ['show', 'open', 'print']) {
    const input = way === 'print' ? { id: form, printer: 'desk', copies: 1 } : { id: form }
    expect((await house.call(`documents/${way}`, input, teacher)).status, way).toBe(404)
  }
  expect(host.opened).toEqual([])
  expect((await house.call('documents/show', { id: form }, clerk)).status).toBe(200)

  // Nor by the way of its print job: its title says whose it is, and sent again it would come out.
  await house.call('documents/print', { id: form, printer: '前台' }, clerk)
  await house.call('documents/print', { id: documentId, printer: '前台' }, clerk)
  const seen = async (who: string) => {
    const { stuck } = (await house.call('documents/queue', {}, who)).body as { stuck: unknown[] }
    const pending = (await house.call('documents/pending', {}, who)).body as unknown[]
    const today = (await house.call('overview/today', {}, who)).body as { papersToCheck: number }
    return [stuck.length, pending.length, today.papersToCheck]
  }
  expect(await seen(clerk)).toEqual([2, 2, 2])
  expect(await seen(teacher)).toEqual([1, 1, 1])
  const again = { jobId: 1, printer: '前台', copies: 1 }
  expect(await house.call('documents/sendAgain', again, teacher)).toMatchObject({ status: 404 })
  expect(await house.call('documents/confirm', { jobId: 1, printed: true }, teacher)).toMatchObject({
    status: 404,
  })
  await house.call('documents/confirm', { jobId: 1, printed: true }, clerk)
  const ended = async (who: string) =>
    ((await house.call('documents/queue', {}, who)).body as { ended: unknown[] }).ended.length
  expect([await ended(clerk), await ended(teacher)]).toEqual([1, 0])
})
