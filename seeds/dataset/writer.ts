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
import type { Role } from '../../electron/contract/access.ts'
import type { Context } from '../../electron/workbench/workbench.ts'
import { demoOperators, demoPin } from '../demo/operators.ts'
import type { Random } from './random.ts'
import { instantOf } from './schedule.ts'

export type Writer = {
  db: Database
  /** A call by this operator at this moment, for what the counters do inside their acts. */
  context(operatorId: number, at: string): Context
  /** Audit row of an act; part of the running transaction. */
  audit: (
    db: WritableDatabase,
    entry: Pick<AuditEntry, 'at' | 'operatorId' | 'action' | 'subject'> & Partial<AuditEntry>,
  ) => void
  clerks: number[]
  managers: number[]
  teachers: number[]
}

/** A new data folder with the schema, the reference data and the operators of the demo. Refuses a folder in use. */
export function openFolder(folder: string, root: string, random: Random, startDay: string): Writer {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (readdirSync(folder).length > 0) throw new Error(`${folder} is not empty`)
  const key = createHash('sha256').update('dataset').update(random.bytes(16)).digest()
  writeDurably(join(folder, 'audit.key'), key)
  const db = openDatabase(join(folder, 'desk.sqlite3'))
  // Ten years of indexes are kept in memory while they are written; the desk's own connection needs no more than usual.
  db.pragma('cache_size = -262144')
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
  const roles = new Map<number, Role>(made.map(({ id, role }) => [id, role]))
  const nowhere = () => Promise.reject(new Error('a dataset prints nothing'))
  let now = new Date(at)
  const desk = {
    db,
    clock: () => now,
    uptime: () => now.getTime(),
    auditKey: key,
    publish: () => {},
    folder,
    root,
    host: {
      name: 'browser',
      toPdf: nowhere,
      printers: nowhere,
      print: nowhere,
      jobs: nowhere,
      withdraw: nowhere,
      open: nowhere,
    } as const,
  }
  const context = (operatorId: number, moment: string): Context => {
    now = new Date(moment)
    return { desk, operator: { id: operatorId, name: '', role: roles.get(operatorId)! }, deviceId: null }
  }
  const idsOf = (role: string) => made.filter((operator) => operator.role === role).map(({ id }) => id)
  return {
    db,
    context,
    audit,
    clerks: idsOf('clerk'),
    managers: idsOf('manager'),
    teachers: idsOf('teacher'),
  }
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
