import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, type TestContext } from 'vitest'
import { verifyAudit } from '../../electron/database/audit.ts'
import { listBackups } from '../../electron/database/backup.ts'
import { checkCopy } from '../../electron/database/copies.ts'
import { temporaryFolder } from '../fixture.ts'
import { grids, keyOf, kill, nextLine, openFolder, startScript } from './data-folder.ts'

const cuts = 8

/** Stops a file system as a power cut would: what was not synced by now never reaches the disk. */
const cutPower = `
import fcntl, os, struct, sys
fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587d, struct.pack('I', 2))`

/** A disk in a file whose power can be cut; needs root, loop devices, ext4's tools and Python for the ioctl. */
function disk({ skip }: TestContext) {
  if (process.platform !== 'linux') return skip('power can only be cut on Linux')
  if (process.getuid!() !== 0) return skip('only root can cut the power of a disk')
  const run = (command: string, ...args: string[]) => {
    const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
    return status === 0 ? null : `${command}: ${stderr || 'not here'}`
  }
  const base = temporaryFolder()
  const [image, place] = [join(base, 'image'), join(base, 'disk')]
  mkdirSync(place)
  const plugIn = () => run('mount', '-o', 'loop', image, place)
  const problem =
    run('python3', '-c', '') ??
    run('truncate', '-s', '48M', image) ??
    run('mkfs.ext4', '-q', image) ??
    plugIn()
  if (problem) return skip(`no disk to cut the power of: ${problem}`)
  onTestFinished(() => void run('umount', '-l', place))
  return {
    folder: join(place, 'desk'),
    cut: () => run('python3', '-c', cutPower, place),
    replug: () => run('umount', place) ?? plugIn(),
  }
}

test('when the power goes, nothing acknowledged is lost and every backup that has a name is whole', async (test) => {
  const { folder, cut, replug } = disk(test)
  const told = { grids: 0, backups: new Set<string>() }
  let acknowledged = 0
  let known = 0
  for (let time = 0; time < cuts; time += 1) {
    const child = startScript('work-forever.ts', folder)
    let rest = ''
    child.stdout!.on('data', (data: Buffer) => {
      const lines = (rest + data.toString()).split('\n')
      rest = lines.pop()!
      for (const line of lines) {
        if (line.startsWith('desk-')) told.backups.add(line)
        else told.grids = Number(line)
      }
    })
    await nextLine(child)
    await new Promise((resolve) => setTimeout(resolve, 60 + Math.random() * 190))
    // Only what we heard before counts: after a real cut nobody says anything any more, but here the process lives
    // on for a moment, and ext4 lets an fsync caught in the middle of a shutdown succeed without having written.
    const before = { grids: told.grids, backup: [...told.backups].at(-1) }
    expect(cut()).toBeNull()
    await kill(child)
    expect(replug()).toBeNull()

    const db = openFolder(folder)
    expect(grids(db)).toBeGreaterThanOrEqual(before.grids)
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(verifyAudit(db, keyOf(db))).toMatchObject({ firstBad: null, rows: grids(db) })
    acknowledged += before.grids - known
    known = told.grids = grids(db)
    db.close()
    if (before.backup) expect(listBackups(folder).map((backup) => backup.name)).toContain(before.backup)
    for (const { name } of listBackups(folder)) checkCopy(join(folder, 'backups', name))
  }
  const made = listBackups(folder).map((backup) => backup.name)
  console.info(
    `power: ${cuts} cuts, ${acknowledged} acknowledged, 0 lost, ${told.backups.size} backups told, ${made.length} kept`,
  )
  expect(acknowledged).toBeGreaterThan(cuts)
})
