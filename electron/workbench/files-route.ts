import { readFile } from 'node:fs/promises'
import { desk, everyone, staff, type Access } from '../contract/access.ts'
import { errors } from '../contract/errors.ts'
import { mostFileBytes, savedName, type Attachment } from '../contract/files.ts'
import { seeing } from '../contract/visit-posts.ts'
import { act } from './act.ts'
import { contextFor, type Call } from './api.ts'
import { disposition } from './documents.ts'
import { fail, invalid, isCorruption } from './errors.ts'
import { isReferred } from './file-sweep.ts'
import { findFile, pathsOf, storeFile } from './files.ts'
import { asCode, readCapped, type Log } from './rpc.ts'
import { openTurns } from './turns.ts'
import type { Context } from './workbench.ts'

/**
 * Whoever is talked into opening one of these in a page of its own gets a saved copy, not a page of this origin: a
 * stored PDF may be anything else as well.
 */
const shared = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy': "default-src 'none'; sandbox",
}

const refuse = (status: number, allow: string) =>
  new Response(null, { status, headers: { ...shared, Allow: allow } })

/** The name of the file as its header carries it, percent-encoded. INVALID `file` `text` when it is none. */
function sentName(request: Request): string {
  try {
    return decodeURIComponent(request.headers.get('x-file-name') ?? '')
  } catch {
    return invalid('file', 'text')
  }
}

/** Each holds up to 20 MB until it is stored; the bytes of the others stay where they come from. */
const mostAtOnce = 4

async function take(request: Request, call: Call): Promise<Attachment> {
  const name = sentName(request)
  const bytes = await readCapped(request, mostFileBytes)
  if (!bytes) invalid('file', 'too-large')
  // Asked once more: meanwhile the screen may have been locked, or another data file put in place.
  return storeFile(contextFor(call, staff), { name, bytes })
}

/** What leaves the counter is written down. Not under `file:ID`, which would make the screens that show it load again. */
function recordOpening(context: Context, id: number): void {
  act(context, { action: 'file.open', subject: `file-copy:${id}` }, () => {})
}

/** Who may look. What no record took in yet, a card of photos that broke off, is the desk's alone and of who sent it. */
function lookers({ desk: { db }, operator }: Context, file: ReturnType<typeof findFile>): Access {
  if (file.restricted) return desk
  if (file.fromVisits) return seeing
  return file.operatorId === operator?.id || isReferred(db, file.id) ? everyone : desk
}

async function give(path: string, call: Call): Promise<Response> {
  const context = contextFor(call, everyone)
  const [, id, small] = /^\/files\/([1-9]\d{0,14})(\/small)?$/.exec(path) ?? []
  if (id === undefined) fail('NOT_FOUND', { what: 'file' })
  const file = findFile(context.desk.db, Number(id))
  contextFor(call, lookers(context, file))
  const paths = pathsOf(context.desk.folder, file)
  const wanted = small ? paths.small : paths.whole
  if (!wanted) fail('NOT_FOUND', { what: 'file' })
  let bytes: Buffer<ArrayBuffer>
  try {
    bytes = await readFile(wanted)
  } catch (error) {
    // Taken away by hand: a restored backup without its files, a folder tidied up.
    if ((error as { code?: unknown }).code === 'ENOENT') fail('NOT_FOUND', { what: 'file' })
    throw error
  }
  // A preview of an ID card or a child shows as much as the photo.
  if (!small || file.restricted) recordOpening(context, file.id)
  return new Response(bytes, {
    headers: {
      ...shared,
      'Content-Type': file.kind === 'image' ? 'image/jpeg' : 'application/pdf',
      'Content-Length': String(bytes.length),
      'Content-Disposition': disposition('attachment', savedName(file)),
    },
  })
}

/** Answers `POST /files`, `GET /files/<id>` and `GET /files/<id>/small` (contract/files.ts). */
export function openFiles(
  log: Log,
  onCorrupt: () => void,
): { serve(request: Request, call: Call): Promise<Response> } {
  const inTurn = openTurns(mostAtOnce)
  return {
    async serve(request, call) {
      const path = new URL(request.url).pathname
      const toStore = path === '/files'
      if (request.method !== (toStore ? 'POST' : 'GET')) return refuse(405, toStore ? 'POST' : 'GET')
      try {
        if (!toStore) return await give(path, call)
        // A form of another site cannot send this type.
        if (request.headers.get('content-type') !== 'application/octet-stream') return refuse(415, 'POST')
        contextFor(call, staff)
        const json = await inTurn(() => take(request, call))
        return Response.json({ json }, { headers: shared })
      } catch (error) {
        if (isCorruption(error)) onCorrupt()
        const known = asCode(error, ['files'], log)
        const json = { ...known.toJSON(), defined: known.code in errors }
        return Response.json({ json }, { status: known.status, headers: shared })
      }
    },
  }
}
