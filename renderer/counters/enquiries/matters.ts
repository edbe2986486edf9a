import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { client } from '../../shell/client.ts'

/** The service catalogue; it changes with a release, so it is fetched once. */
export function useMatters() {
  const query = useQuery({
    key: ['matter'],
    query: () => client.enquiries.matters({}),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: false,
  })
  return { ...query, matters: computed(() => query.data.value ?? []) }
}
