import type { Contact } from '../../contract/overview.ts'
import type { Outcome } from '../../contract/visit-rounds.ts'
import { rows, type Database } from '../../database/open.ts'
import { momentOf } from '../../workbench/calendar.ts'
import { stillToFollow } from './doors.ts'
import { outcomeWords } from './paper-words.ts'

/** Where a visit stands in a history: its day, and among those of a day its id. */
export type VisitPlace = { day: string; id: number }

/** Whose history: persons by the visits at which they were met, a household by all knocks at its door. */
type Whose = { personIds: readonly number[]; householdId: number | null }

/** A line of a history says what came of it, not all of it. */
const detailLength = 80

type VisitRow = {
  id: number
  householdId: number
  day: string
  time: string | null
  outcome: Outcome
  visitors: string
  needs: string
  themes: string
  note: string
  open: 0 | 1
}

/** Ids of the newest visits after `after`, persons and door each by its own index, without what was crossed out. */
function newestIds(db: Database, { personIds, householdId }: Whose, after: VisitPlace, most: number) {
  const found = new Map<number, VisitPlace>()
  const collect = (from: string, where: string, of: number) =>
    rows<VisitPlace>(
      db,
      `SELECT v.id, v.day FROM ${from} WHERE ${where} AND v.voided = 0 AND (v.day, v.id) < (?, ?)
       ORDER BY v.day DESC, v.id DESC LIMIT ?`,
      of,
      after.day,
      after.id,
      most,
    ).forEach((place) => found.set(place.id, place))
  for (const personId of personIds) {
    collect('visit_met_person m CROSS JOIN visit v ON v.id = m.visit_id', 'm.person_id = ?', personId)
  }
  // Of the knocks at their door a person's history shows beside it only what still waits.
  if (householdId !== null) {
    collect(
      'visit v',
      `v.household_id = ?${personIds.length > 0 ? ` AND ${stillToFollow('v')}` : ''}`,
      householdId,
    )
  }
  return [...found.values()]
    .sort((one, other) => (one.day === other.day ? other.id - one.id : one.day < other.day ? 1 : -1))
    .slice(0, most)
    .map(({ id }) => id)
}

function detailOf({ needs, themes, note }: VisitRow): string {
  const said = [needs && `诉求：${needs}`, themes, note].filter(Boolean).join('；')
  const signs = [...said]
  return signs.length > detailLength ? `${signs.slice(0, detailLength).join('')}…` : said
}

/** Visits of a person or a household, newest first, `most` at the most. `after` = the place of the last one seen. */
export function visitContacts(db: Database, whose: Whose, after: VisitPlace | null, most: number): Contact[] {
  const ids = newestIds(db, whose, after ?? { day: '9999-12-31', id: 0 }, most)
  const found = rows<VisitRow>(
    db,
    `SELECT v.id, v.household_id AS householdId, v.day, v.time, v.outcome, v.note, ${stillToFollow('v')} AS open,
       (SELECT ifnull(group_concat(w.name, '、'), '') FROM visit_visitor vv JOIN visitor w ON w.id = vv.visitor_id
        WHERE vv.visit_id = v.id) AS visitors,
       (SELECT ifnull(group_concat(n.text || ifnull('（' || e.number || '）', ''), '，'), '') FROM visit_need n
        LEFT JOIN enquiry e ON e.id = n.enquiry_id WHERE n.visit_id = v.id) AS needs,
       (SELECT ifnull(group_concat(t.theme || '：' || t.text, '；'), '') FROM visit_theme t
        WHERE t.visit_id = v.id) AS themes
     FROM json_each(?) wanted CROSS JOIN visit v ON v.id = wanted.value ORDER BY wanted.key`,
    JSON.stringify(ids),
  )
  return found.map((row) => ({
    kind: 'visit' as const,
    id: row.id,
    // Somewhere in the middle of the day, when nobody noted the time.
    at: new Date(momentOf(row.day, row.time ?? '12:00')).toISOString(),
    day: row.time === null ? row.day : null,
    householdId: row.householdId,
    volunteerId: null,
    title: `入户走访：${outcomeWords[row.outcome]}`,
    detail: detailOf(row),
    who: row.visitors || null,
    open: row.open === 1,
  }))
}
