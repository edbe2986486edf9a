import { ed25519 } from '@noble/curves/ed25519.js'
import { codePrefix, fromBase64url, type ReadCode } from '../../contract/certificate-code.ts'
import { statementOrder, type PublicKey, type Statement } from '../../contract/certificate-check.ts'
import { keyWord, type SigningKey } from './keys.ts'

/**
 * The text of the QR code: what was certified, signed by this key. With the address of a hosted verify.html in front, so
 * that any phone opens it; after `#`, so that the address's host never learns what was checked.
 */
export function signStatement(
  statement: Omit<Statement, 'key'>,
  key: Pick<SigningKey, 'publicKey' | 'privateKey'>,
  verifyUrl = '',
): string {
  const whole: Statement = { ...statement, key: keyWord(key.publicKey) }
  const list = JSON.stringify(statementOrder.map((field) => whole[field]))
  const signed = `${codePrefix}.${Buffer.from(list).toString('base64url')}`
  const signature = Buffer.from(ed25519.sign(Buffer.from(signed), key.privateKey)).toString('base64url')
  return `${verifyUrl === '' ? '' : `${verifyUrl}#`}${signed}.${signature}`
}

/** Whether the signature fits; `foreign` where none of these keys is the one that the statement names. */
export function judge(
  code: ReadCode,
  keys: readonly Pick<PublicKey, 'key'>[],
): 'fits' | 'altered' | 'foreign' {
  const key = keys.find((known) => known.key.startsWith(code.statement.key))
  const bytes = key && code.statement.key.length === 8 ? fromBase64url(key.key) : null
  if (!bytes) return 'foreign'
  // Without `zip215`: only the one encoding of RFC 8032 counts.
  return ed25519.verify(code.signature, code.signed, bytes, { zip215: false }) ? 'fits' : 'altered'
}
