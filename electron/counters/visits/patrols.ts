import { randomUUID } from 'node:crypto'
import type { Attachment } from '../../contract/files.ts'
import type { Patrol } from '../../contract/patrols.ts'
import type { EnquiryState } from '../../contract/enquiries.ts'
import { row, rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { localDay } from '../../workbench/calendar.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import { isReferred } from '../../workbench/file-sweep.ts'
import { checkFiles } from '../../workbench/files.ts'
import type { Context } from '../../workbench/workbench.ts'
import { acceptWithin } from '../enquiries/accept.ts'
import { isOpen } from '../enquiries/steps.ts'
import { readCompany } from './companies.ts'

type Head = {
  id: number
  companyId: number
  company: string
  day: string
  visitorId: number | null
  visitor: string | null
  note: string
  operator: string
  enteredAt: string
  version: number
}

type TickRow = {
  id: number
  item: string
  fine: 0 | 1
  finding: string
  enquiryId: number | null
  number: string | null
  state: EnquiryState | null
}

const headSql = `SELECT p.id, p.company_id AS companyId, c.name AS company, p.day, p.visitor_id AS visitorId,
    v.name AS visitor, p.note, o.name AS operator, p.entered_at AS enteredAt, p.version
  FROM patrol p JOIN property_company c ON c.id = p.company_id JOIN operator o ON o.id = p.operator_id
  LEFT JOIN visitor v ON v.id = p.visitor_id`

function filled(db: Database, { visitorId, visitor, ...head }: Head): Patrol {
  const ticks = rows<TickRow>(
    db,
    `SELECT t.id, t.item, t.fine, t.finding, t.enquiry_id AS enquiryId, e.number, e.state
     FROM patrol_tick t LEFT JOIN enquiry e ON e.id = t.enquiry_id WHERE t.patrol_id = ? ORDER BY t.position`,
    head.id,
  )
  return {
    ...head,
    visitor: visitorId === null ? null : { id: visitorId, name: visitor! },
    ticks: ticks.map(({ id, item, fine, finding, enquiryId, number, state }) => ({
      id,
      item,
      fine: fine === 1,
      finding,
      enquiry: enquiryId === null ? null : { id: enquiryId, number: number!, open: isOpen(state!) },
    })),
    files: rows<Attachment>(
      db,
      `SELECT f.id, f.name, f.kind, f.bytes, f.width, f.height FROM patrol_file p JOIN file f ON f.id = p.file_id
       WHERE p.patrol_id = ? ORDER BY f.id`,
      head.id,
    ),
    late: localDay(new Date(head.enteredAt)) > head.day,
  }
}

function findPatrol(db: Database, companyId: number, day: string): Patrol | null {
  const head = row<Head>(db, `${headSql} WHERE p.company_id = ? AND p.day = ?`, companyId, day)
  return head ? filled(db, head) : null
}

const patrolOf = (db: Database, id: number): Patrol =>
  filled(db, row<Head>(db, `${headSql} WHERE p.id = ?`, id)!)

/** A company's patrol of a day, null while there is none; NOT_FOUND `company`. */
export function readPatrol(
  { desk: { db } }: Context,
  { companyId, day }: { companyId: number; day: string },
): Patrol | null {
  readCompany(db, companyId)
  return findPatrol(db, companyId, day)
}

export type PatrolFields = {
  companyId: number
  day: string
  version: number | null
  visitorId: number | null
  ticks: { item: string; fine: boolean; finding: string }[]
  note: string
  fileIds: readonly number[]
}

/** All that is wrong with it whatever stands in the file. */
function checkFields({ ticks, day }: PatrolFields, today: string): void {
  if (day > today) invalid('day', 'future')
  ticks.forEach(({ item, fine, finding }, index) => {
    if (!fine && finding === '') invalid(`ticks.${index}.finding`, 'required')
    if (ticks.findIndex((other) => other.item === item) < index) invalid(`ticks.${index}.item`, 'duplicate')
  })
}

/**
 * Brings the tick list to what was sent. A line keeps its row by its words, and so the enquiry that was made of it; one
 * with an enquiry that is not on the list any more stays at its end.
 */
function writeTicks(db: WritableDatabase, id: number, ticks: PatrolFields['ticks']): void {
  const before = rows<{ id: number; item: string; enquiryId: number | null }>(
    db,
    'SELECT id, item, enquiry_id AS enquiryId FROM patrol_tick WHERE patrol_id = ? ORDER BY position',
    id,
  )
  // Out of each other's way first: a place is taken once.
  write(db, 'UPDATE patrol_tick SET position = -1 - position WHERE patrol_id = ?', id)
  const sent = new Set(ticks.map(({ item }) => item))
  const left = before.filter(({ item }) => !sent.has(item))
  left.forEach((tick, index) => {
    if (tick.enquiryId === null) write(db, 'DELETE FROM patrol_tick WHERE id = ?', tick.id)
    else write(db, 'UPDATE patrol_tick SET position = ? WHERE id = ?', ticks.length + index, tick.id)
  })
  ticks.forEach(({ item, fine, finding }, position) => {
    const standing = before.find((tick) => tick.item === item)
    if (standing) {
      write(
        db,
        'UPDATE patrol_tick SET position = ?, fine = ?, finding = ? WHERE id = ?',
        position,
        fine ? 1 : 0,
        finding,
        standing.id,
      )
    } else {
      write(
        db,
        'INSERT INTO patrol_tick (patrol_id, position, item, fine, finding) VALUES (?, ?, ?, ?, ?)',
        id,
        position,
        item,
        fine ? 1 : 0,
        finding,
      )
    }
  })
}

/** NOT_FOUND `file` for one that is not there, or is another record's: whoever needs it there could not open it any more. */
function writeFiles(db: WritableDatabase, id: number, fileIds: readonly number[]): void {
  checkFiles(db, fileIds)
  for (const fileId of fileIds) {
    const own = value(db, 'SELECT 1 FROM patrol_file WHERE patrol_id = ? AND file_id = ?', id, fileId)
    if (own === undefined && isReferred(db, fileId)) fail('NOT_FOUND', { what: 'file' })
  }
  write(db, 'DELETE FROM patrol_file WHERE patrol_id = ?', id)
  for (const fileId of new Set(fileIds)) {
    write(db, 'INSERT INTO patrol_file (patrol_id, file_id) VALUES (?, ?)', id, fileId)
  }
}

/** A patrol as the audit has it. */
const noted = ({ companyId, day, visitor, ticks, note, files, version }: Patrol) => ({
  companyId,
  day,
  visitorId: visitor?.id ?? null,
  ticks: ticks.map(({ id, fine, finding }) => ({ id, fine, finding: finding !== '' })),
  note,
  fileIds: files.map(({ id }) => id),
  version,
})

/**
 * Saves the tick list of a company and day, entered late or corrected too. INVALID `ticks.N.finding` `required`,
 * `ticks.N.item` `duplicate`, `day` `future`, `outside`, `visitorId` `unknown`; NOT_FOUND `company`, `file`; CONFLICT
 * `changed` with what stands when another screen saved this day first.
 */
export function savePatrol(context: Context, fields: PatrolFields): Patrol {
  const { desk } = context
  const { companyId, day, version, visitorId, ticks, note: text, fileIds } = fields
  const now = desk.clock()
  const operatorId = operatorOf(context).id
  checkFields(fields, localDay(now))
  return act(
    context,
    { action: 'patrol.save', subject: (saved: Patrol) => `patrol:${saved.id}`, also: () => ['today'] },
    (db, note) => {
      const company = readCompany(db, companyId)
      const before = findPatrol(db, companyId, day)
      if ((before?.version ?? null) !== version) fail('CONFLICT', { because: 'changed', current: before })
      const outside = day < company.fromDay || (company.toDay !== null && day > company.toDay)
      // One that was walked may be corrected, though the company's days were changed since.
      if (outside && !before) invalid('day', 'outside')
      if (visitorId !== null && !value(db, 'SELECT 1 FROM visitor WHERE id = ?', visitorId)) {
        invalid('visitorId', 'unknown')
      }
      let id = before?.id
      if (id === undefined) {
        id = write(
          db,
          'INSERT INTO patrol (company_id, day, visitor_id, note, operator_id, entered_at) VALUES (?, ?, ?, ?, ?, ?)',
          companyId,
          day,
          visitorId,
          text,
          operatorId,
          now.toISOString(),
        ).id
      } else {
        write(
          db,
          'UPDATE patrol SET visitor_id = ?, note = ?, version = version + 1 WHERE id = ?',
          visitorId,
          text,
          id,
        )
      }
      writeTicks(db, id, ticks)
      writeFiles(db, id, fileIds)
      const after = patrolOf(db, id)
      note(before && noted(before), noted(after))
      return after
    },
  )
}

type Raised = { patrolId: number; enquiryId: number }

/** Makes an enquiry of a finding. NOT_FOUND `tick`, `matter`; CONFLICT `step` with the patrol when it is one or all is fine. */
export function raiseFinding(
  context: Context,
  { tickId, title, matterId }: { tickId: number; title: string; matterId: number | null },
): Patrol {
  const { desk } = context
  const operatorId = operatorOf(context).id
  const { patrolId } = act<Raised>(
    context,
    {
      action: 'patrol.raise',
      subject: (made) => `patrol:${made.patrolId}`,
      also: ({ enquiryId }) => [`enquiry:${enquiryId}`, 'today'],
    },
    (db, note) => {
      const patrolId =
        value<number>(db, 'SELECT patrol_id FROM patrol_tick WHERE id = ?', tickId) ??
        fail('NOT_FOUND', { what: 'tick' })
      const patrol = patrolOf(db, patrolId)
      const { fine, enquiry, item, finding } = patrol.ticks.find(({ id }) => id === tickId)!
      if (fine || enquiry !== null) fail('CONFLICT', { because: 'step', current: patrol })
      const asked = {
        title,
        words: `${patrol.company} ${patrol.day} ${item}：${finding}`,
        matterId,
        channel: '走访' as const,
        askerId: null,
        // Nobody asked: it was found.
        givenName: '日走访',
        givenPhone: '',
        anonymous: false,
        subjectId: null,
        answer: '',
        ticket: randomUUID(),
      }
      const made = acceptWithin(db, asked, { now: desk.clock(), operatorId })
      write(db, 'UPDATE patrol_tick SET enquiry_id = ? WHERE id = ?', made.id, tickId)
      write(db, 'UPDATE patrol SET version = version + 1 WHERE id = ?', patrolId)
      note(null, { tickId, enquiryId: made.id, ...made.noted })
      return { patrolId, enquiryId: made.id }
    },
  )
  return patrolOf(desk.db, patrolId)
}
