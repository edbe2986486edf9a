import { useInfiniteQuery, useQuery } from '@pinia/colada'
import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { dayOf } from '../../components/formats.ts'
import { client } from '../../shell/client.ts'
import { useNow } from '../../shell/now.ts'
import { useSession } from '../../shell/session.ts'
import { useGrids } from '../people/people.ts'
import { filterKey, fromQuery, tidy, toQuery, type Filter } from './filters.ts'
import type { Names } from './filter-words.ts'
import { useMatters } from './matters.ts'

/** The lists that a clerk looks at every day, each a tab; other filters stand in chips below. */
export const tabs = [
  { key: 'open', label: '全部', filter: {} },
  { key: 'overdue', label: '超期', filter: { urgency: 'overdue' } },
  { key: 'today', label: '今日到期', filter: { urgency: 'today' } },
  { key: 'waiting', label: '等居民', filter: { urgency: 'waiting' } },
  { key: 'followUp', label: '待回访', filter: { state: 'answered' } },
  { key: 'closed', label: '已结', filter: { state: 'closed' } },
] as const satisfies { key: string; label: string; filter: Filter }[]
export type Tab = (typeof tabs)[number]['key']

/** The tab that a filter belongs to; null when its state and limit are none of the tabs'. */
export function tabOf({ state, urgency }: Filter): Tab | null {
  const same = (tab: Filter) => tab.state === state && tab.urgency === urgency
  return tabs.find(({ filter }) => same(filter))?.key ?? null
}

/** Another tab under the same matter, department, grid, operator and group: what the counts of the tabs count. */
export function underTab(filter: Filter, tab: Filter): Filter {
  const { matterId, departmentId, gridId, operatorId, groupId } = filter
  return tidy({ ...tab, matterId, departmentId, gridId, operatorId, groupId })
}

/** The filter in the address, and the ways to others. */
export function useFilter() {
  const route = useRoute()
  const router = useRouter()
  const now = useNow(60)
  const today = computed(() => dayOf(now.value))
  const filter = computed(() => fromQuery(route.query, today.value))
  /** The same place under another filter: an opened enquiry stays open. */
  const place = (to: Filter) => ({ path: route.path, query: toQuery(to, today.value) })
  const go = (to: Filter) => void router.replace(place(to))
  return { filter, today, place, go }
}

/** One list of enquiries, page after page by key; a change on any screen reloads what is shown. */
export function useEnquiryList(filter: ComputedRef<Filter>) {
  const query = useInfiniteQuery({
    key: () => ['enquiry', 'list', filterKey(filter.value)],
    query: ({ pageParam }) =>
      client.enquiries.list({
        ...filter.value,
        state: filter.value.state ?? 'open',
        ...(pageParam ? { after: pageParam } : {}),
        limit: 30,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
  const rows = computed(() => query.data.value?.pages.flatMap((page) => page.rows) ?? [])
  const counts = computed(() => query.data.value?.pages[0]?.counts ?? null)
  /** Counted up to 1000. */
  const total = computed(() => query.data.value?.pages[0]?.total ?? null)
  return { ...query, rows, counts, total }
}

/** What can be chosen in a filter, and what its ids are called. */
export function useChoices() {
  const session = useSession()
  const { matters } = useMatters()
  const { grids } = useGrids()
  const { data } = useQuery({
    key: ['department', 'choices'],
    query: () => client.settings.departments({}),
  })
  const departments = computed(() => data.value ?? [])
  const nameIn = (list: readonly { id: number; name: string }[]) => (id: number) =>
    list.find((one) => one.id === id)?.name
  const names: Names = {
    matter: (id) => nameIn(matters.value)(id),
    department: (id) => nameIn(departments.value)(id),
    grid: (id) => nameIn(grids.value)(id),
    operator: (id) => nameIn(session.operators)(id),
  }
  return { matters, departments, grids, names }
}
