import { backUp } from '../../electron/database/backup.ts'
import { openFolder, work } from '../database/data-folder.ts'

// One backup after the other, with work in between, until somebody kills it.
const folder = process.argv[2]!
const db = openFolder(folder)
console.log('ready')
for (let count = 0; ; count += 1) {
  work(db, 1)
  backUp(db, folder, 'demand', new Date(Date.UTC(2026, 10, 23, 1, 41, 0, count)))
}
