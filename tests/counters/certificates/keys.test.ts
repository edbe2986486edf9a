import { expect, test } from 'vitest'
import {
  keyWord,
  listKeys,
  publicKeys,
  rotateKey,
  signingKey,
} from '../../../electron/counters/certificates/keys.ts'
import { rows } from '../../../electron/database/open.ts'
import { openTestDesk } from '../../fixture.ts'
import { audited } from '../people/people.ts'

test('the first question makes the key, later ones find it', () => {
  const desk = openTestDesk()
  expect(publicKeys(desk.db)).toEqual([])
  const [first, ...others] = listKeys(desk.context('auditor'))
  expect(others).toEqual([])
  expect(Buffer.from(first!.key, 'base64url')).toHaveLength(32)
  expect(signingKey(desk.context()).id).toBe(first!.id)
  expect(listKeys(desk.context())).toEqual([first])
  expect(desk.published).toContainEqual({ topic: 'certificate-setup', id: null })
})

test('a new key signs from now on, and the private half of the old one is gone', () => {
  const desk = openTestDesk()
  const before = signingKey(desk.context())
  desk.clock.set('2026-12-01T01:00:00.000Z')
  const keys = rotateKey(desk.context('manager'), { reason: '电脑送修' })
  expect(keys.map(({ retiredAt }) => retiredAt)).toEqual([null, '2026-12-01T01:00:00.000Z'])
  const after = signingKey(desk.context())
  expect(after.id).toBe(keys[0]!.id)
  expect(Buffer.from(after.publicKey)).not.toEqual(Buffer.from(before.publicKey))
  expect(rows(desk.db, 'SELECT id, private_key IS NULL AS gone FROM signing_key ORDER BY id')).toEqual([
    { id: before.id, gone: 1 },
    { id: after.id, gone: 0 },
  ])
})

test('the audit says that a key was made and changed, by its public word alone', () => {
  const desk = openTestDesk()
  const first = signingKey(desk.context())
  rotateKey(desk.context('manager'), { reason: '例行更换' })
  const second = signingKey(desk.context())
  const [made, rotated] = audited(desk.db)
  expect(made).toMatchObject({ action: 'certificate.make-key' })
  expect(rotated).toMatchObject({ action: 'certificate.rotate-key', reason: '例行更换' })
  expect(JSON.parse(rotated!.changes!)).toEqual({
    key: [keyWord(first.publicKey), keyWord(second.publicKey)],
  })
  const written = JSON.stringify(audited(desk.db))
  expect(written).not.toContain(Buffer.from(second.privateKey).toString('base64url'))
})
