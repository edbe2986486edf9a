import './die-at-step.ts'
import { backUp } from '../../electron/database/backup.ts'
import { openDatabase } from '../../electron/database/open.ts'

const folder = process.argv[2]!
const db = openDatabase(`${folder}/desk.sqlite3`)
backUp(db, folder, 'demand', new Date('2026-11-23T01:41:00.000Z'))
db.close()
