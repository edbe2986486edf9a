export type Place = { x: number; y: number }
const ways: Record<string, { along: 'x' | 'y'; sign: 1 | -1 }> = {
  ArrowLeft: { along: 'x', sign: -1 },
  ArrowRight: { along: 'x', sign: 1 },
  ArrowUp: { along: 'y', sign: -1 },
  ArrowDown: { along: 'y', sign: 1 },
}

/**
 * Where an arrow leads from the place at `from`: the nearest one in that direction as it is seen, those straight ahead
 * before those aside. Null for another key, or at the edge.
 */
export function placeToward(key: string, places: readonly Place[], from: number): number | null {
  const way = ways[key]
  const here = places[from]
  if (!way || !here) return null
  const across = way.along === 'x' ? 'y' : 'x'
  let best: { at: number; far: number } | null = null
  for (const [at, place] of places.entries()) {
    const ahead = (place[way.along] - here[way.along]) * way.sign
    // A row is not to the pixel: what is hardly ahead stands beside.
    if (ahead < 4) continue
    const far = ahead + 3 * Math.abs(place[across] - here[across])
    if (best === null || far < best.far) best = { at, far }
  }
  return best?.at ?? null
}

/** Arrows, Home and End among the controls of a board: the one they lead to, which the caller focuses. Null: none. */
export function controlToward(
  event: KeyboardEvent,
  board: HTMLElement,
  selector: string,
): HTMLElement | null {
  if (event.ctrlKey || event.altKey || event.metaKey) return null
  const controls = [...board.querySelectorAll<HTMLElement>(selector)]
  const from = controls.findIndex((control) => control === document.activeElement)
  if (from < 0) return null
  if (event.key === 'Home') return controls[0]!
  if (event.key === 'End') return controls.at(-1)!
  const places = controls.map((control) => {
    const { x, y, width, height } = control.getBoundingClientRect()
    return { x: x + width / 2, y: y + height / 2 }
  })
  const to = placeToward(event.key, places, from)
  return to === null ? null : controls[to]!
}
