import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { everyone, procedure } from './access.ts'
import { departmentProcedures } from './departments.ts'
import { id, instant, optionalText, text, version } from './fields.ts'
import { ruleProcedures } from './rules.ts'

const none = z.strictObject({})

export const community = z.object({
  name: z.string(),
  /** Phone, address and opening hours as they stand on a receipt. */
  phone: z.string(),
  address: z.string(),
  hours: z.string(),
  lockMinutes: z.int(),
  textSize: z.enum(['standard', 'large', 'extra-large']),
  version,
})
export type Community = z.infer<typeof community>

export const backup = z.object({
  name: z.string(),
  at: instant,
  bytes: z.int(),
  kind: z.enum(['close', 'demand', 'migration']),
})
export type Backup = z.infer<typeof backup>

export const status = z.object({
  folder: z.string(),
  host: z.enum(['desktop', 'browser']),
  version: z.string(),
  schema: z.int(),
  bytes: z.int(),
  lastBackup: instant.nullable(),
  /** Result of the daily check of the file; null while it runs for the first time. */
  check: z.object({ at: instant, sound: z.boolean(), detail: z.string() }).nullable(),
  /** True when the newest record is later than this computer's clock: the clock was set back. */
  clockBehind: z.boolean(),
  /** Other screens that follow the change feed now. */
  otherScreens: z.int(),
  printers: z.array(z.object({ name: z.string(), ready: z.boolean(), isDefault: z.boolean() })),
})
export type Status = z.infer<typeof status>

/** A long job's progress: `done` of `total` (0 when not known yet), then `result` once. */
export const progress = z.object({ done: z.number(), total: z.number(), result: backup.nullable() })

export const grid = z.object({
  id,
  name: z.string(),
  area: z.string(),
  households: z.int(),
  /** Who answers for the grid or visits there at present: running posts, `id` = the post's. */
  staff: z.array(z.object({ id, name: z.string(), duty: z.string(), phone: z.string() })),
})
export type Grid = z.infer<typeof grid>

export const auditRow = z.object({
  id,
  at: instant,
  operator: z.string().nullable(),
  action: z.string(),
  subject: z.string(),
  reason: z.string().nullable(),
})

export const settings = {
  community: procedure(everyone).input(none).output(community),

  changeCommunity: procedure(['manager'])
    .input(
      z.strictObject({
        name: text(40),
        phone: optionalText(40),
        address: optionalText(80),
        hours: optionalText(80),
        lockMinutes: z.int().min(1).max(120),
        textSize: community.shape.textSize,
        version,
      }),
    )
    .output(community),

  ...ruleProcedures,

  ...departmentProcedures,

  /** What the status bar and 关于 show. */
  status: procedure(everyone).input(none).output(status),

  /** Verified backups, newest first. */
  backups: procedure(['manager', 'auditor']).input(none).output(z.array(backup)),

  /** Makes a verified backup now; progress, then the finished backup. STORAGE_FULL leaves nothing behind. */
  backUp: procedure(['manager']).input(none).output(eventIterator(progress)),

  /** Recomputes the whole audit chain. `firstBad` = id of the first row that does not fit, null when all fit. */
  verifyAudit: procedure(['manager', 'auditor'])
    .input(none)
    .output(z.object({ rows: z.int(), firstBad: z.int().nullable(), problem: z.string().nullable() })),

  /** The audit, newest first. */
  audit: procedure(['manager', 'auditor'])
    .input(z.strictObject({ before: id.optional(), limit: z.int().min(1).max(100).default(50) }))
    .output(z.array(auditRow)),

  /** Opens the data folder or the backups in the system's file manager. */
  openFolder: procedure(['manager']).input(none).output(none),
}
