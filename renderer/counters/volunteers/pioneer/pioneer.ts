import type {
  PioneerCorrection,
  PioneerYear,
  RankLine,
} from '../../../../electron/contract/volunteer-pioneer.ts'
import { dayWords, durationWords } from '../../../components/formats.ts'
import { dayAfter } from '../../../components/periods.ts'

/** A year as it stands in the address: /volunteers/pioneer?year=2026; otherwise the one given. */
export function readYear(value: unknown, otherwise: number): number {
  return typeof value === 'string' && /^2[01]\d\d$/.test(value) ? Number(value) : otherwise
}

/** What a year's list is, by its state. */
export const stateWords: Record<PioneerYear['state'], string> = {
  open: '还在变',
  locked: '已锁定',
  published: '公示中',
  frozen: '已定稿',
}
export const stateTones: Record<PioneerYear['state'], string> = {
  open: '',
  locked: 'info',
  published: 'warn',
  frozen: 'ok',
}

/** The way of a year, in its order. */
export const steps = [
  { state: 'open', name: '随记录排名', hint: '确认一条，名次就可能变' },
  { state: 'locked', name: '锁定', hint: '名次先停住，可以再锁' },
  { state: 'published', name: '公示', hint: '听意见，有错就更正' },
  { state: 'frozen', name: '定稿', hint: '以后怎么补记都不再变' },
] as const satisfies { state: PioneerYear['state']; name: string; hint: string }[]

/** How it is ranked, as it has to stand on the screen and on the list. */
export const tieRule = [
  '先比确认过的服务时长（分钟，不取整）',
  '时长一样，比参加的活动次数',
  '还一样，比平均评价，没有评价的排后面',
  '三项都一样，名次并列，后面的名次空出来（1、2、2、4）',
] as const
export const notCounted = '没确认的、冲销的、培训、党员义务和别的单位的时长都不算。'

/** 第 3 名, 并列第 3 名; who is excluded has none. */
export const rankWords = ({ rank, shared }: Pick<RankLine, 'rank' | 'shared'>): string =>
  rank === null ? '不参评' : `${shared ? '并列' : ''}第 ${rank} 名`

/** The mean of the ratings, kept in hundredths: 4.67. */
export const ratingWords = (rating: number | null): string =>
  rating === null ? '没有评价' : `${(rating / 100).toFixed(2)} 分`

type Listed = PioneerCorrection['before']

/** What a correction found or left: 第 3 名，12 小时，5 次，4.50 分. */
export const figuresWords = ({ rank, minutes, activities, rating }: Listed): string =>
  minutes === 0 && rank === null
    ? '没有记录'
    : `${rank === null ? '不参评' : `第 ${rank} 名`}，${durationWords(minutes)}，${activities} 次，${ratingWords(rating)}`

export const kindWords: Record<PioneerCorrection['kind'], string> = {
  recompute: '按现在的记录重算',
  exclude: '不参评',
  restore: '恢复参评',
  'no-change': '核对过，不改',
}
/** What each does, for who chooses. */
export const kindHints: Record<PioneerCorrection['kind'], string> = {
  recompute: '按截止日以前、现在确认了的记录重新算这一个人，再排名次。',
  exclude: '这个人不占名次，后面的往前排；时长和积分不受影响。',
  restore: '这个人重新占名次。',
  'no-change': '有人提了意见，核对过没有错：只把意见和结果列出来。',
}

/** What may be done for one line; an excluded one is only brought back or noted. */
export function kindsFor(line: Pick<RankLine, 'rank'> | null): PioneerCorrection['kind'][] {
  if (line === null) return ['recompute', 'no-change']
  return line.rank === null ? ['restore', 'recompute', 'no-change'] : ['recompute', 'exclude', 'no-change']
}

/** What the next step of a year is for the manager; null once it is final. `wait`: until when it is not possible. */
export function nextStep(
  { state, objectionsUntil }: Pick<PioneerYear, 'state' | 'objectionsUntil'>,
  today: string,
): { go: 'lock' | 'publish' | 'freeze'; wait: string | null } | null {
  if (state === 'open') return { go: 'lock', wait: null }
  if (state === 'locked') return { go: 'publish', wait: null }
  if (state === 'published') {
    return { go: 'freeze', wait: today > objectionsUntil! ? null : dayAfter(objectionsUntil!, 1) }
  }
  return null
}

/** The day offered for a lock: the year's last, or today while it runs. */
export const lockDay = (year: number, today: string): string =>
  today < `${year}-12-31` ? today : `${year}-12-31`

/** What is left out, told before it is locked and kept afterwards; empty when nothing is. */
export const leftOutWords = ({ state, unconfirmed }: Pick<PioneerYear, 'state' | 'unconfirmed'>): string =>
  unconfirmed === 0
    ? ''
    : state === 'open'
      ? `还有 ${unconfirmed} 条记录没人确认，现在不算进来。锁定以前先请另一位操作员确认。`
      : `锁定的时候有 ${unconfirmed} 条记录没人确认，没有算进来。`

/** Until when objections are heard: 意见听到 12月8日，还有 5 天. */
export function objectionWords(until: string, today: string, now = new Date()): string {
  const left = Math.round((Date.parse(until) - Date.parse(today)) / 86_400_000)
  const day = dayWords(until, now)
  if (left < 0) return `意见期到 ${day}，已经结束，可以定稿。`
  return left === 0 ? '今天是听意见的最后一天。' : `意见听到 ${day}，还有 ${left} 天。`
}
