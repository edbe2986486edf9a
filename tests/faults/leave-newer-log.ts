import { openDatabase } from '../../electron/database/open.ts'
import { fill, work } from '../database/data-folder.ts'

// Commits something that stays in the log, and waits to be killed before any checkpoint.
const [folder, what] = process.argv.slice(2)
const db = openDatabase(`${folder}/desk.sqlite3`)
db.pragma('wal_autocheckpoint = 0')
if (what === 'grids') fill(db, 200)
else if (what === 'more') work(db, 3)
else db.pragma('user_version = 990')
console.log('written')
process.stdin.resume()
