import { z } from 'zod'
import { procedure } from './access.ts'
import { day, id, instant, reason } from './fields.ts'
import { certificateKinds, readers, standings } from './certificate-records.ts'

/*
 * The text of a QR code: `OSC1.<statement>.<signature>`, both base64url; in front of it, where a community hosts verify.html,
 * its address and `#`. The statement is a JSON list of fixed order (statementOf in this file), UTF-8; the signature is Ed25519
 * (RFC 8032) over the bytes `OSC1.<statement>`.
 */

/** What was certified, as anyone can read it. */
export const statement = z.object({
  number: z.string(),
  kind: z.enum(certificateKinds),
  /** Masked: 张*三. */
  name: z.string(),
  minutes: z.int().nullable(),
  from: day.nullable(),
  to: day.nullable(),
  body: z.string(),
  day,
  /** First eight characters of the public key's base64url: which key signed. */
  key: z.string(),
})
export type Statement = z.infer<typeof statement>

/** The fixed order of the list that is signed. */
export const statementOrder = [
  'number',
  'kind',
  'name',
  'minutes',
  'from',
  'to',
  'body',
  'day',
  'key',
] as const

export const publicKey = z.object({
  id,
  /** base64url of the 32 bytes. */
  key: z.string(),
  madeAt: instant,
  retiredAt: instant.nullable(),
})
export type PublicKey = z.infer<typeof publicKey>

/** Part of `certificates`. */
export const certificateCheckProcedures = {
  /**
   * The desk's own check of a scanned code or a typed number. `unreadable`: no code of ours; `altered`: the signature does
   * not fit; `foreign`: signed by a key this desk never had; `unknown`: signed by us, but not in this file; `edited`: what
   * stands in the file is not what was issued and done (`sound` of a certificate).
   */
  check: procedure(readers)
    .input(z.strictObject({ text: z.string().max(2000) }))
    .output(
      z.object({
        result: z.enum(['good', 'unreadable', 'altered', 'foreign', 'unknown', 'edited']),
        statement: statement.nullable(),
        certificateId: id.nullable(),
        standing: z.enum(standings).nullable(),
        voidReason: z.string(),
        replacedBy: z.string().nullable(),
      }),
    ),

  /** All keys, newest first; the first one is made by the first question. */
  keys: procedure(readers).input(z.strictObject({})).output(z.array(publicKey)),

  /** A new key signs from now on; what older ones signed stays checkable. */
  rotateKey: procedure(['manager']).input(z.strictObject({ reason })).output(z.array(publicKey)),

  /** verify.html with this community's name and keys in it, ready for any web host or a USB stick. */
  verifyPage: procedure(readers)
    .input(z.strictObject({}))
    .output(z.object({ fileName: z.string(), base64: z.string() })),
}
