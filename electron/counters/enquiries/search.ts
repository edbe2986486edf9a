import type { Found } from '../../contract/overview.ts'
import { rows, value, type Database } from '../../database/open.ts'
import type { Now } from './limits.ts'
import { readLines } from './lines.ts'

type Hit = Found['enquiries'][number]
type Mark = [number, number]

/** Up to eight of a kind stand in the box (contract: overview.search). */
const most = 8
const sequenceStart = 'ZX-2026-'.length

type Candidate = { number: string; marks: Mark[] }

const numberOf = (year: number, sequence: number) => `ZX-${year}-${String(sequence).padStart(6, '0')}`

/** The numbers of one year that end in these digits, the very number first, then the newest. */
function withTail(year: number, last: number, digits: string): Candidate[] {
  const found: number[] = []
  const exact = Number(digits)
  if (exact >= 1 && exact <= last) found.push(exact)
  // Two digits end every hundredth number: no answer to anything.
  if (digits.length >= 3) {
    const step = 10 ** digits.length
    for (let next = exact + Math.floor((last - exact) / step) * step; next > exact; next -= step) {
      if (found.length === most) break
      found.push(next)
    }
  }
  return found.map((sequence) => {
    const number = numberOf(year, sequence)
    return { number, marks: [[Math.max(number.length - digits.length, sequenceStart), number.length]] }
  })
}

/** The numbers that a query may mean: `zx-2026-000123` in any case, `2026-123`, or the digits of a tail. */
function candidates(db: Database, query: string): Candidate[] {
  // Longer than any number: not worth folding a megabyte.
  if (query.length > 40) return []
  const typed = query
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/[—–－_‐−]/g, '-')
    .toUpperCase()
  const whole = /^(?:ZX-?)?(\d{4})-(\d{1,7})$/.exec(typed) ?? /^ZX-?(\d{4})(\d{6,7})$/.exec(typed)
  if (whole) {
    const number = numberOf(Number(whole[1]), Number(whole[2]))
    const mark: Mark = typed.startsWith('ZX') ? [0, number.length] : [3, number.length]
    return [{ number, marks: [mark] }]
  }
  if (!/^\d{2,6}$/.test(typed)) return []
  const years = rows<{ year: number; last: number }>(
    db,
    "SELECT year, last FROM sequence WHERE kind = 'ZX' ORDER BY year DESC LIMIT 3",
  )
  const perYear = years.map(({ year, last }) => withTail(year, last, typed))
  // The very number of each year before the merely similar ones of the newest.
  const exact = perYear.flatMap((found) =>
    found.filter(({ number }) => Number(number.slice(8)) === Number(typed)),
  )
  const similar = perYear.flatMap((found) =>
    found.filter(({ number }) => Number(number.slice(8)) !== Number(typed)),
  )
  return [...exact, ...similar].slice(0, most)
}

/**
 * Ids of the open enquiries of these people, merged records included, in the order of the people and then by day due.
 * One statement for all of them: it runs at every keystroke.
 */
function openOf(db: Database, personIds: readonly number[]): number[] {
  if (personIds.length === 0) return []
  const found = rows<{ id: number; key: number; dueAt: string }>(
    db,
    `WITH RECURSIVE same (key, id) AS (
       SELECT key, value FROM json_each(?)
       UNION ALL SELECT same.key, person.id FROM same CROSS JOIN person ON person.merged_into = same.id)
     SELECT enquiry.id, key, due_at AS dueAt FROM same CROSS JOIN enquiry ON asker_id = same.id
       WHERE open = 1
     UNION ALL
     SELECT enquiry.id, key, due_at FROM same CROSS JOIN enquiry ON subject_id = same.id
       WHERE open = 1`,
    JSON.stringify(personIds),
  )
  found.sort((one, other) => one.key - other.key || one.dueAt.localeCompare(other.dueAt) || one.id - other.id)
  return [...new Set(found.map(({ id }) => id))].slice(0, most)
}

/**
 * Enquiries for the one search: those whose number was typed, then what is open of the people found. Any text is a
 * question, never an error.
 */
export function findEnquiries(db: Database, query: string, personIds: readonly number[], now: Now): Hit[] {
  const marks = new Map<number, Mark[]>()
  for (const candidate of candidates(db, query)) {
    const id = value<number>(db, 'SELECT id FROM enquiry WHERE number = ?', candidate.number)
    if (id !== undefined) marks.set(id, candidate.marks)
  }
  for (const id of openOf(db, personIds)) if (!marks.has(id)) marks.set(id, [])
  const lines = readLines(db, [...marks.keys()].slice(0, most), now)
  return lines.map((enquiry) => ({ enquiry, numberMarks: marks.get(enquiry.id)! }))
}
