/** What a page hands to the next one: who asks, what was typed, which household to join. Never in the address. */
export type Brought<Kind> = { brought: Kind }

/** Takes what the page before brought along; once, so that a reload does not lay it over what was typed since. */
export function takeBrought<Kind extends object>(): Partial<Kind> {
  const { brought, ...rest } = (window.history.state ?? {}) as Partial<Brought<Kind>>
  if (!brought) return {}
  window.history.replaceState(rest, '')
  return brought
}
