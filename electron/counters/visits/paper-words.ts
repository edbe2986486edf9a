import type { coverageWhats } from '../../contract/visit-coverage.ts'
import type { DoorToVisit, Outcome } from '../../contract/visit-rounds.ts'

/** What became of a knock, in the order of the printed form. */
export const outcomeWords: Record<Outcome, string> = {
  met: '见面',
  nobody: '无人',
  refused: '拒访',
  vacant: '空置',
  moved: '搬离',
}

/** Why a door is on a round, as it stands on paper and in sheets. */
export const becauseWords: Record<DoorToVisit['because'][number], string> = {
  'never-this-year': '今年未见',
  'key-group': '重点到期',
  'follow-up': '约好再来',
  'open-need': '诉求未结',
  'long-ago': '好久没去',
}

export const becausesText = (because: DoorToVisit['because']) =>
  because.map((word) => becauseWords[word]).join('、')

/** What a list behind a number is called. */
export const coverageWords: Record<(typeof coverageWhats)[number], string> = {
  'month-met': '本月见面',
  'month-meetings': '本月见面次数',
  'month-in-vain': '本月跑空',
  covered: '今年已见',
  'not-covered': '今年未见',
  away: '空置搬离',
  'key-families': '重点户',
  'key-overdue': '重点到期',
  'key-soon': '重点快到期',
  'follow-up': '约好再来',
  'open-need': '诉求未结',
}
