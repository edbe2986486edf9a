import { row, type Database } from '../../database/open.ts'

type Waiting = { toCollect: number; toApprove: number; toIssue: number }

/**
 * Sheets that wait for their owner, wishes that wait for a second person, and approved ones that wait to be issued. A void
 * sheet waits for nobody.
 */
export function countCertificates(db: Database): Waiting {
  return row<Waiting>(
    db,
    `SELECT (SELECT count(*) FROM certificate)
       - (SELECT count(*) FROM certificate_collection)
       - (SELECT count(*) FROM certificate_void AS w
          WHERE NOT EXISTS (SELECT 1 FROM certificate_collection WHERE certificate_id = w.certificate_id)
         ) AS toCollect,
       (SELECT count(*) FROM certificate_request WHERE state = 'waiting') AS toApprove,
       (SELECT count(*) FROM certificate_request AS r
        WHERE state = 'approved' AND NOT EXISTS (SELECT 1 FROM certificate WHERE request_id = r.id)) AS toIssue`,
  )!
}
