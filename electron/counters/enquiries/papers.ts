import type { Enquiry, Paper } from '../../contract/enquiries.ts'
import { value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { addDays, endOfDay, isWorkingDay, localDay } from '../../workbench/calendar.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { runOn } from './limits.ts'
import { readPapers } from './record.ts'
import { takeStep, type Seen, type Taken } from './take.ts'
import type { Changed } from './standing.ts'

function name(
  db: WritableDatabase,
  enquiryId: number,
  names: readonly string[],
  state: Paper['state'],
): void {
  for (const paper of names) {
    write(
      db,
      `INSERT INTO enquiry_paper (enquiry_id, name, state) VALUES (?, ?, ?)
       ON CONFLICT (enquiry_id, name) DO UPDATE SET state = excluded.state`,
      enquiryId,
      paper,
      state,
    )
  }
}

/** A day further ahead than a year is a slip of the hand: 2206 for 2026. */
function notTooLate(until: string, today: string): void {
  if (until > addDays(today, 365)) invalid('until', 'too-late')
}

/** INVALID `duplicate` for a paper that is named twice, as brought and not. */
function distinct(path: string, ...lists: readonly string[][]): void {
  const all = lists.flat()
  if (new Set(all).size !== all.length) invalid(path, 'duplicate')
}

/**
 * One-time notice (一次性告知): everything that is missing, in writing, at once. The clock stands until it is brought;
 * what was promised before and is missing now is no promise any more.
 */
export function giveNotice(
  context: Context,
  {
    id,
    version,
    fileIds,
    brought,
    missing,
    text,
  }: Seen & { brought: string[]; missing: string[]; text: string },
): Enquiry {
  distinct('missing', brought, missing)
  return takeStep(context, {
    id,
    version,
    fileIds,
    step: 'notice',
    text,
    detail: { papers: missing },
    change: ({ db, standing, now }) => {
      name(db, id, brought, 'brought')
      name(db, id, missing, 'missing')
      return { waitingSince: standing.waitingSince ?? now.toISOString(), ...kept(db, id) }
    },
  })
}

/** Without a promised paper there is no promise. */
function kept(db: Database, enquiryId: number): Changed {
  const promised = value(
    db,
    "SELECT 1 FROM enquiry_paper WHERE enquiry_id = ? AND state = 'promised'",
    enquiryId,
  )
  return promised === undefined ? { promiseDay: null, promiseConsequence: '' } : {}
}

/**
 * Conditional acceptance (容缺受理): the missing papers are promised by a day, with what follows if they do not come. The
 * clock runs on: it is accepted. INVALID `until`: `past` for a day before today, `too-late` more than a year ahead.
 */
export function acceptPromise(
  context: Context,
  {
    id,
    version,
    fileIds,
    brought,
    promised,
    until,
    consequence,
  }: Seen & {
    brought: string[]
    promised: string[]
    until: string
    consequence: string
  },
): Enquiry {
  distinct('promised', brought, promised)
  const today = localDay(context.desk.clock())
  if (until < today) invalid('until', 'past')
  notTooLate(until, today)
  return takeStep(context, {
    id,
    version,
    fileIds,
    step: 'promise',
    detail: { papers: promised, until, consequence },
    change: ({ db, standing, now, rules }) => {
      name(db, id, brought, 'brought')
      name(db, id, promised, 'promised')
      const missing = value(db, "SELECT 1 FROM enquiry_paper WHERE enquiry_id = ? AND state = 'missing'", id)
      const clock = missing === undefined ? runOn(standing, now, rules) : {}
      return { ...fromClock(standing, clock), promiseDay: until, promiseConsequence: consequence }
    },
  })
}

const fromClock = (standing: Taken['standing'], clock: Changed): Changed => {
  const { answerDueAt, waitingSince, pausedDays } = { ...standing, ...clock }
  return { answerDueAt, waitingSince, pausedDays }
}

/** Papers came. When none is missing any more, a clock that stood runs again. NOT_FOUND `paper` for a strange one. */
export function bringPapers(
  context: Context,
  { id, version, fileIds, paperIds }: Seen & { paperIds: number[] },
): Enquiry {
  const papers = readPapers(context.desk.db, id).filter((paper) => paperIds.includes(paper.id))
  if (papers.length < new Set(paperIds).size) fail('NOT_FOUND', { what: 'paper' })
  return takeStep(context, {
    id,
    version,
    fileIds,
    step: 'bring',
    detail: { papers: papers.map((paper) => paper.name) },
    change: ({ db, standing, now, rules }) => {
      const wasMissing = papers.some((paper) => paper.state === 'missing')
      name(
        db,
        id,
        papers.map((paper) => paper.name),
        'brought',
      )
      const missing = value(db, "SELECT 1 FROM enquiry_paper WHERE enquiry_id = ? AND state = 'missing'", id)
      const clock = wasMissing && missing === undefined ? runOn(standing, now, rules) : {}
      return { ...fromClock(standing, clock), ...kept(db, id) }
    },
  })
}

/** Waits for the resident: the clock stands. */
export function waitForResident(
  context: Context,
  { id, version, fileIds, reason }: Seen & { reason: string },
): Enquiry {
  const change = ({ now }: Taken): Changed => ({ waitingSince: now.toISOString() })
  return takeStep(context, { id, version, fileIds, step: 'wait', reason, change })
}

/** The resident has come back: the clock runs again, and the limit has moved by the time that was waited. */
export function resumeEnquiry(
  context: Context,
  { id, version, fileIds, text }: Seen & { text: string },
): Enquiry {
  const change = ({ standing, now, rules }: Taken) => fromClock(standing, runOn(standing, now, rules))
  return takeStep(context, { id, version, fileIds, step: 'resume', text, change })
}

/**
 * Extends the limit of the answer to the end of a later working day. INVALID `until`: `not-working-day`, `too-late` more
 * than a year ahead, or `not-later` when it is no later than the present limit or today.
 */
export function extendEnquiry(
  context: Context,
  { id, version, fileIds, until, reason }: Seen & { until: string; reason: string },
): Enquiry {
  return takeStep(context, {
    id,
    version,
    fileIds,
    step: 'extend',
    reason,
    detail: { until },
    change: ({ standing, today }) => {
      if (until <= localDay(new Date(standing.answerDueAt)) || until <= today) invalid('until', 'not-later')
      notTooLate(until, today)
      if (!isWorkingDay(until)) invalid('until', 'not-working-day')
      return { answerDueAt: endOfDay(until), limitUnit: 'day', extended: standing.extended + 1 }
    },
  })
}
