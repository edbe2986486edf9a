import { value, type WritableDatabase } from '../database/open.ts'

/**
 * The next number of a kind in a local year, `ZX-2026-000123`. Part of the caller's transaction: a number is taken
 * exactly when the record stands, and never given out again.
 */
export function nextNumber(db: WritableDatabase, kind: string, year: number): string {
  const last = value<number>(
    db,
    `INSERT INTO sequence (kind, year, last) VALUES (?, ?, 1)
     ON CONFLICT (kind, year) DO UPDATE SET last = last + 1 RETURNING last`,
    kind,
    year,
  )
  return `${kind}-${year}-${String(last).padStart(6, '0')}`
}
