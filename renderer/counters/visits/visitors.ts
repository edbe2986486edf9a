import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import type { Visitor } from '../../../electron/contract/visit-posts.ts'
import { client } from '../../shell/client.ts'

/** Everybody who goes from door to door; `active` leaves out who has stopped. */
export function useVisitors() {
  const query = useQuery({
    key: ['visit-setup', 'visitors'],
    query: () => client.visits.visitors({}),
  })
  const visitors = computed(() => query.data.value ?? [])
  return { ...query, visitors, active: computed(() => visitors.value.filter(({ active }) => active)) }
}

const runsOn = (day: string) => (post: Visitor['posts'][number]) =>
  (post.fromDay === null || post.fromDay <= day) && (post.toDay === null || post.toDay >= day)

/** The grid a visitor answers for on a day (包片), else one where they visit too (联户); null for neither. */
export function gridOf(visitor: Visitor | undefined, day: string): number | null {
  const posts = visitor?.posts.filter(runsOn(day)) ?? []
  const by = (kind: 'area' | 'households') =>
    posts.find((post) => post.kind === kind && post.gridId !== null)?.gridId
  return by('area') ?? by('households') ?? null
}

/** The operator as a visitor, when they go out themselves. */
export const visitorOf = (visitors: readonly Visitor[], operatorId: number | undefined) =>
  visitors.find((visitor) => visitor.active && visitor.operatorId === operatorId)
