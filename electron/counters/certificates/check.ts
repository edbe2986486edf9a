import { readCode } from '../../contract/certificate-code.ts'
import type { Statement } from '../../contract/certificate-check.ts'
import { row, type Database } from '../../database/open.ts'
import type { Context } from '../../workbench/workbench.ts'
import { publicKeys } from './keys.ts'
import { numberTyped } from './list.ts'
import { isSound } from './sound.ts'
import { judge } from './statement.ts'

type Found = {
  id: number
  code: string
  voidReason: string | null
  replacedBy: string | null
}

type Checked = {
  result: 'good' | 'unreadable' | 'altered' | 'foreign' | 'unknown' | 'edited'
  statement: Statement | null
  certificateId: number | null
  standing: 'valid' | 'void' | 'superseded' | null
  voidReason: string
  replacedBy: string | null
}

const nothing = { certificateId: null, standing: null, voidReason: '', replacedBy: null }

const findByNumber = (db: Database, number: string) =>
  row<Found>(
    db,
    `SELECT c.id, c.statement AS code, v.reason AS voidReason,
       (SELECT number FROM certificate WHERE replaces_id = c.id) AS replacedBy
     FROM certificate AS c LEFT JOIN certificate_void AS v ON v.certificate_id = c.id
     WHERE c.number = ?`,
    number,
  )

/** The code without the address in front of it, which may have moved since. */
const bare = (code: string) => code.trim().replace(/^[^#]*#/, '')

function standing(context: Context, found: Found, statement: Statement | null): Checked {
  const isVoid = found.voidReason !== null
  return {
    result: isSound(context.desk, found.id) ? 'good' : 'edited',
    statement,
    certificateId: found.id,
    standing: !isVoid ? 'valid' : found.replacedBy === null ? 'void' : 'superseded',
    voidReason: found.voidReason ?? '',
    replacedBy: found.replacedBy,
  }
}

/** The desk's own check of a scanned code or a typed number: what it says, whether it was altered, and how it stands. */
export function checkCode(context: Context, text: string): Checked {
  const { db } = context.desk
  const code = readCode(text)
  if (!code) {
    const typed = numberTyped(text)
    if (!typed || !('whole' in typed)) return { result: 'unreadable', statement: null, ...nothing }
    const found = findByNumber(db, typed.whole)
    if (found) return standing(context, found, readCode(found.code)?.statement ?? null)
    return { result: 'unknown', statement: null, ...nothing }
  }
  const { statement } = code
  const judged = judge(code, publicKeys(db))
  if (judged !== 'fits') return { result: judged, statement: null, ...nothing }
  const found = findByNumber(db, statement.number)
  // Signed by this desk and not in its file: an older backup stands here, or somebody took the row out.
  if (!found) return { result: 'unknown', statement, ...nothing }
  if (bare(found.code) !== bare(text)) return { ...standing(context, found, statement), result: 'edited' }
  return standing(context, found, statement)
}
