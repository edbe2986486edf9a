import { useInfiniteQuery, useQuery, useQueryCache } from '@pinia/colada'
import { computed } from 'vue'
import type { LocationQuery } from 'vue-router'
import type { Activity, ActivityLine } from '../../../../electron/contract/volunteer-activities.ts'
import type { Colour } from '../../../../electron/contract/volunteer-fields.ts'
import { dayWords, limitWords } from '../../../components/formats.ts'
import { client } from '../../../shell/client.ts'
import { colourOrder } from '../words.ts'

type ListInput = Parameters<typeof client.volunteers.activities>[0]

/** What is looked at; the word stands in the address: /volunteers?see=past. */
export const views = ['now', 'past', 'roll-call', 'confirmation', 'overdue', 'national'] as const
export type View = (typeof views)[number]
export const viewWords: Record<View, string> = {
  now: '近期',
  'roll-call': '待点名',
  confirmation: '待确认',
  overdue: '已超期',
  national: '未录全国系统',
  past: '以前',
}

/** What stands in the address beside the activity that is open. */
export type Looking = { view: View; colour: Colour | null; seriesId: number | null }

export function readLooking(query: LocationQuery): Looking {
  return {
    view: views.find((view) => view === query['see']) ?? 'now',
    colour: colourOrder.find((colour) => colour === query['colour']) ?? null,
    seriesId: Number(query['series']) || null,
  }
}

export function placeOf({ view, colour, seriesId }: Looking): Record<string, string> {
  return {
    ...(view === 'now' ? {} : { see: view }),
    ...(colour ? { colour } : {}),
    ...(seriesId ? { series: String(seriesId) } : {}),
  }
}

/**
 * What is asked of the desk. A search and a series go over all times; `now` is what comes next, soonest first; `past` is
 * newest first, today included.
 */
export function asked({ view, colour, seriesId }: Looking, query: string, today: string): ListInput {
  const narrow = { query, ...(colour ? { colour } : {}), ...(seriesId ? { seriesId } : {}) }
  if (query || seriesId) return narrow
  if (view === 'now') return { ...narrow, state: 'planned', from: today }
  if (view === 'past') return { ...narrow, to: today }
  return { ...narrow, waits: view }
}

export function useActivities(input: () => ListInput) {
  const query = useInfiniteQuery({
    key: () => ['activity', 'list', JSON.stringify(input())],
    query: ({ pageParam }) =>
      client.volunteers.activities({ ...input(), limit: 40, ...(pageParam ? { after: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
  return { ...query, activities: computed(() => query.data.value?.pages.flatMap(({ rows }) => rows) ?? []) }
}

export function useActivity(id: () => number) {
  return useQuery({ key: () => ['activity', id()], query: () => client.volunteers.activity({ id: id() }) })
}

/** What waits, nearest deadline first; 今日 asks the same, in one answer. */
export function useWaiting() {
  return useQuery({ key: ['activity', 'today'], query: () => client.volunteers.today({}) })
}

/** Lets everything that shows activities, hours or points ask again. */
export function useShownActivity() {
  const cache = useQueryCache()
  return (activity?: Activity) => {
    if (activity) cache.setQueryData(['activity', activity.id], activity)
    void cache.invalidateQueries({ key: ['activity'] })
    void cache.invalidateQueries({ key: ['volunteer'] })
    void cache.invalidateQueries({ key: ['today'] })
  }
}

/** Activities under their months, in the order they came. */
export function byMonth<Row extends Pick<ActivityLine, 'day'>>(
  rows: readonly Row[],
): { month: string; rows: Row[] }[] {
  const months: { month: string; rows: Row[] }[] = []
  for (const row of rows) {
    const month = row.day.slice(0, 7)
    const last = months.at(-1)
    if (last?.month === month) last.rows.push(row)
    else months.push({ month, rows: [row] })
  }
  return months
}

/** March is the volunteer month (seed article). */
export const isServiceMonth = (month: string): boolean => month.endsWith('-03')

const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']
export const weekdayOf = (day: string): string => weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()]!

type Tone = '' | 'ok' | 'warn' | 'bad' | 'info'
export type Wait = { words: string; tone: Tone }

type Standing = Pick<
  ActivityLine,
  'day' | 'state' | 'records' | 'unconfirmed' | 'overdue' | 'workingDaysLeft' | 'nationalDay' | 'own' | 'kind'
>

/** 还剩 2 个工作日, 今天到期, 已超期 3 个工作日; warns from two working days on. */
export function deadlineOf({ overdue, workingDaysLeft }: Standing): Wait {
  if (overdue) return { words: `已${limitWords(Math.min(-1, workingDaysLeft))}`, tone: 'bad' }
  return { words: limitWords(workingDaysLeft), tone: workingDaysLeft <= 2 ? 'warn' : '' }
}

/** What an activity waits for, with its deadline where it has one; empty when nothing. `today`: the day it is. */
export function waitsOf(activity: Standing, today: string): Wait[] {
  const { state, records, unconfirmed, day } = activity
  if (state === 'cancelled') return [{ words: '已取消', tone: '' }]
  if (day > today) return []
  if (records === 0 && state === 'planned')
    return day === today
      ? [{ words: '今天', tone: 'info' }]
      : [{ words: '待点名', tone: 'warn' }, deadlineOf(activity)]
  if (unconfirmed > 0) return [{ words: `待确认 ${unconfirmed} 人`, tone: 'warn' }, deadlineOf(activity)]
  if (activity.nationalDay) return [{ words: '已录入全国系统', tone: 'ok' }]
  return records > 0 && activity.own && activity.kind === 'service'
    ? [{ words: '未录入全国系统', tone: 'info' }]
    : []
}

/** 11月28日 周六 09:00–11:00. */
export const whenWords = ({ day, starts, ends }: Pick<ActivityLine, 'day' | 'starts' | 'ends'>): string =>
  `${dayWords(day)} ${weekdayOf(day)} ${starts}–${ends}`
