import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { everyone, procedure, roles, troubleProcedure } from './access.ts'
import { id, pin, reason, text } from './fields.ts'

const none = z.strictObject({})

export const operator = z.object({
  id,
  name: z.string(),
  role: z.enum(roles),
  active: z.boolean(),
})
export type Operator = z.infer<typeof operator>

/** Why the data file was refused, and what the desk did and did not do. */
export const trouble = z.object({
  kind: z.enum(['newer', 'foreign', 'corrupt', 'network', 'read-only', 'unwritable', 'migration']),
  file: z.string(),
  detail: z.string(),
  backups: z.array(z.object({ name: z.string(), at: z.string(), bytes: z.number() })),
})
export type Trouble = z.infer<typeof trouble>

export const sessionState = z.object({
  /** `trouble` = the file was refused; `setup` = no manager yet; `ready` = sign in. */
  phase: z.enum(['trouble', 'setup', 'ready']),
  trouble: trouble.nullable(),
  community: z.string(),
  /** Those who may sign in, by name; empty before the set-up. */
  operators: z.array(operator),
  /** Minutes without a key or touch after which the screen locks. */
  lockMinutes: z.int(),
  textSize: z.enum(['standard', 'large', 'extra-large']),
  /** True in a demonstration folder, whose PINs may be shown. */
  demo: z.boolean(),
})

const signedIn = z.object({ token: z.string(), operator })

/** A commit somewhere: the renderer reloads what shows this topic. Topics are table-like words: `enquiry`, `person`. */
export const change = z.object({ topic: z.string(), id: z.int().nullable() })
export type Change = z.infer<typeof change>

export const session = {
  /** Exchanges the pairing code shown at start for a device token. The code works once. UNPAIRED when wrong. */
  pair: troubleProcedure('anyone')
    .input(z.strictObject({ code: text(64) }))
    .output(z.object({ device: z.string() })),

  /** What this screen should show first. */
  state: troubleProcedure('device').input(none).output(sessionState),

  /** First start: community, first manager, reference data and, on request, a small demo. CONFLICT once set up. */
  setup: procedure('device')
    .input(
      z.strictObject({
        community: text(40),
        manager: z.strictObject({ name: text(20), pin }),
        content: z.enum(['empty', 'demo']),
      }),
    )
    .output(signedIn),

  /** Signs in by operator and PIN. WRONG_PIN and WAIT tell seconds to wait; both count for operator and device. */
  signIn: procedure('device')
    .input(z.strictObject({ operatorId: id, pin }))
    .output(signedIn),

  /** Locks this session; everything but `unlock` and `signIn` then answers LOCKED. */
  lock: procedure(everyone).input(none).output(none),

  /** Opens the locked session again with the PIN of its own operator. */
  unlock: procedure('device').input(z.strictObject({ pin })).output(none),

  /** The signed-in operator of this session; SIGNED_OUT or LOCKED otherwise. */
  me: procedure(everyone).input(none).output(operator),

  /** The change feed: one event for every commit from now on. Ends when the session ends. */
  changes: procedure(everyone).input(none).output(eventIterator(change)),

  /** All operators, left ones too. */
  operators: procedure(['manager', 'auditor']).input(none).output(z.array(operator)),

  addOperator: procedure(['manager'])
    .input(z.strictObject({ name: text(20), role: z.enum(roles), pin }))
    .output(operator),

  /** Changes name, role or whether they may sign in. CONFLICT `last-manager` when no active manager would remain. */
  changeOperator: procedure(['manager'])
    .input(z.strictObject({ id, name: text(20), role: z.enum(roles), active: z.boolean(), reason }))
    .output(operator),

  /** A manager sets somebody's new PIN; that operator's sessions end and their waiting time is cleared. */
  resetPin: procedure(['manager']).input(z.strictObject({ id, pin })).output(none),

  /** The signed-in operator changes their own PIN. */
  changePin: procedure(everyone)
    .input(z.strictObject({ old: pin, pin }))
    .output(none),

  /** TROUBLE only: sets the damaged file aside (never deletes it) and opens the named verified backup in its place. */
  restore: troubleProcedure('device')
    .input(z.strictObject({ backup: text(120) }))
    .output(none),
}
