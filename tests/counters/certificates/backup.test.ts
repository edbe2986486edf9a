import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkCode } from '../../../electron/counters/certificates/check.ts'
import { issueCertificate } from '../../../electron/counters/certificates/issue.ts'
import { publicKeys, rotateKey } from '../../../electron/counters/certificates/keys.ts'
import { isSound } from '../../../electron/counters/certificates/sound.ts'
import { createOperator } from '../../../electron/counters/session/operators.ts'
import { backUp, restoreBackup } from '../../../electron/database/backup.ts'
import { transact, type Database } from '../../../electron/database/open.ts'
import type { Context } from '../../../electron/workbench/workbench.ts'
import { clock, keyOf, openFolder, root } from '../../database/data-folder.ts'
import { paperlessHost, temporaryFolder, testPin, type TestDesk } from '../../fixture.ts'
import { addVolunteer } from '../volunteers/service.ts'
import { nameBody, orderOf, recordOf, serveDays } from './issuing.ts'
import { pdfOf } from './pdf-of.ts'

function contextOf(db: Database, folder: string): Context {
  const host = { ...paperlessHost, toPdf: ({ html }: { html: string }) => Promise.resolve(pdfOf(html)) }
  const desk = { db, folder, root, host, clock, uptime: () => 0, auditKey: keyOf(db), publish: () => {} }
  return { desk, operator: { id: 1, name: '主任', role: 'manager' }, deviceId: null }
}

const issue = async (context: Context) => {
  const order = orderOf(recordOf(1, { from: '2026-01-01' }))
  return (await issueCertificate(context, order)).certificate
}

test('with data file and both its keys lost, a backup checks what was issued and goes on signing', async () => {
  const folder = temporaryFolder()
  let db = openFolder(folder)
  transact(db, (file) => {
    const at = clock().toISOString()
    createOperator(file, { name: '主任', role: 'manager', secret: testPin, at })
    createOperator(file, { name: '前台', role: 'clerk', secret: testPin, at })
  })
  serveDays(db, addVolunteer(db, { name: '王小明' }), 2)
  nameBody({ db, context: () => contextOf(db, folder) } as unknown as TestDesk)
  const before = await issue(contextOf(db, folder))
  rotateKey(contextOf(db, folder), { reason: '例行更换' })
  const after = await issue(contextOf(db, folder))
  const keys = publicKeys(db)
  const { name } = backUp(db, folder, 'demand', clock())
  db.close()
  for (const gone of ['desk.sqlite3', 'desk.sqlite3-wal', 'desk.sqlite3-shm', 'audit.key'])
    rmSync(join(folder, gone), { force: true })

  restoreBackup(folder, name, clock())
  db = openFolder(folder)
  const context = contextOf(db, folder)
  expect(publicKeys(db)).toEqual(keys)
  for (const { id, statement } of [before, after]) {
    expect(isSound(context.desk, id)).toBe(true)
    expect(checkCode(context, statement)).toMatchObject({ result: 'good', standing: 'valid' })
  }
  const next = await issue(context)
  expect(next).toMatchObject({ number: 'ZM-2026-000003', sound: true })
  expect(checkCode(context, next.statement)).toMatchObject({ result: 'good' })
  // No key was made anew: pages of checks that are out there fit what is signed from now on.
  expect(publicKeys(db)).toEqual(keys)
  db.close()
})
