import { shallowRef } from 'vue'
import type { Found } from '../../electron/contract/overview.ts'
import { client } from '../shell/client.ts'

const nothing: Found = {
  people: [],
  households: [],
  enquiries: [],
  rounds: [],
  volunteers: [],
  activities: [],
  certificates: [],
}

/**
 * Asks the one search as somebody types. Every keystroke asks at once (the answer takes about a millisecond);
 * an answer that a newer question has overtaken is dropped.
 */
export function useSearch() {
  const found = shallowRef<Found>(nothing)
  /** The question that `found` answers. */
  const answered = shallowRef('')
  const error = shallowRef<unknown>(null)
  let latest = 0
  let running: AbortController | null = null

  async function ask(typed: string): Promise<boolean> {
    const query = typed.trim()
    const mine = ++latest
    running?.abort()
    if (!query) {
      found.value = nothing
      answered.value = ''
      return true
    }
    running = new AbortController()
    try {
      const reply = await client.overview.search({ query }, { signal: running.signal })
      if (mine !== latest) return false
      found.value = reply
      answered.value = query
      error.value = null
      return true
    } catch (failure) {
      if (mine === latest) error.value = failure
      return false
    }
  }
  return { found, answered, error, ask }
}
