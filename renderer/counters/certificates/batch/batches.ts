import { useQuery, useQueryCache } from '@pinia/colada'
import type { Batch } from '../../../../electron/contract/certificate-batches.ts'
import { client } from '../../../shell/client.ts'

type Item = Batch['items'][number]
type Head = Omit<Batch, 'items'>

export const useBatches = () =>
  useQuery({ key: ['certificate-batch', 'list'], query: () => client.certificates.batches({}) })

/** One batch with its people; the change feed asks for it again after each certificate. */
export const useBatch = (id: () => number) =>
  useQuery({ key: () => ['certificate-batch', id()], query: () => client.certificates.batch({ id: id() }) })

/** Shows what a step answered at once, and lets the list ask again. */
export function useShownBatch() {
  const cache = useQueryCache()
  return (batch: Batch) => {
    cache.setQueryData(['certificate-batch', batch.id], batch)
    void cache.invalidateQueries({ key: ['certificate-batch', 'list'] })
  }
}

export const stateWords: Readonly<Record<Batch['state'], string>> = {
  running: '正在开',
  stopped: '中途停了',
  cancelled: '已取消',
  done: '开完了',
}

/** Of the chip: what is over and whole is good, what stopped wants somebody. */
export function toneOf({ state, failed }: Head): 'ok' | 'warn' | 'bad' | 'info' | '' {
  if (state === 'running') return 'info'
  if (state === 'stopped') return 'warn'
  if (state === 'cancelled') return ''
  return failed > 0 ? 'bad' : 'ok'
}

/** 已开 12 份，2 位没开出，共 20 位. */
export const countsOf = ({ issued, failed, total }: Head): string =>
  [`已开 ${issued} 份`, failed > 0 ? `${failed} 位没开出` : '', `共 ${total} 位`].filter(Boolean).join('，')

/** Those who were looked at, of all: where the bar stands. */
export const progressOf = ({ issued, failed, total }: Head): number =>
  total === 0 ? 100 : Math.floor(((issued + failed) * 100) / total)

/** Goes on with whoever has none: after a stop, a cancel, or once problems were mended. */
export const mayResume = ({ state, issued, total }: Head): boolean => state !== 'running' && issued < total
/** Only what runs or stopped can be cancelled. */
export const mayCancel = ({ state }: Head): boolean => state === 'running' || state === 'stopped'

/** A batch of the same name and kind that gave somebody a sheet already. */
export const sameBefore = (batches: readonly Head[], title: string, kind: Head['kind']): Head | null =>
  batches.find((one) => one.title === title.trim() && one.kind === kind && one.issued > 0) ?? null

export type Trouble = { why: string; todo: string; path: string | null }

/** Why somebody got none and what to do before going on, by the contract's word. */
const troubles: Readonly<Record<string, Trouble>> = {
  'nothing-confirmed': {
    why: '这段时间没有确认过的服务时长',
    todo: '先在活动里确认服务记录，再点“接着开”',
    path: '/volunteers?see=confirmation',
  },
  period: {
    why: '起止日期不对',
    todo: '这一批取消，换个起止日期另开一批',
    path: null,
  },
  'not-reached': {
    why: '还没评上（不到一星，或不在当年先锋名单里）',
    todo: '不用补；评上以后再给他单独开',
    path: '/certificates',
  },
  glyph: {
    why: '姓名里有字库没有的字',
    todo: '在“开具与登记”里单独开，写上替代的写法',
    path: '/certificates',
  },
  'no-body': {
    why: '设置里还没有写记录单位',
    todo: '请主任在“设置 · 证书内容”里写上，再点“接着开”',
    path: '/settings/certificates',
  },
  'consent-missing': {
    why: '未成年，缺监护人同意书',
    todo: '在志愿者档案里登记同意书，再点“接着开”',
    path: '/volunteers/people',
  },
  pdf: { why: 'PDF 没有生成', todo: '点“接着开”再试一次', path: null },
  storage: { why: '磁盘写不进去', todo: '腾出空间，再点“接着开”', path: '/settings/data' },
}

export const troubleOf = (problem: string): Trouble =>
  troubles[problem] ?? { why: '没有开出来', todo: '点“接着开”再试一次', path: null }

/** Those who got none, by why, in the order of the list. */
export function troublesOf(items: readonly Item[]): (Trouble & { problem: string; people: Item[] })[] {
  const found = new Map<string, Item[]>()
  for (const item of items) {
    if (item.problem) found.set(item.problem, [...(found.get(item.problem) ?? []), item])
  }
  return [...found].map(([problem, people]) => ({ problem, people, ...troubleOf(problem) }))
}
