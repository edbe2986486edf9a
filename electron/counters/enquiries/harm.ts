import type { HarmReport } from '../../contract/harm.ts'
import { row, rows, value, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { localDay } from '../../workbench/calendar.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import { nextNumber } from '../../workbench/numbering.ts'
import type { Context } from '../../workbench/workbench.ts'

/** A screen's clock may run ahead of the desk's by so many milliseconds. */
const slack = 60_000

type Row = Omit<HarmReport, 'told'> & { told: string }

const columns = `harm_report.id, number, harm_report.at, operator.name AS operator, enquiry_id AS enquiryId, follows,
  child, seen, told, told_at AS toldAt`

const asReport = (found: Row): HarmReport => ({
  ...found,
  told: JSON.parse(found.told) as HarmReport['told'],
})

function readReport(db: Database, id: number): HarmReport {
  return asReport(
    row<Row>(
      db,
      `SELECT ${columns} FROM harm_report JOIN operator ON operator.id = operator_id WHERE harm_report.id = ?`,
      id,
    )!,
  )
}

/**
 * Writes down a suspicion of harm to a child and who was told (未成年人保护法 11). What was written stays: more is
 * another report that follows the first. INVALID `toldAt` `future`; NOT_FOUND for an enquiry or report that is not there.
 */
export function reportHarm(
  context: Context,
  input: Pick<HarmReport, 'enquiryId' | 'follows' | 'child' | 'seen' | 'told' | 'toldAt'>,
): HarmReport {
  const operator = operatorOf(context)
  const now = context.desk.clock()
  if (Date.parse(input.toldAt) > now.getTime() + slack) invalid('toldAt', 'future')
  return act(
    context,
    { action: 'harm.report', subject: (made: HarmReport) => `harm:${made.id}` },
    (db, note) => {
      const { enquiryId, child, seen, toldAt } = input
      if (enquiryId !== null && value(db, 'SELECT 1 FROM enquiry WHERE id = ?', enquiryId) === undefined)
        fail('NOT_FOUND', { what: 'enquiry' })
      const follows = input.follows === null ? null : firstOf(db, input.follows)
      // Told twice is told.
      const told = [...new Set(input.told)]
      const { id } = write(
        db,
        `INSERT INTO harm_report (number, enquiry_id, follows, child, seen, told, told_at, at, operator_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        nextNumber(db, 'WB', Number(localDay(now).slice(0, 4))),
        enquiryId,
        follows,
        child,
        seen,
        JSON.stringify(told),
        toldAt,
        now.toISOString(),
        operator.id,
      )
      note(null, { enquiryId, follows, child, seen, told, toldAt })
      return readReport(db, id)
    },
  )
}

/** The report that a case began with: what adds to an addition adds to the same one. */
function firstOf(db: Database, id: number): number {
  return (
    value<number>(db, 'SELECT coalesce(follows, id) FROM harm_report WHERE id = ?', id) ??
    fail('NOT_FOUND', { what: 'harm' })
  )
}

/** The whole log, newest first. Looking is an act of its own: who read it stays known. */
export function listHarmReports(context: Context): HarmReport[] {
  // A subject of its own: `harm` would make the very screen that shows the log load, and write down, it again and again.
  return act(context, { action: 'harm.read', subject: 'harm-log' }, (db) =>
    rows<Row>(
      db,
      `SELECT ${columns} FROM harm_report JOIN operator ON operator.id = operator_id ORDER BY harm_report.id DESC`,
    ).map(asReport),
  )
}
