import { useInfiniteQuery, useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { client } from '../../shell/client.ts'

/** A household as the visitor sees it, with its last visits; null id asks nothing. */
export function useHouseholdVisits(id: () => number | null) {
  return useQuery({
    key: () => ['household', id() ?? 0, 'visitor'],
    query: () => client.visits.household({ id: id()!, limit: 3 }),
    enabled: () => id() !== null,
  })
}

/** The same with all visits, newest first, page after page. */
export function useVisitHistory(id: () => number, limit = 10) {
  const query = useInfiniteQuery({
    key: () => ['household', id(), 'visits'],
    query: ({ pageParam }) =>
      client.visits.household({ id: id(), limit, ...(pageParam ? { before: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
  const pages = computed(() => query.data.value?.pages ?? [])
  return {
    ...query,
    /** The household as its newest page tells it. */
    seen: computed(() => pages.value[0] ?? null),
    visits: computed(() => pages.value.flatMap((page) => page.visits)),
  }
}
