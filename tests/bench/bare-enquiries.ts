import type { Database } from '../../electron/database/open.ts'
import type { ListQuestion } from './list-questions.ts'

const personColumns = (alias: string) => `
  ${alias}.id, ${alias}.name, ${alias}.sex, ${alias}.birth, ${alias}.relation, ${alias}.departure, ${alias}.household_id,
  h.estate, h.building, h.unit, h.number,
  (SELECT number FROM person_phone WHERE person_id = ${alias}.id ORDER BY position LIMIT 1) AS phone,
  (SELECT json_group_array(key_group) FROM person_key_group WHERE person_id = ${alias}.id) AS key_groups,
  (SELECT count(*) FROM enquiry WHERE open = 1 AND asker_id = ${alias}.id)
    + (SELECT count(*) FROM enquiry WHERE open = 1 AND subject_id = ${alias}.id) AS open`

const line = `
  e.id, e.number, e.title, e.channel, e.state, e.accepted_at, e.accepted_day, e.answer_due_at, e.due_at, e.waiting,
  e.given_name, m.name AS matter, ask.name AS asker, sub.name AS subject, h.estate, h.building, h.unit,
  h.number AS door, d.name AS lead, o.name AS operator`
const joins = `
  JOIN operator o ON o.id = e.operator_id LEFT JOIN department d ON d.id = e.lead_id
  LEFT JOIN matter m ON m.id = e.matter_id LEFT JOIN person ask ON ask.id = e.asker_id
  LEFT JOIN person sub ON sub.id = e.subject_id LEFT JOIN household h ON h.id = e.household_id`

type Case = { asker_id: number | null; subject_id: number | null; group_id: number | null }

/** One case with all that its screen shows, as bare statements: no rules, no masks, no merged people, no times. */
export function bareOpen(db: Database): (id: number) => unknown {
  const enquiry = db.prepare(
    `SELECT ${line}, e.matter_id, e.words, e.id_refused, e.asker_id, e.subject_id, e.given_phone, e.answer, e.answer_kind,
       e.answered_day, e.extended, e.waiting_since, e.follow_up, e.promise_day, e.promise_consequence, e.group_id,
       e.version, EXISTS (SELECT 1 FROM rating r WHERE r.enquiry_id = e.id) AS rated
     FROM enquiry e ${joins} WHERE e.id = ?`,
  )
  const person = db.prepare(
    `SELECT ${personColumns('p')} FROM person p LEFT JOIN household h ON h.id = p.household_id WHERE p.id = ?`,
  )
  const events = db.prepare(
    `SELECT v.*, o.name AS operator FROM enquiry_event v JOIN operator o ON o.id = v.operator_id
     WHERE v.enquiry_id = ? ORDER BY v.id`,
  )
  const assignments = db.prepare(
    `SELECT a.*, d.name, d.contact, d.phone FROM assignment a JOIN department d ON d.id = a.department_id
     WHERE a.enquiry_id = ? ORDER BY a.id`,
  )
  const papers = db.prepare('SELECT * FROM enquiry_paper WHERE enquiry_id = ? ORDER BY id')
  const files = db.prepare(
    `SELECT a.event_id, f.* FROM enquiry_event v CROSS JOIN enquiry_file a ON a.event_id = v.id
     CROSS JOIN file f ON f.id = a.file_id WHERE v.enquiry_id = ?`,
  )
  const group = db.prepare(
    `SELECT ${line} FROM enquiry e ${joins} WHERE e.group_id = ? ORDER BY e.id DESC LIMIT 20`,
  )
  return (id) => {
    const found = enquiry.get(id) as Case
    const people = [found.asker_id, found.subject_id].map((one) => one && person.get(one))
    const others = found.group_id && group.all(found.group_id)
    return [found, people, others, events.all(id), assignments.all(id), papers.all(id), files.all(id)]
  }
}

