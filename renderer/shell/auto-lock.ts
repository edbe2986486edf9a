import { onScopeDispose } from 'vue'

/** Keys and touches count as work; a mouse pushed by a sleeve does not keep the desk open. */
const signs = ['keydown', 'pointerdown', 'wheel'] as const

/** Calls `lock` after so many minutes without a key or touch; a computer that slept counts the sleep too. */
export function useAutoLock(minutes: () => number, lock: () => void): void {
  let last = Date.now()
  const seen = () => (last = Date.now())
  const look = () => {
    if (Date.now() - last < minutes() * 60_000) return
    seen()
    lock()
  }
  for (const sign of signs) window.addEventListener(sign, seen, { capture: true, passive: true })
  document.addEventListener('visibilitychange', look)
  const timer = setInterval(look, 5_000)
  onScopeDispose(() => {
    for (const sign of signs) window.removeEventListener(sign, seen, { capture: true })
    document.removeEventListener('visibilitychange', look)
    clearInterval(timer)
  })
}
