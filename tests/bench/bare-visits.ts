import { doorSql } from '../../electron/counters/visits/doors.ts'
import type { Database } from '../../electron/database/open.ts'

type Facts = keyof (typeof doorSql)['all']

/** The facts that decide about every door, by the statements of the counter: no order of urgency, no lines. */
function bareFacts(db: Database, day: string): () => unknown[] {
  const facts = (Object.keys(doorSql.all) as Facts[]).map((fact) => db.prepare(doorSql.all[fact]))
  const parameters = { day, newYear: `${day.slice(0, 4)}-01-01` }
  return () => facts.map((fact) => fact.all(parameters))
}

/** What a suggestion reads: facts of every door, and who lives at 25 of them. No round is kept: nothing waits for the disk. */
export function barePlan(db: Database, day: string): () => unknown {
  const facts = bareFacts(db, day)
  const names = db.prepare(
    `SELECT household_id, name FROM json_each(?) AS wanted CROSS JOIN person ON person.household_id = wanted.value
     WHERE merged_into IS NULL AND departure IS NULL ORDER BY relation <> '户主', person.id`,
  )
  const some = db.prepare('SELECT json_group_array(id) FROM (SELECT id FROM household LIMIT 25)').pluck()
  return () => [facts(), names.all(some.get())]
}

/** What a month's coverage counts, as rows: doors, the year's knocks, who went along, who answers for which grid. */
export function bareCoverage(db: Database, day: string): () => unknown {
  const facts = bareFacts(db, day)
  const days = [`${day.slice(0, 4)}-01-01`, day]
  const knocks = db.prepare(
    `SELECT id, household_id, day, outcome, grid_id FROM visit WHERE voided = 0 AND day BETWEEN ? AND ? ORDER BY day, id`,
  )
  const went = db.prepare(
    `SELECT v.id, w.visitor_id FROM visit v CROSS JOIN visit_visitor w ON w.visit_id = v.id
     WHERE v.voided = 0 AND v.day BETWEEN ? AND ?`,
  )
  const posts = db.prepare(
    "SELECT p.grid_id, v.id, v.name FROM grid_post p JOIN visitor v ON v.id = p.visitor_id WHERE p.kind = 'area'",
  )
  return () => [facts(), knocks.all(days), went.all(days), posts.all()]
}

/** A household with its members and its last twenty visits, as one would write it by hand: no rules, no masks. */
export function bareHousehold(db: Database, day: string): (id: number) => unknown {
  const few = (Object.keys(doorSql.few) as Facts[]).map((fact) => db.prepare(doorSql.few[fact]))
  const household = db.prepare(
    'SELECT h.*, g.name AS grid FROM household h LEFT JOIN grid g ON g.id = h.grid_id WHERE h.id = ?',
  )
  const members = db.prepare(
    `SELECT p.id, p.name, p.sex, p.birth, p.relation, p.departure,
       (SELECT number FROM person_phone WHERE person_id = p.id ORDER BY position LIMIT 1) AS phone,
       (SELECT json_group_array(key_group) FROM person_key_group WHERE person_id = p.id) AS key_groups,
       (SELECT count(*) FROM enquiry WHERE open = 1 AND asker_id = p.id) AS open
     FROM person p WHERE p.household_id = ? AND p.merged_into IS NULL ORDER BY p.departure IS NOT NULL, p.id LIMIT 100`,
  )
  const visits = db.prepare(
    `SELECT v.*, r.number, o.name AS operator, w.at, w.reason FROM visit v JOIN operator o ON o.id = v.operator_id
     LEFT JOIN visit_round r ON r.id = v.round_id LEFT JOIN visit_void w ON w.visit_id = v.id
     WHERE v.household_id = ? ORDER BY v.day DESC, v.id DESC LIMIT 21`,
  )
  const parts = [
    'SELECT w.visit_id, v.id, v.name FROM visit_visitor w JOIN visitor v ON v.id = w.visitor_id WHERE w.visit_id = ?',
    'SELECT m.visit_id, p.id, p.name FROM visit_met_person m JOIN person p ON p.id = m.person_id WHERE m.visit_id = ?',
    'SELECT theme, text FROM visit_theme WHERE visit_id = ?',
    `SELECT n.*, e.number, e.state, e.answer, e.due_at FROM visit_need n
     LEFT JOIN enquiry e ON e.id = n.enquiry_id WHERE n.visit_id = ?`,
    'SELECT p.id, p.mark, f.* FROM visit_photo p JOIN file f ON f.id = p.file_id WHERE p.visit_id = ?',
  ].map((text) => db.prepare(text))
  return (id) => {
    const found = visits.all(id) as { id: number }[]
    const facts = few.map((fact) => fact.all({ day, newYear: `${day.slice(0, 4)}-01-01`, ids: `[${id}]` }))
    return [
      household.get(id),
      members.all(id),
      facts,
      found.map((visit) => parts.map((part) => part.all(visit.id))),
    ]
  }
}
