import { value, type Database, type WritableDatabase } from '../database/open.ts'

const spelled = (kind: string, year: number, place: number) =>
  `${kind}-${year}-${String(place).padStart(6, '0')}`

/**
 * The number that `nextNumber` would give now: for a sheet that is made before it is issued. Nothing is taken; inside the act
 * it has to be asked again whether it still is that one.
 */
export function upcomingNumber(db: Database, kind: string, year: number): string {
  const last = value<number>(db, 'SELECT last FROM sequence WHERE kind = ? AND year = ?', kind, year) ?? 0
  return spelled(kind, year, last + 1)
}

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
  return spelled(kind, year, last!)
}
