import type { Enquiry, FollowUp } from '../../contract/enquiries.ts'
import { value, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { localDay } from '../../workbench/calendar.ts'
import type { Context } from '../../workbench/workbench.ts'
import { reopened } from './life.ts'
import type { Standing } from './standing.ts'
import { applyStep, readNow, takeStep, touched, withFlags, type Seen } from './take.ts'

/** Called back and reached nobody: it stays on the list. */
export function logCall(context: Context, { id, version, fileIds, text }: Seen & { text: string }): Enquiry {
  return takeStep(context, { id, version, fileIds, step: 'call', text })
}

/**
 * The call-back and its result; closes the enquiry. When the resident had rated it badly too, it is opened again in the
 * same act, once in its life.
 */
export function followUp(
  context: Context,
  { id, version, fileIds, result, text }: Seen & { result: FollowUp; text: string },
): Enquiry {
  const { desk } = context
  act(context, { action: 'enquiry.follow-up', subject: `enquiry:${id}`, also: touched }, (db, note) =>
    withFlags(db, note, id, () => {
      const { before, after } = applyStep(context, db, {
        id,
        version,
        fileIds,
        step: 'follow-up',
        text,
        detail: { result },
        change: () => ({ followUp: result, closedDay: localDay(desk.clock()) }),
      })
      return { before, after: reopenAfterTwoBad(context, db, after) ?? after }
    }),
  )
  return readNow(context, id)
}

/** In the event for everybody to read: it must not tell that the rating was bad too. */
const twice = '居民不满意，自动重办'

/**
 * Two bad answers, the call-back's and the rating's, open an enquiry again, once (domain 5). Returns it as it stands
 * then; null when there are not two, when it happened before, or when nobody can take it back any more.
 */
export function reopenAfterTwoBad(
  context: Context,
  db: WritableDatabase,
  standing: Standing,
): Standing | null {
  if (standing.followUp !== 'discontent' || standing.reopenedByRating || standing.state !== 'closed')
    return null
  const level = value<number>(db, 'SELECT level FROM rating WHERE enquiry_id = ?', standing.id)
  if (level === undefined || level > 2) return null
  const { id, version } = standing
  return applyStep(context, db, {
    id,
    version,
    step: 'reopen',
    reason: twice,
    change: (taken) => ({ ...reopened(taken), reopenedByRating: true }),
  }).after
}
