import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { verifyAudit } from '../../electron/database/audit.ts'
import { backUp, listBackups } from '../../electron/database/backup.ts'
import { closeDataFile } from '../../electron/database/folder.ts'
import { startJob } from '../../electron/database/jobs.ts'
import { lockFolder } from '../../electron/database/lock.ts'
import { write, type Database } from '../../electron/database/open.ts'
import { Refusal } from '../../electron/database/refusal.ts'
import { act } from '../../electron/workbench/act.ts'
import type { Context, Workbench } from '../../electron/workbench/workbench.ts'
import { clock, fill, grids, keyOf, openFolder, work, workerFile } from './data-folder.ts'
import { smallDisk } from './small-disk.ts'

function contextOf(db: Database, folder: string): Context {
  const published = () => {}
  return {
    desk: { db, folder, clock, auditKey: keyOf(db), publish: published } as unknown as Workbench,
    operator: null,
    deviceId: null,
  }
}

test('on a full disk a write says STORAGE_FULL, reading goes on, and work resumes with space', (test) => {
  const disk = smallDisk(test, 6)
  const db = openFolder(disk.folder)
  const context = contextOf(db, disk.folder)
  const addGrid = (name: string) =>
    act(context, { action: 'grid.add', subject: 'grid:1' }, (file) =>
      write(file, 'INSERT INTO grid (name, area) VALUES (?, ?)', name, name.repeat(3000)),
    )
  addGrid('before')
  disk.fillUp()
  let refused = 0
  for (let time = 0; time < 50; time += 1) {
    const count = grids(db)
    try {
      addGrid(`full ${time}`)
    } catch (error) {
      expect(error).toMatchObject({ code: 'STORAGE_FULL' })
      expect(db.inTransaction).toBe(false)
      expect(grids(db)).toBe(count)
      refused += 1
    }
  }
  expect(refused).toBeGreaterThanOrEqual(45)
  disk.makeRoom()
  const count = grids(db)
  addGrid('after')
  expect(grids(db)).toBe(count + 1)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(verifyAudit(db, keyOf(db))).toMatchObject({ firstBad: null, rows: count + 1 })
  db.close()
})

test('a backup on a full disk leaves nothing under any name, here and in the worker', async (test) => {
  const disk = smallDisk(test, 6)
  const db = openFolder(disk.folder)
  work(db, 3)
  fill(db, 1500)
  const sound = backUp(db, disk.folder, 'demand', clock())
  for (let time = 0; time < 5; time += 1) {
    disk.fillUp()
    expect(() => backUp(db, disk.folder, 'demand', clock())).toThrow(
      expect.objectContaining({ code: 'SQLITE_FULL' }),
    )
    const job = { kind: 'backup', folder: disk.folder, at: clock().toISOString() } as const
    await expect(startJob(workerFile, job)).rejects.toMatchObject({ code: 'SQLITE_FULL' })
    expect(readdirSync(join(disk.folder, 'backups'))).toEqual(['audit.key', sound.name])
  }
  disk.makeRoom()
  backUp(db, disk.folder, 'demand', clock())
  expect(listBackups(disk.folder)).toHaveLength(2)
  db.close()
})

test('a desk on a full disk closes all the same and says why there is no backup', (test) => {
  const disk = smallDisk(test, 6)
  const db = openFolder(disk.folder)
  work(db, 3)
  fill(db, 1500)
  disk.fillUp()
  const { backup, problem } = closeDataFile({ db, folder: disk.folder, clock })
  expect(backup).toBeNull()
  expect(problem).toMatchObject({ code: 'SQLITE_FULL' })
  expect(db.open).toBe(false)
  disk.makeRoom()
  const again = openFolder(disk.folder)
  expect(grids(again)).toBe(1503)
  again.close()
})

test('a folder on a full disk is refused as unwritable, not as damaged', (test) => {
  const disk = smallDisk(test, 6)
  openFolder(disk.folder).close()
  disk.fillUp()
  const refusal = (open: () => unknown) => {
    try {
      open()
    } catch (error) {
      if (error instanceof Refusal) return error.kind
      throw error
    }
  }
  expect(refusal(() => openFolder(disk.folder))).toBe('unwritable')
  const holder = { host: 'browser', pid: 1, startedAt: '' }
  expect(refusal(() => lockFolder(disk.folder, holder))).toBe('unwritable')
  disk.makeRoom()
  openFolder(disk.folder).close()
})
