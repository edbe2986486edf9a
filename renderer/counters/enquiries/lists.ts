import { useInfiniteQuery } from '@pinia/colada'
import { computed, type ComputedRef } from 'vue'
import { dayOf } from '../../components/formats.ts'
import { client } from '../../shell/client.ts'

/** The lists that a clerk may look at; the word stands in the address: /enquiries?show=overdue. */
export const shows = {
  open: { label: '全部', filter: { state: 'open' } },
  overdue: { label: '超期', filter: { state: 'open', urgency: 'overdue' } },
  today: { label: '今日到期', filter: { state: 'open', urgency: 'today' } },
  closed: { label: '已结', filter: { state: 'closed' } },
  accepted: { label: '今日受理', filter: { state: 'all' } },
  finished: { label: '今日办结', filter: { state: 'all' } },
} as const
export type Show = keyof typeof shows

export function readShow(value: unknown): Show {
  return typeof value === 'string' && Object.hasOwn(shows, value) ? (value as Show) : 'open'
}

/** The two lists of today are narrowed by the day, which a long evening may outlive. */
function dayFilter(show: Show): { acceptedDay?: string; closedDay?: string } {
  const today = dayOf(new Date())
  if (show === 'accepted') return { acceptedDay: today }
  return show === 'finished' ? { closedDay: today } : {}
}

/** One list of enquiries, page after page by key; a change on any screen reloads what is shown. */
export function useEnquiryList(show: ComputedRef<Show>) {
  const query = useInfiniteQuery({
    key: () => ['enquiry', 'list', show.value],
    query: ({ pageParam }) =>
      client.enquiries.list({
        ...shows[show.value].filter,
        ...dayFilter(show.value),
        ...(pageParam ? { after: pageParam } : {}),
        limit: 30,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
  const rows = computed(() => query.data.value?.pages.flatMap((page) => page.rows) ?? [])
  const counts = computed(() => query.data.value?.pages[0]?.counts ?? null)
  return { ...query, rows, counts }
}
