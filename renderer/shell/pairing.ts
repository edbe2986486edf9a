const inAddress = () => new URLSearchParams(location.hash.slice(1)).get('pair')

let code: string | null = null

/**
 * Takes the pairing code, `#pair=CODE`, out of the address before anything else runs: not even the router may see it,
 * and it must not stay in the history.
 */
export function hidePairingCode(): void {
  code = inAddress()
  if (code) history.replaceState(null, '', location.pathname + location.search)
  // The address pasted over an open page changes only the fragment; reload, and it is taken as above.
  window.addEventListener('hashchange', () => inAddress() && location.reload())
}

/** Gives the code once. */
export function takePairingCode(): string | null {
  const taken = code
  code = null
  return taken
}
