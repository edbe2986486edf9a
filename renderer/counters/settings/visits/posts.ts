import type { Post } from '../../../../electron/contract/visit-posts.ts'
import { dayWords } from '../../../components/formats.ts'
import { postKindWords } from '../../visits/words.ts'

/** Whether a post is over on a local day; one that begins later is not. */
export const isOver = ({ toDay }: Pick<Post, 'toDay'>, today: string): boolean =>
  toDay !== null && toDay < today

/** 包片 第一网格 · 网格员; a line is named by its field of business. */
export function postWords({ kind, grid, duty }: Pick<Post, 'kind' | 'grid' | 'duty'>): string {
  return [[postKindWords[kind], grid].filter(Boolean).join(' '), duty].filter(Boolean).join(' · ')
}

/** 9月1日起; 9月1日至12月31日; until a day when nobody wrote down since when; empty without both. */
export function spanWords(
  { fromDay, toDay }: Pick<Post, 'fromDay' | 'toDay'>,
  now: Date = new Date(),
): string {
  const [from, to] = [fromDay, toDay].map((day) => (day === null ? '' : dayWords(day, now)))
  if (from && to) return `${from}至${to}`
  return from ? `${from}起` : to ? `到${to}` : ''
}
