import { writeSync } from 'node:fs'
import { backUp } from '../../electron/database/backup.ts'
import { grids, openFolder, work } from '../database/data-folder.ts'

// One durable act after the other, each told as soon as it stands; now and then a backup. Until the power goes.
const folder = process.argv[2]!
const db = openFolder(folder)
for (let count = 1; ; count += 1) {
  work(db, 1)
  writeSync(1, `${grids(db)}\n`)
  if (count % 25 === 0) {
    const { name } = backUp(db, folder, 'demand', new Date())
    writeSync(1, `${name}\n`)
  }
}
