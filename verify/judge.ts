import { ed25519 } from '@noble/curves/ed25519.js'
import { fromBase64url, readCode } from '../electron/contract/certificate-code.ts'
import type { Statement } from '../electron/contract/certificate-check.ts'
import type { Community } from './community.ts'

export type Verdict =
  { result: 'good'; statement: Statement } | { result: 'altered' | 'foreign' | 'unreadable' }

/** What this page can say of a code, without asking anybody. As the desk judges it (counters/certificates/statement.ts). */
export function judge(text: string, keys: Community['keys']): Verdict {
  const code = readCode(text)
  if (!code) return { result: 'unreadable' }
  const known = keys.find(({ key }) => key.slice(0, 8) === code.statement.key)
  const key = known ? fromBase64url(known.key) : null
  if (!key) return { result: 'foreign' }
  const fits = ed25519.verify(code.signature, code.signed, key, { zip215: false })
  return fits ? { result: 'good', statement: code.statement } : { result: 'altered' }
}
