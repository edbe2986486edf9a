import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { client } from '../../shell/client.ts'

/** The service catalogue; it is fetched once, and again when the manager changes it. `offered`: without the inactive. */
export function useMatters() {
  const query = useQuery({
    key: ['matter'],
    query: () => client.enquiries.matters({}),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: false,
  })
  const matters = computed(() => query.data.value ?? [])
  return { ...query, matters, offered: computed(() => matters.value.filter(({ active }) => active)) }
}
