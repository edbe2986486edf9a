import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { loadReference } from '../../electron/counters/session/reference.ts'
import { createOperator } from '../../electron/counters/session/operators.ts'
import { hashPinNow } from '../../electron/counters/session/pins.ts'
import { writeCommunity } from '../../electron/counters/settings/community.ts'
import { appendAudit, type AuditEntry } from '../../electron/database/audit.ts'
import { writeDurably } from '../../electron/database/files.ts'
import { migrate, readMigrations } from '../../electron/database/migrate.ts'
import {
  openDatabase,
  transact,
  value,
  type Database,
  type WritableDatabase,
} from '../../electron/database/open.ts'
import { demoOperators, demoPin } from '../demo/operators.ts'
import type { Random } from './random.ts'

/** One more thing that happened: its moment, and what it writes. */
export type Happening = { at: string; write: (db: WritableDatabase, at: string) => void }

export type Writer = {
  db: Database
  /** Audit row of an act; part of the running transaction. */
  audit(
    db: WritableDatabase,
    entry: Pick<AuditEntry, 'at' | 'operatorId' | 'action' | 'subject'> & Partial<AuditEntry>,
  ): void
  clerks: number[]
  managers: number[]
}

/** A UTC instant from a local day of Shanghai and milliseconds since its midnight. */
export function instantOf(day: string, milliseconds: number): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) - 8 * 3_600_000 + milliseconds).toISOString()
}

/** A new data folder with the schema, the reference data and the operators of the demo. Refuses a folder in use. */
export function openFolder(folder: string, root: string, random: Random, startDay: string): Writer {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (readdirSync(folder).length > 0) throw new Error(`${folder} is not empty`)
  const key = createHash('sha256').update('dataset').update(random.bytes(16)).digest()
  writeDurably(join(folder, 'audit.key'), key)
  const db = openDatabase(join(folder, 'desk.sqlite3'))
  migrate(db, readMigrations(join(root, 'electron/database/migrations')))

  const audit: Writer['audit'] = (file, entry) => {
    appendAudit(file, key, { deviceId: null, reason: null, changes: null, ...entry })
  }
  const at = instantOf(startDay, 8.2 * 3_600_000)
  const secret = hashPinNow(demoPin, random.bytes(16))
  const made = transact(db, (file) => {
    loadReference(file, root, at)
    writeCommunity(file, {
      name: '示例社区',
      phone: '0731-00000000',
      address: '示例路1号党群服务中心',
      hours: '周一至周日 8:30—17:30',
    })
    const operators = [
      ...demoOperators,
      { name: '前台二号', role: 'clerk' as const },
      { name: '前台三号', role: 'clerk' as const },
    ].map(({ name, role }) => createOperator(file, { name, role, secret, at }))
    audit(file, { at, operatorId: null, action: 'session.setup', subject: `operator:${operators[0]!.id}` })
    for (const { id, role } of operators.slice(1)) {
      audit(file, {
        at,
        operatorId: operators[0]!.id,
        action: 'session.add-operator',
        subject: `operator:${id}`,
        changes: JSON.stringify({ role: [null, role], active: [null, true] }),
      })
    }
    return operators
  })
  const idsOf = (role: string) => made.filter((operator) => operator.role === role).map(({ id }) => id)
  return { db, audit, clerks: idsOf('clerk'), managers: idsOf('manager') }
}

/** Writes what happened, in order of time; part of the running transaction. */
export function writeInOrder(db: WritableDatabase, happenings: Happening[]): void {
  happenings.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
  for (const { at, write } of happenings) write(db, at)
}

/** A hash over every row of every table but the index's own: two folders of one seed have the same. */
export function contentHash(db: Database): string {
  const hash = createHash('sha256')
  const tables = db
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'person_search_%' ORDER BY name",
    )
    .all()
  for (const { name } of tables) {
    hash.update(name)
    for (const found of db.prepare(`SELECT * FROM "${name}"`).raw().iterate()) {
      for (const cell of found as unknown[]) hash.update(Buffer.isBuffer(cell) ? cell : `${String(cell)}\0`)
    }
  }
  return hash.digest('hex')
}

export const countRows = (db: Database, table: string) =>
  value<number>(db, `SELECT count(*) FROM "${table}"`) ?? 0
