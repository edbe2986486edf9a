import { phone as phoneField } from '../../contract/fields.ts'
import type { Child } from '../../contract/noon-children.ts'
import { rows, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import { maskPhone } from '../../workbench/masking.ts'
import { tidyName, tidyPhone } from '../people/names.ts'

type Guardian = Child['guardians'][number]

/** Guardians on file with their whole phones, in the order in which they are called. */
function onFile(db: Database, childId: number): Guardian[] {
  return rows<Guardian>(
    db,
    'SELECT id, name, relation, phone FROM guardian WHERE child_id = ? AND ended_day IS NULL ORDER BY position, id',
    childId,
  )
}

/** The guardians on file in the order in which they are called, phones masked. */
export function guardiansOf(db: Database, childId: number): Guardian[] {
  return onFile(db, childId).map((guardian) => ({ ...guardian, phone: maskPhone(guardian.phone) }))
}

/** As the form gives it: no id for a new one; an empty phone of one on file keeps the number. */
export type GuardianFields = Omit<Guardian, 'id'> & { id: number | null }

/** A phone as it is kept; INVALID `phone` at this path for what is none, a masked one too. '' stays ''. */
export function checkedPhone(typed: string, path: string): string {
  if (typed === '') return ''
  return phoneField.safeParse(typed).success ? tidyPhone(typed) : invalid(path, 'phone')
}

/** What is to stand on file. NOT_FOUND `guardian` for one who is not this child's now; INVALID `guardians`. */
function wanted(before: readonly Guardian[], given: readonly GuardianFields[]): GuardianFields[] {
  const made = given.map(({ id, name, relation, phone }, index) => {
    const known = before.find((guardian) => guardian.id === id)
    if (id !== null && !known) return fail('NOT_FOUND', { what: 'guardian' })
    const typed = checkedPhone(phone, `guardians.${index}.phone`)
    return { id, name: tidyName(name), relation, phone: typed || (known?.phone ?? '') }
  })
  const ids = made.map(({ id }) => id).filter((id) => id !== null)
  if (new Set(ids).size < ids.length) invalid('guardians', 'duplicate')
  // No child without a guardian who can be called (domain 3.2).
  if (!made.some(({ phone }) => phone !== '')) invalid('guardians', 'required')
  return made
}

/**
 * Makes these the child's guardians, in this order; part of the caller's act. Who is left out is no guardian from today on
 * and stays for the calls that name them.
 */
export function writeGuardians(
  db: WritableDatabase,
  childId: number,
  given: readonly GuardianFields[],
  today: string,
): void {
  const before = onFile(db, childId)
  const after = wanted(before, given)
  for (const { id } of before) {
    if (after.some((guardian) => guardian.id === id)) continue
    write(db, 'UPDATE guardian SET ended_day = ? WHERE id = ?', today, id)
  }
  after.forEach(({ id, name, relation, phone }, position) => {
    if (id === null) {
      write(
        db,
        'INSERT INTO guardian (child_id, position, name, relation, phone) VALUES (?, ?, ?, ?, ?)',
        childId,
        position,
        name,
        relation,
        phone,
      )
    } else {
      write(
        db,
        'UPDATE guardian SET position = ?, name = ?, relation = ?, phone = ? WHERE id = ?',
        position,
        name,
        relation,
        phone,
        id,
      )
    }
  })
}

/** Guardians for the audit, which keeps only that they changed: with whole phones, so that a new number shows as one. */
export const notedGuardians = (db: Database, childId: number): Guardian[] => onFile(db, childId)
