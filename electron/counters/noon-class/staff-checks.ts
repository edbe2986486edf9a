import { staff } from '../../contract/access.ts'
import type { StaffCheck } from '../../contract/noon-setup.ts'
import { rows, value, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from '../people/record.ts'

/** Never checked, or a year ago and more: the same date of the next year is the first day on which it is due. */
const isDue = (checkedDay: string | null, today: string) =>
  checkedDay === null || `${Number(checkedDay.slice(0, 4)) + 1}${checkedDay.slice(4)}` <= today

function readChecks(db: Database, today: string): StaffCheck[] {
  return rows<Omit<StaffCheck, 'due'>>(
    db,
    `SELECT o.id AS operatorId, o.name, c.checked_day AS checkedDay
     FROM operator o LEFT JOIN staff_check c ON c.operator_id = o.id
     WHERE o.active = 1 AND o.role IN (SELECT value FROM json_each(?)) ORDER BY o.id`,
    JSON.stringify(staff),
  ).map((check) => ({ ...check, due: isDue(check.checkedDay, today) }))
}

/** Everybody who works with children here, with the day of their last background check (未成年人保护法 62). */
export function listStaffChecks(context: Context): StaffCheck[] {
  return readChecks(context.desk.db, todayOf(context))
}

/** Notes that somebody's crime record was looked at; only the day is kept. INVALID `checkedDay` `future`. */
export function saveStaffCheck(
  context: Context,
  { operatorId, checkedDay }: { operatorId: number; checkedDay: string },
): StaffCheck[] {
  const today = todayOf(context)
  if (checkedDay > today) invalid('checkedDay', 'future')
  const what = {
    action: 'noon.check-staff',
    subject: `staff-check:${operatorId}`,
    also: () => ['noon-setup'],
  }
  return act(context, what, (db, note) => {
    if (!readChecks(db, today).some((check) => check.operatorId === operatorId)) {
      fail('NOT_FOUND', { what: 'operator' })
    }
    const before = value<string>(db, 'SELECT checked_day FROM staff_check WHERE operator_id = ?', operatorId)
    write(
      db,
      `INSERT INTO staff_check (operator_id, checked_day) VALUES (?, ?)
       ON CONFLICT (operator_id) DO UPDATE SET checked_day = excluded.checked_day`,
      operatorId,
      checkedDay,
    )
    note({ checkedDay: before ?? null }, { checkedDay })
    return readChecks(db, today)
  })
}
