import { keyOf, openFolder } from '../database/data-folder.ts'
import { jpeg } from '../workbench/sample-files.ts'
import { storeFile } from '../../electron/workbench/files.ts'
import type { Workbench } from '../../electron/workbench/workbench.ts'

// Stores one photo in a folder that already has its data file. The steps that can be its last are those of storing.
const folder = process.argv[2]!
const db = openFolder(folder)
const bytes = await jpeg()
await import('./die-at-step.ts')
const { rmSync } = await import('node:fs')

/** The row asks what time it is while it is being written: a step on its own. */
const clock = () => {
  rmSync(`${folder}/nothing`, { force: true })
  return new Date('2026-11-23T01:41:00.000Z')
}
const desk = { db, folder, clock, auditKey: keyOf(db), publish: () => {} } as unknown as Workbench
const operator = { id: 1, name: '前台', role: 'clerk' as const }
await storeFile({ desk, operator, deviceId: null }, { name: '照片.jpg', bytes })
db.close()
