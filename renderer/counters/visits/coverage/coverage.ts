import type { Coverage } from '../../../../electron/contract/visit-coverage.ts'
import { countWords } from '../../../components/formats.ts'
import type { Client } from '../../../shell/client.ts'

export type Numbers = Coverage['all']
export type What = Parameters<Client['visits']['coverageRows']>[0]['what']

/** What stands behind a number: of a grid, a visitor or all; `name` says of whom. */
export type Behind = {
  what: What
  month: string
  name: string
  gridId: number | 'none' | null
  visitorId: number | null
  keyGroup?: string
}

const whats: Record<What, string> = {
  'month-met': '见到的户',
  'month-meetings': '见面的次数',
  'month-in-vain': '跑空的户',
  covered: '今年见过的户',
  'not-covered': '今年还没见过的户',
  away: '空置、搬离的户',
  'key-families': '重点户',
  'key-overdue': '到期没去的重点户',
  'key-soon': '三十天内到期的重点户',
  'follow-up': '约好再去的户',
  'open-need': '诉求没办完的户',
}

export const isWhat = (text: unknown): text is What => typeof text === 'string' && text in whats

const monthly: readonly What[] = ['month-met', 'month-meetings', 'month-in-vain']

/** 第一网格 · 11月 · 见到的户. */
export function titleOf({ what, month, name, keyGroup }: Behind): string {
  const when = monthly.includes(what) ? `${Number(month.slice(5))}月` : ''
  return [name, keyGroup, when, whats[what]].filter(Boolean).join(' · ')
}

/** A share in whole percent: never 100 while one is missing, never 0 while there is one. */
export function percentOf(part: number, whole: number): number {
  if (whole <= 0 || part <= 0) return 0
  if (part >= whole) return 100
  return Math.min(99, Math.max(1, Math.round((100 * part) / whole)))
}

/**
 * How much of the year is over at the end of this month: where a bar of the year ought to be, 0 to 1. Whichever month is looked
 * at: its year is counted up to `today`, and one that is past to its end.
 */
export const yearGone = (month: string, today: string): number =>
  month.slice(0, 4) < today.slice(0, 4) ? 1 : Number(today.slice(5, 7)) / 12

export type Pace = { tone: 'ok' | 'warn' | 'bad'; words: string }

/**
 * What the goal of a month comes to, and what full coverage really needs: 25 a month covers 300 of 400. `month` is what is
 * looked at, `today` the present day.
 */
export function paceOf(
  { households, covered, monthGoal, needed, reachedByGoal }: Numbers,
  month: string,
  today: string,
): Pace {
  const year = month.slice(0, 4)
  const left = households - covered
  if (households === 0) return { tone: 'warn', words: '还没有要走访的户。登记门牌以后从这里看进度。' }
  if (left <= 0) return { tone: 'ok', words: `${countWords(households)}户全部见过面了。` }
  if (year < today.slice(0, 4)) return { tone: 'bad', words: `${year}年有${countWords(left)}户没有见过面。` }
  const need =
    month === today.slice(0, 7)
      ? `要访遍，本月起每月要见${countWords(needed)}户`
      : `当时要访遍，从${Number(month.slice(5))}月起每月要见${countWords(needed)}户`
  if (monthGoal === 0) return { tone: 'warn', words: `还没有人包片，没有每月目标；${need}。` }
  if (reachedByGoal < households) {
    const share = percentOf(reachedByGoal, households)
    return {
      tone: 'bad',
      words: `按每月${countWords(monthGoal)}户，全年只能访到${countWords(reachedByGoal)}户（${share}%）；${need}。`,
    }
  }
  return needed > monthGoal
    ? { tone: 'warn', words: `按每月${countWords(monthGoal)}户本来访得遍，前面落下了；${need}。` }
    : { tone: 'ok', words: `按每月${countWords(monthGoal)}户，全年访得遍；还有${countWords(left)}户没见过。` }
}

/** 本月还差 7 户, 已达到目标; empty without a goal. */
export function goalWords({ monthMet, monthGoal }: Pick<Numbers, 'monthMet' | 'monthGoal'>): string {
  if (monthGoal === 0) return ''
  return monthMet >= monthGoal ? '达到目标' : `还差 ${countWords(monthGoal - monthMet)} 户`
}
