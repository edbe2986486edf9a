import { createHmac } from 'node:crypto'
import { row, sql, write, type Database, type WritableDatabase } from './open.ts'

/** What an act leaves in the audit. `changes` holds before/after of changed fields, personal ones only by name. */
export type AuditEntry = {
  at: string
  operatorId: number | null
  deviceId: number | null
  action: string
  /** `enquiry:12`; pseudonymous, never a name. */
  subject: string
  reason: string | null
  changes: string | null
}

type AuditRow = {
  id: number
  at: string
  operator_id: number | null
  device_id: number | null
  action: string
  subject: string
  reason: string | null
  changes: string | null
  mac: Buffer
}

const beginning = Buffer.alloc(32)

function chain(key: Buffer, before: Buffer, id: number, entry: AuditEntry): Buffer {
  const { at, operatorId, deviceId, action, subject, reason, changes } = entry
  return createHmac('sha256', key)
    .update(before)
    .update(JSON.stringify([id, at, operatorId, deviceId, action, subject, reason, changes]))
    .digest()
}

/** Over the count and the last mac, with a word of its own, so that no shorter head can be read off the rows. */
function headMac(key: Buffer, count: number, last: Buffer): Buffer {
  return createHmac('sha256', key).update(`head ${count} `).update(last).digest()
}

/** Appends one row to the chain; part of the caller's transaction. Returns its id. */
export function appendAudit(db: WritableDatabase, key: Buffer, entry: AuditEntry): number {
  const last = row<{ id: number; mac: Buffer }>(db, 'SELECT id, mac FROM audit ORDER BY id DESC LIMIT 1')
  const id = (last?.id ?? 0) + 1
  const mac = chain(key, last?.mac ?? beginning, id, entry)
  write(
    db,
    `INSERT INTO audit (id, at, operator_id, device_id, action, subject, reason, changes, mac)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    entry.at,
    entry.operatorId,
    entry.deviceId,
    entry.action,
    entry.subject,
    entry.reason,
    entry.changes,
    mac,
  )
  write(
    db,
    `INSERT INTO audit_head (only, count, mac) VALUES (1, ?, ?)
     ON CONFLICT (only) DO UPDATE SET count = excluded.count, mac = excluded.mac`,
    id,
    headMac(key, id, mac),
  )
  return id
}

export type AuditVerdict = { rows: number; firstBad: number | null; problem: string | null }

/**
 * Recomputes the whole chain. `firstBad` is the first row that was edited, moved or follows a removed one;
 * for a cut-off tail it is the first missing id. Null when every row fits and the head agrees.
 */
export function verifyAudit(db: Database, key: Buffer): AuditVerdict {
  let before: Buffer = beginning
  let count = 0
  for (const found of sql(db, 'SELECT * FROM audit ORDER BY id').iterate() as IterableIterator<AuditRow>) {
    const expectedId = count + 1
    if (found.id !== expectedId) return { rows: count, firstBad: expectedId, problem: 'a row is missing' }
    const mac = chain(key, before, found.id, {
      at: found.at,
      operatorId: found.operator_id,
      deviceId: found.device_id,
      action: found.action,
      subject: found.subject,
      reason: found.reason,
      changes: found.changes,
    })
    if (!mac.equals(found.mac)) return { rows: count, firstBad: found.id, problem: 'a row was changed' }
    before = mac
    count = expectedId
  }
  const head = row<{ count: number; mac: Buffer }>(db, 'SELECT count, mac FROM audit_head')
  if (count === 0 && !head) return { rows: 0, firstBad: null, problem: null }
  if (!head || head.count !== count || !headMac(key, count, before).equals(head.mac)) {
    return { rows: count, firstBad: count + 1, problem: 'the end was cut off or its head was changed' }
  }
  return { rows: count, firstBad: null, problem: null }
}
