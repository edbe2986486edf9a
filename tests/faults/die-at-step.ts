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
const waitingSteps = ['open', 'rename', 'mkdir', 'rm'] as const
const handleSteps = ['writeFile', 'sync'] as const
const last = Number(process.env.DIE_AT ?? Infinity)
let taken = 0

/** Counts calls of these functions as steps. */
export function count(owner: object, names: readonly string[]): void {
  for (const name of names) {
    const real = Reflect.get(owner, name) as (...parameters: unknown[]) => unknown
    Object.assign(owner, {
      [name](this: unknown, ...parameters: unknown[]) {
        taken += 1
        if (taken === last) process.kill(process.pid, 'SIGKILL')
        return real.apply(this, parameters)
      },
    })
  }
}

// What waits for the disk goes through the prototype of its handles.
const handle = await fs.promises.open(import.meta.filename)
const handles = Object.getPrototypeOf(handle) as object
await handle.close()
count(fs, steps)
count(fs.promises, waitingSteps)
count(handles, handleSteps)
syncBuiltinESMExports()
