import { computed, ref } from 'vue'
import { conflictOf } from '../../components/conflict.ts'
import { fieldSentences, sentenceFor } from '../../shell/sentences.ts'

/**
 * Saves the form of a dialog of 设置. `seen` = the version that the form was opened with, null for something new; after
 * another screen saved first, a second press saves over the newer one, knowingly. `inWords` says a conflict better than
 * the common sentence, by its word and what stands now; '' leaves it to that one.
 */
export function useSaving<Record extends { version: number }>(
  seen: number | null,
  inWords: (because: string, current: Record) => string = () => '',
) {
  const version = ref(seen)
  const busy = ref(false)
  const failure = ref<unknown>(null)
  const conflict = computed(() => conflictOf(failure.value))
  const problem = computed(() => {
    if (!failure.value) return ''
    const { because = '', current } = conflict.value ?? {}
    return (current ? inWords(because, current as Record) : '') || sentenceFor(failure.value)
  })
  const again = computed(() => conflict.value?.because === 'changed')

  /** Runs it unless it runs already; false when it was refused, and `problem` says why. */
  async function save(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    failure.value = null
    try {
      await work()
      return true
    } catch (error) {
      failure.value = error
      if (again.value) version.value = (conflict.value!.current as Record).version
      return false
    } finally {
      busy.value = false
    }
  }
  return {
    version,
    busy,
    problem,
    /** What the button says: the second press is a knowing one. */
    button: computed(() => (again.value ? '仍按我填的保存' : '保存')),
    told: computed(() => fieldSentences(failure.value)),
    save,
  }
}
