import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyAudit } from '../../electron/database/audit.ts'
import { backUp, restoreBackup } from '../../electron/database/backup.ts'
import { readAuditKey } from '../../electron/database/folder.ts'
import { transact, type Database } from '../../electron/database/open.ts'
import { temporaryFolder } from '../fixture.ts'
import { clock, keyOf, openFolder, root, work } from './data-folder.ts'

const length = 40

const columns = ['at', 'operator_id', 'device_id', 'action', 'subject', 'reason', 'changes', 'mac']

describe('the audit chain', () => {
  let db: Database

  // One file for all properties; each puts back what it changed by rolling back.
  const folder = mkdtempSync(join(tmpdir(), 'desk-test-'))
  beforeAll(() => {
    db = openFolder(folder)
    work(db, length)
    // Whoever can write the file can also drop the triggers.
    db.exec('DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete')
  })

  afterAll(() => {
    db.close()
    rmSync(folder, { recursive: true, force: true })
  })

  function firstBadAfter(tamper: () => void): number | null {
    let found: number | null = null
    try {
      transact(db, () => {
        tamper()
        found = verifyAudit(db, keyOf(db)).firstBad
        throw new Error('put it back')
      })
    } catch (error) {
      if ((error as Error).message !== 'put it back') throw error
    }
    return found
  }
  const run = (text: string, ...parameters: unknown[]) => db.prepare(text).run(...parameters)

  test('fits as it was written', () => {
    expect(verifyAudit(db, keyOf(db))).toEqual({ rows: length, firstBad: null, problem: null })
  })

  test('shows an edit of any column of any row', () => {
    for (let id = 1; id <= length; id += 1) {
      for (const column of columns) {
        const blob = column === 'mac'
        const number = column.endsWith('_id')
        const edit = blob ? Buffer.alloc(32, 1) : number ? 99 : 'edited'
        expect([
          id,
          column,
          firstBadAfter(() => run(`UPDATE audit SET ${column} = ? WHERE id = ?`, edit, id)),
        ]).toEqual([id, column, id])
      }
    }
  })

  test('shows a text moved from one column to the next', () => {
    expect(firstBadAfter(() => run("UPDATE audit SET reason = subject, subject = '' WHERE id = 7"))).toBe(7)
  })

  test('shows any deleted row, also when the later ones close the gap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: length }), fc.boolean(), (id, close) => {
        const bad = firstBadAfter(() => {
          run('DELETE FROM audit WHERE id = ?', id)
          if (!close) return
          for (let next = id + 1; next <= length; next += 1)
            run('UPDATE audit SET id = ? WHERE id = ?', next - 1, next)
        })
        expect(bad).toBe(id)
      }),
    )
  })

  test('shows any two rows that changed places', () => {
    const pair = fc.uniqueArray(fc.integer({ min: 1, max: length }), { minLength: 2, maxLength: 2 })
    fc.assert(
      fc.property(pair, ([one, other]) => {
        const bad = firstBadAfter(() => {
          run('UPDATE audit SET id = -1 WHERE id = ?', one)
          run('UPDATE audit SET id = ? WHERE id = ?', one, other)
          run('UPDATE audit SET id = ? WHERE id = -1', other)
        })
        expect(bad).toBe(Math.min(one!, other!))
      }),
    )
  })

  test('shows a tail cut off at any place, even with the count set right', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: length - 1 }), fc.boolean(), (kept, count) => {
        const bad = firstBadAfter(() => {
          run('DELETE FROM audit WHERE id > ?', kept)
          if (count) run('UPDATE audit_head SET count = ?', kept)
        })
        expect(bad).toBe(kept + 1)
      }),
    )
  })

  test('shows a row put in at any place, with a mac copied from anywhere', () => {
    const place = fc.integer({ min: 1, max: length + 1 })
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: length }), (id, source) => {
        const bad = firstBadAfter(() => {
          for (let old = length; old >= id; old -= 1)
            run('UPDATE audit SET id = ? WHERE id = ?', old + 1, old)
          const from = source >= id ? source + 1 : source
          run(
            `INSERT INTO audit (id, at, operator_id, device_id, action, subject, reason, changes, mac)
             SELECT ?, at, operator_id, device_id, action, subject, reason, changes, mac FROM audit WHERE id = ?`,
            id,
            from,
          )
          run('UPDATE audit_head SET count = count + 1')
        })
        // Beside its own twin the forged row fits the place of the original; the twin then does not.
        expect(bad).toBe(source === id ? id + 1 : id)
      }),
    )
  })

  test('shows a head taken away or set to an earlier row', () => {
    expect(firstBadAfter(() => run('DELETE FROM audit_head'))).toBe(length + 1)
    const early = () => run('UPDATE audit_head SET count = 5, mac = (SELECT mac FROM audit WHERE id = 5)')
    expect(firstBadAfter(() => (early(), run('DELETE FROM audit WHERE id > 5')))).toBe(6)
  })

  test('shows that everything was removed', () => {
    run(
      "INSERT INTO operator (name, role, pin_salt, pin_hash, created_at) VALUES ('主任', 'manager', x'', x'', '')",
    )
    expect(firstBadAfter(() => (run('DELETE FROM audit'), run('DELETE FROM audit_head')))).toBe(1)
  })

  test('says nothing good with another key', () => {
    expect(verifyAudit(db, Buffer.alloc(32, 8)).firstBad).toBe(1)
  })
})

test('the file itself refuses to change or delete an audit row', () => {
  const db = openFolder(temporaryFolder())
  work(db, 2)
  expect(() => db.exec("UPDATE audit SET reason = 'x' WHERE id = 1")).toThrow('append-only')
  expect(() => db.exec('DELETE FROM audit WHERE id = 2')).toThrow('append-only')
  expect(() => db.exec('INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE id = 1')).toThrow(
    'append-only',
  )
  expect(verifyAudit(db, keyOf(db)).firstBad).toBeNull()
  db.close()
})

