import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { Desk } from '../../desk.ts'
import { refusalOf } from './guard.ts'

function toRequest(incoming: IncomingMessage, origin: string, signal: AbortSignal): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (typeof value === 'string') headers.set(name, value)
  }
  const method = incoming.method ?? 'GET'
  const body = method === 'GET' || method === 'HEAD' ? null : Readable.toWeb(incoming)
  // Node's web stream and a browser's are one at run time; where both are known their types differ.
  const init = { method, headers, body, signal, duplex: 'half' } as unknown as RequestInit
  return new Request(origin + incoming.url, init)
}

/** Resolves when more may be written, or nobody listens any more. */
function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const goOn = () => {
      outgoing.off('drain', goOn).off('close', goOn)
      resolve()
    }
    outgoing.on('drain', goOn).on('close', goOn)
  })
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  if (!response.body) {
    outgoing.end()
    return
  }
  const length = response.headers.get('content-length')
  if (length === null) outgoing.flushHeaders()
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const stop = () => void reader.cancel().catch(() => {})
  outgoing.on('close', stop)
  for (;;) {
    const { done, value } = await reader.read()
    if (done || outgoing.destroyed) break
    if (!outgoing.write(value)) await drained(outgoing)
  }
  outgoing.end()
}

export type Served = { server: Server; port: number; origin: string; close(): Promise<void> }

/**
 * Puts a desk's fetch behind HTTP on 127.0.0.1. `port` 0 = any. `alsoFrom` = further origins that may call (the
 * development server). `close` stops taking requests; running ones finish.
 */
export async function serve(
  fetch: Desk['fetch'],
  port: number,
  alsoFrom: readonly string[] = [],
): Promise<Served> {
  let origins: string[] = []
  const server = createServer((incoming, outgoing) => {
    const refused = refusalOf(incoming, origins)
    if (refused !== null) {
      outgoing.writeHead(refused, { connection: 'close', 'content-length': '0' }).end()
      return
    }
    const gone = new AbortController()
    outgoing.on('close', () => gone.abort())
    let request: Request
    try {
      request = toRequest(incoming, origins[0]!, gone.signal)
    } catch {
      outgoing.writeHead(400, { connection: 'close', 'content-length': '0' }).end()
      return
    }
    fetch(request)
      .then((response) => send(response, outgoing))
      .catch(() => outgoing.destroy())
  })
  server.requestTimeout = 30_000
  server.on('clientError', (_error, socket) =>
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'),
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ port, host: '127.0.0.1' }, resolve)
  })
  const address = server.address()
  const actual = typeof address === 'object' && address ? address.port : port
  origins = [`http://127.0.0.1:${actual}`, ...alsoFrom]
  return {
    server,
    port: actual,
    origin: origins[0]!,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
      }),
  }
}
