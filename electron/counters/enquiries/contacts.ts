import type { Contact } from '../../contract/overview.ts'
import { rows, type Database } from '../../database/open.ts'
import { nameNow } from '../people/lines.ts'
import { isOpen } from './steps.ts'
import type { EnquiryState } from '../../contract/enquiries.ts'

export type Whose = {
  /** The person with the records merged into them; empty for a household's own history. */
  personIds: readonly number[]
  householdId: number | null
}

/** A line of a history says what came of it, not all of it. */
const detailLength = 80

const shorten = (text: string) =>
  text.length > detailLength ? `${[...text].slice(0, detailLength).join('')}…` : text

/** The newest ids below `before`, from each index by itself: nobody's long history is ever read whole. */
function newestIds(db: Database, { personIds, householdId }: Whose, before: number, most: number): number[] {
  const ids = new Set<number>()
  const collect = (where: string, of: number) =>
    rows<{ id: number }>(
      db,
      `SELECT e.id FROM enquiry e WHERE ${where} AND e.id < ? ORDER BY e.id DESC LIMIT ?`,
      of,
      before,
      most,
    ).forEach(({ id }) => ids.add(id))
  for (const personId of personIds) {
    collect('e.asker_id = ?', personId)
    collect('e.subject_id = ?', personId)
  }
  if (householdId !== null) {
    // Of the others at the door a person's history shows only what still waits.
    collect(personIds.length > 0 ? 'e.household_id = ? AND e.open = 1' : 'e.household_id = ?', householdId)
  }
  return [...ids].sort((one, other) => other - one).slice(0, most)
}

type ContactRow = {
  id: number
  accepted_at: string
  title: string
  state: EnquiryState
  answer: string
  who: string | null
  given_name: string
  last_words: string | null
}

const became: Record<EnquiryState, string> = {
  accepted: '已受理，待答复',
  dispatched: '已派单',
  working: '办理中',
  answered: '已答复，待回访',
  closed: '已办结',
  archived: '已办结',
  withdrawn: '已撤回',
  referred: '不属本社区，已上报',
}

function detailOf({ state, answer, last_words }: ContactRow): string {
  const words = state === 'closed' || state === 'archived' || state === 'answered' ? answer : last_words
  if (state === 'accepted' && words) return words
  return words ? `${became[state]}：${words}` : became[state]
}

/** Enquiries of a person or a household, newest first, `most` at the most. `after` = the id of the last one seen. */
export function enquiryContacts(db: Database, whose: Whose, after: number | null, most: number): Contact[] {
  const ids = newestIds(db, whose, after ?? Number.MAX_SAFE_INTEGER, most)
  const found = rows<ContactRow>(
    db,
    `SELECT e.id, e.accepted_at, e.title, e.state, e.answer, ${nameNow('ask')} AS who, e.given_name,
       (SELECT v.text FROM enquiry_event v WHERE v.enquiry_id = e.id AND v.text <> '' ORDER BY v.id DESC LIMIT 1)
         AS last_words
     FROM json_each(?) wanted CROSS JOIN enquiry e ON e.id = wanted.value
     LEFT JOIN person ask ON ask.id = e.asker_id
     ORDER BY e.id DESC`,
    JSON.stringify(ids),
  )
  return found.map((row) => ({
    kind: 'enquiry' as const,
    id: row.id,
    at: row.accepted_at,
    day: null,
    householdId: null,
    volunteerId: null,
    title: row.title,
    detail: shorten(detailOf(row)),
    who: row.who ?? (row.given_name || null),
    open: isOpen(row.state),
  }))
}
