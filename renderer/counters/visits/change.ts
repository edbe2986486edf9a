import { useMutation } from '@pinia/colada'
import { computed } from 'vue'
import type { Visit } from '../../../electron/contract/visit-records.ts'
import { sentenceFor } from '../../shell/sentences.ts'
import { useShownVisit } from './saving.ts'

/** One change of a saved visit; afterwards everything that shows it asks again, also when it was refused. */
export function useVisitChange(householdId: () => number) {
  const show = useShownVisit()
  const changing = useMutation({
    mutation: (call: () => Promise<Visit>) => call(),
    onSettled: () => show({ householdId: householdId() }),
  })
  const sentence = computed(() => (changing.error.value ? sentenceFor(changing.error.value) : ''))
  /** The visit afterwards, or null when it was refused; `sentence` then says why. */
  async function change(call: () => Promise<Visit>): Promise<Visit | null> {
    if (changing.isLoading.value) return null
    try {
      return await changing.mutateAsync(call)
    } catch {
      return null
    }
  }
  return { change, busy: changing.isLoading, error: changing.error, sentence }
}
