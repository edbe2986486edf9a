import { rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'

// Visits stand above this counter and are never imported here; what was seen at a door is read from their table.

export type AwayKind = 'vacant' | 'moved'

/** What somebody said on a day of who lives at a door: it is empty, they moved away, or (null) somebody is there. */
type News = {
  day: string
  kind: AwayKind | null
  /** The visit that saw it; null for a word by hand. */
  visitId: number | null
  /** Where a word by hand is kept; null for a visit, whose mark may be another's. */
  rowId: number | null
  /** How one knows; of a visit its note. */
  reason: string
  operatorId: number
  at: string
}

/**
 * All news of these doors in the order of their days, those of one day as they came in. A word by hand that somebody is
 * there again is a row of no day; older files have only the end of the mark, which stands for the same.
 */
const readNews = (db: Database, householdIds: readonly number[]): News[] =>
  rows<News>(
    db,
    `WITH wanted AS (SELECT DISTINCT value AS id FROM json_each(?)),
     news (day, kind, visitId, rowId, reason, operatorId, at) AS (
       SELECT v.day, nullif(v.outcome, 'met'), v.id, NULL, v.note, v.operator_id, v.entered_at
       FROM wanted CROSS JOIN visit AS v ON v.household_id = wanted.id
       WHERE v.voided = 0 AND v.outcome IN ('met', 'vacant', 'moved')
       UNION ALL
       SELECT a.from_day, iif(a.until_day = a.from_day AND a.ended_by IS NULL, NULL, a.kind), NULL, a.id, a.reason,
         a.operator_id, a.at
       FROM wanted CROSS JOIN household_away AS a ON a.household_id = wanted.id WHERE a.visit_id IS NULL
       UNION ALL
       SELECT a.until_day, NULL, NULL, NULL, '', a.operator_id, ''
       FROM wanted CROSS JOIN household_away AS a ON a.household_id = wanted.id
       WHERE a.ended_by IS NULL AND a.until_day > a.from_day)
     SELECT * FROM news ORDER BY day, at, visitId IS NULL, visitId, rowId`,
    JSON.stringify(householdIds),
  )

type Span = { by: News; untilDay: string | null; endedBy: number | null }

/** When nobody lived there, and by whose word. A visit that says what stands already begins nothing. */
function spansOf(news: readonly News[]): Span[] {
  const spans: Span[] = []
  for (const one of news) {
    const last = spans.at(-1)
    const running = last?.untilDay === null ? last : undefined
    if (running && running.by.kind === one.kind && one.rowId === null) continue
    if (running) Object.assign(running, { untilDay: one.day, endedBy: one.visitId })
    if (one.kind !== null) spans.push({ by: one, untilDay: null, endedBy: null })
  }
  return spans
}

/** Writes a span into the row of the word that began it: one by hand has its own, a visit's is made when it has none. */
function writeSpan(db: WritableDatabase, householdId: number, { by, untilDay, endedBy }: Span) {
  const own =
    by.rowId ?? value<number>(db, 'SELECT max(id) FROM household_away WHERE visit_id = ?', by.visitId) ?? null
  if (own !== null) {
    write(
      db,
      // Older visits said how one knew in their mark alone: no empty note takes it away.
      `UPDATE household_away SET kind = ?, reason = coalesce(nullif(?, ''), reason), from_day = ?, until_day = ?,
         ended_by = ? WHERE id = ?`,
      by.kind,
      by.reason,
      by.day,
      untilDay,
      endedBy,
      own,
    )
    return
  }
  write(
    db,
    `INSERT INTO household_away
       (household_id, kind, reason, from_day, until_day, visit_id, ended_by, operator_id, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    householdId,
    by.kind,
    by.reason,
    by.day,
    untilDay,
    by.visitId,
    endedBy,
    by.operatorId,
    by.at,
  )
}

/**
 * Works out anew on which days nobody lived at a door, from every visit that stands and every word by hand, in the order of
 * their days: so one that is entered late, corrected or crossed out counts as if it had been so from the first. Part of the
 * act that changed them. `from`: a door that is merged into this one.
 */
export function settleAway(
  db: WritableDatabase,
  householdId: number,
  { from = householdId }: { from?: number } = {},
): void {
  const news = readNews(db, [householdId, from])
  // A mark that nobody's word stands for any more lasts no day: nothing is destroyed at the counter.
  write(
    db,
    `UPDATE household_away SET household_id = ?, until_day = from_day, ended_by = NULL WHERE household_id IN (?, ?)`,
    householdId,
    householdId,
    from,
  )
  for (const span of spansOf(news)) writeSpan(db, householdId, span)
}
