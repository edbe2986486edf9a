import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import type { Incident } from '../../../../electron/contract/noon-reports.ts'
import { client } from '../../../shell/client.ts'

export const kindWords: Record<Incident['kind'], string> = {
  injury: '受伤',
  illness: '不舒服',
  allergy: '过敏',
  'left-alone': '没交接就走了',
  quarrel: '打闹冲突',
  stranger: '陌生人',
  other: '其他',
}

/** An incident with what was added to it later, oldest first. */
export type Thread = { first: Incident; additions: Incident[] }

/** Incidents as the desk lists them, each with its additions; the newest first stays first. */
export function threadsOf(incidents: readonly Incident[]): Thread[] {
  const additions = Map.groupBy(
    incidents.filter(({ follows }) => follows !== null),
    ({ follows }) => follows,
  )
  return incidents
    .filter(({ follows }) => follows === null)
    .map((first) => ({
      first,
      additions: (additions.get(first.id) ?? []).toSorted((a, b) => a.id - b.id),
    }))
}

/** Whether the manager has yet to sign something of it off: the first, or what was added after. */
export const isUnsigned = ({ first, additions }: Thread): boolean =>
  [first, ...additions].some(({ signedOff }) => signedOff === null)

/** 李梓轩（一组）, 一组, 没有指明. */
export function aboutWords({ child, group }: Pick<Incident, 'child' | 'group'>): string {
  if (child) return group ? `${child}（${group}）` : child
  return group ?? '没有指明是谁'
}

/** Incidents of some days, of one child or all. */
export function useIncidents(of: () => { from: string; to: string; childId: number | null }) {
  const query = useQuery({
    key: () => ['incident', of().childId ?? 0, of().from, of().to],
    query: () => client.noonClass.incidents(of()),
    placeholderData: (before) => before,
  })
  return { ...query, threads: computed(() => threadsOf(query.data.value ?? [])) }
}
