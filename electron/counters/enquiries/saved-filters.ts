import type { SavedFilter } from '../../contract/enquiry-lists.ts'
import { rows, value, write } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'

/** More than this nobody finds anything in. */
const mostKept = 30

/** The signed-in operator's own filters, by name. */
export function savedFilters(context: Context): SavedFilter[] {
  return rows<{ id: number; name: string; filter: string }>(
    context.desk.db,
    'SELECT id, name, filter FROM saved_filter WHERE operator_id = ? ORDER BY name',
    operatorOf(context).id,
  ).map((found) => ({ ...found, filter: JSON.parse(found.filter) as SavedFilter['filter'] }))
}

/** Keeps a filter; the same name is written over. INVALID `name` `too-many` beyond thirty. */
export function saveFilter(context: Context, { name, filter }: Omit<SavedFilter, 'id'>): SavedFilter {
  const operatorId = operatorOf(context).id
  return act(
    context,
    { action: 'enquiry.save-filter', subject: (kept: SavedFilter) => `saved-filter:${kept.id}` },
    (db) => {
      const id = value<number>(
        db,
        `INSERT INTO saved_filter (operator_id, name, filter) VALUES (?, ?, ?)
         ON CONFLICT (operator_id, name) DO UPDATE SET filter = excluded.filter RETURNING id`,
        operatorId,
        name,
        JSON.stringify(filter),
      )!
      const kept = value<number>(db, 'SELECT count(*) FROM saved_filter WHERE operator_id = ?', operatorId)!
      if (kept > mostKept) invalid('name', 'too-many')
      return { id, name, filter }
    },
  )
}

/** NOT_FOUND for somebody else's too: nobody learns whose it is. */
export function deleteFilter(context: Context, id: number): void {
  act(context, { action: 'enquiry.delete-filter', subject: `saved-filter:${id}` }, (db) => {
    const { changes } = write(
      db,
      'DELETE FROM saved_filter WHERE id = ? AND operator_id = ?',
      id,
      operatorOf(context).id,
    )
    if (changes === 0) fail('NOT_FOUND', { what: 'filter' })
  })
}
