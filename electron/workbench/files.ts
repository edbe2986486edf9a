import { ORPCError } from '@orpc/server'
import { createHash, webcrypto } from 'node:crypto'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileName, mostFileBytes, type Attachment } from '../contract/files.ts'
import { syncFolder, writeDurably, writeDurablyBeside } from '../database/files.ts'
import { row, value, write, type Database, type WritableDatabase } from '../database/open.ts'
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
  /** Of a photo as it came: its hash, and when the camera says it was taken, right or wrong. */
  sourceSha256: string | null
  takenAt: string | null
}

/** Off the main thread: the bytes of a photo take a search's time to hash. */
async function hashOf(bytes: Buffer): Promise<string> {
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes as Buffer<ArrayBuffer>)).toString('hex')
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
    return { kind: 'image', bytes: jpeg, sourceSha256: await hashOf(bytes), ...photo }
  }
  if (type === 'pdf') {
    // The end mark stands in the last 1,024 bytes (the rule of the common readers): what is cut off has none.
    if (!bytes.subarray(-1024).includes('%%EOF')) invalid('file', 'damaged')
    return {
      kind: 'pdf',
      bytes,
      small: null,
      width: null,
      height: null,
      sourceSha256: null,
      takenAt: null,
    }
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

/** The files of a content with their bytes, the preview first: the whole one stands for both. */
function partsOf(folder: string, file: StoredFile, { bytes, small }: Content): [string, Buffer][] {
  const paths = pathsOf(folder, file)
  const whole: [string, Buffer] = [paths.whole, bytes]
  return paths.small && small ? [[paths.small, small], whole] : [whole]
}

/** Puts the bytes in place while others are served; returns what was not there before. */
async function place(folder: string, file: StoredFile, content: Content): Promise<string[]> {
  const made: string[] = []
  try {
    makeFolder(filesFolder(folder))
    for (const [path, bytes] of partsOf(folder, file, content)) {
      makeFolder(dirname(path))
      if (existsSync(path)) continue
      await writeDurablyBeside(path, bytes)
      made.push(path)
    }
    return made
  } catch (error) {
    removeAll(made)
    throw asStorageError(error)
  }
}

const removeAll = (paths: string[]) => paths.forEach((path) => rmSync(path, { force: true }))

/** Bytes on their way from the first file to the row, by folder and hash, with the end of the last of their turns. */
const storing = new Map<string, Promise<unknown>>()
const keyOf = (folder: string, sha256: string) => `${folder}/${sha256}`

/** Whether bytes of this hash are between their file and their row: a sweep would take them for forgotten. */
export const isBeingStored = (folder: string, sha256: string): boolean => storing.has(keyOf(folder, sha256))

/** Another upload of the same bytes comes wholly before or wholly after. */
async function inTurn<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
  const turn = (storing.get(key) ?? Promise.resolve()).then(work)
  const end = turn.catch(() => {})
  storing.set(key, end)
  try {
    return await turn
  } finally {
    if (storing.get(key) === end) storing.delete(key)
  }
}

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
  const content = await contentOf(bytes)
  const { folder } = context.desk
  const file = { kind: content.kind, sha256: await hashOf(content.bytes) }
  return inTurn(keyOf(folder, file.sha256), async () => {
    const made = await place(folder, file, content)
    try {
      return addRow(context, shownName, file, content)
    } catch (error) {
      // After any other error nobody knows for sure that no row stands; the next sweep looks.
      if (error instanceof ORPCError && error.code === 'STORAGE_FULL') removeAll(made)
      throw error
    }
  })
}

/**
 * Keeps a PDF that the house itself made, as it is: written out to the disk first, then `take` names it in an act of its own
 * by the row that `insert` writes there. STORAGE_FULL, and whatever `take` refuses, leave nothing behind.
 */
