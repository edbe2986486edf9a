import { verifyAudit, type AuditVerdict } from './audit.ts'
import { readAuditKey } from './audit-key.ts'
import { listBackups } from './backup-list.ts'
import { auditEndIn } from './copies.ts'
import { readTogether, value, type Database } from './open.ts'
import { restoresOf } from './restore.ts'

/**
 * Verifies the audit of a data folder: the chain itself, and that the chain still contains the end that each backup
 * saw. Without the latter, somebody with an old copy could cut the newest rows off and put the old head back: the
 * chain alone cannot tell, for it once ended just so. Backups from before a restore may know more, and do not count.
 */
export function verifyFolder(
  folder: string,
  db: Database,
  onProgress?: (done: number, total: number) => void,
): AuditVerdict {
  const restored = restoresOf(folder).at(-1) ?? ''
  // Before the rows are read: a backup made meanwhile would know more than we saw.
  const backups = listBackups(folder)
    .filter(({ name }) => name.slice('desk-'.length) > restored)
    .map(({ name }) => ({ name, seen: auditEndIn(folder, name) }))
  return readTogether(db, () => {
    const verdict = verifyAudit(db, readAuditKey(folder), onProgress)
    if (verdict.firstBad !== null) return verdict
    for (const { name, seen } of backups) {
      if (!seen?.end) continue
      const now = value<Buffer>(db, 'SELECT mac FROM audit WHERE id = ?', seen.count)
      if (now?.equals(seen.end)) continue
      const firstBad = Math.min(verdict.rows + 1, seen.count)
      return { ...verdict, firstBad, problem: `rows that the backup ${name} knows are gone` }
    }
    return verdict
  })
}
