import type { Attachment } from '../../contract/files.ts'
import type { WaitingPhoto } from '../../contract/visit-photos.ts'
import type { VisitPhoto } from '../../contract/visit-records.ts'
import { row, rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import { isReferred } from '../../workbench/file-sweep.ts'
import type { Context } from '../../workbench/workbench.ts'
import { openProposals } from './photo-proposals.ts'

/** Those of these hashes (of the bytes as they lie on the phone) that were taken in before. */
export function knownPhotos(db: Database, hashes: readonly string[]): string[] {
  return rows<{ hash: string }>(
    db,
    `SELECT p.source_sha256 AS hash FROM json_each(?) AS wanted
     CROSS JOIN visit_photo p ON p.source_sha256 = wanted.value`,
    JSON.stringify([...new Set(hashes)]),
  ).map(({ hash }) => hash)
}

type Source = { id: number; hash: string; takenAt: string | null }

/** A photo that was sent; NOT_FOUND `file`, INVALID `fileIds` `not-a-photo`. */
function sourceOf(db: Database, fileId: number): Source {
  const found = row<Source & { kind: string }>(
    db,
    'SELECT id, kind, source_sha256 AS hash, taken_at AS takenAt FROM file WHERE id = ?',
    fileId,
  )
  if (!found) fail('NOT_FOUND', { what: 'file' })
  if (found.kind !== 'image' || !found.hash) invalid('fileIds', 'not-a-photo')
  return found
}

/** Before this no phone took photos: the camera was never set. */
const tooOld = '2000-01-01T00:00:00.000Z'
/** A phone's clock may be so much ahead of the desk's, in ms. */
const ahead = 10 * 60_000

/** The camera's time, or null when it cannot be right at the moment of the import. */
function usableTime(takenAt: string | null, now: Date): string | null {
  if (takenAt === null || takenAt < tooOld) return null
  return Date.parse(takenAt) > now.getTime() + ahead ? null : takenAt
}

/**
 * Takes uploaded photos in; they wait without a visit. Whose bytes came before, in this call or ever, is named in `known`:
 * sending an answer that got lost again takes nothing twice. NOT_FOUND `file` too for one that another record has.
 */
export function takePhotos(
  context: Context,
  { fileIds }: { fileIds: number[] },
): { photos: WaitingPhoto[]; known: number[] } {
  const now = context.desk.clock()
  const operator = operatorOf(context)
  const taken = act(context, { action: 'visit-photo.take', subject: 'visit-photo' }, (db, note) => {
    const [ids, known]: [number[], number[]] = [[], []]
    for (const fileId of new Set(fileIds)) {
      const source = sourceOf(db, fileId)
      if (value(db, 'SELECT 1 FROM visit_photo WHERE source_sha256 = ?', source.hash)) {
        known.push(fileId)
        continue
      }
      // A child's portrait or a letter of an enquiry: as a visit's photo those who need it could not open it any more.
      if (isReferred(db, fileId)) fail('NOT_FOUND', { what: 'file' })
      const { id } = write(
        db,
        'INSERT INTO visit_photo (file_id, source_sha256, taken_at, operator_id, at) VALUES (?, ?, ?, ?, ?)',
        fileId,
        source.hash,
        usableTime(source.takenAt, now),
        operator.id,
        now.toISOString(),
      )
      ids.push(id)
    }
    note(null, { ids, known })
    return { ids, known }
  })
  return { photos: readPhotos(context.desk.db, taken.ids), known: taken.known }
}

type PhotoRow = Omit<Attachment, 'id'> & {
  id: number
  fileId: number
  takenAt: string | null
  /** As the camera had it, right or wrong. */
  noted: string | null
  mark: VisitPhoto['mark']
  visitId: number | null
}

function timeProblem({ takenAt, noted }: PhotoRow): WaitingPhoto['timeProblem'] {
  if (takenAt !== null) return null
  if (noted === null) return 'none'
  return noted < tooOld ? 'too-old' : 'future'
}

/** These photos in the order of `ids`, each with the visits it may belong to. */
function readPhotos(db: Database, ids: readonly number[]): WaitingPhoto[] {
  const proposalsFor = openProposals(db)
  return rows<PhotoRow>(
    db,
    `SELECT p.id, p.file_id AS fileId, p.taken_at AS takenAt, f.taken_at AS noted, p.mark, p.visit_id AS visitId,
       f.name, f.kind, f.bytes, f.width, f.height
     FROM json_each(?) AS wanted CROSS JOIN visit_photo p ON p.id = wanted.value
     CROSS JOIN file f ON f.id = p.file_id ORDER BY wanted.key`,
    JSON.stringify(ids),
  ).map((found) => {
    const { id, fileId, takenAt, mark, visitId, name, kind, bytes, width, height } = found
    return {
      id,
      file: { id: fileId, name, kind, bytes, width, height },
      takenAt,
      mark,
      visitId,
      proposals: takenAt === null ? [] : proposalsFor(takenAt),
      timeProblem: timeProblem(found),
    }
  })
}

/** Photos without a visit, oldest time first, those without a time last. `after` = id of the last one seen. */
export function listWaitingPhotos(
  { desk: { db } }: Context,
  { after, limit }: { after?: number | undefined; limit: number },
): { photos: WaitingPhoto[]; total: number } {
  // A time sorts before `~`; one that was dropped meanwhile leaves no place to go on from.
  const last =
    after === undefined
      ? undefined
      : row<{ at: string; id: number }>(
          db,
          "SELECT coalesce(taken_at, '~') AS at, id FROM visit_photo WHERE id = ?",
          after,
        )
  const ids = rows<{ id: number }>(
    db,
    `SELECT id FROM visit_photo
     WHERE visit_id IS NULL AND (coalesce(taken_at, '~'), id) > (?, ?)
     ORDER BY coalesce(taken_at, '~'), id LIMIT ?`,
    last?.at ?? '',
    last?.id ?? 0,
    limit,
  ).map(({ id }) => id)
  const total = value<number>(db, 'SELECT count(*) FROM visit_photo WHERE visit_id IS NULL') ?? 0
  return { photos: readPhotos(db, ids), total }
}

type Placed = { id: number; fileId: number; visitId: number | null; mark: VisitPhoto['mark'] }

/** Photos as they stand before a change, each once; NOT_FOUND `photo` for one that is none. */
function standing(db: Database, photoIds: readonly number[]): Placed[] {
  const wanted = [...new Set(photoIds)]
  const found = rows<Placed>(
    db,
    `SELECT id, file_id AS fileId, visit_id AS visitId, mark FROM visit_photo
     WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
    JSON.stringify(wanted),
  )
  if (found.length !== wanted.length) fail('NOT_FOUND', { what: 'photo' })
  return found
}

/** The records whose screens show these visits. */
function shownBy(db: Database, visitIds: readonly (number | null)[]): string[] {
  const ids = [...new Set(visitIds)].filter((id) => id !== null)
  return rows<{ id: number; householdId: number }>(
    db,
    `SELECT id, household_id AS householdId FROM visit WHERE id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(ids),
  ).flatMap(({ id, householdId }) => [`visit:${id}`, `household:${householdId}`])
}

/** Changes photos in one act and tells every screen that shows one of them. */
function changePhotos(
  context: Context,
  what: { action: string; reason?: string },
  photoIds: readonly number[],
  change: (db: WritableDatabase, photos: Placed[]) => { after: Record<string, unknown>; visitIds?: number[] },
): void {
  act(context, { ...what, subject: 'visit-photo', also: (also: string[]) => also }, (db, note) => {
    const photos = standing(db, photoIds)
    const { after, visitIds = [] } = change(db, photos)
    note(null, { ids: photos.map(({ id }) => id), ...after })
    return shownBy(db, [...photos.map(({ visitId }) => visitId), ...visitIds])
  })
}

/** Confirms which visit photos belong to; null puts them back. NOT_FOUND `visit`, CONFLICT `step` when it is void. */
export function placePhotos(
  context: Context,
  { photoIds, visitId }: { photoIds: number[]; visitId: number | null },
): void {
  changePhotos(context, { action: 'visit-photo.place' }, photoIds, (db, photos) => {
    if (visitId !== null) {
      const visit = row<{ voided: 0 | 1 }>(db, 'SELECT voided FROM visit WHERE id = ?', visitId)
      if (!visit) fail('NOT_FOUND', { what: 'visit' })
      if (visit.voided) fail('CONFLICT', { because: 'step' })
    }
    for (const { id } of photos) write(db, 'UPDATE visit_photo SET visit_id = ? WHERE id = ?', visitId, id)
    return { after: { visitId }, ...(visitId === null ? {} : { visitIds: [visitId] }) }
  })
}

/** Marks photos of ID cards and children, whose files only the desk may then open, or takes the mark away. */
export function markPhotos(
  context: Context,
  { photoIds, mark }: { photoIds: number[]; mark: VisitPhoto['mark'] },
): void {
  changePhotos(context, { action: 'visit-photo.mark' }, photoIds, (db, photos) => {
    for (const { id, fileId } of photos) {
      write(db, 'UPDATE visit_photo SET mark = ? WHERE id = ?', mark, id)
      write(db, 'UPDATE file SET restricted = ? WHERE id = ?', mark === '' ? 0 : 1, fileId)
    }
    return { after: { restricted: mark !== '' } }
  })
}

/** Gives photos up: their rows go at once, their files with the sweep; until then only the desk may open them. */
export function dropPhotos(
  context: Context,
  { photoIds, reason }: { photoIds: number[]; reason: string },
): void {
  changePhotos(context, { action: 'visit-photo.drop', reason }, photoIds, (db, photos) => {
    for (const { id, fileId } of photos) {
      write(db, 'DELETE FROM visit_photo WHERE id = ?', id)
      write(db, 'UPDATE file SET restricted = 1 WHERE id = ?', fileId)
    }
    return { after: { fileIds: photos.map(({ fileId }) => fileId) } }
  })
}
