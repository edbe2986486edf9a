import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { roles, type Role } from '../../../electron/contract/access.ts'
import { openDatabase, rows, value, type Database } from '../../../electron/database/open.ts'
import type { Host } from '../../../electron/workbench/host.ts'
import { PaperProblem } from '../../../electron/workbench/host.ts'
import { samples } from '../../contract/samples.ts'
import { paperlessHost } from '../../fixture.ts'
import { openHouse } from '../../house.ts'
import { addVolunteers } from '../volunteers/service.ts'
import { numbersOf, numbersTo, recordOf, serveDays } from './issuing.ts'
import { pdfOf } from './pdf-of.ts'

const looks: readonly Role[] = ['clerk', 'manager', 'auditor']
const serves: readonly Role[] = ['clerk', 'manager']
const sets: readonly Role[] = ['manager']

const mayCall: Readonly<Record<string, readonly Role[]>> = {
  ...Object.fromEntries(
    [
      ...['requests', 'certificate', 'list', 'registerPaper', 'registerSheet', 'check', 'keys', 'verifyPage'],
      ...['settings', 'templates', 'batch', 'batches'],
    ].map((name) => [name, looks]),
  ),
  ...Object.fromEntries(
    [
      ...['draft', 'preview', 'request', 'decide', 'issue', 'reprint', 'void', 'collect'],
      ...['startBatch', 'cancelBatch', 'resumeBatch', 'batchPdf'],
    ].map((name) => [name, serves]),
  ),
  ...Object.fromEntries(
    ['rotateKey', 'changeSettings', 'saveTemplate', 'resetTemplate', 'previewTemplate'].map((name) => [
      name,
      sets,
    ]),
  ),
}

const without = (given: object, ...names: string[]) =>
  Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name)))

/** A desk as a host runs it, that may issue; `pages` says of each page whether one comes. Names that nobody else has. */
async function openIssuingHouse(pages: () => boolean = () => true, changed: Partial<Host> = {}) {
  const host: Host = {
    ...paperlessHost,
    toPdf: async ({ html }) => {
      await new Promise((resolve) => setImmediate(resolve))
      if (!pages()) throw new PaperProblem('pdf')
      return pdfOf(html)
    },
    ...changed,
  }
  const house = await openHouse({ host, clock: () => new Date('2026-11-23T01:41:00.000Z') })
  const tokens = {} as Record<Role, string>
  for (const role of roles) tokens[role] = await house.signIn(role)
  const db = openDatabase(join(house.folder, 'desk.sqlite3'))
  onTestFinished(() => void db.close())
  const volunteerIds = addVolunteers(db, 4, { name: '欧阳测' })
  for (const id of volunteerIds) serveDays(db, id, 2)
  const { body } = await house.call('certificates/settings', {}, tokens.manager)
  const said = { ...without(body as object, 'logo', 'seal'), body: '测试社区居民委员会' }
  expect((await house.call('certificates/changeSettings', said, tokens.manager)).status).toBe(200)
  return { house, tokens, db, volunteerIds }
}

test('each procedure is open to the roles that it is meant for, and to nobody else', async () => {
  const { house, tokens } = await openIssuingHouse()
  const paths = Object.keys(samples).filter((path) => path.startsWith('certificates/'))
  expect(paths.map((path) => path.split('/')[1]).sort()).toEqual(Object.keys(mayCall).sort())
  for (const path of paths) {
    for (const role of roles) {
      const { code } = await house.call(path, samples[path], tokens[role])
      const isRefused = code === 'FORBIDDEN'
      expect(isRefused, `${role} ${path}`).toBe(!mayCall[path.split('/')[1]!]!.includes(role))
    }
    expect((await house.call(path, samples[path])).status, path).toBe(401)
  }
})

const order = (volunteerId: number, ticket = crypto.randomUUID() as string) => ({
  ...{ ticket, wanted: recordOf(volunteerId, { from: '2026-01-01' }), requestId: null, replacesId: null },
  print: null,
})

const steps = ['issue', 'twice', 'thanks', 'broken', 'nobody', 'batch', 'void', 'reprint'] as const

const allNumbers = (db: Database, prefix: string) =>
  numbersOf(db).filter((number) => number.startsWith(prefix))

