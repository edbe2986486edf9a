import type { ContractInputs } from './inputs.ts'
import type { HouseholdVisits, Visit } from '../../../electron/contract/visit-records.ts'
import type { Outcome } from '../../../electron/contract/visit-rounds.ts'
import { isTime, tidyTime } from '../settings/times.ts'
import { outcomeOrder } from './words.ts'

export type Theme = Visit['themes'][number]['theme']

/** Something a family asked for, as it is typed: a title is enough. */
export type NeedTyped = {
  theme: Theme
  title: string
  matterId: number | null
  /** What they said; empty: the title says all. */
  text: string
  /** Becomes a numbered enquiry with the visit; else it is only noted. */
  raise: boolean
  askerId: number | null
}

/** A visit as it is typed at the desk; kept as a draft, so that a lock or a reload loses nothing. */
export type VisitTyped = {
  /** One per row, made when it is first handed in: a repeated Enter is one visit. */
  ticket: string
  outcome: Outcome | ''
  time: string
  metIds: number[]
  metOthers: string
  themes: { theme: Theme; text: string }[]
  needs: NeedTyped[]
  /** Of an empty or moved door how one knows. */
  note: string
  followUpDay: string | null
}

/** When and who: of a round the same for all its doors. */
export type Outing = { day: string | null; visitorIds: number[] }

export const emptyVisit = (): VisitTyped => ({
  ticket: '',
  outcome: '',
  time: '',
  metIds: [],
  metOthers: '',
  themes: [],
  needs: [],
  note: '',
  followUpDay: null,
})

export const emptyNeed = (theme: Theme = '其他'): NeedTyped => ({
  theme,
  title: '',
  matterId: null,
  text: '',
  raise: true,
  askerId: null,
})

/** What was typed, without the ticket that is added when it is handed in. */
export const wordsOf = (typed: VisitTyped): string => JSON.stringify({ ...typed, ticket: '' })

/** Whether anything stands in a row that would be lost. */
export const isTouched = (typed: VisitTyped | undefined): boolean =>
  typed !== undefined && wordsOf(typed) !== wordsOf(emptyVisit())

/** The outcome that a key takes: 1 见面 … 5 搬离; null for any other key. */
export function outcomeOfKey(key: string): Outcome | null {
  return /^[1-5]$/.test(key) ? outcomeOrder[Number(key) - 1]! : null
}

export type Field = 'outcome' | 'time' | 'note' | 'themes' | 'followUpDay' | 'day' | 'visitors' | 'needs'
type Problems = Partial<Record<Field, string>>

/** Nobody lives there (any more): the door leaves the count, and its note says how one knows. */
export const isAway = (outcome: Outcome | ''): boolean => outcome === 'vacant' || outcome === 'moved'

const isNeed = (need: NeedTyped) => !!(need.title.trim() || need.text.trim())

/** Why a visit cannot be saved yet, by field; empty when it can. `today`: a visit lies not ahead. */
export function problemsOf(typed: VisitTyped, outing: Outing, today: string): Problems {
  const problems: Problems = {}
  if (!typed.outcome) problems.outcome = '先选结果：1 见面 2 无人 3 拒访 4 空置 5 搬离'
  if (typed.time.trim() && !isTime(tidyTime(typed.time))) problems.time = '看不懂，请写成 10:20 或 1020'
  if (typed.outcome === 'met' && typed.themes.some(({ text }) => !text.trim()))
    problems.themes = '选了的情况写几个字，或再点一下去掉'
  if (typed.needs.some((need) => isNeed(need) && need.raise && !need.title.trim()))
    problems.needs = '写一句要办什么事，就能编号'
  if (isAway(typed.outcome) && typed.note.trim().length < 2)
    problems.note = '怎么知道的？写几个字，这一户就不再算在该走的户数里'
  if (!outing.day) problems.day = '哪天去的？'
  else if (outing.day > today) problems.day = '不能晚于今天'
  if (outing.visitorIds.length === 0) problems.visitors = '谁去的？点一下名字'
  if (typed.followUpDay && outing.day && typed.followUpDay < outing.day)
    problems.followUpDay = '不能早于走访那天'
  return problems
}

/** The fields of a visit for the desk; what does not belong to the outcome stays behind. */
export function visitFieldsOf(typed: VisitTyped, { day, visitorIds }: Outing): ContractInputs['fields'] {
  const met = typed.outcome === 'met'
  return {
    day: day!,
    time: typed.time.trim() ? tidyTime(typed.time) : null,
    outcome: typed.outcome as Outcome,
    visitorIds,
    metIds: met ? typed.metIds : [],
    metOthers: met ? typed.metOthers : '',
    themes: met ? typed.themes.map(({ theme, text }) => ({ theme, text })) : [],
    note: typed.note,
    followUpDay: typed.followUpDay,
  }
}

/** Needs for the desk: what was said is the title where nothing more was typed. */
export function needsOf(typed: VisitTyped): ContractInputs['needs'] {
  return typed.needs.filter(isNeed).map((need) => ({
    theme: need.theme,
    text: need.text.trim() || need.title,
    enquiry: need.raise ? { title: need.title, matterId: need.matterId, askerId: need.askerId } : null,
  }))
}

/** Who asks, when only one was met: them; else the door alone, until somebody is chosen. */
export const likelyAsker = (metIds: readonly number[]): number | null =>
  metIds.length === 1 ? metIds[0]! : null

/** Puts a theme among the chosen ones, in no other order than chosen, or takes it out. */
export function themesToggled(themes: VisitTyped['themes'], theme: Theme): VisitTyped['themes'] {
  return themes.some((one) => one.theme === theme)
    ? themes.filter((one) => one.theme !== theme)
    : [...themes, { theme, text: '' }]
}

/** A saved visit as it is typed, to be corrected. */
export function typedOf(visit: Visit): { typed: VisitTyped; outing: Outing } {
  return {
    typed: {
      ...emptyVisit(),
      outcome: visit.outcome,
      time: visit.time ?? '',
      metIds: visit.met.map(({ id }) => id),
      metOthers: visit.metOthers,
      themes: visit.themes.map(({ theme, text }) => ({ theme, text })),
      note: visit.note,
      followUpDay: visit.followUpDay,
    },
    outing: { day: visit.day, visitorIds: visit.visitors.map(({ id }) => id) },
  }
}

/** The next row to enter after this one: the nearest empty one below, else the first empty one; null when all are done. */
export function nextStop(
  stops: readonly { householdId: number; visit: unknown }[],
  after: number,
): number | null {
  const at = stops.findIndex(({ householdId }) => householdId === after)
  const empty = ({ householdId, visit }: (typeof stops)[number]) => !visit && householdId !== after
  return (stops.slice(at + 1).find(empty) ?? stops.find(empty))?.householdId ?? null
}

/** Who may have been met: those who live there now. */
export const present = (members: HouseholdVisits['members']) => members.filter(({ departure }) => !departure)
