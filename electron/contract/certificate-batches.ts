import { z } from 'zod'
import { desk, procedure } from './access.ts'
import { id, instant, text } from './fields.ts'
import { readers, wanted } from './certificate-records.ts'

export const batch = z.object({
  id,
  title: z.string(),
  kind: wanted.shape.kind,
  /** `stopped`: the program ended in the middle; it goes on where it was when somebody says so. */
  state: z.enum(['running', 'stopped', 'cancelled', 'done']),
  total: z.int(),
  issued: z.int(),
  failed: z.int(),
  items: z.array(
    z.object({
      position: z.int(),
      name: z.string(),
      volunteerNumber: z.string().nullable(),
      certificate: z.object({ id, number: z.string() }).nullable(),
      /** A word of `problemWords`, `pdf`, `storage`; empty while it waits or is issued. */
      problem: z.string(),
    }),
  ),
  at: instant,
  operator: z.string(),
})
export type Batch = z.infer<typeof batch>

/** Part of `certificates`. Progress arrives by the change feed: topic `certificate-batch`. */
export const certificateBatchProcedures = {
  /**
   * Everybody of an activity (confirmed own service in it), of a team, or of a year's frozen pioneer list, in its order.
   * `wanted` without persons; its period holds for all. NOT_FOUND `activity`, `team`, `pioneer-year`; CONFLICT `step` where
   * the kind needs approval by a second person and the caller is not the manager, or nobody is meant.
   */
  startBatch: procedure(desk)
    .input(
      z.strictObject({
        ticket: z.uuid(),
        title: text(60),
        of: z.discriminatedUnion('what', [
          z.strictObject({ what: z.literal('activity'), id }),
          z.strictObject({ what: z.literal('team'), id }),
          z.strictObject({ what: z.literal('pioneers'), year: z.int().min(2000).max(2100) }),
          z.strictObject({ what: z.literal('volunteers'), ids: z.array(id).min(1).max(500) }),
        ]),
        wanted: wanted.omit({ volunteerId: true, personId: true }),
      }),
    )
    .output(batch),

  batch: procedure(readers).input(z.strictObject({ id })).output(batch),
  /** Newest first, without their items, thirty at the most. */
  batches: procedure(readers)
    .input(z.strictObject({}))
    .output(z.array(batch.omit({ items: true }))),

  /** Stops after the one that is being made; what was issued stays issued. CONFLICT `step` when it is over. */
  cancelBatch: procedure(desk).input(z.strictObject({ id })).output(batch),
  /** Goes on after a stop, a cancel or problems that were mended: never a gap, never a double. */
  resumeBatch: procedure(desk).input(z.strictObject({ id })).output(batch),

  /** One PDF of all sheets of the batch that are not void, in order (base64); each sheet as it was issued. */
  batchPdf: procedure(desk)
    .input(z.strictObject({ id }))
    .output(z.object({ fileName: z.string(), base64: z.string() })),
}