test('whatever calls come at once and fail in between, no number is skipped or given twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...steps), { minLength: 4, maxLength: 14 }),
      fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      async (wishes, failing) => {
        let page = 0
        const pages = () => {
          page += 1
          // At the most three of four pages fail, in a rhythm of their own.
          return page % 5 === 0 || !failing[page % failing.length]
        }
        const { house, tokens, db, volunteerIds } = await openIssuingHouse(pages)
        const told: { ticket: string; number: string }[] = []
        const issue = async (given: ReturnType<typeof order>) => {
          const { status, body, code } = await house.call('certificates/issue', given, tokens.clerk)
          if (status !== 200) return expect(['PRINTER', 'INVALID', 'NOT_FOUND']).toContain(code)
          const { certificate } = body as { certificate: { number: string } }
          told.push({ ticket: given.ticket, number: certificate.number })
        }
        await Promise.all(
          wishes.map(async (wish, nth) => {
            const volunteerId = volunteerIds[nth % volunteerIds.length]!
            const given = order(volunteerId)
            if (wish === 'twice') return Promise.all([issue(given), issue(given)])
            if (wish === 'thanks') {
              const wanted = {
                ...given.wanted,
                kind: 'thanks' as const,
                from: null,
                to: null,
                words: '帮助邻里',
              }
              return issue({ ...given, wanted })
            }
            if (wish === 'broken') return issue({ ...given, wanted: { ...given.wanted, to: '2026-01-02' } })
            if (wish === 'nobody') return issue(order(4711))
            if (wish === 'issue') return issue(given)
            if (wish === 'void') {
              const asked = { id: 1, reason: '写错了', sheet: 'returned' }
              return house.call('certificates/void', asked, tokens.clerk)
            }
            if (wish === 'reprint') {
              const asked = { id: 1, ticket: crypto.randomUUID(), reason: '纸张破损', print: null }
              return house.call('certificates/reprint', asked, tokens.clerk)
            }
            const wanted = without(given.wanted, 'volunteerId', 'personId')
            const of = { what: 'volunteers', ids: volunteerIds }
            const asked = { ticket: crypto.randomUUID(), title: '一批', of, wanted }
            return house.call('certificates/startBatch', asked, tokens.clerk)
          }),
        )
        for (;;) {
          const { body } = await house.call('certificates/batches', {}, tokens.clerk)
          if ((body as { state: string }[]).every(({ state }) => state !== 'running')) break
          await new Promise((resolve) => setImmediate(resolve))
        }
        for (const prefix of ['ZM', 'RY']) {
          const numbers = allNumbers(db, prefix)
          expect(numbers).toEqual(numbersTo(numbers.length, prefix))
          const last =
            value<number>(db, 'SELECT last FROM sequence WHERE kind = ? AND year = 2026', prefix) ?? 0
          expect(last).toBe(numbers.length)
        }
        // What was told is what stands: one number of a ticket.
        const kept = new Map(
          rows<{ ticket: string; number: string }>(db, 'SELECT ticket, number FROM certificate').map(
            ({ ticket, number }) => [ticket, number],
          ),
        )
        for (const { ticket, number } of told) expect(kept.get(ticket)).toBe(number)
        // Every certificate of a batch stands at one place of it, and no place has two.
        expect(
          value(
            db,
            `SELECT count(*) FROM certificate AS c WHERE c.ticket LIKE '%:%'
               AND 1 <> (SELECT count(*) FROM certificate_batch_item WHERE certificate_id = c.id)`,
          ),
        ).toBe(0)
      },
    ),
    { numRuns: 8 },
  )
}, 120_000)

test('neither the log nor the audit holds a name, whatever goes wrong', async () => {
  let fails = false
  const { house, tokens, db, volunteerIds } = await openIssuingHouse(() => !fails, {
    printers: () => Promise.resolve([{ name: 'front', ready: true, isDefault: true }]),
    print: (file) => Promise.reject(new Error(`lp: no such queue for ${file}`)),
  })
  const [id] = volunteerIds as [number]
  const printed = { ...order(id), print: { printer: 'front', copies: 1 } }
  const issued = await house.call('certificates/issue', printed, tokens.clerk)
  expect(issued.body).toMatchObject({
    certificate: { name: '欧阳测', number: 'ZM-2026-000001' },
    job: { state: 'failed', problem: 'queue' },
  })
  const { statement } = (issued.body as { certificate: { statement: string } }).certificate
  const reprint = { id: 1, ticket: crypto.randomUUID(), reason: '纸张破损', print: null }
  expect((await house.call('certificates/reprint', reprint, tokens.clerk)).status).toBe(200)
  fails = true
  expect(await house.call('certificates/issue', order(id), tokens.clerk)).toMatchObject({ code: 'PRINTER' })
  await house.call('certificates/check', { text: statement.replace(/.$/, 'x') }, tokens.auditor)
  await house.call('certificates/collect', { id: 1, collector: '欧阳测', relation: '本人' }, tokens.clerk)
  await house.call('certificates/void', { id: 1, reason: '写错了', sheet: 'lost' }, tokens.clerk)
  await house.call(
    'certificates/registerSheet',
    { from: '2026-11-23', to: '2026-11-23', whole: false },
    tokens.auditor,
  )
  const audit = rows(db, "SELECT * FROM audit WHERE action LIKE 'certificate.%' OR action LIKE 'document.%'")
  expect(audit.length).toBeGreaterThan(6)
  expect(JSON.stringify(audit)).not.toContain('欧阳')
  expect(house.log.join('\n')).not.toContain('欧阳')
})
