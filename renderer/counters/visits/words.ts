import type { photoMarks, Visit } from '../../../electron/contract/visit-records.ts'
import type { postKinds, visitorKinds } from '../../../electron/contract/visit-posts.ts'
import type { becauses, DoorToVisit, Outcome } from '../../../electron/contract/visit-rounds.ts'
import { dayOf, dayWords } from '../../components/formats.ts'

/** What became of a knock. */
export const outcomeWords: Record<Outcome, string> = {
  met: '见面',
  nobody: '无人',
  refused: '拒访',
  vacant: '空置',
  moved: '搬离',
}

/** In the order of the printed form; the key that takes one is its place, 1 to 5. Not the contract's list: that brings zod. */
export const outcomeOrder: readonly Outcome[] = ['met', 'nobody', 'refused', 'vacant', 'moved']

/** The chip of an outcome: only a meeting covers. */
export const outcomeTones: Record<Outcome, '' | 'ok' | 'warn' | 'bad' | 'info'> = {
  met: 'ok',
  nobody: 'warn',
  refused: 'bad',
  vacant: '',
  moved: '',
}

export type Because = (typeof becauses)[number]

/** Why a door is suggested. */
export const becauseWords: Record<Because, string> = {
  'never-this-year': '今年未见',
  'key-group': '重点到期',
  'follow-up': '约好再来',
  'open-need': '诉求未结',
  'long-ago': '久未见面',
}

/** The same where it stands alone, as the name of a filter. */
export const becauseFilters: Record<Because, string> = {
  'never-this-year': '今年还没见过面',
  'key-group': '重点人群到期',
  'follow-up': '约好再来的日子到了',
  'open-need': '有诉求没办完',
  'long-ago': '三个月以上没见面',
}

/** In the order of their urgency. */
export const becauseOrder: readonly Because[] = [
  'never-this-year',
  'key-group',
  'follow-up',
  'open-need',
  'long-ago',
]

export const becauseTones: Record<Because, '' | 'ok' | 'warn' | 'bad' | 'info'> = {
  'never-this-year': 'warn',
  'key-group': 'bad',
  'follow-up': 'info',
  'open-need': 'info',
  'long-ago': '',
}

export const visitorKindWords: Record<(typeof visitorKinds)[number], string> = {
  staff: '社区人员',
  'social-worker': '社工',
  volunteer: '志愿者',
}

export const postKindWords: Record<(typeof postKinds)[number], string> = {
  line: '管线',
  area: '包片',
  households: '联户',
}

export const awayWords: Record<'vacant' | 'moved', string> = { vacant: '空置', moved: '已搬离' }

/** What a photo shows that not everybody may open. */
export const photoMarkWords: Record<(typeof photoMarks)[number], string> = {
  '': '普通',
  'id-card': '证件',
  child: '有孩子',
}

type Theme = Visit['themes'][number]['theme']
export const themeOrder: readonly Theme[] = ['居住', '就业', '健康', '教育', '安全', '困难', '建议', '其他']

/** When a family was last met: 今年未见 stands elsewhere, here the day alone. */
export function lastMetWords(day: string | null, now: Date = new Date()): string {
  return day ? `${dayWords(day, now)}见过` : '还没有见过'
}

/** 跑空 2 次: knocks in vain since the family was last met; empty for none. */
export function attemptWords(attempts: number): string {
  return attempts > 0 ? `跑空 ${attempts} 次` : ''
}

/** When the interval of a key group is over: 超期 12 天, 今天到期, 11月30日到期; empty without an interval. */
export function dueWords(day: string | null, now: Date = new Date()): string {
  if (!day) return ''
  const days = Math.round(
    (Date.parse(`${dayOf(now)}T00:00:00Z`) - Date.parse(`${day}T00:00:00Z`)) / 86_400_000,
  )
  if (days > 0) return `超期 ${days} 天`
  return `${dayWords(day, now)}到期`
}

/** 张建国、李梅 等 4 人; of an unregistered door what to say instead. */
export function whoLives({ names }: Pick<DoorToVisit, 'names'>): string {
  if (names.length === 0) return '还没有登记人'
  return names.length <= 2 ? names.join('、') : `${names.slice(0, 2).join('、')} 等 ${names.length} 人`
}

/** Names after one another: 彭秀、周敏. */
export const namesOf = (people: readonly { name: string }[]): string =>
  people.map(({ name }) => name).join('、')
