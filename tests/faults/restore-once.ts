import './die-at-step.ts'
import { restoreBackup } from '../../electron/database/backup.ts'

const [folder, name] = process.argv.slice(2)
restoreBackup(folder!, name!, new Date('2026-11-23T01:41:00.000Z'))
