import type { Board } from '../../contract/noon-days.ts'
import type { Term } from '../../contract/noon-setup.ts'
import { row, rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { addDays, isWorkingDay } from '../../workbench/calendar.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'

type TermRow = Pick<Term, 'id' | 'name' | 'firstDay' | 'lastDay' | 'version'>

const termSql = 'SELECT id, name, first_day AS firstDay, last_day AS lastDay, version FROM term'

/** Working days of the Chinese calendar (调休 included) without the days off: two hundred or so in a long year. */
function countSchoolDays({ firstDay, lastDay, daysOff }: Pick<Term, 'firstDay' | 'lastDay' | 'daysOff'>) {
  const off = new Set(daysOff.map(({ day }) => day))
  let count = 0
  for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) {
    if (isWorkingDay(day) && !off.has(day)) count += 1
  }
  return count
}

function toTerm(db: Database, found: TermRow): Term {
  const daysOff = rows<Term['daysOff'][number]>(
    db,
    'SELECT day, reason FROM term_day_off WHERE term_id = ? ORDER BY day',
    found.id,
  )
  const term = { ...found, daysOff }
  return { ...term, schoolDays: countSchoolDays(term) }
}

/** All terms, newest first. */
export function listTerms(db: Database): Term[] {
  return rows<TermRow>(db, `${termSql} ORDER BY first_day DESC`).map((found) => toTerm(db, found))
}

/** One term; NOT_FOUND `term` without it. */
export function readTerm(db: Database, id: number): Term {
  const found = row<TermRow>(db, `${termSql} WHERE id = ?`, id)
  return found ? toTerm(db, found) : fail('NOT_FOUND', { what: 'term' })
}

/** Whether there is class on a local day, in which term, and why not. Terms do not overlap, so a day has one at the most. */
export function schoolDayOf(
  db: Database,
  day: string,
): { termId: number | null; schoolDay: boolean; why: Board['why'] } {
  const termId = value<number>(db, 'SELECT id FROM term WHERE first_day <= ? AND last_day >= ?', day, day)
  if (termId === undefined) return { termId: null, schoolDay: false, why: 'no-term' }
  if (!isWorkingDay(day)) return { termId, schoolDay: false, why: 'holiday' }
  const off = value<number>(db, 'SELECT 1 FROM term_day_off WHERE term_id = ? AND day = ?', termId, day)
  return off ? { termId, schoolDay: false, why: 'day-off' } : { termId, schoolDay: true, why: null }
}

/** A term is a year at the most: a mistyped one would expect children, and count its days, for centuries. */
const longestTerm = 366

export type TermFields = Pick<Term, 'name' | 'firstDay' | 'lastDay' | 'daysOff'> & {
  /** Null for a new one. */
  id: number | null
  version: number | null
}

function checkDays({ firstDay, lastDay, daysOff }: TermFields): void {
  if (lastDay < firstDay) invalid('lastDay', 'before-first')
  if (lastDay >= addDays(firstDay, longestTerm)) invalid('lastDay', 'too-long')
  if (daysOff.some(({ day }) => day < firstDay || day > lastDay)) invalid('daysOff', 'outside')
  if (new Set(daysOff.map(({ day }) => day)).size < daysOff.length) invalid('daysOff', 'duplicate')
}

function writeTerm(db: WritableDatabase, { id, name, firstDay, lastDay, daysOff }: TermFields): number {
  const saved =
    id ??
    write(db, 'INSERT INTO term (name, first_day, last_day) VALUES (?, ?, ?)', name, firstDay, lastDay).id
  if (id !== null) {
    write(
      db,
      'UPDATE term SET name = ?, first_day = ?, last_day = ?, version = version + 1 WHERE id = ?',
      name,
      firstDay,
      lastDay,
      id,
    )
    write(db, 'DELETE FROM term_day_off WHERE term_id = ?', id)
  }
  for (const { day, reason } of daysOff) {
    write(db, 'INSERT INTO term_day_off (term_id, day, reason) VALUES (?, ?, ?)', saved, day, reason)
  }
  return saved
}

/** A term as the audit has it: the count of school days follows from its days. */
const noted = ({ schoolDays: _, ...term }: Term) => term

/**
 * Adds or changes a term. INVALID `lastDay` `before-first`/`too-long`, `daysOff` `outside`/`duplicate`; CONFLICT `changed`
 * when another screen saved first, `duplicate` for a name that is taken, `overlap` with the term that has these days.
 */
export function saveTerm(context: Context, fields: TermFields): Term {
  const { id, version, name, firstDay, lastDay } = fields
  checkDays(fields)
  return act(
    context,
    {
      action: 'noon.save-term',
      subject: (saved: Term) => `term:${saved.id}`,
      // Days decide who is expected.
      also: () => ['noon-setup', 'noon'],
    },
    (db, note) => {
      const before = id === null ? null : readTerm(db, id)
      if (before && before.version !== version) fail('CONFLICT', { because: 'changed', current: before })
      const namesake = value<number>(db, 'SELECT id FROM term WHERE name = ? AND id IS NOT ?', name, id)
      if (namesake !== undefined) fail('CONFLICT', { because: 'duplicate', current: readTerm(db, namesake) })
      const other = value<number>(
        db,
        'SELECT id FROM term WHERE first_day <= ? AND last_day >= ? AND id IS NOT ?',
        lastDay,
        firstDay,
        id,
      )
      if (other !== undefined) fail('CONFLICT', { because: 'overlap', current: readTerm(db, other) })
      const after = readTerm(db, writeTerm(db, fields))
      note(before && noted(before), noted(after))
      return after
    },
  )
}
