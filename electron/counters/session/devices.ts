import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { value, write } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail } from '../../workbench/errors.ts'
import type { Workbench } from '../../workbench/workbench.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest()

/** The desk's own window needs no pairing; it is device 0. */
const ownWindow = 0

export type Devices = {
  /** The device of a token, or null. Without a pairing code every caller is the desk's own window. */
  find(desk: Workbench | null, token: string | null): number | null
  pair(desk: Workbench | null, code: string): string
}

/**
 * Paired screens. The code works once; tokens are kept as hashes in the file, and in memory while the file itself
 * is refused (then the trouble screen still has somebody to talk to).
 */
export function openDevices(pairingCode: string | undefined): Devices {
  let code = pairingCode
  const inMemory = new Map<string, number>()

  return {
    find(desk, token) {
      if (pairingCode === undefined) return ownWindow
      if (!token) return null
      const hash = sha256(token)
      const stored = desk && value<number>(desk.db, 'SELECT id FROM device WHERE token_hash = ?', hash)
      // Remembered, so that a screen at work is still known when the file goes bad under it.
      if (stored) inMemory.set(hash.toString('hex'), stored)
      return stored || (inMemory.get(hash.toString('hex')) ?? null)
    },
    pair(desk, given) {
      if (!code || !timingSafeEqual(sha256(given), sha256(code))) fail('UNPAIRED')
      const token = randomBytes(32).toString('base64url')
      const hash = sha256(token)
      if (desk) {
        const at = desk.clock().toISOString()
        act(
          { desk, operator: null, deviceId: null },
          { action: 'session.pair', subject: (id: number) => `device:${id}` },
          (db) =>
            write(
              db,
              'INSERT INTO device (token_hash, name, created_at) VALUES (?, ?, ?)',
              hash,
              '浏览器',
              at,
            ).id,
        )
      } else {
        inMemory.set(hash.toString('hex'), ownWindow)
      }
      code = undefined
      return token
    },
  }
}
