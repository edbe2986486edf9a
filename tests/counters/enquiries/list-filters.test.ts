import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { enquiryFilter, lateWhys } from '../../../electron/contract/enquiry-lists.ts'
import { answerKinds, enquiryStates, followUps } from '../../../electron/contract/enquiries.ts'
import { listEnquiries, type Filter } from '../../../electron/counters/enquiries/list.ts'
import type { Now } from '../../../electron/counters/enquiries/limits.ts'
import {
  openDatabase,
  rows,
  transact,
  write,
  type Database,
  type WritableDatabase,
} from '../../../electron/database/open.ts'
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
  groupId: number | null
  answerDueAt: string
  promiseDay: string | null
  /** Given back or passed on so many times. */
  bounces: number
  leadSent: number
  /** When the first of those that have not reported should have. */
  arriveBy: string | null
}

const now: Now = { at: '2026-11-23T09:30:00.000Z', today: '2026-11-23', soonDays: 1 }
const folder = mkdtempSync(join(tmpdir(), 'desk-test-'))
let db: Database
let all: Plain[]

/**
 * A small desk has few open ones, and hardly a group or a promise: every sixth becomes an open one of any state, many due
 * at the same instant, every seventh one of a group, every fifth has a promise.
 */
function strew(file: WritableDatabase): void {
  for (const id of [1, 2, 3]) {
    write(
      file,
      "INSERT OR IGNORE INTO enquiry_group (id, title, operator_id, created_at) VALUES (?, '漏水', 1, '')",
      id,
    )
  }
  write(file, 'UPDATE enquiry SET group_id = 1 + id % 3 WHERE id % 7 = 0')
  write(file, "UPDATE enquiry SET promise_day = iif(id % 2, '2026-11-20', '2026-12-20') WHERE id % 5 = 0")
  const states = ['accepted', 'dispatched', 'working', 'answered']
  const days = ['2026-11-19', '2026-11-20', '2026-11-23', '2026-11-24', '2026-12-01']
  for (const [index, { id }] of rows<{ id: number }>(
    file,
    'SELECT id FROM enquiry WHERE id % 6 = 0',
  ).entries()) {
    const state = states[index % 4]!
    const waiting = state !== 'dispatched' && index % 9 === 0
    const due = `${days[index % 5]}T15:59:59.999Z`
    write(
      file,
      'UPDATE enquiry SET state = ?, open = 1, due_at = ?, answer_due_at = ?, waiting = ?, waiting_since = ? WHERE id = ?',
      state,
      due,
      due,
      waiting ? 1 : 0,
      waiting ? due : null,
      id,
    )
  }
  // Of those that are out, some have a department that has not reported.
  write(
    file,
    `INSERT INTO assignment (enquiry_id, event_id, department_id, part, state, sent_at, arrive_due_at)
     SELECT e.id, min(v.id), 1, iif(e.id % 4, 'lead', 'assist'), 'sent', '', iif(e.id % 5, '2026-11-20', '2026-11-24')
     FROM enquiry e JOIN enquiry_event v ON v.enquiry_id = e.id
     WHERE e.id % 18 = 0 AND NOT EXISTS (
       SELECT 1 FROM assignment a WHERE a.enquiry_id = e.id AND a.state IN ('sent', 'arrived'))
     GROUP BY e.id`,
  )
}

