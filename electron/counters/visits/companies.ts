import type { Company } from '../../contract/patrols.ts'
import { row, rows, value, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'

const columns = 'id, name, contact, phone, from_day AS fromDay, to_day AS toDay, version'

/** Property companies (物业), those that are still walked first. */
export function listCompanies(db: Database): Company[] {
  return rows<Company>(db, `SELECT ${columns} FROM property_company ORDER BY to_day IS NOT NULL, name, id`)
}

/** One company; NOT_FOUND `company` without it. */
export function readCompany(db: Database, id: number): Company {
  return (
    row<Company>(db, `SELECT ${columns} FROM property_company WHERE id = ?`, id) ??
    fail('NOT_FOUND', { what: 'company' })
  )
}

export type CompanyFields = Pick<Company, 'name' | 'contact' | 'phone' | 'fromDay' | 'toDay'> & {
  /** Null for a new one. */
  id: number | null
  version: number | null
}

/**
 * Adds or changes a company. Its patrols stay, those outside of the new days too: they were walked. INVALID `toDay`
 * `before-from`; CONFLICT `duplicate` for a name that is taken, `changed` when another screen saved first.
 */
export function saveCompany(context: Context, fields: CompanyFields): Company {
  const { id, version, name, contact, phone, fromDay, toDay } = fields
  if (toDay !== null && toDay < fromDay) invalid('toDay', 'before-from')
  return act(
    context,
    {
      action: 'company.save',
      subject: (saved: Company) => `company:${saved.id}`,
      also: () => ['visit-setup'],
    },
    (db, note) => {
      const before = id === null ? null : readCompany(db, id)
      if (before && before.version !== version) fail('CONFLICT', { because: 'changed', current: before })
      const namesake = value<number>(
        db,
        'SELECT id FROM property_company WHERE name = ? AND id IS NOT ?',
        name,
        id,
      )
      if (namesake !== undefined) {
        fail('CONFLICT', { because: 'duplicate', current: readCompany(db, namesake) })
      }
      let saved = id
      if (saved === null) {
        saved = write(
          db,
          'INSERT INTO property_company (name, contact, phone, from_day, to_day) VALUES (?, ?, ?, ?, ?)',
          name,
          contact,
          phone,
          fromDay,
          toDay,
        ).id
      } else {
        write(
          db,
          `UPDATE property_company SET name = ?, contact = ?, phone = ?, from_day = ?, to_day = ?,
             version = version + 1 WHERE id = ?`,
          name,
          contact,
          phone,
          fromDay,
          toDay,
          saved,
        )
      }
      const after = readCompany(db, saved)
      note(before, after)
      return after
    },
  )
}
