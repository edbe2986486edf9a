import { useMutation, useQuery, useQueryCache } from '@pinia/colada'
import { computed } from 'vue'
import type { Child } from '../../../../electron/contract/noon-children.ts'
import { conflictOf } from '../../../components/conflict.ts'
import { client } from '../../../shell/client.ts'
import { sentenceFor } from '../../../shell/sentences.ts'

export type ChildFilter = { termId: number | null; groupId: number | null; query: string }

/** Children of a term, or all with `termId` null; while another question runs, the last answer stands. */
export function useChildren(filter: () => ChildFilter | null) {
  const query = useQuery({
    key: () => {
      const { termId, groupId, query: typed } = filter() ?? { termId: 0, groupId: 0, query: '' }
      return ['noon-child', 'list', termId ?? 0, groupId ?? 0, typed]
    },
    query: () => client.noonClass.children(filter()!),
    enabled: () => filter() !== null,
    placeholderData: (before) => before,
  })
  return { ...query, children: computed(() => query.data.value ?? []) }
}

/** One child's record. Each opening is written down, so coming back to the window does not open it again. */
export function useChild(id: () => number | null) {
  return useQuery({
    key: () => ['noon-child', id() ?? 0],
    query: () => client.noonClass.child({ id: id()! }),
    enabled: () => id() !== null,
    refetchOnWindowFocus: false,
    staleTime: 60_000,
  })
}

/** Puts a saved record on the screen and lets the lists ask again. */
export function useShownChild() {
  const cache = useQueryCache()
  return (saved: Child) => {
    cache.setQueryData(['noon-child', saved.id], saved)
    void cache.invalidateQueries({ key: ['noon-child', 'list'] })
  }
}

/** A child as the screen shows it. */
type Seen = { id: number; version: number }

/**
 * One change of a child's record, handed in with the version on the screen. When another screen was first, what stands now
 * is shown, what was typed stays, and the next press is on what stands.
 */
export function useChildStep(child: () => Child) {
  const show = useShownChild()
  const step = useMutation({
    mutation: (call: (seen: Seen) => Promise<Child>) => call({ id: child().id, version: child().version }),
    onSuccess: show,
    onError: (error) => {
      const conflict = conflictOf(error)
      if (conflict?.because === 'changed' && conflict.current) show(conflict.current as Child)
    },
  })
  const sentence = computed(() => (step.error.value ? sentenceFor(step.error.value) : ''))

  /** The record afterwards, or null when it was refused; `sentence` then says why. */
  async function take(call: (seen: Seen) => Promise<Child>): Promise<Child | null> {
    if (step.isLoading.value) return null
    try {
      return await step.mutateAsync(call)
    } catch {
      return null
    }
  }
  return { take, busy: step.isLoading, sentence, error: step.error, forget: step.reset }
}
