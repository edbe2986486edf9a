import { z } from 'zod'

/** Text as a person types it: trimmed, no NUL, no lone surrogate, `most` characters (UTF-16 units) at the most. */
export function text(most: number, least = 1) {
  return z
    .string()
    .max(most)
    .refine((value) => value.isWellFormed() && !value.includes('\0'), 'text')
    .transform((value) => value.trim())
    .refine((value) => value.length >= least, 'required')
}

/** Text that may be left empty. */
export const optionalText = (most: number) => text(most, 0)

/** A row's id. */
export const id = z.int().positive().max(Number.MAX_SAFE_INTEGER)

/** The version of a record as the caller last saw it; a save with an older one is a CONFLICT. */
export const version = z.int().positive().max(Number.MAX_SAFE_INTEGER)

/** A local calendar day, `2026-11-23`. */
export const day = z.iso.date()

/** A UTC instant with milliseconds, `2026-11-23T01:41:00.000Z`. */
export const instant = z.iso.datetime({ precision: 3 })

/** GB/T 2261.1: 0 unknown, 1 male, 2 female, 9 not stated. */
export const sex = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(9)])

/** A phone number: digits, with an optional leading + and area-code hyphens, 5 to 20 characters. */
export const phone = z
  .string()
  .max(40)
  .transform((value) => value.normalize('NFKC').replace(/[\s-]/g, ''))
  .refine((value) => /^\+?\d{5,19}$/.test(value), 'phone')

/** PIN: 6 to 12 digits. */
export const pin = z.string().regex(/^\d{6,12}$/, 'pin')

/** How many rows of a list; lists are paged by key (`after` = the key of the last row seen). */
export const limit = z.int().min(1).max(100).default(30)

/** A reason that is kept in the audit: at least two characters, so that it says something. */
export const reason = text(200, 2)
