import { randomUUID } from 'node:crypto'
import type { Need, Visit } from '../../contract/visit-records.ts'
import { value, write, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { acceptWithin } from '../enquiries/accept.ts'
import { readVisit } from './read-visits.ts'

/** How a need is to be taken up; `askerId` null: by the household, known by its door alone. */
export type Raising = { title: string; matterId: number | null; askerId: number | null }
export type NewNeed = { theme: Need['theme']; text: string; enquiry: Raising | null }

/** What became of a need inside a running act: for the audit and for the screens that show it. */
export type Raised = { enquiryId: number; persons: number[]; noted: Record<string, unknown> }

type By = { now: Date; operatorId: number }

/** Makes a numbered enquiry of a need, at the door of its visit; part of the caller's act. */
export function raiseWithin(
  db: WritableDatabase,
  need: { id: number; householdId: number; text: string } & Raising,
  by: By,
): Raised {
  const { title, text, matterId, askerId } = need
  const asked = {
    title,
    words: text,
    matterId,
    channel: '走访' as const,
    askerId,
    // Known by the door, not anonymous: somebody can go there again.
    givenName: askerId === null ? '住户' : '',
    givenPhone: '',
    anonymous: false,
    subjectId: null,
    answer: '',
    ticket: randomUUID(),
  }
  const { id, persons, noted } = acceptWithin(db, asked, { ...by, door: need.householdId })
  write(db, 'UPDATE visit_need SET enquiry_id = ? WHERE id = ?', id, need.id)
  return { enquiryId: id, persons, noted }
}

/** Writes a need of a visit, and its enquiry when it is to become one; part of the caller's act. */
export function insertNeed(
  db: WritableDatabase,
  visit: { id: number; householdId: number },
  { theme, text, enquiry }: NewNeed,
  by: By,
): Raised | null {
  const { id } = write(
    db,
    'INSERT INTO visit_need (visit_id, theme, text) VALUES (?, ?, ?)',
    visit.id,
    theme,
    text,
  )
  return enquiry && raiseWithin(db, { id, householdId: visit.householdId, text, ...enquiry }, by)
}

/** Screens that show what became of these needs. */
export const raisedTopics = (raised: readonly Raised[]) =>
  raised.flatMap(({ enquiryId, persons }) => [
    `enquiry:${enquiryId}`,
    ...persons.map((person) => `person:${person}`),
  ])

/** A visit whose needs may be written; CONFLICT `step` with it when it is void. */
function standingVisit(context: Context, id: number): Visit {
  const visit = readVisit(context, id)
  if (visit.voided) fail('CONFLICT', { because: 'step', current: visit })
  return visit
}

const topicsOf = (householdId: number, raised: Raised | null) => [
  `household:${householdId}`,
  ...raisedTopics(raised ? [raised] : []),
  'today',
]

/** Adds a need to a visit, as a numbered enquiry or as a note. NOT_FOUND `visit`, `person`, `matter`; CONFLICT `step` when void. */
export function addNeed(context: Context, { visitId, ...need }: NewNeed & { visitId: number }): Visit {
  const { desk } = context
  const by = { now: desk.clock(), operatorId: operatorOf(context).id }
  const { householdId } = readVisit(context, visitId)
  act(
    context,
    {
      action: 'visit.need',
      subject: `visit:${visitId}`,
      also: (raised: Raised | null) => topicsOf(householdId, raised),
    },
    (db, note) => {
      const raised = insertNeed(db, standingVisit(context, visitId), need, by)
      write(db, 'UPDATE visit SET version = version + 1 WHERE id = ?', visitId)
      note(null, { theme: need.theme, enquiryId: raised?.enquiryId ?? null, ...raised?.noted })
      return raised
    },
  )
  return readVisit(context, visitId)
}

/** Makes an enquiry of a need that was only noted. NOT_FOUND `need`, `person`, `matter`; CONFLICT `step` when it is one. */
export function raiseNeed(context: Context, { needId, ...raising }: Raising & { needId: number }): Visit {
  const { desk } = context
  const by = { now: desk.clock(), operatorId: operatorOf(context).id }
  const visitId =
    value<number>(desk.db, 'SELECT visit_id FROM visit_need WHERE id = ?', needId) ??
    fail('NOT_FOUND', { what: 'need' })
  const { householdId } = readVisit(context, visitId)
  act(
    context,
    {
      action: 'visit.raise',
      subject: `visit:${visitId}`,
      also: (raised: Raised | null) => topicsOf(householdId, raised),
    },
    (db, note) => {
      const visit = standingVisit(context, visitId)
      const need = visit.needs.find(({ id }) => id === needId)!
      if (need.enquiry) fail('CONFLICT', { because: 'step', current: visit })
      const raised = raiseWithin(
        db,
        { id: needId, householdId: visit.householdId, text: need.text, ...raising },
        by,
      )
      write(db, 'UPDATE visit SET version = version + 1 WHERE id = ?', visitId)
      note(null, { needId, enquiryId: raised.enquiryId, ...raised.noted })
      return raised
    },
  )
  return readVisit(context, visitId)
}
