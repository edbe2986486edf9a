import type { volunteerPapers } from '../../contract/volunteer-reports.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { issueDocument, sameDocument, type NewDocument } from '../../workbench/documents.ts'
import { invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { pointsStatement } from './points-statement.ts'
import { publicationList } from './publication-list.ts'
import { redemptionSlip } from './redemption-slip.ts'
import { signInSheet } from './sign-in-sheet.ts'
import { volunteerFile } from './volunteer-file.ts'

/** A paper before it is issued. */
export type Draft = Pick<NewDocument, 'kind' | 'title' | 'subject' | 'data'>

export type Asked = {
  paper: (typeof volunteerPapers)[number]
  activityId: number | null
  volunteerId: number | null
  redemptionId: number | null
  year: number | null
}

type Field = 'activityId' | 'volunteerId' | 'redemptionId' | 'year'

/** A paper that is about the row that this field names. INVALID `required` without. */
const about =
  (field: Field, paper: (context: Context, id: number) => Draft) =>
  (context: Context, asked: Asked): Draft => {
    const id = asked[field]
    return paper(context, id ?? invalid(field, 'required'))
  }

const papers: Record<Asked['paper'], (context: Context, asked: Asked) => Draft> = {
  'sign-in-sheet': about('activityId', signInSheet),
  'volunteer-file': about('volunteerId', volunteerFile),
  'redemption-slip': about('redemptionId', redemptionSlip),
  'points-statement': about('volunteerId', pointsStatement),
  'publication-list': about('year', publicationList),
}

/**
 * Issues a paper as it stands now and returns the document's id; unchanged since the last one, that one is the paper.
 * INVALID the field that it is about `required`; NOT_FOUND `activity`, `volunteer`, `redemption`; CONFLICT `step` for a
 * cancelled activity or a year that is not published.
 */
export function issueVolunteerPaper(context: Context, asked: Asked): number {
  const { desk } = context
  const operator = operatorOf(context)
  const draft = papers[asked.paper](context, asked)
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
