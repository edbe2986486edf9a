import { mkdirSync, mkdtempSync, rmSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { Refusal } from '../../electron/database/folder.ts'
import { openDatabase } from '../../electron/database/open.ts'
import { temporaryFolder } from '../fixture.ts'
import { fill, openFolder, sha256, work } from './data-folder.ts'

const pageSize = 4096

/** The same numbers on every run, so that the shares below are the same too. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

type Damage = (bytes: Buffer, next: (below: number) => number) => Buffer

const damages: Record<string, { damage: Damage; atStart: number; byCheck: number }> = {
  'cut off at any byte': {
    damage: (bytes, next) => bytes.subarray(0, next(bytes.length - pageSize)),
    atStart: 1,
    byCheck: 1,
  },
  'junk from the first byte': {
    damage: (bytes, next) => Buffer.from(bytes.map(() => next(256))),
    atStart: 1,
    byCheck: 1,
  },
  'first page zeroed': { damage: (bytes) => bytes.fill(0, 0, pageSize), atStart: 1, byCheck: 1 },
  'another page zeroed': {
    damage: (bytes, next) => {
      const page = 1 + next(bytes.length / pageSize - 1)
      return bytes.fill(0, page * pageSize, (page + 1) * pageSize)
    },
    atStart: 0,
    byCheck: 1,
  },
  'another page full of junk': {
    damage: (bytes, next) => {
      const page = 1 + next(bytes.length / pageSize - 1)
      for (let at = 0; at < pageSize; at += 1) bytes[page * pageSize + at] = next(256)
      return bytes
    },
    atStart: 0,
    byCheck: 1,
  },
  'two pages exchanged': {
    damage: (bytes, next) => {
      const [one, other] = [1 + next(bytes.length / pageSize - 1), 1 + next(bytes.length / pageSize - 1)]
      const kept = Buffer.from(bytes.subarray(one * pageSize, (one + 1) * pageSize))
      bytes.copyWithin(one * pageSize, other * pageSize, (other + 1) * pageSize)
      kept.copy(bytes, other * pageSize)
      return bytes
    },
    atStart: 0,
    byCheck: 0.5,
  },
  // Most bits are letters of somebody's text: only a checksum per page could tell (see reliability).
  'one bit flipped': {
    damage: (bytes, next) => {
      const at = next(bytes.length)
      bytes[at]! ^= 1 << next(8)
      return bytes
    },
    atStart: 0,
    byCheck: 0,
  },
}

const times = 30
let origin: Buffer

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'desk-test-'))
  const db = openFolder(folder)
  work(db, 100)
  fill(db, 300)
  db.close()
  origin = readFileSync(join(folder, 'desk.sqlite3'))
  rmSync(folder, { recursive: true })
})

function sound(file: string): boolean {
  try {
    const db = openDatabase(file, { readonly: true })
    try {
      return db.pragma('quick_check(1)', { simple: true }) === 'ok'
    } finally {
      db.close()
    }
  } catch {
    return false
  }
}

test.each(Object.entries(damages))(
  '%s: the start or the daily check sees it',
  (name, { damage, atStart, byCheck }) => {
    const next = numbers(20261123)
    const seen = { start: 0, check: 0 }
    const folder = temporaryFolder()
    for (let time = 0; time < times; time += 1) {
      const place = join(folder, String(time))
      const bytes = damage(Buffer.from(origin), next)
      const file = join(place, 'desk.sqlite3')
      mkdirSync(place)
      writeFileSync(file, bytes)
      const before = sha256(file)
      try {
        openFolder(place).close()
      } catch (error) {
        // Never anything but a refusal, and never a changed file.
        if (!(error instanceof Refusal)) throw error
        expect(['corrupt', 'foreign', 'newer']).toContain(error.kind)
        expect(sha256(file)).toBe(before)
        seen.start += 1
      }
      if (!sound(file)) seen.check += 1
    }
    console.info(`${name}: start ${seen.start}/${times}, quick_check ${seen.check}/${times}`)
    expect(seen.start / times).toBeGreaterThanOrEqual(atStart)
    expect(seen.check / times).toBeGreaterThanOrEqual(byCheck)
  },
)
