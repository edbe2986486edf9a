import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FolderHeld, lockFolder } from '../../electron/database/lock.ts'
import { temporaryFolder } from '../fixture.ts'
import { ended, kill, nextLine, startScript } from './data-folder.ts'

const me = { host: 'desktop', pid: process.pid, startedAt: '2026-11-23T02:00:00.000Z' }

function refused(folder: string): FolderHeld {
  try {
    lockFolder(folder, me).release()
  } catch (error) {
    if (error instanceof FolderHeld) return error
    throw error
  }
  throw new Error('the folder was free')
}

test('a second process is refused and told who has the folder', async () => {
  const folder = temporaryFolder()
  const first = startScript('hold-lock.ts', folder)
  await nextLine(first)
  const { holder, message } = refused(folder)
  expect(holder).toEqual({ host: 'browser', pid: first.pid, startedAt: '2026-11-23T01:41:00.000Z' })
  expect(message).toContain(`browser, process ${first.pid}`)

  const third = startScript('hold-lock.ts', folder)
  await expect(nextLine(third)).rejects.toThrow(`browser, process ${first.pid}`)
  await kill(first)
})

test('a killed process leaves no lock behind, only an old name', async () => {
  const folder = temporaryFolder()
  const first = startScript('hold-lock.ts', folder)
  await nextLine(first)
  await kill(first)
  expect(existsSync(join(folder, 'desk.holder.json'))).toBe(true)
  lockFolder(folder, me).release()
})

test('a process that ends well frees the folder and takes its name away', async () => {
  const folder = temporaryFolder()
  const first = startScript('hold-lock.ts', folder)
  await nextLine(first)
  first.stdin!.end()
  expect(await ended(first)).toBe(0)
  expect(existsSync(join(folder, 'desk.holder.json'))).toBe(false)
  lockFolder(folder, me).release()
})

test('the same process cannot take it twice, and trying does not loosen the lock for others', async () => {
  const folder = temporaryFolder()
  const lock = lockFolder(folder, me)
  for (let time = 0; time < 3; time += 1) expect(refused(folder).holder).toEqual(me)
  await expect(nextLine(startScript('hold-lock.ts', folder))).rejects.toThrow('desktop')
  lock.release()
  lock.release()
  lockFolder(folder, me).release()
})

test('a held folder whose record is unreadable is refused all the same', async () => {
  const folder = temporaryFolder()
  const first = startScript('hold-lock.ts', folder)
  await nextLine(first)
  spawnSync('sh', ['-c', `echo junk > ${folder}/desk.holder.json`])
  expect(refused(folder).holder).toBeNull()
  await kill(first)
})
