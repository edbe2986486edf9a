import type { FollowUp, Paper, Step } from '../../electron/contract/enquiries.ts'
import { describe } from '../../electron/workbench/act.ts'
import { endOfDay, localDay } from '../../electron/workbench/calendar.ts'
import { reopenAfterTwoBad } from '../../electron/counters/enquiries/follow-up.ts'
import { runOn } from '../../electron/counters/enquiries/limits.ts'
import { readStanding, type Changed, type Standing } from '../../electron/counters/enquiries/standing.ts'
import { findStep } from '../../electron/counters/enquiries/steps.ts'
import { applyStep, type Taken as TakenStep, type Taking } from '../../electron/counters/enquiries/take.ts'
import { rows, value, write, type WritableDatabase } from '../../electron/database/open.ts'
import type { Random } from './random.ts'
import type { Writer } from './writer.ts'

export type Words = Omit<Taking, 'id' | 'version' | 'step'>

/** So many are archived by one press of the button (the counter's own bound). */
const mostAtOnce = 2000

/** What of a clock that runs again is written down. */
function runAgain({ standing, now, rules }: TakenStep): Changed {
  const { answerDueAt, waitingSince, pausedDays } = runOn(standing, now, rules)
  return { answerDueAt, waitingSince, pausedDays }
}

/** Both with the fields that differ only: comparing the others as JSON costs more than the step. */
function differing(before: Standing, after: Standing): [Partial<Standing>, Partial<Standing>] {
  const fields = (Object.keys(after) as (keyof Standing)[]).filter((field) => before[field] !== after[field])
  const only = (standing: Standing) => Object.fromEntries(fields.map((field) => [field, standing[field]]))
  return [only(before), only(after)]
}

function namePapers(
  db: WritableDatabase,
  enquiryId: number,
  names: readonly string[],
  state: Paper['state'],
): void {
  for (const name of names) {
    write(
      db,
      `INSERT INTO enquiry_paper (enquiry_id, name, state) VALUES (?, ?, ?)
       ON CONFLICT (enquiry_id, name) DO UPDATE SET state = excluded.state`,
      enquiryId,
      name,
      state,
    )
  }
}

