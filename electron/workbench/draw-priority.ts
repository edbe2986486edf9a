import { readdirSync, readFileSync } from 'node:fs'
import { setPriority } from 'node:os'

/** A nice value: photos take every moment in which nobody searches, and no other. */
export const drawPriority = 10
let lowered = false

/** The threads in which photos are drawn; files are read and PINs hashed in them as well. */
export const drawingThreads = (): number[] =>
  readdirSync('/proc/self/task')
    .filter((thread) => readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').trim() === 'libuv-worker')
    .map(Number)

/**
 * Puts the drawing threads below the desk's own, once they are there: a search during an import takes 37 ms instead of 62
 * (bench visit.photos-search). Only Linux gives each thread a priority; elsewhere the system shares as it always does.
 */
export function lowerDrawing(): void {
  if (lowered || process.platform !== 'linux') return
  lowered = true
  try {
    for (const thread of drawingThreads()) setPriority(thread, drawPriority)
  } catch {
    // No /proc here, or it may not be done: slower, and as right as before.
  }
}
