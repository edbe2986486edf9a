import { channels, type FollowUp, type Step } from '../../electron/contract/enquiries.ts'
import { ratingReasons } from '../../electron/contract/ratings.ts'
import type { Limit, NotOurs } from '../../electron/contract/rules.ts'
import { answered } from '../../electron/counters/enquiries/dispatch.ts'
import { reopened } from '../../electron/counters/enquiries/life.ts'
import { readRules } from '../../electron/counters/settings/rules.ts'
import { addWorkingDays, localDay } from '../../electron/workbench/calendar.ts'
import type { Acts } from './acts.ts'
import { openDispatches } from './dispatches.ts'
import { asks, callBacks, consequence, notes, out, reopenings, withdrawals } from './phrases.ts'
import { shares, type Plan } from './plan.ts'
import type { Random } from './random.ts'
import type { Schedule } from './schedule.ts'
import type { Writer } from './writer.ts'

export type Source = { writer: Writer; random: Random; schedule: Schedule; plan: Plan; acts: Acts }
export type Matter = { id: number; code: string; name: string; limit: Limit; papers: string[] }

/** An enquiry whose life goes on. */
export type Life = {
  id: number
  matter: Matter | null
  limitDays: number
  /** Stands at the counter and can rate on the second screen. */
  present: boolean
  /** Somebody to call back. */
  named: boolean
  answers: readonly string[]
}

/** Working days between asking and the desk's own answer, when it was not given at once, from 1. */
const waitWeights = [32, 20, 14, 10, 7, 5, 4, 3, 2, 1, 1, 1]
const results: FollowUp[] = ['content', 'discontent', 'unreachable']
const resultWeights = [84, 9, 7]

const later = (at: string, milliseconds: number) => new Date(Date.parse(at) + milliseconds).toISOString()

