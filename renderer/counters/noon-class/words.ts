import type { Alarm, Board, Tile, absenceReasons } from '../../../electron/contract/noon-days.ts'
import { durationWords, timeWords } from '../../components/formats.ts'

export const stateWords: Record<Tile['state'], string> = {
  expected: '应到',
  leave: '请假',
  in: '在',
  out: '已接走',
  absent: '缺席',
}

export const alarmWords: Record<Alarm['kind'], string> = { missing: '未到', 'not-collected': '未接' }

export const callWords: Record<Alarm['calls'][number]['result'], string> = {
  reached: '接通了',
  'no-answer': '没人接',
  refused: '拒接',
}

/** Not taken from the contract's own list: that would bring zod to the first screen. */
export const reasonsOfAbsence: (typeof absenceReasons)[number][] = [
  '病了',
  '有事',
  '已回家',
  '学校留下',
  '转走了',
  '其他',
]

/** Why there is no class today. */
export const whyWords: Record<NonNullable<Board['why']>, string> = {
  holiday: '今天放假',
  'day-off': '今天停课',
  'no-term': '今天不在任何学期里',
}

/** Whole minutes that have passed since a moment; 0 before it. */
export function minutesSince(moment: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(moment)) / 60_000))
}

/** 未到 8 分钟; at the very minute only 未到. */
export function alarmSince(kind: Alarm['kind'], since: string, now: Date): string {
  const minutes = minutesSince(since, now)
  return minutes > 0 ? `${alarmWords[kind]} ${durationWords(minutes)}` : alarmWords[kind]
}

const joined = (...parts: string[]) => parts.filter(Boolean).join(' · ')

/** How a child stands, under the class: 12:02 签到, 未到 8 分钟, 12:40 妈妈接走, 请假 · 家长来电. */
export function standing(tile: Tile, now: Date): string {
  const { state, at, note, alarm } = tile
  if (alarm && tile.alarmSince) return alarmSince(alarm, tile.alarmSince, now)
  const time = at ? `${timeWords(at)} ` : ''
  if (state === 'in') return `${time}签到`
  if (state === 'out') return `${time}${note || '离开'}`
  if (state === 'expected') return stateWords.expected
  return joined(stateWords[state], note)
}

/** What tells the child from a name-sake: class, and the mark when somebody else bears the name. */
export function classAndMark({ class: name, sameName, mark }: Pick<Tile, 'class' | 'sameName' | 'mark'>) {
  return joined(name, sameName ? mark : '')
}

/** 陈雨涵, 李梓轩 等 5 人: names of a few, the count of many. */
export function namesInWords(names: readonly string[]): string {
  if (names.length <= 2) return names.join('、')
  return `${names.slice(0, 2).join('、')} 等 ${names.length} 人`
}
