import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/*
 * Imported first by a script: SIGKILLs the process right before its nth step on the file system (DIE_AT=n), so that a
 * test can walk through every state a kill can leave behind. Without DIE_AT nothing happens.
 */

const steps = [
  'openSync',
  'writeSync',
  'fsyncSync',
  'renameSync',
  'copyFileSync',
  'rmSync',
  'mkdirSync',
] as const
const last = Number(process.env.DIE_AT ?? Infinity)
let taken = 0

for (const step of steps) {
  const real = fs[step] as (...parameters: unknown[]) => unknown
  Object.assign(fs, {
    [step]: (...parameters: unknown[]) => {
      taken += 1
      if (taken === last) process.kill(process.pid, 'SIGKILL')
      return real(...parameters)
    },
  })
}
syncBuiltinESMExports()
