import type { Activity } from '../../../../electron/contract/volunteer-activities.ts'
import type { Colour } from '../../../../electron/contract/volunteer-fields.ts'
import { monthAfter } from '../../../components/months.ts'
import { problemInWords } from '../../../shell/sentences.ts'
import type { client } from '../../../shell/client.ts'
import type { ActivityKind } from '../words.ts'
import { clockProblem, spanProblem, tidyClock } from './clock.ts'

type SaveInput = Parameters<typeof client.volunteers.saveActivity>[0]
type SeriesInput = Parameters<typeof client.volunteers.createSeries>[0]

/** An activity as it is typed; kept as a draft. */
export type ActivityTyped = {
  ticket: string
  name: string
  kind: ActivityKind
  own: boolean
  day: string | null
  starts: string
  ends: string
  place: string
  content: string
  organiser: string
  inCharge: string
  capacity: string
  colour: Colour | null
  teamId: number | null
  /** Once each month: on which day, from which month to which. */
  monthly: boolean
  dayOfMonth: string
  fromMonth: string
  toMonth: string
}

/** A new one: the service day of the month that is next, in the morning. */
export function emptyActivity(today: string, organiser: string): ActivityTyped {
  const month = today.slice(0, 7)
  const day = `${month}-28`
  const fromMonth = day >= today ? month : monthAfter(month, 1)
  return {
    ...{ ticket: '', name: '', kind: 'service', own: true, day: `${fromMonth}-28`, starts: '09:00' },
    ...{ ends: '11:00', place: '', content: '', organiser, inCharge: '', capacity: '', colour: null },
    ...{ teamId: null, monthly: false, dayOfMonth: '28', fromMonth, toMonth: monthAfter(fromMonth, 11) },
  }
}

export function typedOf(activity: Activity): ActivityTyped {
  const { name, kind, own, day, starts, ends, place, content, organiser, inCharge, colour } = activity
  return {
    ...emptyActivity(day, organiser),
    ...{ name, kind, own, day, starts, ends, place, content, inCharge, colour },
    capacity: activity.capacity === null ? '' : String(activity.capacity),
    teamId: activity.team?.id ?? null,
  }
}

const wholeNumber = (typed: string): number | null => {
  const text = typed.normalize('NFKC').trim()
  return /^\d{1,4}$/.test(text) ? Number(text) : null
}

export type ActivityField =
  | 'name'
  | 'day'
  | 'starts'
  | 'ends'
  | 'place'
  | 'content'
  | 'organiser'
  | 'inCharge'
  | 'capacity'
  | 'dayOfMonth'
  | 'toMonth'
  | 'teamId'
type Problems = Partial<Record<ActivityField, string>>

/** What 令67号 Art 7 wants of every activity, asked for before it is sent. */
const needed: readonly [ActivityField & keyof ActivityTyped, string][] = [
  ['name', '叫什么活动？'],
  ['place', '在哪里？'],
  ['content', '做什么？写一两句，证明上要用'],
  ['organiser', '谁组织的？'],
  ['inCharge', '谁负责？'],
]

/** Why it cannot be saved yet, by field; empty when it can. */
export function problemsOf(typed: ActivityTyped): Problems {
  const problems: Problems = {}
  for (const [field, words] of needed) if (!String(typed[field] ?? '').trim()) problems[field] = words
  const [starts, ends] = [clockProblem(typed.starts), clockProblem(typed.ends)]
  if (starts) problems.starts = problemInWords(starts)
  if (ends) problems.ends = problemInWords(ends)
  if (!starts && !ends) {
    const span = spanProblem(tidyClock(typed.starts), tidyClock(typed.ends))
    if (span) problems.ends = problemInWords(span)
  }
  if (typed.capacity.trim() && !wholeNumber(typed.capacity)) problems.capacity = '写人数，不限就空着'
  if (!typed.monthly) {
    if (!typed.day) problems.day = '哪一天？'
    return problems
  }
  const date = wholeNumber(typed.dayOfMonth)
  if (!date || date > 31) problems.dayOfMonth = '写 1 到 31'
  const count = monthsOf(typed).length
  if (count === 0) problems.toMonth = '不能早于开始的月份'
  else if (count > 24) problems.toMonth = '一次最多排 24 个月'
  return problems
}

/** The months of a series, both ends included; at most 25 of them: more are not saved anyway. */
export function monthsOf({ fromMonth, toMonth }: Pick<ActivityTyped, 'fromMonth' | 'toMonth'>): string[] {
  const months: string[] = []
  for (let month = fromMonth; month <= toMonth && months.length < 25; month = monthAfter(month, 1))
    months.push(month)
  return months
}

/** The days of a series; where a month is shorter, its last day. */
export function daysOf(typed: Pick<ActivityTyped, 'fromMonth' | 'toMonth' | 'dayOfMonth'>): string[] {
  const date = wholeNumber(typed.dayOfMonth)
  if (!date || date > 31) return []
  return monthsOf(typed).map((month) => {
    const [year, number] = month.split('-').map(Number)
    const last = new Date(Date.UTC(year!, number, 0)).getUTCDate()
    return `${month}-${String(Math.min(date, last)).padStart(2, '0')}`
  })
}

function fieldsOf(typed: ActivityTyped) {
  const { kind, own, colour, teamId } = typed
  return {
    ...{ kind, own, colour, teamId },
    name: typed.name.trim(),
    starts: tidyClock(typed.starts),
    ends: tidyClock(typed.ends),
    place: typed.place.trim(),
    content: typed.content.trim(),
    organiser: typed.organiser.trim(),
    inCharge: typed.inCharge.trim(),
    capacity: typed.capacity.trim() ? wholeNumber(typed.capacity) : null,
  }
}

/** One activity for the desk; `seen` = the one that is changed, as it was seen, null for a new one. */
export function activityInput(
  typed: ActivityTyped,
  seen: Pick<Activity, 'id' | 'version'> | null,
): SaveInput {
  return {
    id: seen?.id ?? null,
    version: seen?.version ?? null,
    ticket: seen ? null : typed.ticket,
    day: typed.day!,
    ...fieldsOf(typed),
  }
}

export function seriesInput(typed: ActivityTyped): SeriesInput {
  const { fromMonth, toMonth } = typed
  return { dayOfMonth: wholeNumber(typed.dayOfMonth)!, fromMonth, toMonth, ...fieldsOf(typed) }
}
