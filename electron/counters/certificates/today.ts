import { row, type Database } from '../../database/open.ts'

/** Sheets that wait for their owner, and wishes that wait for a second person. A void sheet waits for nobody. */
export function countCertificates(db: Database): { toCollect: number; toApprove: number } {
  return row<{ toCollect: number; toApprove: number }>(
    db,
    `SELECT (SELECT count(*) FROM certificate)
       - (SELECT count(*) FROM certificate_collection)
       - (SELECT count(*) FROM certificate_void AS w
          WHERE NOT EXISTS (SELECT 1 FROM certificate_collection WHERE certificate_id = w.certificate_id)
         ) AS toCollect,
       (SELECT count(*) FROM certificate_request WHERE state = 'waiting') AS toApprove`,
  )!
}
