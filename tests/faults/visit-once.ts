import { keyOf, openFolder, root } from '../database/data-folder.ts'
import { jpeg } from '../workbench/sample-files.ts'
import type { Context, Workbench } from '../../electron/workbench/workbench.ts'
import { saveVisit } from './save-visit.ts'

// Takes one photo in and saves the visit it belongs to, in a folder that is ready for it. Each statement that writes is a step
// as each that reaches a file: any of them can be its last.
const folder = process.argv[2]!
const db = openFolder(folder)
const bytes = await jpeg(60, 40)
const { count } = await import('./die-at-step.ts')
count(Object.getPrototypeOf(db.prepare('SELECT 1')) as object, ['run'])

const clock = () => new Date('2026-11-23T01:41:00.000Z')
const desk = { db, folder, root, clock, auditKey: keyOf(db), publish: () => {} } as unknown as Workbench
const context: Context = { desk, operator: { id: 1, name: '前台', role: 'clerk' }, deviceId: null }
await saveVisit(context, bytes)
db.close()
