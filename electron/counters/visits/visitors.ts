import type { Post, Visitor } from '../../contract/visit-posts.ts'
import { rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from '../people/record.ts'

export type VisitorFields = Omit<Visitor, 'id' | 'version' | 'posts'> & {
  /** Null for a new one. */
  id: number | null
  version: number | null
}

type VisitorRow = Omit<Visitor, 'active' | 'posts'> & { active: 0 | 1 }

/** Who hears of it: lists of visitors and posts, the grids' people, and the goals that follow from posts. */
export const setupTopics = ['visit-setup', 'grid', 'visit'] as const

/** Everybody who goes from door to door, active ones first; their posts with the running ones first, then the latest. */
export function listVisitors(db: Database): Visitor[] {
  const posts = rows<Post>(
    db,
    `SELECT grid_post.id, visitor_id AS visitorId, kind, grid_id AS gridId, grid.name AS grid, duty,
       from_day AS fromDay, to_day AS toDay
     FROM grid_post LEFT JOIN grid ON grid.id = grid_id
     ORDER BY to_day IS NOT NULL, to_day DESC, from_day DESC, grid_post.id`,
  )
  const postsOf = Map.groupBy(posts, (post) => post.visitorId)
  return rows<VisitorRow>(
    db,
    `SELECT id, name, kind, phone, operator_id AS operatorId, active, version
     FROM visitor ORDER BY active DESC, id`,
  ).map((found) => ({ ...found, active: found.active === 1, posts: postsOf.get(found.id) ?? [] }))
}

/** One visitor; NOT_FOUND `visitor` without it. A community has a few dozen of them. */
export function readVisitor(db: Database, id: number): Visitor {
  return listVisitors(db).find((one) => one.id === id) ?? fail('NOT_FOUND', { what: 'visitor' })
}

/** Who goes no more has no post from tomorrow on; one that had not begun never was. */
function endPosts(db: WritableDatabase, visitorId: number, today: string): void {
  write(db, 'DELETE FROM grid_post WHERE visitor_id = ? AND from_day > ?', visitorId, today)
  write(
    db,
    'UPDATE grid_post SET to_day = ? WHERE visitor_id = ? AND (to_day IS NULL OR to_day > ?)',
    today,
    visitorId,
    today,
  )
}

function checkOperator(db: Database, fields: VisitorFields): void {
  const { id, operatorId } = fields
  if (operatorId === null) return
  if (!value(db, 'SELECT 1 FROM operator WHERE id = ?', operatorId)) invalid('operatorId', 'unknown')
  const other = value<number>(
    db,
    'SELECT id FROM visitor WHERE operator_id = ? AND id IS NOT ?',
    operatorId,
    id,
  )
  if (other !== undefined) fail('CONFLICT', { because: 'duplicate', current: readVisitor(db, other) })
}

/**
 * Adds or changes a visitor. Never deleted: visits name them; made inactive their posts end today. INVALID `operatorId`
 * `unknown`; CONFLICT `changed` when another screen saved first, `duplicate` with the visitor who is that operator.
 */
export function saveVisitor(context: Context, fields: VisitorFields): Visitor {
  const { id, version, name, kind, phone, operatorId, active } = fields
  return act(
    context,
    {
      action: 'visit.save-visitor',
      subject: (saved: Visitor) => `visitor:${saved.id}`,
      also: () => [...setupTopics],
    },
    (db, note) => {
      const before = id === null ? null : readVisitor(db, id)
      if (before && before.version !== version) fail('CONFLICT', { because: 'changed', current: before })
      checkOperator(db, fields)
      const written = [name, kind, phone, operatorId, active ? 1 : 0]
      const saved =
        id ??
        write(
          db,
          'INSERT INTO visitor (name, kind, phone, operator_id, active) VALUES (?, ?, ?, ?, ?)',
          ...written,
        ).id
      if (before) {
        write(
          db,
          `UPDATE visitor SET name = ?, kind = ?, phone = ?, operator_id = ?, active = ?, version = version + 1
           WHERE id = ?`,
          ...written,
          saved,
        )
      }
      if (!active) endPosts(db, saved, todayOf(context))
      const after = readVisitor(db, saved)
      note(before, after)
      return after
    },
  )
}
