import type { Activity } from '../../../../electron/contract/volunteer-activities.ts'
import type { VolunteerLine } from '../../../../electron/contract/volunteer-people.ts'
import type { RollCallLine } from '../../../../electron/contract/volunteer-records.ts'
import { problemInWords } from '../../../shell/sentences.ts'
import type { client } from '../../../shell/client.ts'
import { clockProblem, minutesAt, readArrived, readLeft, spanProblem } from './clock.ts'

/** What the desk would make of a line. */
export type Checked = Awaited<ReturnType<typeof client.volunteers.checkRollCall>>['lines'][number]

/** Who stands on a sheet: enough to tell them apart, kept with the draft for those who were added by hand. */
export type Who = Pick<VolunteerLine, 'id' | 'personId' | 'number' | 'name' | 'age' | 'consentMissing'>

/** One line of the sheet while it is written. */
export type RowTyped = {
  /** Null: nobody has looked at this signature yet. */
  came: boolean | null
  arrived: string
  left: string
  /** Another organisation's activity of which only the length is known, in minutes; '' where times stand. */
  minutes: string
  break: string
  reason: string
  rating: number | null
}

/** A sheet while it is written; kept as a draft, so that a lock or a reload loses nothing. */
export type SheetTyped = {
  /** One per sheet, made when it is first handed in: a repeated Enter is one sheet. */
  ticket: string
  /** The lines that the ticket was made for. */
  ticketFor: string
  rows: Record<number, RowTyped>
  /** Who signed on paper without having signed up, in the order in which they were added. */
  added: Who[]
  /** The whole team beside those who signed up. */
  team: boolean
}

export const emptySheet = (): SheetTyped => ({ ticket: '', ticketFor: '', rows: {}, added: [], team: false })

type Times = Pick<Activity, 'starts' | 'ends' | 'own'>

/** A line as it is before anybody looked at the paper: the activity's own times. */
export const emptyRow = ({ starts, ends }: Times): RowTyped => ({
  ...{ came: null, arrived: starts, left: ends, minutes: '', break: '', reason: '', rating: null },
})

/** Whether anything stands on the sheet that would be lost. */
export const isTouched = (sheet: SheetTyped, times: Times): boolean =>
  sheet.added.length > 0 ||
  Object.values(sheet.rows).some((row) => JSON.stringify(row) !== JSON.stringify(emptyRow(times)))

const who = ({ id, personId, number, name, age, consentMissing }: Who): Who => ({
  ...{ id, personId, number, name, age, consentMissing },
})

/**
 * Whose lines the sheet has: who signed up; where nobody did (or `sheet.team`) the whole team after them; then who was added by
 * hand. Each once; who has a standing record of this activity stands on an earlier sheet.
 */
export function linesOf(
  sheet: Pick<SheetTyped, 'added' | 'team'>,
  signUps: readonly Who[],
  members: readonly Who[],
  recorded: ReadonlySet<number>,
): Who[] {
  const team = signUps.length === 0 || sheet.team ? members : []
  const lines = new Map<number, Who>()
  for (const one of [...signUps, ...team, ...sheet.added])
    if (!recorded.has(one.id) && !lines.has(one.id)) lines.set(one.id, who(one))
  return [...lines.values()]
}

export type Field = 'volunteerId' | 'arrived' | 'left' | 'minutes' | 'breakMinutes' | 'reason'
export type Problems = Partial<Record<Field, string>>

const wholeNumber = (typed: string): number | null => {
  const text = typed.normalize('NFKC').trim()
  return /^\d{1,5}$/.test(text) ? Number(text) : null
}

/** 90, 90分, 1.5小时, 2h as minutes; null for what is no length. */
export function readLength(typed: string): number | null {
  const match = /^(\d{1,4}(?:\.\d{1,2})?)\s*(分钟?|小时|时|h)?$/i.exec(typed.normalize('NFKC').trim())
  if (!match) return null
  const minutes = Math.round(Number(match[1]) * (match[2] && !match[2].startsWith('分') ? 60 : 1))
  return minutes > 0 ? minutes : null
}

/** What of a line cannot even be read, in words; the rest the desk says (`Checked.problems`). */
export function unreadable(row: RowTyped, times: Times): Problems {
  if (!times.own && row.minutes.trim()) {
    const minutes = readLength(row.minutes)
    if (minutes === null) return { minutes: '看不懂，请写成 90 或 1.5小时' }
    return minutes > 24 * 60 ? { minutes: problemInWords('more-than-a-day') } : {}
  }
  const problems: Problems = {}
  const arrived = readArrived(row.arrived, times.starts)
  const left = readLeft(row.left, times.ends)
  const wrong = { arrived: clockProblem(arrived), left: clockProblem(left) }
  if (wrong.arrived) problems.arrived = problemInWords(wrong.arrived)
  if (wrong.left) problems.left = problemInWords(wrong.left)
  if (!wrong.arrived && !wrong.left) {
    const span = spanProblem(arrived, left)
    if (span) problems.left = problemInWords(span)
  }
  const rest = row.break.trim() ? wholeNumber(row.break) : 0
  if (rest === null || rest > 1439) problems.breakMinutes = '写分钟数，如 30'
  return problems
}

