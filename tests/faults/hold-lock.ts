import { lockFolder } from '../../electron/database/lock.ts'

// Holds the folder until its input ends; then lets go and leaves.
const lock = lockFolder(process.argv[2]!, {
  host: 'browser',
  pid: process.pid,
  startedAt: '2026-11-23T01:41:00.000Z',
})
console.log('held')
process.stdin.resume().on('end', () => {
  lock.release()
  process.exit(0)
})
