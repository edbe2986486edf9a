import { z } from 'zod'
import { desk, procedure } from './access.ts'
import { day, id, reason } from './fields.ts'
import { photoMarks, visit, visitPhoto } from './visit-records.ts'
import { outcomes } from './visit-rounds.ts'

/** Hex SHA-256 of a photo's bytes as they lie on the phone or card. */
export const sourceHash = z.string().regex(/^[0-9a-f]{64}$/)

/** A visit that a photo may belong to, by the time the camera noted. */
export const proposal = z.object({
  visitId: id,
  householdId: id,
  door: z.string(),
  day,
  time: z.string().nullable(),
  outcome: z.enum(outcomes),
  /** Minutes between photo and visit; null when the visit has no time: then only the day fits. */
  minutes: z.int().nullable(),
})
export const waitingPhoto = visitPhoto.extend({
  /** Best first, three at the most; none without a time or a visit on that day. */
  proposals: z.array(proposal),
  /** Why the camera's time is not taken: none, long ago (before 2000), after the import. */
  timeProblem: z.enum(['none', 'too-old', 'future']).nullable(),
})
export type WaitingPhoto = z.infer<typeof waitingPhoto>

/**
 * Part of `visits`. A photo is sent over `POST /files` and then taken in by its file; which of a folder came before is asked
 * first, by hash, so that an interrupted import goes on where it stopped.
 */
export const photoProcedures = {
  /** Those of these hashes that were taken in before. */
  knownPhotos: procedure(desk)
    .input(z.strictObject({ hashes: z.array(sourceHash).max(2000) }))
    .output(z.object({ known: z.array(sourceHash) })),

  /**
   * Takes uploaded photos in; they wait until a visit is confirmed. One that was taken in before is told in `known` and not
   * taken twice. INVALID `fileIds` `not-a-photo`; NOT_FOUND `file`, also for one that another record has.
   */
  takePhotos: procedure(desk)
    .input(z.strictObject({ fileIds: z.array(id).min(1).max(50) }))
    .output(z.object({ photos: z.array(waitingPhoto), known: z.array(id) })),

  /** Photos that wait for a visit, oldest time first. */
  waitingPhotos: procedure(desk)
    .input(z.strictObject({ after: id.optional(), limit: z.int().min(1).max(200).default(60) }))
    .output(z.object({ photos: z.array(waitingPhoto), total: z.int() })),

  /** Confirms which visit photos belong to; `visitId` null puts them back. CONFLICT `step` when the visit is void. */
  placePhotos: procedure(desk)
    .input(z.strictObject({ photoIds: z.array(id).min(1).max(200), visitId: id.nullable() }))
    .output(z.strictObject({})),

  /** Marks photos of ID cards and children, or takes the mark away. */
  markPhotos: procedure(desk)
    .input(z.strictObject({ photoIds: z.array(id).min(1).max(200), mark: z.enum(photoMarks) }))
    .output(z.strictObject({})),

  /**
   * Gives a photo up that should never have come in (PIPL 6, 47): its row goes at once, its file with the next sweep. The
   * audit keeps that it was there and why it went.
   */
  dropPhotos: procedure(desk)
    .input(z.strictObject({ photoIds: z.array(id).min(1).max(200), reason }))
    .output(z.strictObject({})),

  /** Visits of a day, to choose one for a photo by hand. */
  visitsOfDay: procedure(desk)
    .input(z.strictObject({ day }))
    .output(
      z.array(
        visit.pick({ id: true, householdId: true, door: true, time: true, outcome: true, visitors: true }),
      ),
    ),
}
