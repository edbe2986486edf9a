import { useInfiniteQuery, useMutation, useQuery, useQueryCache } from '@pinia/colada'
import { computed } from 'vue'
import type { Certificate } from '../../../../electron/contract/certificate-records.ts'
import { client } from '../../../shell/client.ts'
import { sentenceFor } from '../../../shell/sentences.ts'
import type { Narrowing } from './filters.ts'

/** The register, newest first, page after page. */
export function useCertificates(filter: () => Narrowing & { query: string }, limit = 30) {
  const query = useInfiniteQuery({
    key: () => ['certificate', 'list', limit, JSON.stringify(filter())],
    query: ({ pageParam }) =>
      client.certificates.list({ ...filter(), limit, ...(pageParam ? { before: pageParam } : {}) }),
    initialPageParam: 0,
    getNextPageParam: ({ rows }) => (rows.length < limit ? null : rows.at(-1)!.id),
  })
  const pages = computed(() => query.data.value?.pages ?? [])
  return {
    ...query,
    certificates: computed(() => pages.value.flatMap(({ rows }) => rows)),
    total: computed(() => pages.value[0]?.total ?? 0),
  }
}

/** One certificate with all that became of it. */
export const useCertificate = (id: () => number) =>
  useQuery({
    key: () => ['certificate', id()],
    query: () => client.certificates.certificate({ id: id() }),
    refetchOnWindowFocus: false,
  })

/** One step of a certificate; null when it was refused, `sentence` says why then, in the words of `say`. */
export function useCertificateStep(say: (error: unknown) => string = sentenceFor) {
  const cache = useQueryCache()
  const step = useMutation({
    mutation: (call: () => Promise<Certificate>) => call(),
    onSuccess: (saved) => {
      cache.setQueryData(['certificate', saved.id], saved)
      void cache.invalidateQueries({ key: ['certificate', 'list'] })
    },
    // Another screen was first: what stands now is shown.
    onError: () => void cache.invalidateQueries({ key: ['certificate'] }),
  })
  const sentence = computed(() => (step.error.value ? say(step.error.value) : ''))
  async function take(call: () => Promise<Certificate>): Promise<Certificate | null> {
    if (step.isLoading.value) return null
    try {
      return await step.mutateAsync(call)
    } catch {
      return null
    }
  }
  return { take, busy: step.isLoading, sentence }
}
