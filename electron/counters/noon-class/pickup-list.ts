import type { PickupPerson } from '../../contract/noon-children.ts'
import { rows, type Database } from '../../database/open.ts'
import { maskPhone } from '../../workbench/masking.ts'

/** The last four of an ID number behind their mask: ****123X. */
export const maskIdTail = (tail: string) => (tail === '' ? '' : `****${tail}`)

/** A name as it is compared: 张 三, full-width letters and 张三 are one. */
export const sameName = (name: string) => name.normalize('NFKC').replace(/\s/g, '')

type Row = Omit<PickupPerson, 'valid' | 'once'> & { confirmedBy: number | null }

/**
 * Everybody who ever might collect this child or must not, in the order in which they were written down, masked. Who holds
 * is said for `day`; whoever is forbidden is not also authorised, under the same name.
 */
export function readPickups(db: Database, childId: number, day: string): PickupPerson[] {
  const found = rows<Row>(
    db,
    `SELECT id, kind, name, relation, phone, id_tail AS idTail, photo_id AS photoId, reason, from_day AS fromDay,
       to_day AS toDay, confirmed_by AS confirmedBy
     FROM pickup_person WHERE child_id = ? ORDER BY id`,
    childId,
  )
  const holds = ({ fromDay, toDay }: Row) => fromDay <= day && (toDay === null || day <= toDay)
  const forbidden = new Set(
    found.filter((one) => one.kind === 'forbidden' && holds(one)).map(({ name }) => sameName(name)),
  )
  return found.map((one) => {
    const { confirmedBy, idTail, phone, ...rest } = one
    return {
      ...rest,
      idTail: maskIdTail(idTail),
      phone: maskPhone(phone),
      valid: holds(one) && (one.kind === 'forbidden' || !forbidden.has(sameName(one.name))),
      once: confirmedBy !== null,
    }
  })
}
