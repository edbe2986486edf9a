import { useInfiniteQuery, useQuery } from '@pinia/colada'
import { computed, ref } from 'vue'
import type { Round } from '../../../electron/contract/visit-rounds.ts'
import { client, codeOf } from '../../shell/client.ts'
import { useDraft } from '../../shell/drafts.ts'
import { sentenceFor } from '../../shell/sentences.ts'
import type { Outing, VisitTyped } from './entry.ts'

/** Rounds, newest first; with `visitorId` those of one visitor. */
export function useRounds(visitorId: () => number | null, limit = 30) {
  const query = useInfiniteQuery({
    key: () => ['round', 'list', visitorId() ?? 0],
    query: ({ pageParam }) =>
      client.visits.rounds({ visitorId: visitorId(), limit, ...(pageParam ? { before: pageParam } : {}) }),
    initialPageParam: 0,
    getNextPageParam: (page) => (page.length === limit ? page.at(-1)!.id : null),
  })
  return { ...query, rounds: computed(() => query.data.value?.pages.flat() ?? []) }
}

export function useRound(id: () => number) {
  return useQuery({ key: () => ['round', id()], query: () => client.visits.round({ id: id() }) })
}

/** What is typed of a round and not saved yet: when and who for all rows, and each row by its household. */
export type RoundTyped = Outing & { rows: Record<number, VisitTyped> }
export const useRoundDraft = (id: number) =>
  useDraft<RoundTyped>(`visit-round-${id}`, { day: null, visitorIds: [], rows: {} })

/** The day of the entries: the round's own, unless it was planned for later than today. */
export const dayOfEntry = ({ day }: Pick<Round, 'day'>, today: string) => (day < today ? day : today)

/** The code of a printed round or its number, typed by a scanner or by hand; opens it. */
export function useScan(open: (id: number) => unknown) {
  const sentence = ref('')
  const looking = ref(false)
  async function scan(typed: string): Promise<boolean> {
    const code = typed.normalize('NFKC').trim()
    if (!code || looking.value) return false
    looking.value = true
    sentence.value = ''
    try {
      open((await client.visits.findRound({ code: code.slice(0, 200) })).id)
      return true
    } catch (error) {
      sentence.value =
        codeOf(error) === 'NOT_FOUND' ? '没有这一单，请再扫一次，或输入单上的编号' : sentenceFor(error)
      return false
    } finally {
      looking.value = false
    }
  }
  return { scan, sentence }
}
