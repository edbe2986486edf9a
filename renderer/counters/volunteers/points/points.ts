import { useInfiniteQuery, useQuery, useQueryCache } from '@pinia/colada'
import { computed } from 'vue'
import { client } from '../../../shell/client.ts'

/** A volunteer's ledger, newest first; null asks nothing. */
export function useStatement(volunteerId: () => number | null) {
  const query = useInfiniteQuery({
    key: () => ['volunteer', volunteerId() ?? 0, 'statement'],
    query: ({ pageParam }) =>
      client.volunteers.statement({
        volunteerId: volunteerId()!,
        limit: 30,
        ...(pageParam ? { after: pageParam } : {}),
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled: () => volunteerId() !== null,
  })
  const pages = computed(() => query.data.value?.pages ?? [])
  return {
    ...query,
    /** Balance, what is written off and what expires next, as the newest page tells them. */
    head: computed(() => pages.value[0] ?? null),
    rows: computed(() => pages.value.flatMap(({ rows }) => rows)),
  }
}

/** Gifts by name; `all`: withdrawn ones too. */
export function useGifts(all: () => boolean) {
  const query = useQuery({
    key: () => ['gift', 'list', all()],
    query: () => client.volunteers.gifts({ all: all() }),
  })
  return { ...query, gifts: computed(() => query.data.value ?? []) }
}

/** All redemptions, newest first, or those of one gift. */
export function useRedemptions(giftId: () => number | null) {
  const query = useInfiniteQuery({
    key: () => ['volunteer', 'redemptions', giftId() ?? 0],
    query: ({ pageParam }) => {
      const gift = giftId()
      return client.volunteers.redemptions({
        limit: 30,
        ...(gift === null ? {} : { giftId: gift }),
        ...(pageParam ? { after: pageParam } : {}),
      })
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
  return { ...query, rows: computed(() => query.data.value?.pages.flatMap(({ rows }) => rows) ?? []) }
}

/** Asks anew for everything that shows points, gifts and stock; also after a refusal, for then it stands otherwise. */
export function useAfresh() {
  const cache = useQueryCache()
  return async () => {
    await Promise.all(
      ['volunteer', 'gift'].map((key) => cache.invalidateQueries({ key: [key] }).catch(() => {})),
    )
  }
}
