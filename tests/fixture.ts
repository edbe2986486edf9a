import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { Role } from '../electron/contract/access.ts'
import type { Change } from '../electron/contract/session.ts'
import { loadReference } from '../electron/counters/session/reference.ts'
import { hashPinNow } from '../electron/counters/session/pins.ts'
import { createOperator } from '../electron/counters/session/operators.ts'
import { migrate, readMigrations } from '../electron/database/migrate.ts'
import { openDatabase, transact, type Database } from '../electron/database/open.ts'
import type { Host } from '../electron/workbench/host.ts'
import type { Context, Workbench } from '../electron/workbench/workbench.ts'

/** The PIN of every operator in tests; hashed once, for scrypt is slow on purpose. */
export const pin = '246810'
export const testPin = hashPinNow(pin)

export const root = fileURLToPath(new URL('..', import.meta.url))
export const migrationsFolder = join(root, 'electron/database/migrations')

/** A new folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'desk-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A clock that stands still until it is set: Monday 2026-11-23, 09:41 in Shanghai. */
export function testClock(start = '2026-11-23T01:41:00.000Z') {
  let now = new Date(start)
  const clock = () => now
  clock.set = (instant: string) => {
    now = new Date(instant)
  }
  let uptime = 0
  clock.uptime = () => uptime
  clock.advance = (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000)
    uptime += seconds * 1000
  }
  return clock
}

/** A host without printer or Chromium, for tests that print nothing. */
export const paperlessHost: Host = {
  name: 'browser',
  toPdf: () => Promise.reject(new Error('this test has no Chromium')),
  printers: () => Promise.resolve([]),
  print: () => Promise.reject(new Error('this test has no printer')),
  jobs: () => Promise.resolve(null),
  withdraw: () => Promise.reject(new Error('this test has no spooler')),
  open: () => Promise.resolve(),
}

export type TestDesk = {
  desk: Workbench
  db: Database
  folder: string
  clock: ReturnType<typeof testClock>
  /** What the change feed said, in order. */
  published: Change[]
  /** A call by an operator of this role from the desk's own screen. */
  context: (role?: Role) => Context
}

/** A real file with the whole schema, reference data and one operator per role, in a folder of its own. */
export function openTestDesk(options: { host?: Host; start?: string; folder?: string } = {}): TestDesk {
  const folder = options.folder ?? temporaryFolder()
  const clock = testClock(options.start)
  const db = openDatabase(join(folder, 'desk.sqlite3'))
  onTestFinished(() => {
    db.close()
  })
  migrate(db, readMigrations(migrationsFolder))
  const published: Change[] = []
  const desk: Workbench = {
    db,
    clock,
    uptime: clock.uptime,
    auditKey: Buffer.alloc(32, 7),
    publish: (changes) => published.push(...changes),
    folder,
    root,
    host: options.host ?? paperlessHost,
  }
  const operators = transact(db, (file) => {
    loadReference(file, root, clock().toISOString())
    const at = clock().toISOString()
    return {
      manager: createOperator(file, { name: '主任', role: 'manager', secret: testPin, at }),
      clerk: createOperator(file, { name: '前台', role: 'clerk', secret: testPin, at }),
      teacher: createOperator(file, { name: '老师', role: 'teacher', secret: testPin, at }),
      auditor: createOperator(file, { name: '监督', role: 'auditor', secret: testPin, at }),
    }
  })
  const context = (role: Role = 'clerk'): Context => ({
    desk,
    operator: { id: operators[role].id, name: operators[role].name, role },
    deviceId: null,
  })
  return { desk, db, folder, clock, published, context }
}
