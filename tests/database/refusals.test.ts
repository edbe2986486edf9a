import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { backUp } from '../../electron/database/backup.ts'
import { Refusal } from '../../electron/database/folder.ts'
import { networkOf, type Place } from '../../electron/database/inspect.ts'
import { lockFolder } from '../../electron/database/lock.ts'
import { openDatabase } from '../../electron/database/open.ts'
import { readWal } from '../../electron/database/wal.ts'
import { temporaryFolder } from '../fixture.ts'
import { grids, kill, nextLine, openFolder, root, sha256, startScript, work } from './data-folder.ts'

function refusal(folder: string): Refusal {
  try {
    openFolder(folder).close()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('the folder was opened')
}

/** Everything in a folder, by its content. */
function contents(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, sha256(join(folder, name))]))
}

/** A sound data file with some work in it. */
function folderWithWork(times = 20): string {
  const folder = temporaryFolder()
  const db = openFolder(folder)
  work(db, times)
  db.close()
  return folder
}

describe('a file that is not ours to open stays byte for byte, with nothing made beside it', () => {
  function untouched(folder: string, kind: string, detail: string) {
    const before = contents(folder)
    const found = refusal(folder)
    expect(found.kind).toBe(kind)
    expect(found.detail).toContain(detail)
    expect(found.file).toBe(join(folder, 'desk.sqlite3'))
    expect(contents(folder)).toEqual(before)
  }

  test('a newer schema', () => {
    const folder = folderWithWork()
    const db = openDatabase(join(folder, 'desk.sqlite3'))
    db.pragma('user_version = 990')
    db.close()
    untouched(folder, 'newer', 'schema 990')
  })

  test('a newer schema that a killed process left in the log only', async () => {
    const folder = folderWithWork()
    const child = startScript('leave-newer-log.ts', folder)
    await nextLine(child)
    await kill(child)
    // The header of the file itself still says that it is ours.
    expect(readFileSync(join(folder, 'desk.sqlite3')).readUInt32BE(60)).toBeLessThan(990)
    rmSync(join(folder, 'desk.sqlite3-shm'))
    untouched(folder, 'newer', 'schema 990')
  })

  test('a database of another program', () => {
    const folder = temporaryFolder()
    const db = openDatabase(join(folder, 'desk.sqlite3'))
    db.exec('CREATE TABLE chat (line TEXT)')
    db.pragma('application_id = 77')
    db.close()
    untouched(folder, 'foreign', 'application_id 4d')
  })

  test('a text file', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'desk.sqlite3'), '给主任的信\n'.repeat(50))
    untouched(folder, 'corrupt', 'does not begin like an SQLite file')
  })

  test.each([0, 1, 99])('%i bytes', (bytes) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'desk.sqlite3'), Buffer.alloc(bytes))
    untouched(folder, 'corrupt', `only ${bytes} bytes`)
  })

  test('a file without its last pages', () => {
    const folder = folderWithWork(60)
    const file = join(folder, 'desk.sqlite3')
    writeFileSync(file, readFileSync(file).subarray(0, -8192))
    untouched(folder, 'corrupt', '2 pages are missing')
  })
})

test('a folder in the place of the file is refused', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'desk.sqlite3'))
  expect(refusal(folder).kind).toBe('foreign')
})

test('a missing file is not begun anew beside its backups or its log', () => {
  const folder = temporaryFolder()
  const db = openFolder(folder)
  work(db, 1)
  backUp(db, folder, 'demand', new Date())
  db.close()
  rmSync(join(folder, 'desk.sqlite3'))
  expect(refusal(folder)).toMatchObject({
    kind: 'corrupt',
    detail: expect.stringContaining('backups') as string,
  })

  const other = temporaryFolder()
  writeFileSync(join(other, 'desk.sqlite3-wal'), 'what is left')
  expect(refusal(other)).toMatchObject({ kind: 'corrupt', detail: expect.stringContaining('-wal') as string })
})

test('after a kill the committed work in the log counts as part of the file', async () => {
  const folder = temporaryFolder()
  openFolder(folder).close()
  const child = startScript('leave-newer-log.ts', folder, 'grids')
  await nextLine(child)
  await kill(child)
  const log = readWal(join(folder, 'desk.sqlite3-wal'))!
  const pages = statSync(join(folder, 'desk.sqlite3')).size / 4096
  // The log knows of pages that the file has not got yet; that is no truncation.
  expect(log.size).toBeGreaterThan(pages)
  const db = openFolder(folder)
  expect(grids(db)).toBe(200)
  db.close()
})

describe('a folder on a network', () => {
  const linux = (type: number): Place => ({ platform: 'linux', type: () => type, real: (path) => path })
  const windows = (real: string): Place => ({ platform: 'win32', type: () => 0, real: () => real })

  test.each([
    [0x6969, 'NFS'],
    [0xff534d42, 'CIFS'],
    [-11317950, 'CIFS'], // the same, as a 32-bit system says it
    [0xfe534d42, 'SMB2'],
  ])('is known by its type %i on Linux', (type, name) => {
    expect(networkOf('/srv/desk', linux(type))).toBe(name)
  })

  test('a local one is not', () => {
    expect(networkOf('/srv/desk', linux(0xef53))).toBeNull()
    expect(networkOf(temporaryFolder())).toBeNull()
  })

  test.each([
    ['\\\\server\\share\\desk', '\\\\server\\share\\desk', true],
    ['Z:\\desk', '\\\\server\\share\\desk', true], // a mapped drive
    ['Z:\\desk', '\\\\?\\UNC\\server\\share\\desk', true],
    ['//server/share', '//server/share', true],
    ['C:\\desk', 'C:\\desk', false],
    ['C:\\desk', '\\\\?\\C:\\desk', false],
  ])('on Windows: %s, really %s: %s', (folder, real, network) => {
    expect(networkOf(folder, windows(real)) !== null).toBe(network)
  })
})

const nobody = 65534

/** Opens a folder as somebody whom rights bind; root passes every door. */
function openAsNobody(folder: string): string {
  const script = join(root, 'tests/faults/open-once.ts')
  const who = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}
  const { stdout, stderr } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8', ...who })
  if (!stdout.startsWith('ready')) throw new Error(stderr)
  return stdout.split('\n')[1]!
}

describe.skipIf(process.platform === 'win32')('without the right to write', () => {
  function give(folder: string): void {
    if (process.getuid?.() !== 0) return
    for (const path of [folder, ...readdirSync(folder).map((name) => join(folder, name))]) {
      chownSync(path, nobody, nobody)
    }
  }

  test('a folder is refused as read-only, and nothing is made in it', () => {
    const folder = folderWithWork()
    give(folder)
    chmodSync(folder, 0o555)
    expect(openAsNobody(folder)).toBe('read-only')
    expect(readdirSync(folder)).toEqual(['audit.key', 'desk.sqlite3'])
    chmodSync(folder, 0o700)
    expect(openAsNobody(folder)).toBe('opened')
  })

  test('a file is refused as read-only and untouched', () => {
    const folder = folderWithWork()
    const before = contents(folder)
    give(folder)
    chmodSync(join(folder, 'desk.sqlite3'), 0o400)
    expect(openAsNobody(folder)).toBe('read-only')
    expect(contents(folder)).toEqual(before)
  })

  test('a place where no folder can be made is refused', () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    expect(() => lockFolder(join(file, 'desk'), { host: 'browser', pid: 1, startedAt: '' })).toThrow(Refusal)
  })
})
