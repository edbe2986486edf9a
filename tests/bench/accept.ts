import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { acceptEnquiry, type What } from '../../electron/counters/enquiries/accept.ts'
import { personTokens } from '../../electron/counters/people/tokens.ts'
import { readAuditKey } from '../../electron/database/folder.ts'
import { openDatabase, rows, value, type Database } from '../../electron/database/open.ts'
import { addWorkingDays, endOfDay, localDay } from '../../electron/workbench/calendar.ts'
import type { Context } from '../../electron/workbench/workbench.ts'
import type { Host } from '../../electron/workbench/host.ts'
import { datasetOf, root } from './datasets.ts'
import { timed } from './measure.ts'

export type Walker = { id: number; householdId: number; gridId: number | null; tokens: string }

/** People who have nothing open yet, so that each acceptance also lists them among those with open business. */
export function walkersOf(db: Database, count: number): Walker[] {
  return rows<{
    id: number
    householdId: number
    gridId: number | null
    name: string
    idNumber: string
    phones: string | null
  }>(
    db,
    `SELECT id, household_id AS householdId, name, id_number AS idNumber,
       (SELECT grid_id FROM household WHERE id = p.household_id) AS gridId,
       (SELECT group_concat(number, ' ') FROM person_phone WHERE person_id = p.id) AS phones
     FROM person p WHERE departure IS NULL AND merged_into IS NULL AND birth < '2005'
       AND id NOT IN (SELECT rowid FROM person_search_open)
     ORDER BY (id * 7919) % 10007 LIMIT ?`,
    count,
  ).map(({ id, householdId, gridId, name, idNumber, phones }) => ({
    id,
    householdId,
    gridId,
    tokens: personTokens({ name, idNumber, phones: phones?.split(' ') ?? [] }),
  }))
}

const words = '卫生间天花板一直滴水，找楼上说了几次没修，墙都起皮了。'

/** A walk-in as the quick entry sends it. */
export const walkIn = (walker: Walker, matterId: number): What & { answer: string; ticket: string } => ({
  title: '楼上漏水到我家',
  words,
  matterId,
  channel: '窗口',
  askerId: walker.id,
  givenName: '',
  givenPhone: '',
  anonymous: false,
  subjectId: null,
  answer: '',
  ticket: randomUUID(),
})

const nowhere = () => Promise.reject(new Error('this bench prints nothing'))
const host: Host = {
  name: 'browser',
  toPdf: nowhere,
  printers: () => Promise.resolve([]),
  print: nowhere,
  jobs: () => Promise.resolve(null),
  withdraw: nowhere,
  open: nowhere,
}

/** Somewhere to accept: a copy of a data folder, opened as the desk opens it. */
export function openCounter(folder: string) {
  const db = openDatabase(join(folder, 'desk.sqlite3'))
  const clerk = value<number>(db, "SELECT id FROM operator WHERE role = 'clerk' LIMIT 1")!
  const matterId = value<number>(db, "SELECT id FROM matter WHERE code = 'ZF04'")!
  const context: Context = {
    desk: {
      db,
      clock: () => new Date(),
      uptime: () => performance.now(),
      auditKey: readAuditKey(folder),
      publish: () => {},
      folder,
      root,
      host,
    },
    operator: { id: clerk, name: '', role: 'clerk' },
    deviceId: null,
  }
  return { db, context, clerk, matterId }
}
export type Counter = ReturnType<typeof openCounter>

/** `acceptEnquiry` in the core, durable and audited. */
export const acceptInCore = ({ context, matterId }: Counter, walker: Walker) =>
  timed(() => acceptEnquiry(context, walkIn(walker, matterId)))

/**
 * The bare transaction: the same rows with the same bytes by prepared statements, on the same file with the same
 * pragmas. No rules, no reading back, no HMAC (32 bytes all the same).
 */
export function openBareAccept({ db, clerk, matterId }: Counter): (walker: Walker) => number {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const number = db.prepare(
    "UPDATE sequence SET last = last + 1 WHERE kind = 'ZX' AND year = ? RETURNING last",
  )
  const enquiry = db.prepare(
    `INSERT INTO enquiry (number, ticket, title, words, matter_id, channel, asker_id, given_name, given_phone, anonymous,
       id_refused, subject_id, household_id, grid_id, state, open, accepted_at, accepted_day, answer_due_at, limit_unit,
       due_at, answer, answer_kind, answered_day, answer_days, late, closed_day, operator_id)
     VALUES (?, ?, ?, ?, ?, '窗口', ?, '', '', 0, 0, NULL, ?, ?, 'accepted', 1, ?, ?, ?, 'day', ?, '', NULL, NULL, NULL,
       NULL, NULL, ?)`,
  )
  const event = db.prepare(
    `INSERT INTO enquiry_event (enquiry_id, step, from_state, to_state, at, operator_id, text, assignment_id, detail)
     VALUES (?, 'accept', NULL, 'accepted', ?, ?, '', NULL, '{}')`,
  )
  const listed = db.prepare('INSERT INTO person_search_open (rowid, tokens) VALUES (?, ?)')
  const audit = db.prepare(
    `INSERT INTO audit (at, operator_id, device_id, action, subject, reason, changes, mac)
     VALUES (?, ?, NULL, 'enquiry.accept', ?, NULL, ?, ?)`,
  )
  const head = db.prepare('UPDATE audit_head SET count = ?, mac = ?')
  const mac = Buffer.alloc(32, 1)
  const now = new Date()
  const [at, today] = [now.toISOString(), localDay(now)]
  const dueAt = endOfDay(addWorkingDays(today, 5))
  const year = Number(today.slice(0, 4))
  // A sequence row of this year, so that a run in January measures the same.
  db.exec(`INSERT INTO sequence VALUES ('ZX', ${year}, 0) ON CONFLICT DO NOTHING`)

  return (walker) => {
    const ticket = randomUUID()
    const changes = JSON.stringify({
      matterId: [null, matterId],
      channel: [null, '窗口'],
      askerId: [null, walker.id],
      subjectId: [null, null],
      householdId: [null, walker.householdId],
      anonymous: [null, false],
      dueAt: [null, dueAt],
      closed: [null, false],
    })
    return timed(() => {
      begin.run()
      const { last } = number.get(year) as { last: number }
      const made = enquiry.run(
        `ZX-${year}-${String(last).padStart(6, '0')}`,
        ticket,
        '楼上漏水到我家',
        words,
        matterId,
        walker.id,
        walker.householdId,
        walker.gridId,
        at,
        today,
        dueAt,
        dueAt,
        clerk,
      )
      event.run(made.lastInsertRowid, at, clerk)
      listed.run(walker.id, walker.tokens)
      const row = audit.run(at, clerk, `enquiry:${made.lastInsertRowid}`, changes, mac)
      head.run(row.lastInsertRowid, mac)
      commit.run()
    })
  }
}

export const tenYears = () => datasetOf('ten-years', { years: 10 })
export const oneYear = () => datasetOf('one-year', { years: 1 })
