import { parentPort, workerData } from 'node:worker_threads'
import { verifyFolder } from './audit-check.ts'
import { backUp } from './backup.ts'
import type { Job, JobMessage, JobOrder, JobResult } from './jobs.ts'
import { openDatabase, type Database } from './open.ts'
import { placesOf } from './place.ts'
import { errorCode } from './refusal.ts'

const tell = (message: JobMessage) => parentPort!.postMessage(message)

/** Reads the whole file, page by page and row by row; the first ten problems are enough to know. */
function check(db: Database): JobResult['check'] {
  try {
    const found = db.pragma('quick_check(10)') as { quick_check: string }[]
    const problems = found.map((row) => row.quick_check).filter((text) => text !== 'ok')
    return { sound: problems.length === 0, detail: problems.join('; ') }
  } catch (error) {
    // A page that cannot even be read is an answer too, not a failure of the check.
    if (!errorCode(error).startsWith('SQLITE_CORRUPT') && errorCode(error) !== 'SQLITE_NOTADB') throw error
    return { sound: false, detail: (error as Error).message }
  }
}

function work(job: JobOrder): JobResult[Job['kind']] {
  // Reading is enough for all of them: a backup is written into another file.
  const db = openDatabase(placesOf(job.folder).file, { readonly: true })
  // Read once from end to end: the driver's 16 MB of cache would help nothing and stay with the process.
  db.pragma('cache_size = -1000')
  try {
    if (job.kind === 'check') return check(db)
    if (job.kind === 'verify-audit') {
      return verifyFolder(job.folder, db, (done, total) => tell({ kind: 'progress', done, total }))
    }
    const onStart = (file: string, bytes: number) => tell({ kind: 'growing', file, bytes })
    return backUp(db, job.folder, 'demand', new Date(job.at), { onStart, token: job.token }).name
  } finally {
    db.close()
  }
}

try {
  tell({ kind: 'done', result: work(workerData as JobOrder) })
} catch (error) {
  tell({
    kind: 'failed',
    message: error instanceof Error ? error.message : String(error),
    code: errorCode(error),
  })
}
