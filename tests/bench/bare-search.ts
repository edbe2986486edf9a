import type { Database } from '../../electron/database/open.ts'
import type { Question } from './questions.ts'

type Person = { id: number; open: number }

/**
 * The same work as bare prepared statements, as one would write them by hand for a known kind of question: the first
 * eight in the same order (exact name, open business, lives here), with the facts that the box shows, then their open
 * enquiries; for digits also doors and enquiry numbers. No reading of what was typed, no second try, no marks, no masks.
 */
export function bareSearch(db: Database): (question: Question) => Person[] {
  const facts = `
    p.id, p.name, p.sex, p.birth, p.relation, p.departure, p.household_id, h.estate, h.building, h.unit, h.number,
    (SELECT number FROM person_phone WHERE person_id = p.id ORDER BY position LIMIT 1) AS phone,
    (SELECT json_group_array(key_group) FROM person_key_group WHERE person_id = p.id) AS key_groups,
    (SELECT count(*) FROM enquiry WHERE open = 1 AND asker_id = p.id)
      + (SELECT count(*) FROM enquiry INDEXED BY enquiry_open_subject
          WHERE open = 1 AND subject_id = p.id AND asker_id IS NOT p.id) AS open`
  const byIndex = db.prepare(
    `SELECT ${facts}
     FROM (SELECT id, gone,
             id IN (SELECT rowid FROM person_search WHERE person_search MATCH @exact) AS exact,
             id IN (SELECT rowid FROM person_search_open WHERE person_search_open MATCH @match) AS waiting
           FROM (SELECT rowid AS id, 0 AS gone FROM person_search WHERE person_search MATCH @match
                 UNION ALL
                 SELECT rowid, 1 FROM person_search_gone WHERE person_search_gone MATCH @match)
           ORDER BY exact DESC, waiting DESC, gone LIMIT 8) AS found
     CROSS JOIN person p ON p.id = found.id LEFT JOIN household h ON h.id = p.household_id`,
  )
  const byDoor = db.prepare(
    `SELECT ${facts} FROM household h CROSS JOIN person p ON p.household_id = h.id
     WHERE h.building = @building AND h.unit = @unit AND h.number = @number AND @estate IN ('', h.estate)
     ORDER BY p.departure IS NOT NULL, p.relation <> '户主' LIMIT 8`,
  )
  const doors = db.prepare(
    `SELECT h.*, g.name AS grid, (SELECT json_group_array(name) FROM person WHERE household_id = h.id) AS members
     FROM household h LEFT JOIN grid g ON g.id = h.grid_id WHERE h.building = @building AND h.unit = @unit AND h.number = @number AND @estate IN ('', h.estate) LIMIT 8`,
  )
  const doorsOfEstate = db.prepare('SELECT * FROM household WHERE estate >= ? AND estate < ? LIMIT 8')
  const doorsByNumber = db.prepare('SELECT * FROM household WHERE number = ? LIMIT 8')
  const openOf = db.prepare('SELECT * FROM enquiry WHERE open = 1 AND asker_id = ? LIMIT 8')
  const byNumber = db.prepare('SELECT * FROM enquiry WHERE number = ?')

  return ({ typed, match, exact, door, digits }) => {
    const people = (
      door ? byDoor.all(door) : match ? byIndex.all({ match, exact: exact ?? match }) : []
    ) as Person[]
    for (const { id, open } of people) if (open > 0) openOf.all(id)
    if (door) doors.all(door)
    // A compound may be called like a person.
    if (/\p{Script=Han}{2}/u.test(typed) && !door) doorsOfEstate.all(typed, `${typed}\u{10FFFF}`)
    if (digits) {
      doorsByNumber.all(digits)
      byNumber.all(`ZX-2026-${digits.padStart(6, '0')}`)
    }
    return people
  }
}

/** Only the index: the first eight that match, in no order and without a fact. Nobody could be shown this. */
export function bareMatch(db: Database): (question: Question) => unknown[] {
  const byIndex = db.prepare('SELECT rowid FROM person_search WHERE person_search MATCH ? LIMIT 8')
  return ({ match }) => (match ? byIndex.all(match) : [])
}