/** The acts of the counter on an enquiry as it stands, inside the running transaction: step, limit, audit row. */
export function openActs(writer: Writer, random: Random) {
  const clerk = () => (random.chance(0.9) ? random.pick(writer.clerks) : random.pick(writer.managers))
  const manager = () => random.pick(writer.managers)

  function record(
    db: WritableDatabase,
    action: string,
    { id, at, operatorId, reason }: { id: number; at: string; operatorId: number | null; reason?: string },
    before: Standing,
    after: Standing,
  ): void {
    writer.audit(db, {
      at,
      operatorId,
      action: `enquiry.${action}`,
      subject: `enquiry:${id}`,
      reason: reason ?? null,
      changes: describe(...differing(before, after)),
    })
  }

  /** Takes a step by somebody who may; null when the enquiry has gone another way meanwhile. */
  function take(
    db: WritableDatabase,
    id: number,
    at: string,
    step: Step,
    taking: Words = {},
  ): Standing | null {
    const standing = readStanding(db, id)
    const rule = findStep(step, standing.state, standing.waitingSince !== null)
    if (!rule) return null
    const operatorId = rule.roles.includes('clerk') ? clerk() : manager()
    const { version } = standing
    const { before, after } = applyStep(writer.context(operatorId, at), db, { id, version, step, ...taking })
    const { reason } = taking
    record(db, step, { id, at, operatorId, ...(reason ? { reason } : {}) }, before, after)
    return after
  }

  return {
    clerk,
    take,

    /** The clock that stood for the resident runs again. */
    resume(db: WritableDatabase, id: number, at: string, text: string): Standing | null {
      return take(db, id, at, 'resume', { text, change: runAgain })
    },

    /** Extends the limit of the answer to the end of a later working day. */
    extend(db: WritableDatabase, id: number, at: string, until: string, reason: string): Standing | null {
      return take(db, id, at, 'extend', {
        reason,
        detail: { until },
        change: ({ standing }) => ({
          answerDueAt: endOfDay(until),
          limitUnit: 'day',
          extended: standing.extended + 1,
        }),
      })
    },

    /** One-time notice: what is missing, in writing; the clock stands. */
    notice(
      db: WritableDatabase,
      id: number,
      at: string,
      papers: { brought: string[]; missing: string[] },
    ): Standing | null {
      return take(db, id, at, 'notice', {
        detail: { papers: papers.missing },
        change: ({ db: file }) => {
          namePapers(file, id, papers.brought, 'brought')
          namePapers(file, id, papers.missing, 'missing')
          return { waitingSince: at }
        },
      })
    },

    /** Conditional acceptance: what is missing is promised by a day; the clock runs on. */
    promise(
      db: WritableDatabase,
      id: number,
      at: string,
      papers: { brought: string[]; promised: string[]; until: string; consequence: string },
    ): Standing | null {
      const { promised, until, consequence } = papers
      return take(db, id, at, 'promise', {
        detail: { papers: promised, until, consequence },
        change: ({ db: file }) => {
          namePapers(file, id, papers.brought, 'brought')
          namePapers(file, id, promised, 'promised')
          return { promiseDay: until, promiseConsequence: consequence }
        },
      })
    },

    /** Everything that was missing or promised has come. */
    bring(db: WritableDatabase, id: number, at: string): Standing | null {
      const papers = rows<{ name: string; state: string }>(
        db,
        "SELECT name, state FROM enquiry_paper WHERE enquiry_id = ? AND state <> 'brought' ORDER BY id",
        id,
      )
      const names = papers.map(({ name }) => name)
      return take(db, id, at, 'bring', {
        detail: { papers: names },
        change: (taken) => {
          namePapers(taken.db, id, names, 'brought')
          const clock = papers.some(({ state }) => state === 'missing') ? runAgain(taken) : {}
          return { ...clock, promiseDay: null, promiseConsequence: '' }
        },
      })
    },

    /** The call-back with its result, and what follows from a second bad answer. */
    followUp(db: WritableDatabase, id: number, at: string, result: FollowUp, text: string): Standing | null {
      const { state, version } = readStanding(db, id)
      if (state !== 'answered') return null
      const operatorId = clerk()
      const context = writer.context(operatorId, at)
      const { before, after } = applyStep(context, db, {
        id,
        version,
        step: 'follow-up',
        text,
        detail: { result },
        change: ({ today }) => ({ followUp: result, closedDay: today }),
      })
      const last = reopenAfterTwoBad(context, db, after) ?? after
      record(db, 'follow-up', { id, at, operatorId }, before, last)
      return last
    },

    /** What the resident thought of it, once; null when it cannot be rated now. */
    rate(
      db: WritableDatabase,
      id: number,
      at: string,
      rating: { level: number; reasons: string[]; way: 'screen' | 'slip' },
    ): Standing | null {
      const before = readStanding(db, id)
      const rated = value(db, 'SELECT 1 FROM rating WHERE enquiry_id = ?', id) !== undefined
      if (rated || !['answered', 'closed', 'archived'].includes(before.state)) return null
      write(
        db,
        "INSERT INTO rating (enquiry_id, level, reasons, words, way, at, day) VALUES (?, ?, ?, '', ?, ?, ?)",
        id,
        rating.level,
        JSON.stringify(rating.reasons),
        rating.way,
        at,
        localDay(new Date(at)),
      )
      const invitedBy = clerk()
      const by = rating.way === 'screen' ? invitedBy : manager()
      const after = reopenAfterTwoBad(writer.context(by, at), db, before) ?? before
      record(db, 'rate', { id, at, operatorId: rating.way === 'screen' ? null : by }, before, after)
      return after
    },

    /** Puts those of them that may be linked into a new group, in the act of the first. */
    link(db: WritableDatabase, ids: readonly number[], at: string, title: string): void {
      const standings = ids.map((id) => readStanding(db, id))
      const linked = standings.filter(({ state, groupId }) => groupId === null && findStep('link', state))
      if (linked.length < 2) return
      const operatorId = clerk()
      const group = write(
        db,
        'INSERT INTO enquiry_group (title, operator_id, created_at) VALUES (?, ?, ?)',
        title,
        operatorId,
        at,
      ).id
      const context = writer.context(operatorId, at)
      const [first] = linked.map(({ id, version }) =>
        applyStep(context, db, {
          id,
          version,
          step: 'link',
          text: title,
          change: () => ({ groupId: group }),
        }),
      )
      record(db, 'link', { id: linked[0]!.id, at, operatorId }, first!.before, first!.after)
    },

    /** Archives what was closed up to a day, as the manager does it; returns whether there was more than one press. */
    archive(db: WritableDatabase, at: string, upTo: string): boolean {
      const ids = rows<{ id: number }>(
        db,
        "SELECT id FROM enquiry WHERE state = 'closed' AND +closed_day <= ? ORDER BY id LIMIT ?",
        upTo,
        mostAtOnce,
      ).map(({ id }) => id)
      if (ids.length === 0) return false
      const operatorId = manager()
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
        "UPDATE enquiry SET state = 'archived', version = version + 1 WHERE id IN (SELECT value FROM json_each(?))",
        list,
      )
      writer.audit(db, {
        at,
        operatorId,
        action: 'enquiry.archive-closed',
        subject: 'enquiry',
        changes: describe(null, { upTo, count: ids.length, last: ids.at(-1) }),
      })
      return ids.length === mostAtOnce
    },
  }
}
export type Acts = ReturnType<typeof openActs>
