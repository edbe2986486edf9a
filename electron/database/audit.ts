import { createHmac, createSecretKey, type Hmac, type KeyObject } from 'node:crypto'
import { readTogether, row, sql, value, write, type Database, type WritableDatabase } from './open.ts'

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

// Preparing a key costs as much as the mac itself, so each is prepared once.
const prepared = new WeakMap<Buffer, KeyObject>()

function hmac(key: Buffer): Hmac {
  let ready = prepared.get(key)
  if (!ready) prepared.set(key, (ready = createSecretKey(key)))
  return createHmac('sha256', ready)
}

function chain(key: Buffer, before: Buffer, id: number, entry: AuditEntry): Buffer {
  const { at, operatorId, deviceId, action, subject, reason, changes } = entry
  return hmac(key)
    .update(before)
    .update(JSON.stringify([id, at, operatorId, deviceId, action, subject, reason, changes]))
    .digest()
}

/** Over the count and the last mac, with a word of its own, so that no shorter head can be read off the rows. */
function headMac(key: Buffer, count: number, last: Buffer): Buffer {
  return hmac(key).update(`head ${count} `).update(last).digest()
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
 * Rows and head are read on one state of the file, so a desk that writes meanwhile raises no false alarm.
 */
export function verifyAudit(
  db: Database,
  key: Buffer,
  onProgress?: (done: number, total: number) => void,
): AuditVerdict {
  return readTogether(db, () => verifyRows(db, key, onProgress))
}

function verifyRows(
  db: Database,
  key: Buffer,
  onProgress?: (done: number, total: number) => void,
): AuditVerdict {
  const head = row<{ count: number; mac: Buffer }>(db, 'SELECT count, mac FROM audit_head')
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
    if (count % 10_000 === 0) onProgress?.(count, head?.count ?? 0)
  }
  if (count === 0 && !head) {
    // An operator is only ever made by an audited act: with one, an empty audit was emptied.
    const emptied = value<number>(db, 'SELECT count(*) FROM operator')! > 0
    return { rows: 0, firstBad: emptied ? 1 : null, problem: emptied ? 'all rows were removed' : null }
  }
  if (!head || !headFits(key, head, count, before)) {
    return { rows: count, firstBad: count + 1, problem: 'the end was cut off or its head was changed' }
  }
  return { rows: count, firstBad: null, problem: null }
}

function headFits(key: Buffer, head: { count: number; mac: Buffer }, count: number, last: Buffer): boolean {
  return head.count === count && headMac(key, count, last).equals(head.mac)
}

/** The end of the chain: how many rows, the newest one's mac, and whether rows and head at least agree on it. */
export function auditEnd(db: Database): { count: number; end: Buffer | null; whole: boolean } {
  return readTogether(db, () => {
    const count = value<number>(db, 'SELECT count FROM audit_head') ?? 0
    const last = row<{ id: number; mac: Buffer }>(db, 'SELECT id, mac FROM audit ORDER BY id DESC LIMIT 1')
    return { count, end: last?.mac ?? null, whole: count === (last?.id ?? 0) }
  })
}

/** Whether this key made the newest row's chain: tells a key of another folder at once. */
export function keyFits(db: Database, key: Buffer): boolean {
  return readTogether(db, () => {
    const head = row<{ count: number; mac: Buffer }>(db, 'SELECT count, mac FROM audit_head')
    const last = value<Buffer>(db, 'SELECT mac FROM audit ORDER BY id DESC LIMIT 1')
    return !head || headFits(key, head, head.count, last ?? beginning)
  })
}