/** What becomes of enquiries after they were accepted. */
export function openLives(source: Source) {
  const { writer, random, schedule, plan, acts } = source
  const dispatches = openDispatches(source, {
    backAtDesk: answerAtDesk,
    answered: callBack,
    withdraw,
    notes: note,
  })
  const notOurs: NotOurs[] = readRules(writer.db).notOurs

  /** Steps of progress within so many working days, and askers who ask again. */
  function note(life: Life, at: string, within: number, mean = plan.notes.open): void {
    const count = Math.floor(mean * 2 * random.next() + random.next())
    for (let nth = 0; nth < count; nth += 1) {
      schedule.then(at, random.int(0, within), (db, when) => {
        const again = random.chance(0.2)
        const step: Step = again ? 'ask' : 'note'
        acts.take(db, life.id, when, step, {
          text: random.pick(again ? asks : notes),
          ...(again ? { detail: { channel: random.pick(channels) } } : {}),
        })
      })
    }
  }

  function withdraw(life: Life, at: string, workingDaysLater: number): void {
    schedule.then(at, workingDaysLater, (db, when) => {
      acts.take(db, life.id, when, 'withdraw', { reason: random.pick(withdrawals) })
    })
  }

  /** Some rate: who is still there on the second screen, the others by a slip that the manager enters. */
  function rate(life: Life, at: string): void {
    if (!random.chance(shares.rated)) return
    const onScreen = life.present && random.chance(0.8)
    const write: Parameters<Schedule['then']>[2] = (db, when) => {
      const level = 1 + random.weighted(shares.levels)
      const reasons = ratingReasons[level >= 3 ? 'good' : 'bad']
      const after = acts.rate(db, life.id, when, {
        level,
        reasons: random.chance(0.6) ? [random.pick(reasons)] : [],
        way: onScreen ? 'screen' : 'slip',
      })
      if (after?.state === 'accepted') startAnew(life, when)
    }
    if (onScreen) schedule.plan({ at: later(at, random.int(40_000, 240_000)), write })
    else schedule.then(at, random.int(2, 10), write)
  }

  /** Answered; the resident is called back, mostly in time. */
  function callBack(life: Life, at: string): void {
    rate(life, at)
    const days = random.chance(0.93) ? random.int(1, 3) : random.int(4, 8)
    if (life.named && days > 1 && random.chance(0.2)) {
      schedule.then(at, days - 1, (db, when) => {
        acts.take(db, life.id, when, 'call', { text: random.pick(out.calls) })
      })
    }
    schedule.then(at, days, (db, when) => {
      const result = life.named ? results[random.weighted(resultWeights)]! : 'no-contact'
      const after = acts.followUp(db, life.id, when, result, random.pick(callBacks[result]))
      if (after?.state === 'accepted') startAnew(life, when)
    })
  }

  /** Open again: out once more, or done by the desk. */
  function startAnew(life: Life, at: string): void {
    if (random.chance(0.4)) dispatches.send(life, at, 0)
    else close(life, at, random.int(1, 4))
  }

  function close(life: Life, at: string, workingDaysLater: number): void {
    schedule.then(at, workingDaysLater, (db, when) => {
      const text = random.pick(life.answers)
      const done = acts.take(db, life.id, when, 'close', {
        text,
        change: (taken) => ({ ...answered(taken, text, 'solved'), closedDay: taken.today }),
      })
      if (!done) return
      rate(life, when)
      if (random.chance(0.015)) reopen(life, when)
    })
  }

  function reopen(life: Life, at: string): void {
    schedule.then(at, random.int(2, 15), (db, when) => {
      const reason = random.pick(reopenings)
      if (acts.take(db, life.id, when, 'reopen', { reason, change: reopened })) startAnew(life, when)
    })
  }

  /** Not the community's task: returned upwards with the rule. */
  function refer(life: Life, at: string): void {
    const { rule, channel, task } = random.pick(notOurs)
    schedule.then(at, random.int(0, 2), (db, when) => {
      acts.take(db, life.id, when, 'refer', {
        reason: `属于“${task}”`.slice(0, 60),
        detail: { rule, channel },
        change: ({ today }) => ({ closedDay: today }),
      })
    })
  }

  /** The desk answers by itself on a later day. */
  function answerAtDesk(life: Life, at: string): void {
    const { limitDays } = life
    const late = random.chance(0.04)
    const days = late ? limitDays + random.int(1, 6) : Math.min(1 + random.weighted(waitWeights), limitDays)
    note(life, at, days)
    if (random.chance(0.03)) return withdraw(life, at, days)
    if (notOurs.length > 0 && random.chance(0.008)) return refer(life, at)
    if (!random.chance(shares.calledBack)) return close(life, at, days)
    schedule.then(at, days, (db, when) => dispatches.answer(db, life, when))
  }

  /** The papers of a matter, some of which were not brought. */
  function missingOf({ matter }: Life): { brought: string[]; missing: string[] } {
    const papers = matter?.papers ?? []
    const missing = random.pick(papers)
    const second = random.chance(0.3) ? random.pick(papers) : missing
    return {
      brought: papers.filter((paper) => paper !== missing && paper !== second),
      missing: [...new Set([missing, second])],
    }
  }

  function giveNotice(life: Life, at: string): void {
    schedule.plan({
      at: later(at, random.int(60_000, 400_000)),
      write: (db, when) => {
        acts.notice(db, life.id, when, missingOf(life))
        if (random.chance(0.12)) return withdraw(life, when, random.int(8, 25))
        schedule.then(when, random.int(1, 9), (file, then) => {
          if (acts.bring(file, life.id, then)) answerAtDesk(life, then)
        })
      },
    })
  }

  function takePromise(life: Life, at: string): void {
    schedule.plan({
      at: later(at, random.int(60_000, 400_000)),
      write: (db, when) => {
        const { brought, missing } = missingOf(life)
        const days = random.int(3, 10)
        const until = addWorkingDays(localDay(new Date(when)), days)
        acts.promise(db, life.id, when, { brought, promised: missing, until, consequence })
        answerAtDesk(life, when)
        // A few never bring them; nobody is made to.
        const kept = random.weighted([84, 14, 2])
        if (kept === 2) return
        schedule.then(when, kept === 0 ? random.int(1, days) : days + random.int(1, 6), (file, then) =>
          acts.bring(file, life.id, then),
        )
      },
    })
  }

  return {
    /** Answered in the act of accepting. */
    goOnClosed(life: Life, at: string): void {
      rate(life, at)
      note(life, at, 8, plan.notes.closed)
    },

    dispatch: (life: Life, at: string) => dispatches.send(life, at, random.chance(0.9) ? 0 : 1),
    answerAtDesk,
    giveNotice,
    takePromise,
  }
}
