import { ORPCError, type AnyRouter } from '@orpc/server'
import { RPCHandler } from '@orpc/server/fetch'
import type { z } from 'zod'
import { errors } from '../contract/errors.ts'
import type { Call } from './api.ts'
import { asStorageError, isCorruption } from './errors.ts'

/** A request body larger than this is refused unread. */
const mostBytes = 2 * 1024 * 1024

const invalid = (fields: { path: string; problem: string }[]) =>
  new ORPCError('INVALID', { status: errors.INVALID.status, defined: true, data: { fields } })

const notFound = () =>
  new ORPCError('NOT_FOUND', { status: errors.NOT_FOUND.status, defined: true, data: { what: 'procedure' } })

/** Turns whatever a procedure threw into a code of the contract. A bug stays a bug: logged, told as nothing. */
export function asCode(error: unknown, path: readonly string[], log: Log): ORPCError<string, unknown> {
  const known = asStorageError(error)
  if (known instanceof ORPCError) {
    if (known.code === 'BAD_REQUEST') {
      const issues = (known.data as { issues?: readonly z.core.$ZodIssue[] } | undefined)?.issues ?? []
      return invalid(
        issues.slice(0, 20).map((issue) => ({
          path: issue.path.map(String).join('.').slice(0, 100),
          problem: issue.code === 'custom' ? issue.message : issue.code,
        })),
      )
    }
    if (known.status < 500 || known.code in errors) return known as ORPCError<string, unknown>
  }
  log(
    'error',
    `${path.join('.')}: ${error instanceof Error ? `${error.name} ${stackPlaces(error)}` : 'unknown'}`,
  )
  return new ORPCError('INTERNAL_SERVER_ERROR')
}

/** Where it happened, without the message: a message may hold what somebody typed. */
function stackPlaces(error: Error): string {
  const code = (error as { code?: unknown }).code
  const places = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  return `${typeof code === 'string' ? code : ''} ${places.slice(0, 6).join(' ').replace(/\s+/g, ' ')}`
}

export type Log = (level: 'info' | 'error', line: string) => void

/** Reads a body of at most so many bytes; null when it is larger or the request broke off. */
export async function readCapped(request: Request, most: number): Promise<Buffer<ArrayBuffer> | null> {
  if (Number(request.headers.get('content-length') ?? 0) > most) return null
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const part of (request.body ?? []) as AsyncIterable<Uint8Array>) {
      size += part.byteLength
      if (size > most) return null
      parts.push(part)
    }
  } catch {
    return null
  }
  return Buffer.concat(parts)
}

const refuse = (status: number) => new Response(null, { status })

/** Answers `/rpc/*`: POST and JSON only, so that no form and no link of another site can call. */
export function openRpc(
  router: AnyRouter,
  log: Log,
  onCorrupt: () => void,
): (request: Request, call: Call) => Promise<Response> {
  const handler = new RPCHandler(router as never, {
    interceptors: [
      async (options) => {
        try {
          return await options.next()
        } catch (error) {
          // Procedures' errors are ORPCErrors by now; what else comes here is a body that could not be read.
          if (error instanceof ORPCError && error.code !== 'BAD_REQUEST') throw error
          throw invalid([{ path: '', problem: 'malformed' }])
        }
      },
    ],
    clientInterceptors: [
      async (options) => {
        try {
          return await options.next()
        } catch (error) {
          if (isCorruption(error)) onCorrupt()
          throw asCode(error, options.path, log)
        }
      },
    ],
  })

  return async (request, call) => {
    if (request.method !== 'POST') return refuse(405)
    if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) return refuse(415)
    const body = await readCapped(request, mostBytes)
    if (!body) return refuse(413)
    const { response } = await handler.handle(
      new Request(request.url, { method: 'POST', headers: request.headers, body, signal: request.signal }),
      { prefix: '/rpc', context: call },
    )
    if (!response) {
      return Response.json({ json: notFound().toJSON() }, { status: errors.NOT_FOUND.status })
    }
    response.headers.set('cache-control', 'no-store')
    return response
  }
}
