import { useQuery, useQueryCache } from '@pinia/colada'
import { computed } from 'vue'
import type { SavedFilter } from '../../../electron/contract/enquiry-lists.ts'
import { toast } from '../../components/toast.ts'
import { client } from '../../shell/client.ts'
import { filterKey, type Filter } from './filters.ts'

/** The signed-in operator's own filters; errors are told in a toast, because a list works without them. */
export function useSavedFilters() {
  const queries = useQueryCache()
  const { data } = useQuery({ key: ['saved-filter'], query: () => client.enquiries.savedFilters({}) })
  const saved = computed(() => data.value ?? [])
  const reload = () => queries.invalidateQueries({ key: ['saved-filter'] })
  const isSaved = (filter: Filter) => saved.value.some((one) => filterKey(one.filter) === filterKey(filter))

  /** Keeps it; an earlier one of that name is written over. True when it stands. */
  async function save(name: string, filter: Filter): Promise<boolean> {
    try {
      await client.enquiries.saveFilter({ name, filter })
    } catch (error) {
      toast.error(error)
      return false
    }
    await reload()
    return true
  }

  async function remove({ id, name, filter }: SavedFilter) {
    try {
      await client.enquiries.deleteFilter({ id })
    } catch (error) {
      toast.error(error)
      return
    }
    await reload()
    toast.ok(`已删除“${name}”`, () => save(name, filter))
  }

  return { saved, isSaved, save, remove }
}
