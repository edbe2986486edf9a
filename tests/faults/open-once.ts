import './die-at-step.ts'
import { openFolder } from '../database/data-folder.ts'
import { Refusal } from '../../electron/database/folder.ts'

// Opens the folder with the migrations given, says how that went, and closes again.
const [folder, migrations] = process.argv.slice(2)
console.log('ready')
try {
  openFolder(folder!, migrations).close()
  console.log('opened')
} catch (error) {
  console.log(error instanceof Refusal ? error.kind : String(error))
}
