import { shallowRef } from 'vue'
import type { VolunteerLine } from '../../../electron/contract/volunteer-people.ts'
import { client } from '../../shell/client.ts'

/**
 * Asks for volunteers by name, pinyin, initials or number as somebody types; an answer that a newer question has overtaken
 * is dropped. `state`: whether those who left are found too.
 */
export function useVolunteerSearch(state: 'present' | 'all' = 'present') {
  const found = shallowRef<VolunteerLine[]>([])
  /** The question that `found` answers. */
  const answered = shallowRef('')
  const error = shallowRef<unknown>(null)
  let running: AbortController | null = null

  async function ask(typed: string): Promise<boolean> {
    const query = typed.trim()
    running?.abort()
    if (!query) {
      found.value = []
      answered.value = ''
      return true
    }
    const mine = (running = new AbortController())
    try {
      const { rows } = await client.volunteers.list({ query, state, limit: 8 }, { signal: mine.signal })
      if (mine !== running) return false
      found.value = rows
      answered.value = query
      error.value = null
      return true
    } catch (failure) {
      if (mine === running && !mine.signal.aborted) error.value = failure
      return false
    }
  }
  return { found, answered, error, ask }
}
