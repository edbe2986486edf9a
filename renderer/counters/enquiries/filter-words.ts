import { dayWords } from '../../components/formats.ts'
import {
  tidy,
  type Filter,
  type FilterPeriod,
  type FilterState,
  type FilterUrgency,
  type FilterWhy,
} from './filters.ts'
import { stateWords } from './words.ts'

export const filterStateWords: Record<FilterState, string> = {
  ...stateWords,
  open: '待办',
  closed: '已结',
  all: '不限',
}

export const urgencyWords: Record<FilterUrgency, string> = {
  overdue: '超期',
  today: '今日到期',
  soon: '临期',
  remind: '催办',
  arrival: '未报到',
  waiting: '等居民',
}

/** Why a late one is late, as the manager reads it. */
export const whyWords: Record<FilterWhy, string> = {
  'at-desk': '窗口没办',
  'not-arrived': '没报到',
  'at-department': '没答复',
  bounced: '退转多次',
  'no-follow-up': '没回访',
}

export const periodWords: Record<FilterPeriod['by'], string> = {
  accepted: '受理',
  answered: '答复',
  closed: '办结',
  rated: '评价',
}

const kindWords = { solved: '已解决', explained: '解释说明', refused: '不予办理' }
const callWords = {
  content: '回访满意',
  discontent: '回访不满意',
  unreachable: '回访没联系上',
  'no-contact': '没有联系方式',
}

/** The days of a period: 今天, 11月1日 至 今天. */
export function spanWords({ from, to }: Pick<FilterPeriod, 'from' | 'to'>, now: Date = new Date()): string {
  return from === to ? dayWords(from, now) : `${dayWords(from, now)} 至 ${dayWords(to, now)}`
}

/** What the ids of a filter are called; undefined while the names are not here yet. */
export type Names = {
  matter: (id: number) => string | undefined
  department: (id: number) => string | undefined
  grid: (id: number) => string | undefined
  operator: (id: number) => string | undefined
}

/** One condition of a filter in words, and the filter without it. */
export type Condition = { key: keyof Filter; label: string; without: Filter }

/**
 * The conditions of a filter, in the order of the panel. `told` are those that something else on the screen already
 * says (the tab that is on).
 */
export function conditionsOf(
  filter: Filter,
  names: Names,
  told: readonly (keyof Filter)[] = [],
): Condition[] {
  const { state, urgency, why, promiseDue, matterId, departmentId, gridId, operatorId, groupId } = filter
  const { period, late, kind, followUp, rating } = filter
  const labels: [keyof Filter, string | 0 | false | undefined][] = [
    ['state', state && (state === 'all' ? '含已结' : filterStateWords[state])],
    // A reason says that it is late.
    ['urgency', urgency && !why && urgencyWords[urgency]],
    ['why', why && `超期：${whyWords[why]}`],
    ['promiseDue', promiseDue && '容缺到期'],
    ['matterId', matterId === null ? '未归类' : matterId && (names.matter(matterId) ?? '某一事项')],
    [
      'departmentId',
      departmentId === null ? '窗口自办' : departmentId && (names.department(departmentId) ?? '某一单位'),
    ],
    ['gridId', gridId && (names.grid(gridId) ?? '某一网格')],
    ['operatorId', operatorId && `${names.operator(operatorId) ?? '某人'}受理`],
    ['groupId', groupId && '同一批'],
    ['period', period && `${periodWords[period.by]} ${spanWords(period)}`],
    ['late', late !== undefined && (late ? '逾期答复' : '按时答复')],
    ['kind', kind && kindWords[kind]],
    ['followUp', followUp && callWords[followUp]],
    ['rating', rating && (rating === 'good' ? '基本满意以上' : '不满意')],
  ]
  return labels
    .filter((entry): entry is [keyof Filter, string] => !!entry[1] && !told.includes(entry[0]))
    .map(([key, label]) => ({ key, label, without: without(filter, key) }))
}

/** A reason and the lateness it implies go together. */
function without(filter: Filter, key: keyof Filter): Filter {
  const gone: readonly (keyof Filter)[] = key === 'why' ? ['why', 'urgency'] : [key]
  return tidy(
    Object.fromEntries(Object.entries(filter).filter(([name]) => !gone.includes(name as keyof Filter))),
  )
}

/** A name to keep a filter under, out of its conditions: 超期 · 阳光物业, at most twenty characters. */
export function nameFor(conditions: readonly Condition[]): string {
  return conditions
    .map(({ label }) => label)
    .join(' · ')
    .slice(0, 20)
}
