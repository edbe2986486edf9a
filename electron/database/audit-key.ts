import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { keyFits } from './audit.ts'
import { writeDurably } from './files.ts'
import { openDatabase, value } from './open.ts'
import { placesOf } from './place.ts'
import { asRefusal, Refusal } from './refusal.ts'

const keyBytes = 32

function readKey(file: string): Buffer {
  const key = readFileSync(file)
  if (key.length !== keyBytes) {
    throw new Refusal('corrupt', file, `the audit key is ${key.length} bytes long instead of ${keyBytes}`)
  }
  return key
}

/**
 * The key of the folder's audit chain, made at the first use.
 *
 * When the key is gone but there are audit rows, a new key would break the chain without a word: every row so far
 * would look forged, and a forger could have "lost" the key on purpose. So then
 * - the copy beside the backups is taken, if it made these rows (a folder put together on a new computer from its
 *   backups alone opens without more ado);
 * - otherwise the folder is refused, saying which file has to come back.
 */
export function readAuditKey(folder: string): Buffer {
  const { file, auditKey, auditKeyCopy } = placesOf(folder)
  try {
    if (existsSync(auditKey)) return readKey(auditKey)
    const copy = existsSync(auditKeyCopy) ? readKey(auditKeyCopy) : null
    const key = copy && fits(file, copy) ? copy : null
    if (!key && hasAudit(file)) {
      const detail = 'the key of the audit chain is missing; put audit.key back from a copy of this folder'
      throw new Refusal('corrupt', auditKey, detail)
    }
    const made = key ?? randomBytes(keyBytes)
    writeDurably(auditKey, made)
    return made
  } catch (error) {
    throw asRefusal(auditKey, error)
  }
}

// Through the driver, not by plain reads: the desk may have the file open already (files.ts).
function ask<Answer>(
  file: string,
  question: (db: ReturnType<typeof openDatabase>) => Answer,
  none: Answer,
): Answer {
  if (!existsSync(file)) return none
  const db = openDatabase(file, { readonly: true })
  try {
    return question(db)
  } finally {
    db.close()
  }
}

const hasAudit = (file: string) =>
  ask(file, (db) => value<number>(db, 'SELECT EXISTS (SELECT 1 FROM audit)') === 1, false)

const fits = (file: string, key: Buffer) => ask(file, (db) => keyFits(db, key), true)
