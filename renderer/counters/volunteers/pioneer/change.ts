import { useMutation, useQueryCache } from '@pinia/colada'
import { computed } from 'vue'
import type { PioneerYear } from '../../../../electron/contract/volunteer-pioneer.ts'
import { conflictOf } from '../../../components/conflict.ts'
import { sentenceFor } from '../../../shell/sentences.ts'

/** One step of a year. Whatever came of it, the year and its list are asked for again. */
export function useYearChange(year: () => number) {
  const cache = useQueryCache()
  const changing = useMutation({
    mutation: (call: () => Promise<PioneerYear>) => call(),
    onSuccess: (changed) => cache.setQueryData(['pioneer', 'one', changed.year], changed),
    onSettled: () => void cache.invalidateQueries({ key: ['pioneer'] }),
  })
  const sentence = computed(() => {
    const error = changing.error.value
    if (!error) return ''
    return conflictOf(error)?.because === 'changed'
      ? `另一块屏幕刚改过 ${year()} 年的名单，这一步没有做。请看现在的名单再决定。`
      : sentenceFor(error)
  })
  /** The year afterwards, or null when it was refused; `sentence` then says why. */
  async function change(call: () => Promise<PioneerYear>): Promise<PioneerYear | null> {
    if (changing.isLoading.value) return null
    try {
      return await changing.mutateAsync(call)
    } catch {
      return null
    }
  }
  return { change, busy: changing.isLoading, sentence, error: changing.error }
}
