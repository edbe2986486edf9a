import type { EnquiryLine } from '../../contract/enquiries.ts'
import { row, rows, value, type Database } from '../../database/open.ts'
import { addDays } from '../../workbench/calendar.ts'
import { personAndMerged, survivor } from '../people/lines.ts'
import type { Now } from './limits.ts'
import { readLines } from './lines.ts'

type Because = 'person' | 'household' | 'near'
export type Similar = EnquiryLine & { because: Because; version: number }

/** What came longer ago is another story, unless it still waits. */
const lookBackDays = 365
/** Of each person and door only the newest are looked at. */
const mostLookedAt = 40
const mostShown = 5

type Candidate = { id: number; open: 0 | 1; matterId: number | null; because: Because }

function newest(db: Database, column: 'asker_id' | 'subject_id' | 'household_id', of: number, since: string) {
  return rows<Omit<Candidate, 'because'>>(
    db,
    `SELECT id, open, matter_id AS matterId FROM enquiry
     WHERE ${column} = ? AND (open = 1 OR accepted_day >= ?) AND state <> 'withdrawn' ORDER BY id DESC LIMIT ?`,
    of,
    since,
    mostLookedAt,
  )
}

/** Open ones of the same matter at other doors of the same building: perhaps one leak. */
function near(db: Database, householdId: number, matterId: number): Omit<Candidate, 'because'>[] {
  const home = row<{ estate: string; building: string }>(
    db,
    'SELECT estate, building FROM household WHERE id = ?',
    householdId,
  )
  if (!home) return []
  return rows(
    db,
    `SELECT e.id, e.open, e.matter_id AS matterId FROM enquiry e INDEXED BY enquiry_open_due
     CROSS JOIN household h ON h.id = e.household_id
     WHERE e.open = 1 AND e.matter_id = ? AND h.estate = ? AND h.building = ? AND h.id <> ?
     ORDER BY e.id DESC LIMIT ?`,
    matterId,
    home.estate,
    home.building,
    householdId,
    mostShown,
  )
}

export type Asked = {
  askerId: number | null
  subjectId: number | null
  matterId: number | null
  except: number | null
}

/**
 * Earlier enquiries that this one may repeat, open ones first: of the same people (an open one of any matter, or one of
 * this matter within a year), or at the same door of the same matter; then open ones nearby. Five at the most.
 */
export function findSimilar(db: Database, asked: Asked, now: Now): Similar[] {
  const { askerId, subjectId, matterId, except } = asked
  const since = addDays(now.today, -lookBackDays)
  const found: Candidate[] = []
  const persons = [askerId, subjectId].flatMap((id) => {
    const kept = id === null ? null : survivor(db, id)
    return kept === null ? [] : personAndMerged(db, kept)
  })
  const alike = (one: Omit<Candidate, 'because'>) => matterId !== null && one.matterId === matterId
  for (const person of new Set(persons)) {
    const own = [...newest(db, 'asker_id', person, since), ...newest(db, 'subject_id', person, since)]
    for (const one of own) if (one.open === 1 || alike(one)) found.push({ ...one, because: 'person' })
  }
  const home = [subjectId, askerId]
    .map((id) => value<number | null>(db, 'SELECT household_id FROM person WHERE id = ?', id) ?? null)
    .find((id) => id !== null)
  if (home !== undefined) {
    for (const one of newest(db, 'household_id', home, since)) {
      if (alike(one)) found.push({ ...one, because: 'household' })
    }
    if (matterId !== null)
      found.push(...near(db, home, matterId).map((one) => ({ ...one, because: 'near' as const })))
  }
  const rank = { person: 0, household: 1, near: 2 }
  found.sort(
    (one, other) => other.open - one.open || rank[one.because] - rank[other.because] || other.id - one.id,
  )
  const because = new Map<number, Because>()
  for (const one of found) if (one.id !== except && !because.has(one.id)) because.set(one.id, one.because)
  const ids = [...because.keys()].slice(0, mostShown)
  return readLines(db, ids, now).map((line) => ({
    ...line,
    because: because.get(line.id)!,
    version: value<number>(db, 'SELECT version FROM enquiry WHERE id = ?', line.id)!,
  }))
}
