import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { verifyFolder } from './audit-check.ts'
import { inspectFile } from './inspect.ts'
import { openDatabase } from './open.ts'
import { placesOf } from './place.ts'

/*
 * npm run audit:verify -- --data DIR
 * Recomputes the audit chain of a data folder and compares it with the backups, also while a desk has it open (it only reads).
 * Exit code: 0 every row fits, 1 the audit was tampered with, 2 it could not be checked.
 */

function cannot(why: string): never {
  console.error(why)
  process.exit(2)
}

function readFolder(): string {
  try {
    const { values } = parseArgs({ options: { data: { type: 'string' } } })
    if (values.data) return resolve(values.data)
  } catch (error) {
    cannot((error as Error).message)
  }
  return cannot('usage: npm run audit:verify -- --data DIR')
}

const folder = readFolder()
const { file, auditKey } = placesOf(folder)
// Before a connection is open, plain reads are harmless; a foreign file is not even opened.
const verdict = inspectFile(file, Number.MAX_SAFE_INTEGER)
if (verdict.kind === 'absent') cannot(`${file}: no such file`)
// The rest is for the driver to say: beside a desk that writes just now, plain reads may see half a step.
if (verdict.kind === 'foreign') cannot(`${file}: ${verdict.detail}`)
if (!existsSync(auditKey)) cannot(`${auditKey}: the key is missing, so nothing can be said about the audit`)

try {
  const db = openDatabase(file, { readonly: true })
  const { rows, firstBad, problem } = verifyFolder(folder, db)
  db.close()
  if (firstBad === null) {
    console.log(`${rows} audit rows, every one fits the chain`)
  } else {
    console.log(`${rows} audit rows fit the chain, then at row ${firstBad}: ${problem}`)
    process.exitCode = 1
  }
} catch (error) {
  cannot(`${file}: ${(error as Error).message}`)
}
