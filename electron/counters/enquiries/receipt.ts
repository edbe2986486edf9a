import type { Enquiry } from '../../contract/enquiries.ts'
import type { Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { localDay } from '../../workbench/calendar.ts'
import { issueDocument, sameDocument } from '../../workbench/documents.ts'
import { fail } from '../../workbench/errors.ts'
import { maskName } from '../../workbench/masking.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readCommunity } from '../settings/community.ts'
import { limitDaysOf } from './accept.ts'
import { readMatter } from './matters.ts'
import { readEnquiry } from './record.ts'

/** An A5 slip holds about this much of what was said; the whole of it stands in the enquiry. */
const wordsLength = 160

const shorten = (text: string) =>
  text.length > wordsLength ? `${[...text].slice(0, wordsLength).join('')}……` : text

const spelledDay = (day: string) => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

const clock = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/**
 * All that stands on a receipt. It is handed to the asker: their name stands whole, their phone masked; a subject is
 * somebody else, whose name is masked on what leaves the counter.
 */
function receiptData(db: Database, enquiry: Enquiry) {
  const { name, phone, address, hours } = readCommunity(db)
  const matter = enquiry.matterId === null ? null : readMatter(db, enquiry.matterId)
  const papers = matter?.papers ?? []
  return {
    community: { name, phone, address, hours },
    number: enquiry.number,
    title: enquiry.title,
    words: shorten(enquiry.words),
    matter: matter?.name ?? '',
    channel: enquiry.channel,
    asker: enquiry.askerPerson?.name ?? (enquiry.givenName || '匿名'),
    askerPhone: enquiry.askerPerson?.phone ?? enquiry.givenPhone,
    subject: enquiry.subjectPerson ? maskName(enquiry.subjectPerson.name) : '',
    acceptedOn: `${spelledDay(enquiry.acceptedDay)} ${clock.format(new Date(enquiry.acceptedAt))}`,
    limit: `${limitDaysOf(db, enquiry.matterId)} 个工作日`,
    dueOn: enquiry.dueDay === null ? '' : spelledDay(enquiry.dueDay),
    operator: enquiry.operator,
    // Mustache asks a list only whether it is empty inside itself; the heading needs to know too.
    papers: papers.length > 0 ? { list: papers } : null,
    answer: enquiry.state === 'closed' ? { text: shorten(enquiry.answer) } : null,
  }
}

/**
 * Issues the receipt (受理回执) of an enquiry as it stands. Unchanged since the last one, that one is the receipt: the
 * same paper again, not another. CONFLICT `step` once it was withdrawn: nothing was accepted then.
 */
export function issueReceipt(context: Context, id: number): number {
  const { desk } = context
  const operator = operatorOf(context)
  const now = desk.clock()
  const enquiry = readEnquiry(desk.db, id, operator.role, localDay(now))
  if (enquiry.state === 'withdrawn') fail('CONFLICT', { because: 'step', current: enquiry })
  const document = {
    kind: 'receipt',
    title: `受理回执 ${enquiry.number}`,
    subject: `enquiry:${id}`,
    data: receiptData(desk.db, enquiry),
  }
  const same = sameDocument(desk.db, document)
  if (same !== undefined) return same
  return act(
    context,
    {
      action: 'document.issue',
      subject: (documentId) => `document:${documentId}`,
      also: () => [`enquiry:${id}`],
    },
    (db, note) => {
      const made = issueDocument(db, { ...document, operatorId: operator.id, at: now.toISOString() })
      note(null, { kind: document.kind, subject: document.subject })
      return made
    },
  )
}
