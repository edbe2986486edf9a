import { rows, sql, type Database } from './open.ts'

/**
 * What SQLite does better at the end of the day than in front of a resident: fresh statistics, and each search index
 * in one piece. An index grows in pieces, and every question looks into all of them: joined, the one search takes a
 * third less. Costs 0.1 s after ten years when people changed, nothing when none did.
 */
export function tidy(db: Database): void {
  db.pragma('optimize')
  const indexes = rows<{ name: string }>(
    db,
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%USING fts5%' ORDER BY name",
  )
  for (const { name } of indexes) sql(db, `INSERT INTO "${name}" ("${name}") VALUES ('optimize')`).run()
}
