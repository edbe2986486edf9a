import type { Outcome } from '../../electron/contract/visit-rounds.ts'
import type { VisitFields } from '../../electron/counters/visits/visits.ts'

type Said = VisitFields['themes']

/** What families of the demo say about themselves. */
export const situations: Said[] = [
  [{ theme: '居住', text: '自有住房，自住' }],
  [
    { theme: '就业', text: '两人都在上班，白天没人' },
    { theme: '教育', text: '孩子上小学，中午在午间课堂' },
  ],
  [{ theme: '健康', text: '老人高血压，按时吃药' }],
  [{ theme: '居住', text: '租住，合同到明年六月' }],
  [
    { theme: '健康', text: '腿脚不便，下楼要人扶' },
    { theme: '困难', text: '收入靠退休金，够用' },
  ],
  [{ theme: '安全', text: '燃气软管已换，家里装了烟感' }],
  [{ theme: '建议', text: '希望楼下多几盏灯' }],
  [{ theme: '就业', text: '男方今年待业，在找工作' }],
]

/** What is written about a door that nobody opened, or where nobody wanted to talk. */
export const inVain: Record<Exclude<Outcome, 'met'>, readonly string[]> = {
  nobody: ['敲门无人，留了联系卡', '邻居说白天上班', '灯亮着，没有人应'],
  refused: ['隔着门说没空', '说过两天再来'],
  vacant: ['水电表一年没走'],
  moved: ['邻居说上月搬走了'],
}
