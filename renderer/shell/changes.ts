import { useQueryCache } from '@pinia/colada'
import { watch } from 'vue'
import { client } from './client.ts'
import { useSession } from './session.ts'

const longestPause = 15_000

/** 0.5 s, 1 s, 2 s … 15 s, a little uneven so that all screens do not call at once. */
export function pauseAfter(failures: number, uneven = Math.random()): number {
  return Math.round(Math.min(500 * 2 ** failures, longestPause) * (0.8 + 0.4 * uneven))
}

/**
 * Calls `reload` for a topic at once, but never again while it runs nor within `pause` ms of its start: four screens tap
 * faster than a board loads, and a list that is asked for anew before its answer came would never be shown. Whatever
 * changed meanwhile is told by one more reload.
 */
export function inTurn(reload: (topic: string) => Promise<unknown>, pause = 60): (topic: string) => void {
  const running = new Map<string, { again: boolean }>()
  async function run(topic: string) {
    const turn = { again: false }
    running.set(topic, turn)
    // The query itself keeps its error for its page; here only its end matters.
    await Promise.all([reload(topic).catch(() => {}), new Promise((over) => setTimeout(over, pause))])
    running.delete(topic)
    if (turn.again) void run(topic)
  }
  return (topic) => {
    const turn = running.get(topic)
    if (turn) turn.again = true
    else void run(topic)
  }
}

/** A history shows lines of several counters, and an open year's ranking follows the records; both reload with them. */
const shownBy: Record<string, readonly string[]> = {
  enquiry: ['contacts'],
  visit: ['contacts'],
  activity: ['contacts', 'pioneer'],
  volunteer: ['contacts'],
  certificate: ['contacts'],
}

/**
 * Follows the change feed while somebody works here, and reloads what shows a changed topic: query keys begin with
 * the topic, `['enquiry', …]`. After a break, a lock or another operator's turn everything is reloaded, because what was
 * missed is not known.
 */
export function followChanges(): void {
  const session = useSession()
  const queries = useQueryCache()
  const reload = inTurn((topic) =>
    Promise.all([topic, ...(shownBy[topic] ?? [])].map((key) => queries.invalidateQueries({ key: [key] }))),
  )
  let stop: AbortController | null = null
  /** The first feed opens together with the first questions; there is nothing to reload yet. */
  let followedBefore = false

  async function follow(signal: AbortSignal) {
    let failures = 0
    while (!signal.aborted) {
      try {
        const feed = await client.session.changes({}, { signal })
        // The host may be gone again by then; each query keeps its error for its page.
        if (followedBefore) queries.invalidateQueries().catch(() => {})
        followedBefore = true
        failures = 0
        for await (const { topic } of feed) {
          if (topic === 'settings' || topic === 'operator') void session.refresh().catch(() => {})
          reload(topic)
        }
      } catch {
        // The session store has heard why; a lock or sign-out stops this loop, anything else is tried again.
      }
      if (signal.aborted) return
      await new Promise((resolve) => setTimeout(resolve, pauseAfter(failures)))
      failures += 1
    }
  }

  watch(
    () => session.phase === 'open' && !session.locked && session.operator?.id,
    (working) => {
      stop?.abort()
      stop = null
      if (!working) return
      stop = new AbortController()
      void follow(stop.signal)
    },
    { immediate: true },
  )
}
