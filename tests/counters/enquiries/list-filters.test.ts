import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { enquiryFilter } from '../../../electron/contract/enquiry-lists.ts'
import { answerKinds, enquiryStates, followUps } from '../../../electron/contract/enquiries.ts'
import { listEnquiries, type Filter } from '../../../electron/counters/enquiries/list.ts'
import type { Now } from '../../../electron/counters/enquiries/limits.ts'
import { openDatabase, rows, type Database } from '../../../electron/database/open.ts'
import { writeDataset } from '../../../seeds/dataset/dataset.ts'
import { root } from '../../fixture.ts'

type Plain = {
  id: number
  state: string
  open: number
  waiting: number
  dueAt: string
  matterId: number | null
  operatorId: number
  departmentId: number | null
  gridId: number | null
  late: number | null
  kind: string | null
  followUp: string | null
  accepted: string
  answered: string | null
  closed: string | null
  rated: string | null
  level: number | null
}

const now: Now = { at: '2026-11-23T09:30:00.000Z', today: '2026-11-23', soonDays: 1 }
const folder = mkdtempSync(join(tmpdir(), 'desk-test-'))
let db: Database
let all: Plain[]

beforeAll(() => {
  writeDataset(folder, root, { years: 1, scale: 0.06 }, () => {})
  db = openDatabase(join(folder, 'desk.sqlite3'))
  all = rows<Plain>(
    db,
    `SELECT e.id, state, open, waiting, due_at AS dueAt, matter_id AS matterId, operator_id AS operatorId,
       lead_id AS departmentId, grid_id AS gridId, late, answer_kind AS kind, follow_up AS followUp,
       accepted_day AS accepted, answered_day AS answered, closed_day AS closed, r.day AS rated, r.level
     FROM enquiry e LEFT JOIN rating r ON r.enquiry_id = e.id`,
  )
})
afterAll(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The same filter, said of one row. */
function fits(row: Plain, { period, rating, ...filter }: Filter): boolean {
  const { state, urgency, late } = filter
  if (state === 'open' ? !row.open : state === 'closed' ? row.open : state !== 'all' && row.state !== state)
    return false
  if (urgency === 'waiting' && !(row.open && row.waiting)) return false
  if (urgency === 'overdue' && !(row.open && !row.waiting && row.dueAt < now.at)) return false
  for (const field of ['matterId', 'operatorId', 'departmentId', 'gridId', 'kind', 'followUp'] as const) {
    if (filter[field] !== undefined && row[field] !== filter[field]) return false
  }
  if (late !== undefined && row.late !== (late ? 1 : 0)) return false
  if (rating && !(rating === 'good' ? row.level! >= 3 : row.level !== null && row.level <= 2)) return false
  if (!period) return true
  const day = row[period.by]
  return day !== null && day >= period.from && day <= period.to
}

/** All pages, one after the other. */
function idsOf(filter: Filter): number[] {
  const found: number[] = []
  for (let after: string | undefined; ;) {
    const page = listEnquiries(db, { ...filter, ...(after ? { after } : {}) }, now, 'manager')
    found.push(...page.rows.map(({ id }) => id))
    if (after === undefined && page.total !== null && page.total < 1000) {
      expect(page.total).toBe(all.filter((row) => fits(row, filter)).length)
    }
    if (page.next === null) return found
    after = page.next
  }
}

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>, freq = 2) =>
  fc.option(arbitrary, { nil: undefined, freq })
const filters = fc
  .record({
    state: fc.constantFrom('open' as const, 'closed' as const, 'all' as const, ...enquiryStates),
    urgency: maybe(fc.constantFrom('overdue' as const, 'waiting' as const), 1),
    matterId: maybe(fc.constantFrom(null, 1, 6, 29, 30, 35), 1),
    operatorId: maybe(fc.integer({ min: 1, max: 6 }), 1),
    departmentId: maybe(fc.constantFrom(null, 1, 17, 20), 1),
    gridId: maybe(fc.integer({ min: 1, max: 3 }), 1),
    late: maybe(fc.boolean(), 1),
    kind: maybe(fc.constantFrom(...answerKinds), 1),
    followUp: maybe(fc.constantFrom(...followUps), 1),
    period: maybe(
      fc.record({
        by: fc.constantFrom('accepted' as const, 'answered' as const, 'closed' as const, 'rated' as const),
        from: fc.constantFrom('2025-11-23', '2026-05-01', '2026-10-20'),
        to: fc.constantFrom('2026-10-31', '2026-11-23'),
      }),
    ),
    rating: maybe(fc.constantFrom('good' as const, 'bad' as const), 1),
    limit: fc.constantFrom(7, 30, 100),
  })
  .map(({ rating, ...filter }) =>
    enquiryFilter.parse(filter.period?.by === 'rated' ? { ...filter, rating } : filter),
  )

it('gives exactly what every combination of filters asks for, page after page', () => {
  let found = 0
  fc.assert(
    fc.property(filters, (filter) => {
      const ids = idsOf(filter)
      found += ids.length
      expect(ids.toSorted((one, other) => one - other)).toEqual(
        all.filter((row) => fits(row, filter)).map(({ id }) => id),
      )
    }),
    { numRuns: 600 },
  )
  expect(found).toBeGreaterThan(1000)
})
