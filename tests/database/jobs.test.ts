import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { appendAudit } from '../../electron/database/audit.ts'
import { listBackups } from '../../electron/database/backup.ts'
import { checkCopy } from '../../electron/database/copies.ts'
import { readAuditKey } from '../../electron/database/folder.ts'
import { startJob, type JobProgress } from '../../electron/database/jobs.ts'
import { transact } from '../../electron/database/open.ts'
import { temporaryFolder } from '../fixture.ts'
import { clock, fill, grids, openFolder, work, workerFile } from './data-folder.ts'

function deskWith(rows: number) {
  const folder = temporaryFolder()
  const db = openFolder(folder)
  work(db, 3)
  fill(db, rows)
  return { folder, db }
}

test('a backup in the worker is verified and listed, and the desk writes meanwhile', async () => {
  const { folder, db } = deskWith(3000)
  const job = startJob(workerFile, { kind: 'backup', folder, at: clock().toISOString() })
  work(db, 20)
  const name = await job
  expect(listBackups(folder).map((backup) => backup.name)).toEqual([name])
  expect(checkCopy(join(folder, 'backups', name)).auditRows).toBeGreaterThanOrEqual(3)
  expect(grids(db)).toBe(3023)
  db.close()
})

test('the check of a sound file says so', async () => {
  const { folder, db } = deskWith(100)
  expect(await startJob(workerFile, { kind: 'check', folder })).toEqual({ sound: true, detail: '' })
  db.close()
})

test('the check of a damaged file names the damage', async () => {
  const { folder, db } = deskWith(3000)
  db.close()
  const file = join(folder, 'desk.sqlite3')
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.fill(0, bytes.length - 40960, bytes.length - 20480))
  const { sound, detail } = await startJob(workerFile, { kind: 'check', folder })
  expect(sound).toBe(false)
  expect(detail).not.toBe('')
})

test('the audit is verified with progress', async () => {
  const { folder, db } = deskWith(0)
  const key = readAuditKey(folder)
  const entry = { operatorId: 1, deviceId: null, action: 'a', subject: 'b', reason: null, changes: null }
  transact(db, (file) => {
    for (let time = 0; time < 10_000; time += 1)
      appendAudit(file, key, { at: clock().toISOString(), ...entry })
  })
  const progress: JobProgress[] = []
  const verdict = await startJob(workerFile, { kind: 'verify-audit', folder }, (step) => progress.push(step))
  expect(verdict).toEqual({ rows: 10_003, firstBad: null, problem: null })
  expect(progress).toEqual([{ done: 10_000, total: 10_003 }])
  db.close()
})

test('a job that fails is told with its code', async () => {
  const folder = temporaryFolder()
  await expect(startJob(workerFile, { kind: 'check', folder })).rejects.toMatchObject({
    code: 'SQLITE_CANTOPEN',
  })
})

test('a cancelled backup ends with the reason and leaves nothing; one that was quicker is whole', async () => {
  const { folder, db } = deskWith(10_000)
  const names = () => (existsSync(join(folder, 'backups')) ? readdirSync(join(folder, 'backups')) : [])
  for (let time = 0; time < 5; time += 1) {
    const before = listBackups(folder).length
    const stop = new AbortController()
    const job = startJob(
      workerFile,
      { kind: 'backup', folder, at: clock().toISOString() },
      undefined,
      stop.signal,
    )
    while (!names().some((name) => name.endsWith('.partial')) && listBackups(folder).length === before) {
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    stop.abort(new Error('enough'))
    const ended = await job.catch((error: Error) => error)
    if (ended instanceof Error) {
      expect(ended.message).toBe('enough')
      expect(listBackups(folder)).toHaveLength(before)
    } else {
      checkCopy(join(folder, 'backups', ended))
    }
    expect(names().filter((name) => name.includes('.partial'))).toEqual([])
  }
  db.close()
  // The stopped threads' connections are gone too: the last one to close removes the log.
  expect(existsSync(join(folder, 'desk.sqlite3-wal'))).toBe(false)
})

test('a job cancelled before it began does not begin', async () => {
  const folder = temporaryFolder()
  const never = startJob(
    workerFile,
    { kind: 'check', folder },
    undefined,
    AbortSignal.abort(new Error('enough')),
  )
  await expect(never).rejects.toThrow('enough')
})
