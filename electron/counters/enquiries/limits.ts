import type { EnquiryLine, EnquiryState } from '../../contract/enquiries.ts'
import type { Limit, Rules } from '../../contract/rules.ts'
import type { Database } from '../../database/open.ts'
import {
  addWorkingDays,
  addWorkingMinutes,
  endOfDay,
  localDay,
  workingDaysBetween,
  workingDaysLeft,
  workingMinutesADay,
  workingMinutesBetween,
} from '../../workbench/calendar.ts'
import { readRules } from '../settings/rules.ts'
import { isOpen } from './steps.ts'

/** The present as limits look at it: the instant, its local day, and from how many working days before 临期 begins. */
export type Now = { at: string; today: string; soonDays: number }

export function nowOf({ db, clock }: { db: Database; clock: () => Date }): Now {
  const now = clock()
  return { at: now.toISOString(), today: localDay(now), soonDays: readRules(db).soonDays }
}

/** When a limit that begins at `start` ends, a UTC instant. The day of asking does not count (受理次日起算). */
export function dueAfter(start: Date, limit: Limit, rules: Rules): string {
  if (limit.unit === 'day') return endOfDay(addWorkingDays(localDay(start), limit.amount))
  return addWorkingMinutes(start, limit.amount * 60, rules.workHours).toISOString()
}

const laterByDays = (due: Date, days: number) => endOfDay(addWorkingDays(localDay(due), days))

/** A limit at closing time stays there when nothing was waited. */
export const laterByMinutes = (due: Date, minutes: number, { workHours }: Rules) =>
  (minutes === 0 ? due : addWorkingMinutes(due, minutes, workHours)).toISOString()

/** When it ends after the clock has stood for so many working days since `start`, a UTC instant. */
export function dueAfterPause(start: Date, limit: Limit, pausedDays: number, rules: Rules): string {
  const due = new Date(dueAfter(start, limit, rules))
  if (limit.unit === 'day') return laterByDays(due, pausedDays)
  return laterByMinutes(due, pausedDays * workingMinutesADay(rules.workHours), rules)
}

/** The clock as it stands on an enquiry. */
export type Clock = {
  answerDueAt: string
  limitUnit: Limit['unit']
  waitingSince: string | null
  pausedDays: number
}

/** Lets a clock that stood run again: the limit moves by the working time that was waited for the resident. */
export function runOn(clock: Clock, now: Date, rules: Rules): Clock {
  if (clock.waitingSince === null) return clock
  const since = new Date(clock.waitingSince)
  const days = workingDaysBetween(localDay(since), localDay(now))
  const due = new Date(clock.answerDueAt)
  const answerDueAt =
    clock.limitUnit === 'day'
      ? laterByDays(due, days)
      : laterByMinutes(due, workingMinutesBetween(since, now, rules.workHours), rules)
  return {
    ...clock,
    answerDueAt,
    waitingSince: null,
    pausedDays: clock.pausedDays + days,
  }
}

type Due = {
  state: EnquiryState
  answerDueAt: string
  answeredDay: string | null
  /** Until when the leading department has to report, while it has not. */
  arriveDueAt: string | null
}

/** The next thing that is due: arrival of the leading department, the answer, or the call-back. */
export function nextDue({ state, answerDueAt, answeredDay, arriveDueAt }: Due, rules: Rules): string {
  if (state === 'answered' && answeredDay !== null)
    return endOfDay(addWorkingDays(answeredDay, rules.followUpDays))
  return arriveDueAt !== null && arriveDueAt < answerDueAt ? arriveDueAt : answerDueAt
}

type Standing = { state: EnquiryState; dueAt: string; answerDueAt: string; waiting: boolean }
type Shown = Pick<EnquiryLine, 'dueAt' | 'dueDay' | 'dueWhat' | 'urgency' | 'workingDaysLeft'>

/** How the next limit stands now; nothing is due once nobody waits, and while the clock stands. */
export function shownLimit({ state, dueAt, answerDueAt, waiting }: Standing, now: Now): Shown {
  const none = { dueAt: null, dueDay: null, dueWhat: null, workingDaysLeft: null }
  if (!isOpen(state)) return { ...none, urgency: 'none' }
  if (waiting) return { ...none, urgency: 'waiting' }
  const dueDay = localDay(new Date(dueAt))
  const left = workingDaysLeft(now.today, dueDay)
  const dueWhat = state === 'answered' ? 'follow-up' : dueAt < answerDueAt ? 'arrival' : 'answer'
  const shown = { dueAt, dueDay, dueWhat, workingDaysLeft: left } as const
  if (dueAt < now.at) return { ...shown, urgency: 'overdue' }
  // By the day itself, as the counts are: a due day that a later calendar made a holiday is still that day.
  if (dueDay === now.today) return { ...shown, workingDaysLeft: 0, urgency: 'today' }
  return { ...shown, urgency: left <= now.soonDays ? 'soon' : 'normal' }
}

/** The first and last instant of a local day. */
export const dayBounds = (day: string): [string, string] => {
  const last = endOfDay(day)
  return [new Date(Date.parse(last) - 86_400_000 + 1).toISOString(), last]
}
