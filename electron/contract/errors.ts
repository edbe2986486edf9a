import { z } from 'zod'

/**
 * Every error that may cross to the renderer: a stable code, its HTTP status and the shape of its data.
 * The Chinese sentence for a code stands in renderer/shell/sentences.ts, never here.
 */
export const errors = {
  /** Bad input. `fields` names what is wrong by path, e.g. `phones.0`; `problem` is a stable word. */
  INVALID: {
    status: 422,
    data: z.object({ fields: z.array(z.object({ path: z.string(), problem: z.string() })) }),
  },
  /** No such record, or none that this operator may know of. */
  NOT_FOUND: { status: 404, data: z.object({ what: z.string() }) },
  /**
   * The record is not as the caller believes. `because`: `changed` (another screen saved first; `current` is what
   * stands now), `step` (not allowed in this state), `duplicate`, `overlap`, `full`, `last-manager`, `in-use`, `balance`
   * (more points than there are), `stock` (more gifts than there are).
   */
  CONFLICT: { status: 409, data: z.object({ because: z.string(), current: z.unknown().optional() }) },
  /** The operator's role may not do this. */
  FORBIDDEN: { status: 403 },
  /** This browser was never paired with the desk, or its pairing code was wrong or used. */
  UNPAIRED: { status: 401 },
  /** No operator is signed in here. */
  SIGNED_OUT: { status: 401 },
  /** The screen is locked until the operator's PIN is typed. */
  LOCKED: { status: 423 },
  /** Wrong PIN; `seconds` to wait before the next try is looked at. */
  WRONG_PIN: { status: 403, data: z.object({ seconds: z.number() }) },
  /** Too many wrong PINs: nothing was checked. */
  WAIT: { status: 429, data: z.object({ seconds: z.number() }) },
  /** The disk is full: nothing of this change was written; reading goes on. */
  STORAGE_FULL: { status: 507 },
  /** The folder or file cannot be written: nothing of this change was written. */
  STORAGE_READ_ONLY: { status: 507 },
  /** The printer or the PDF maker did not do it. */
  PRINTER: { status: 502, data: z.object({ problem: z.string() }) },
  /** The data file cannot be used; `session.state` tells why. */
  TROUBLE: { status: 503 },
} as const

export type ErrorCode = keyof typeof errors