/** A readable line as the desk takes it. */
export function lineOf(volunteerId: number, row: RowTyped, times: Times): RollCallLine {
  const length = !times.own && row.minutes.trim() ? readLength(row.minutes) : null
  const timed = length === null
  return {
    volunteerId,
    arrived: timed ? readArrived(row.arrived, times.starts) : null,
    left: timed ? readLeft(row.left, times.ends) : null,
    minutes: length,
    breakMinutes: timed && row.break.trim() ? wholeNumber(row.break)! : 0,
    reason: row.reason.trim(),
    rating: row.rating,
  }
}

/** The problems of a checked line in words, by field. */
export function problemsOf(checked: Checked | undefined): Problems {
  const problems: Problems = {}
  for (const { field, problem } of checked?.problems ?? [])
    problems[field as Field] ??=
      field === 'reason' && problem === 'required' ? '请写原因' : problemInWords(problem)
  return problems
}

/** Refused lines (`lines.3.left`) back to whom they are about, in words. */
export function refusedLines(
  fields: Readonly<Record<string, string>>,
  lines: readonly Pick<RollCallLine, 'volunteerId'>[],
): Map<number, Problems> {
  const refused = new Map<number, Problems>()
  for (const [path, words] of Object.entries(fields)) {
    const [, nth, field] = /^lines\.(\d+)\.(\w+)$/.exec(path) ?? []
    const line = nth === undefined ? undefined : lines[Number(nth)]
    if (line) refused.set(line.volunteerId, { ...refused.get(line.volunteerId), [field as Field]: words })
  }
  return refused
}

/** Something beside a missing reason is wrong with a line. */
export const isWrong = (problems: Problems): boolean =>
  Object.keys(problems).some((field) => field !== 'reason')

export type Totals = {
  came: number
  absent: number
  open: number
  minutes: number
  flagged: number
  /** Lines that only lack their reason, and those with something else wrong. */
  reasons: number
  wrong: number
}

/** What stands at the foot: who came, who did not, whom nobody looked at yet, whole minutes, and what is still wrong. */
export function totalsOf(
  lines: readonly Who[],
  rows: Readonly<Record<number, RowTyped>>,
  checked: ReadonlyMap<number, Checked>,
  problems: ReadonlyMap<number, Problems>,
): Totals {
  const totals: Totals = { came: 0, absent: 0, open: 0, minutes: 0, flagged: 0, reasons: 0, wrong: 0 }
  for (const { id } of lines) {
    const came = rows[id]?.came ?? null
    if (came === null) totals.open += 1
    else if (!came) totals.absent += 1
    else {
      totals.came += 1
      totals.minutes += checked.get(id)?.minutes ?? 0
      if (checked.get(id)?.flags.length) totals.flagged += 1
      const wrong = problems.get(id) ?? {}
      if (isWrong(wrong)) totals.wrong += 1
      else if (wrong.reason) totals.reasons += 1
    }
  }
  return totals
}

/** 迟到 20 分, 早退 30 分: beside the word, how much. */
export function howMuch(row: RowTyped, times: Times): string {
  const late = minutesAt(readArrived(row.arrived, times.starts)) - minutesAt(times.starts)
  const early = minutesAt(times.ends) - minutesAt(readLeft(row.left, times.ends))
  return [late > 0 ? `迟到 ${late} 分` : '', early > 0 ? `早退 ${early} 分` : ''].filter(Boolean).join('、')
}

/** What is often written, by what made the reason needed; one touch instead of typing it. */
export function usualReasons({ how, flags }: Pick<Checked, 'how' | 'flags'>): string[] {
  if (flags.includes('overlap') || flags.includes('long-day')) return ['两场接着做', '全天活动']
  if (flags.includes('beyond')) return ['提前到场布置', '收拾场地', '活动延长']
  if (how === 'late') return ['路上堵车', '接送孩子', '上班']
  return how === 'full' ? [] : ['家里有事', '接送孩子', '身体不舒服']
}

/** The next line that still needs a hand, from `after` on, then from the top; null when none. */
export function nextOpen(
  lines: readonly Who[],
  open: (id: number) => boolean,
  after: number | null = null,
): number | null {
  const at = lines.findIndex(({ id }) => id === after)
  const needs = ({ id }: Who) => open(id)
  return (lines.slice(at + 1).find(needs) ?? lines.find(needs))?.id ?? null
}
