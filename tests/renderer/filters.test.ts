import fc from 'fast-check'
import { expect, test } from 'vitest'
import { enquiryFilter, keptFilter, lateWhys } from '../../electron/contract/enquiry-lists.ts'
import { answerKinds, enquiryStates, followUps } from '../../electron/contract/enquiry-record.ts'
import {
  filterKey,
  fromQuery,
  rowsOf,
  tidy,
  toQuery,
  type Filter,
} from '../../renderer/counters/enquiries/filters.ts'

const today = '2026-11-23'

const id = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const period = fc.record({
  by: fc.constantFrom('accepted' as const, 'answered' as const, 'closed' as const, 'rated' as const),
  from: fc.oneof(day, fc.constant(today)),
  to: fc.oneof(day, fc.constant(today)),
})
/** Anything that the contract lets through, sensible or not. */
const anyFilter: fc.Arbitrary<Filter> = fc.record(
  {
    state: fc.constantFrom('open' as const, 'closed' as const, 'all' as const, ...enquiryStates),
    urgency: fc.constantFrom(...enquiryFilter.shape.urgency.unwrap().options),
    promiseDue: fc.constant(true as const),
    why: fc.constantFrom(...lateWhys),
    matterId: fc.oneof(id, fc.constant(null)),
    operatorId: id,
    departmentId: fc.oneof(id, fc.constant(null)),
    gridId: id,
    groupId: id,
    period,
    late: fc.boolean(),
    kind: fc.constantFrom(...answerKinds),
    followUp: fc.constantFrom(...followUps),
    rating: fc.constantFrom('good' as const, 'bad' as const),
  },
  { requiredKeys: [] },
)

const words = [
  ...['open', 'closed', 'all', 'overdue', 'today', 'waiting', 'answered', 'archived', 'nonsense', '', '0'],
  ...['none', 'desk', 'due', 'yes', 'no', '7', '-7', '1e3', '007', '99999999999999999999', 'bounced', 'good'],
  ...['2026-11-01', '2026-02-30', '2026-11-01..2026-11-23', '2026-11-23..2026-11-01', '2026-11-01..x', '..'],
]
const keys = [
  ...[
    'show',
    'due',
    'why',
    'promise',
    'matter',
    'dept',
    'grid',
    'by',
    'group',
    'accepted',
    'answered',
    'closed',
  ],
  ...['rated', 'late', 'kind', 'call', 'rating', '__proto__', 'state', 'q'],
]
/** An address that somebody edited by hand, or that an older version wrote. */
const anyQuery = fc.dictionary(
  fc.constantFrom(...keys),
  fc.oneof(fc.constantFrom(...words), fc.string(), fc.constant(null), fc.array(fc.constantFrom(...words))),
)

test('an address keeps every filter that makes sense', () => {
  fc.assert(
    fc.property(anyFilter, (filter) => {
      expect(fromQuery(toQuery(filter, today), today)).toEqual(tidy(filter))
    }),
  )
})

test('whatever stands in an address, the desk accepts the filter it makes, and it is written back the same', () => {
  fc.assert(
    fc.property(anyQuery, (query) => {
      const filter = fromQuery(query, today)
      expect(keptFilter.parse(filter)).toEqual(filter)
      expect(fromQuery(toQuery(filter, today), today)).toEqual(filter)
    }),
  )
})

test('two filters have one key only when they are the same', () => {
  fc.assert(
    fc.property(anyFilter, anyFilter, (one, other) => {
      expect(filterKey(one)).toBe(filterKey(tidy(one)))
      const same = filterKey(one) === filterKey(other)
      if (same) expect(tidy(one)).toEqual(tidy(other))
    }),
  )
})

test('the plain list of what waits has a plain address', () => {
  expect(rowsOf({}, today)).toEqual({ path: '/enquiries', query: {} })
  expect(rowsOf({ state: 'open', urgency: 'overdue' }, today).query).toEqual({ show: 'overdue' })
  expect(rowsOf({ state: 'answered', urgency: 'overdue' }, today).query).toEqual({
    show: 'answered',
    due: 'overdue',
  })
})

test('the desk and “no matter” can be asked for by name', () => {
  const filter = { urgency: 'overdue', why: 'bounced', departmentId: null, matterId: null } as const
  const { query } = rowsOf(filter, today)
  expect(query).toEqual({ show: 'overdue', why: 'bounced', dept: 'desk', matter: 'none' })
  expect(fromQuery(query, today)).toEqual(filter)
})

test('a list of today is a list of tomorrow, tomorrow', () => {
  const { query } = rowsOf({ state: 'all', period: { by: 'accepted', from: today, to: today } }, today)
  expect(query).toEqual({ show: 'all', accepted: 'today' })
  expect(fromQuery(query, '2026-11-24').period).toEqual({
    by: 'accepted',
    from: '2026-11-24',
    to: '2026-11-24',
  })
})

test.each([
  ['a day that does not exist', { closed: '2026-02-29..2026-03-01' }],
  ['a span that ends before it begins', { closed: '2026-03-02..2026-03-01' }],
  ['a number that is no id', { matter: '-3', dept: '1.5', grid: '0' }],
  ['a key given twice', { show: ['overdue', 'today'] }],
  ['a rating without its days', { rating: 'bad' }],
])('%s is ignored', (_, query) => {
  expect(fromQuery(query, today)).toEqual({})
})

test('nothing is due of what is closed, and a reason for lateness means late', () => {
  expect(fromQuery({ show: 'closed', due: 'overdue', why: 'bounced', promise: 'due' }, today)).toEqual({
    state: 'closed',
  })
  expect(fromQuery({ why: 'at-desk' }, today)).toEqual({ urgency: 'overdue', why: 'at-desk' })
})
