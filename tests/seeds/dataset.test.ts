import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readIdNumber } from '../../electron/contract/id-number.ts'
import type { Found } from '../../electron/contract/overview.ts'
import { verifyAudit } from '../../electron/database/audit.ts'
import { readAuditKey } from '../../electron/database/folder.ts'
import { openDatabase, row, rows, value } from '../../electron/database/open.ts'
import { openDesk } from '../../electron/desk.ts'
import { demoOperators, demoPin } from '../../seeds/demo/operators.ts'
import { writeDataset } from '../../seeds/dataset/dataset.ts'
import { planOf } from '../../seeds/dataset/plan.ts'
import { root, temporaryFolder } from '../fixture.ts'
import { deskOptions, post } from '../house.ts'

const small = { years: 1, scale: 0.05 }
const quietly = () => {}

function generated(options = {}) {
  const folder = temporaryFolder()
  const report = writeDataset(folder, root, { ...small, ...options }, quietly)
  const db = openDatabase(join(folder, 'desk.sqlite3'))
  onTestFinished(() => {
    db.close()
  })
  return { folder, report, db }
}

describe('a generated data folder', () => {
  it('says the same for the same seed and something else for another', () => {
    const first = generated()
    expect(generated().report.content).toBe(first.report.content)
    expect(generated({ seed: 2 }).report.content).not.toBe(first.report.content)
  })

  it('has the size that was asked for', () => {
    const { report } = generated()
    const { people, newPeople, enquiries } = planOf(small)
    expect(report.rows.person).toBeGreaterThan((people + newPeople) * 0.85)
    expect(report.rows.person).toBeLessThan((people + newPeople) * 1.15)
    expect(report.rows.enquiry).toBeGreaterThan(enquiries * 0.9)
    expect(report.rows.enquiry).toBeLessThan(enquiries * 1.1)
    expect(report.rows.enquiry_event! / report.rows.enquiry!).toBeGreaterThan(1.8)
    expect(generated({ people: 300 }).report.rows.person).toBe(300)
  })

  it('is whole: keys, chain, sequence, states and events agree', () => {
    const { db, folder, report } = generated()
    expect(db.pragma('foreign_key_check')).toEqual([])
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(verifyAudit(db, readAuditKey(folder))).toMatchObject({ rows: report.rows.audit, problem: null })
    const perYear = rows<{ year: number; last: number }>(
      db,
      "SELECT year, last FROM sequence WHERE kind = 'ZX'",
    )
    expect(perYear.reduce((sum, { last }) => sum + last, 0)).toBe(report.rows.enquiry)
    expect(
      row(
        db,
        'SELECT min(id) AS id FROM audit WHERE id > 1 AND at < (SELECT at FROM audit b WHERE b.id = audit.id - 1)',
      ),
    ).toEqual({ id: null })
    const wrongState = value(
      db,
      `SELECT count(*) FROM enquiry WHERE state <>
         (SELECT to_state FROM enquiry_event WHERE enquiry_id = enquiry.id ORDER BY id DESC LIMIT 1)`,
    )
    expect(wrongState).toBe(0)
    const wrongVersion = value(
      db,
      `SELECT count(*) FROM enquiry WHERE version <>
         (SELECT count(*) FROM enquiry_event WHERE enquiry_id = enquiry.id)
         - (SELECT count(*) FROM enquiry_event WHERE enquiry_id = enquiry.id AND step = 'close' AND at = accepted_at)`,
    )
    expect(wrongVersion).toBe(0)
  })

  it('knows invented people only, each by one ID number', () => {
    const { db } = generated()
    const ids = rows<{ id_number: string; birth: string; sex: number }>(
      db,
      "SELECT id_number, birth, sex FROM person WHERE id_number <> ''",
    )
    expect(ids.length).toBeGreaterThan(200)
    expect(new Set(ids.map(({ id_number }) => id_number)).size).toBe(ids.length)
    for (const { id_number, birth, sex } of ids) {
      expect(id_number.slice(0, 6)).toBe('999999')
      expect(readIdNumber(id_number)).toEqual({ birth, sex })
    }
    expect(value(db, "SELECT count(*) FROM person_phone WHERE number NOT LIKE '19900%'")).toBe(0)
  })

  it('opens in the desk, which finds people and shows today', async () => {
    const { folder, db } = generated()
    const { id, name } = row<{ id: number; name: string }>(
      db,
      'SELECT id, name FROM person WHERE departure IS NULL AND length(name) = 3 ORDER BY id DESC LIMIT 1',
    )!
    db.close()
    const clock = () => new Date('2026-11-23T10:30:00.000Z')
    const desk = await openDesk({ ...deskOptions(folder), clock, log: quietly })
    onTestFinished(() => desk.close())
    const state = await post(desk, 'session/state', {})
    const { phase, operators } = state.body as { phase: string; operators: { id: number; name: string }[] }
    expect(phase).toBe('ready')
    const clerk = operators.find((operator) => operator.name === demoOperators[1]!.name)!
    const signedIn = await post(desk, 'session/signIn', { operatorId: clerk.id, pin: demoPin })
    const authorization = `Bearer ${(signedIn.body as { token: string }).token}`
    const found = await post(desk, 'overview/search', { query: name }, { authorization })
    expect((found.body as Found).people.map(({ person }) => person.id)).toContain(id)
    const today = await post(desk, 'overview/today', {}, { authorization })
    expect((today.body as { enquiries: { open: number } }).enquiries.open).toBeGreaterThan(0)
  })
})
