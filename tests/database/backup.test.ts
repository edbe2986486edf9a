import { cpSync, existsSync, readdirSync, writeFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { backUp, listBackups, sweepLeftovers } from '../../electron/database/backup.ts'
import { checkCopy } from '../../electron/database/copies.ts'
import { closeDataFile } from '../../electron/database/folder.ts'
import { openDatabase } from '../../electron/database/open.ts'
import { temporaryFolder } from '../fixture.ts'
import {
  clock,
  ended,
  fill,
  grids,
  kill,
  nextLine,
  openFolder,
  startScript,
  startScriptDying,
  work,
} from './data-folder.ts'

/** A folder of its own with the same content. */
function copyOf(origin: string): string {
  const folder = temporaryFolder()
  cpSync(origin, folder, { recursive: true })
  return folder
}

const backupsOf = (folder: string) =>
  existsSync(join(folder, 'backups')) ? readdirSync(join(folder, 'backups')) : []

describe('a backup', () => {
  test('holds what was committed, while the desk goes on working', () => {
    const folder = temporaryFolder()
    const db = openFolder(folder)
    work(db, 5)
    const made = backUp(db, folder, 'demand', clock())
    work(db, 1)
    expect(made).toMatchObject({ name: 'desk-20261123T014100000Z-demand.sqlite3', at: clock().toISOString() })
    expect(listBackups(folder)).toEqual([made])
    const copy = openDatabase(join(folder, 'backups', made.name), { readonly: true })
    expect(grids(copy)).toBe(5)
    copy.close()
    db.close()
    // A look at a backup leaves nothing beside it.
    expect(backupsOf(folder)).toEqual(['audit.key', made.name])
  })

  test('made twice in the same moment gets a name of its own', () => {
    const folder = temporaryFolder()
    const db = openFolder(folder)
    const names = [1, 2, 3].map(() => backUp(db, folder, 'demand', clock()).name)
    expect(new Set(names).size).toBe(3)
    expect(listBackups(folder).map((backup) => backup.name)).toEqual(names.reverse())
    db.close()
  })

  test('made under a clock set back by years is not thinned out', () => {
    const folder = temporaryFolder()
    const db = openFolder(folder)
    for (let minute = 0; minute < 12; minute += 1) {
      backUp(db, folder, 'demand', new Date(clock().getTime() + minute * 60_000))
    }
    const { name } = backUp(db, folder, 'demand', new Date('2020-01-01T00:00:00.000Z'))
    expect(listBackups(folder).map((backup) => backup.name)).toContain(name)
    db.close()
  })

  test('of a file whose audit lost its end is not made', () => {
    const folder = temporaryFolder()
    const db = openFolder(folder)
    work(db, 3)
    db.exec('DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE id = 3')
    expect(() => backUp(db, folder, 'demand', clock())).toThrow('the audit and its head do not agree')
    expect(backupsOf(folder)).toEqual([])
    db.close()
  })
})

describe('at the close', () => {
  const close = (folder: string, times: number) => {
    const db = openFolder(folder)
    work(db, times)
    return closeDataFile({ db, folder, clock })
  }

  test('a backup is made when anything was written since the last one, and only then', () => {
    const folder = temporaryFolder()
    expect(close(folder, 0).backup).toBeNull()
    expect(close(folder, 2).backup).toMatchObject({ kind: 'close' })
    expect(close(folder, 0)).toEqual({ backup: null, problem: null })
    expect(close(folder, 1).backup).not.toBeNull()
    expect(listBackups(folder)).toHaveLength(2)
  })

  test('the log is empty and gone', () => {
    const folder = temporaryFolder()
    close(folder, 2)
    expect(readdirSync(folder).sort()).toEqual(['audit.key', 'backups', 'desk.sqlite3'])
  })
})

test('leftovers of a kill are swept at the start, and nothing else', () => {
  const folder = temporaryFolder()
  const db = openFolder(folder)
  const { name } = backUp(db, folder, 'demand', clock())
  db.close()
  const rubbish = [
    'backups/desk-20261123T094100123Z-demand.sqlite3.partial',
    'backups/desk-20261123T094100123Z-demand.sqlite3.partial-journal',
    'desk.sqlite3.making',
    'desk.sqlite3.making-wal',
    'desk.sqlite3.restoring',
    'audit.key.partial',
  ]
  for (const path of rubbish) writeFileSync(join(folder, path), 'half')
  writeFileSync(join(folder, 'backups', '说明.txt'), 'notes of the manager')
  mkdirSync(join(folder, 'set-aside'))
  sweepLeftovers(folder)
  expect(readdirSync(folder).sort()).toEqual(['audit.key', 'backups', 'desk.sqlite3', 'set-aside'])
  expect(backupsOf(folder).sort()).toEqual(['audit.key', name, '说明.txt'])
})

test('25 kills at random moments leave no unsound file under the name of a backup', async () => {
  const folder = temporaryFolder()
  const db = openFolder(folder)
  fill(db, 2000)
  db.close()
  const seen = { kills: 0, checked: 0, partial: 0 }
  for (; seen.kills < 25; seen.kills += 1) {
    const child = startScript('back-up-forever.ts', folder)
    await nextLine(child)
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 60))
    await kill(child)
    if (backupsOf(folder).some((name) => name.includes('.partial'))) seen.partial += 1
    for (const { name } of listBackups(folder)) {
      checkCopy(join(folder, 'backups', name))
      seen.checked += 1
    }
  }
  openFolder(folder).close()
  expect(backupsOf(folder).filter((name) => name.includes('.partial'))).toEqual([])
  console.info(
    `backups: ${seen.kills} kills, ${seen.partial} left a partial file, ${seen.checked} checks, 0 unsound`,
  )
})

test('killed before each of its steps, a backup is there and sound or not there', async () => {
  const origin = temporaryFolder()
  const db = openFolder(origin)
  work(db, 20)
  db.close()
  let finished = false
  const outcomes: number[] = []
  for (let step = 1; !finished; step += 1) {
    const folder = copyOf(origin)
    finished = (await ended(startScriptDying(step, 'back-up-once.ts', folder))) === 0
    const list = listBackups(folder)
    for (const { name } of list) checkCopy(join(folder, 'backups', name))
    outcomes.push(list.length)
    openFolder(folder).close()
    expect(backupsOf(folder).filter((name) => name.includes('.partial'))).toEqual([])
  }
  // None, none, …, one, one: there is a single step that makes it one.
  expect(outcomes).toEqual([...outcomes].sort())
  expect(outcomes[0]).toBe(0)
  expect(outcomes.at(-1)).toBe(1)
})