beforeAll(() => {
  writeDataset(folder, root, { years: 1, scale: 0.06 }, () => {})
  db = openDatabase(join(folder, 'desk.sqlite3'))
  transact(db, strew)
  all = rows<Plain>(
    db,
    `SELECT e.id, state, open, waiting, due_at AS dueAt, matter_id AS matterId, operator_id AS operatorId,
       lead_id AS departmentId, grid_id AS gridId, late, answer_kind AS kind, follow_up AS followUp,
       accepted_day AS accepted, answered_day AS answered, closed_day AS closed, r.day AS rated, r.level, group_id AS groupId,
       answer_due_at AS answerDueAt, promise_day AS promiseDay,
       (SELECT count(*) FROM enquiry_event v WHERE v.enquiry_id = e.id AND v.step IN ('return', 'transfer'))
         AS bounces,
       (SELECT count(*) FROM assignment a WHERE a.enquiry_id = e.id AND a.part = 'lead' AND a.state = 'sent')
         AS leadSent,
       (SELECT min(arrive_due_at) FROM assignment a WHERE a.enquiry_id = e.id AND a.state = 'sent') AS arriveBy
     FROM enquiry e LEFT JOIN rating r ON r.enquiry_id = e.id`,
  )
})
afterAll(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The last instant of today, and of the next working day: a Tuesday. */
const [tonight, tomorrow] = ['2026-11-23T15:59:59.999Z', '2026-11-24T15:59:59.999Z']

const isOut = ({ state }: Plain) => state === 'dispatched' || state === 'working'

/** What an urgency says of an open one whose clock runs. */
const urgent: Record<Exclude<NonNullable<Filter['urgency']>, 'waiting'>, (row: Plain) => boolean> = {
  overdue: ({ dueAt }) => dueAt < now.at,
  today: ({ dueAt }) => dueAt >= now.at && dueAt <= tonight,
  soon: ({ dueAt }) => dueAt > tonight && dueAt <= tomorrow,
  remind: (row) => isOut(row) && row.answerDueAt < '2026-11-22T16:00:00.000Z',
  arrival: (row) => isOut(row) && row.arriveBy !== null && row.arriveBy < now.at,
}

function whyOf({ state, bounces, leadSent }: Plain): NonNullable<Filter['why']> {
  if (state === 'answered') return 'no-follow-up'
  if (bounces >= 2) return 'bounced'
  if (state === 'accepted') return 'at-desk'
  return leadSent ? 'not-arrived' : 'at-department'
}

/** The same filter, said of one row. */
function fits(row: Plain, { period, rating, ...filter }: Filter): boolean {
  const { state, urgency, late } = filter
  if (state === 'open' ? !row.open : state === 'closed' ? row.open : state !== 'all' && row.state !== state)
    return false
  if (urgency === 'waiting' && !(row.open && row.waiting)) return false
  const runs = row.open && !row.waiting
  if (urgency && urgency !== 'waiting' && !(runs && urgent[urgency](row))) return false
  if (filter.why && !(runs && urgent.overdue(row) && whyOf(row) === filter.why)) return false
  if (filter.promiseDue && !(row.promiseDay !== null && row.promiseDay <= now.today)) return false
  for (const field of [
    'matterId',
    'operatorId',
    'departmentId',
    'gridId',
    'groupId',
    'kind',
    'followUp',
  ] as const) {
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

/** Mostly not asked for, so that something is found. */
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>, unasked = 4) =>
  fc.oneof({ arbitrary, weight: 1 }, { arbitrary: fc.constant(undefined), weight: unasked })
const filters = fc
  .record({
    state: fc.constantFrom('open' as const, 'closed' as const, 'all' as const, ...enquiryStates),
    urgency: maybe(
      fc.constantFrom(...(['overdue', 'today', 'soon', 'waiting', 'remind', 'arrival'] as const)),
    ),
    why: maybe(fc.constantFrom(...lateWhys)),
    promiseDue: maybe(fc.constant(true as const)),
    groupId: maybe(fc.integer({ min: 1, max: 3 })),
    matterId: maybe(fc.constantFrom(null, 1, 6, 29, 30, 35)),
    operatorId: maybe(fc.integer({ min: 1, max: 6 })),
    departmentId: maybe(fc.constantFrom(null, 1, 17, 20)),
    gridId: maybe(fc.integer({ min: 1, max: 3 })),
    late: maybe(fc.boolean()),
    kind: maybe(fc.constantFrom(...answerKinds)),
    followUp: maybe(fc.constantFrom(...followUps)),
    period: maybe(
      fc.record({
        by: fc.constantFrom('accepted' as const, 'answered' as const, 'closed' as const, 'rated' as const),
        from: fc.constantFrom('2025-11-23', '2026-05-01', '2026-10-20'),
        to: fc.constantFrom('2026-10-31', '2026-11-23'),
      }),
      1,
    ),
    rating: maybe(fc.constantFrom('good' as const, 'bad' as const), 1),
    limit: fc.constantFrom(7, 30, 100),
  })
  .map(({ rating, ...filter }) =>
    enquiryFilter.parse(filter.period?.by === 'rated' ? { ...filter, rating } : filter),
  )

it('gives exactly what every combination of filters asks for, page after page', () => {
  /** Which filters have found something. */
  const found = new Set<string>()
  fc.assert(
    fc.property(filters, (filter) => {
      const ids = idsOf(filter)
      if (ids.length > 0)
        for (const [name, asked] of Object.entries(filter)) if (asked !== undefined) found.add(name)
      expect(ids.toSorted((one, other) => one - other)).toEqual(
        all.filter((row) => fits(row, filter)).map(({ id }) => id),
      )
    }),
    { numRuns: 1500 },
  )
  // Each of them alone and with others; what never finds anything would prove nothing.
  expect([...found].sort()).toEqual(
    [...new Set([...Object.keys(enquiryFilter.shape)])].filter((name) => name !== 'after').sort(),
  )
})
