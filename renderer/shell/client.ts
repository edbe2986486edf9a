import { createORPCClient, createORPCErrorFromJson, isORPCErrorJson, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import type { contract } from '../../electron/contract/index.ts'
import type { ErrorCode } from '../../electron/contract/errors.ts'

export type Client = ContractRouterClient<typeof contract>

/** What the session store is told, whoever called. */
type Watcher = {
  /** A call was refused because of who is calling, or because the data file is. */
  refused: (code: 'SIGNED_OUT' | 'LOCKED' | 'UNPAIRED' | 'TROUBLE') => void
  /** Whether the host answers at all. */
  reachable: (answers: boolean) => void
}

let watcher: Watcher = { refused: () => {}, reachable: () => {} }

/** One store watches every call. */
export function watchCalls(by: Watcher): void {
  watcher = by
}

const deviceKey = 'device'
const sessionKey = 'session'

/** The token of this paired screen; the desktop window needs none. */
export const deviceToken = {
  get: () => localStorage.getItem(deviceKey),
  set: (token: string) => localStorage.setItem(deviceKey, token),
}

/** The token of who is signed in; it lives as long as this window. */
export const sessionToken = {
  get: () => sessionStorage.getItem(sessionKey),
  set: (token: string) => sessionStorage.setItem(sessionKey, token),
  clear: () => sessionStorage.removeItem(sessionKey),
}

function headers(): Record<string, string> {
  const session = sessionToken.get()
  const device = deviceToken.get()
  return {
    ...(session ? { authorization: `Bearer ${session}` } : {}),
    ...(device ? { 'x-device': device } : {}),
  }
}

/** The host did not answer: it ended, or it is closing. What was typed is still here. */
export class HostGone extends Error {
  override name = 'HostGone'
}

const isJson = (response: Response) => /json|event-stream/.test(response.headers.get('content-type') ?? '')

async function send(request: Request, init: { redirect?: Request['redirect'] }): Promise<Response> {
  let response: Response
  try {
    response = await fetch(request, init)
  } catch (error) {
    if (request.signal.aborted) throw error
    watcher.reachable(false)
    throw new HostGone('no answer', { cause: error })
  }
  // A closing host and a proxy in front of nothing answer without the protocol's body.
  if (response.status >= 500 && !isJson(response)) {
    watcher.reachable(false)
    throw new HostGone(`status ${response.status}`)
  }
  watcher.reachable(true)
  return response
}

const watched: readonly ErrorCode[] = ['SIGNED_OUT', 'LOCKED', 'UNPAIRED', 'TROUBLE']

/** The stable code of an error from the desk; null for anything else (network, a bug). */
export function codeOf(error: unknown): ErrorCode | null {
  return error instanceof ORPCError ? (error.code as ErrorCode) : null
}

/** The store hears of an error that concerns who is calling, or the data file. */
function tellWatcher(error: unknown): void {
  const code = codeOf(error)
  if (code && watched.includes(code)) watcher.refused(code as Parameters<Watcher['refused']>[0])
}

/**
 * A plain request with this screen's tokens, for bytes, which do not go through procedures. Throws what a call would
 * throw: an error with its stable code, or HostGone.
 */
export async function authorisedFetch(path: string, init: RequestInit = {}): Promise<Response> {
  const all = new Headers(init.headers)
  for (const [name, value] of Object.entries(headers())) all.set(name, value)
  const response = await send(new Request(new URL(path, location.href), { ...init, headers: all }), {})
  if (response.ok) return response
  const { json } = (isJson(response) ? await response.json() : {}) as { json?: unknown }
  const error = isORPCErrorJson(json) ? createORPCErrorFromJson(json) : new Error(`status ${response.status}`)
  tellWatcher(error)
  throw error
}

const link = new RPCLink({
  // `desk://counter` has the opaque origin "null" in some engines; the address itself never lies.
  url: () => new URL('/rpc', location.href).href,
  headers,
  fetch: (request, init) => send(request, init),
  interceptors: [
    async (call) => {
      try {
        return await call.next()
      } catch (error) {
        tellWatcher(error)
        throw error
      }
    },
  ],
})

/** Everything the desk can do: `client.people.get({ id })`. */
export const client: Client = createORPCClient(link)
