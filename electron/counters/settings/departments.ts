import type { Department } from '../../contract/departments.ts'
import { row, rows, value, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'

export type DepartmentFields = Omit<Department, 'id' | 'version'> & {
  /** Null for a new one. */
  id: number | null
  version: number | null
}

type DepartmentRow = Omit<Department, 'active'> & { active: 0 | 1 }

const columns = 'id, kind, name, contact, phone, note, active, version'

const toDepartment = (found: DepartmentRow): Department => ({ ...found, active: found.active === 1 })

/** All departments: those that may be called, in their order, then the inactive ones. */
export function listDepartments(db: Database): Department[] {
  return rows<DepartmentRow>(
    db,
    `SELECT ${columns} FROM department ORDER BY active DESC, position, name, id`,
  ).map(toDepartment)
}

/** One department, inactive ones too; NOT_FOUND `department` without it. */
export function readDepartment(db: Database, id: number): Department {
  const found = row<DepartmentRow>(db, `SELECT ${columns} FROM department WHERE id = ?`, id)
  return found ? toDepartment(found) : fail('NOT_FOUND', { what: 'department' })
}

/**
 * Adds or changes a department. It is made inactive, never deleted: enquiries it answered name it. CONFLICT `changed`
 * when another screen saved first, `duplicate` for a name that is taken.
 */
export function saveDepartment(context: Context, fields: DepartmentFields): Department {
  const { id, version, kind, name, contact, phone, note: remark, active } = fields
  return act(
    context,
    {
      action: 'department.save',
      subject: (saved: Department) => `department:${saved.id}`,
      // Its name stands in lists of enquiries.
      also: () => ['enquiry'],
    },
    (db, note) => {
      const before = id === null ? null : readDepartment(db, id)
      if (before && before.version !== version) fail('CONFLICT', { because: 'changed', current: before })
      const namesake = value<number>(db, 'SELECT id FROM department WHERE name = ?', name)
      if (namesake !== undefined && namesake !== id) {
        fail('CONFLICT', { because: 'duplicate', current: readDepartment(db, namesake) })
      }
      const written = [kind, name, contact, phone, remark, active ? 1 : 0]
      const saved =
        id ??
        write(
          db,
          `INSERT INTO department (kind, name, contact, phone, note, active, position)
           VALUES (?, ?, ?, ?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM department))`,
          ...written,
        ).id
      if (before) {
        write(
          db,
          `UPDATE department SET kind = ?, name = ?, contact = ?, phone = ?, note = ?, active = ?,
             version = version + 1 WHERE id = ?`,
          ...written,
          saved,
        )
      }
      const after = readDepartment(db, saved)
      note(before, after)
      return after
    },
  )
}
