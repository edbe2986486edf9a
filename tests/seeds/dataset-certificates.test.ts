import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCode } from '../../electron/contract/certificate-code.ts'
import { publicKeys } from '../../electron/counters/certificates/keys.ts'
import { sealOf, sha256, type Sealed } from '../../electron/counters/certificates/sound.ts'
import { judge } from '../../electron/counters/certificates/statement.ts'
import { openDatabase, rows, value, type Database } from '../../electron/database/open.ts'
import { writeDataset } from '../../seeds/dataset/dataset.ts'
import { planOf } from '../../seeds/dataset/plan.ts'
import { root } from '../fixture.ts'

/** Two years of a small desk. Written once, for reading only. */
const options = { years: 2, scale: 0.2 }
let db: Database
const folder = mkdtempSync(join(tmpdir(), 'desk-test-'))
beforeAll(() => {
  writeDataset(folder, root, options, () => {})
  db = openDatabase(join(folder, 'desk.sqlite3'))
})
afterAll(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

const count = (text: string) => value<number>(db, `SELECT count(*) FROM ${text}`)!

describe('the certificates of a generated folder', () => {
  it('are 5,000 in ten years and 20,000 in the stress test', () => {
    expect(planOf({ years: 10 }).certificates * 10).toBe(5000)
    expect(planOf({ years: 10, stress: true }).certificates * 10).toBe(20_000)
    const planned = planOf(options).certificates * options.years
    expect(count('certificate')).toBeGreaterThan(planned * 0.7)
    expect(count('certificate')).toBeLessThan(planned * 1.2)
  })

  it('have a number each without a gap', () => {
    const last = value<number>(db, "SELECT sum(last) FROM sequence WHERE kind IN ('ZM', 'RY')")
    expect(count('certificate')).toBe(last)
  })

  it('say the minutes that were confirmed in their period', () => {
    expect(
      count(
        `certificate c WHERE kind = 'record' AND minutes <> (SELECT sum(r.minutes) FROM service_record r
         WHERE r.volunteer_id = c.volunteer_id AND r.own = 1 AND r.kind = 'service' AND r.day BETWEEN c.from_day AND c.to_day
           AND r.confirmed_at IS NOT NULL AND r.confirmed_at <= c.issued_at
           AND NOT EXISTS (SELECT 1 FROM service_record b WHERE b.reverses = r.id AND b.entered_at <= c.issued_at)
           AND r.reverses IS NULL)`,
      ),
    ).toBe(0)
  })

  it('carry a signature and a seal that fit, and a snapshot that is what was sealed', () => {
    const keys = publicKeys(db)
    const key = readFileSync(join(folder, 'audit.key'))
    const issued = rows<Sealed & { mac: Uint8Array; data: string }>(
      db,
      `SELECT c.number, c.kind, c.person_id AS personId, c.minutes, c.day, c.statement, c.mac, d.data,
         c.snapshot_sha256 AS snapshotSha256, c.pdf_sha256 AS pdfSha256
       FROM certificate c JOIN document d ON d.id = c.document_id WHERE c.id % 9 = 1`,
    )
    expect(issued.length).toBeGreaterThan(5)
    for (const one of issued) {
      expect(judge(readCode(one.statement)!, keys), one.number).toBe('fits')
      expect(sealOf(key, one).equals(Buffer.from(one.mac)), one.number).toBe(true)
      expect(sha256(one.data), one.number).toBe(one.snapshotSha256)
      expect((JSON.parse(one.data) as { number: string }).number).toBe(one.number)
    }
  })

  it('are never collected when void', () => {
    expect(count('certificate_void w JOIN certificate_collection c USING (certificate_id)')).toBe(0)
    expect(count('certificate_collection')).toBeGreaterThan(count('certificate') * 0.9)
  })
})
