import type { Statement } from './certificate-check.ts'

/*
 * Reading the text of a QR code, for the desk and for verify.html alike: nothing is imported here, so that the page stays
 * small. Whether the signature fits is asked by who has the keys.
 */

/** A code taken apart; nothing of it is to be believed before the signature fits. */
export type ReadCode = {
  statement: Statement
  /** What was signed, and the 64 bytes of the signature (RFC 8032). */
  signed: Uint8Array
  signature: Uint8Array
}

const kinds: readonly string[] = [
  'record',
  'star',
  'pioneer',
  'thanks',
  'noon-helper',
] satisfies Statement['kind'][]

/** How a code begins: the form's first edition. */
export const codePrefix = 'OSC1'

const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Bytes of base64url without padding; null where the same bytes would be written otherwise: one text, one meaning. */
export function fromBase64url(text: string): Uint8Array | null {
  if (text.length % 4 === 1) return null
  const bytes: number[] = []
  let [held, bits] = [0, 0]
  for (const sign of text) {
    const value = signs.indexOf(sign)
    if (value < 0) return null
    held = ((held << 6) | value) & 0xfff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >> bits) & 0xff)
  }
  // What is left over in the last sign says nothing, and so has to be nothing.
  return (held & ((1 << bits) - 1)) === 0 ? Uint8Array.from(bytes) : null
}

/** Plain signs only: a code has no others before it is taken apart. */
const asBytes = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0))

/** UTF-8; throws on bytes that are none. */
const asText = (bytes: Uint8Array) =>
  decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''))

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isDay = (value: unknown): value is string => isText(value) && /^\d{4}-\d\d-\d\d$/.test(value)
const isDayOrNull = (value: unknown): value is string | null => value === null || isDay(value)

function statementOf(bytes: Uint8Array): Statement | null {
  let list: unknown
  try {
    list = JSON.parse(asText(bytes))
  } catch {
    return null
  }
  if (!Array.isArray(list) || list.length !== 9) return null
  const [number, kind, name, minutes, from, to, body, day, key] = list as unknown[]
  const isWhole = minutes === null || Number.isSafeInteger(minutes)
  if (!isText(number) || !isText(kind) || !kinds.includes(kind) || !isText(name) || !isWhole) return null
  if (!isDayOrNull(from) || !isDayOrNull(to) || !isText(body) || !isDay(day) || !isText(key)) return null
  const minutesOf = minutes as number | null
  return { number, kind: kind as Statement['kind'], name, minutes: minutesOf, from, to, body, day, key }
}

/** What a scanner read or a person pasted, with or without the address in front; null when it is no code of this form. */
export function readCode(text: string): ReadCode | null {
  const code = text.trim().replace(/^[^#]*#/, '')
  const [prefix, payload, signature, ...more] = code.split('.')
  if (prefix !== codePrefix || !payload || !signature || more.length > 0) return null
  const [bytes, sign] = [fromBase64url(payload), fromBase64url(signature)]
  if (!bytes || sign?.length !== 64) return null
  const statement = statementOf(bytes)
  return statement && { statement, signed: asBytes(`${prefix}.${payload}`), signature: sign }
}
