import { useInfiniteQuery } from '@pinia/colada'
import { computed } from 'vue'
import { client } from '../../shell/client.ts'

type Whose = { personId: number | null; householdId: number | null }

/** History of a person or a household, newest first, page after page. Reloads when an enquiry or a visit changes anywhere. */
export function useContacts(whose: () => Whose, limit = 20) {
  const query = useInfiniteQuery({
    key: () => ['contacts', whose().personId ?? 0, whose().householdId ?? 0, limit],
    query: ({ pageParam }) =>
      client.overview.contacts({ ...whose(), ...(pageParam ? { before: pageParam } : {}), limit }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled: () => whose().personId !== null || whose().householdId !== null,
  })
  const rows = computed(() => query.data.value?.pages.flatMap((page) => page.rows) ?? [])
  return { ...query, rows }
}
