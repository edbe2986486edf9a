import type { SavedFilter } from '../../../electron/contract/enquiry-lists.ts'
import { readDay } from '../../components/typed-day.ts'

/** What narrows a list of enquiries; no state: the open ones. It lives in the address, so every number is a link. */
export type Filter = SavedFilter['filter']
export type FilterState = NonNullable<Filter['state']>
export type FilterUrgency = NonNullable<Filter['urgency']>
export type FilterWhy = NonNullable<Filter['why']>
export type FilterPeriod = NonNullable<Filter['period']>

export const openStates = ['accepted', 'dispatched', 'working', 'answered'] as const
// Named here once more, because the contract's schemas would come into the first page with zod.
const states = ['closed', 'all', ...openStates, 'archived', 'withdrawn', 'referred'] as const
const urgencies = ['overdue', 'today', 'soon', 'remind', 'arrival', 'waiting'] as const
const whys = ['at-desk', 'not-arrived', 'at-department', 'bounced', 'no-follow-up'] as const
const periods = ['accepted', 'answered', 'closed', 'rated'] as const
const kinds = ['solved', 'explained', 'refused'] as const
const calls = ['content', 'discontent', 'unreachable', 'no-contact'] as const
const ratings = ['good', 'bad'] as const

/** Of those that nobody waits for, nothing is due. */
export const waits = ({ state }: Filter) => !state || state === 'open' || isOneOf(openStates, state)

function isOneOf<const T extends string>(words: readonly T[], word: unknown): word is T {
  return (words as readonly unknown[]).includes(word)
}

const oneOf = <const T extends string>(words: readonly T[], word: unknown) =>
  isOneOf(words, word) ? word : undefined

function readId(text: unknown): number | undefined {
  if (typeof text !== 'string' || !/^[1-9]\d{0,15}$/.test(text)) return undefined
  const id = Number(text)
  return Number.isSafeInteger(id) ? id : undefined
}

const isDay = (text: string) => readDay(text) === text

/** `today`, `2026-11-23` or `2026-11-01..2026-11-23`; a span that ends before it begins is none. */
function readPeriod(by: FilterPeriod['by'], text: unknown, today: string): FilterPeriod | undefined {
  if (typeof text !== 'string') return undefined
  if (text === 'today') return { by, from: today, to: today }
  const [from = '', to = from, ...rest] = text.split('..')
  return rest.length === 0 && isDay(from) && isDay(to) && from <= to ? { by, from, to } : undefined
}

function periodText({ from, to }: FilterPeriod, today: string): string {
  if (from !== to) return `${from}..${to}`
  return from === today ? 'today' : from
}

/** Leaves out what says nothing or contradicts the rest; two filters with the same rows are then written the same. */
export function tidy(filter: Filter): Filter {
  const { state, urgency, why, promiseDue, period, rating, ...rest } = filter
  const open = waits(filter)
  const span = period && period.from <= period.to ? period : undefined
  const kept: Filter = {
    state: state === 'open' ? undefined : state,
    urgency: open ? (why ? 'overdue' : urgency) : undefined,
    why: open ? why : undefined,
    promiseDue: open ? promiseDue : undefined,
    ...rest,
    period: span,
    rating: span?.by === 'rated' ? rating : undefined,
  }
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined))
}

/** The filter as the query of an address, `today` so that a list of today is one tomorrow, too. */
export function toQuery(filter: Filter, today: string): Record<string, string> {
  const of = tidy(filter)
  const id = (value: number | null | undefined, none: string) =>
    value === undefined ? undefined : value === null ? none : String(value)
  const query = {
    show: of.state ?? of.urgency,
    due: of.state && of.urgency,
    why: of.why,
    promise: of.promiseDue && 'due',
    matter: id(of.matterId, 'none'),
    dept: id(of.departmentId, 'desk'),
    grid: id(of.gridId, ''),
    by: id(of.operatorId, ''),
    group: id(of.groupId, ''),
    ...(of.period && { [of.period.by]: periodText(of.period, today) }),
    late: of.late === undefined ? undefined : of.late ? 'yes' : 'no',
    kind: of.kind,
    call: of.followUp,
    rating: of.rating,
  }
  return Object.fromEntries(
    Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

/** The filter in an address; whatever makes no sense there is ignored. */
export function fromQuery(query: Readonly<Record<string, unknown>>, today: string): Filter {
  const { show, due, why, promise, matter, dept, late } = query
  return tidy({
    state: oneOf(states, show),
    urgency: oneOf(urgencies, show) ?? oneOf(urgencies, due),
    why: oneOf(whys, why),
    promiseDue: promise === 'due' ? true : undefined,
    matterId: matter === 'none' ? null : readId(matter),
    departmentId: dept === 'desk' ? null : readId(dept),
    gridId: readId(query['grid']),
    operatorId: readId(query['by']),
    groupId: readId(query['group']),
    period: periods.map((by) => readPeriod(by, query[by], today)).find((period) => period !== undefined),
    late: late === 'yes' ? true : late === 'no' ? false : undefined,
    kind: oneOf(kinds, query['kind']),
    followUp: oneOf(calls, query['call']),
    rating: oneOf(ratings, query['rating']),
  })
}

/** The address of a filter's rows: what a number links to. */
export const rowsOf = (filter: Filter, today: string) => ({
  path: '/enquiries',
  query: toQuery(filter, today),
})

/** One text per set of rows: to compare, and as the key of what was fetched. */
export const filterKey = (filter: Filter) => JSON.stringify(toQuery(filter, ''))
