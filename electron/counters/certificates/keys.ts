import { ed25519 } from '@noble/curves/ed25519.js'
import type { PublicKey } from '../../contract/certificate-check.ts'
import { row, rows, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import type { Context } from '../../workbench/workbench.ts'

export type SigningKey = { id: number; publicKey: Uint8Array; privateKey: Uint8Array }

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

/** How a statement names the key that signed it: the first eight characters of the public half. */
export const keyWord = (publicKey: Uint8Array) => base64url(publicKey).slice(0, 8)

const presentKey = (db: Database) =>
  row<SigningKey>(
    db,
    `SELECT id, public_key AS publicKey, private_key AS privateKey FROM signing_key WHERE retired_at IS NULL`,
  )

/** Puts a new pair in; part of the caller's act. Its private half lies in the data file and so in its backups. */
function makeKey(db: WritableDatabase, at: string): SigningKey {
  const { secretKey, publicKey } = ed25519.keygen()
  const { id } = write(
    db,
    'INSERT INTO signing_key (public_key, private_key, made_at) VALUES (?, ?, ?)',
    Buffer.from(publicKey),
    Buffer.from(secretKey),
    at,
  )
  return { id, publicKey, privateKey: secretKey }
}

/** The key that signs now, made when there is none yet. */
export function signingKey(context: Context): SigningKey {
  const { db, clock } = context.desk
  return (
    presentKey(db) ??
    act(context, { action: 'certificate.make-key', subject: 'certificate-setup' }, (file, note) => {
      const made = makeKey(file, clock().toISOString())
      note(null, { key: keyWord(made.publicKey) })
      return made
    })
  )
}

/** Every public key of this desk, newest first; empty before the first use. */
export function publicKeys(db: Database): PublicKey[] {
  return rows<{ id: number; key: Uint8Array; madeAt: string; retiredAt: string | null }>(
    db,
    `SELECT id, public_key AS key, made_at AS madeAt, retired_at AS retiredAt FROM signing_key ORDER BY id DESC`,
  ).map((found) => ({ ...found, key: base64url(found.key) }))
}

/** All keys, newest first; the first one is made by the first question. */
export function listKeys(context: Context): PublicKey[] {
  signingKey(context)
  return publicKeys(context.desk.db)
}

/** A new key signs from now on. The private half of the old one goes; what it signed stays checkable. */
export function rotateKey(context: Context, { reason }: { reason: string }): PublicKey[] {
  const before = signingKey(context)
  return act(
    context,
    { action: 'certificate.rotate-key', subject: 'certificate-setup', reason },
    (db, note) => {
      const at = context.desk.clock().toISOString()
      write(db, 'UPDATE signing_key SET retired_at = ?, private_key = NULL WHERE id = ?', at, before.id)
      const made = makeKey(db, at)
      note({ key: keyWord(before.publicKey) }, { key: keyWord(made.publicKey) })
      return publicKeys(db)
    },
  )
}
