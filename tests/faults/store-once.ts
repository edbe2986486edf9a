import { keyOf, openFolder } from '../database/data-folder.ts'
import { jpeg } from '../workbench/sample-files.ts'
import { takePhotos } from '../../electron/counters/visits/photos.ts'
import { storeFile } from '../../electron/workbench/files.ts'
import type { Workbench } from '../../electron/workbench/workbench.ts'

// Takes one photo in, as an import does, in a folder that already has its data file: any of its steps can be its last.
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
const context = { desk, operator, deviceId: null }
const { id } = await storeFile(context, { name: '照片.jpg', bytes })
takePhotos(context, { fileIds: [id] })
db.close()
