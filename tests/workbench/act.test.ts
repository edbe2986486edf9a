import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { row, rows, value, write } from '../../electron/database/open.ts'
import { act } from '../../electron/workbench/act.ts'
import { fail } from '../../electron/workbench/errors.ts'
import { openTestDesk } from '../fixture.ts'

const insert = 'INSERT INTO setting (key, value) VALUES (?, ?)'

describe('an act', () => {
  it('stands whole: the change, its audit row, then the change feed', () => {
    const { db, context, published, clock } = openTestDesk()
    const result = act(
      context(),
      {
        action: 'test.change',
        subject: (made: number) => `thing:${made}`,
        also: () => ['today'],
        reason: '试一试',
      },
      (file, note) => {
        write(file, insert, 'k', '1')
        note({ state: 'a', same: 1 }, { state: 'b', same: 1 })
        expect(published).toEqual([])
        return 7
      },
    )
    expect(result).toBe(7)
    expect(published).toEqual([
      { topic: 'thing', id: 7 },
      { topic: 'today', id: null },
    ])
    expect(
      row(db, 'SELECT at, action, subject, reason, changes FROM audit ORDER BY id DESC LIMIT 1'),
    ).toEqual({
      at: clock().toISOString(),
      action: 'test.change',
      subject: 'thing:7',
      reason: '试一试',
      changes: '{"state":["a","b"]}',
    })
  })

  it('that fails half-way leaves nothing and tells nobody', () => {
    const { db, context, published } = openTestDesk()
    const before = value(db, 'SELECT count(*) FROM audit')
    const attempt = () =>
      act(context(), { action: 'test.change', subject: 'thing:1' }, (file) => {
        write(file, insert, 'k', '1')
        fail('CONFLICT', { because: 'changed' })
      })
    expect(attempt).toThrow(expect.objectContaining({ code: 'CONFLICT' }))
    expect(value(db, "SELECT count(*) FROM setting WHERE key = 'k'")).toBe(0)
    expect(value(db, 'SELECT count(*) FROM audit')).toBe(before)
    expect(published).toEqual([])
    expect(db.inTransaction).toBe(false)
  })

  it('may not wait for anything', () => {
    const { db, context } = openTestDesk()
    const waiting = () => act(context(), { action: 'test.change', subject: 'thing:1' }, async () => {})
    expect(waiting).toThrow('may not wait')
    expect(db.inTransaction).toBe(false)
  })

  it('never lets a personal value into the audit, whatever it is', () => {
    const { db, context } = openTestDesk()
    const fields = [
      'name',
      'idNumber',
      'keyGroups',
      'departure',
      'departureDay',
      'phones',
      'birth',
      'note',
      'words',
      'answer',
      'title',
      'givenName',
      'door',
      'estate',
      'building',
      'unit',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.uuid(), fc.uuid(), (field, was, is) => {
        act(context(), { action: 'test.change', subject: 'thing:1' }, (_file, note) => {
          note({ [field]: was }, { [field]: is })
        })
        const [entry] = rows<{ changes: string }>(db, 'SELECT changes FROM audit ORDER BY id DESC LIMIT 1')
        expect(JSON.parse(entry!.changes)).toEqual({ [field]: 'changed' })
      }),
      { numRuns: 50 },
    )
  })

  it('keeps ID and phone numbers out of the reason, however they were typed', () => {
    const { db, context } = openTestDesk()
    const reasonOf = (reason: string) => {
      act(context(), { action: 'test.change', subject: 'thing:1', reason }, () => {})
      return value<string>(db, 'SELECT reason FROM audit ORDER BY id DESC LIMIT 1')
    }
    expect(reasonOf('核对 99999919500102001X')).toBe('核对 ******************')
    expect(reasonOf('回电19900000001，已约')).toBe('回电***********，已约')
    expect(reasonOf('回电１９９０００００００１')).toBe('回电***********')
    expect(reasonOf('回电 138 0013 8000')).toBe('回电 *************')
    expect(reasonOf('回电138-0013-8000、0731-81234567')).toBe('回电*************、*************')
    expect(reasonOf('旧证 430104500102001')).toBe('旧证 ***************')
    expect(reasonOf('核对 430104 19500102 001X')).toBe('核对 ********************')
    expect(reasonOf('与 ZX-2026-000123 同一件事')).toBe('与 ZX-2026-000123 同一件事')
  })
})
