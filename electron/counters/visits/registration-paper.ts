import { householdKinds, tenures, type Registration } from '../../contract/visit-registration.ts'
import type { Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { issueDocument, sameDocument, type NewDocument } from '../../workbench/documents.ts'
import { spelledDay } from '../../workbench/paper-words.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readHousehold } from '../people/households.ts'
import { todayOf } from '../people/record.ts'
import { readCommunity } from '../settings/community.ts'
import { formOf, noteMinors } from './registration.ts'

const sexes: Record<number, string> = { 1: '男', 2: '女' }

/** Lines on a sheet, and empty ones after those who live there: a baby, a tenant. */
const linesOnSheet = 8
const emptyLines = 2

function lineOf(member: Registration['members'][number], index: number) {
  return {
    place: index + 1,
    relation: member.relation,
    name: member.name,
    sex: sexes[member.sex] ?? '',
    ethnicity: member.ethnicity,
    birth: member.birth ?? '',
    idNumber: member.idNumber ?? '',
    marriage: member.marriage,
    education: member.education,
    political: member.political,
    workplace: member.workplace,
    occupation: member.occupation,
    movedIn: member.movedIn,
    elsewhere: member.registeredElsewhere,
    phones: member.phones,
  }
}

/** What can be ticked; `chosen` is ticked already. */
const choices = (words: readonly string[], chosen: string) =>
  words.filter((word) => word !== '').map((word) => ({ word, chosen: word === chosen }))

function draftOf(db: Database, form: Registration): Pick<NewDocument, 'kind' | 'title' | 'subject' | 'data'> {
  const { householdId, door, kind, tenure, note, checkedDay } = form
  const present = form.members.filter(({ departure }) => departure === null)
  const empty = Math.max(emptyLines, linesOnSheet - present.length)
  return {
    kind: 'registration',
    title: `入户登记表 ${door}`,
    subject: `household:${householdId}`,
    data: {
      community: { name: readCommunity(db).name },
      number: door,
      door,
      grid: readHousehold(db, householdId).grid ?? '',
      kinds: choices(householdKinds, kind),
      tenures: choices(tenures, tenure),
      checked: checkedDay === null ? '' : spelledDay(checkedDay),
      note,
      members: present.map(lineOf),
      empty: Array.from({ length: empty }, (_, index) => ({ place: present.length + index + 1 })),
    },
  }
}

/**
 * The form as a paper, with what is known (masked as on the screen) and empty lines to fill in by hand. Key groups are not on
 * it: neighbours see it at the door. Unchanged since the last one, that one is the paper. NOT_FOUND `household`.
 */
export function issueRegistrationPaper(context: Context, householdId: number): number {
  const { desk } = context
  const operator = operatorOf(context)
  const { form, minors } = formOf(desk.db, householdId, todayOf(context))
  const draft = draftOf(desk.db, form)
  noteMinors(context, minors)
  const same = sameDocument(desk.db, draft)
  if (same !== undefined) return same
  return act(
    context,
    { action: 'document.issue', subject: (documentId: number) => `document:${documentId}` },
    (db, note) => {
      const made = issueDocument(db, { ...draft, operatorId: operator.id, at: desk.clock().toISOString() })
      note(null, { kind: draft.kind, subject: draft.subject, document: made })
      return made
    },
  )
}
