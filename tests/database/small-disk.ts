import { spawnSync } from 'node:child_process'
import { closeSync, openSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished, type TestContext } from 'vitest'
import { temporaryFolder } from '../fixture.ts'

/** A disk of a few megabytes that can be filled up; only root may have one. */
export function smallDisk({ skip }: TestContext, megabytes: number) {
  const folder = temporaryFolder()
  if (process.platform !== 'linux') return skip('a small disk is only mounted on Linux')
  if (process.getuid!() !== 0) return skip('a small disk can only be mounted by root')
  const mounted = spawnSync('mount', [
    '-t',
    'tmpfs',
    '-o',
    `size=${megabytes}m,mode=700`,
    'desk-test',
    folder,
  ])
  if (mounted.status !== 0) return skip(`no small disk here: ${mounted.stderr.toString()}`)
  onTestFinished(() => {
    spawnSync('umount', ['-l', folder])
  })
  const ballast = join(folder, 'ballast')
  return {
    folder,
    /** Leaves no byte free, or so many. */
    fillUp(free = 0) {
      const file = openSync(ballast, 'a')
      for (const size of [65536, 4096]) {
        try {
          for (;;) writeSync(file, Buffer.alloc(size))
        } catch {
          // Full for this size.
        }
      }
      closeSync(file)
      if (free > 0) truncateSync(ballast, statSync(ballast).size - free)
    },
    makeRoom: () => rmSync(ballast),
  }
}
