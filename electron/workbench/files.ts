import { ORPCError } from '@orpc/server'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileName, mostFileBytes, type Attachment } from '../contract/files.ts'
import { syncFolder, writeDurably } from '../database/files.ts'
import { row, value, write, type Database } from '../database/open.ts'
import { act } from './act.ts'
import { operatorOf } from './api.ts'
import { asStorageError, fail, invalid } from './errors.ts'
import { readPhoto, typeOf, type Photo } from './photos.ts'
import type { Context } from './workbench.ts'

/** Where a stored file lies. */
export type StoredFile = Pick<Attachment, 'kind'> & { sha256: string }

/** What is to be stored, after it was looked at and, if it is a photo, drawn anew. */
type Content = {
  kind: Attachment['kind']
  bytes: Buffer
  small: Buffer | null
  width: number | null
  height: number | null
}

export const filesFolder = (folder: string) => join(folder, 'files')

/** The paths of a file in a data folder; they are made of its hash alone. `small` is the preview of a photo. */
export function pathsOf(
  folder: string,
  { sha256, kind }: StoredFile,
): { whole: string; small: string | null } {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('a file of an impossible hash')
  const place = join(filesFolder(folder), sha256.slice(0, 2))
  return kind === 'image'
    ? { whole: join(place, `${sha256}.jpg`), small: join(place, `${sha256}.small.jpg`) }
    : { whole: join(place, `${sha256}.pdf`), small: null }
}

/**
 * Looks at what came and makes of it what is stored. INVALID `file`: `empty`, `too-large`, `unknown-type`, `heic`,
 * `svg`, `damaged` or `too-many-pixels`.
 */
async function contentOf(bytes: Buffer): Promise<Content> {
  if (bytes.length === 0) invalid('file', 'empty')
  if (bytes.length > mostFileBytes) invalid('file', 'too-large')
  const type = typeOf(bytes)
  if (type === 'photo') {
    const { jpeg, ...photo } = await readPhoto(bytes)
    return { kind: 'image', bytes: jpeg, ...photo }
  }
  if (type === 'pdf') {
    // The end mark stands in the last 1,024 bytes (the rule of the common readers): what is cut off has none.
    if (!bytes.subarray(-1024).includes('%%EOF')) invalid('file', 'damaged')
    return { kind: 'pdf', bytes, small: null, width: null, height: null }
  }
  return invalid('file', type === 'unknown' ? 'unknown-type' : type)
}

function nameOf(name: string): string {
  const known = fileName.safeParse(name)
  if (known.success) return known.data
  const [issue] = known.error.issues
  return invalid('file', issue?.code === 'custom' ? issue.message : (issue?.code ?? 'text'))
}

function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  mkdirSync(folder, { mode: 0o700 })
  syncFolder(dirname(folder))
}

/** Puts the bytes in place, the preview first; returns what was not there before. */
function place(folder: string, file: StoredFile, { bytes, small }: Content): string[] {
  const paths = pathsOf(folder, file)
  const made: string[] = []
  const put = (path: string, content: Buffer) => {
    if (existsSync(path)) return
    writeDurably(path, content)
    made.push(path)
  }
  try {
    makeFolder(filesFolder(folder))
    makeFolder(dirname(paths.whole))
    if (paths.small && small) put(paths.small, small)
    put(paths.whole, bytes)
    return made
  } catch (error) {
    removeAll(made)
    throw error
  }
}

const removeAll = (paths: string[]) => paths.forEach((path) => rmSync(path, { force: true }))

/**
 * Keeps a photo or PDF: written out to the disk first and then named by a row, so that no row ever names a missing
 * file. The same bytes twice lie there once. INVALID `file` with what is wrong with it; STORAGE_FULL, with nothing
 * left behind. Its name may be a person's and never enters the audit.
 */
export async function storeFile(
  context: Context,
  { name, bytes }: { name: string; bytes: Buffer },
): Promise<Attachment> {
  operatorOf(context)
  const shownName = nameOf(name)
  return keep(context, shownName, await contentOf(bytes))
}

/** Keeps a picture that the house itself drew, as it is: the demo's portraits. Nothing that came from outside. */
export function storeDrawn(context: Context, name: string, { jpeg, ...photo }: Photo): Attachment {
  return keep(context, nameOf(name), { kind: 'image', bytes: jpeg, ...photo })
}

/** The file first, then its row. */
function keep(context: Context, shownName: string, content: Content): Attachment {
  const { desk } = context
  const operator = operatorOf(context)
  const file = { kind: content.kind, sha256: createHash('sha256').update(content.bytes).digest('hex') }
  // Nothing waits here: another upload of the same bytes comes wholly before or wholly after.
  let made: string[]
  try {
    made = place(desk.folder, file, content)
  } catch (error) {
    throw asStorageError(error)
  }
  const { kind, width, height } = content
  const size = content.bytes.length
  try {
    const id = act(
      context,
      { action: 'file.store', subject: (stored: number) => `file:${stored}` },
      (db, note) => {
        note(null, { kind, bytes: size, sha256: file.sha256 })
        return write(
          db,
          `INSERT INTO file (sha256, kind, name, bytes, width, height, operator_id, created_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
          file.sha256,
          kind,
          shownName,
          size,
          width,
          height,
          operator.id,
          desk.clock().toISOString(),
        ).id
      },
    )
    return { id, name: shownName, kind, bytes: size, width, height }
  } catch (error) {
    // After any other error nobody knows for sure that no row stands; the next sweep looks.
    if (error instanceof ORPCError && error.code === 'STORAGE_FULL') removeAll(made)
    throw error
  }
}

/** Makes sure, inside the act that will refer to them, that these files are there. NOT_FOUND `file` otherwise. */
export function checkFiles(db: Database, ids: readonly number[]): void {
  const wanted = new Set(ids)
  const there = value<number>(
    db,
    'SELECT count(*) FROM file WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify([...wanted]),
  )
  if (there !== wanted.size) fail('NOT_FOUND', { what: 'file' })
}

/** One file with where it lies; NOT_FOUND without it. */
export function findFile(db: Database, id: number): Attachment & StoredFile {
  const found = row<Attachment & StoredFile>(
    db,
    'SELECT id, sha256, name, kind, bytes, width, height FROM file WHERE id = ?',
    id,
  )
  return found ?? fail('NOT_FOUND', { what: 'file' })
}
