import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { client } from '../../shell/client.ts'

/** One person with household and members; null id asks nothing. */
export function usePerson(id: () => number | null) {
  return useQuery({
    key: () => ['person', 'one', id() ?? 0],
    query: () => client.people.get({ id: id()! }),
    enabled: () => id() !== null,
  })
}

export function useGrids() {
  const query = useQuery({ key: ['grid'], query: () => client.people.grids({}) })
  return { ...query, grids: computed(() => query.data.value ?? []) }
}

export function useKeyGroups() {
  const query = useQuery({ key: ['key_group'], query: () => client.people.keyGroups({}) })
  return { ...query, keyGroups: computed(() => query.data.value ?? []) }
}
