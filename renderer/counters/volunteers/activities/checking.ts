import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { RollCallLine } from '../../../../electron/contract/volunteer-records.ts'
import { client } from '../../../shell/client.ts'
import type { Checked } from './roll-call.ts'

/** Long enough for two keys of one time, short enough to be there when the hand moves on. */
const pause = 180

/**
 * Asks the desk what saving would make of the lines, whenever they change; the answer stands by volunteer. What was answered
 * stays until the next answer comes, and an answer that newer lines have overtaken is dropped.
 */
export function useChecking(activityId: number, lines: () => readonly RollCallLine[]) {
  const checked = shallowRef<ReadonlyMap<number, Checked>>(new Map())
  const error = shallowRef<unknown>(null)
  /** The lines of which the answer speaks. */
  const answered = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | null = null

  async function check(): Promise<boolean> {
    clearTimeout(timer)
    running?.abort()
    const asked = [...lines()]
    const mine = (running = new AbortController())
    if (asked.length === 0) {
      checked.value = new Map()
      answered.value = '[]'
      return true
    }
    try {
      const reply = await client.volunteers.checkRollCall(
        { activityId, lines: asked },
        { signal: mine.signal },
      )
      if (mine !== running) return false
      checked.value = new Map(reply.lines.map((line) => [line.volunteerId, line]))
      answered.value = JSON.stringify(asked)
      error.value = null
      return true
    } catch (failure) {
      if (mine === running && !mine.signal.aborted) error.value = failure
      return false
    }
  }
  watch(
    () => JSON.stringify(lines()),
    () => {
      clearTimeout(timer)
      timer = setTimeout(() => void check(), pause)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    running?.abort()
  })
  /** Whether the answer is that of the lines as they stand. */
  const current = () => answered.value === JSON.stringify(lines())
  return { checked, error, check, current }
}
