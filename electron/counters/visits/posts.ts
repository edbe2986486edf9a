import type { Post, Visitor } from '../../contract/visit-posts.ts'
import { row, rows, value, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from '../people/record.ts'
import { readVisitor, setupTopics } from './visitors.ts'

export type PostFields = Omit<Post, 'id' | 'grid' | 'fromDay'> & { fromDay: string }

/** In SQL: whether a row of `grid_post` runs on the day bound twice. */
export const runsOn =
  '(grid_post.from_day IS NULL OR grid_post.from_day <= ?) AND (grid_post.to_day IS NULL OR grid_post.to_day >= ?)'

/**
 * How many visitors answer for each grid (包片) on a local day, who goes no more after it too; grids nobody answers for are
 * left out.
 */
export function areaVisitors(db: Database, day: string): Map<number, number> {
  return new Map(
    rows<{ gridId: number; visitors: number }>(
      db,
      `SELECT grid_id AS gridId, count(DISTINCT visitor_id) AS visitors
       FROM grid_post WHERE kind = 'area' AND ${runsOn} GROUP BY grid_id`,
      day,
      day,
    ).map(({ gridId, visitors }) => [gridId, visitors]),
  )
}

function checkPost(db: Database, { visitorId, kind, gridId, fromDay, toDay }: PostFields): void {
  if (kind !== 'line' && gridId === null) invalid('gridId', 'required')
  if (gridId !== null && !value(db, 'SELECT 1 FROM grid WHERE id = ?', gridId)) invalid('gridId', 'unknown')
  if (!value(db, 'SELECT 1 FROM visitor WHERE id = ? AND active = 1', visitorId)) {
    invalid('visitorId', 'unknown')
  }
  if (toDay !== null && toDay < fromDay) invalid('toDay', 'before-from')
}

/** The same post of the same visitor on a common day; two lines are told apart by what they are about. */
function overlaps(db: Database, { visitorId, kind, gridId, duty, fromDay, toDay }: PostFields): boolean {
  return (
    value<number>(
      db,
      `SELECT 1 FROM grid_post WHERE visitor_id = ? AND kind = ? AND grid_id IS ? AND (kind <> 'line' OR duty = ?)
         AND (from_day IS NULL OR ? IS NULL OR from_day <= ?) AND (to_day IS NULL OR to_day >= ?)`,
      visitorId,
      kind,
      gridId,
      duty,
      toDay,
      toDay,
      fromDay,
    ) !== undefined
  )
}

/**
 * Gives a visitor a post. INVALID `gridId` `required`, `unknown`, `visitorId` `unknown` for one who is not active, `toDay`
 * `before-from`; CONFLICT `overlap` with the visitor as they stand.
 */
export function addPost(context: Context, fields: PostFields): Visitor {
  const { visitorId, kind, gridId, duty, fromDay, toDay } = fields
  return act(
    context,
    { action: 'visit.add-post', subject: `visitor:${visitorId}`, also: () => [...setupTopics] },
    (db, note) => {
      checkPost(db, fields)
      if (overlaps(db, fields)) {
        fail('CONFLICT', { because: 'overlap', current: readVisitor(db, visitorId) })
      }
      const { id } = write(
        db,
        'INSERT INTO grid_post (visitor_id, kind, grid_id, duty, from_day, to_day) VALUES (?, ?, ?, ?, ?, ?)',
        visitorId,
        kind,
        gridId,
        duty,
        fromDay,
        toDay,
      )
      note(null, { postId: id, kind, gridId, duty, fromDay, toDay })
      return readVisitor(db, visitorId)
    },
  )
}

/**
 * Ends a post on a day, its last; an end that lies ahead is brought forward. INVALID `toDay` `before-from`; CONFLICT `step`
 * when it ended already, or ends on an earlier day: it is given anew.
 */
export function endPost(context: Context, input: { postId: number; toDay: string }): Visitor {
  const { postId, toDay } = input
  const today = todayOf(context)
  return act(
    context,
    {
      action: 'visit.end-post',
      subject: (visitor: Visitor) => `visitor:${visitor.id}`,
      also: () => [...setupTopics],
    },
    (db, note) => {
      const post =
        row<Pick<Post, 'visitorId' | 'fromDay' | 'toDay'>>(
          db,
          'SELECT visitor_id AS visitorId, from_day AS fromDay, to_day AS toDay FROM grid_post WHERE id = ?',
          postId,
        ) ?? fail('NOT_FOUND', { what: 'post' })
      if (post.fromDay !== null && toDay < post.fromDay) invalid('toDay', 'before-from')
      if (post.toDay !== null && (post.toDay < today || toDay >= post.toDay)) {
        fail('CONFLICT', { because: 'step', current: readVisitor(db, post.visitorId) })
      }
      write(db, 'UPDATE grid_post SET to_day = ? WHERE id = ?', toDay, postId)
      note({ postId, toDay: post.toDay }, { postId, toDay })
      return readVisitor(db, post.visitorId)
    },
  )
}
