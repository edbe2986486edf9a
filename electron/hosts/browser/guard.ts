import type { IncomingMessage } from 'node:http'

/** Headers of which a second copy is an attack or a mistake; Node keeps the first and drops the rest silently. */
const single = ['host', 'origin', 'authorization', 'x-device', 'content-type', 'content-length']

/**
 * Whether a request may reach the desk at all; the status to refuse it with, or null. The exact Host defeats DNS
 * rebinding, the same-origin Origin defeats other sites; both hold for static files too. Nothing is told in a refusal.
 */
export function refusalOf(request: IncomingMessage, origins: readonly string[]): number | null {
  const names = request.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase())
  for (const name of single) {
    if (names.filter((found) => found === name).length > 1) return 400
  }
  const { host, origin } = request.headers
  if (!host || !origins.some((allowed) => new URL(allowed).host === host)) return 421
  if (origin !== undefined && !origins.includes(origin)) return 403
  // Browsers always send Origin with a POST; a caller without one has to be a program, which may come in too.
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 403
  if (!request.url?.startsWith('/')) return 400
  return null
}
