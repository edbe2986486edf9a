import fc from 'fast-check'
import { expect, test } from 'vitest'
import { closeEnquiry } from '../../../electron/counters/enquiries/life.ts'
import { findEnquiries } from '../../../electron/counters/enquiries/search.ts'
import { mergePersons } from '../../../electron/counters/people/merge.ts'
import { transact, write } from '../../../electron/database/open.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { accept, nowAt, register } from './counter.ts'

const now = nowAt('2026-11-23')
const find = (test: TestDesk, query: string, personIds: number[] = []) =>
  findEnquiries(test.db, query, personIds, now).map(({ enquiry }) => enquiry.number)

/** Lets the next number of a year be this one, as after a long year. */
const jumpTo = (test: TestDesk, year: number, next: number) =>
  transact(test.db, (db) =>
    write(
      db,
      `INSERT INTO sequence (kind, year, last) VALUES ('ZX', ?, ?)
       ON CONFLICT (kind, year) DO UPDATE SET last = excluded.last`,
      year,
      next - 1,
    ),
  )

test.each([
  'ZX-2026-000123',
  'zx-2026-000123',
  ' zx2026000123 ',
  'ＺＸ－２０２６－０００１２３',
  '2026-123',
  '123',
  '000123',
])('%s finds enquiry ZX-2026-000123', (query) => {
  const desk = openTestDesk()
  jumpTo(desk, 2026, 123)
  accept(desk)
  expect(find(desk, query)).toEqual(['ZX-2026-000123'])
})

test('digits find the very number of the newest year first, then the newest that end in them', () => {
  const desk = openTestDesk({ start: '2025-11-24T01:00:00.000Z' })
  jumpTo(desk, 2025, 123)
  accept(desk)
  desk.clock.set('2026-11-23T01:00:00.000Z')
  for (const next of [123, 1123, 2123]) {
    jumpTo(desk, 2026, next)
    accept(desk)
  }
  expect(find(desk, '123')).toEqual(['ZX-2026-000123', 'ZX-2025-000123', 'ZX-2026-002123', 'ZX-2026-001123'])
  expect(find(desk, '2123')).toEqual(['ZX-2026-002123'])
})

test('what was typed is marked in the number', () => {
  const desk = openTestDesk()
  jumpTo(desk, 2026, 1123)
  accept(desk)
  const marked = (query: string) =>
    findEnquiries(desk.db, query, [], now).flatMap(({ enquiry, numberMarks }) =>
      numberMarks.map(([start, end]) => enquiry.number.slice(start, end)),
    )
  expect(marked('123')).toEqual(['123'])
  expect(marked('2026-1123')).toEqual(['2026-001123'])
  expect(marked('zx-2026-001123')).toEqual(['ZX-2026-001123'])
})

test('of the people found their open enquiries follow, also what is asked about them or was asked before a merge', () => {
  const desk = openTestDesk()
  const [one, other, same] = [register(desk, '王英'), register(desk, '李华'), register(desk, '李桦')]
  const about = accept(desk, { askerId: other, subjectId: one })
  const old = accept(desk, { askerId: one })
  closeEnquiry(desk.context(), { id: old.id, version: 1, answer: '已答复' })
  const before = accept(desk, { askerId: same })
  mergePersons(desk.context(), { into: other, from: same, reason: '同一个人' })
  expect(find(desk, '王英', [one])).toEqual([about.number])
  expect(find(desk, '李', [other, one])).toEqual([about.number, before.number])
})

test('eight stand in the box at the most', () => {
  const desk = openTestDesk()
  const asker = register(desk, '王英')
  for (let count = 0; count < 12; count += 1) accept(desk, { askerId: asker })
  expect(find(desk, '王英', [asker])).toHaveLength(8)
})

test('any text is a question, never an error', () => {
  const desk = openTestDesk()
  accept(desk)
  const odd = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '%',
      '"',
      '*',
      "' OR 1=1 --",
      'ZX-',
      'ZX-2026-',
      '2026-',
      '00',
      '0',
      '\0',
      '\ud800',
      '9'.repeat(30),
    ),
    fc.nat().map(String),
    fc.tuple(fc.nat(3000), fc.nat()).map(([year, number]) => `${year}-${number}`),
  )
  fc.assert(
    fc.property(odd, (query) => {
      expect(find(desk, query).length).toBeLessThanOrEqual(8)
    }),
  )
  expect(find(desk, 'x'.repeat(1_000_000))).toEqual([])
})
