import { ref, watch, type Ref } from 'vue'
import { useSession } from './session.ts'

const keyOf = (operatorId: number | undefined, screen: string) => `draft:${operatorId ?? 0}:${screen}`
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

function read<T extends object>(key: string, initial: T): T | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null')
    return kept && typeof kept === 'object' ? { ...copy(initial), ...kept } : null
  } catch {
    return null
  }
}

/** A ref like any other, whose value is kept; `clear` after success, `restored` when it came back from before. */
export type Draft<T extends object> = Ref<T> & { clear: () => void; readonly restored: boolean }

/**
 * What an operator has typed on a screen and not yet handed in. It survives lock, reload, error and another
 * operator's turn; each operator has their own. Call it in a component's setup.
 */
export function useDraft<T extends object>(screen: string, initial: T): Draft<T> {
  const key = keyOf(useSession().operator?.id, screen)
  const first = copy(initial)
  const kept = read(key, first)
  const draft = ref(kept ?? copy(first)) as Ref<T>

  // Written synchronously: a reload right after the last key must not lose that key.
  watch(
    draft,
    (typed) => {
      const text = JSON.stringify(typed)
      if (text === JSON.stringify(first)) sessionStorage.removeItem(key)
      else sessionStorage.setItem(key, text)
    },
    { deep: true, flush: 'sync' },
  )

  const clear = () => {
    draft.value = copy(first)
    sessionStorage.removeItem(key)
  }
  return Object.assign(draft, { clear, restored: kept !== null })
}
