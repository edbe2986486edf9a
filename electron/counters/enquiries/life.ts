import type { Enquiry } from '../../contract/enquiries.ts'
import { rows, value, write } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { localDay } from '../../workbench/calendar.ts'
import type { Context } from '../../workbench/workbench.ts'
import { gridOf, type What } from './accept.ts'
import { readAsking } from './asking.ts'
import { answered } from './dispatch.ts'
import { dueAfter, dueAfterPause } from './limits.ts'
import { limitOf } from './matters.ts'
import { takeStep, type Seen, type Taken } from './take.ts'
import type { Changed } from './standing.ts'

/** Logs progress. */
export function noteEnquiry(
  context: Context,
  { id, version, fileIds, text }: Seen & { text: string },
): Enquiry {
  return takeStep(context, { id, version, fileIds, step: 'note', text })
}

/** The resident asks again how it stands: logged on the old case (progress only), no new one. */
export function askAgain(
  context: Context,
  { id, version, fileIds, channel, text }: Seen & { channel: string; text: string },
): Enquiry {
  return takeStep(context, { id, version, fileIds, step: 'ask', text, detail: { channel } })
}

/** Answers on the spot and closes. */
export function closeEnquiry(
  context: Context,
  { id, version, fileIds, answer }: Seen & { answer: string },
): Enquiry {
  const change = (taken: Taken): Changed => ({ ...answered(taken, answer, 'solved'), closedDay: taken.today })
  return takeStep(context, { id, version, fileIds, step: 'close', text: answer, change })
}

/** Taken back by the resident, or entered by mistake. */
export function withdrawEnquiry(
  context: Context,
  { id, version, fileIds, reason }: Seen & { reason: string },
): Enquiry {
  return takeStep(context, { id, version, fileIds, step: 'withdraw', reason })
}

/** Not the community's task: returned upwards with the rule cited. */
export function referEnquiry(
  context: Context,
  { id, version, fileIds, reason, rule, channel }: Seen & { reason: string; rule: string; channel: string },
): Enquiry {
  const change = ({ today }: Taken): Changed => ({ closedDay: today })
  return takeStep(context, { id, version, fileIds, step: 'refer', reason, detail: { rule, channel }, change })
}

/** What opening again changes: after an answer the limit runs anew from today (重办); else the old one stands. */
export function reopened({ standing, db, now, rules }: Taken): Changed {
  const anew: Changed = { closedDay: null, leadId: null }
  if (standing.state === 'withdrawn' || standing.state === 'referred') return anew
  const limit = limitOf(db, standing.matterId, rules)
  return {
    ...anew,
    answer: '',
    answerKind: null,
    answeredDay: null,
    answerDays: null,
    late: null,
    followUp: null,
    extended: 0,
    limitUnit: limit.unit,
    answerDueAt: dueAfter(now, limit, rules),
  }
}

/** Opens it again. The former answer stays in the events. */
export function reopenEnquiry(
  context: Context,
  { id, version, fileIds, reason }: Seen & { reason: string },
): Enquiry {
  return takeStep(context, { id, version, fileIds, step: 'reopen', reason, change: reopened })
}

/** Whether the limit runs from the day of asking, moved by nothing but what was waited. */
function runsFromAsking({ db, standing }: Taken): boolean {
  if (standing.extended > 0 || standing.answeredDay !== null) return false
  const again = value(
    db,
    "SELECT 1 FROM enquiry_event WHERE enquiry_id = ? AND step = 'reopen' AND from_state IN ('answered', 'closed')",
    standing.id,
  )
  return again === undefined
}

/**
 * Saves details. A different matter moves the limit, counted from the day of asking, unless it was extended or runs anew
 * since it was opened again.
 */
export function editEnquiry(context: Context, { id, version, ...what }: Seen & What): Enquiry {
  const change = (taken: Taken): Changed => {
    const { db, standing, rules } = taken
    const { title, words, matterId, channel, idRefused = false } = what
    const asking = readAsking(db, what, standing)
    const changed = {
      title,
      words,
      matterId,
      channel,
      idRefused,
      ...asking,
      gridId: asking.householdId === standing.householdId ? standing.gridId : gridOf(db, asking.householdId),
    }
    const limit = limitOf(db, matterId, rules)
    if (matterId === standing.matterId || !runsFromAsking(taken)) return changed
    const answerDueAt = dueAfterPause(new Date(standing.acceptedAt), limit, standing.pausedDays, rules)
    return { ...changed, limitUnit: limit.unit, answerDueAt }
  }
  return takeStep(context, { id, version, step: 'edit', change })
}

export function archiveEnquiry(context: Context, { id, version, fileIds }: Seen): Enquiry {
  return takeStep(context, { id, version, fileIds, step: 'archive' })
}

/** At once; the rest is for the next press of the button. */
const mostAtOnce = 2000

/**
 * Archives what was closed up to and including a day, two thousand at the most, oldest first; returns how many. One act
 * for all of them: nobody waits for any of these, so neither limits nor search flags can turn.
 */
export function archiveClosed(context: Context, upTo: string): number {
  const operatorId = operatorOf(context).id
  return act(
    context,
    { action: 'enquiry.archive-closed', subject: 'enquiry', also: () => ['today'] },
    (db, note) => {
      const at = context.desk.clock().toISOString()
      const ids = rows<{ id: number }>(
        db,
        `SELECT id FROM enquiry WHERE state = 'closed' AND +closed_day <= ? ORDER BY id LIMIT ?`,
        upTo < localDay(context.desk.clock()) ? upTo : localDay(context.desk.clock()),
        mostAtOnce,
      ).map(({ id }) => id)
      const list = JSON.stringify(ids)
      write(
        db,
        `INSERT INTO enquiry_event (enquiry_id, step, from_state, to_state, at, operator_id)
         SELECT value, 'archive', 'closed', 'archived', ?, ? FROM json_each(?)`,
        at,
        operatorId,
        list,
      )
      write(
        db,
        `UPDATE enquiry SET state = 'archived', version = version + 1 WHERE id IN (SELECT value FROM json_each(?))`,
        list,
      )
      note(null, {
        upTo,
        count: ids.length,
        last: value(db, 'SELECT max(value) FROM json_each(?)', list) ?? null,
      })
      return ids.length
    },
  )
}
