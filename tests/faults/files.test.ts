import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createOperator } from '../../electron/counters/session/operators.ts'
import { knownPhotos, takePhotos } from '../../electron/counters/visits/photos.ts'
import { rows, transact, value, type Database } from '../../electron/database/open.ts'
import { sweepFiles } from '../../electron/workbench/file-sweep.ts'
import { pathsOf, storeFile, type StoredFile } from '../../electron/workbench/files.ts'
import type { Context, Workbench } from '../../electron/workbench/workbench.ts'
import { clock, ended, keyOf, openFolder, startScriptDying } from '../database/data-folder.ts'
import { smallDisk } from '../database/small-disk.ts'
import { temporaryFolder, testPin } from '../fixture.ts'
import { filesOnDisk, jpeg, pdf, photoTakenAt } from '../workbench/sample-files.ts'

/** A data folder with one operator, who stores. */
function makeFolder(folder: string): void {
  const db = openFolder(folder)
  transact(db, (file) =>
    createOperator(file, { name: '前台', role: 'clerk', secret: testPin, at: clock().toISOString() }),
  )
  db.close()
}

function contextOf(db: Database, folder: string): Context {
  const desk = { db, folder, clock, auditKey: keyOf(db), publish: () => {} } as unknown as Workbench
  return { desk, operator: { id: 1, name: '前台', role: 'clerk' }, deviceId: null }
}

/** The files that rows name, as `filesOnDisk` lists them. */
function namedFiles(db: Database, folder: string): string[] {
  return rows<StoredFile>(db, 'SELECT sha256, kind FROM file')
    .flatMap((file) => Object.values(pathsOf(folder, file)))
    .filter((path) => path !== null)
    .map((path) => path.slice(join(folder, 'files').length + 1))
    .sort()
}

const photosOf = (db: Database) => value<number>(db, 'SELECT count(*) FROM visit_photo')!

/** What an import does with one photo, begun anew: sends it and takes it in, unless it came before. */
async function importAgain(context: Context, bytes: Buffer): Promise<void> {
  const hash = createHash('sha256').update(bytes).digest('hex')
  if (knownPhotos(context.desk.db, [hash]).length > 0) return
  const { id } = await storeFile(context, { name: '照片.jpg', bytes })
  takePhotos(context, { fileIds: [id] })
}

test(
  'killed before each of its steps, an import never leaves a row without its file, nor after a sweep a file without its row',
  async () => {
    const left = { nothing: 0, partial: 0, unnamed: 0, stored: 0, taken: 0 }
    const bytes = await jpeg()
    let finished = false
    for (let step = 1; !finished; step += 1) {
      const folder = temporaryFolder()
      makeFolder(folder)
      const end = await ended(startScriptDying(step, 'store-once.ts', folder))
      expect([0, 'SIGKILL']).toContain(end)
      finished = end === 0

      const db = openFolder(folder)
      const found = filesOnDisk(folder)
      const named = namedFiles(db, folder)
      for (const path of named) expect(existsSync(join(folder, 'files', path))).toBe(true)
      if (found.some((path) => path.endsWith('.partial'))) left.partial += 1
      else if (found.length === 0) left.nothing += 1
      else if (named.length === 0) left.unnamed += 1
      else if (photosOf(db) === 0) left.stored += 1
      else left.taken += 1

      await sweepFiles(contextOf(db, folder))
      expect(filesOnDisk(folder)).toEqual(named)
      // What was there whole is kept, under the table or aside.
      const aside = filesOnDisk(folder, 'set-aside/files')
      expect(named.length + aside.length).toBe(found.filter((path) => !path.endsWith('.partial')).length)
      expect(value(db, "SELECT count(*) FROM audit WHERE action = 'file.store'")).toBe(named.length / 2)

      // The same folder once more: it goes on where it stopped, and nothing is there twice.
      await importAgain(contextOf(db, folder), bytes)
      expect(photosOf(db)).toBe(1)
      const whole = namedFiles(db, folder)
      expect(new Set(whole)).toEqual(new Set(filesOnDisk(folder)))
      expect(new Set(whole).size).toBe(2)
      db.close()
    }
    console.info(
      `files: killed at ${Object.values(left).reduce((sum, count) => sum + count, 0) - 1} steps`,
      left,
    )
    expect(left.stored).toBeGreaterThanOrEqual(1)
    expect(left.taken).toBeGreaterThanOrEqual(1)
    for (const count of [left.nothing, left.partial, left.unnamed]) expect(count).toBeGreaterThan(1)
  },
  3 * 60_000,
)

test('a disk that fills up at any point leaves nothing of a file behind, and takes it when there is room', async (test) => {
  const disk = smallDisk(test, 6)
  makeFolder(disk.folder)
  const db = openFolder(disk.folder)
  const context = contextOf(db, disk.folder)
  const photo = await jpeg(1600, 1200)
  const letter = pdf('', 150_000)
  const before = await storeFile(context, { name: 'before.pdf', bytes: pdf('before') })
  const kept = filesOnDisk(disk.folder)
  const audited = value<number>(db, 'SELECT count(*) FROM audit')!

  let refused = 0
  for (const bytes of [photo, letter]) {
    for (let free = 0; ; free += 16_384) {
      disk.fillUp(free)
      try {
        await storeFile(context, { name: 'full', bytes })
        break
      } catch (error) {
        expect(error).toMatchObject({ code: 'STORAGE_FULL' })
        refused += 1
      }
      expect(db.inTransaction).toBe(false)
      expect(namedFiles(db, disk.folder)).toEqual(filesOnDisk(disk.folder))
      disk.makeRoom()
    }
    disk.makeRoom()
  }
  expect(refused).toBeGreaterThan(10)
  expect(value(db, 'SELECT count(*) FROM file')).toBe(3)
  expect(value(db, 'SELECT count(*) FROM audit')).toBe(audited + 2)
  expect(filesOnDisk(disk.folder)).toHaveLength(kept.length + 3)
  expect(filesOnDisk(disk.folder)).toEqual(expect.arrayContaining(kept))
  expect(before.id).toBe(1)
  db.close()
})

test('an import that meets a full disk loses nothing, and goes on without doubles when there is room', async (test) => {
  const disk = smallDisk(test, 6)
  makeFolder(disk.folder)
  const db = openFolder(disk.folder)
  const context = contextOf(db, disk.folder)
  const card = await Promise.all(
    Array.from({ length: 6 }, (_, index) => photoTakenAt('2026:11:20 08:00:00', 2 * index + 3)),
  )
  disk.fillUp(600_000)
  // As the screen does: the first that does not go stops it.
  let taken = 0
  await expect(
    (async () => {
      for (const bytes of card) {
        await importAgain(context, bytes)
        taken += 1
      }
    })(),
  ).rejects.toMatchObject({ code: 'STORAGE_FULL' })
  expect(taken).toBeGreaterThan(0)
  expect(photosOf(db)).toBe(taken)
  expect(namedFiles(db, disk.folder)).toEqual(filesOnDisk(disk.folder))

  disk.makeRoom()
  for (const bytes of card) await importAgain(context, bytes)
  expect(photosOf(db)).toBe(card.length)
  expect(namedFiles(db, disk.folder)).toEqual(filesOnDisk(disk.folder))
  expect(value(db, 'SELECT count(*) FROM file')).toBe(card.length)
  db.close()
})
