import { watch } from 'vue'
import { pauseAfter } from './changes.ts'
import { HostGone } from './client.ts'
import { useSession } from './session.ts'

/**
 * Starts the session, and asks again while the desk's program does not answer: at the start, and whenever it has
 * gone in between. Returns the function that begins.
 */
export function wakeWhenHostReturns(): () => Promise<void> {
  const session = useSession()
  let waking = false

  async function wake() {
    if (waking) return
    waking = true
    for (let failures = 0; ; failures += 1) {
      try {
        await (session.phase === 'starting' ? session.start() : session.refresh())
        break
      } catch (error) {
        // Any other answer is an answer: the store has heard it.
        if (!(error instanceof HostGone)) break
        await new Promise((resolve) => setTimeout(resolve, Math.min(pauseAfter(failures), 4_000)))
      }
    }
    waking = false
  }

  watch(
    () => session.hostAnswers,
    (answers) => {
      if (!answers) void wake()
    },
  )
  return wake
}
