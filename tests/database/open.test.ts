import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { applicationId, openDatabase } from '../../electron/database/open.ts'
import { readMigrations, schemaVersion } from '../../electron/database/migrate.ts'
import { temporaryFolder } from '../fixture.ts'
import { migrationsFolder, openFolder, work } from './data-folder.ts'

test('every pragma of the house reads back as it was set', () => {
  const db = openFolder(temporaryFolder())
  const pragma = (name: string) => db.pragma(name, { simple: true })
  expect({
    journal: pragma('journal_mode'),
    synchronous: pragma('synchronous'),
    foreignKeys: pragma('foreign_keys'),
    busyTimeout: pragma('busy_timeout'),
    trustedSchema: pragma('trusted_schema'),
    cellSizeCheck: pragma('cell_size_check'),
    secureDelete: pragma('secure_delete'),
    application: pragma('application_id'),
  }).toEqual({
    journal: 'wal',
    synchronous: 2,
    foreignKeys: 1,
    busyTimeout: 5000,
    trustedSchema: 0,
    cellSizeCheck: 1,
    secureDelete: 1,
    application: applicationId,
  })
  expect(schemaVersion(db)).toBe(readMigrations(migrationsFolder).at(-1)!.version)
  db.close()
})

test('a pragma that does not hold closes the file and says which', () => {
  // A database in memory has no write-ahead log.
  expect(() => openDatabase(':memory:')).toThrow('pragma journal_mode is memory, wanted wal')
})

test('the search index removes deleted words from the file', () => {
  const db = openFolder(temporaryFolder())
  const config = db.prepare("SELECT v FROM person_search_config WHERE k = 'secure-delete'").pluck().get()
  expect(config).toBe(1)
  db.close()
})

test.skipIf(process.platform === 'win32')('nobody but its owner can read the folder or the files', () => {
  const folder = join(temporaryFolder(), 'desk')
  const db = openFolder(folder)
  work(db, 1)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  for (const name of readdirSync(folder)) {
    expect([name, statSync(join(folder, name)).mode & 0o777]).toEqual([name, 0o600])
  }
  expect(readdirSync(folder).sort()).toEqual([
    'audit.key',
    'desk.sqlite3',
    'desk.sqlite3-shm',
    'desk.sqlite3-wal',
  ])
  db.close()
})
