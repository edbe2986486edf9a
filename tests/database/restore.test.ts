import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { verifyAudit } from '../../electron/database/audit.ts'
import { backUp, listBackups, restoreBackup } from '../../electron/database/backup.ts'
import { Refusal } from '../../electron/database/folder.ts'
import { temporaryFolder } from '../fixture.ts'
import {
  clock,
  ended,
  fill,
  grids,
  keyOf,
  kill,
  nextLine,
  openFolder,
  sha256,
  startScript,
  startScriptDying,
  work,
} from './data-folder.ts'

/** A damaged file with committed work in its log, and a backup of better days with 5 grids. */
async function damagedFolder(): Promise<{ folder: string; backup: string; broken: Record<string, string> }> {
  const folder = temporaryFolder()
  const db = openFolder(folder)
  work(db, 5)
  const { name } = backUp(db, folder, 'demand', clock())
  fill(db, 300)
  db.close()
  const child = startScript('leave-newer-log.ts', folder, 'more')
  await nextLine(child)
  await kill(child)
  const file = join(folder, 'desk.sqlite3')
  const bytes = readFileSync(file)
  // The header is sound; the log would be played into whatever stands here.
  bytes.fill(0, 4096, bytes.length)
  writeFileSync(file, bytes)
  return { folder, backup: name, broken: filesOf(folder) }
}

function filesOf(folder: string): Record<string, string> {
  const names = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.startsWith('desk.sqlite3'))
    : []
  return Object.fromEntries(names.map((name) => [name, sha256(join(folder, name))]))
}

const aside = (folder: string) =>
  existsSync(join(folder, 'set-aside'))
    ? readdirSync(join(folder, 'set-aside')).map((name) => filesOf(join(folder, 'set-aside', name)))
    : []

test('a restore puts the backup in place and keeps every byte of the broken file aside', async () => {
  const { folder, backup, broken } = await damagedFolder()
  expect(Object.keys(broken).sort()).toEqual(['desk.sqlite3', 'desk.sqlite3-shm', 'desk.sqlite3-wal'])
  expect(() => openFolder(folder)).toThrow(Refusal)
  const before = filesOf(folder)
  restoreBackup(folder, backup, clock())
  expect(aside(folder)).toEqual([before])
  const db = openFolder(folder)
  expect(grids(db)).toBe(5)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.close()
  expect(listBackups(folder)).toHaveLength(1)
})

test('two restores in the same moment are set aside apart', async () => {
  const { folder, backup } = await damagedFolder()
  restoreBackup(folder, backup, clock())
  restoreBackup(folder, backup, clock())
  expect(readdirSync(join(folder, 'set-aside'))).toEqual(['20261123T014100000Z', '20261123T014100000Z-2'])
})

describe('nothing changes', () => {
  test.each([
    '../desk.sqlite3',
    '..\\desk.sqlite3',
    '/etc/passwd',
    'desk-20261123T014100000Z-demand.sqlite3/../../desk.sqlite3',
    'desk-20261123T014100000Z-demand.sqlite3\0',
    'desk-20251123T014100000Z-demand.sqlite3',
    'audit.key',
    '',
  ])('for the name %j, which is no backup', async (name) => {
    const { folder, broken } = await damagedFolder()
    expect(() => restoreBackup(folder, name, clock())).toThrow('no such backup')
    expect(filesOf(folder)).toEqual(broken)
  })

  test('when the backup itself has been damaged since', async () => {
    const { folder, backup, broken } = await damagedFolder()
    const file = join(folder, 'backups', backup)
    writeFileSync(file, readFileSync(file).fill(0xff, 4096, 12288))
    expect(() => restoreBackup(folder, backup, clock())).toThrow()
    expect(filesOf(folder)).toEqual(broken)
    expect(existsSync(join(folder, 'set-aside'))).toBe(false)
  })
})

test('killed before each of its steps, a restore is not begun or is finished by the next start, never a mix', async () => {
  const origin = await damagedFolder()
  const outcomes: string[] = []
  let finished = false
  for (let step = 1; !finished; step += 1) {
    const folder = temporaryFolder()
    cpSync(origin.folder, folder, { recursive: true })
    finished = (await ended(startScriptDying(step, 'restore-once.ts', folder, origin.backup))) === 0
    try {
      const db = openFolder(folder)
      expect(grids(db)).toBe(5)
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
      db.close()
      expect(aside(folder)).toEqual([origin.broken])
      outcomes.push('new')
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      // Not begun: the broken file stands where it stood, and restoring is still possible.
      expect(Object.keys(filesOf(folder)).sort()).toEqual(Object.keys(origin.broken).sort())
      restoreBackup(folder, origin.backup, clock())
      const db = openFolder(folder)
      expect(grids(db)).toBe(5)
      db.close()
      outcomes.push('old')
    }
  }
  console.info(
    `restores: ${outcomes.length} steps, ${outcomes.filter((age) => age === 'old').length} old, 0 mixed`,
  )
  expect(outcomes).toEqual([...outcomes].sort().reverse())
  expect(new Set(outcomes)).toEqual(new Set(['old', 'new']))
})

test('a folder put together from backups alone opens again, audit and all', () => {
  const first = temporaryFolder()
  const db = openFolder(first)
  work(db, 5)
  const { name } = backUp(db, first, 'demand', clock())
  db.close()
  const second = temporaryFolder()
  cpSync(join(first, 'backups'), join(second, 'backups'), { recursive: true })
  expect(() => openFolder(second)).toThrow('there are backups')
  restoreBackup(second, name, clock())
  const restored = openFolder(second)
  expect(grids(restored)).toBe(5)
  expect(verifyAudit(restored, keyOf(restored))).toMatchObject({ rows: 5, firstBad: null })
  restored.close()
})