export async function keepPdf<Result>(
  context: Context,
  { name, bytes }: { name: string; bytes: Buffer },
  take: (insert: (db: WritableDatabase) => number, sha256: string) => Result,
): Promise<Result> {
  const { folder } = context.desk
  const content: Content = {
    kind: 'pdf',
    bytes,
    small: null,
    width: null,
    height: null,
    sourceSha256: null,
    takenAt: null,
  }
  const file: StoredFile = { kind: 'pdf', sha256: await hashOf(bytes) }
  return inTurn(keyOf(folder, file.sha256), async () => {
    const made = await place(folder, file, content)
    try {
      return take((db) => insertFile(db, context, name, file, content), file.sha256)
    } catch (error) {
      // A refusal of the contract came before the commit; after anything else nobody knows, and the next sweep looks.
      if (error instanceof ORPCError && error.code !== 'TROUBLE') removeAll(made)
      throw error
    }
  })
}

/** Keeps a picture that the house itself drew, as it is: the demo's photos. Nothing that came from outside. */
export function storeDrawn(
  context: Context,
  name: string,
  { jpeg, takenAt = null, ...photo }: Photo & { takenAt?: string | null },
): Attachment {
  const sha256 = createHash('sha256').update(jpeg).digest('hex')
  const content: Content = { kind: 'image', bytes: jpeg, sourceSha256: sha256, takenAt, ...photo }
  const file = { kind: content.kind, sha256 }
  makeFolder(filesFolder(context.desk.folder))
  for (const [path, bytes] of partsOf(context.desk.folder, file, content)) {
    makeFolder(dirname(path))
    if (!existsSync(path)) writeDurably(path, bytes)
  }
  return addRow(context, nameOf(name), file, content)
}

/** The row of a file that lies in its place; part of the caller's act. */
function insertFile(
  db: WritableDatabase,
  context: Context,
  name: string,
  { sha256, kind }: StoredFile,
  content: Content,
): number {
  return write(
    db,
    `INSERT INTO file (sha256, kind, name, bytes, width, height, source_sha256, taken_at, operator_id, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    sha256,
    kind,
    name,
    content.bytes.length,
    content.width,
    content.height,
    content.sourceSha256,
    content.takenAt,
    operatorOf(context).id,
    context.desk.clock().toISOString(),
  ).id
}

/** Names a file that lies in its place. */
function addRow(context: Context, name: string, file: StoredFile, content: Content): Attachment {
  const { kind, sha256 } = file
  const { width, height } = content
  const size = content.bytes.length
  const id = act(
    context,
    { action: 'file.store', subject: (stored: number) => `file:${stored}` },
    (db, note) => {
      note(null, { kind, bytes: size, sha256 })
      return insertFile(db, context, name, file, content)
    },
  )
  return { id, name, kind, bytes: size, width, height }
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

/** `restricted`: shows an ID card or a child. `fromVisits`: came home from a visit or a patrol. `operatorId`: who sent it. */
type Seeing = { restricted: boolean; fromVisits: boolean; operatorId: number }

/** One file with where it lies and who may see it; NOT_FOUND without it. */
export function findFile(db: Database, id: number): Attachment & StoredFile & Seeing {
  type Flags = Record<'restricted' | 'fromVisits', 0 | 1>
  const found = row<Attachment & StoredFile & Omit<Seeing, keyof Flags> & Flags>(
    db,
    `SELECT id, sha256, name, kind, bytes, width, height, restricted, operator_id AS operatorId,
       EXISTS (SELECT 1 FROM visit_photo WHERE file_id = file.id)
         OR EXISTS (SELECT 1 FROM patrol_file WHERE file_id = file.id) AS fromVisits
     FROM file WHERE id = ?`,
    id,
  )
  if (!found) fail('NOT_FOUND', { what: 'file' })
  return { ...found, restricted: found.restricted === 1, fromVisits: found.fromVisits === 1 }
}

/** The bytes of a stored file; null when they are gone, or are not those that were stored. */
export async function readStored(folder: string, file: StoredFile): Promise<Buffer | null> {
  const bytes = await readFile(pathsOf(folder, file).whole).catch(() => null)
  return bytes && (await hashOf(bytes)) === file.sha256 ? bytes : null
}
