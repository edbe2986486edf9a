import { wanted as wantedShape, type RequestLine, type Wanted } from '../../contract/certificate-records.ts'
import { row, rows, value, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { personLine } from '../people/lines.ts'
import { todayOf } from '../people/record.ts'
import { personOf, soundDraft } from './make-sheet.ts'

type RequestRow = {
  id: number
  wanted: string
  requestedById: number
  requestedBy: string
  requestedAt: string
  state: RequestLine['state']
  decidedBy: string | null
  reason: string
  certificateId: number | null
}

const requestSql = `
  SELECT r.id, r.wanted, r.requested_by AS requestedById, a.name AS requestedBy, r.requested_at AS requestedAt, r.state,
    b.name AS decidedBy, r.reason, c.id AS certificateId
  FROM certificate_request AS r
  CROSS JOIN operator AS a ON a.id = r.requested_by
  LEFT JOIN operator AS b ON b.id = r.decided_by
  LEFT JOIN certificate AS c ON c.request_id = r.id`

/** The newest are looked at; older ones stand in their certificates. */
const mostRequests = 200

/** Somebody has something to do yet: a second person decides, or what was approved is issued. */
const isOpen = ({ state, certificateId }: Pick<RequestRow, 'state' | 'certificateId'>) =>
  state !== 'refused' && certificateId === null

const openSql = `(r.state = 'waiting' OR r.state = 'approved' AND c.id IS NULL)`

function toLine(context: Context, found: RequestRow): RequestLine {
  const { requestedById, requestedBy, ...line } = found
  const wanted = JSON.parse(found.wanted) as Wanted
  const operator = operatorOf(context)
  return {
    ...line,
    kind: wanted.kind,
    wanted,
    name: personLine(context.desk.db, personOf(context, wanted), todayOf(context))?.name ?? '',
    requestedBy: { id: requestedById, name: requestedBy },
    mayDecide: isOpen(found) && operator.id !== requestedById && operator.role !== 'auditor',
  }
}

function readRequest(context: Context, id: number): RequestLine {
  const found = row<RequestRow>(context.desk.db, `${requestSql} WHERE r.id = ?`, id)
  return found ? toLine(context, found) : fail('NOT_FOUND', { what: 'certificate-request' })
}

/** Those with which something has to be done yet, oldest first; or the newest of all, newest first. */
export function listRequests(context: Context, { state }: { state: 'open' | 'all' }): RequestLine[] {
  const which =
    state === 'open' ? `WHERE ${openSql} ORDER BY r.id` : `ORDER BY r.id DESC LIMIT ${mostRequests}`
  return rows<RequestRow>(context.desk.db, `${requestSql} ${which}`).map((found) => toLine(context, found))
}

/** Always in the same order and with all fields, so that two wishes can be compared. */
const asText = (wanted: Wanted) => JSON.stringify(wantedShape.parse(wanted))

const about = { also: () => ['today'] }

/** Asks for a certificate that a second person has to approve. The same ticket twice is one; CONFLICT `step` where none has to. */
export function requestCertificate(
  context: Context,
  { ticket, wanted }: { ticket: string; wanted: Wanted },
): RequestLine {
  const { db: file, clock } = context.desk
  const operatorId = operatorOf(context).id
  const before = value<number>(file, 'SELECT id FROM certificate_request WHERE ticket = ?', ticket)
  if (before !== undefined) return readRequest(context, before)
  const what = {
    action: 'certificate.request',
    subject: (id: number) => `certificate-request:${id}`,
    ...about,
  }
  const made = act(context, what, (db, note) => {
    if (!soundDraft(context, wanted).needsApproval) fail('CONFLICT', { because: 'step' })
    note(null, { kind: wanted.kind, volunteerId: wanted.volunteerId, personId: wanted.personId })
    return write(
      db,
      `INSERT INTO certificate_request (ticket, wanted, requested_by, requested_at, state)
       VALUES (?, ?, ?, ?, 'waiting')`,
      ticket,
      asText(wanted),
      operatorId,
      clock().toISOString(),
    ).id
  })
  return readRequest(context, made)
}

/**
 * Approves or refuses what somebody else asked for; what was approved can be refused until it is issued. FORBIDDEN for who
 * asked; CONFLICT `step` when decided or issued.
 */
export function decideRequest(
  context: Context,
  { id, approve, reason }: { id: number; approve: boolean; reason: string },
): RequestLine {
  const { clock } = context.desk
  const operatorId = operatorOf(context).id
  const state = approve ? 'approved' : 'refused'
  const what = {
    action: `certificate.${approve ? 'approve' : 'refuse'}`,
    subject: `certificate-request:${id}`,
    ...(reason && { reason }),
    ...about,
  }
  act(context, what, (db, note) => {
    const found = readRequest(context, id)
    if (found.requestedBy.id === operatorId) fail('FORBIDDEN')
    if (!isOpen(found) || (approve && found.state !== 'waiting')) fail('CONFLICT', { because: 'step' })
    if (!approve && reason === '') invalid('reason', 'required')
    write(
      db,
      'UPDATE certificate_request SET state = ?, decided_by = ?, decided_at = ?, reason = ? WHERE id = ?',
      state,
      operatorId,
      clock().toISOString(),
      reason,
      id,
    )
    note({ state: found.state }, { state })
  })
  return readRequest(context, id)
}

/** Makes sure that this wish was approved and nothing issued for it yet. NOT_FOUND `certificate-request`; CONFLICT `step`. */
export function checkRequest(db: Database, id: number, wanted: Wanted): void {
  const found =
    row<{ state: string; wanted: string; used: 0 | 1 }>(
      db,
      `SELECT state, wanted, EXISTS (SELECT 1 FROM certificate WHERE request_id = r.id) AS used
       FROM certificate_request AS r WHERE id = ?`,
      id,
    ) ?? fail('NOT_FOUND', { what: 'certificate-request' })
  if (found.state !== 'approved' || found.used === 1 || found.wanted !== asText(wanted)) {
    fail('CONFLICT', { because: 'step' })
  }
}