/** One page with its total and the counts beside it, as one would write it by hand for this very question. */
export function bareList(
  db: Database,
  now: { at: string; tonight: string },
): (question: ListQuestion) => unknown[] {
  const counts = db.prepare(
    `SELECT count(*), count(*) FILTER (WHERE waiting = 0 AND due_at < @at),
       count(*) FILTER (WHERE waiting = 0 AND due_at BETWEEN @at AND @tonight), count(*) FILTER (WHERE waiting = 1),
       count(*) FILTER (WHERE state = 'answered')
     FROM enquiry WHERE open = 1`,
  )
  const prepared = new Map<ListQuestion, () => unknown[]>()
  const prepare = ({ where, order, from = 'enquiry e', parameters, input }: ListQuestion) => {
    const page = db.prepare(`SELECT ${line} FROM ${from} ${joins} WHERE ${where} ORDER BY ${order} LIMIT 31`)
    const total = db.prepare(`SELECT count(*) FROM (SELECT 1 FROM ${from} WHERE ${where} LIMIT 1000)`)
    return () => {
      counts.get(now)
      if (input.after === undefined) total.get(...parameters)
      return page.all(...parameters)
    }
  }
  return (question) => {
    let run = prepared.get(question)
    if (!run) prepared.set(question, (run = prepare(question)))
    return run().slice(0, 30)
  }
}

/** What the manager's page counts, as bare statements over the same days; medians from counts per day of answering. */
export function bareManager(
  db: Database,
  now: { at: string; morning: string; tonight: string },
  { from, to }: { from: string; to: string },
): () => unknown {
  const open = db.prepare(
    `SELECT count(*), count(*) FILTER (WHERE waiting = 0 AND due_at < @at),
       count(*) FILTER (WHERE waiting = 0 AND due_at BETWEEN @at AND @tonight), count(*) FILTER (WHERE waiting = 1),
       count(*) FILTER (WHERE state = 'answered'),
       count(*) FILTER (WHERE waiting = 0 AND state IN ('dispatched', 'working') AND answer_due_at < @morning)
     FROM enquiry WHERE open = 1`,
  )
  const late = db.prepare(
    `SELECT e.id, e.state, d.name, (SELECT count(*) FROM enquiry_event v WHERE v.enquiry_id = e.id
        AND v.step IN ('return', 'transfer')) AS bounces
     FROM enquiry e LEFT JOIN department d ON d.id = e.lead_id
     WHERE e.open = 1 AND e.waiting = 0 AND e.due_at < ? ORDER BY e.due_at`,
  )
  const lines = db.prepare(
    `SELECT ${line} FROM enquiry e ${joins} WHERE e.open = 1 AND e.waiting = 0 AND e.due_at < ? ORDER BY e.due_at LIMIT 30`,
  )
  const arrivals = db.prepare(
    `SELECT count(DISTINCT enquiry_id) FROM assignment a JOIN enquiry e ON e.id = a.enquiry_id
     WHERE a.state = 'sent' AND a.arrive_due_at < ? AND e.waiting = 0`,
  )
  const promises = db.prepare('SELECT count(*) FROM enquiry WHERE promise_day <= ? AND open = 1')
  const answered = db.prepare(
    `SELECT count(*), sum(late), count(*) FILTER (WHERE answer_kind = 'explained'),
       count(*) FILTER (WHERE answer_kind = 'refused') FROM enquiry WHERE answered_day BETWEEN ? AND ?`,
  )
  const closed = db.prepare(
    'SELECT follow_up, count(*) FROM enquiry WHERE closed_day BETWEEN ? AND ? GROUP BY follow_up',
  )
  const times = (['matter_id', 'lead_id'] as const).map((column) =>
    db.prepare(
      `SELECT ${column}, answer_days, count(*), sum(late) FROM enquiry WHERE answered_day BETWEEN ? AND ?
       GROUP BY ${column}, answer_days`,
    ),
  )
  const flow = (['accepted_day', 'answered_day'] as const).map((column) =>
    db.prepare(`SELECT ${column}, count(*) FROM enquiry WHERE ${column} BETWEEN ? AND ? GROUP BY ${column}`),
  )
  const levels = db.prepare('SELECT level, count(*) FROM rating WHERE day BETWEEN ? AND ? GROUP BY level')
  return () => [
    open.get(now),
    late.all(now.at),
    lines.all(now.at),
    arrivals.get(now.at),
    promises.get(to),
    ...[answered, closed, levels, ...times, ...flow].map((statement) => statement.all(from, to)),
  ]
}
