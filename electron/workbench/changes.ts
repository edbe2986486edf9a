import { EventPublisher } from '@orpc/server'
import type { Change } from '../contract/session.ts'

/** The change feed: what `act` publishes, every screen hears. */
export type Changes = {
  publish: (changes: Change[]) => void
  /** Ends when `signal` aborts. */
  follow: (signal: AbortSignal) => AsyncGenerator<Change, void, void>
  /** How many screens follow now. */
  followers: () => number
}

export function openChanges(): Changes {
  const publisher = new EventPublisher<{ change: Change }>()
  let followers = 0
  return {
    publish: (changes) => changes.forEach((change) => publisher.publish('change', change)),
    async *follow(signal) {
      followers += 1
      try {
        for await (const change of publisher.subscribe('change', { signal })) yield change
      } catch (error) {
        if (!signal.aborted) throw error
      } finally {
        followers -= 1
      }
    },
    followers: () => followers,
  }
}
