import type { noonPapers } from '../../contract/noon-reports.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { issueDocument, sameDocument, type NewDocument } from '../../workbench/documents.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { badgeSheet } from './badges.ts'
import { childPaper } from './child-paper.ts'
import { escortList } from './escort-list.ts'
import { mealList } from './meal-list.ts'
import { registerPaper } from './register-paper.ts'
import { roster } from './roster.ts'

/** A paper before it is issued. */
export type Draft = Pick<NewDocument, 'kind' | 'title' | 'subject' | 'data'>

/** What was asked for. `groupId` null = all groups of the caller. */
export type Asked = {
  paper: (typeof noonPapers)[number]
  day: string
  groupId: number | null
  childId: number | null
  month: string | null
}

/** Each paper as it would stand now; null when there is nothing to put on it. */
const papers: Record<Asked['paper'], (context: Context, asked: Asked) => Draft | null> = {
  roster,
  'meal-list': mealList,
  badges: badgeSheet,
  'escort-list': escortList,
  register: (context, { month, groupId }) =>
    month === null ? invalid('month', 'required') : registerPaper(context, { month, groupId }),
  'child-record': (context, { childId }) =>
    childId === null ? invalid('childId', 'required') : childPaper(context, childId),
}

/**
 * Issues a paper and returns the document's id; unchanged since the last one, that one is the paper. A copy of a child's
 * record is a new one each time: who was given one, and when, stays known. INVALID `month`, `childId` `required`;
 * NOT_FOUND `group`, `child`; CONFLICT `step` when nobody would stand on it.
 */
export function issueNoonPaper(context: Context, asked: Asked): number {
  const { desk } = context
  const operator = operatorOf(context)
  const draft = papers[asked.paper](context, asked) ?? fail('CONFLICT', { because: 'step' })
  const copy = asked.paper === 'child-record'
  const same = copy ? undefined : sameDocument(desk.db, draft)
  if (same !== undefined) return same
  // A word of its own: the child itself has not changed.
  const what = copy
    ? { action: 'noon.child-copy', subject: `noon-copy:${asked.childId}` }
    : { action: 'document.issue', subject: (documentId: number) => `document:${documentId}` }
  return act(context, what, (db, note) => {
    const made = issueDocument(db, { ...draft, operatorId: operator.id, at: desk.clock().toISOString() })
    // A copy for the guardian: phones stand on it whole.
    const whole = copy ? { whole: true } : {}
    note(null, { kind: draft.kind, subject: draft.subject, document: made, ...whole })
    return made
  })
}
