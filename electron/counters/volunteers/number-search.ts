import type { Found } from '../../contract/overview.ts'
import { value, type Database } from '../../database/open.ts'
import { activityLines } from './activity-lines.ts'
import { volunteerLine } from './lines.ts'

/**
 * A number of this kind as it is kept, `ZY-2026-000012`, out of any way of writing it: `zy 2026 12`. Null for any other text,
 * which is a question, never an error.
 */
function readNumber(typed: string, kind: 'ZY' | 'HD'): string | null {
  // Longer than any number: not worth folding a megabyte.
  if (typed.length > 40) return null
  const text = typed
    .normalize('NFKC')
    .replace(/[\s\p{Pd}_]/gu, '')
    .toUpperCase()
  if (!text.startsWith(kind)) return null
  const [, year, sequence] = /^(\d{4})(\d{1,6})$/.exec(text.slice(kind.length)) ?? []
  return year === undefined ? null : `${kind}-${year}-${sequence!.padStart(6, '0')}`
}

/** The volunteer whose number was typed. */
export function findVolunteers(db: Database, typed: string, today: string): Found['volunteers'] {
  const number = readNumber(typed, 'ZY')
  const id = number && value<number>(db, 'SELECT id FROM volunteer WHERE number = ?', number)
  const volunteer = id ? volunteerLine(db, id, today) : null
  return volunteer ? [{ volunteer, numberMarks: [[0, volunteer.number.length]] }] : []
}

/** The activity whose number was typed. */
export function findActivities(db: Database, typed: string, today: string): Found['activities'] {
  const number = readNumber(typed, 'HD')
  const id = number && value<number>(db, 'SELECT id FROM activity WHERE number = ?', number)
  return id
    ? activityLines(db, [id], today).map((activity) => ({
        activity,
        numberMarks: [[0, activity.number.length]],
      }))
    : []
}
