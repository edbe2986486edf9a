import type { Draft, problemWords, Wanted } from '../../contract/certificate-records.ts'
import { rows, type Database } from '../../database/open.ts'
import { missingSigns } from '../../workbench/fonts.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from '../people/record.ts'
import { samePersons } from '../volunteers/same-person.ts'
import { lacksConsent, numbersText, type Recipient } from './facts.ts'
import { openServiceOf } from './service.ts'
import type { Snapshot } from './sheet.ts'
import { prepare, previewNumber, sheetOf } from './snapshot.ts'

type Problem = (typeof problemWords)[number]

/** Whatever a reader sees, as one text: every character of it needs its sign. */
const wordsOf = (sheet: Snapshot) =>
  Object.values(sheet)
    .map((part) => (typeof part === 'string' ? part : part === null ? '' : JSON.stringify(part)))
    .join('')

function periodProblem({ kind, from, to }: Wanted, today: string): Problem | null {
  if ((from === null) !== (to === null) || (kind === 'record' && from === null)) return 'period'
  // An honour of a year says what was done in all of it, one of all years so far names none: else the statement would say
  // that so many hours were given in these few days.
  if (kind === 'star') return from === null ? null : 'period'
  if (kind === 'pioneer') {
    const year = from?.slice(0, 4)
    return from !== null && from === `${year}-01-01` && to === `${year}-12-31` ? null : 'period'
  }
  return from !== null && to !== null && (from > to || to > today) ? 'period' : null
}

/** Valid ones that say the same: of the kind, the person (under whatever record they were issued) and the period. */
function earlierOf(db: Database, { kind, from, to }: Wanted, { personId }: Recipient): Draft['earlier'] {
  return rows<Draft['earlier'][number]>(
    db,
    `${samePersons}
     SELECT c.id, c.number, c.day FROM same AS s
     CROSS JOIN certificate AS c ON c.person_id = s.person_id
     WHERE c.kind = @kind AND c.from_day IS @from AND c.to_day IS @to
       AND NOT EXISTS (SELECT 1 FROM certificate_void WHERE certificate_id = c.id)
     ORDER BY c.id DESC LIMIT 20`,
    { people: JSON.stringify([personId]), kind, from, to },
  )
}

/** What would stand on the sheet, and what keeps it from being issued. NOT_FOUND `volunteer`, `person`. */
export function readDraft(context: Context, wanted: Wanted): Draft {
  const { db, root } = context.desk
  const prepared = prepare(context, wanted)
  const { recipient, facts, settings } = prepared
  const today = todayOf(context)
  const sheet = sheetOf(root, wanted, prepared, { number: previewNumber, day: today, code: '' })
  const missing = missingSigns(root, wordsOf(sheet))
  const period = periodProblem(wanted, today)
  const isRecord = wanted.kind === 'record'
  const problems: (Problem | null)[] = [
    period,
    isRecord && period === null && !facts.reached ? 'nothing-confirmed' : null,
    !isRecord && !facts.reached ? 'not-reached' : null,
    missing.length > 0 ? 'glyph' : null,
    settings.body === '' ? 'no-body' : null,
    lacksConsent(db, recipient, today) ? 'consent-missing' : null,
  ]
  return {
    name: sheet.name,
    volunteerNumber: numbersText(recipient),
    minutes: facts.minutes,
    activities: facts.activities,
    lines: facts.records.map(({ day, name, content, place, minutes }) => ({
      day,
      name,
      content,
      place,
      minutes,
    })),
    open: openOf(db, wanted, recipient, today),
    star: facts.star,
    rank: facts.rank,
    problems: problems.filter((problem) => problem !== null),
    missing,
    needsApproval: settings.approval.includes(wanted.kind),
    earlier: earlierOf(db, wanted, recipient),
  }
}

function openOf(
  db: Database,
  { kind, from, to }: Wanted,
  { numbers }: Recipient,
  today: string,
): Draft['open'] {
  if (kind !== 'record' || from === null || to === null) return []
  const ids = numbers.map(({ id }) => id)
  const open = openServiceOf(db, ids, from, to)
  const due = new Map(
    rows<{ id: number; confirmBy: string }>(
      db,
      `SELECT id, confirm_by AS confirmBy FROM activity WHERE id IN (SELECT value FROM json_each(?))`,
      JSON.stringify(open.map(({ activityId }) => activityId)),
    ).map(({ id, confirmBy }) => [id, confirmBy]),
  )
  return open.map(({ id, activityId, name, day, minutes }) => ({
    recordId: id,
    activityId,
    name,
    day,
    minutes,
    late: due.get(activityId)! < today,
  }))
}
