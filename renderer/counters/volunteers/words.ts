import type { activityStates } from '../../../electron/contract/volunteer-activities.ts'
import type { activityKinds, Colour } from '../../../electron/contract/volunteer-fields.ts'
import type { pointCauses } from '../../../electron/contract/volunteer-points.ts'
import type { recordFlags, recordHows } from '../../../electron/contract/volunteer-records.ts'
import { durationWords } from '../../components/formats.ts'

/** In the order of the seven teams. Not the contract's list: that brings zod to the first screen. */
export const colourOrder: readonly Colour[] = ['red', 'orange', 'yellow', 'green', 'cyan', 'blue', 'purple']

/** A colour is never shown without its word: 红 · 扶贫帮困. */
export const colourNames: Readonly<Record<Colour, string>> = {
  red: '红',
  orange: '橙',
  yellow: '黄',
  green: '绿',
  cyan: '青',
  blue: '蓝',
  purple: '紫',
}

/** What the team of a colour does. */
export const colourWorks: Readonly<Record<Colour, string>> = {
  red: '扶贫帮困',
  orange: '青春助跑',
  yellow: '治安巡逻',
  green: '生态环保',
  cyan: '法律维权',
  blue: '家电维修',
  purple: '卫生保健',
}

/** The dot beside the word; decoration only, told apart by the word. */
export const colourInks: Readonly<Record<Colour, string>> = {
  red: '#c2352b',
  orange: '#d9730d',
  yellow: '#d8ac12',
  green: '#3a8a52',
  cyan: '#1f9aa5',
  blue: '#2f6fb3',
  purple: '#7d55b0',
}

export type ActivityKind = (typeof activityKinds)[number]
export const kindOrder: readonly ActivityKind[] = ['service', 'training', 'party-duty']

/** Only 志愿服务 counts as hours. */
export const kindWords: Record<ActivityKind, string> = {
  service: '志愿服务',
  training: '培训',
  'party-duty': '党员义务',
}

/** What a kind means for the hours, as a hint under the choice. */
export const kindHints: Record<ActivityKind, string> = {
  service: '时长计入星级、排名和证明',
  training: '单独记录，不算服务时长',
  'party-duty': '党员应尽的义务，不算志愿服务时长',
}

export const activityStateWords: Record<(typeof activityStates)[number], string> = {
  planned: '未开展',
  held: '已开展',
  cancelled: '已取消',
}

export type RecordHow = (typeof recordHows)[number]
export const howWords: Record<RecordHow, string> = {
  full: '全程',
  late: '迟到',
  'left-early': '早退',
  'late-and-left-early': '迟到又早退',
}

export type RecordFlag = (typeof recordFlags)[number]
export const flagWords: Record<RecordFlag, string> = {
  overlap: '时间重叠',
  'long-day': '一天超时',
  beyond: '超出活动时间',
}

/** What a flag means, where there is room to say it. `hours`: the limit of a day by the rules. */
export function flagMeans(flag: RecordFlag, hours = 8): string {
  if (flag === 'overlap') return '同一时间还在另一个活动里'
  if (flag === 'long-day') return `这一天加起来超过 ${hours} 小时`
  return '来得比开始早，或走得比结束晚'
}

/** Why points came or went. */
export const causeWords: Record<(typeof pointCauses)[number], string> = {
  service: '服务得分',
  'service-reversal': '服务更正',
  redemption: '兑换',
  'redemption-reversal': '退回兑换',
  expiry: '到期清零',
}

/** 一星 … 五星; nobody is called a volunteer of no star. */
export const starWords = (star: number): string =>
  star > 0 ? `${'一二三四五'[star - 1] ?? star}星` : '还没有星'

/** Minutes that may be negative in a reversing row: 2 小时 30 分, −45 分钟. */
export const minutesWords = (minutes: number): string =>
  minutes < 0 ? `−${durationWords(-minutes)}` : durationWords(minutes)

/** Points with their sign where they come or go: +6 分, −300 分. */
export function pointsWords(points: number): string {
  return points < 0 ? `−${-points} 分` : `+${points} 分`
}
