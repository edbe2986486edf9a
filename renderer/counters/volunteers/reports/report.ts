import type { VolunteerReport } from '../../../../electron/contract/volunteer-reports.ts'
import type { client } from '../../../shell/client.ts'
import { countWords, durationWords } from '../../../components/formats.ts'
import { monthWords } from '../../../components/months.ts'
import {
  daysOf as daysOfSpan,
  readSpan,
  spans as commonSpans,
  type Days,
} from '../../../components/periods.ts'
import { colourNames, colourWorks, starWords } from '../words.ts'

export type RowsOf = Parameters<(typeof client)['volunteers']['reportRows']>[0]
export type What = RowsOf['what']
export type Narrowing = Pick<RowsOf, 'colour' | 'month' | 'age' | 'star'>
/** What stands behind a number: its rows in these days, narrowed to a bar or a line, and what that is called. */
export type Behind = { name: string; asked: { what: What } & Days & Narrowing }
export type Counted = VolunteerReport['total']
export type AgeBand = VolunteerReport['byAge'][number]['band']

/** The spans of the address, and the whole year before: /volunteers/reports?period=last-year. */
export const spans = { ...commonSpans, 'last-year': '去年' } as const
export type Span = keyof typeof spans
export const spanOrder = ['month', '30', '90', 'year', 'last-year'] as const satisfies Span[]

/** This year where the address says nothing: a month of volunteers is one day, the 28th. */
export const readPeriod = (value: unknown): Span =>
  value === 'last-year' ? value : value === undefined ? 'year' : readSpan(value)

export function daysOf(span: Span, today: string): Days {
  if (span !== 'last-year') return daysOfSpan(span, today)
  const year = Number(today.slice(0, 4)) - 1
  return { from: `${year}-01-01`, to: `${year}-12-31` }
}

export const bandWords: Record<AgeBand, string> = {
  'under-18': '未满 18 岁',
  '18-34': '18—34 岁',
  '35-59': '35—59 岁',
  '60-69': '60—69 岁',
  '70-and-over': '70 岁以上',
  unknown: '没登记出生日期',
}

export const colourTitle = (colour: VolunteerReport['byColour'][number]['colour']): string =>
  colour === null ? '不分颜色' : `${colourNames[colour]} · ${colourWorks[colour]}`

/** Minutes as hours with one digit, for charts: their axis counts hours. Never nought where somebody served. */
export const hoursOf = (minutes: number): number =>
  minutes === 0 ? 0 : Math.max(0.1, Math.round(minutes / 6) / 10)

export const whatWords: Record<What, string> = {
  records: '服务记录',
  unconfirmed: '还没确认的记录',
  elsewhere: '别的单位的时长',
  training: '培训',
  'party-duty': '党员义务',
  volunteers: '参加过的志愿者',
  registered: '在册志愿者',
  joined: '新加入的',
  left: '离开的',
  active: '活跃志愿者',
  activities: '活动',
  redemptions: '兑换',
  earned: '得到的积分',
  expired: '到期的积分',
}

/** What one row of each is: the heads of the table follow from it. */
export function rowKind(what: What): 'record' | 'volunteer' | 'activity' | 'redemption' | 'posting' {
  if (what === 'activities') return 'activity'
  if (what === 'redemptions' || what === 'expired') return 'redemption'
  if (what === 'earned') return 'posting'
  return ['volunteers', 'registered', 'joined', 'left', 'active'].includes(what) ? 'volunteer' : 'record'
}

export const titleOf = ({ name, asked }: Behind): string =>
  [name, whatWords[asked.what]].filter(Boolean).join(' · ')

/** One line of a chart or its table. */
export type Line = {
  key: string
  name: string
  ink?: string
  counted: Counted
  /** How many are registered, whether they served or not; where it is told. */
  registered?: number
  narrowing: Narrowing
}

export const monthLines = (rows: VolunteerReport['byMonth'], today: string): Line[] =>
  rows.map((row) => ({
    key: row.month,
    name: monthWords(row.month, today),
    counted: row,
    narrowing: { month: row.month },
  }))

export const ageLines = (rows: VolunteerReport['byAge']): Line[] =>
  rows.map((row) => ({
    key: row.band,
    name: bandWords[row.band],
    counted: row,
    registered: row.registered,
    narrowing: { age: row.band },
  }))

/** What a chart says to who does not see it: 红 · 扶贫帮困 12 小时、5 人次. */
export const linesLabel = (title: string, lines: readonly Line[]): string =>
  `${title}：${lines
    .map(
      ({ name, counted }) =>
        `${name} ${durationWords(counted.minutes)}、${countWords(counted.attendances)} 人次`,
    )
    .join('，')}`

/** Nobody … five stars, the highest first, each with its number. */
export const starLines = (stars: readonly number[]) =>
  stars.map((count, star) => ({ star, name: starWords(star), count })).reverse()
