import type { Enquiry, EnquiryEvent, Paper, Step } from '../../contract/enquiries.ts'
import type { Limit } from '../../contract/rules.ts'
import type { Community } from '../../contract/settings.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { issueDocument, sameDocument, type NewDocument } from '../../workbench/documents.ts'
import { fail } from '../../workbench/errors.ts'
import { maskName } from '../../workbench/masking.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readCommunity } from '../settings/community.ts'
import { readRules } from '../settings/rules.ts'
import { dueAfter, nowOf } from './limits.ts'
import { limitOf, readMatter } from './matters.ts'
import { spelledMoment, withoutIds, withoutName, withoutNumbers } from './paper-words.ts'
import { readEnquiry } from './record.ts'

/** What papers are made of. */
export type Given = {
  community: Pick<Community, 'name' | 'phone' | 'address' | 'hours'>
  enquiry: Enquiry
  /** What the matter asks for, whatever was brought. */
  matterPapers: string[]
  /** The limit in words; empty when the one that runs is another: extended, waited, opened again. */
  limit: string
}

const limitWords = ({ amount, unit }: Limit) => `${amount} 个工作${unit === 'day' ? '日' : '小时'}`

/** An enquiry and what else stands on its papers; NOT_FOUND without it. */
export function readGiven(context: Context, id: number): Given {
  const { db } = context.desk
  const enquiry = readEnquiry(db, id, operatorOf(context).role, nowOf(context.desk))
  const { name, phone, address, hours } = readCommunity(db)
  const rules = readRules(db)
  const limit = limitOf(db, enquiry.matterId, rules)
  const asAccepted = dueAfter(new Date(enquiry.acceptedAt), limit, rules) === enquiry.answerDueAt
  return {
    community: { name, phone, address, hours },
    enquiry,
    matterPapers: enquiry.matterId === null ? [] : readMatter(db, enquiry.matterId).papers,
    limit: asAccepted ? limitWords(limit) : '',
  }
}

/** The last time one of these steps was taken. */
export function lastStep(enquiry: Enquiry, ...steps: Step[]): EnquiryEvent | undefined {
  return enquiry.events.findLast(({ step }) => steps.includes(step))
}

/** Names of the papers that are brought, missing or promised, in the order in which they were asked for. */
export function papersIn({ papers }: Enquiry, state: Paper['state']): string[] {
  return papers.filter((paper) => paper.state === state).map(({ name }) => name)
}

/** A resident's own words as they leave the counter: no numbers, the subject's name masked. */
export function residentWords({ subjectPerson }: Enquiry, text: string): string {
  return withoutName(withoutNumbers(text), subjectPerson?.name)
}

/** The desk's words to whoever holds the paper: a phone in them is there to be called. */
export function deskWords({ subjectPerson }: Enquiry, text: string): string {
  return withoutName(withoutIds(text), subjectPerson?.name)
}

/** The head that all papers share. The asker's name stands whole, a subject is somebody else: masked. */
export function headOf({ community, enquiry }: Given) {
  return {
    community,
    number: enquiry.number,
    title: residentWords(enquiry, enquiry.title),
    matter: enquiry.matter ?? '',
    channel: enquiry.channel,
    asker: enquiry.askerPerson?.name ?? (enquiry.givenName || '匿名'),
    askerPhone: enquiry.askerPerson?.phone ?? enquiry.givenPhone,
    subject: enquiry.subjectPerson ? maskName(enquiry.subjectPerson.name) : '',
    acceptedOn: spelledMoment(enquiry.acceptedAt),
  }
}

export type Draft = Pick<NewDocument, 'kind' | 'title' | 'subject' | 'data'>

/**
 * Issues a paper of an enquiry. Unchanged since the last one, that one is the paper: the same again, not another.
 * CONFLICT `step` with the enquiry when there is nothing to put on it (null).
 */
export function issue(context: Context, enquiry: Enquiry, draft: Draft | null): number {
  if (!draft) fail('CONFLICT', { because: 'step', current: enquiry })
  const { desk } = context
  const operator = operatorOf(context)
  const same = sameDocument(desk.db, draft)
  if (same !== undefined) return same
  return act(
    context,
    {
      action: 'document.issue',
      subject: (documentId) => `document:${documentId}`,
      also: () => [`enquiry:${enquiry.id}`],
    },
    (db, note) => {
      const made = issueDocument(db, { ...draft, operatorId: operator.id, at: desk.clock().toISOString() })
      note(null, { kind: draft.kind, subject: draft.subject })
      return made
    },
  )
}
