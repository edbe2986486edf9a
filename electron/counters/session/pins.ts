import { randomBytes, scrypt, scryptSync, timingSafeEqual, type ScryptOptions } from 'node:crypto'
import { fail } from '../../workbench/errors.ts'

export type PinSecret = { salt: Buffer; hash: Buffer }

/** 32 MiB and about 60 ms a try; `argon2` does not exist in Electron's BoringSSL (design 6). */
const cost: ScryptOptions = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }
const hashBytes = 32

/** Guessers must not eat the desk's memory: two hashes at a time, a short queue, then WAIT. */
const atOnce = 2
const mostWaiting = 16
let running = 0
const waiting: (() => void)[] = []

async function hash(pin: string, salt: Buffer): Promise<Buffer> {
  if (running >= atOnce) {
    if (waiting.length >= mostWaiting) fail('WAIT', { seconds: 1 })
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  running += 1
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      scrypt(pin, salt, hashBytes, cost, (error, key) => (error ? reject(error) : resolve(key)))
    })
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}

export async function hashPin(pin: string): Promise<PinSecret> {
  const salt = randomBytes(16)
  return { salt, hash: await hash(pin, salt) }
}

/** For seeds and tests, where nobody waits; a generated dataset brings its own salt. */
export function hashPinNow(pin: string, salt: Buffer = randomBytes(16)): PinSecret {
  return { salt, hash: scryptSync(pin, salt, hashBytes, cost) }
}

export async function pinFits(pin: string, secret: PinSecret): Promise<boolean> {
  return timingSafeEqual(await hash(pin, secret.salt), secret.hash)
}
