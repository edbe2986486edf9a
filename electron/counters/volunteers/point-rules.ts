import type { PointRule } from '../../contract/volunteer-points.ts'
import { row, rows, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'

const ruleSql = `
  SELECT id, kind, per_hour AS perHour, per_attendance AS perAttendance, from_day AS fromDay, to_day AS toDay, version
  FROM point_rule`

/** All rules, newest first, past ones too. */
export const listPointRules = (db: Database): PointRule[] =>
  rows<PointRule>(db, `${ruleSql} ORDER BY from_day DESC, id DESC`)

/** A rule of this kind that holds on one of these days. */
const overlapping = (db: Database, { kind, fromDay, toDay }: Omit<PointRule, 'id' | 'version'>) =>
  row<PointRule>(
    db,
    `${ruleSql} WHERE kind = ? AND from_day <= coalesce(?, '9999-12-31') AND coalesce(to_day, '9999-12-31') >= ?
     ORDER BY from_day LIMIT 1`,
    kind,
    toDay,
    fromDay,
  )

/**
 * Adds a rule. What is confirmed from now on is posted by it, also for days before today; what was posted stays. INVALID
 * `toDay` `before-from`, `perHour` `required` when it gives nothing; CONFLICT `overlap` (current = the other rule).
 */
export function addPointRule(context: Context, input: Omit<PointRule, 'id' | 'version'>): PointRule[] {
  const { desk } = context
  const { kind, perHour, perAttendance, fromDay, toDay } = input
  if (toDay !== null && toDay < fromDay) invalid('toDay', 'before-from')
  if (perHour === 0 && perAttendance === 0) invalid('perHour', 'required')
  const operatorId = operatorOf(context).id
  return act(context, { action: 'volunteer.add-point-rule', subject: 'volunteer-setup' }, (db, note) => {
    const other = overlapping(db, input)
    if (other) fail('CONFLICT', { because: 'overlap', current: other })
    const { id } = write(
      db,
      `INSERT INTO point_rule (kind, per_hour, per_attendance, from_day, to_day, operator_id, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      kind,
      perHour,
      perAttendance,
      fromDay,
      toDay,
      operatorId,
      desk.clock().toISOString(),
    )
    note(null, { rule: id, kind, perHour, perAttendance, fromDay, toDay })
    return listPointRules(db)
  })
}

/**
 * Ends a rule with a day; what was posted by it stays. NOT_FOUND `point-rule`; CONFLICT `changed` (current = the rule);
 * INVALID `toDay` `before-from`, `not-earlier` than it ends already.
 */
export function endPointRule(
  context: Context,
  { id, version, toDay }: { id: number; version: number; toDay: string },
): PointRule[] {
  return act(context, { action: 'volunteer.end-point-rule', subject: 'volunteer-setup' }, (db, note) => {
    const rule =
      row<PointRule>(db, `${ruleSql} WHERE id = ?`, id) ?? fail('NOT_FOUND', { what: 'point-rule' })
    if (rule.version !== version) fail('CONFLICT', { because: 'changed', current: rule })
    if (toDay < rule.fromDay) invalid('toDay', 'before-from')
    if (rule.toDay !== null && toDay >= rule.toDay) invalid('toDay', 'not-earlier')
    write(db, 'UPDATE point_rule SET to_day = ?, version = version + 1 WHERE id = ?', toDay, id)
    note({ rule: null, toDay: rule.toDay }, { rule: id, toDay })
    return listPointRules(db)
  })
}
