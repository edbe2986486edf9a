import { value, write, type Database, type WritableDatabase } from '../database/open.ts'
import { sequencesSetAside } from '../database/restore.ts'
import { act } from './act.ts'
import type { Context } from './workbench.ts'

const spelled = (kind: string, year: number, place: number) =>
  `${kind}-${year}-${String(place).padStart(6, '0')}`

const lastOf = (db: Database, kind: string, year: number): number =>
  value<number>(db, 'SELECT last FROM sequence WHERE kind = ? AND year = ?', kind, year) ?? 0

/**
 * The number that `nextNumber` would give now: for a sheet that is made before it is issued. Nothing is taken; inside the act
 * it has to be asked again whether it still is that one.
 */
export const upcomingNumber = (db: Database, kind: string, year: number): string =>
  spelled(kind, year, lastOf(db, kind, year) + 1)

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

/** A page of a file in ruins may say anything: nobody gives so many numbers between two backups. */
const mostLost = 10_000

/**
 * After a backup was restored: what was numbered since it stands on somebody's paper, so numbering goes on behind it. Done at
 * every start, whatever became of the restore; writes only where the file that was set aside knows more.
 */
export function carryNumbers(context: Context): void {
  const { db, folder } = context.desk
  const ahead = sequencesSetAside(folder).filter(({ kind, year, last }) => {
    const lost = last - lastOf(db, kind, year)
    return lost > 0 && lost <= mostLost
  })
  if (ahead.length === 0) return
  act(context, { action: 'number.carry', subject: 'settings' }, (file, note) => {
    for (const sequence of ahead) {
      write(
        file,
        `INSERT INTO sequence (kind, year, last) VALUES (@kind, @year, @last)
         ON CONFLICT (kind, year) DO UPDATE SET last = max(last, excluded.last)`,
        sequence,
      )
    }
    note(null, Object.fromEntries(ahead.map(({ kind, year, last }) => [`${kind}-${year}`, last])))
  })
}