describe('the key of the audit', () => {
  test('is made once and stays', () => {
    const folder = temporaryFolder()
    const db = openFolder(folder)
    const key = readAuditKey(folder)
    expect(key).toHaveLength(32)
    work(db, 1)
    expect(readAuditKey(folder)).toEqual(key)
    db.close()
    openFolder(folder).close()
    expect(readAuditKey(folder)).toEqual(key)
  })

  test('is never silently replaced once there are rows', () => {
    const folder = temporaryFolder()
    const db = openFolder(folder)
    work(db, 1)
    rmSync(join(folder, 'audit.key'))
    expect(() => readAuditKey(folder)).toThrow('put audit.key back')
    expect(existsSync(join(folder, 'audit.key'))).toBe(false)
    db.close()
  })

  test('that was cut short is refused', () => {
    const folder = temporaryFolder()
    openFolder(folder).close()
    readAuditKey(folder)
    writeFileSync(join(folder, 'audit.key'), 'short')
    expect(() => readAuditKey(folder)).toThrow('5 bytes long')
  })

  test('travels with the backups, and only comes back when it made the rows', () => {
    const folder = temporaryFolder()
    const db = openFolder(folder)
    const key = readAuditKey(folder)
    work(db, 3)
    backUp(db, folder, 'demand', new Date())
    rmSync(join(folder, 'audit.key'))
    expect(readAuditKey(folder)).toEqual(key)
    expect(verifyAudit(db, readAuditKey(folder)).firstBad).toBeNull()

    rmSync(join(folder, 'audit.key'))
    writeFileSync(join(folder, 'backups', 'audit.key'), Buffer.alloc(32, 1))
    expect(() => readAuditKey(folder)).toThrow('put audit.key back')
    db.close()
  })
})

describe('npm run audit:verify', () => {
  const verify = (...args: string[]) =>
    spawnSync(process.execPath, ['electron/database/audit-verify.ts', ...args], {
      cwd: root,
      encoding: 'utf8',
    })

  test('says how many rows fit while a desk has the folder open, and changes nothing', () => {
    const folder = temporaryFolder()
    const db = openFolder(folder)
    work(db, 3)
    const { status, stdout } = verify('--data', folder)
    expect(stdout).toBe('3 audit rows, every one fits the chain\n')
    expect(status).toBe(0)
    work(db, 1)
    db.close()
  })

  test('ends with 1 and the row when one was edited', () => {
    const folder = temporaryFolder()
    const db = openFolder(folder)
    work(db, 5)
    db.exec("DROP TRIGGER audit_no_update; UPDATE audit SET reason = 'x' WHERE id = 4")
    db.close()
    const { status, stdout } = verify('--data', folder)
    expect(stdout).toBe('3 audit rows fit the chain, then at row 4: a row was changed\n')
    expect(status).toBe(1)
  })

  test('ends with 1 when the newest rows were cut off and the head of an old copy was put back', () => {
    const folder = temporaryFolder()
    const db = openFolder(folder)
    work(db, 3)
    const old = db.prepare('SELECT * FROM audit_head').get() as { count: number; mac: Buffer }
    work(db, 2)
    const { name } = backUp(db, folder, 'demand', clock())
    db.exec('DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE id > 3')
    db.prepare('UPDATE audit_head SET count = ?, mac = ?').run(old.count, old.mac)
    // A photo that was set aside is no restore, after which older backups would not count.
    mkdirSync(join(folder, 'set-aside', 'files'), { recursive: true })
    // The chain alone has nothing against it: it once ended just so.
    expect(verifyAudit(db, keyOf(db)).firstBad).toBeNull()
    db.close()
    const { status, stdout } = verify('--data', folder)
    expect(stdout).toBe(
      `3 audit rows fit the chain, then at row 4: rows that the backup ${name} knows are gone\n`,
    )
    expect(status).toBe(1)
  })

  test('has nothing against the restore of an older backup', () => {
    const folder = temporaryFolder()
    const db = openFolder(folder)
    work(db, 3)
    const { name } = backUp(db, folder, 'demand', clock())
    work(db, 2)
    backUp(db, folder, 'demand', clock())
    db.close()
    restoreBackup(folder, name, new Date(clock().getTime() + 60_000))
    const after = openFolder(folder)
    work(after, 1)
    after.close()
    expect(verify('--data', folder)).toMatchObject({
      status: 0,
      stdout: '4 audit rows, every one fits the chain\n',
    })
  })

  test('ends with 2 and a sentence when it cannot look', () => {
    const folder = temporaryFolder()
    expect(verify()).toMatchObject({ status: 2, stderr: 'usage: npm run audit:verify -- --data DIR\n' })
    expect(verify('--fast')).toMatchObject({ status: 2, stdout: '' })
    expect(verify('--data', folder).stderr).toContain('no such file')
    expect(readdirSync(folder)).toEqual([])

    const db = openFolder(folder)
    work(db, 1)
    db.close()
    renameSync(join(folder, 'audit.key'), join(folder, 'other.key'))
    expect(verify('--data', folder)).toMatchObject({ status: 2 })

    const junk = join(folder, 'junk')
    mkdirSync(junk)
    writeFileSync(join(junk, 'desk.sqlite3'), 'junk'.repeat(2000))
    writeFileSync(join(junk, 'audit.key'), Buffer.alloc(32))
    expect(verify('--data', junk)).toMatchObject({ status: 2 })
  })
})
