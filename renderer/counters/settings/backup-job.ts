import { onScopeDispose, ref } from 'vue'
import type { Backup } from '../../../electron/contract/settings.ts'
import { client } from '../../shell/client.ts'

/** Runs a backup with its progress; leaving the screen or `cancel` ends it and leaves nothing half-made behind. */
export function useBackup(done: (backup: Backup) => void) {
  const running = ref(false)
  /** 0 to 100; null while the length is not known. */
  const percent = ref<number | null>(null)
  const failure = ref<unknown>(null)
  let stop: AbortController | null = null

  async function start() {
    if (running.value) return
    const mine = new AbortController()
    stop = mine
    running.value = true
    percent.value = null
    failure.value = null
    try {
      for await (const step of await client.settings.backUp({}, { signal: mine.signal })) {
        percent.value = step.total > 0 ? Math.floor((step.done / step.total) * 100) : null
        if (step.result) done(step.result)
      }
    } catch (error) {
      if (!mine.signal.aborted) failure.value = error
    } finally {
      running.value = false
    }
  }
  const cancel = () => stop?.abort()
  onScopeDispose(cancel)

  return { start, cancel, running, percent, failure }
}
